"""From what a person types to the thing that is meant: a slug, an IRI, or a name in any listed variant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.errors import CommitgraphError
from commitgraph.iris import ID, SCHEME, local
from commitgraph.near import alike, key

Kind = Literal["party", "instrument", "provision", "topic", "principle", "value", "right"]

# The codes of states are words, such as AND and CAN, or numbers: whoever types them means something else.
_NAMES = """
SELECT ?thing ?kind ?label ?name WHERE {
  { ?thing a cg:Party ; rdfs:label ?label . BIND("party" AS ?kind)
    { ?thing rdfs:label|skos:altLabel ?name } UNION {
      ?id cg:identifies ?thing ; cg:identifierValue ?name ; cg:identifierScheme ?scheme .
      FILTER ( ?scheme NOT IN ("iso-3166-1-alpha-2", "iso-3166-1-alpha-3", "m49") ) } }
  UNION
  { ?thing a cg:Instrument ; rdfs:label ?label . BIND("instrument" AS ?kind)
    { ?thing rdfs:label|skos:altLabel ?name } UNION { ?id cg:identifies ?thing ; cg:identifierValue ?name } }
  UNION
  { VALUES (?class ?kind) {
      (cg:Topic "topic") (cg:Principle "principle") (cg:Value "value") (cg:HumanRight "right") }
    ?thing a ?class ; skos:prefLabel ?label ; skos:prefLabel|skos:altLabel ?name }
  UNION
  { ?thing a cg:Provision ; cg:locator ?label . BIND("provision" AS ?kind) BIND(STR(?thing) AS ?name) }
}
"""


class LookupFailed(CommitgraphError):
    """What was typed stands for nothing, or for more than one thing.

    Attributes:
        candidates: IRIs of what may have been meant, the likeliest first.
        ambiguous: whether the text stands for each of them.
    """

    def __init__(self, message: str, candidates: tuple[str, ...], *, ambiguous: bool) -> None:
        super().__init__(message)
        self.candidates = candidates
        self.ambiguous = ambiguous


@dataclass(frozen=True)
class Name:
    """One name of one thing: its IRI, kind, chief label and the name itself."""

    iri: str
    kind: str
    label: str
    name: str


class Names:
    """All names of parties, instruments, provisions and concepts that an engine knows."""

    def __init__(self, engine: Engine) -> None:
        found = rows(engine, _NAMES)
        self.names = [Name(row["thing"], row["kind"], row["label"], row["name"]) for row in found]
        self.labels = {entry.iri: entry.label for entry in self.names}
        self._by_key: dict[tuple[str, str], set[str]] = {}
        for entry in self.names:
            for text in (entry.name, entry.iri, local(entry.iri)):
                self._by_key.setdefault((entry.kind, key(text)), set()).add(entry.iri)

    def resolve(self, kind: Kind, text: str) -> str:
        """IRI of the `kind` of thing that `text` names.

        Raises:
            LookupFailed: nothing of that name, or several things.
        """
        found = self._by_key.get((kind, key(text)), set())
        if len(found) > 1 and text in {local(iri) for iri in found}:
            return next(iri for iri in found if local(iri) == text)
        if len(found) == 1:
            return next(iter(found))
        if found:
            options = tuple(sorted(found))
            listed = ", ".join(f"{local(iri)} ({self.labels[iri]})" for iri in options)
            raise LookupFailed(
                f"{text!r} stands for more than one {kind}: {listed}. Use one of these short names.",
                options,
                ambiguous=True,
            )
        near = self.near(kind, text)
        hint = f" Did you mean {' or '.join(f'{local(i)} ({self.labels[i]})' for i in near)}?" if near else ""
        raise LookupFailed(f"expected {_a(kind)}, found none named {text!r}.{hint}", near, ambiguous=False)

    def near(self, kind: Kind, text: str, limit: int = 3) -> tuple[str, ...]:
        """IRIs of things of that kind whose names are most like `text`, the likeliest first."""
        pool: dict[str, str] = {}
        for entry in self.names:
            if entry.kind == kind:
                for name in (key(entry.name), key(local(entry.iri))):
                    pool.setdefault(name, entry.iri)
        found = dict.fromkeys(pool[name] for name in alike(text, pool, limit * 4))
        return tuple(found)[:limit]


_KNOWN: WeakKeyDictionary[Engine, Names] = WeakKeyDictionary()


def names_of(engine: Engine) -> Names:
    """The names that `engine` knows, read once."""
    if engine not in _KNOWN:
        _KNOWN[engine] = Names(engine)
    return _KNOWN[engine]


def resolve(engine: Engine, kind: Kind, text: str) -> str:
    """IRI of the `kind` of thing that `text` names: a slug, an IRI or a name in any listed variant.

    Raises:
        LookupFailed: nothing of that name (with the nearest ones), or several things.
    """
    text = text.strip()
    if text.startswith((ID, SCHEME)):
        space = ID if text.startswith(ID) else SCHEME
        if text[len(space) :].split("/", 1)[0] != kind:
            raise LookupFailed(f"expected {_a(kind)}, got {text}", (), ambiguous=False)
    return names_of(engine).resolve(kind, text)


def resolve_alike(engine: Engine, texts: Sequence[str]) -> tuple[str, ...]:
    """IRIs of what is named: all parties if the first is one, else all instruments.

    Raises:
        LookupFailed: a name stands for nothing of that kind, or for several things.
    """
    kind: Kind = "party"
    try:
        resolve(engine, "party", texts[0])
    except LookupFailed as error:
        if not error.ambiguous:
            kind = "instrument"
    try:
        return tuple(resolve(engine, kind, text) for text in texts)
    except LookupFailed as error:
        raise LookupFailed(
            f"expected either parties or instruments, not both: {error}",
            error.candidates,
            ambiguous=error.ambiguous,
        ) from None


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
