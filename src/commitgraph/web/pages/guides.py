"""Guides of the ontology: how to count, how to compare dates. Their queries run when the page is made."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request, Response

from commitgraph.engine.ask import with_prefixes
from commitgraph.web.pages.common import page, router
from commitgraph.web.pages.results import Answer
from commitgraph.web.pages.results import answer as shown
from commitgraph.web.pages.site import Site, site_of

routes = router()
_MOST = 30


@dataclass(frozen=True)
class Guide:
    """One guide.

    Attributes:
        name: last part of its address, and of its template.
        title: as a heading.
        lede: what it is about.
        examples: its queries without prefixes, by the names that its template has for them.
    """

    name: str
    title: str
    lede: str
    examples: dict[str, str]


@dataclass(frozen=True)
class Example:
    """A query of a guide, with its answer on the data that are served, and the address that opens it."""

    query: str
    answer: Answer
    editor: str


_COUNTING = {
    "units": """
SELECT ?instrument ?instrumentLabel (COUNT(?commitment) AS ?all)
       (SUM(?outermost) AS ?outermostOnes) (SUM(?leaf) AS ?leaves) WHERE {
  ?commitment a cg:Commitment ; cg:inInstrument ?instrument .
  ?instrument rdfs:label ?instrumentLabel .
  FILTER ( LANG(?instrumentLabel) = "en" )
  BIND ( IF(EXISTS { ?commitment a cg:OutermostCommitment }, 1, 0) AS ?outermost )
  BIND ( IF(EXISTS { ?commitment a cg:LeafCommitment }, 1, 0) AS ?leaf )
}
GROUP BY ?instrument ?instrumentLabel
ORDER BY DESC(?all) ?instrument
LIMIT 10
""",
    "taken-on": """
SELECT ?party ?partyLabel (COUNT(?commitment) AS ?all) (SUM(?outermost) AS ?outermostOnes) WHERE {
  ?party cg:isBoundBy ?commitment ; rdfs:label ?partyLabel .
  FILTER ( LANG(?partyLabel) = "en" )
  BIND ( IF(EXISTS { ?commitment a cg:OutermostCommitment }, 1, 0) AS ?outermost )
}
GROUP BY ?party ?partyLabel
ORDER BY DESC(?outermostOnes) DESC(?all) ?party
LIMIT 10
""",
    "acts": """
