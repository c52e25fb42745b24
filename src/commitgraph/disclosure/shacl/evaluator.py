"""The engine that judges: SHACL Core on an index of the triples, SPARQL constraints asked of pyoxigraph.

Shapes are compiled once, to functions and query texts. Only what our shapes use of SHACL is known here, and
every other term is refused, so that no shape is ever passed over in silence. pySHACL is the reference: tests
hold both to the same results. Where they differ by intent: a date or number has to be one as XSD says
(rdflib takes `2025-01-01` for an xsd:dateTime), and a value stands in a message as it is written (pySHACL
takes a backslash in it for an escape, and fails).
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TypeAlias

import pyoxigraph as ox

from commitgraph.disclosure.index import Index, Term
from commitgraph.disclosure.shacl.hit import Hit, ordered
from commitgraph.engine.ask import reads_as
from commitgraph.iris import RDF, RDF_TYPE, RDFS, SH, XSD

#: From a node to those that a path leads to.
_Path: TypeAlias = Callable[[Index, Term], Iterable[Term]]
#: From a focus node and its value nodes to what breaks a constraint.
_Check: TypeAlias = Callable[["_Data", Term, Sequence[Term]], Iterator[Hit]]
_Test: TypeAlias = Callable[["_Data", Term], bool]
#: From the shapes, one of them and the value of a parameter to a constraint.
_Build: TypeAlias = Callable[["Shapes", "_Shape", Term], _Check]

#: The kinds of nodes that the name of a node kind is put together from.
_KINDS = {"BlankNode": ox.BlankNode, "IRI": ox.NamedNode, "Literal": ox.Literal}
_TARGETS = {SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")}
_ANNOTATIONS = {SH + name for name in ("name", "description", "order", "group", "message", "severity")}
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
#: What SHACL forbids in a query whose focus node is given; what it offers beside `$this`; and groups that
#: speak of `$this` without a pattern that has it, where pyoxigraph would find it unbound.
_NOT_IN_QUERIES = re.compile(
    r"[$?](?:PATH|shapesGraph|currentShape)\b|(?i:\b(?:MINUS|VALUES|SERVICE|FROM)\b|\bAS\s+[$?]this\b)"
    r"|(?i:\bSELECT\b(?![^{]*[$?]this\b)|\bBIND\s*\(\s*[$?]this\b|\{\s*(?:FILTER|BIND)\b[^{}]*[$?]this\b[^{}]*\})"
)
_TEXTS_ADDRESSES_COMMENTS = re.compile(r"""("|')(?:\\.|(?!\1)[^\\\n])*\1|<[^\s<>]*>|\#[^\n]*""")
#: Types whose lexical forms are looked at, and those that are taken as they are, as the reference does.
_CHECKED = {XSD + name for name in ("boolean", "integer", "decimal", "float", "double", "date", "dateTime")}
_TAKEN = {XSD + name for name in ("string", "anyURI", "gYear", "gYearMonth")} | {RDF + "langString"}


class Unsupported(ValueError):
    """A shape uses something of SHACL that this engine does not know. The message says what, and where."""


