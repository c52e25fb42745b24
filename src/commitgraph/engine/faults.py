"""What is wrong with a query that the engine could not parse, said so that its author can mend it.

The engine names the place where its last attempt failed, which is often past the fault, and counts
columns in bytes. So the usual faults are looked for first: a word that is no keyword, a prefix that
nobody declared, a bracket or a string without its end. Only then the engine's own place is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from commitgraph.engine.base import QueryError
from commitgraph.engine.lexer import Token, declared_prefixes, line_and_column, tokens
from commitgraph.iris import prefixes
from commitgraph.near import nearest

_KEYWORDS = tuple(
    word
    for line in """
    A ABS ADD ADJUST ALL AND AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL CLEAR COALESCE CONCAT
    CONSTRUCT CONTAINS COPY COUNT CREATE DATA DATATYPE DAY DEFAULT DELETE DESC DESCRIBE DISTINCT
    DROP ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HASLANG HASLANGDIR
    HAVING HOURS IF IN INSERT INTO IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG LANGDIR
    LANGMATCHES LATERAL LCASE LIMIT LOAD MAX MD5 MIN MINUS MINUTES MONTH MOVE NAMED NIL NOT NOW
    OBJECT OFFSET OPTIONAL ORDER PREDICATE PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE
    SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384 SHA512 SILENT STR STRAFTER STRBEFORE STRDT
    STRENDS STRLANG STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT SUBSTR SUM TIMEZONE TO TRIPLE TRUE
    TZ UCASE UNDEF UNION UNSAID URI USING UUID VALUES VERSION WHERE WITH YEAR
""".splitlines()
    for word in line.split()
)
# Several keywords may stand together without a space, numbers and dots among them.
_ONLY_KEYWORDS = re.compile(
    "(?:[0-9.]|" + "|".join(sorted(_KEYWORDS, key=len, reverse=True)) + ")+", re.IGNORECASE
)
_PLACE = re.compile(r"error at (\d+):(\d+)(?:-\d+:\d+)?:?\s*(?:expected\s+)?(?:one of\s+)?")
_AGGREGATES = ("AVG", "COUNT", "GROUP_CONCAT", "MAX", "MIN", "SAMPLE", "SUM")
_PAIRS = {"(": ")", "{": "}", "[": "]"}

#: The engine's words for faults of meaning, and ours.
_MEANINGS = {
    "SELECT contains a variable that is unbound": (
        "SELECT names a variable that is neither in GROUP BY nor inside an aggregate such as COUNT.",
        "Add the variable to GROUP BY, or wrap it in SAMPLE(…).",
    ),
    "SELECT contains an expression with a variable that is unbound": (
        "SELECT computes with a variable that is neither in GROUP BY nor inside an aggregate such as COUNT.",
        "Name what is grouped by, GROUP BY (… AS ?name), and use ?name after SELECT.",
    ),
    "SELECT overrides an existing variable": (
        "SELECT (… AS ?name) gives a value to a variable that the pattern already binds.",
        "Choose another name after AS.",
    ),
}


@dataclass(frozen=True)
class _Fault:
    index: int
    detail: str
    suggestion: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a query, and where.

    Attributes:
        line: from 1.
        column: from 1, in characters.
        near: a few words of the query from the fault on; at its end those before it.
        detail: what is wrong, without the place.
        suggestion: what to write instead, as a sentence, or empty.
    """

    line: int
    column: int
    near: str
    detail: str
    suggestion: str

    def error(self) -> QueryError:
        """The fault as the error that engines raise."""
        return QueryError(self.detail, self.line, self.column, near=self.near, suggestion=self.suggestion)


def fault(query: str, message: str) -> Fault:
    """What is wrong with a query that does not parse.

    Args:
        query: its text.
        message: the words in which the embedded engine (pyoxigraph) refused it.
    """
    engine_index, expected = _engine_place(query, message)
    found = list(tokens(query))
    first = (
        _mark(query)
        or _meaning(expected, engine_index)
        or _unended(found)
        or _unknown_word(found)
        or _undeclared_prefix(found)
        or _bracket(found)
        or _slip(found)
        or _bound_twice(found)
        or _Fault(engine_index, _expectation(expected))
    )
    return at(query, first.index, first.detail, first.suggestion)


