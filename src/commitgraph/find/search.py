"""Search: parties, instruments, provisions and topics by words, forgiving typos, accents and variants."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.find.names import HELP, Name, folded, names_of
from commitgraph.iris import local
from commitgraph.near import key, ratio

_SUMMARIES = """
SELECT ?thing ?locator ?summary ?label WHERE {
  ?thing a cg:Provision ; cg:locator ?locator ; cg:summary ?summary ; cg:inInstrument/rdfs:label ?label .
}
"""
_ORDER = {"party": 0, "instrument": 1, "topic": 2, "principle": 3, "value": 3, "right": 3, "provision": 4}
#: A word of the query counts as found when the best match in a text is at least this like it (0 to 100).
_ALIKE = 84
#: What a word that is no name counts, beside a name that fits as well.
_HELP = 0.95
#: Names of states in addresses are codes of two letters.
_CODE = 2


@dataclass(frozen=True)
class Hit:
    """One thing that the words were found in.

    Attributes:
        iri, kind, label: the thing; `kind` as in :data:`commitgraph.find.names.Kind`.
        text: the name or summary in which the words stand.
        score: how well it fits, 100 is an exact name.
        why: what the text is to the thing: the kind of name, such as `former` or `brand`, or `code`; empty
            where it is the label, a summary, or a name of no kind that is told.
        language: the language of the name, as a tag of BCP 47; empty where none is told.
    """

    iri: str
    kind: str
    label: str
    text: str
    score: float
    why: str = ""
    language: str = ""

    @property
    def because(self) -> str:
        """What the text is to the thing, in words; empty where there is nothing to explain."""
        if self.why in HELP:
            return HELP[self.why].format("it") + ", no name of it"
        return _BECAUSE.get(self.why, "")


_BECAUSE = {
    "official": "official name",
    "usual": "usual name",
    "short": "short name",
    "former": "formerly",
    "transliteration": "written by sound",
    "translation": "translation",
    "foreign": "name abroad",
    "alias": "further name",
    "code": "code",
}


@dataclass(frozen=True)
class _Entry:
    iri: str
    kind: str
    label: str
    text: str
    words: tuple[str, ...]
    joined: str = ""
    bare: str = ""
    why: str = ""
    language: str = ""

    @classmethod
    def of(cls, name: Name) -> _Entry:
        plain, joined, bare = folded(name.name)
        words = tuple(plain.split())
        return cls(name.iri, name.kind, name.label, name.name, words, joined, bare, name.why, name.language)


_INDEX: WeakKeyDictionary[Engine, tuple[_Entry, ...]] = WeakKeyDictionary()


def search(engine: Engine, words: str, limit: int = 20) -> tuple[Hit, ...]:
    """Find things by `words`: every word must be found, exactly, as a beginning, or nearly.

    Names of parties, instruments and concepts come before provisions of equal fit; names before words that
    only help to find a party, such as a brand. What is found says why (:attr:`Hit.because`).
    """
    plain, joined, bare = folded(words)
    wanted = plain.split()
    if not wanted:
        return ()
    best: dict[str, Hit] = {}
    for entry in _entries(engine):
        score = max(_score(wanted, entry), _whole(joined, bare, entry))
        score *= _HELP if entry.why in HELP else 1
        if score and (entry.iri not in best or best[entry.iri].score < score):
            best[entry.iri] = Hit(
                entry.iri, entry.kind, entry.label, entry.text, score, entry.why, entry.language
            )
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


def _whole(joined: str, bare: str, entry: _Entry) -> float:
    """How well a name fits as a whole, wherever its spaces are and whatever its legal form is."""
    if not entry.joined:
        return 0
    if joined == entry.joined:
        return 100
    if bare == entry.bare:
        return 98
    return 90 if _begins(joined, entry.joined) else 0


def _begins(word: str, other: str) -> bool:
    """Whether `word` is enough of a beginning: two signs are in Chinese, and too little in Latin letters."""
    return other.startswith(word) and len(word) >= (3 if word.isascii() else 2)


def _fit(word: str, other: str) -> float:
    if word == other:
        return 100.0
    if _begins(word, other):
        return 92.0
    if len(word) >= 4 and abs(len(word) - len(other)) <= 2:
        return ratio(word, other)
    return 0.0


def _entries(engine: Engine) -> tuple[_Entry, ...]:
    if engine not in _INDEX:
        names = names_of(engine)
        entries = [_Entry.of(name) for name in (*names.names, *names.help) if name.kind != "provision"]
        entries += [
            _Entry.of(Name(iri, "party", names.labels[iri], local(iri).upper(), "code"))
            for iri in dict.fromkeys(name.iri for name in names.names if name.kind == "party")
            if len(local(iri)) == _CODE
        ]
        for row in rows(engine, _SUMMARIES):
            label = f"{row['label']}, {row['locator']}"
            entries.append(
                _Entry(row["thing"], "provision", label, row["summary"], tuple(key(row["summary"]).split()))
            )
        _INDEX[engine] = tuple(entries)
    return _INDEX[engine]
