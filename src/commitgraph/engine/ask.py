"""Asking the graph with our own query texts: prefixes in front, terms put in safely, plain rows out.

Only here is a term written into a query: a text has `$name` where an IRI, or a list of IRIs, goes, and a
saved question has a VALUES block. `iri`, `text` and `integer` write one term each, or refuse it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import Template

import pyoxigraph as ox

from commitgraph.engine.base import Engine
from commitgraph.engine.result import Result
from commitgraph.iris import RDF_TYPE, is_iri, prefixes

_PREFIX = re.compile(r"(?<![\w$?])([a-z][\w-]*):")
_TERM = re.compile(r"(?<![\w$?])([a-z][\w-]*):(\w[\w-]*)")
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def result(engine: Engine, query: str, **terms: str | Iterable[str]) -> Result:
    """Run `query`, with each `$name` in it replaced by the IRI, or the list of IRIs, given under that name.

    Raises:
        ValueError: a term is no absolute IRI.
        QueryError: the engine could not answer.
    """
    written = {
        name: iri(term) if isinstance(term, str) else " ".join(map(iri, term)) for name, term in terms.items()
    }
    return engine.query(with_prefixes(Template(query).substitute(written)))


def rows(engine: Engine, query: str, **terms: str | Iterable[str]) -> list[dict[str, str]]:
    """The rows of :func:`result` as plain text: every variable is there, empty where unbound."""
    return result(engine, query, **terms).values()


def with_prefixes(query: str) -> str:
    """`query` with a PREFIX line in front for each prefix of the project's table that it uses."""
    used = set(_PREFIX.findall(query))
    return "".join(map(_declaration, (n for n in prefixes() if n in used))) + query


def terms_of(*queries: str) -> frozenset[str]:
    """The addresses of all terms that some texts name by prefix and name, `a` among them.

    >>> sorted(terms_of("?x a cg:Party ; rdfs:label|skos:altLabel ?name"))[0]
    'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
    """
    table = prefixes()
    found = (name for query in queries for name in _TERM.findall(query))
    return frozenset({table[prefix] + name for prefix, name in found if prefix in table} | {RDF_TYPE})


def iri(value: str) -> str:
    """An IRI as SPARQL writes it.

    >>> iri("https://example.org/a")
    '<https://example.org/a>'

    Raises:
        ValueError: it is no absolute IRI.
    """
    if not is_iri(value):
        raise ValueError(f"expected an absolute IRI, got {value!r}")
    return f"<{value}>"


def text(value: str) -> str:
    r"""Plain text as SPARQL writes it; dates of the graph are compared as such text.

    >>> text('a "b"\n')
    '"a \\"b\\"\\n"'

    Raises:
        ValueError: it has control characters or lone surrogates.
    """
    if _CONTROLS.search(value):
        raise ValueError(f"expected text without control characters, got {value!r}")
    return f'"{"".join(_ESCAPES.get(c, c) for c in value)}"'


def integer(value: str) -> str:
    """A whole number of at most 18 digits as SPARQL writes it.

    >>> integer("+07")
    '7'

    Raises:
        ValueError: it is none.
    """
    if not _INTEGER.fullmatch(value):
        raise ValueError(f"expected a whole number, got {value!r}")
    return str(int(value))


def at_most(low: ox.Literal, high: ox.Literal) -> bool:
    """Whether one value is less than another or equal; not, where the two cannot be compared."""
    return bool(ox.Store().query(f"ASK {{ FILTER ({low} <= {high}) }}"))


def reads_as(written: str, datatype: str) -> bool:
    """Whether pyoxigraph reads a text as a value of one of the types that SPARQL converts to.

    >>> from commitgraph.iris import XSD
    >>> reads_as("2025-02-28", XSD + "date"), reads_as("2025-02-30", XSD + "date")
    (True, False)
    """
    value = str(ox.Literal(written))
    return bool(ox.Store().query(f"ASK {{ BIND ({iri(datatype)}({value}) AS ?read) FILTER BOUND(?read) }}"))


def block(variable: str, term: str) -> str:
    """The VALUES block that gives a variable of a saved question its value.

    Args:
        variable: its name, without the question mark.
        term: as one of the functions above has written it.
    """
    return f"VALUES ?{variable} {{ {term} }}"


def _declaration(prefix: str) -> str:
    return f"PREFIX {prefix}: <{prefixes()[prefix]}>\n"
