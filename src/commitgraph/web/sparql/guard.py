"""The guard: what a query may not ask for, known before the engine sees it.

The engine has no switch for SERVICE and would contact any address. So a query is refused if the word
SERVICE occurs *anywhere* outside strings, IRIs, variables and local names. Anywhere, not as a whole
word: the engine needs no space after a keyword (`SERVICEex:x` is a call). The price is that a prefix
called `service:` is refused too. Workers have no network either way; the guard is what gives the
clear message.
"""

from __future__ import annotations

from commitgraph.web.problems import Problem
from commitgraph.web.sparql.lexer import Token, line_and_column, tokens

#: No query that a person wrote nests its brackets this deep.
DEEPEST = 1000

_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")


def check(query: str) -> None:
    """Look through a query.

    Raises:
        Problem: 403 for SERVICE, 400 for an update and for nesting beyond :data:`DEEPEST`.
    """
    found = list(tokens(query))
    for token in found:
        if token.kind in ("word", "rest") and "SERVICE" in token.text.upper():
            raise _no_service(query, token)
        if token.depth > DEEPEST:
            raise Problem(
                400,
                "too-deep",
                "The query nests too deeply",
                f"Expected at most {DEEPEST} brackets inside each other; this query has more.",
            )
    operation = _operation(found)
    if operation in _UPDATES:
        raise Problem(
            400,
            "read-only",
            "This endpoint answers queries only",
            f"Expected SELECT, ASK, CONSTRUCT or DESCRIBE, got the update operation {operation}. "
            "Nothing can be written, loaded or deleted here.",
        )


def _no_service(query: str, token: Token) -> Problem:
    line, column = line_and_column(query, token.start + token.text.upper().find("SERVICE"))
    return Problem(
        403,
        "service-refused",
        "SERVICE is not available here",
        f"Line {line}, column {column}: this endpoint contacts no other address, so SERVICE is refused, "
        "also as a prefix or in a misplaced string. Ask the other endpoint yourself, or rename the prefix.",
        line=line,
        column=column,
    )


def _operation(found: list[Token]) -> str:
    """The first keyword after the prologue, in capitals."""
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
            return word
    return ""
