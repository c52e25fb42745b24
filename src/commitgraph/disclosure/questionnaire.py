"""Which fields of a disclosure, and which checks, go with the questions and rules of the HAIP framework."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from commitgraph.disclosure import fields
from commitgraph.disclosure.background import HAIP, slice_for
from commitgraph.disclosure.corpus import WRITTEN_FOR
from commitgraph.disclosure.engines import judge
from commitgraph.disclosure.fields import Level
from commitgraph.disclosure.reading.statements import DISCLOSURE, NODE
from commitgraph.disclosure.shapes import Shape, graph_of, profiles, shapes_of
from commitgraph.engine import Embedded
from commitgraph.engine.ask import rows
from commitgraph.iris import RDF_TYPE, SH, cg, local, prefixes

COLUMNS = ("provision", "kind", "place", "summary", "fields", "checks")

_PROVISIONS = """
SELECT ?provision ?kind ?place ?summary ?within WHERE {
  ?provision cg:inInstrument $framework ; cg:summary ?summary .
  OPTIONAL { ?provision cg:locator ?place }
  OPTIONAL { ?provision cg:within ?within }
  OPTIONAL { ?provision a ?kind FILTER (?kind IN (cg:Question, cg:Section)) }
} ORDER BY ?provision"""
#: The property that a query names as the place of what it finds.
_PATH = re.compile(r"\((\w+):([\w-]+) AS \?path\)")
_ANSWER = ("commitment", "status", "statement", "reason", "evidence")
_ROOT = ox.NamedNode(f"{NODE}000000")


def table(store: ox.Store) -> Iterator[tuple[str, ...]]:
    """A row a provision of the framework, with the names of the columns on top.

    Questions and sections are answered by an entry; the checks beside them are those that tell when it is
    missing while all others are there, which may name the section of a question. The checks beside a rule
    are those that rest on it.
    """
    found = rows(Embedded(store), _PROVISIONS, framework=HAIP)
    asked = {row["provision"]: row["within"] for row in found if row["kind"]}
    resting: dict[str, list[Shape]] = defaultdict(list)
    for profile in profiles():
        for shape in shapes_of((profile,)).values():
            resting[shape.rests_on or ""].append(shape)
    yield COLUMNS
    for row in found:
        iri = row["provision"]
        if iri in asked:
            codes = _telling(iri, asked, store)
            keys = [f"entries.{key}" for key in _ANSWER]
        else:
            codes = sorted({shape.code for shape in resting[iri]})
            keys = sorted({key for shape in resting[iri] for key in _fields(shape)})
        kind = row["kind"].rpartition("#")[2].lower() or "rule or remark"
        yield local(iri), kind, row["place"], row["summary"], " ".join(keys), " ".join(codes)


def _telling(left_out: str, asked: dict[str, str], store: ox.Store) -> list[str]:
    """The codes that name a question, or its section, where everything else is answered."""
    triples = [
        ox.Triple(_ROOT, ox.NamedNode(RDF_TYPE), ox.NamedNode(DISCLOSURE)),
        ox.Triple(_ROOT, ox.NamedNode(cg("answersFramework")), ox.NamedNode(HAIP)),
    ]
    for number, other in enumerate(sorted(asked)):
        # An answer for the section would be one for the question, and the other way round.
        if left_out not in {other, asked[other]} and other != asked[left_out]:
            entry = ox.NamedNode(f"{NODE}{number + 1:06d}")
            triples.append(ox.Triple(_ROOT, ox.NamedNode(cg("entry")), entry))
            triples.append(ox.Triple(entry, ox.NamedNode(cg("reportsOn")), ox.NamedNode(other)))
    known = slice_for(triples, store, promises=False, today=WRITTEN_FOR, questions=True)
    chosen = ("hiroshima",)
    hits = judge([*triples, *known], chosen)
    told = {left_out, asked[left_out]}
    return sorted({shapes_of(chosen)[hit.shape].code for hit in hits if hit.value in told})


def _fields(shape: Shape) -> set[str]:
    """The fields that a check looks at, by their names in a file, level by level."""
    found = set(shape.asks)
    for profile in profiles():
        graph, node = graph_of((profile,)), ox.NamedNode(shape.iri)
        paths = graph.objects(node, SH + "path")
        found |= {path.value for path in paths if isinstance(path, ox.NamedNode)}
        for constraint in graph.objects(node, SH + "sparql"):
            for query in graph.objects(constraint, SH + "select"):
                found |= {prefixes()[space] + name for space, name in _PATH.findall(query.value)}
    return {key for key, iri in _keys(fields.top()) if iri in found}


def _keys(level: Level, before: str = "") -> Iterator[tuple[str, str]]:
    for field in level.fields.values():
        key = f"{before}{field.key}"
        if field.iri:
            yield key, field.iri
        if field.level:
            yield from _keys(field.level, f"{key}.")
