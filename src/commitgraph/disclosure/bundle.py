"""The bundle that gives the findings of `commitgraph validate` in any SHACL 1.0 engine.

Everything in it is made from what the command itself judges by: the shapes, the graph, the examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pyoxigraph as ox
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from commitgraph.disclosure import corpus
from commitgraph.disclosure.background import judged_on, slice_for, whole
from commitgraph.disclosure.catalogue import checks, reading
from commitgraph.disclosure.engines import judge
from commitgraph.disclosure.judge import TOLD_BETTER, triples_of
from commitgraph.disclosure.questionnaire import table as questionnaire
from commitgraph.disclosure.reading.source import Refused
from commitgraph.disclosure.shapes import graph_of, profiles, purpose, shapes_of
from commitgraph.home import home
from commitgraph.iris import BASE, SH, is_iri

#: Where a shape begins, or the query of one.
_SHAPE = re.compile(r"^shape:[\w-]+ ", re.M)
_COLUMNS = ("file", "profiles", "code", "severity", "focus", "path", "value", "shape")
_PREFIXES = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prof: <http://www.w3.org/ns/dx/prof/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix role: <http://www.w3.org/ns/dx/prof/role/> .
"""
#: What serves every profile: role, file, label.
_SHARED = (
    ("vocabulary", "context.jsonld", "The JSON-LD context of disclosure files."),
    ("vocabulary", "background.nt", "What the shapes look up in the graph."),
    ("guidance", "README.md", "How to run the shapes, and what they do not find."),
    ("example", "fixtures/expected.tsv", "Disclosures, and the results that the shapes give on them."),
)


def bundle(store: ox.Store, today: date, version: str) -> dict[str, bytes]:
    """All files of the bundle, by their paths in it; the arguments are those of :func:`without_examples`."""
    return dict(sorted((without_examples(store, today, version) | _fixtures(store)).items()))


def without_examples(store: ox.Store, today: date, version: str) -> dict[str, bytes]:
    """The files of the bundle but the examples with their results, by their paths in it.

    Args:
        store: the graph.
        today: the day of judging that goes with the shapes.
        version: of the profiles.
    """
    made: dict[str, bytes] = {}
    for profile in profiles():
        for name, text in shape_files(profile, version).items():
            made[f"shapes/{name}"] = text.encode()
    made["background.nt"] = _lines(whole(store))
    made["judged-on.nt"] = _lines([judged_on(today)])
    made["context.jsonld"] = (home() / "ontology" / "context.jsonld").read_bytes()
    made["profiles.ttl"] = _described(version).encode()
    made["haip-questions.tsv"] = _table(questionnaire(store))
    made["README.md"] = _readme(today, version).encode()
    return made


def shape_files(profile: str, version: str) -> dict[str, str]:
    """The shapes of a profile: those in SHACL Core in one file, those with a SPARQL query in another.

    The blocks of the source stay as they are, with the prefixes and groups in front of both.
    """
    source = (home() / "ontology" / "shapes" / f"{profile}.ttl").read_text(encoding="utf-8")
    head: list[str] = []
    core: list[str] = []
    queries: list[str] = []
    for block in source.strip("\n").split("\n\n"):
        if "sh:declare" in block:
            queries.insert(0, block)
        elif not _SHAPE.search(block):
            if not head or "group:" in block:
                head.append(block)
            elif f"<{BASE}profile/" in block:
                head.append(
                    f"{block}\n<{_versioned(profile, version)}> a <http://www.w3.org/ns/dx/prof/Profile> ."
                )
        elif "sh:sparql" in block:
            queries.append(block)
        else:
            core.append(block)
    parts = {f"{profile}.ttl": core, f"{profile}-sparql.ttl": queries if len(queries) > 1 else []}
    return {name: "\n\n".join([*head, *blocks]) + "\n" for name, blocks in parts.items() if blocks}


def _versioned(profile: str, version: str) -> str:
    return f"{BASE}profile/{profile}/{version}"


