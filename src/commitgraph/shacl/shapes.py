"""The engine that judges: SHACL Core on an index of the triples, SPARQL constraints asked of pyoxigraph.

Shapes are compiled once, to functions and query texts. Only what our shapes use of SHACL is known here, and
every other term is refused, so that no shape is ever passed over in silence. pySHACL is the reference: tests
hold both to the same results. Where they differ by intent: a date or number has to be one as XSD says
(rdflib takes `2025-01-01` for an xsd:dateTime), and a value stands in a message as it is written (pySHACL
takes a backslash in it for an escape, and fails).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

import pyoxigraph as ox

from commitgraph.iris import RDF_TYPE, RDFS, SH
from commitgraph.shacl.hit import Hit, ordered
from commitgraph.shacl.index import Index, Term

#: From a node to those that a path leads to.
Path: TypeAlias = Callable[[Index, Term], Iterable[Term]]
#: From a focus node and its value nodes to what breaks a constraint.
Check: TypeAlias = Callable[["Data", Term, Sequence[Term]], Iterator[Hit]]
Test: TypeAlias = Callable[["Data", Term], bool]
#: From the shapes, one of them and the value of a parameter to a constraint.
Build: TypeAlias = Callable[["Shapes", "Shape", Term], Check]

_TARGETS = {SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")}
_ANNOTATIONS = {SH + name for name in ("name", "description", "order", "group", "message", "severity")}
#: What SHACL forbids in a query whose focus node is given; what it offers beside `$this`; and groups that
#: speak of `$this` without a pattern that has it, where pyoxigraph would find it unbound.
_NOT_IN_QUERIES = re.compile(
    r"[$?](?:PATH|shapesGraph|currentShape)\b|(?i:\b(?:MINUS|VALUES|SERVICE|FROM)\b|\bAS\s+[$?]this\b)"
    r"|(?i:\bSELECT\b(?![^{]*[$?]this\b)|\{(?:(?![$?]this\b)[^{}])*\bBIND\s*\(\s*[$?]this\b)"
    r"|(?i:\{\s*FILTER\b[^{}]*[$?]this\b[^{}]*\})"
)
_TEXTS_ADDRESSES_COMMENTS = re.compile(r"""("|')(?:\\.|(?!\1)[^\\\n])*\1|<[^\s<>]*>|\#[^\n]*""")


class Unsupported(ValueError):
    """A shape uses something of SHACL that this engine does not know. The message says what, and where."""


