"""Names: every IRI of ours that is used is described, and every term that is used is declared."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from commitgraph.checks.finding import Finding, Named, brief
from commitgraph.checks.material import File, Material
from commitgraph.iris import BASE, ID, NS, RDF, RDF_TYPE, RDFS, SCHEME, SH

_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
# Built into RDF, RDFS, OWL and SHACL: nobody declares them.
_BUILT_IN = (RDF, RDFS, _OWL, SH)
_A = ox.NamedNode(RDF_TYPE)
_KINDS = {
    _OWL + kind for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
}  # fmt: skip


def _described(material: Material) -> Iterator[Finding]:
    known = {triple.subject for file in material.graphs for triple in file.triples if triple.predicate == _A}
    for file in material.graphs:
        used: dict[object, ox.Triple] = {triple.subject: triple for triple in reversed(file.triples)}
        used |= {triple.object: triple for triple in reversed(file.triples) if triple.object not in used}
        for term, triple in used.items():
            if term in known or not isinstance(term, ox.NamedNode) or not term.value.startswith(ID):
                continue
            yield Finding(
                "dangling-references",
                expected=f"a description, with its kind, of {brief(term.value)}",
                got=f"it is only used, at {brief(triple.predicate.value)}",
                todo="Describe it in the file it belongs to, or correct the name.",
                subject=term.value,
                file=file.name,
                line=_line(file, triple),
            )


def _concepts(material: Material) -> Iterator[Finding]:
    known = {
        triple.subject.value
        for file in material.graphs
        for triple in file.triples
        if triple.predicate.value == _SKOS + "inScheme" and isinstance(triple.subject, ox.NamedNode)
    }
    for file in (*material.data, *material.tables):
        for triple in file.triples:
            concept = triple.object.value if isinstance(triple.object, ox.NamedNode) else ""
            # The scheme itself has one part, its concepts have two.
            if concept in known or not (concept.startswith(SCHEME) and "/" in concept.removeprefix(SCHEME)):
                continue
            yield Finding(
                "unknown-concept",
                expected="a concept of one of our schemes",
                got=f"{brief(concept)}, which is in no scheme",
                todo="Correct the name, or add the concept to its file in ontology/schemes/.",
                subject=triple.subject.value if isinstance(triple.subject, ox.NamedNode) else "",
                file=file.name,
                line=_line(file, triple),
            )


def _declared(material: Material) -> Iterator[Finding]:
    declared = _declarations(material)
    for file in material.graphs:
        seen: set[str] = set()
        for triple in file.triples:
            used = [triple.predicate]
            if triple.predicate.value == RDF_TYPE and isinstance(triple.object, ox.NamedNode):
                used.append(triple.object)
            for term in used:
                if term.value in declared or term.value in seen or term.value.startswith(_BUILT_IN):
                    continue
                seen.add(term.value)
                ours = term.value.startswith(NS)
                yield Finding(
                    "declared-terms",
                    expected="only classes and properties that ontology/ declares",
                    got=brief(term.value),
                    todo="Correct the name, or declare the term in "
                    + ("ontology/commitgraph.ttl." if ours else "ontology/external.ttl."),
                    subject=term.value,
                    file=file.name,
                    line=_line(file, triple),
                )


def _defined(material: Material) -> Iterator[Finding]:
    """Terms of our own namespace have a label and a definition that is not also another's."""
    definitions: dict[str, str] = {}
    for file in material.files:
        if not file.name.startswith("ontology/") or "/shapes/" in file.name:
            continue
        said: dict[str, dict[str, str]] = {}
        for triple in file.triples:
            if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(BASE):
                text = triple.object.value if not isinstance(triple.object, ox.Triple) else ""
                said.setdefault(triple.subject.value, {})[triple.predicate.value] = text
        for iri, properties in said.items():
            if properties.get(RDF_TYPE, "") in (_OWL + "Ontology", "") or not iri.startswith(
                (NS, BASE + "scheme/")
            ):
                continue
            yield from _definition(file, iri, properties, definitions)


def _definition(
    file: File, iri: str, properties: dict[str, str], definitions: dict[str, str]
) -> Iterator[Finding]:
    label = RDFS + "label" if iri.startswith(NS) else _SKOS + "prefLabel"
    for need in (label, _SKOS + "definition"):
        if not properties.get(need, "").strip():
            yield Finding(
                "ontology-terms",
                expected=f"{brief(need)} on every term",
                got=f"{brief(iri)} has none",
                todo="Say what the term is, in one sentence that is not its use.",
                subject=iri,
                file=file.name,
                line=file.lines.get(iri, 0),
            )
    definition = properties.get(_SKOS + "definition", "")
    # A list and the property that takes its values may say the same: compare like with like.
    other = definitions.setdefault(f"{iri.startswith(NS)} {definition}", iri) if definition else iri
    if other != iri:
        yield Finding(
            "ontology-terms",
            expected="a definition of its own",
            got=f"the definition of {brief(other)} again",
            todo="Say what sets the two terms apart, or keep one of them.",
            subject=iri,
            file=file.name,
            line=file.lines.get(iri, 0),
        )


def _declarations(material: Material) -> set[str]:
    return {
        triple.subject.value
        for file in material.files
        if file.name.startswith("ontology/")
        for triple in file.triples
        if triple.predicate.value == RDF_TYPE
        and isinstance(triple.object, ox.NamedNode)
        and isinstance(triple.subject, ox.NamedNode)
        and triple.object.value in _KINDS
    }


def _line(file: File, triple: ox.Triple) -> int:
    return file.lines.get(triple.subject.value, 0) if isinstance(triple.subject, ox.NamedNode) else 0


CHECKS = [
    Named("dangling-references", "Every thing of ours that is used is described.", _described),
    Named("unknown-concept", "Every value from a list is a concept of one of our schemes.", _concepts),
    Named("declared-terms", "Every class and property that is used is declared in ontology/.", _declared),
    Named("ontology-terms", "Every term and concept has a label and a definition of its own.", _defined),
]
