"""The graph as Python users speak of it: the verbs of the command as methods."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path

from commitgraph import dataset, questions
from commitgraph.dates import day_or_none
from commitgraph.domain import (
    concepts,
    endings,
    evidence,
    instruments,
    links,
    parties,
    provisions,
    ratings,
    rolls,
    standing,
    undertakings,
)
from commitgraph.domain.provisions import Provision
from commitgraph.engine import Embedded, Engine, Remote, Result
from commitgraph.find import search
from commitgraph.find.names import Kind, names_of, resolve, resolve_alike
from commitgraph.iris import concept
from commitgraph.proof import verification
from commitgraph.proof.copies import Copies
from commitgraph.views import chain, compare, matrix, stats, whereabouts

_NAME = re.compile(r"\s*[\w-]+\s*")


@dataclass(frozen=True)
class Party:
    """One party of a graph.

    Where a method takes `as_of`, it is a day as YYYY-MM-DD or a `datetime.date`; anything else is a
    :class:`~commitgraph.dates.DateError`.

    Attributes:
        iri: the party.
        label: its name.
    """

    graph: Graph = field(repr=False)
    iri: str
    label: str

    @cached_property
    def profile(self) -> parties.PartyProfile:
        """Who it is: kinds, country, other names, identifiers, parent, and how far we know."""
        found = parties.party(self.graph.engine, self.iri)
        assert found  # noqa: S101  (the graph gave its name)
        return found

    def standings(self, as_of: str | date | None = None) -> standing.Standings:
        """How it stands to texts: by acts of its own, as others say, no longer listed, no longer at all.

        With `as_of` as on that day; also what lay between two lists then, or had not begun.
        """
        on = day_or_none(as_of)
        return standing.split_on(on, standing.adherences_of(self.graph.engine, self.iri))

    def pledges(self, as_of: str | date | None = None) -> tuple[standing.Adherence, ...]:
        """What it stands to, oldest first: by acts of its own, and as others say, with what has ended.

        With `as_of` only what held on that day. :meth:`standings` tells them apart.
        """
        return standing.adherences_of(self.graph.engine, self.iri, day_or_none(as_of))

    def towards(self, instrument: str, as_of: str | date | None = None) -> matrix.Cell:
        """Whether it has signed `instrument` (a name), or how else it stands to it; never a bare no.

        >>> load().party("Kakao").towards("Seoul Pledge").reason
        'signed 2024-05-22'
        """
        iri = self.graph.instrument(instrument).iri
        return whereabouts.towards(self.graph.engine, self.iri, iri, day_or_none(as_of))

    def links(self, as_of: str | date | None = None) -> tuple[links.Link, ...]:
        """What it is tied to only because a text that it adheres to, or did, names it: only a reference.

        With `as_of` only through what it adhered to on that day.
        """
        return links.links_of(self.graph.engine, self.iri, day_or_none(as_of))

    def commitments(
        self, as_of: str | date | None = None, *, from_memory: bool = False
    ) -> tuple[Provision, ...]:
        """The commitments that it has taken on, strongest force first; with `as_of` those of that day.

        A commitment that lies within another one is told beside it; :func:`len` does not count promises.
        Those that are `outermost` are what the texts number.

        Args:
            as_of: a day.
            from_memory: whether to add, at the end, what rests on something that no source was read for.
        """
        found = (one for one in self.undertakings(as_of) if one.taken_on)
        return tuple(one.commitment for one in found if from_memory or not one.from_memory)

    def undertakings(self, as_of: str | date | None = None) -> tuple[undertakings.Undertaking, ...]:
        """What it has taken on, and what it may have taken on and if what; with what it all rests on.

        With `as_of` by its standings of that day.
        """
        return undertakings.undertakings_of(self.graph.engine, self.iri, day_or_none(as_of))

    def disclosures(self, as_of: str | date | None = None) -> tuple[evidence.Disclosure, ...]:
        """What it has published about itself and which version each follows, newest first.

        With `as_of` only what is dated by that day.
        """
        return evidence.disclosures_of(self.graph.engine, self.iri, day_or_none(as_of))

    def evidence(self, as_of: str | date | None = None) -> tuple[evidence.Observation, ...]:
        """What sources show of how it acts, and lookups that found nothing, newest first.

        With `as_of` only what is dated by that day.
        """
        return self.graph.evidence(party=self.iri, as_of=as_of)

    def ratings(self, as_of: str | date | None = None) -> tuple[ratings.Rating, ...]:
        """Scores and grades that named assessors give it, newest first: opinions, no evidence on a promise.

        With `as_of` only what is dated by that day.
        """
        return ratings.ratings_of(self.graph.engine, self.iri, day_or_none(as_of))

    def refusals(self, as_of: str | date | None = None) -> tuple[endings.Refusal, ...]:
        """What it decided not to adhere to, newest first; with `as_of` those dated by then."""
        return self.graph.refusals(party=self.iri, as_of=as_of)

    def changes(self, as_of: str | date | None = None) -> tuple[parties.Change, ...]:
        """Changes of its name, owner, form or listing, oldest first.

        With `as_of` those dated by that day.
        """
        return parties.changes_of(self.graph.engine, self.iri, day_or_none(as_of))


@dataclass(frozen=True)
class Instrument:
    """One instrument of a graph. Its methods take `as_of` as those of :class:`Party` do.

    Attributes:
        iri: the instrument.
        label: its name.
    """

    graph: Graph = field(repr=False)
    iri: str
    label: str

    @cached_property
    def profile(self) -> instruments.InstrumentProfile:
        """What it is: type, dates, issuers, other names, topics, and how far we know."""
        found = instruments.profile(self.graph.engine, self.iri)
        assert found  # noqa: S101  (the graph gave its name)
        return found

    def standings(self, as_of: str | date | None = None) -> standing.Standings:
        """How parties stand to it: by acts of their own, as others say, no longer listed, no longer at all.

        With `as_of` as on that day; also who was between two lists then, or had not begun.
        """
        on = day_or_none(as_of)
        return standing.split_on(on, standing.adherents(self.graph.engine, self.iri))

    def adherents(self, as_of: str | date | None = None) -> tuple[standing.Adherence, ...]:
        """Who stands to it in any way, by name, with who has left and whom only others name.

        With `as_of` only whose standing held on that day. :meth:`standings` tells them apart.
        """
        return standing.adherents(self.graph.engine, self.iri, day_or_none(as_of))

    def rolls(self, as_of: str | date | None = None) -> tuple[rolls.Roll, ...]:
        """The lists of its adherents and whom each lacks; with `as_of` those dated by then."""
        return rolls.rolls(self.graph.engine, self.iri, day_or_none(as_of))

    def provisions(self) -> tuple[Provision, ...]:
        """Its provisions, in its order."""
        return provisions.provisions_of(self.graph.engine, self.iri)

    def evidence(self, as_of: str | date | None = None) -> tuple[evidence.Observation, ...]:
        """What sources show of how parties act on its provisions, and lookups in vain, newest first.

        With `as_of` only what is dated by that day.
        """
        return self.graph.evidence(instrument=self.iri, as_of=as_of)

    def refusals(self, as_of: str | date | None = None) -> tuple[endings.Refusal, ...]:
        """Who decided not to adhere to it, newest first; with `as_of` those dated by then."""
        return self.graph.refusals(instrument=self.iri, as_of=as_of)


class Graph:
    """A commitgraph that can be asked.

    Wherever a method takes the name of a thing, it takes a short name, an IRI, or a name in any listed
    variant, and raises :class:`~commitgraph.LookupFailed` for one that stands for nothing or for several
    things. Any method raises :class:`~commitgraph.QueryError` where a remote endpoint does not answer.

    Args:
        engine: what answers the queries.
        version: digest of the data; empty for a remote endpoint.
    """

    def __init__(self, engine: Engine, version: str = "") -> None:
        self.engine = engine
        self.version = version

    def __repr__(self) -> str:
        return (
            f"<commitgraph.Graph of {self.engine.name}{', data ' if self.version else ''}{self.version[:12]}>"
        )

    def query(self, text_or_name: str, **parameters: str | int) -> Result:
        """Run a saved question by name, with parameters as names or short names, or a SPARQL text.

        >>> load().query("is-signatory", party="Kakao", instrument="Seoul Pledge").values()[0]["answer"]
        'yes'

        Raises:
            UnknownQuestion: a single word that is the name of no saved question.
            ParameterError: unknown parameter or value, or parameters given with a SPARQL text.
            LookupFailed: a parameter names no thing, or several.
            QueryError: the query cannot be run.
        """
        if _NAME.fullmatch(text_or_name):
            question = questions.get(text_or_name.strip())
            return self.engine.query(question.bind(self._resolve, **parameters))
        if parameters:
            raise questions.ParameterError(
                f"expected the name of a saved question with these parameters, got {text_or_name[:60]!r}"
            )
        return self.engine.query(text_or_name)

    def questions(self) -> tuple[questions.Question, ...]:
        """The saved questions, by name, with the parameters that each takes."""
        return questions.questions()

    def search(self, words: str, limit: int = 20) -> tuple[search.Hit, ...]:
        """Find parties, instruments, topics and provisions by words; typos and accents are forgiven.

        >>> load().search("watermraking")[0].label
        'content provenance and labelling'
        """
        return search.search(self.engine, words, limit)

    def compare(self, *things: str, as_of: str | date | None = None) -> compare.Comparison:
        """What two or more parties, or two or more instruments, share and do not.

        >>> both = load().compare("Kakao", "Cisco")
        >>> [row.label for row in both.rows if row.shared]
        ['Seoul AI Business Pledge']

        Args:
            things: names of parties, or of instruments.
            as_of: the day for which to compare; without it, standings that have not ended count.

        Raises:
            LookupFailed: a name stands for nothing, for several things, or for one of the other kind.
            ParameterError: fewer than two different things.
        """
        on = day_or_none(as_of)
        iris = resolve_alike(self.engine, things) if things else ()
        labels = names_of(self.engine).labels
        try:
            return compare.compare(self.engine, iris, [labels[iri] for iri in iris], on)
        except ValueError as error:
            raise questions.ParameterError(f"{error}; got {', '.join(things) or 'none'}") from None

    def chain(self, *, value: str = "", principle: str = "") -> chain.Chain:
        """From a UNESCO value or principle to the resolution, to pledges, to companies, to what they show.

        >>> found = load().chain(principle="fairness and non-discrimination")
        >>> sorted({sentence.bearing for sentence in found.sentences})
        ['names it', 'serves it']

        Args:
            value: name of a value; this or a principle.
            principle: name of a principle.

        Raises:
            LookupFailed: the name stands for nothing.
            ParameterError: neither or both are given.
        """
        if bool(value) == bool(principle):
            raise questions.ParameterError(
                "chain: expected a value or a principle, got " + ("both" if value else "neither")
            )
        kind: Kind = "value" if value else "principle"
        return chain.chain(self.engine, resolve(self.engine, kind, value or principle))

    def parties(self) -> tuple[parties.PartyEntry, ...]:
        """All parties, by name."""
        return parties.parties(self.engine)

    def instruments(self) -> tuple[instruments.InstrumentEntry, ...]:
        """All instruments, oldest first."""
        return instruments.instruments(self.engine)

    def provisions(
        self, *, instrument: str = "", topic: str = "", kind: str = "", force: str = ""
    ) -> tuple[Provision, ...]:
        """The provisions that fit all that is given, by instrument, in its order.

        >>> {p.force_label for p in load().provisions(instrument="Seoul Pledge", force="will")}
        {'will'}

        Args:
            instrument: name of one.
            topic: name of one; a group takes in its topics.
            kind: `Commitment`, `Expectation`, `Acknowledgement`, `Section` or `Question`.
            force: short name of one, such as `will` or `obliges`.

        Raises:
            ParameterError: there is no such kind or force.
        """
        if kind and kind not in provisions.KINDS:
            raise questions.ParameterError(
                f"kind: expected one of {', '.join(provisions.KINDS)}, got {kind!r}"
            )
        known = {c.iri: c.iri.rsplit("/", 1)[1] for c in concepts.concepts(self.engine, "force")}
        if force and concept("force", force) not in known:
            raise questions.ParameterError(
                f"force: expected one of {', '.join(known.values())}, got {force!r}"
            )
        found = provisions.find_provisions(
            self.engine,
            instrument=self._resolve("instrument", instrument) if instrument else "",
            kind=kind,
            force=concept("force", force) if force else "",
            concept=self._resolve("topic", topic) if topic else "",
        )
        return provisions.provisions(self.engine, found)

    def topics(self) -> tuple[concepts.Concept, ...]:
        """All topics and groups of topics, by label, with how many provisions are about each."""
        return concepts.concepts(self.engine, "topic")

    def evidence(
        self, *, party: str = "", instrument: str = "", provision: str = "", as_of: str | date | None = None
    ) -> tuple[evidence.Observation, ...]:
        """Evidence, and lookups that found none, that fit all that is given, newest first.

        A lookup that found nothing says where somebody looked; it is no fact about the party.

        Args:
            party: name of whom it concerns.
            instrument, provision: name of what it bears on.
            as_of: only what is dated by that day.
        """
        return evidence.observations(
            self.engine,
            party=self._resolve("party", party) if party else "",
            instrument=self._resolve("instrument", instrument) if instrument else "",
            provision=self._resolve("provision", provision) if provision else "",
            as_of=day_or_none(as_of),
        )

    def refusals(
        self, *, party: str = "", instrument: str = "", as_of: str | date | None = None
    ) -> tuple[endings.Refusal, ...]:
        """Documented decisions not to adhere that fit all that is given, newest first.

        Who is not on a list has not refused: that is told by :meth:`matrix` and :meth:`Instrument.rolls`.

        Args:
            party: name of who decided.
            instrument: name of what was refused.
            as_of: only what is dated by that day.
        """
        who = self._resolve("party", party) if party else ""
        what = self._resolve("instrument", instrument) if instrument else ""
        return tuple(
            refusal
            for refusal in endings.all_refusals(self.engine, day_or_none(as_of))
            if (not who or refusal.party.iri == who) and (not what or refusal.instrument.iri == what)
        )

    def matrix(self, as_of: str | date | None = None) -> matrix.Matrix:
        """For each party and instrument one answer: signed, named by others, refused, not listed, unknown …

        >>> graph = load()
        >>> kakao = next(party for party in graph.parties() if party.label == "Kakao")
        >>> pledge = next(text for text in graph.instruments() if text.label == "Seoul AI Business Pledge")
        >>> graph.matrix().cell(kakao, pledge).answer
        'adheres'

        Args:
            as_of: the day for which the answers hold; without it, the state of the data as they are.
        """
        return matrix.Matrix(self.engine, day_or_none(as_of))

    def stats(self) -> dict[str, int]:
        """How many things of each kind the graph holds."""
        return stats.stats(self.engine)

    def party(self, name: str) -> Party:
        """The party of that name.

        >>> load().party("Kakao").profile.country
        'KR'
        """
        iri = self._resolve("party", name)
        return Party(graph=self, iri=iri, label=names_of(self.engine).labels[iri])

    def instrument(self, name: str) -> Instrument:
        """The instrument of that name.

        >>> load().instrument("Seoul Pledge").profile.type.label
        'company pledge'
        """
        iri = self._resolve("instrument", name)
        return Instrument(graph=self, iri=iri, label=names_of(self.engine).labels[iri])

    def provision(self, name: str) -> Provision:
        """The provision with that short name or IRI.

        >>> load().provision("seoul-ai-business-pledge/a1-3").instrument.label
        'Seoul AI Business Pledge'
        """
        (found,) = provisions.provisions(self.engine, [self._resolve("provision", name)])
        return found

    def verify(self, sources: str | PathLike[str]) -> verification.Verification:
        """Find every passage in your own copies of the sources, and hold every summary against them.

        Args:
            sources: a folder; its folder SLUG holds the copies (.md, .txt, .html) of the instrument SLUG.

        Raises:
            NotADirectoryError: there is no such folder.
        """
        return verification.verify(self.engine, Copies(Path(sources)))

    def _resolve(self, kind: Kind, text: str) -> str:
        return resolve(self.engine, kind, text)


def load(source: str | PathLike[str] | None = None) -> Graph:
    """Open a graph.

    Reading the files takes a few seconds; who loads the same folder again gets the data that were read,
    unless a file has changed since.

    Args:
        source: nothing for the shipped data; a folder with `ontology/` and `data/`; or the http(s) address
            of a SPARQL endpoint that holds commitgraph data.

    Raises:
        DataError: the folder cannot be read.
    """
    if isinstance(source, str) and source.startswith(("http://", "https://")):
        return Graph(Remote(source))
    data = dataset.load(Path(source) if source is not None else None)
    return Graph(Embedded(data.store), data.version)
