"""Asking the graph with our own query texts: prefixes in front, IRIs put in safely, plain rows out.

Only here is a term put into a query: a text has `$name` where an IRI, or a list of IRIs, goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import Template

from commitgraph.engine.base import Engine, Result
from commitgraph.iris import is_iri, prefixes

_PREFIX = re.compile(r"(?<![\w$?])([a-z][\w-]*):")


def result(engine: Engine, text: str, **terms: str | Iterable[str]) -> Result:
    """Run `text`, with each `$name` in it replaced by the IRI, or the list of IRIs, given under that name.

    Raises:
        ValueError: a term is no absolute IRI.
        QueryError: the engine could not answer.
    """
    written = {name: _iris([term] if isinstance(term, str) else term) for name, term in terms.items()}
    return engine.query(with_prefixes(Template(text).substitute(written)))


def rows(engine: Engine, text: str, **terms: str | Iterable[str]) -> list[dict[str, str]]:
    """The rows of :func:`result` as plain text: every variable is there, empty where unbound."""
    return result(engine, text, **terms).values()


def with_prefixes(text: str) -> str:
    """`text` with a PREFIX line in front for each prefix of the project's table that it uses."""
    used = set(_PREFIX.findall(text))
    return "".join(f"PREFIX {name}: <{space}>\n" for name, space in prefixes().items() if name in used) + text


def _iris(terms: Iterable[str]) -> str:
    written = []
    for term in terms:
        if not is_iri(term):
            raise ValueError(f"expected an absolute IRI, got {term!r}")
        written.append(f"<{term}>")
    return " ".join(written)
