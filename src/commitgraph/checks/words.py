"""Wording: fragments point and do not quote, and summaries do not repeat them."""

from __future__ import annotations

from collections.abc import Iterator

from commitgraph.checks.finding import Finding, Named, brief
from commitgraph.checks.material import Material
from commitgraph.domain.fragment import LONGEST_EDGE, Fragment
from commitgraph.proof.own_words import LONGEST_RUN, Words, longest_shared_run

_FRAGMENTS = """
SELECT ?selector ?value WHERE { ?selector a oa:FragmentSelector ; rdf:value ?value }
ORDER BY ?selector
"""
_SUMMARIES = """
SELECT DISTINCT ?subject ?summary ?value WHERE {
  ?subject cg:summary ?summary ; cg:wordedIn|cg:attestedBy ?passage .
  ?passage oa:hasSelector/rdf:value ?value .
}
ORDER BY ?subject
"""


def _fragments(material: Material) -> Iterator[Finding]:
    for row in material.query(_FRAGMENTS):
        fault = _fault(row["value"])
        if not fault:
            continue
        file, line = material.place(row["selector"])
        yield Finding(
            "fragments",
            expected=f"a text fragment: start, end and prefix of at most {LONGEST_EDGE} characters each",
            got=fault,
            todo="Keep only as many words at either end as it takes to find the place.",
            subject=row["selector"],
            file=file,
            line=line,
        )


def _fault(value: str) -> str:
    try:
        fragment = Fragment.parse(value)
    except ValueError as error:
        return str(error)
    for edge in (fragment.prefix, fragment.start, fragment.end):
        if len(edge) > LONGEST_EDGE:
            return f"{len(edge)} characters: {edge[:60]!r} …"
    return ""


def _own_words(material: Material) -> Iterator[Finding]:
    for row in material.query(_SUMMARIES):
        if _fault(row["value"]):
            continue
        fragment = Fragment.parse(row["value"])
        summary = Words.of(row["summary"])
        for edge in (fragment.start, fragment.end):
            run = longest_shared_run(summary, Words.of(edge))
            if run is None or len(run.words) <= LONGEST_RUN:
                continue
            file, line = material.place(row["subject"])
            yield Finding(
                "own-words",
                expected=f"a summary in our own words: at most {LONGEST_RUN} in a row as in the source",
                got=f"{len(run.words)} words of the fragment again: {str(run)!r}",
                todo=f"Say it in other words; `commitgraph verify` compares {brief(row['subject'])} "
                "with all of the source.",
                subject=row["subject"],
                file=file,
                line=line,
            )


CHECKS = [
    Named("fragments", "Fragments point at a place and do not quote it.", _fragments),
    Named("own-words", "No summary repeats the words that a fragment carries.", _own_words),
]
