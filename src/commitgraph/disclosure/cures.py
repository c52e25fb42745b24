"""What to write instead of a value that the shapes found wanting.

A hint never changes what was meant: it gives another spelling of the same, or the choices with what they
mean. Where neither is to be had, the hint of the shape stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from commitgraph.disclosure import characters, names_meant, written_dates
from commitgraph.disclosure.reading.statements import Statement
from commitgraph.disclosure.register import Register
from commitgraph.disclosure.shapes import Shape
from commitgraph.find.names import Kind
from commitgraph.iris import SCHEME, local

_NAMED: dict[str, Kind] = {
    "unknown-organisation": "party",
    "unknown-commitment": "provision",
    "unknown-framework": "instrument",
}
#: Longer values are no misspelt names, dates or links, and some of the patterns would take long for them.
_LONGEST = 500
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,24}(?::\d+)?(?:/\S*)?", re.IGNORECASE | re.ASCII)
_IN_TEXT = re.compile(r"\[[^\]]*\]\((https?://[^\s()]+)\)|<(https?://[^\s<>]+)>", re.IGNORECASE)
_BEGINS = re.compile(r"(?:^|[\s;,|])https?://", re.IGNORECASE)
_UNWRITTEN = re.compile(r"(?:https?://)?\S*\.\.\./?", re.IGNORECASE)
_SLASHES = re.compile(r"(https?):?/{0,3}(?=[a-z0-9-]+\.)", re.IGNORECASE)
_SPACED = re.compile(r"https?://[^\s/]+/.* .*", re.IGNORECASE)
_HEXADECIMAL = re.compile(r"(?:sha-?256[-:= ]*)?([0-9a-f]{64})", re.IGNORECASE)
_LENGTHS = {32: "MD5", 40: "SHA-1", 96: "SHA-384", 128: "SHA-512"}


def cure(register: Register, shape: Shape, statement: Statement | None, value: str | None) -> str:
    """The hint of a finding.

    Args:
        register: the names of the graph.
        shape: the check.
        statement: what it found wanting, where that is one statement.
        value: the offending value as it was written, where there is one.
    """
    if value is None or len(value) > _LONGEST:
        return shape.hint
    kind = _NAMED.get(shape.name)
    if shape.allowed and shape.allowed[0].startswith(SCHEME):
        return register.vocabulary.cure(_name(value, shape), shape.allowed)
    if kind:
        return names_meant.cure(register, kind, value) or shape.hint
    by_name = _BY_NAME.get(shape.name)
    return (by_name(value) if by_name and statement else "") or shape.hint


def _name(value: str, shape: Shape) -> str:
    """The name of a concept: an address that differs from ours only by http for https is ours."""
    secure = value.replace("http://", "https://", 1)
    return local(secure) if secure in shape.allowed else local(value)


def _link(value: str) -> str:
    seen = characters.plain(value)
    if _UNWRITTEN.fullmatch(seen):
        return "write the whole address in place of the dots, or take the field away"
    if len(_BEGINS.findall(seen)) > 1:
        return (
            "these are several addresses, and one is expected: each piece of evidence has one, and in a "
            "table a row of its own, with the same commitment"
        )
    return _as_address(value, seen)


def _as_address(value: str, seen: str) -> str:
    """The address that a value most likely is; empty where it is not to be seen."""
    inside = _IN_TEXT.fullmatch(seen)
    if inside:
        return f"write `{inside[1] or inside[2]}`"
    odd = characters.told(value)
    if odd and seen != value and " " not in seen and seen.startswith(("http://", "https://")):
        return f"write `{seen}`: {odd}"
    if _HOST.fullmatch(seen):
        return f"write `https://{seen}`, if the page is there"
    scheme = _SLASHES.match(seen)
    if scheme and " " not in seen and not seen.startswith((f"{scheme[1]}://",)):
        return f"write `{scheme[1].lower()}://{seen[scheme.end() :]}`"
    if _SPACED.fullmatch(seen):
        return f"an address holds no spaces; if this is one address, write `{seen.replace(' ', '%20')}`"
    return ""


def _digest(value: str) -> str:
    seen = "".join(characters.plain(value).split())
    found = _HEXADECIMAL.fullmatch(seen)
    if found:
        said = "" if seen.lower().startswith("sha") else ", if `sha256sum` printed these digits"
        return f"write `sha256:{found[1].lower()}`{said}"
    digits = seen.rpartition(":")[2]
    if digits and all(char in "0123456789abcdefABCDEF" for char in digits):
        length = _LENGTHS.get(len(digits), "")
        other = f"; a digest of {length} has so many" if length else ""
        return f"these are {len(digits)} digits{other}; write sha256: and the 64 that `sha256sum FILE` prints"
    return ""


def _format(value: str) -> str:
    seen = characters.plain(value).lower()
    meant = seen in {"disclosure", "disclosure/1", "disclosure 1", "1", "1.0"}
    return "write `disclosure/1`" if meant else ""


#: By the name of the check.
_BY_NAME: dict[str, Callable[[str], str]] = {
    "malformed-date": written_dates.cure,
    "imprecise-date": written_dates.cure,
    "malformed-link": _link,
    "malformed-digest": _digest,
    "unknown-format": _format,
}
