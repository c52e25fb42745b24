"""The files as files: well-formed, with the one prefix table, without blank nodes, in the stable form."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from commitgraph.checks.finding import Finding, Named
from commitgraph.checks.material import File, Material
from commitgraph.dataset.columns import kind_of
from commitgraph.dataset.lists import reformat
from commitgraph.dataset.skeletons import MARK


def _well_formed(material: Material) -> Iterator[Finding]:
    for file in material.files:
        if file.error:
            yield Finding(
                "well-formed",
                expected="well-formed Turtle",
                got=file.error,
                todo="Mend the syntax at this line; missing prefixes are declared by `commitgraph format`.",
                file=file.name,
                line=file.error_line,
            )
    for table in material.tables:
        # What is still to be filled in is told by a check of its own.
        if table.error and MARK not in table.text:
            yield Finding(
                "well-formed",
                expected="a table as data/README.md describes it",
                got=table.error,
                todo="Mend this line.",
                file=table.name,
                line=table.error_line,
            )


def _prefix_table(material: Material) -> Iterator[Finding]:
    for file in material.data:
        if file.error or not file.stable:
            continue
        wanted = file.stable[0].splitlines()
        lines = file.text.splitlines()
        found = [(number, line) for number, line in enumerate(lines, 1) if line.startswith(("@", "PREFIX"))]
        if [line for _, line in found] == wanted:
            continue
        number, line = next(
            ((n, got) for (n, got), want in zip(found, wanted, strict=False) if got != want),
            found[len(wanted)] if len(found) > len(wanted) else (len(found) + 1, "fewer of them"),
        )
        yield Finding(
            "prefix-table",
            expected="the prefix lines of data/prefixes.ttl that the file uses, and no other, in their order",
            got=line,
            todo=f"Run `commitgraph format {file.name}`, which writes them so.",
            file=file.name,
            line=number,
        )


def _no_blank_nodes(material: Material) -> Iterator[Finding]:
    for file in material.data:
        blank = next((triple for triple in file.triples if _has_blank(triple)), None)
        if blank is None:
            continue
        subject = blank.subject.value if isinstance(blank.subject, ox.NamedNode) else ""
        yield Finding(
            "no-blank-nodes",
            expected="no blank nodes: every thing has a name, so that it can be cited",
            got=f"a blank node at {blank.predicate.value}",
            todo="Give the thing an IRI below https://w3id.org/commitgraph/id/.",
            subject=subject,
            file=file.name,
            line=file.lines.get(subject, 0),
        )


def _stable_form(material: Material) -> Iterator[Finding]:
    for file in material.data:
        if not file.triples or not file.stable:
            continue
        written, wanted = _body(file.text), file.stable[1]
        if written != wanted:
            yield _difference(file, written, wanted)
    for table in material.tables:
        if not table.error and kind_of(table.name) and table.text != reformat(table.name, table.text):
            yield _difference(table, table.text, reformat(table.name, table.text))


def _difference(file: File, written: str, wanted: str) -> Finding:
    number, line, want = _first_difference(written, wanted)
    return Finding(
        "stable-form",
        expected=f"the stable form, in which this line is: {want!r}",
        got=repr(line),
        todo=f"Run `commitgraph format {file.name}`, which writes it so.",
        file=file.name,
        line=number + file.text.count("\n") - written.count("\n"),
    )


def _body(text: str) -> str:
    """What follows comment lines on top and the prefix table, which has a check of its own."""
    lines = text.splitlines(keepends=True)
    start = next((n for n, line in enumerate(lines) if not line.startswith(("#", "@"))), len(lines))
    return "".join(lines[start:])


def _first_difference(written: str, wanted: str) -> tuple[int, str, str]:
    ours, theirs = [*written.splitlines(), "end of file"], [*wanted.splitlines(), "end of file"]
    for number, (line, want) in enumerate(zip(ours, theirs, strict=False), 1):
        if line != want:
            return number, line, want
    return len(ours), "other line ends or spaces at the end", theirs[-1]


def _has_blank(triple: ox.Triple) -> bool:
    return isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)


def _source_graphs(material: Material) -> Iterator[Finding]:
    for file in (*material.data, *material.tables):
        yield from _self_description(file)


def _self_description(file: File) -> Iterator[Finding]:
    graph = ox.NamedNode(file.graph)
    own = [triple for triple in file.triples if triple.subject == graph]
    if not any(triple.object == _SOURCE_GRAPH for triple in own):
        yield Finding(
            "source-graphs",
            expected=f"a description of the graph itself: <{file.graph}> a cg:SourceGraph",
            got="no such statement",
            todo="Add the block on top: title, curator, licence, day of reading, editions it is from.",
            file=file.name,
            line=1,
        )
    elif any(triple.predicate == _ATTESTED for triple in file.triples) and not any(
        triple.predicate == _DERIVED for triple in own
    ):
        yield Finding(
            "source-graphs",
            expected="at least one prov:wasDerivedFrom on the graph, since it states what a source attests",
            got="none",
            todo="Name the editions from which the statements were read.",
            subject=file.graph,
            file=file.name,
            line=file.lines.get(file.graph, 1),
        )


_SOURCE_GRAPH = ox.NamedNode("https://w3id.org/commitgraph/ns#SourceGraph")
_ATTESTED = ox.NamedNode("https://w3id.org/commitgraph/ns#attestedBy")
_DERIVED = ox.NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")

WELL_FORMED = Named("well-formed", "Every file is well-formed, in UTF-8.", _well_formed)
CHECKS = [
    Named(
        "prefix-table",
        "Every data file declares the prefixes that it uses, as the one table has them.",
        _prefix_table,
    ),
    Named("no-blank-nodes", "No data file holds a blank node.", _no_blank_nodes),
    Named("stable-form", "Every data file is written in the stable form.", _stable_form),
    Named("source-graphs", "Every data file says what it is, where from, by whom, when.", _source_graphs),
]
