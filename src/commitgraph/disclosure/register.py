"""What the graph knows by name: parties, provisions, instruments, and the words of its schemes."""

from __future__ import annotations

from functools import cached_property, lru_cache

import pyoxigraph as ox

from commitgraph.disclosure import vocabulary
from commitgraph.engine import Embedded, Engine
from commitgraph.engine.ask import rows
from commitgraph.find import names
from commitgraph.find.legal_forms import without_legal_form
from commitgraph.find.names import HELP, Kind, LookupFailed, Names
from commitgraph.iris import ID, local, thing
from commitgraph.near import key, likely

#: Shorter names are parts of too many others.
_SHORT = 4

_PROVISIONS = """
SELECT ?provision ?parent ?summary WHERE {
  ?provision cg:inInstrument $instrument .
  OPTIONAL { ?provision cg:within ?parent }
  OPTIONAL { ?provision cg:summary ?summary }
  OPTIONAL { ?provision cg:ordinal ?ordinal }
} ORDER BY ?ordinal ?provision"""

#: Every query that a register asks.
QUERIES = (_PROVISIONS, names.NAMES, names.WORDS, vocabulary.LABELS)


class Register:
    """Finds things by what people call them, and what they may have meant.

    Attributes:
        vocabulary: the words of the schemes.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._names = Names(engine)
        self.vocabulary = vocabulary.Vocabulary(engine)
        self._by_instrument: dict[str, dict[str, tuple[str, str]]] = {}

    def knows(self, iri: str) -> bool:
        """Whether a party, instrument or provision has this address."""
        return iri in self._names.labels

    def label(self, iri: str) -> str | None:
        """What the thing at this address is called."""
        return self._names.labels.get(iri)

    def party(self, name: str) -> list[str]:
        """Addresses of the parties that go by a slug, address, identifier or name; none, one or several."""
        # The page of an identifier (https://www.wikidata.org/wiki/Q2283) stands for the identifier.
        foreign = name.startswith("http") and not name.startswith(ID)
        return self._find("party", name.rstrip("/").rpartition("/")[2] if foreign else name)

    def instrument(self, name: str) -> list[str]:
        """Addresses of the instruments that go by a slug, address or title."""
        return self._find("instrument", name)

    def provision(self, name: str) -> list[str]:
        """The address of the provision with exactly this slug or address."""
        return [iri for iri in (name, f"{ID}provision/{name}") if self.knows(iri)]

    def told_of_party(self, name: str) -> str:
        """What a word is that only leads to a party, such as a brand of it; empty for other words."""
        try:
            self._names.resolve("party", name)
        except LookupFailed as failure:
            return "; ".join(
                f"it is {HELP[word.why].format(word.label)}: write `{local(word.iri)}` if that party is meant"
                for word in failure.helps
            )
        return ""

    def parties_helped_by(self, name: str) -> list[str]:
        """Addresses of the parties to which a word leads that is no name, such as a brand."""
        try:
            self._names.resolve("party", name)
        except LookupFailed as failure:
            return [word.iri for word in failure.helps]
        return []

    def parties_spelt_like(self, name: str) -> list[str]:
        """Addresses of the parties of whose names `name` may be a misspelling; legal forms do not count."""
        wanted = without_legal_form(key(name))
        # One figure more or less makes another identifier, and so another party.
        if any(char.isdigit() for char in wanted):
            return []
        return list(dict.fromkeys(self._party_names[one] for one in likely(wanted, self._party_names)))

    def parties_with_words_of(self, name: str) -> list[str]:
        """Addresses of the parties with a name that has all words of `name`, or the other way."""
        wanted = without_legal_form(key(name)).split()
        return list(
            dict.fromkeys(
                iri
                for other, iri in self._party_names.items()
                if other.split()[: len(wanted)] == wanted
                or (len(other) >= _SHORT and wanted[: len(other.split())] == other.split())
            )
        )

    def instruments_like(self, name: str) -> list[str]:
        """Addresses of the instruments whose slugs may be meant by `name`: a misspelling, or words of it."""
        words = set(key(name).split())
        slugs = self.instruments
        near = likely(name, slugs) or [s for s in slugs if words and words <= set(key(s).split())]
        return [thing("instrument", slug) for slug in near]

    def provisions_of(self, instrument: str) -> list[str]:
        """Slugs of the provisions of an instrument (a slug), in the order of its text."""
        return list(self._provisions(instrument))

    def summary(self, provision: str) -> str:
        """What a provision (a slug) says, in one sentence."""
        return self._provisions(provision.partition("/")[0]).get(provision, ("", ""))[1]

    def parent(self, provision: str) -> str:
        """The slug of the provision that a provision (a slug) is part of; empty where it is part of none."""
        return local(self._provisions(provision.partition("/")[0])[provision][0])

    def _provisions(self, instrument: str) -> dict[str, tuple[str, str]]:
        """Parent and summary of each provision of an instrument, by slug."""
        if instrument not in self._by_instrument:
            found = rows(self._engine, _PROVISIONS, instrument=thing("instrument", instrument))
            told = {local(row["provision"]): (row["parent"], row["summary"]) for row in found}
            self._by_instrument[instrument] = told
        return self._by_instrument[instrument]

    @cached_property
    def instruments(self) -> tuple[str, ...]:
        """The slugs of all instruments."""
        return tuple(sorted({local(n.iri) for n in self._names.names if n.kind == "instrument"}))

    @cached_property
    def _party_names(self) -> dict[str, str]:
        """The names of parties without legal forms."""
        names = (name for name in self._names.names if name.kind == "party")
        return {without_legal_form(key(name.name)): name.iri for name in names if key(name.name)}

    def _find(self, kind: Kind, name: str) -> list[str]:
        try:
            return [self._names.resolve(kind, name.strip())]
        except LookupFailed as failure:
            return sorted(failure.candidates) if failure.ambiguous else []


@lru_cache(maxsize=2)
def register(store: ox.Store) -> Register:
    """The register of the graph in `store`, made once."""
    return Register(Embedded(store))