class _Data:
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

    Raises:
        Unsupported: something in it is not known here.
    """

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.graph = Index(triples)
        self._made: dict[Term, _Shape | None] = {}
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
        data = _Data(triples)
        return ordered(
            hit
            for shape in self._targeted
            for focus in shape.targets(data)
            for hit in shape.results(data, focus)
        )

    def is_class(self, node: Term) -> bool:
        """Whether a shape is a class, too: its instances are then its targets."""
        return ox.NamedNode(RDFS + "Class") in self.graph.objects(node, RDF_TYPE)

    def shape(self, node: Term) -> _Shape:
        """The shape at a node, compiled once."""
        if node not in self._made:
            self._made[node] = None
            self._made[node] = _Shape(self, node)
        made = self._made[node]
        if made is None:
            raise Unsupported(f"{node}: a shape that leads back to itself is not known")
        return made

    def path(self, node: Term) -> _Path:
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


class _Shape:
    def __init__(self, shapes: Shapes, node: Term) -> None:
        graph = self._graph = shapes.graph
        self.node = node
        self._classes = graph.objects(node, SH + "targetClass") + [node] * shapes.is_class(node)
        path = graph.value(node, SH + "path")
        self.path = path
        self._walk = shapes.path(path) if path else None
        self.messages = sorted(message.value for message in graph.objects(node, SH + "message"))
        self._checks: list[_Check] = []
        for name in graph.properties(node):
            if not name.startswith(SH) or name in _TARGETS | _ANNOTATIONS | {SH + "path", SH + "flags"}:
                continue
            build = _COMPONENTS.get(name.removeprefix(SH))
            if build is None:
                raise Unsupported(f"{node}: <{name}> is not known")
            self._checks += [build(shapes, self, value) for value in graph.objects(node, name)]

    def targets(self, data: _Data) -> Iterable[Term]:
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

    def results(self, data: _Data, focus: Term) -> Iterator[Hit]:
        """What breaks the shape at a focus node."""
        values = [focus] if self._walk is None else list(self._walk(data.index, focus))
        for check in self._checks:
            yield from check(data, focus, values)

    def holds(self, data: _Data, node: Term) -> bool:
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


def _walk(index: Index, start: Term, steps: Iterable[_Path]) -> Iterable[Term]:
    there = {start: None}
    for step in steps:
        there = dict.fromkeys(end for node in there for end in step(index, node))
    return there


def _each(component: str, shape: _Shape, test: _Test) -> _Check:
    """A constraint on every value by itself."""
    return lambda data, focus, values: (
        shape.hit(component, focus, value) for value in values if not test(data, value)
    )


def _together(component: str, shape: _Shape, test: Callable[[Sequence[Term]], bool]) -> _Check:
    """A constraint on all values together, whose result names none of them."""
    return lambda _, focus, values: iter(() if test(values) else (shape.hit(component, focus, None),))


def _datatype(_: Shapes, shape: _Shape, kind: Term) -> _Check:
    if kind.value not in _CHECKED | _TAKEN:
        raise Unsupported(f"{shape.node}: the datatype {kind} is not known")
    return _each("Datatype", shape, lambda _, value: _is_of(value, kind.value))


def _pattern(shapes: Shapes, shape: _Shape, wanted: Term) -> _Check:
    flags = 0
    for letters in shapes.graph.objects(shape.node, SH + "flags"):
        for letter in letters.value:
            if letter not in _FLAGS:
                raise Unsupported(f"{shape.node}: the flag {letter!r} is not known")
            flags |= _FLAGS[letter]
    pattern = re.compile(wanted.value, flags)
    return _each(
        "Pattern",
        shape,
        lambda _, value: not isinstance(value, ox.BlankNode) and bool(pattern.search(value.value)),
    )


def _property(shapes: Shapes, _: _Shape, wanted: Term) -> _Check:
    inner = shapes.shape(wanted)
    return lambda data, _, values: (hit for value in values for hit in inner.results(data, value))


def _sparql(shapes: Shapes, shape: _Shape, wanted: Term) -> _Check:
    query = shapes.query(wanted)
    own = [message.value for message in shapes.graph.objects(wanted, SH + "message")]
    messages = sorted({*own, *shape.messages})
    this = ox.Variable("this")

    def check(data: _Data, focus: Term, _: Sequence[Term]) -> Iterator[Hit]:
        answer = data.store.query(query, substitutions={this: focus})
        if not isinstance(answer, ox.QuerySolutions):
            raise TypeError(f"{wanted}: expected a SELECT query")
        names = [variable.value for variable in answer.variables]
        for row in answer:
            told = {name: row[name] for name in names if row[name] is not None}
            value = told.setdefault("value", focus) if shape.path is None else told.get("value")
            words = [_filled(message, told) for message in messages]
            yield shape.hit("SPARQL", focus, value, told.get("path"), words)

    return check


def _filled(message: str, told: Mapping[str, Term]) -> str:
    """A message with the values of the variables that it names."""
    return re.sub(r"\{[?$](\w+)\}", lambda at: told[at[1]].value if at[1] in told else at[0], message)


@lru_cache(maxsize=4096)
def _is_of(value: Term, datatype: str) -> bool:
    """Whether a value is a literal of a type, and written as the type asks where it is one of the usual."""
    if not isinstance(value, ox.Literal) or value.datatype.value != datatype:
        return False
    return datatype not in _CHECKED or reads_as(value.value, datatype)


def _length(test: Callable[[int, int], bool], component: str) -> _Build:
    """A constraint on the length of what a value is written with; a blank node is written with nothing."""
    return lambda _, shape, n: _each(
        component,
        shape,
        lambda _, v: not isinstance(v, ox.BlankNode) and test(len(v.value), int(n.value)),
    )


def _node_kind(_: Shapes, shape: _Shape, wanted: Term) -> _Check:
    kinds = tuple(kind for name, kind in _KINDS.items() if name in wanted.value)
    return _each("NodeKind", shape, lambda _, value: isinstance(value, kinds))


def _language_in(shapes: Shapes, shape: _Shape, head: Term) -> _Check:
    ranges = [wanted.value.lower() for wanted in shapes.graph.items(head)]

    def test(_: _Data, value: Term) -> bool:
        tag = f"{(isinstance(value, ox.Literal) and value.language) or ''}-".lower()
        return any(tag.startswith(f"{wanted}-") for wanted in ranges)

    return _each("LanguageIn", shape, test)


def _unique_lang(_: Shapes, shape: _Shape, wanted: Term) -> _Check:
    def check(_: _Data, focus: Term, values: Sequence[Term]) -> Iterator[Hit]:
        tags = [value.language for value in values if isinstance(value, ox.Literal) and value.language]
        for tag in dict.fromkeys(tags):
            if wanted.value in {"true", "1"} and tags.count(tag) > 1:
                yield shape.hit("UniqueLang", focus, None)

    return check


def _min_inclusive(_: Shapes, shape: _Shape, least: Term) -> _Check:
    return _each("MinInclusive", shape, lambda _, value: _at_most(least, value))


def _less_than_or_equals(_: Shapes, shape: _Shape, other: Term) -> _Check:
    def check(data: _Data, focus: Term, values: Sequence[Term]) -> Iterator[Hit]:
        for value in values:
            for bound in data.index.objects(focus, other.value):
                if not _at_most(value, bound):
                    yield shape.hit("LessThanOrEquals", focus, value)

    return check


@lru_cache(maxsize=4096)
def _at_most(low: Term, high: Term) -> bool:
    """Whether one value is less than another or equal, as SPARQL compares them."""
    if not (isinstance(low, ox.Literal) and isinstance(high, ox.Literal)):
        return False
    return bool(ox.Store().query(f"ASK {{ FILTER ({low} <= {high}) }}"))


def _in(shapes: Shapes, shape: _Shape, head: Term) -> _Check:
    allowed = set(shapes.graph.items(head))
    return _each("In", shape, lambda _, value: value in allowed)


def _or(shapes: Shapes, shape: _Shape, head: Term) -> _Check:
    inner = [shapes.shape(node) for node in shapes.graph.items(head)]
    return _each("Or", shape, lambda data, value: any(one.holds(data, value) for one in inner))


def _not(shapes: Shapes, shape: _Shape, node: Term) -> _Check:
    inner = shapes.shape(node)
    return _each("Not", shape, lambda data, value: not inner.holds(data, value))


def _xone(shapes: Shapes, shape: _Shape, head: Term) -> _Check:
    inner = [shapes.shape(node) for node in shapes.graph.items(head)]
    return _each("Xone", shape, lambda data, value: sum(one.holds(data, value) for one in inner) == 1)


_COMPONENTS: dict[str, _Build] = {
    "class": lambda _, shape, kind: _each("Class", shape, lambda data, v: v in data.instances(kind)),
    "datatype": _datatype,
    "hasValue": lambda _, shape, wanted: _together("HasValue", shape, lambda values: wanted in values),
    "in": _in,
    "maxCount": lambda _, shape, n: _together("MaxCount", shape, lambda vs: len(vs) <= int(n.value)),
    "minCount": lambda _, shape, n: _together("MinCount", shape, lambda vs: len(vs) >= int(n.value)),
    "languageIn": _language_in,
    "lessThanOrEquals": _less_than_or_equals,
    "maxLength": _length(operator.le, "MaxLength"),
    "minInclusive": _min_inclusive,
    "minLength": _length(operator.ge, "MinLength"),
    "nodeKind": _node_kind,
    "not": _not,
    "or": _or,
    "pattern": _pattern,
    "property": _property,
    "sparql": _sparql,
    "uniqueLang": _unique_lang,
    "xone": _xone,
}
