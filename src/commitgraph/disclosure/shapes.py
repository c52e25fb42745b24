"""The checks: read from the shapes, with those that reading itself makes beside them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import rdflib
from rdflib.collection import Collection

from commitgraph.home import home
from commitgraph.iris import NS

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")

#: What a disclosure is judged by where nobody chooses: form, promises left out, and sources.
USUAL = ("core", "coverage", "evidence")

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
CG = rdflib.Namespace(NS)


@dataclass(frozen=True)
class Shape:
    """One shape as a check.

    Attributes:
        iri: its address.
        code, name, severity: of the check that it makes.
        message: what it says, in any engine; a variable of its query may stand in it.
        value_message: the same where the value at fault is known, with `{?value}` for it; else empty.
        hint: what to write instead.
        rests_on: the provision that gives the reason, where there is one.
        against: properties of the disclosure that it compares with.
        allowed: the values of its list, where it has one.
        description: what holds where it finds nothing.
        known_limits: what it is known not to see, or to see wrongly, a sentence each.
        asks: the properties of which it wants at least one value.
    """

    iri: str
    code: str
    name: str
    severity: Severity
    message: str
    value_message: str
    hint: str
    rests_on: str | None
    against: tuple[str, ...]
    allowed: tuple[str, ...]
    description: str
    known_limits: tuple[str, ...]
    asks: tuple[str, ...]


@cache
def profiles() -> tuple[str, ...]:
    """Names of the profiles: one per file of shapes."""
    return tuple(sorted(path.stem for path in (home() / "ontology" / "shapes").glob("*.ttl")))


@cache
def graph_of(names: tuple[str, ...]) -> rdflib.Graph:
    """The shapes of some profiles in one graph. Each file is read once in a process."""
    graph = rdflib.Graph()
    for name in names:
        if len(names) == 1:
            graph.parse(home() / "ontology" / "shapes" / f"{name}.ttl", format="turtle")
        else:
            graph += graph_of((name,))
    return graph


@cache
def shapes_of(names: tuple[str, ...]) -> dict[str, Shape]:
    """The checks of some profiles, by the address of their shape."""
    graph = graph_of(names)
    found = (_shape(graph, node) for node in sorted(graph.subjects(CG.code), key=str))
    return {shape.iri: shape for shape in found}


def _shape(graph: rdflib.Graph, node: rdflib.term.Node) -> Shape:
    def one(name: rdflib.URIRef) -> str:
        value = graph.value(node, name)
        return "" if value is None else str(value)

    listed = graph.value(node, SH["in"])
    return Shape(
        iri=str(node),
        code=one(CG.code),
        name=one(CG.name),
        severity=_severity(one(SH.severity)),
        message=one(SH.message),
        value_message=one(CG.valueMessage),
        hint=one(CG.hint),
        rests_on=one(CG.restsOn) or None,
        against=tuple(sorted(str(p) for p in graph.objects(node, CG.against))),
        allowed=tuple(str(v) for v in Collection(graph, listed)) if listed else (),
        description=one(SH.description),
        known_limits=tuple(sorted(str(limit) for limit in graph.objects(node, CG.knownLimit))),
        asks=tuple(sorted(_asked(graph, node))),
    )


def _asked(graph: rdflib.Graph, node: rdflib.term.Node) -> set[str]:
    """Properties of which a shape, or one of its alternatives, wants at least one value."""
    alternatives = graph.value(node, SH["or"])
    shapes = [node, *(Collection(graph, alternatives) if alternatives else ())]
    shapes += [part for shape in shapes for part in graph.objects(shape, SH.property)]
    wanted = {graph.value(shape, SH.path) for shape in shapes if graph.value(shape, SH.minCount)}
    return {str(path) for path in wanted if isinstance(path, rdflib.URIRef)}


def _severity(iri: str) -> Severity:
    name = iri.removeprefix(str(SH)).lower()
    for severity in SEVERITIES:
        if severity == name:
            return severity
    raise ValueError(f"expected sh:Violation, sh:Warning or sh:Info, got {iri!r}")