def at(query: str, index: int, detail: str, suggestion: str = "") -> Fault:
    """The fault at the character `index` of a query."""
    line, column = line_and_column(query, index)
    return Fault(line, column, _near(query, index), detail, suggestion)


def _engine_place(query: str, message: str) -> tuple[int, str]:
    """The index that the engine means, and what it expected there."""
    place = _PLACE.search(message)
    if not place:
        return 0, message
    expected = message[place.end() :]
    lines = query.encode().split(b"\n")
    line = min(int(place[1]), len(lines)) - 1
    before = b"\n".join([*lines[:line], lines[line][: int(place[2]) - 1]])
    index = len(before.decode("utf-8", "ignore"))
    # A keyword that did not match counts as read: the engine's place is its end. Go back to its start.
    wanted = [word for word in re.split(r",\s*", expected) if word != "[_]"]
    if wanted and all(re.fullmatch("[A-Z_]+", word) for word in wanted):
        index -= max(map(len, wanted))
    return max(0, min(index, len(query))), expected


def _meaning(expected: str, index: int) -> _Fault | None:
    for words, (detail, suggestion) in _MEANINGS.items():
        if words in expected:
            return _Fault(index, detail, suggestion)
    return None


def _mark(query: str) -> _Fault | None:
    if not query.startswith("\ufeff"):
        return None
    return _Fault(0, "the query starts with a byte order mark (U+FEFF).", "Save it as UTF-8 without one.")


def _unended(found: list[Token]) -> _Fault | None:
    if not found or found[-1].kind != "rest":
        return None
    mark = found[-1].text[0]
    return _Fault(found[-1].start, f"the string that starts here has no end: expected a closing {mark}.",
                  "Strings over several lines need three quotation marks on both sides.")  # fmt: skip


def _unknown_word(found: list[Token]) -> _Fault | None:
    """A bare word must be a keyword; one before a colon is the prefix of a name."""
    for place, token in enumerate(found):
        if token.kind != "word" or token.text[0].isdigit() or _ONLY_KEYWORDS.fullmatch(token.text):
            continue
        after = found[place + 1] if place + 1 < len(found) else None
        if after and after.kind == "local" and after.start == token.end:
            continue
        sign = _broken_iri(found[: place + 1])
        if sign:
            return _Fault(sign.start, "the IRI that starts here has no end, or has a space in it.")
        similar = nearest(token.text, _KEYWORDS)
        return _Fault(
            token.start,
            f"“{token.text}” is no keyword or function of SPARQL.",
            f"Did you mean {similar[0]}?" if similar
            else f"A variable is written ?{token.text}, a text \"{token.text}\", a name with a prefix.",
        )  # fmt: skip
    return None


def _broken_iri(found: list[Token]) -> Token | None:
    """The `<` that directly precedes a word, from which only words lead to the last token."""
    place = len(found) - 1
    while place > 0 and found[place].kind in ("word", "local"):
        place -= 1
    sign = found[place]
    return sign if sign.text == "<" and sign.end == found[place + 1].start else None


def _undeclared_prefix(found: list[Token]) -> _Fault | None:
    declared = declared_prefixes(found)
    for place, token in enumerate(found):
        if token.kind != "local":
            continue
        before = found[place - 1] if place else token
        is_attached = before.kind == "word" and before.end == token.start
        name = before.text if is_attached else ""
        if name not in declared and name != "_":
            return _Fault(
                before.start if is_attached else token.start,
                f"the prefix “{name}:” is not declared.",
                _prefix_suggestion(name, declared),
            )
    return None


def _prefix_suggestion(name: str, declared: set[str]) -> str:
    if name in prefixes():
        return f"Add this line at the top: PREFIX {name}: <{prefixes()[name]}>"
    similar = nearest(name, declared | set(prefixes()))
    if similar:
        return f"Did you mean {similar[0]}: ?"
    return f"Declare it at the top: PREFIX {name}: <…>"


