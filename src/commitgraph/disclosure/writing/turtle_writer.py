"""Turtle as people read it: parts without a name nested in what they belong to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph as ox

from commitgraph.disclosure.reading.statements import NODE, Object
from commitgraph.iris import RDF_TYPE, XSD, cg, prefixes, shorten

_STRING = XSD + "string"
_STATUS = cg("status")
Triple = tuple[ox.NamedNode, ox.NamedNode, Object]


def write(
    triples: Sequence[Triple], root: ox.NamedNode, notes: Mapping[str, Sequence[str]] | None = None
) -> str:
    """The text of a Turtle file.

    Args:
        triples: parts without an address are called as readers call them.
        root: the disclosure, written first and, where it has no address, as the file itself.
        notes: for some parts what a comment above them says, a line each.
    """
    writer = _Writer(triples, root, notes or {})
    body = list(writer.subjects())
    spaces = prefixes()
    head = [f"@prefix {name}: <{spaces[name]}> ." for name in sorted(writer.prefixes)]
    return "".join(f"{line}\n" for line in (*head, "", *body))


class _Writer:
    def __init__(
        self, triples: Sequence[Triple], root: ox.NamedNode, notes: Mapping[str, Sequence[str]]
    ) -> None:
        self.root, self.notes = root, notes
        self.prefixes: set[str] = set()
        self.said: dict[str, dict[str, list[Object]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in triples:
            self.said[subject.value][predicate.value].append(value)
        pointed = Counter(value.value for _, _, value in triples if isinstance(value, ox.NamedNode))
        self.nested = {node for node in self.said if node.startswith(NODE) and pointed[node] == 1} - {
            root.value
        }
        self.nested |= {node for node in pointed if node.startswith(NODE) and pointed[node] == 1}

    def subjects(self) -> Iterator[str]:
        order = [self.root.value, *(name for name in self.said if name != self.root.value)]
        for name in order:
            if name in self.nested:
                continue
            said = self.members(name, "    ")
            subject = "<>" if name == self.root.value and name.startswith(NODE) else self.named(name)
            yield f"{subject} {next(said).lstrip()}"
            yield from said
            yield "."

    def members(self, name: str, indent: str) -> Iterator[str]:
        """The properties of a part, each ended by a semicolon but the last."""
        verbs = list(self.said[name].items())
        for number, (verb, values) in enumerate(verbs):
            end = " ;" if number + 1 < len(verbs) else ""
            called = "a" if verb == RDF_TYPE else self.named(verb)
            yield from self.values(f"{indent}{called}", values, indent, end)

    def values(self, head: str, values: Sequence[Object], indent: str, end: str) -> Iterator[str]:
        inner = f"{indent}    "
        flat = [value for value in values if value.value not in self.nested]
        if len(flat) == len(values):
            yield f"{head} {' , '.join(map(self.term, flat))}{end}"
            return
        yield head
        for number, value in enumerate(values):
            after = end if number + 1 == len(values) else " ,"
            yield from (f"{inner}# {line}".rstrip() for line in self.notes.get(value.value, ()))
            if value.value not in self.nested or isinstance(value, ox.Literal):
                yield f"{inner}{self.term(value)}{after}"
            elif not self.said.get(value.value):
                yield f"{inner}[]{after}"
            else:
                yield f"{inner}["
                yield from self.members(value.value, f"{inner}    ")
                yield f"{inner}]{after}"

    def term(self, value: Object) -> str:
        if isinstance(value, ox.NamedNode):
            return self.named(value.value)
        text = str(ox.Literal(value.value))
        if value.language:
            return f"{text}@{value.language}"
        return text if value.datatype.value == _STRING else f"{text}^^{self.named(value.datatype.value)}"

    def named(self, name: str) -> str:
        if name.startswith(NODE):
            return f"_:n{name.removeprefix(NODE)}"
        short = shorten(name)
        if short == name:
            return str(ox.NamedNode(name))
        self.prefixes.add(short.partition(":")[0])
        return short