def _described(version: str) -> str:
    """The profiles in the Profiles Vocabulary; artefacts are named relative to the folder of the bundle."""
    blocks = [_PREFIXES]
    for profile in profiles():
        profile_iri = ox.NamedNode(f"{BASE}profile/{profile}")
        above = f"{BASE}ns" if profile == "core" else _versioned("core", version)
        lines = [
            f"<{_versioned(profile, version)}> a prof:Profile ;",
            f"    dcterms:isVersionOf {profile_iri} ;",
            f"    dcterms:title {_text(f'commitgraph disclosure profile {profile}')} ;",
            f"    dcterms:description {_text(purpose(profile))} ;",
            "    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;",
            f'    owl:versionInfo "{version}" ;',
            f'    prof:hasToken "{profile}" ;',
            f"    prof:isProfileOf <{above}> ;",
            f"    dcterms:hasPart {' , '.join(f'<{shape}>' for shape in shapes_of((profile,)))} ;",
        ]
        shapes = [("validation", f"shapes/{name}", "Shapes.") for name in shape_files(profile, version)]
        for role, path, told in (*shapes, *_SHARED):
            conforms = " ; dcterms:conformsTo <https://www.w3.org/TR/shacl/>" if role == "validation" else ""
            lines.append(
                f"    prof:hasResource [ a prof:ResourceDescriptor ; prof:hasRole role:{role} ; "
                f"prof:hasArtifact <{path}> ; rdfs:label {_text(told)}{conforms} ] ;"
            )
        blocks.append("\n".join(lines).removesuffix(" ;") + " .\n")
    return "\n".join(blocks)


def _fixtures(store: ox.Store) -> dict[str, bytes]:
    """The examples as N-Triples, and the results that the shapes give on them."""
    made: dict[str, bytes] = {}
    rows: list[tuple[str, ...]] = []
    for kind in ("good", "bad"):
        for path in corpus.files(kind):
            try:
                triples = triples_of(path.name, path.read_bytes(), store)
            except Refused:
                continue
            name = f"{kind}/{path.name}.nt"
            made[f"fixtures/{name}"] = _lines(triples)
            rows += [(name, *row) for row in _results(triples, corpus.profiles(path), store)]
    made["fixtures/judged-on.nt"] = _lines([judged_on(corpus.WRITTEN_FOR)])
    made["fixtures/expected.tsv"] = _table([_COLUMNS, *rows])
    return made


def _results(triples: list[ox.Triple], chosen: tuple[str, ...], store: ox.Store) -> Iterator[tuple[str, ...]]:
    """One row a result; one without a code where there is no result."""
    background = slice_for(triples, store, promises=True, today=corpus.WRITTEN_FOR, questions=True)
    shapes = shapes_of(chosen)
    hits = judge([*triples, *background], chosen)
    for hit in hits:
        shape = shapes[hit.shape]
        path = hit.path if hit.path and is_iri(hit.path) else ""
        value = hit.value or ""
        yield " ".join(chosen), shape.code, shape.severity, hit.focus, path, value, hit.shape
    if not hits:
        yield " ".join(chosen), "", "", "", "", "", ""


def _readme(today: date, version: str) -> str:
    """The README of the bundle."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        autoescape=False,  # noqa: S701  (Markdown, of our own words)
    )
    by_shape = {
        shape.code: (shape, profile)
        for profile in reversed(profiles())
        for shape in shapes_of((profile,)).values()
    }
    with_query = {
        shapes_of((profile,))[node.value].code
        for profile in profiles()
        for node in graph_of((profile,)).having(SH + "sparql")
    }
    return environment.get_template("bundle.md.jinja").render(
        version=version,
        today=today.isoformat(),
        written_for=corpus.WRITTEN_FOR.isoformat(),
        profiles=[(name, list(shape_files(name, version))) for name in profiles()],
        found=[check for check in checks() if check.code in by_shape],
        with_query=with_query,
        told_better=TOLD_BETTER,
        by_readers=[check for check in reading().values() if check.code not in by_shape],
    )


def _lines(triples: Iterable[ox.Triple]) -> bytes:
    """N-Triples in a stable order; two such files make one when put end to end."""
    text = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode("utf-8")
    return "".join(f"{line}\n" for line in sorted(set(text.splitlines()))).encode()


def _table(rows: Iterable[Sequence[str]]) -> bytes:
    """Tab-separated values; a tab or line break in a value becomes a space."""
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows).encode()


def _text(value: str) -> str:
    return str(ox.Literal(value, language="en"))
