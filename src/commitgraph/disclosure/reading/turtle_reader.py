"""Turtle, N-Triples, TriG and N-Quads with places.

The reader keeps where every statement stands. Whether it has read the right graph is judged by
pyoxigraph: where the two disagree the file is refused, so that a fault here can cost a line
number but never change a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn
from urllib.parse import urljoin

import pyoxigraph as ox

from commitgraph.disclosure.reading.agreement import agree
from commitgraph.disclosure.reading.source import MAX_DEPTH, MAX_STATEMENTS, MAX_TEXT, Place, Refused
from commitgraph.disclosure.reading.statements import (
    FILE_BASE,
    FIRST,
    NIL,
    NODE,
    REST,
    Document,
    Object,
    Statement,
    one_root,
    unfold,
)
from commitgraph.disclosure.reading.turtle_tokens import Token, tokens, unescape
from commitgraph.iris import RDF_TYPE, XSD

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
MAX_PREFIXES = 1_000


def read(text: str, notation: ox.RdfFormat = ox.RdfFormat.TURTLE) -> Document:
    """Read a document in Turtle or one of its relatives.

    Args:
        text: the document.
        notation: Turtle (which N-Triples is a part of), TriG or N-Quads.

    Raises:
        Refused: it is not well-formed, exceeds a limit, holds no disclosure or several graphs.
    """
    statements = _Reader(text, notation).read()
    agree(statements, text, notation)
    statements = unfold(statements)
    return Document(statements, one_root(statements))


class _Reader:
    def __init__(self, text: str, notation: ox.RdfFormat) -> None:
        self.notation = notation
        self.tokens: Iterator[Token] = tokens(text)
        self.token = next(self.tokens)
        self.depth = 0
        self.base = FILE_BASE
        self.relative: dict[str, str] = {}
        self.graph: ox.NamedNode | None = None
        self.graphs: set[ox.NamedNode | None] = set()
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
            if self.notation == ox.RdfFormat.TRIG and self.block():
                continue
            self.triples()
            self.expect(".")
        return self.found

    def triples(self, subject: ox.NamedNode | None = None, place: Place | None = None) -> None:
        """Read one subject, unless it is given, and what is said of it."""
        token = self.peek()
        if subject is None:
            subject = self.node()
            if token.text == "[" and self.peek().text in (".", "}"):
                return
        self.properties(subject, place or token.place)

    def block(self) -> bool:
        """Read a graph between braces, or, where a subject stands, its statements up to the full stop."""
        token = self.peek()
        named = None
        if token.kind == "word" and token.text.lower() == "graph":
            self.next()
            named = self.node()
        elif token.text not in ("{", "[", "("):
            named = self.node()
            if self.peek().text != "{":
                self.triples(named, token.place)
                self.expect(".")
                return True
        elif token.text != "{":
            return False
        self.graph = named
        self.expect("{")
        while self.peek().text != "}":
            self.triples()
            if self.peek().text != "}":
                self.expect(".")
        self.expect("}")
        self.graph = None
        return True

    def directive(self) -> None:
        token = self.next()
        if token.text.lower().endswith("prefix"):
            name = self.next()
            if name.kind != "name" or not name.text.endswith(":"):
                self.fail(name, "a prefix that ends with a colon")
            self.prefixes[name.text[:-1]] = self.address(self.next())
            if len(self.prefixes) > MAX_PREFIXES:
                raise Refused("CG008", f"The file declares more than {MAX_PREFIXES:,} prefixes.", name.place)
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
                self.state(Statement(subject, predicate, value, subject_at, verb.place, token.place, ""))
                if self.notation == ox.RdfFormat.N_QUADS and self.peek().text != ".":
                    self.in_graph(self.node(), token.place)
                else:
                    self.in_graph(self.graph, token.place)
                if self.peek().text != ",":
                    break
                self.next()
            if self.peek().text != ";":
                return
            while self.peek().text == ";":
                self.next()
            if self.peek().text in (".", "]", "}") or self.peek().kind == "end":
                return

    def state(self, statement: Statement) -> None:
        """Keep a statement."""
        value = statement.object.value
        self.found.append(statement._replace(written=self.relative.get(value, value)))
        if len(self.found) > MAX_STATEMENTS:
            raise Refused(
                "CG008", f"The file makes more than {MAX_STATEMENTS:,} statements.", statement.object_at
            )

    def in_graph(self, graph: ox.NamedNode | None, place: Place) -> None:
        """Take note of the graph that a statement belongs to."""
        self.graphs.add(graph)
        if len(self.graphs) > 1:
            raise Refused("CG010", "The file holds more than one graph; a disclosure is one.", place)

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
        if token.text == "(":
            return self.items()
        return self.named(token)

    def items(self) -> ox.NamedNode:
        """Read the members of a list up to its closing bracket."""
        head = cell = None
        self.depth += 1
        while self.peek().text != ")":
            token = self.peek()
            if self.depth > MAX_DEPTH:
                raise Refused("CG007", f"The file is nested deeper than {MAX_DEPTH} levels.", token.place)
            value, made = self.object(), self.fresh()
            at = token.place
            if cell is not None:
                self.state(Statement(cell, ox.NamedNode(REST), made, at, at, at, ""))
            self.state(Statement(made, ox.NamedNode(FIRST), value, at, at, at, ""))
            head, cell = head or made, made
        closing = self.next().place
        self.depth -= 1
        if head is None or cell is None:
            return ox.NamedNode(NIL)
        self.state(Statement(cell, ox.NamedNode(REST), ox.NamedNode(NIL), closing, closing, closing, ""))
        return head

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
                tag = self.next()
                try:
                    return ox.Literal(content, language=tag.text[1:])
                except ValueError:
                    wrong = f'"{tag.text[:60]}" is not a language tag.'
                    raise Refused("CG005", wrong, tag.place, value=tag.text[:60]) from None
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
        try:
            whole = urljoin(self.base, value)
        except ValueError:
            wrong = f'"{value[:200]}" is not a well-formed address.'
            raise Refused("CG005", wrong, token.place, value=value[:200]) from None
        self.relative[whole] = value
        return whole

    def fresh(self) -> ox.NamedNode:
        self.count += 1
        return ox.NamedNode(f"{NODE}{self.count:06d}")

    def peek(self) -> Token:
        return self.token

    def next(self) -> Token:
        token = self.token
        if token.kind == "end":
            raise Refused("CG005", "The file ends in the middle of a statement.", token.place)
        self.token = next(self.tokens)
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
