"""Skeletons: files to fill in, with every property that `ontology/checks/data.ttl` asks of what they state.

What has to be filled in is written as :data:`MARK`, and `commitgraph check` names every such line. A template
gives the values that can be known beforehand; what the shapes ask for besides is added, with their own words
as the hint: a property that becomes required is in the skeletons at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from commitgraph.dataset.turtle import header, parse, serialise
from commitgraph.iris import RDF_TYPE, cg, graph_of

#: Stands where the author writes.
MARK = "FILL-IN"

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_GRAPH = """
<$graph> a cg:SourceGraph ; dcterms:title "$title"@en ; cg:curatedBy <curator/commitgraph> ;
    cg:readOn "$today"^^xsd:date ; dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
"""

_INSTRUMENT = """
<$graph> prov:wasDerivedFrom <edition/$slug/text> .
<instrument/$slug> a cg:Instrument ; rdfs:label "$title"@en ;
    cg:legalNature "FILL-IN: in a few words what it is in law"@en ; cg:instrumentType instrument-type:$type ;
    dcterms:issued "FILL-IN"^^xsd:date ; cg:officialPage "https://FILL-IN"^^xsd:anyURI ;
    cg:attestedBy <edition/$slug/text> .
<edition/$slug/text> a cg:Edition ; cg:editionOf <instrument/$slug> ; cg:readOn "$today"^^xsd:date ;
    cg:fetchedFrom "https://FILL-IN"^^xsd:anyURI ; dcterms:language "en" .
<provision/$slug/a1> a cg:Commitment ; cg:inInstrument <instrument/$slug> ; cg:ordinal 1 ;
    cg:summary "FILL-IN: one sentence of our own that says what the provision says"@en ;
    cg:force force:FILL-IN ; cg:addressee role:FILL-IN ; cg:about topic:FILL-IN ;
    cg:wordedIn <passage/$slug/a1> .
"""

_PARTY = """
<party/$slug> a cg:$type ; rdfs:label "$title"@en ; cg:country "FILL-IN" ;
    cg:homepage "https://FILL-IN"^^xsd:anyURI .
"""

_TABLE = """\
#title: $heading
#read_on: $today
"""

_ADHERENCES = """\
id	party	act	scope	since
FILL-IN	FILL-IN	FILL-IN	FILL-IN	FILL-IN
"""

_ROLL = """\
#label: $label
#source: edition/$slug/text
#observed_on: FILL-IN: the day for which the list speaks
#complete: FILL-IN: yes or no, whether the source presents it as the full list
adherence	printed_as
FILL-IN	FILL-IN
"""

_COMMENTS = {
    "instrument": """\
$title, in our own words.
Replace every FILL-IN. Lists to choose from are in ontology/schemes/: instrument-type, force,
role (cg:addressee), topic, principle, value, right (cg:about).
cg:Commitment binds who adheres; cg:Expectation asks something of others; cg:Acknowledgement only recognises;
a cg:Section or cg:Question has no force, modality and addressee.
Copy the block of provision a1 for each further provision, and number them by cg:ordinal.
A passage proves the words of each: CONTRIBUTING.md shows how `commitgraph passage` makes it.""",
    "party": """$title.
