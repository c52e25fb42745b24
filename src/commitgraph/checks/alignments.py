"""Alignments: `ontology/alignments.ttl` says what the table `ontology/alignments.sssom.tsv` says, in RDF.

The table is written by hand: a row a relation, with its reason. What OWL can say of it (one term is narrower
than another, or the same) stands in the Turtle file as an axiom, with the kind of the foreign term. What it
cannot (close or related) stands there as `rdfs:seeAlso`, since a mapping property of SKOS would make concepts
of our classes and properties; concepts keep it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from commitgraph.checks.finding import Finding, Named, brief
from commitgraph.checks.material import Material
from commitgraph.dataset import sssom
from commitgraph.dataset.tables import TableError, table_of
from commitgraph.iris import BASE, NS, RDF_TYPE, RDFS, SCHEME, converter

TABLE = "ontology/alignments.sssom.tsv"
TURTLE = "ontology/alignments.ttl"
_COLUMNS = ["subject_id", "predicate_id", "object_id", "mapping_justification", "comment"]
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
#: Relations that are axioms, and the kinds of terms that they join.
_AXIOMS = {
    RDFS + "subClassOf": {_OWL + "Class"},
    _OWL + "equivalentClass": {_OWL + "Class"},
    RDFS + "subPropertyOf": {_OWL + "ObjectProperty", _OWL + "DatatypeProperty"},
    _OWL + "equivalentProperty": {_OWL + "ObjectProperty", _OWL + "DatatypeProperty"},
}
_MAPPINGS = {
    _SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
}
_Statement = tuple[str, str, str]


def _aligned(material: Material) -> Iterator[Finding]:
    path = material.root / TABLE
    if not path.is_file():
        return  # an ontology without alignments has none that could be wrong
    try:
        top, rows = table_of(TABLE, path.read_text(encoding="utf-8"), _COLUMNS)
        names = converter(sssom.prefixes(TABLE, sssom.head(TABLE, top)))
        told = list(rows)
    except TableError as error:
        yield _row(error.line, "a table of alignments", error.what)
        return
    kinds = _kinds(material)
    wanted: dict[_Statement, int] = {}
    for number, cells in told:
        row = list(cells.values())
        if not all(row):
            yield _row(number, f"{len(_COLUMNS)} cells, none empty", f"{sum(map(bool, row))}")
            continue
        subject, relation, target = (names.expand(cell) or "" for cell in row[:3])
        kind = kinds.get(subject, "")
        if not kind:
            yield _row(number, "a term or a concept of ours", row[0])
        elif not target:
            yield _row(number, "a name with a prefix of the curie_map", row[2])
        elif relation in _AXIOMS and kind in _AXIOMS[relation]:
            wanted[subject, relation, target] = wanted[target, RDF_TYPE, kind] = number
        elif relation in _MAPPINGS:
            wanted[subject, relation if subject.startswith(SCHEME) else RDFS + "seeAlso", target] = number
        else:
            yield _row(number, f"a relation that OWL has for a {brief(kind)}, or one of SKOS", row[1])
    yield from _differences(material, wanted)


def _differences(material: Material, wanted: dict[_Statement, int]) -> Iterator[Finding]:
    file = next((file for file in material.files if file.name == TURTLE), None)
    written = {
        (t.subject.value, t.predicate.value, t.object.value)
        for t in (file.triples if file else ())
        if isinstance(t.subject, ox.NamedNode)
        and not isinstance(t.object, ox.Triple)
        and t.subject.value != BASE + "alignments"
    }
    for statement in sorted(wanted.keys() - written):
        yield _row(wanted[statement], f"in {TURTLE}: {_say(statement)}", "no such statement")
    for statement in sorted(written - wanted.keys()):
        line = file.lines.get(statement[0], 0) if file else 0
        yield Finding(
            "alignments",
            expected=f"only what a row of {TABLE} says",
            got=_say(statement),
            todo="Write the row, or take the statement away.",
            file=TURTLE,
            line=line,
        )


def _kinds(material: Material) -> dict[str, str]:
    """The kind of each term of ours, and of each concept."""
    wanted = {kind for kinds in _AXIOMS.values() for kind in kinds}
    wanted |= {_OWL + "AnnotationProperty", _SKOS + "Concept"}
    return {
        t.subject.value: t.object.value
        for file in material.files
        if file.name.startswith("ontology/")
        for t in file.triples
        if t.predicate.value == RDF_TYPE
        and isinstance(t.subject, ox.NamedNode)
        and t.subject.value.startswith((NS, SCHEME))
        and isinstance(t.object, ox.NamedNode)
        and t.object.value in wanted
    }


def _say(statement: _Statement) -> str:
    return " ".join(map(brief, statement))


def _row(line: int, expected: str, got: str) -> Finding:
    return Finding("alignments", expected, got, f"Mend the row, or {TURTLE}.", file=TABLE, line=line)


CHECKS = [Named("alignments", "The two files of alignments say the same of terms that there are.", _aligned)]
