"""The tokens of Turtle, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from commitgraph.disclosure import characters
from commitgraph.disclosure.reading.source import Place, Refused

MAX_TOKENS = 400_000

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS = _BASE + "0-9_\\-\u00b7\u0300-\u036f\u203f\u2040"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_TOKEN = re.compile(
    rf"""
    (?P<space>(?:[ \t\r\n]+|\#[^\r\n]*)+)
  | (?P<iri><[^\x00-\x20<>"{{}}|^`\\]*(?:\\[uU][0-9A-Fa-f]+[^\x00-\x20<>"{{}}|^`\\]*)*>)
  | (?P<long>\"\"\"(?:\"{{0,2}}(?:[^"\\]++|\\.))*+\"\"\"|'''(?:'{{0,2}}(?:[^'\\]++|\\.))*+''')
  | (?P<short>"(?:[^"\\\r\n]++|\\.)*+"|'(?:[^'\\\r\n]++|\\.)*+')
  | (?P<directive>@(?:prefix|base)\b)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<datatype>\^\^)
  | (?P<blank>_:[{_BASE}_0-9](?:[{_CHARS}.]*[{_CHARS}])?)
  | (?P<number>[+-]?
      (?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)(?![{_BASE}_]))
  | (?P<name>(?:[{_BASE}](?:[{_CHARS}.]*[{_CHARS}])?)?:
      (?:(?:[{_BASE}_:0-9]|{_ESCAPED})(?:(?:[{_CHARS}.:]|{_ESCAPED})*(?:[{_CHARS}:]|{_ESCAPED}))?)?)
  | (?P<word>[A-Za-z]+)
  | (?P<mark>[.;,\[\](){{}}])
    """,
    re.VERBOSE | re.DOTALL,
)
_AFTER_SLASH = re.compile(r"/[\w./~%-]*[\w~%-]")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_MEANS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


class Token(NamedTuple):
    """One token: its kind (the name of its group above, or `end`), its characters, its place."""

    kind: str
    text: str
    place: Place


def tokens(text: str) -> Iterator[Token]:
    """Split a Turtle text, token by token; the last one is the end.

    Raises:
        Refused: a stretch is no token, or there are too many.
    """
    line, start, at, count = 1, 0, 0, 0
    last = Token("end", "", Place())
    while at < len(text):
        match = _TOKEN.match(text, at)
        place = Place(line, at - start + 1)
        if not match:
            raise _no_token(text, at, last, place)
        whole = match.group()
        if match.lastgroup != "space":
            width = len(whole) if "\n" not in whole else 1
            last = Token(str(match.lastgroup), whole, place._replace(width=max(1, width)))
            count += 1
            if count > MAX_TOKENS:
                raise Refused("CG008", f"The file holds more than {MAX_TOKENS:,} words and signs.", place)
            yield last
        breaks = whole.count("\n")
        if breaks:
            line += breaks
            start = at + whole.rfind("\n") + 1
        at = match.end()
    yield Token("end", "", Place(line, at - start + 1))


def _no_token(text: str, at: int, last: Token, place: Place) -> Refused:
    rest = _AFTER_SLASH.match(text, at)
    if last.kind == "name" and rest and text.endswith(last.text, 0, at):
        prefix, _, begin = last.text.partition(":")
        declared = re.search(rf"(?i:@?prefix)\s+{re.escape(prefix)}:\s*<([^<>\s]*)>", text)
        whole = last.text + rest.group()
        spelled = f"{prefix}:{begin}{rest.group()}".replace("/", "\\/")
        hint = f"write {spelled}"
        if declared:
            hint = f"write <{declared[1]}{begin}{rest.group()}>, or {spelled}"
        wrong = f"A slash does not stand in a name with a prefix as it is: {whole[:120]}."
        return Refused("CG005", wrong, last.place._replace(width=len(whole)), hint=hint, value=whole[:200])
    sign = text[at : at + 12]
    return Refused(
        "CG005", f"This is not Turtle as disclosures use it: {sign!r}.", place, hint=_cure(sign), value=sign
    )


def _cure(sign: str) -> str:
    """What to do about a stretch that begins no token; empty where nothing is recognised."""
    if characters.unseen(sign[0]):
        return f"delete the character {characters.named(sign[0])}"
    if sign[0] in "“”„‘’":
        return "put plain quotation marks around the text"
    if sign[0] in "\"'":
        return "close the text with the quotation mark that it begins with; three of them hold several lines"
    return "write an address between < and >, and without spaces" if sign[0] == "<" else ""


def unescape(text: str, place: Place) -> str:
    """Resolve backslash escapes.

    Raises:
        Refused: an escape means nothing, or names no character.
    """

    def means(match: re.Match[str]) -> str:
        sign = match[1]
        code = int(sign[1:], 16) if len(sign) > 1 else -1
        if len(sign) > 1 and code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
            return chr(code)
        if sign not in _MEANS:
            raise Refused("CG005", f"The escape \\{sign} means nothing in Turtle.", place)
        return _MEANS[sign]

    return _ESCAPE.sub(means, text)
