"""Between pyoxigraph and rdflib: the same terms in both, and rdflib without its remarks on literals.

Imported only where rdflib is needed: it takes longer to load than all the rest.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pyoxigraph as ox
import rdflib

from commitgraph.iris import XSD

_LOG = logging.getLogger("rdflib.term")


def to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Identifier:
    """The same term for rdflib; a literal keeps its lexical form.

    >>> to_rdflib(ox.Literal("01", datatype=ox.NamedNode(XSD + "integer")))
    rdflib.term.Literal('01', datatype=rdflib.term.URIRef('http://www.w3.org/2001/XMLSchema#integer'))

    Raises:
        TypeError: it is a quoted triple, which RDF 1.1 has not.
    """
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise TypeError(f"expected an IRI, a blank node or a literal, got {term}")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == XSD + "string":
        # rdflib tells plain text and xsd:string apart, RDF does not.
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def rdflib_graph(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """A graph of rdflib with the same triples."""
    graph = rdflib.Graph()
    # A name stands in many triples, and rdflib looks at its characters each time that it is made.
    names: dict[str, rdflib.term.Identifier] = {}

    def written(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Identifier:
        if not isinstance(term, ox.NamedNode):
            return to_rdflib(term)
        iri = term.value
        return names.get(iri) or names.setdefault(iri, to_rdflib(term))

    with silent_literals():
        for triple in triples:
            # What Graph.add does, but for looking at the kind of each term.
            graph.store.add(
                (written(triple.subject), written(triple.predicate), written(triple.object)), graph
            )
    return graph


@contextmanager
def silent_literals() -> Iterator[None]:
    """Drop what rdflib logs in this thread about literals it cannot convert.

    It logs a stack trace for each, and a stranger's file has many; the shapes tell people of them. The
    logger itself stays as its owner set it: other threads and later messages are not touched.
    """
    thread = threading.get_ident()

    def from_elsewhere(_: logging.LogRecord) -> bool:
        return threading.get_ident() != thread

    _LOG.addFilter(from_elsewhere)
    try:
        yield
    finally:
        _LOG.removeFilter(from_elsewhere)
