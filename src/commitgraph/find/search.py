"""Search: parties, instruments, provisions and topics by words, forgiving typos, accents and variants."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.find.names import names_of
from commitgraph.near import key, ratio

_SUMMARIES = """
SELECT ?thing ?locator ?summary ?label WHERE {
  ?thing a cg:Provision ; cg:locator ?locator ; cg:summary ?summary ; cg:inInstrument/rdfs:label ?label .
}
"""
_ORDER = {"party": 0, "instrument": 1, "topic": 2, "principle": 3, "value": 3, "right": 3, "provision": 4}
#: A word of the query counts as found when the best match in a text is at least this like it (0 to 100).
_ALIKE = 84


@dataclass(frozen=True)
class Hit:
    """One thing that the words were found in.

    Attributes:
        iri, kind, label: the thing; `kind` as in :data:`commitgraph.find.names.Kind`.
        text: the name or summary in which the words stand.
        score: how well it fits, 100 is an exact name.
    """

    iri: str
    kind: str
    label: str
    text: str
    score: float


@dataclass(frozen=True)
class _Entry:
    iri: str
    kind: str
    label: str
    text: str
    words: tuple[str, ...]


_INDEX: WeakKeyDictionary[Engine, tuple[_Entry, ...]] = WeakKeyDictionary()


def search(engine: Engine, words: str, limit: int = 20) -> tuple[Hit, ...]:
    """Find things by `words`: every word must be found, exactly, as a beginning, or nearly.

    Names of parties, instruments and concepts come before provisions of equal fit.
    """
    wanted = key(words).split()
    if not wanted:
        return ()
    best: dict[str, Hit] = {}
    for entry in _entries(engine):
        score = _score(wanted, entry)
        if score and (entry.iri not in best or best[entry.iri].score < score):
            best[entry.iri] = Hit(entry.iri, entry.kind, entry.label, entry.text, score)
    ranked = sorted(best.values(), key=lambda h: (-round(h.score), _ORDER[h.kind], h.label.casefold(), h.iri))
    return tuple(ranked[:limit])


def _score(wanted: list[str], entry: _Entry) -> float:
    """0 unless every word is found; else the mean fit, a little more for short texts and whole names."""
    total = 0.0
    for word in wanted:
        fit = max((_fit(word, other) for other in entry.words), default=0.0)
        if fit < _ALIKE:
            return 0
        total += fit
    mean = total / len(wanted)
    if entry.kind == "provision":
        return mean * 0.8
    return mean * (0.85 + 0.15 * min(1.0, len(wanted) / max(1, len(entry.words))))


def _fit(word: str, other: str) -> float:
    if word == other:
        return 100.0
    if len(word) >= 3 and other.startswith(word):
        return 92.0
    if len(word) >= 4 and abs(len(word) - len(other)) <= 2:
        return ratio(word, other)
    return 0.0


def _entries(engine: Engine) -> tuple[_Entry, ...]:
    if engine not in _INDEX:
        entries = [
            _Entry(name.iri, name.kind, name.label, name.name, tuple(key(name.name).split()))
            for name in names_of(engine).names
            if name.kind != "provision"
        ]
        for row in rows(engine, _SUMMARIES):
            label = f"{row['label']}, {row['locator']}"
            entries.append(
                _Entry(row["thing"], "provision", label, row["summary"], tuple(key(row["summary"]).split()))
            )
        _INDEX[engine] = tuple(entries)
    return _INDEX[engine]
