"""The checks: read from the shapes, with those that reading itself makes beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Literal

import pyoxigraph as ox

from commitgraph.home import home
from commitgraph.iris import BASE, DCTERMS, NS, RDFS, SH, cg
from commitgraph.shacl import Index, Term

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
#: What people call a finding of each severity.
CALLED: dict[Severity, str] = {"violation": "violation", "warning": "warning", "info": "remark"}

#: Where a query finds that something has no value: what has none, and of which property.
_ABSENT = re.compile(r"NOT EXISTS \{ ([?$]\w+) ([\w-]+):(\w+) \?\w+ \}")
_SPACES = {"cg": NS, "dcterms": DCTERMS}
#: What a disclosure is judged by where nobody chooses: form, promises left out, and sources.
USUAL = ("core", "coverage", "evidence")


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
        absent: where a query finds that there is no value at all: the variable that stands for what lacks
            it, the last property of ours that leads there, empty where none does, and the property.
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
    absent: tuple[tuple[str, str, str], ...]


@cache
def profiles() -> tuple[str, ...]:
    """Names of the profiles: one per file of shapes."""
    return tuple(sorted(path.stem for path in (home() / "ontology" / "shapes").glob("*.ttl")))


@cache
def purpose(profile: str) -> str:
    """What a profile is for, in a sentence."""
    return graph_of((profile,)).text(ox.NamedNode(f"{BASE}profile/{profile}"), RDFS + "comment")


@cache
def triples_of(names: tuple[str, ...]) -> tuple[ox.Triple, ...]:
    """The shapes of some profiles. Each file is read once in a process."""
    if len(names) != 1:
        return tuple(triple for name in names for triple in triples_of((name,)))
    path = home() / "ontology" / "shapes" / f"{names[0]}.ttl"
    # Nodes without a name get one that no other file gives.
    quads = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    return tuple(quad.triple for quad in quads)


@cache
def graph_of(names: tuple[str, ...]) -> Index:
    """The shapes of some profiles in one graph."""
    return Index(triples_of(names))


@cache
def shapes_of(names: tuple[str, ...]) -> dict[str, Shape]:
    """The checks of some profiles, by the address of their shape."""
    graph = graph_of(names)
    found = (_shape(graph, node) for node in sorted(graph.having(cg("code")), key=str))
    return {shape.iri: shape for shape in found}


@cache
def statuses_known() -> frozenset[str]:
    """Addresses of the words of status that `core` takes."""
    return frozenset(shapes_of(("core",))[BASE + "shape/unknown-status"].allowed)


@cache
def web_address() -> re.Pattern[str]:
    """What `core` takes for the full address of a web page."""
    shape = ox.NamedNode(BASE + "shape/malformed-link")
    return re.compile(graph_of(("core",)).text(shape, SH + "pattern"), re.IGNORECASE)


def _shape(graph: Index, node: Term) -> Shape:
    one = partial(graph.text, node)

    listed = graph.value(node, SH + "in")
    return Shape(
        iri=node.value,
        code=one(cg("code")),
        name=one(cg("name")),
        severity=_severity(one(SH + "severity")),
        message=one(SH + "message"),
        value_message=one(cg("valueMessage")),
        hint=one(cg("hint")),
        rests_on=one(cg("restsOn")) or None,
        against=tuple(sorted(p.value for p in graph.objects(node, cg("against")))),
        allowed=tuple(v.value for v in graph.items(listed)) if listed else (),
        description=one(SH + "description"),
        known_limits=tuple(sorted(limit.value for limit in graph.objects(node, cg("knownLimit")))),
        asks=tuple(sorted(_asked(graph, node))),
        absent=tuple(_absent(graph, node)),
    )


def _asked(graph: Index, node: Term) -> set[str]:
    """Properties of which a shape, or one of its alternatives, wants at least one value."""
    alternatives = graph.value(node, SH + "or")
    shapes = [node, *(graph.items(alternatives) if alternatives else ())]
    shapes += [part for shape in shapes for part in graph.objects(shape, SH + "property")]
    wanted = (graph.value(shape, SH + "path") for shape in shapes if graph.value(shape, SH + "minCount"))
    return {path.value for path in wanted if isinstance(path, ox.NamedNode)}


def _absent(graph: Index, node: Term) -> Iterator[tuple[str, str, str]]:
    for constraint in graph.objects(node, SH + "sparql"):
        query = graph.text(constraint, SH + "select")
        for subject, prefix, name in _ABSENT.findall(query):
            leads = re.search(rf"[/\s]cg:(\w+) {re.escape(subject)}\b", query)
            yield subject, cg(leads[1]) if leads else "", _SPACES.get(prefix, f"{prefix}:") + name


def _severity(iri: str) -> Severity:
    name = iri.removeprefix(SH).lower()
    for severity in SEVERITIES:
        if severity == name:
            return severity
    raise ValueError(f"expected sh:Violation, sh:Warning or sh:Info, got {iri!r}")


def is_at_least(severity: Severity, threshold: Severity) -> bool:
    """Whether a severity is as grave as the threshold, or graver.

    >>> is_at_least("warning", "info"), is_at_least("warning", "violation")
    (True, False)
    """
    return SEVERITIES.index(severity) <= SEVERITIES.index(threshold)
