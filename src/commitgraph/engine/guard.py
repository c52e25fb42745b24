"""The guard: what a query may not ask for, known before the engine sees it.

The engine has no switch for SERVICE and would contact any address. So a query is refused if the word
SERVICE occurs *anywhere* outside strings, IRIs, variables and local names. Anywhere, not as a whole
word: the engine needs no space after a keyword (`SERVICEex:x` is a call). The price is that a prefix
called `service:` is refused too. Workers of the service have no network either way; there the guard is
what gives the clear message. The embedded engine of the command and of Python has nothing else.
"""

from __future__ import annotations

import re
from typing import Literal

from commitgraph.engine.base import QueryError
from commitgraph.engine.faults import at
from commitgraph.engine.lexer import Token, tokens

#: No query that a person wrote nests its brackets this deep. The engine would overflow its stack.
DEEPEST = 1000

_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_SUSPICIOUS = re.compile(f"SERVICE|\\b(?:{'|'.join(_UPDATES)})\\b", re.IGNORECASE)


class Refused(QueryError):
    """The query asks for what no query may.

    Attributes:
        why: `service` (it would contact another address), `update` or `depth` (of its brackets).
    """

    why: Literal["service", "update", "depth"]


def check(query: str) -> None:
    """Look through a query.

    Raises:
        Refused: it holds SERVICE, is an update, or nests beyond :data:`DEEPEST`.
    """
    if not _SUSPICIOUS.search(query) and sum(map(query.count, "([{")) <= DEEPEST:
        return  # spares most queries the reading
    found = list(tokens(query))
    for token in found:
        if token.kind in ("word", "rest") and "SERVICE" in token.text.upper():
            raise _refused(
                query,
                token.start + token.text.upper().find("SERVICE"),
                "service",
                "no query opens a connection to another address, so SERVICE is refused, "
                "also as a prefix or in a misplaced string.",
                "Ask the other endpoint yourself, or rename the prefix.",
            )
        if token.depth > DEEPEST:
            raise _refused(
                query,
                token.start,
                "depth",
                f"expected at most {DEEPEST} brackets inside each other; this query has more.",
            )
    first = _operation(found)
    if first and first.text.upper() in _UPDATES:
        raise _refused(
            query,
            first.start,
            "update",
            "expected SELECT, ASK, CONSTRUCT or DESCRIBE, got the update operation "
            f"{first.text.upper()}. Nothing can be written, loaded or deleted here.",
        )


def _refused(
    query: str, index: int, why: Literal["service", "update", "depth"], detail: str, suggestion: str = ""
) -> Refused:
    place = at(query, index, detail, suggestion)
    error = Refused(detail, place.line, place.column, near=place.near, suggestion=suggestion)
    error.why = why
    return error


def _operation(found: list[Token]) -> Token | None:
    """The first keyword after the prologue."""
    before = ""
    for token in found:
        if token.kind != "word":
            continue
        word = token.text.upper()
        if before == "PREFIX":
            before = ""  # the name of a prefix
        elif word in ("PREFIX", "BASE", "VERSION"):
            before = word
        else:
            return token
    return None
