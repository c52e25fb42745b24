"""The graph as Python users speak of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from commitgraph import dataset, questions
from commitgraph.dates import day_or_none
from commitgraph.domain import provisions, rolls, standing
from commitgraph.engine import Embedded, Engine, Remote, Result
from commitgraph.find.names import names_of, resolve


@dataclass(frozen=True)
class Party:
    """One party of a graph.

    Attributes:
        iri: the party.
        label: its name.
    """

    graph: Graph
    iri: str
    label: str

    def pledges(self, as_of: str | date | None = None) -> tuple[standing.Adherence, ...]:
        """What it adheres to by an act of its own, oldest first, ended standings included.

        Args:
            as_of: only what held on that day: a date, or a text as YYYY-MM-DD.

        Raises:
            DateError: `as_of` is no such day.
        """
        return standing.adherences_of(self.graph.engine, self.iri, day_or_none(as_of))

    def links(self, as_of: str | date | None = None) -> tuple[standing.Link, ...]:
        """What it is tied to only because a text that it adheres to, or did, names it.

        Args:
            as_of: only through what it adhered to on that day: a date, or a text as YYYY-MM-DD.

        Raises:
            DateError: `as_of` is no such day.
        """
        return standing.links_of(self.graph.engine, self.iri, day_or_none(as_of))

    def commitments(self, as_of: str | date | None = None) -> tuple[provisions.Provision, ...]:
        """The commitments that bind it, strongest force first.

        Args:
            as_of: those that did on that day: a date, or a text as YYYY-MM-DD.

        Raises:
            DateError: `as_of` is no such day.
        """
        return provisions.commitments_binding(self.graph.engine, self.iri, day_or_none(as_of))


@dataclass(frozen=True)
class Instrument:
    """One instrument of a graph.

    Attributes:
        iri: the instrument.
        label: its name.
    """

    graph: Graph
    iri: str
    label: str

    def adherents(self, as_of: str | date | None = None) -> tuple[standing.Adherence, ...]:
        """Who adheres to it, by name, ended standings included.

        Args:
            as_of: only those whose standing held on that day: a date, or a text as YYYY-MM-DD.

        Raises:
            DateError: `as_of` is no such day.
        """
        return standing.adherents(self.graph.engine, self.iri, day_or_none(as_of))

    def rolls(self, as_of: str | date | None = None) -> tuple[rolls.Roll, ...]:
        """The lists of its adherents and what each lacks.

        Args:
            as_of: only lists that are dated by that day: a date, or a text as YYYY-MM-DD.

        Raises:
            DateError: `as_of` is no such day.
        """
        return rolls.rolls(self.graph.engine, self.iri, day_or_none(as_of))

    def provisions(self) -> tuple[provisions.Provision, ...]:
        """Its provisions, in its order."""
        return provisions.provisions_of(self.graph.engine, self.iri)


class Graph:
    """A commitgraph that can be asked.

    Args:
        engine: what answers the queries.
        version: digest of the data; empty for a remote endpoint.
    """

    def __init__(self, engine: Engine, version: str = "") -> None:
        self.engine = engine
        self.version = version

    def query(self, text_or_name: str, **parameters: str) -> Result:
        """Run a saved question by name, with parameters as names or short names, or a SPARQL text.

        Raises:
            ParameterError: unknown parameter or value, or parameters given with a SPARQL text.
            QueryError: the query cannot be run.
        """
        if text_or_name in questions.names():
            question = questions.get(text_or_name)
            text = question.bind(lambda kind, value: resolve(self.engine, kind, value), **parameters)
            return self.engine.query(text)
        if parameters:
            raise questions.ParameterError(
                f"expected the name of a saved question with these parameters, got {text_or_name[:60]!r}"
            )
        return self.engine.query(text_or_name)

    def party(self, name: str) -> Party:
        """The party with that short name, IRI or name in any variant.

        Raises:
            LookupFailed: none of that name, or several.
        """
        iri = resolve(self.engine, "party", name)
        return Party(self, iri, names_of(self.engine).labels[iri])

    def instrument(self, name: str) -> Instrument:
        """The instrument with that short name, IRI or name in any variant.

        Raises:
            LookupFailed: none of that name, or several.
        """
        iri = resolve(self.engine, "instrument", name)
        return Instrument(self, iri, names_of(self.engine).labels[iri])


def load(source: str | Path | None = None) -> Graph:
    """Open a graph.

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
