"""The words of the schemes, and which of them somebody means who wrote another.

What means the same is a label of the scheme. Everything else is compared by its letters at most; where
this does not settle it, the words are listed with what they mean, and the author chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from commitgraph.disclosure import characters
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import local
from commitgraph.near import key, likely

#: Longer lists are given as bare words.
_WITH_MEANING = 8
#: Shorter words are parts of too many labels.
_SHORT = 4

LABELS = """
SELECT ?concept ?label ?meaning WHERE {
  VALUES ?concept { $concepts }
  ?concept skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label .
  OPTIONAL { ?concept skos:definition ?meaning }
} ORDER BY ?concept ?label"""


class Term(NamedTuple):
    """One word that may be written.

    Attributes:
        name: the word.
        labels: the keys of all that means the same, the word among them.
        meaning: its definition in the scheme; empty where the graph has none.
    """

    name: str
    labels: frozenset[str]
    meaning: str


class Vocabulary:
    """The words of the schemes with their labels, as a graph has them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._terms: dict[tuple[str, ...], tuple[Term, ...]] = {}

    def terms(self, concepts: Sequence[str]) -> tuple[Term, ...]:
        """The words of some concepts (addresses), in their order."""
        wanted = tuple(concepts)
        if wanted not in self._terms:
            found = rows(self._engine, LABELS, concepts=wanted)
            self._terms[wanted] = tuple(
                Term(
                    local(concept),
                    frozenset(
                        {key(local(concept))} | {key(r["label"]) for r in found if r["concept"] == concept}
                    ),
                    next((r["meaning"] for r in found if r["concept"] == concept), ""),
                )
                for concept in wanted
            )
        return self._terms[wanted]

    def meant(self, written: str, concepts: Sequence[str]) -> list[Term]:
        """The words that mean the same as what was written: none, one or several."""
        wanted = key(characters.plain(written))
        return [term for term in self.terms(concepts) if wanted in term.labels]

    def cure(self, written: str, concepts: Sequence[str]) -> str:
        """What to write instead of a word that is not in the list.

        Args:
            written: the word.
            concepts: addresses of what may be written.
        """
        terms = self.terms(concepts)
        names = [term.name for term in terms]
        seen = characters.plain(written)
        if seen in names:
            odd = characters.told(written)
            return f"write `{seen}`" + (f": {odd}" if odd else "")
        same = self.meant(written, concepts)
        if len(same) == 1:
            (term,) = same
            if key(term.name) == key(seen) or not term.meaning:
                return f"write `{term.name}`"
            return f"write `{term.name}` if this is meant: {term.meaning}"
        return _choice(same or _candidates(seen, terms), terms)


def _choice(near: Sequence[Term], terms: Sequence[Term]) -> str:
    """What to choose from: the words that are near, and all words with what they mean where none is."""
    names = [term.name for term in terms]
    if near:
        these = f'"{near[0].name}"?' if len(near) == 1 else f"one of these? {_listed(near)}."
        return f"did you mean {these} Valid: {', '.join(names)}."
    if len(terms) <= _WITH_MEANING:
        return f"write the one that applies: {_listed(terms)}"
    other = "; for what is not in the list: other" if "other" in names else ""
    return f"write one of: {', '.join(name for name in names if name != 'other')}{other}"


def _candidates(seen: str, terms: Sequence[Term]) -> list[Term]:
    """Words of which it may be a misspelling, or else at least two that it is a part of."""
    by_name = {term.name: term for term in terms}
    spelt = likely(seen, by_name)
    if spelt:
        return [by_name[name] for name in spelt]
    words = set(key(seen).split())
    if all(len(word) < _SHORT for word in words):
        return []
    parts = [term for term in terms if any(words <= set(label.split()) for label in term.labels)]
    return parts if len(parts) > 1 else []


def _listed(terms: Sequence[Term]) -> str:
    return "; ".join(
        f"{term.name} ({term.meaning.rstrip('.')})" if term.meaning else term.name for term in terms
    )


__all__ = ["Term", "Vocabulary"]
