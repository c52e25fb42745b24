"""The constraint components that our shapes use of SHACL, each from the value of its parameter to a check."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

import pyoxigraph as ox

from commitgraph.engine.ask import at_most, reads_as
from commitgraph.iris import RDF, SH, XSD
from commitgraph.shacl.hit import Hit
from commitgraph.shacl.index import Term
from commitgraph.shacl.shapes import Build, Check, Data, Shape, Shapes, Test, Unsupported

#: The kinds of nodes that sh:nodeKind names.
_KINDS: dict[str, tuple[type[Term], ...]] = {
    "IRI": (ox.NamedNode,),
    "BlankNode": (ox.BlankNode,),
    "Literal": (ox.Literal,),
    "BlankNodeOrIRI": (ox.BlankNode, ox.NamedNode),
    "BlankNodeOrLiteral": (ox.BlankNode, ox.Literal),
    "IRIOrLiteral": (ox.NamedNode, ox.Literal),
}
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
#: Types whose lexical forms are looked at, and those that are taken as they are, as the reference does.
_CHECKED = {XSD + name for name in ("boolean", "integer", "decimal", "float", "double", "date", "dateTime")}
_TAKEN = {RDF + "langString"}
_TAKEN |= {XSD + name for name in ("string", "anyURI", "gYear", "gYearMonth", "hexBinary")}


def _each(component: str, shape: Shape, test: Test) -> Check:
    """A constraint on every value by itself."""
    return lambda data, focus, values: (
        shape.hit(component, focus, value) for value in values if not test(data, value)
    )


def _together(component: str, shape: Shape, test: Callable[[Sequence[Term]], bool]) -> Check:
    """A constraint on all values together, whose result names none of them."""
    return lambda _, focus, values: iter(() if test(values) else (shape.hit(component, focus, None),))


def _datatype(_: Shapes, shape: Shape, kind: Term) -> Check:
    if kind.value not in _CHECKED | _TAKEN:
        raise Unsupported(f"{shape.node}: the datatype {kind} is not known")
    return _each("Datatype", shape, lambda _, value: _is_of(value, kind.value))


def _pattern(shapes: Shapes, shape: Shape, wanted: Term) -> Check:
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


def _property(shapes: Shapes, _: Shape, wanted: Term) -> Check:
    inner = shapes.shape(wanted)
    return lambda data, _, values: (hit for value in values for hit in inner.results(data, value))


def _sparql(shapes: Shapes, shape: Shape, wanted: Term) -> Check:
    query = shapes.query(wanted)
    own = [message.value for message in shapes.graph.objects(wanted, SH + "message")]
    messages = sorted({*own, *shape.messages})
    this = ox.Variable("this")

    def check(data: Data, focus: Term, _: Sequence[Term]) -> Iterator[Hit]:
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


def _length(test: Callable[[int, int], bool], component: str) -> Build:
    """A constraint on the length of what a value is written with; a blank node is written with nothing."""
    return lambda _, shape, n: _each(
        component,
        shape,
        lambda _, v: not isinstance(v, ox.BlankNode) and test(len(v.value), int(n.value)),
    )


def _node_kind(_: Shapes, shape: Shape, kind: Term) -> Check:
    allowed = _KINDS.get(kind.value.removeprefix(SH))
    if allowed is None:
        raise Unsupported(f"{shape.node}: {kind} is not known as a kind of node")
    return _each("NodeKind", shape, lambda _, value: isinstance(value, allowed))


def _language_in(shapes: Shapes, shape: Shape, head: Term) -> Check:
    ranges = [wanted.value.lower() for wanted in shapes.graph.items(head)]

    def test(_: Data, value: Term) -> bool:
        tag = f"{(isinstance(value, ox.Literal) and value.language) or ''}-".lower()
        return any(tag.startswith(f"{wanted}-") for wanted in ranges)

    return _each("LanguageIn", shape, test)


def _unique_lang(_: Shapes, shape: Shape, wanted: Term) -> Check:
    def check(_: Data, focus: Term, values: Sequence[Term]) -> Iterator[Hit]:
        tags = [value.language for value in values if isinstance(value, ox.Literal) and value.language]
        for tag in dict.fromkeys(tags):
            if wanted.value in {"true", "1"} and tags.count(tag) > 1:
                yield shape.hit("UniqueLang", focus, None)

    return check


def _min_inclusive(_: Shapes, shape: Shape, least: Term) -> Check:
    return _each("MinInclusive", shape, lambda _, value: _at_most(least, value))


def _less_than_or_equals(_: Shapes, shape: Shape, other: Term) -> Check:
    def check(data: Data, focus: Term, values: Sequence[Term]) -> Iterator[Hit]:
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
    return at_most(low, high)


def _in(shapes: Shapes, shape: Shape, head: Term) -> Check:
    allowed = set(shapes.graph.items(head))
    return _each("In", shape, lambda _, value: value in allowed)


def _or(shapes: Shapes, shape: Shape, head: Term) -> Check:
    inner = [shapes.shape(node) for node in shapes.graph.items(head)]
    return _each("Or", shape, lambda data, value: any(one.holds(data, value) for one in inner))


def _not(shapes: Shapes, shape: Shape, node: Term) -> Check:
    inner = shapes.shape(node)
    return _each("Not", shape, lambda data, value: not inner.holds(data, value))


def _xone(shapes: Shapes, shape: Shape, head: Term) -> Check:
    inner = [shapes.shape(node) for node in shapes.graph.items(head)]
    return _each("Xone", shape, lambda data, value: sum(one.holds(data, value) for one in inner) == 1)


COMPONENTS: dict[str, Build] = {
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