SELECT ?group (COUNT(DISTINCT ?party) AS ?parties) (COUNT(DISTINCT ?present) AS ?presentOnes) WHERE {
  VALUES ?instrument { <https://w3id.org/commitgraph/id/instrument/seoul-ai-business-pledge> }
  ?adherence cg:toInstrument ?instrument ; cg:adherent ?party ; cg:mode/cg:actGroup ?kind .
  ?kind skos:prefLabel ?group ; skos:notation ?place .
  OPTIONAL { ?adherence a cg:PresentAdherence ; cg:adherent ?present }
}
GROUP BY ?group ?place
ORDER BY ?place
""",
    "not-listed": """
SELECT ?instrument ?instrumentLabel (COUNT(DISTINCT ?signatory) AS ?signatories)
       (COUNT(DISTINCT ?gone) AS ?noLongerListed) WHERE {
  { ?signatory cg:signatoryOf ?instrument }
  UNION
  { ?delisting cg:delists ?adherence . ?adherence cg:adherent ?gone ; cg:toInstrument ?instrument }
  ?instrument rdfs:label ?instrumentLabel .
  FILTER ( LANG(?instrumentLabel) = "en" )
}
GROUP BY ?instrument ?instrumentLabel
ORDER BY DESC(?noLongerListed) DESC(?signatories) ?instrument
LIMIT 10
""",
    "claims": """
SELECT ?instrument ?instrumentLabel ?point ?number ?qualifier WHERE {
  ?count a cg:Count ; cg:claimAbout ?instrument ; cg:claimPoint ?point ; cg:number ?number .
  ?instrument a cg:Instrument ; rdfs:label ?instrumentLabel .
  FILTER ( LANG(?instrumentLabel) = "en" )
  OPTIONAL { ?count cg:qualifier ?qualifier }
}
ORDER BY ?instrument ?point ?number
LIMIT 10
""",
    "rows": """
SELECT (COUNT(*) AS ?rows) (COUNT(DISTINCT ?adherence) AS ?standings) (COUNT(DISTINCT ?party) AS ?parties)
WHERE {
  ?adherence a cg:Adherence ; cg:adherent ?party ; cg:attestedBy ?source .
  OPTIONAL { ?adherence cg:note ?note }
}
""",
}
_DATES = {
    "precision": """
SELECT ?precision (COUNT(?adherence) AS ?standings) WHERE {
  ?adherence a cg:Adherence .
  OPTIONAL { ?adherence cg:since ?since }
  BIND ( IF(!BOUND(?since), "no date", IF(DATATYPE(?since) = xsd:date, "a day",
         IF(DATATYPE(?since) = xsd:gYearMonth, "a month", "a year"))) AS ?precision )
}
GROUP BY ?precision
ORDER BY DESC(?standings) ?precision
""",
    "trap": """
SELECT (COUNT(DISTINCT ?typed) AS ?asTheyStand) (COUNT(DISTINCT ?bounded) AS ?byBounds) WHERE {
  { ?typed a cg:Adherence ; cg:since ?since . FILTER ( ?since <= "2024-12-31"^^xsd:date ) }
  UNION
  { ?bounded a cg:Adherence ; cg:sinceLatest ?latest . FILTER ( ?latest <= "2024-12-31"^^xsd:date ) }
}
""",
    "certain": """
SELECT (SUM(?certain) AS ?certainly) (SUM(?possible) AS ?possibly) (SUM(?undated) AS ?withoutDate) WHERE {
  VALUES ?day { "2024-06-15"^^xsd:date }
  ?adherence a cg:Adherence .
  OPTIONAL { ?adherence cg:sinceEarliest ?earliest ; cg:sinceLatest ?latest }
  BIND ( IF(COALESCE(?latest <= ?day, false), 1, 0) AS ?certain )
  BIND ( IF(COALESCE(?earliest <= ?day, false), 1, 0) AS ?possible )
  BIND ( IF(BOUND(?latest), 0, 1) AS ?undated )
}
""",
    "as-text": """
SELECT ?instrument ?instrumentLabel ?issued WHERE {
  VALUES ?day { "2023-06-30" }
  ?instrument a cg:Instrument ; rdfs:label ?instrumentLabel ; dcterms:issued ?issued .
  FILTER ( LANG(?instrumentLabel) = "en" )
  FILTER ( SUBSTR(STR(?issued), 1, STRLEN(?day)) <= SUBSTR(?day, 1, STRLEN(STR(?issued))) )
}
ORDER BY STR(?issued) ?instrument
LIMIT 10
""",
    "not-seen": """
SELECT ?party ?partyLabel ?lastSeen ?notSeen WHERE {
  ?delisting cg:delists/cg:adherent ?party ; cg:lastSeenOn ?lastSeen ; cg:notSeenOn ?notSeen .
  ?party rdfs:label ?partyLabel .
  FILTER ( LANG(?partyLabel) = "en" )
}
ORDER BY STR(?notSeen) ?party
LIMIT 10
""",
    "labels": """
SELECT (COUNT(DISTINCT ?party) AS ?parties) (COUNT(DISTINCT ?english) AS ?withEnglishLabel) WHERE {
  ?party a cg:Party ; rdfs:label ?label .
  OPTIONAL { ?party rdfs:label ?name . FILTER ( LANG(?name) = "en" ) BIND ( ?party AS ?english ) }
}
""",
}
GUIDES = (
    Guide(
        "how-to-count",
        "How to count",
        "A number of promises or of signatories says nothing until it says what was counted. These are the "
        "units that the graph offers, and the ways in which a query counts one thing twice.",
        _COUNTING,
    ),
    Guide(
        "how-to-compare-dates",
        "How to compare dates",
        "Sources give a day, a month, a year, or nothing, and the graph repeats them as they are. A query "
        "that compares them as if all were days leaves some out without a word.",
        _DATES,
    ),
)


@page(routes, "/ontology/how-to-count")
async def how_to_count(request: Request) -> Response:
    """What can be counted, and how one thing is not counted twice."""
    return _show(request, GUIDES[0])


@page(routes, "/ontology/how-to-compare-dates")
async def how_to_compare_dates(request: Request) -> Response:
    """How dates of different precision are compared."""
    return _show(request, GUIDES[1])


def _show(request: Request, guide: Guide) -> Response:
    site = site_of(request)
    return site.render(
        request,
        f"{guide.name}.html",
        guide=guide,
        examples={name: _run(site, text) for name, text in guide.examples.items()},
    )


def _run(site: Site, text: str) -> Example:
    query = with_prefixes(text.lstrip())
    return Example(
        query,
        shown(site.engine.query(query), query, site.labels, _MOST),
        "/sparql/table?" + urlencode({"query": query}),
    )
