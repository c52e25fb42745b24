"""Who an organisation is that describes itself: a party of the graph after all, one like it, or neither.

Whoever could describe itself though the graph knows it would be asked for none of its promises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph as ox

from commitgraph.disclosure import characters
from commitgraph.disclosure.countries import ALPHA_2
from commitgraph.disclosure.reading.source import Place, Remark, Remarks
from commitgraph.disclosure.reading.statements import Document, Statement
from commitgraph.disclosure.register import Register
from commitgraph.disclosure.report import clipped
from commitgraph.iris import ID, cg, local, thing

_DISCLOSED_BY, _ENTRY, _REPORTS_ON = cg("disclosedBy"), cg("entry"), cg("reportsOn")
_NAME, _LEI, _COUNTRY = cg("organisationName"), cg("organisationLei"), cg("organisationCountry")
_LINK = cg("link")
_LEI_FORM = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_WIKIDATA = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/Q[0-9]+/?", re.IGNORECASE)
#: Short names of states are codes of two letters, and a company of that name is no state.
_CODE = 2
#: So many parties are named of those that may be meant.
_NAMED = 5


def identified(document: Document, register: Register, remarks: Remarks) -> Document:
    """The document with the party of the graph for an organisation that describes itself and is that party.

    What is odd about the description is added to `remarks`.

    Args:
        document: with names resolved.
        register: the names of the graph.
        remarks: takes what was found.
    """
    root = document.root.value
    known: dict[str, str] = {}
    for said in document.values(root, _DISCLOSED_BY):
        node = said.object.value
        described = [s for term in (_NAME, _LEI, _LINK) for s in document.values(node, term)]
        remarks += [_lei(s) for s in document.values(node, _LEI) if not is_lei(s.object.value)]
        countries = document.values(node, _COUNTRY)
        remarks += [_country(s, register) for s in countries if s.object.value not in ALPHA_2]
        if not described or node.startswith(ID):
            continue
        place = document.place(node) or said.object_at
        hits = {iri: s for s in reversed(described) for iri in _exact(s, register)}
        if len(hits) == 1:
            ((iri, by),) = hits.items()
            known[node] = iri
            remarks.append(_is(iri, by, place, register))
        elif hits:
            remarks.append(_several(sorted(hits), place, register))
        else:
            names = document.values(node, _NAME)
            near = list(dict.fromkeys(iri for s in names for iri in _near(s.object.value, register)))
            if near:
                remarks.append(_like(names[0].object.value, near, place, register))
        if not hits and document.values(node, _NAME):
            remarks += _adherences(document, document.values(node, _NAME)[0].object.value, register)
    if not known:
        return document
    return document.with_statements(
        s._replace(object=ox.NamedNode(known[s.object.value]))
        if s.predicate.value == _DISCLOSED_BY and s.object.value in known
        else s
        for s in document.statements
    )


def is_lei(text: str) -> bool:
    """Whether a text is a Legal Entity Identifier: its form and its check digits (ISO 7064, mod 97-10).

    >>> is_lei("5493001KJTIIGC8Y1R12"), is_lei("529900ABCDEFGHIJKL12"), is_lei("123")
    (True, False, False)
    """
    return bool(_LEI_FORM.fullmatch(text)) and int("".join(str(int(char, 36)) for char in text)) % 97 == 1


def _exact(said: Statement, register: Register) -> list[str]:
    """The one party that goes by a name or identifier; none where several may."""
    text = said.object.value
    if said.predicate.value == _NAME:
        text = characters.plain(text)
        found = [] if text.startswith(("http://", "https://")) else register.party(text)
    else:
        found = register.party(text) if is_lei(text) or _WIKIDATA.fullmatch(text) else []
    return found if len(found) == 1 and not (_is_state(found[0]) and len(text) == _CODE) else []


def _near(name: str, register: Register) -> list[str]:
    """The parties that may be meant by a name that is no name of one alone."""
    plain = characters.plain(name)
    if plain.startswith(("http://", "https://")):
        return []
    spelt = register.parties_helped_by(plain) + register.parties_spelt_like(plain)
    # Many names begin with that of a state: Canada Life is no state, and need not be taken for one.
    of_words = [iri for iri in register.parties_with_words_of(plain) if not _is_state(iri)]
    shared = [iri for iri in register.party(plain) if not _is_state(iri)]
    return list(dict.fromkeys((*shared, *spelt, *of_words)))


def _is_state(iri: str) -> bool:
    return len(local(iri)) == _CODE


def _is(iri: str, by: Statement, place: Place, register: Register) -> Remark:
    label, slug = register.label(iri), local(iri)
    what = "a name of" if by.predicate.value == _NAME else "an identifier of"
    return Remark(
        "CG408",
        f'"{clipped(by.object.value)}" is {what} {label}, which the graph knows; it is judged as {label}.',
        place,
        f"write `organisation: {slug}`; if another organisation is meant, write the full name by which it is "
        "registered",
        by.written,
    )


def _several(iris: list[str], place: Place, register: Register) -> Remark:
    return Remark(
        "CG408",
        "The names and identifiers of the organisation belong to different parties of the graph: "
        f"{_listed(iris, register)}. The promises of none of them were looked at.",
        place,
        f"write the one that is meant, such as `organisation: {local(iris[0])}`",
    )


def _like(name: str, iris: list[str], place: Place, register: Register) -> Remark:
    return Remark(
        "CG409",
        f'A party of the graph may be meant by "{clipped(name)}": {_listed(iris, register)}. '
        "Its promises were not looked at.",
        place,
        f"if it is meant, write its slug, such as `organisation: {local(iris[0])}`; if not, leave the "
        "name as it is",
        name,
    )


def _listed(iris: list[str], register: Register) -> str:
    more = len(iris) - _NAMED
    listed = ", ".join(f"{local(iri)} ({register.label(iri)})" for iri in iris[:_NAMED])
    return listed + (f", and {more} more" if more > 0 else "")


def _adherences(document: Document, name: str, register: Register) -> Iterable[Remark]:
    """A remark on each text that an entry answers for, at the first such entry."""
    told: set[str] = set()
    for entry in document.values(document.root.value, _ENTRY):
        for answered in document.values(entry.object.value, _REPORTS_ON):
            promise = answered.object.value
            text = thing("instrument", local(promise).partition("/")[0])
            if not register.knows(promise) or text in told:
                continue
            told.add(text)
            yield Remark(
                "CG410",
                f'The graph does not know whether "{clipped(name)}" has taken on {register.label(text)}, '
                "which the entry answers for.",
                answered.object_at,
                value=answered.written,
            )


def _lei(said: Statement) -> Remark:
    text = said.object.value
    bare = re.sub(r"[\s-]", "", text).upper()
    if bare != text and is_lei(bare):
        return Remark(
            "CG419", f'"{clipped(text)}" is no LEI as it stands.', said.object_at, f"write `{bare}`", text
        )
    why = "its check digits do not fit" if _LEI_FORM.fullmatch(text) else "it has not 20 letters and digits"
    if len(text) == len(bare) == 20 and not _LEI_FORM.fullmatch(text):
        why = "it is not 18 capital letters and digits and two check digits"
    return Remark("CG419", f'"{clipped(text)}" is no LEI: {why}.', said.object_at, value=text)


def _country(said: Statement, register: Register) -> Remark:
    text = said.object.value
    codes = [local(iri).upper() for iri in register.party(characters.plain(text)) if _is_state(iri)]
    bare = text.strip().upper()
    code = bare if bare in ALPHA_2 else next((code for code in codes if code in ALPHA_2), "")
    return Remark(
        "CG418",
        f'"{clipped(text)}" is no two-letter code of a country by ISO 3166-1.',
        said.object_at,
        f"write `{code}`" if code else "",
        text,
    )
