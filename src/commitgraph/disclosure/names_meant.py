"""Which party, instrument or provision somebody may mean whose name for it the graph does not know.

The instrument and the number of a provision are looked for apart: the number decides what was promised, so
no other number is ever proposed for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from commitgraph.disclosure import characters
from commitgraph.disclosure.register import Register
from commitgraph.disclosure.report import clipped
from commitgraph.find.names import Kind
from commitgraph.iris import BASE, ID, local

_PAGE = re.compile(r"/(party|instrument|provision)/([^?#]+)")
_PARTED = re.compile(r"([^/#:]+?)(?:[/#:]| +(?=[^ ]+$))(.*)")
_BETWEEN_PARTS = re.compile(r"[^0-9a-z]+")
#: So many promises are listed of an instrument.
_LISTED = 8
_SUMMARY = 70


def cure(register: Register, kind: Kind, written: str) -> str:
    """What to write for a thing that is not known by `written`; empty where nothing is like it.

    Args:
        register: the names of the graph.
        kind: what is expected.
        written: what stands there, as it was written or as an address of the graph.
    """
    name = characters.plain(local(written))
    odd = characters.told(local(written))
    page = _page(register, kind, name)
    if page:
        return page
    if odd and name != local(written) and (found := _known(register, kind, name)):
        return f"write `{local(found[0])}`: {odd}"
    if kind == "provision":
        return _provision(register, name)
    if kind == "instrument":
        return _asked(register, register.instruments_like(name))
    told = register.told_of_party(name) or _asked(register, register.parties_spelt_like(name))
    with_words = register.parties_with_words_of(name)
    return told or (f"names with the same words: {_called(register, with_words)}" if with_words else "")


def _known(register: Register, kind: Kind, name: str) -> list[str]:
    if kind == "party":
        return register.party(name)
    return register.provision(name) if kind == "provision" else register.instrument(name)


def _page(register: Register, kind: Kind, name: str) -> str:
    """For the address of a page: which address of the graph it belongs to."""
    if not name.startswith(("http://", "https://")):
        return ""
    try:
        found = _PAGE.search(unquote(urlsplit(name).path))
    except ValueError:  # an address with a bracket amid its host
        return ""
    if found is None or found[1] != kind:
        return ""
    iri = f"{ID}{found[1]}/{found[2].strip('/')}"
    if not register.knows(iri):
        return ""
    ours = name.startswith(("http://w3id.org/", BASE))
    what = "the address of the graph starts with https" if ours else "this is the address of a page"
    return f"write `{local(iri)}`: {what}; in the graph it is {iri}"


def _asked(register: Register, iris: Sequence[str]) -> str:
    if len(iris) == 1:
        return f'did you mean "{local(iris[0])}" ({register.label(iris[0])})?'
    return f"did you mean one of these? {_called(register, iris)}" if iris else ""


def _called(register: Register, iris: Sequence[str]) -> str:
    more = len(iris) - _LISTED
    listed = ", ".join(f"{local(iri)} ({register.label(iri)})" for iri in iris[:_LISTED])
    return listed + (f", and {more} more" if more > 0 else "")


def _provision(register: Register, name: str) -> str:
    slug, number = _parts(register, name.strip("/").removeprefix("provision/"))
    instruments = [slug] if slug in register.instruments else _instruments(register, slug)
    if not slug:
        instruments = list(register.instruments)
    hits = _numbered(register, instruments, number)
    if len(hits) == 1 and len(instruments) == 1:
        return f"write `{hits[0]}` if this is meant: {register.summary(hits[0])}"
    if hits:
        return f"did you mean {'this' if len(hits) == 1 else 'one of these'}? {_promises(register, hits)}"
    if not slug or not instruments:
        return ""
    if len(instruments) > 1:
        return f"write one of these, a slash and the number of a provision: {', '.join(instruments)}"
    (instrument,) = instruments
    part = _innermost(register, instrument, number)
    listed = [p for p in register.provisions_of(instrument) if register.parent(p) == part]
    lacks = f'"{instrument}" has no provision "{number}"' if number else "name one provision of it"
    where = f"the parts of {part} are" if part else "those at the first level are"
    return f"{lacks}; {where}: {_promises(register, listed)}"


def _parts(register: Register, name: str) -> tuple[str, str]:
    """What stands for the instrument and what for the number; a number may stand alone."""
    if "/" not in name:
        if _instruments(register, name):
            return name, ""
        if _numbered(register, register.instruments, name):
            return "", name
    found = _PARTED.fullmatch(name)
    return (found[1], found[2]) if found else (name, "")


def _instruments(register: Register, name: str) -> list[str]:
    exact = register.instrument(name)
    return [local(iri) for iri in exact or register.instruments_like(name)]


def _numbered(register: Register, instruments: Sequence[str], number: str) -> list[str]:
    """The provisions of some instruments that have a number, however it is written."""
    wanted = _plain(number)
    return [
        provision
        for instrument in instruments
        for provision in register.provisions_of(instrument)
        if wanted and _plain(provision.partition("/")[2]) == wanted
    ]


def _innermost(register: Register, instrument: str, number: str) -> str:
    """The innermost provision with parts that a beginning of the number names; empty where none is."""
    parts = number.split("-")
    known = register.provisions_of(instrument)
    parents = {register.parent(provision) for provision in known}
    shorter = ("-".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))
    return next((f"{instrument}/{one}" for one in shorter if f"{instrument}/{one}" in parents), "")


def _promises(register: Register, provisions: Sequence[str]) -> str:
    told = [f"{slug} ({clipped(register.summary(slug), _SUMMARY)})" for slug in provisions[:_LISTED]]
    more = len(provisions) - _LISTED
    return "; ".join(told) + (f"; and {more} more" if more > 0 else "")


@lru_cache(maxsize=4096)
def _plain(number: str) -> str:
    """The number of a provision in one spelling: A1.2, a1_2 and a1-2 are the same, a12 is another."""
    return _BETWEEN_PARTS.sub("-", number.lower()).strip("-")
