"""The service description: what the endpoint says about itself when nobody asks it anything."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from commitgraph.dataset import Dataset
from commitgraph.engine.formats import GRAPHS, ROWS
from commitgraph.iris import RDF_TYPE, XSD, prefixes

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_VOID = "http://rdfs.org/ns/void#"
_COUNTS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"


class Description:
    """Describes the endpoint in the terms of SPARQL 1.1 Service Description and VoID.

    Args:
        dataset: what the endpoint answers from.
    """

    def __init__(self, dataset: Dataset) -> None:
        counts = dataset.store.query(_COUNTS)
        assert isinstance(counts, ox.QuerySolutions)  # noqa: S101  (for the type checker)
        self._graphs = [(row["g"], row["n"]) for row in counts]
        self._version = dataset.version

    def serialise(self, endpoint: str, format_: ox.RdfFormat) -> bytes:
        """The description of the endpoint at the address `endpoint`."""
        used = {"sd": _SD, "void": _VOID, "formats": _FORMATS, "owl": prefixes()["owl"]}
        return ox.serialize(self._triples(ox.NamedNode(endpoint)), format=format_, prefixes=used) or b""

    def _triples(self, service: ox.NamedNode) -> Iterator[ox.Triple]:
        rdf_type = ox.NamedNode(RDF_TYPE)
        data, default = ox.BlankNode("data"), ox.BlankNode("default")
        yield ox.Triple(service, rdf_type, _sd("Service"))
        yield ox.Triple(service, _sd("endpoint"), service)
        yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
        yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
        for name in [*(f.w3c for f in ROWS.values()), *(f.w3c for f in GRAPHS.values())]:
            yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name))
        yield ox.Triple(service, _sd("defaultDataset"), data)
        yield ox.Triple(data, rdf_type, _sd("Dataset"))
        yield ox.Triple(data, ox.NamedNode(prefixes()["owl"] + "versionInfo"), ox.Literal(self._version))
        yield ox.Triple(data, _sd("defaultGraph"), default)
        yield ox.Triple(default, rdf_type, _sd("Graph"))
        triples = ox.NamedNode(_VOID + "triples")
        for number, (name, count) in enumerate(self._graphs):
            named, graph = ox.BlankNode(f"named{number}"), ox.BlankNode(f"graph{number}")
            yield ox.Triple(data, _sd("namedGraph"), named)
            yield ox.Triple(named, rdf_type, _sd("NamedGraph"))
            yield ox.Triple(named, _sd("name"), name)
            yield ox.Triple(named, _sd("graph"), graph)
            yield ox.Triple(graph, rdf_type, _sd("Graph"))
            yield ox.Triple(graph, triples, ox.Literal(count.value, datatype=ox.NamedNode(XSD + "integer")))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