Replace every FILL-IN. The class is one of cg:Company, cg:Organization, cg:Person, cg:State and their kin in
ontology/commitgraph.ttl; cg:country is the ISO 3166-1 code of the seat, such as "KR".
Leave out cg:country and cg:homepage where no source gives them, except that a cg:State has its code.""",
}

_TEMPLATES = {
    "instrument": ("data/instruments/{}.ttl", _INSTRUMENT, "{}: the text and its provisions"),
    "party": ("data/parties/{}.ttl", _PARTY, "Party: {}"),
}


@dataclass(frozen=True)
class Skeleton:
    """A file to fill in.

    Attributes:
        path: its place below the folder that holds `data/`.
        text: the file in the stable form.
    """

    path: str
    text: str


def skeleton(root: Path, what: str, slug: str, title: str = "", kind: str = "") -> Skeleton:
    """The skeleton of a file.

    Args:
        root: the folder with `ontology/`.
        what: `instrument` or `party`.
        slug: name of the instrument or the party in its IRI.
        title: the name that readers know; :data:`MARK` if empty.
        kind: of an instrument a concept of the list instrument-type, of a party its class, such as `Company`.

    Raises:
        ValueError: the slug cannot be one, the kind is not in its list, or the title does not fit on a line.
    """
    _expect_names(slug, title)
    store = _ontology(root)
    kinds = _kinds(store, what)
    if kind and kind not in kinds:
        raise ValueError(f"--type: expected one of {', '.join(kinds)}; got {kind!r}")
    place, template, heading = _TEMPLATES[what]
    path = place.format(slug)
    values = {
        "graph": graph_of(path),
        "slug": slug,
        "title": title or MARK,
        "type": kind or ("Company" if what == "party" else MARK),
        "today": date.today().isoformat(),
    }
    name = title or slug
    head = _fill(_GRAPH, values | {"title": heading.format(name)})
    triples = parse(header() + head + _fill(template, values))
    comment = _fill(_COMMENTS[what], values | {"title": heading.format(name)})
    return Skeleton(path, serialise([*triples, *_required(store, triples)], comment))


def list_skeletons(slug: str, name: str, title: str = "") -> list[Skeleton]:
    """The tables to fill in for a list of adherents: who stands to the text, and what the list shows.

    Args:
        slug: name of the instrument in its IRI.
        name: name of the list in its IRI.
        title: where the list stands, in a few words; :data:`MARK` if empty.

    Raises:
        ValueError: a name cannot be one, or the title does not fit on a line.
    """
    for part in (slug, name):
        _expect_names(part, title)
    values = {
        "slug": slug,
        "label": title or f"{MARK}: where the list stands, such as list on the page of the pledge",
        "today": date.today().isoformat(),
    }
    standings = {"heading": f"{slug}: who stands to it, and how"}
    shown = {"heading": f"{slug}: {title or 'the list of adherents'}"}
    return [
        Skeleton(f"data/adherences/{slug}.tsv", _fill(_TABLE + _ADHERENCES, values | standings)),
        Skeleton(f"data/rolls/{slug}/{name}.tsv", _fill(_TABLE + _ROLL, values | shown)),
    ]


def _expect_names(slug: str, title: str) -> None:
    if not _SLUG.fullmatch(slug):
        raise ValueError(f"expected lower-case letters, digits and single hyphens, got {slug!r}")
    if any(ord(character) < 32 or character in '"\\' for character in title):
        raise ValueError(f"--title: expected one line without quotation marks and backslashes, got {title!r}")


def _fill(template: str, values: dict[str, str]) -> str:
    return re.sub(r"\$(\w+)", lambda slot: values[slot[1]], template)


def _ontology(root: Path) -> ox.Store:
    store = ox.Store()
    for name in ("commitgraph.ttl", "checks/data.ttl", "schemes/instrument-type.ttl"):
        store.load(path=str(root / "ontology" / name), format=ox.RdfFormat.TURTLE)
    return store


_PREFIXES = {
    "sh": "http://www.w3.org/ns/shacl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "cg": cg(""),
}

# What must be there, by class of the thing: a shape that asks for at least one value. Of alternatives (sh:or)
# a template names the one that it means.
_REQUIRED = """
SELECT ?class ?path (SAMPLE(?said) AS ?hint) WHERE {
  ?shape sh:targetClass ?target ; sh:path ?path ; sh:minCount ?least ; sh:description ?said .
  FILTER ( ?least > 0 )
  ?class rdfs:subClassOf* ?target .
} GROUP BY ?class ?path"""

_KINDS = {
    "instrument": """SELECT ?kind WHERE {
  ?kind skos:inScheme <https://w3id.org/commitgraph/scheme/instrument-type> }""",
    "party": "SELECT ?kind WHERE { ?kind rdfs:subClassOf+ cg:Party }",
}


def _rows(store: ox.Store, query: str) -> list[ox.QuerySolution]:
    answer = store.query(query, prefixes=_PREFIXES)
    return list(answer) if isinstance(answer, ox.QuerySolutions) else []


def _kinds(store: ox.Store, what: str) -> list[str]:
    found = (row["kind"] for row in _rows(store, _KINDS[what])) if what in _KINDS else ()
    return sorted(re.split("[/#]", kind.value)[-1] for kind in found if isinstance(kind, ox.NamedNode))


def _required(store: ox.Store, triples: list[ox.Triple]) -> list[ox.Triple]:
    """What the shapes ask of the things in `triples` that is not there yet."""
    asked: dict[str, list[tuple[ox.NamedNode, str]]] = {}
    for row in _rows(store, _REQUIRED):
        owner, path, hint = row["class"], row["path"], row["hint"]
        if (
            isinstance(owner, ox.NamedNode)
            and isinstance(path, ox.NamedNode)
            and isinstance(hint, ox.Literal)
        ):
            asked.setdefault(owner.value, []).append((path, hint.value))
    held = {(triple.subject, triple.predicate) for triple in triples}
    return [
        ox.Triple(triple.subject, path, ox.Literal(f"{MARK}: {hint}"))
        for triple in triples
        if triple.predicate.value == RDF_TYPE and isinstance(triple.object, ox.NamedNode)
        for path, hint in asked.get(triple.object.value, ())
        if (triple.subject, path) not in held
    ]