def _bracket(found: list[Token]) -> _Fault | None:
    opened: list[Token] = []
    for token in found:
        if token.kind == "open":
            opened.append(token)
        elif token.kind == "close":
            if not opened:
                return _Fault(token.start, f"nothing is open that this “{token.text}” could close.")
            if _PAIRS[opened[-1].text] != token.text:
                return _Fault(
                    token.start,
                    f"expected “{_PAIRS[opened[-1].text]}” before this “{token.text}”.",
                )
            opened.pop()
    if not opened:
        return None
    last = opened[-1]
    return _Fault(
        last.start, f"this “{last.text}” is never closed.", f"Add the missing “{_PAIRS[last.text]}”."
    )


def _slip(found: list[Token]) -> _Fault | None:
    """A usual slip in a clause, told by the words around it."""
    words = [token.text.upper() if token.kind == "word" else token.text for token in found]
    in_selection = False
    for place, token in enumerate(found):
        word, after = words[place], words[place + 1] if place + 1 < len(found) else ""
        following = found[place + 1] if after else token
        in_selection = word == "SELECT" or (in_selection and not (token.kind == "open" and word == "{"))
        if token.kind != "word" or (following.kind == "local" and following.start == token.end):
            continue  # no keyword, or the prefix of a name
        if in_selection and token.depth == 0 and word in _AGGREGATES and after == "(":
            return _Fault(token.start, f"an expression after SELECT needs a name: {word}(…) has none.",
                          f"Write ({word}(…) AS ?name).")  # fmt: skip
        if word == "FILTER" and following.kind == "variable":
            return _Fault(following.start, "the condition of a FILTER stands in brackets.",
                          "Write FILTER(…).")  # fmt: skip
        if word in ("ORDER", "GROUP") and after.upper() != "BY":
            return _Fault(following.end if following is token else following.start,
                          f"expected BY after {word}.", f"Write {word} BY.")  # fmt: skip
        if word in ("LIMIT", "OFFSET") and not after.isdigit():
            return _Fault(token.end if following is token else following.start,
                          f"expected a whole number after {word}.", f"Write {word} 10.")  # fmt: skip
    return None


def _bound_twice(found: list[Token]) -> _Fault | None:
    """A BIND to a variable that stands before it in the same group."""
    seen: dict[int, set[str]] = {}
    waiting: list[int] = []
    for place, token in enumerate(found):
        if token.text == "{":
            seen[token.depth + 1] = set()
        elif token.kind == "word" and token.text.upper() == "BIND":
            waiting.append(token.depth)
        elif token.kind == "variable":
            before = found[place - 1].text.upper() if place else ""
            is_target = bool(waiting) and before == "AS" and token.depth == waiting[-1] + 1
            if is_target and token.text[1:] in seen.get(waiting.pop(), set()):
                return _Fault(token.start, f"BIND gives a value to {token.text}, which the pattern "
                              "before it already binds.", "Choose another name after AS.")  # fmt: skip
            seen.setdefault(token.depth, set()).add(token.text[1:])
    return None


def _expectation(expected: str) -> str:
    """The engine's expectation where it helps: a sentence or one sign. Its keywords are seldom the cause."""
    wanted = [word for word in re.split(r",\s+", expected) if word not in ("", "[_]")]
    sentence = next((word for word in wanted if re.match("[A-Z][a-z]+ [a-z]+ ", word)), "")
    if sentence:
        return f"{sentence[0].lower()}{sentence[1:]}."
    if len(wanted) == 1 and wanted[0].startswith('"'):
        return f"expected {wanted[0]} here."
    return "the query cannot be read from here on."


def _near(query: str, index: int) -> str:
    """A few words from the fault on; at the end of the query those before it."""
    ahead = " ".join(query[index : index + 60].split())[:40]
    return ahead or " ".join(query[max(0, index - 60) : index].split())[-40:]
