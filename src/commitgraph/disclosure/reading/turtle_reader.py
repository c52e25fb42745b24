"""Turtle and N-Triples with places.

The reader keeps where every statement stands. Whether it has read the right graph is judged by
pyoxigraph: where the two disagree the file is refused, so that a fault here can cost a line
number but never change a verdict.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NoReturn
from urllib.parse import urljoin

import pyoxigraph as ox

from commitgraph.disclosure.reading.source import MAX_DEPTH, MAX_STATEMENTS, MAX_TEXT, Place, Refused
from commitgraph.disclosure.reading.statements import NODE, Document, Object, Statement, one_root
from commitgraph.disclosure.reading.turtle_tokens import Token, tokens, unescape
from commitgraph.iris import RDF_TYPE, XSD

_PLACE = re.compile(r"(?:at line |error at )(\d+)(?: column |:)(\d+)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def read(text: str) -> Document:
    """Read a Turtle document.

    Raises:
        Refused: it is not well-formed, exceeds a limit, or holds no disclosure.
    """
    statements = _Reader(text).read()
    _compare(statements, text)
    return Document(statements, one_root(statements))


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens = tokens(text)
        self.at = 0
        self.depth = 0
        self.base = ""
        self.prefixes: dict[str, str] = {}
        self.blank: dict[str, ox.NamedNode] = {}
        self.count = 0
        self.found: list[Statement] = []

    def read(self) -> list[Statement]:
        while self.peek().kind != "end":
            token = self.peek()
            if token.kind == "directive" or (
                token.kind == "word" and token.text.lower() in ("prefix", "base")
            ):
                self.directive()
                continue
            bracket = token.text == "["
            subject = self.node()
            if not (bracket and self.peek().text == "."):
                self.properties(subject, token.place)
            self.expect(".")
        return self.found

    def directive(self) -> None:
        token = self.next()
        if token.text.lower().endswith("prefix"):
            name = self.next()
            if name.kind != "name" or not name.text.endswith(":"):
                self.fail(name, "a prefix that ends with a colon")
            self.prefixes[name.text[:-1]] = self.address(self.next())
        else:
            self.base = self.address(self.next())
        if token.kind == "directive":
            self.expect(".")

    def properties(self, subject: ox.NamedNode, subject_at: Place) -> None:
        """Read predicates and objects up to the full stop or closing bracket."""
        while True:
            verb = self.next()
            predicate = ox.NamedNode(RDF_TYPE) if verb.text == "a" else self.named(verb)
            while True:
                token = self.peek()
                value = self.object()
                written = value.value
                self.found.append(
                    Statement(subject, predicate, value, subject_at, verb.place, token.place, written)
                )
                if len(self.found) > MAX_STATEMENTS:
                    raise Refused("CG008", f"The file makes more than {MAX_STATEMENTS:,} statements.")
                if self.peek().text != ",":
                    break
                self.next()
            if self.peek().text != ";":
                return
            while self.peek().text == ";":
                self.next()
            if self.peek().text in (".", "]") or self.peek().kind == "end":
                return

    def node(self) -> ox.NamedNode:
        token = self.next()
        if token.kind == "blank":
            if token.text not in self.blank:
                self.blank[token.text] = self.fresh()
            return self.blank[token.text]
        if token.text == "[":
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise Refused("CG007", f"The file is nested deeper than {MAX_DEPTH} levels.", token.place)
            made = self.fresh()
            if self.peek().text != "]":
                self.properties(made, token.place)
            self.expect("]")
            self.depth -= 1
            return made
        return self.named(token)

    def object(self) -> Object:
        token = self.peek()
        if token.kind in ("long", "short"):
            self.next()
            edge = 3 if token.kind == "long" else 1
            content = unescape(token.text[edge:-edge], token.place)
            if len(content) > MAX_TEXT:
                long = f"A text of {len(content):,} characters is longer than {MAX_TEXT:,}."
                raise Refused("CG008", long, token.place)
            if self.peek().kind == "language":
                return ox.Literal(content, language=self.next().text[1:])
            if self.peek().kind == "datatype":
                self.next()
                return ox.Literal(content, datatype=self.named(self.next()))
            return ox.Literal(content)
        if token.kind == "number":
            self.next()
            kind = "double" if "e" in token.text.lower() else "decimal" if "." in token.text else "integer"
            return ox.Literal(token.text, datatype=ox.NamedNode(XSD + kind))
        if token.kind == "word" and token.text in ("true", "false"):
            self.next()
            return ox.Literal(token.text, datatype=ox.NamedNode(XSD + "boolean"))
        return self.node()

    def named(self, token: Token) -> ox.NamedNode:
        if token.kind == "iri":
            address = self.address(token)
        elif token.kind == "name":
            prefix, _, rest = token.text.partition(":")
            if prefix not in self.prefixes:
                raise Refused(
                    "CG005", f'The prefix "{prefix}:" is not declared.', token.place, value=token.text
                )
            address = self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", rest)
        else:
            self.fail(token, "an address, a prefixed name or a bracket")
        if address.startswith(NODE):
            raise Refused("CG005", "Addresses of this kind are reserved.", token.place, value=address)
        try:
            return ox.NamedNode(address)
        except ValueError:
            wrong = f'"{address}" is not a well-formed absolute address.'
            raise Refused("CG005", wrong, token.place, value=address) from None

    def address(self, token: Token) -> str:
        if token.kind != "iri":
            self.fail(token, "an address between < and >")
        value = unescape(token.text[1:-1], token.place)
        if _SCHEME.match(value):
            return value
        if not self.base:
            relative = f"The address <{value}> is relative and the file has no base."
            raise Refused("CG005", relative, token.place, value=value)
        return urljoin(self.base, value)

    def fresh(self) -> ox.NamedNode:
        self.count += 1
        return ox.NamedNode(f"{NODE}{self.count:06d}")

    def peek(self) -> Token:
        return self.tokens[self.at]

    def next(self) -> Token:
        token = self.tokens[self.at]
        if token.kind == "end":
            raise Refused("CG005", "The Turtle ends in the middle of a statement.", token.place)
        self.at += 1
        return token

    def expect(self, mark: str) -> None:
        token = self.peek()
        if token.text != mark:
            self.fail(token, f'"{mark}"')
        self.next()

    def fail(self, token: Token, wanted: str) -> NoReturn:
        found = f'"{token.text[:40]}"' if token.text else "the end of the file"
        raise Refused(
            "CG005", f"Expected {wanted}, found {found}.", token.place, value=token.text[:40] or None
        )


def _compare(statements: list[Statement], text: str) -> None:
    """Refuse the file unless pyoxigraph reads the same graph."""
    try:
        theirs = [quad.triple for quad in ox.parse(input=text, format=ox.RdfFormat.TURTLE)]
    except (SyntaxError, ValueError) as error:
        found = _PLACE.search(str(error))
        place = Place(int(found[1]), int(found[2])) if found else Place()
        raise Refused("CG005", f"This is not well-formed Turtle: {str(error)[:200]}.", place) from None
    ours = [ox.Triple(s.subject, s.predicate, s.object) for s in statements]
    if _shape_of(ours) != _shape_of(theirs):
        raise Refused("CG005", "Two readers understand this Turtle differently; write it more simply.")


def _shape_of(triples: Iterable[ox.Triple]) -> list[tuple[str, ...]]:
    """The graph with its unnamed nodes told apart by what hangs on them, whatever they are called.

    Refining by neighbours as often as a file may be nested tells the nodes of a tree apart; it
    takes a time that grows with the file only, where a full comparison could be made to explode.
    """
    distinct = set(triples)
    colours: dict[str, str] = defaultdict(str)
    for _ in range(MAX_DEPTH):
        around: dict[str, list[str]] = defaultdict(list)
        for triple in distinct:
            subject, value = _colour(triple.subject, colours), _colour(triple.object, colours)
            if _unnamed(triple.subject):
                around[str(triple.subject)].append(f"> {triple.predicate} {value}")
            if _unnamed(triple.object):
                around[str(triple.object)].append(f"< {triple.predicate} {subject}")
        refined = {key: str(hash(tuple(sorted(edges)))) for key, edges in around.items()}
        settled = len(set(refined.values())) == len(set(colours.values()))
        colours = defaultdict(str, refined)
        if settled:
            break
    return sorted(
        (_colour(t.subject, colours), str(t.predicate), _colour(t.object, colours)) for t in distinct
    )


def _unnamed(term: object) -> bool:
    return isinstance(term, ox.BlankNode) or (isinstance(term, ox.NamedNode) and term.value.startswith(NODE))


def _colour(term: object, colours: dict[str, str]) -> str:
    return "_:" + colours[str(term)] if _unnamed(term) else str(term)