class Data:
    """The graph that is judged, for both ways of looking at it."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.triples = list(triples)
        self.index = Index(self.triples)
        self._instances: dict[Term, dict[Term, None]] = {}

    @cached_property
    def store(self) -> ox.Store:
        """For queries: they look for an earlier item that is alike, and it finds first what came in last."""
        store = ox.Store()
        store.extend(ox.Quad(*triple) for triple in reversed(self.triples))
        return store

    def instances(self, kind: Term) -> Mapping[Term, None]:
        """The nodes of a class or of one below it."""
        if kind not in self._instances:
            classes = [kind]
            for one in classes:
                classes += (c for c in self.index.subjects(RDFS + "subClassOf", one) if c not in classes)
            nodes = (node for one in classes for node in self.index.subjects(RDF_TYPE, one))
            self._instances[kind] = dict.fromkeys(nodes)
        return self._instances[kind]


class Shapes:
    """Shapes, compiled.

    Args:
        triples: the shapes graph.
        components: the constraints that are known, by the name of their parameter.

    Raises:
        Unsupported: something in it is not known here.
    """

    def __init__(self, triples: Iterable[ox.Triple], components: Mapping[str, Build]) -> None:
        self.graph = Index(triples)
        self.components = components
        self._made: dict[Term, Shape | None] = {}
        for node in self.graph.having(SH + "parameter"):
            raise Unsupported(f"{node}: constraints, targets and functions of one's own are not known")
        targeted = dict.fromkeys(node for target in sorted(_TARGETS) for node in self.graph.having(target))
        for kind in ("NodeShape", "PropertyShape"):
            shapes = self.graph.subjects(RDF_TYPE, ox.NamedNode(SH + kind))
            targeted.update(dict.fromkeys(node for node in shapes if self.is_class(node)))
        self._targeted = [self.shape(node) for node in targeted]

    def judge(self, triples: Iterable[ox.Triple]) -> list[Hit]:
        """Hold a graph against the shapes.

        Returns:
            The results, in a stable order, without duplicates.
        """
        data = Data(triples)
        return ordered(
            hit
            for shape in self._targeted
            for focus in shape.targets(data)
            for hit in shape.results(data, focus)
        )

    def is_class(self, node: Term) -> bool:
        """Whether a shape is a class, too: its instances are then its targets."""
        return ox.NamedNode(RDFS + "Class") in self.graph.objects(node, RDF_TYPE)

    def shape(self, node: Term) -> Shape:
        """The shape at a node, compiled once."""
        if node not in self._made:
            self._made[node] = None
            self._made[node] = Shape(self, node)
        made = self._made[node]
        if made is None:
            raise Unsupported(f"{node}: a shape that leads back to itself is not known")
        return made

    def path(self, node: Term) -> Path:
        """What leads along a property, against one, along several one after another, or along any of them."""
        if isinstance(node, ox.NamedNode):
            name = node.value
            return lambda index, start: index.objects(start, name)
        inverse = self.graph.value(node, SH + "inversePath")
        either = self.graph.value(node, SH + "alternativePath")
        if either:
            ways = [self.path(way) for way in self.graph.items(either)]
            return lambda index, start: dict.fromkeys(end for way in ways for end in way(index, start))
        steps = [self.path(step) for step in self.graph.items(node)]
        if isinstance(inverse, ox.NamedNode) and not steps:
            name = inverse.value
            return lambda index, start: index.subjects(name, start)
        if inverse or not steps:
            raise Unsupported(f"{node}: this kind of sh:path is not known")
        return lambda index, start: _walk(index, start, steps)

    def query(self, node: Term) -> str:
        """The text of a SPARQL constraint, its prefixes in front."""
        if set(self.graph.properties(node)) - {SH + "select", SH + "prefixes", SH + "message", RDF_TYPE}:
            raise Unsupported(f"{node}: expected sh:select, sh:prefixes and sh:message only")
        [text] = self.graph.objects(node, SH + "select")
        if found := _NOT_IN_QUERIES.search(_TEXTS_ADDRESSES_COMMENTS.sub('""', text.value)):
            raise Unsupported(f"{node}: {found[0]!r} is not known in a query")
        declared = {}
        for owner in self.graph.objects(node, SH + "prefixes"):
            if self.graph.objects(owner, "http://www.w3.org/2002/07/owl#imports"):
                raise Unsupported(f"{owner}: owl:imports is not followed")
            for line in self.graph.objects(owner, SH + "declare"):
                [prefix], [space] = (self.graph.objects(line, SH + name) for name in ("prefix", "namespace"))
                declared[prefix.value] = space.value
        return "".join(f"PREFIX {p}: <{space}>\n" for p, space in sorted(declared.items())) + text.value


class Shape:
    def __init__(self, shapes: Shapes, node: Term) -> None:
        graph = self._graph = shapes.graph
        self.node = node
        self._classes = graph.objects(node, SH + "targetClass") + [node] * shapes.is_class(node)
        path = graph.value(node, SH + "path")
        self.path = path
        self._walk = shapes.path(path) if path else None
        self.messages = sorted(message.value for message in graph.objects(node, SH + "message"))
        self._checks: list[Check] = []
        for name in graph.properties(node):
            if not name.startswith(SH) or name in _TARGETS | _ANNOTATIONS | {SH + "path", SH + "flags"}:
                continue
            build = shapes.components.get(name.removeprefix(SH))
            if build is None:
                raise Unsupported(f"{node}: <{name}> is not known")
            self._checks += [build(shapes, self, value) for value in graph.objects(node, name)]

    def targets(self, data: Data) -> Iterable[Term]:
        """The focus nodes, each once."""
        found: dict[Term, None] = {}
        for node in self._graph.objects(self.node, SH + "targetNode"):
            found[node] = None
        for kind in self._classes:
            found.update(data.instances(kind))
        for name in self._graph.objects(self.node, SH + "targetSubjectsOf"):
            found.update(dict.fromkeys(data.index.having(name.value)))
        for name in self._graph.objects(self.node, SH + "targetObjectsOf"):
            found.update(dict.fromkeys(data.index.values(name.value)))
        return found

    def results(self, data: Data, focus: Term) -> Iterator[Hit]:
        """What breaks the shape at a focus node."""
        values = [focus] if self._walk is None else list(self._walk(data.index, focus))
        for check in self._checks:
            yield from check(data, focus, values)

    def holds(self, data: Data, node: Term) -> bool:
        """Whether a node conforms."""
        return next(self.results(data, node), None) is None

    def hit(
        self,
        component: str,
        focus: Term,
        value: Term | None,
        path: Term | None = None,
        messages: Sequence[str] | None = None,
    ) -> Hit:
        """The result that a value breaks a constraint of this shape."""
        path = path or self.path
        return Hit(
            self.node.value,
            focus.value,
            path.value if isinstance(path, ox.NamedNode) else None,
            value.value if value else None,
            tuple(self.messages if messages is None else messages),
            f"{SH}{component}ConstraintComponent",
            None if isinstance(value, ox.BlankNode) else value,
        )


def _walk(index: Index, start: Term, steps: Iterable[Path]) -> Iterable[Term]:
    there = {start: None}
    for step in steps:
        there = dict.fromkeys(end for node in there for end in step(index, node))
    return there
