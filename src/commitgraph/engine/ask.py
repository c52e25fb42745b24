"""Asking the graph with our own query texts: prefixes in front, IRIs put in safely, plain rows out."""

from __future__ import annotations

from collections.abc import Iterable
from string import Template

from commitgraph.engine import Engine, Result
from commitgraph.iris import is_iri

_PROLOGUE = """\
PREFIX cg: <https://w3id.org/commitgraph/ns#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def result(engine: Engine, text: str, **terms: str | Iterable[str]) -> Result:
    """Run `text`, with each `$name` in it replaced by the IRI, or the list of IRIs, given under that name.

    Raises:
        ValueError: a term is no absolute IRI.
        QueryError: the engine could not answer.
    """
    written = {name: _iris([term] if isinstance(term, str) else term) for name, term in terms.items()}
    return engine.query(_PROLOGUE + Template(text).substitute(written))


def rows(engine: Engine, text: str, **terms: str | Iterable[str]) -> list[dict[str, str]]:
    """The rows of :func:`result` as plain text: every variable is there, empty where unbound."""
    return result(engine, text, **terms).values()


def _iris(terms: Iterable[str]) -> str:
    written = []
    for term in terms:
        if not is_iri(term):
            raise ValueError(f"expected an absolute IRI, got {term!r}")
        written.append(f"<{term}>")
    return " ".join(written)
