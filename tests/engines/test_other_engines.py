"""The bundle of shapes in engines of other houses: they give what the command gives, on every example."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
import rdflib.query
from rdflib import SH
from rdflib.plugins.sparql import prepareQuery

from commitgraph.dataset import load
from commitgraph.disclosure import background
from commitgraph.disclosure.bundle import bundle
from commitgraph.disclosure.judge import TOLD_BETTER, judge_bytes
from commitgraph.disclosure.shapes import profiles, shapes_of
from commitgraph.iris import NS, is_iri
from tests.bundles import shapes_in, store_of
from tests.unit.disclosure import examples

CG = rdflib.Namespace(NS)
ENGINES = Path(__file__).parent
pytestmark = pytest.mark.long
DAY = date(2026, 11, 30)


class Result(NamedTuple):
    """One result, as far as all engines must agree on it."""

    code: str
    severity: str
    focus: str
    path: str
    value: str


class Fixture(NamedTuple):
    """One disclosure of the bundle with the results expected on it."""

    name: str
    profiles: tuple[str, ...]
    expected: frozenset[Result]


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return bundle(load().store, DAY, "1.0")


@pytest.fixture(scope="module")
def fixtures(made: Mapping[str, bytes]) -> list[Fixture]:
    table = csv.DictReader(
        io.StringIO(made["fixtures/expected.tsv"].decode()), dialect="excel-tab", quoting=3
    )
    rows: dict[str, tuple[tuple[str, ...], set[Result]]] = {}
    for row in table:
        _, results = rows.setdefault(row["file"], (tuple(row["profiles"].split()), set()))
        if row["code"]:
            results.add(Result(*(row[name] for name in Result._fields)))
    return [Fixture(name, chosen, frozenset(results)) for name, (chosen, results) in rows.items()]


def result(shape: str, focus: str, path: str, value: str, severity: str) -> Result:
    code = next(found.code for found in all_shapes().values() if found.iri == shape)
    value = " ".join(value.split())
    return Result(code, severity.rpartition("#")[2].lower(), focus, path if is_iri(path) else "", value)


@cache
def all_shapes() -> dict[str, Any]:
    return shapes_of(profiles())


# ------------------------------------------------------------------ the command


#: Findings of readers after which a field counts as missing in the graph, but not for the command: of a wrong
#: kind, under an unknown name, or in an entry of a template that is not answered yet.
OF_READERS = {"CG108", "CG109", "CG143"}


def test_the_command_finds_what_the_bundle_expects(fixtures: list[Fixture]) -> None:
    assert len(fixtures) > 200
    for fixture in fixtures:
        path = examples.FOLDER / fixture.name.removesuffix(".nt")
        report = judge_bytes(path.name, path.read_bytes(), fixture.profiles, examples.TODAY)
        found = {(f.code, f.severity) for f in report.findings if f.shape}
        codes = {finding.code for finding in report.findings}
        expected = {(row.code, row.severity) for row in fixture.expected}
        assert found <= expected, fixture.name
        unexplained = {
            code for code, _ in expected - found if not codes & {*TOLD_BETTER.get(code, ()), *OF_READERS}
        }
        assert unexplained == set(), fixture.name


def test_every_code_of_the_shapes_has_a_fixture(fixtures: list[Fixture]) -> None:
    shown = {row.code for fixture in fixtures for row in fixture.expected}
    assert {shape.code for shape in all_shapes().values()} == shown


# ------------------------------------------------------------------ other engines


class _Remembering(rdflib.Graph):
    """A graph that takes the text of a query apart once; pySHACL hands it over for each node in focus."""

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> rdflib.query.Result:
        spaces = tuple(sorted((kwargs.pop("initNs", None) or {}).items()))
        return super().query(_prepared(str(query_object), spaces), *args, **kwargs)


@cache
def _prepared(text: str, spaces: tuple[tuple[str, Any], ...]) -> Any:
    return prepareQuery(text, initNs=dict(spaces))


def results_of_pyshacl(
    made: Mapping[str, bytes], fixtures: list[Fixture]
) -> Iterator[tuple[Fixture, frozenset[Result]]]:
    data = _Remembering()
    data += store_of(made["background.nt"])
    data += store_of(made["fixtures/judged-on.nt"])
    for fixture in fixtures:
        own = store_of(made[f"fixtures/{fixture.name}"])
        data += own
        _, report, _ = pyshacl.validate(
            data, shacl_graph=shapes_in(made, fixture.profiles), inplace=True, inference="none"
        )
        data -= own
        assert isinstance(report, rdflib.Graph)
        yield fixture, frozenset(
            result(
                *(
                    str(report.value(node, term) or "")
                    for term in (
                        SH.sourceShape, SH.focusNode, SH.resultPath, SH.value, SH.resultSeverity,
                    )
                )
            )
            for node in report.subjects(rdflib.RDF.type, SH.ValidationResult)
        )  # fmt: skip


def test_pyshacl_gives_the_results_of_every_fixture(
    made: Mapping[str, bytes], fixtures: list[Fixture]
) -> None:
    differing = {
        fixture.name: found ^ fixture.expected
        for fixture, found in results_of_pyshacl(made, fixtures)
        if found != fixture.expected
    }
    assert differing == {}


def judged_by_shacl_engine(
    made: Mapping[str, bytes], cases: list[tuple[tuple[str, ...], list[bytes]]]
) -> list[frozenset[Result]]:
    if shutil.which("node") is None:
        pytest.skip("node is not installed: install Node.js 20 or newer")
    if not (ENGINES / "node_modules" / "shacl-engine").is_dir():
        pytest.skip("shacl-engine is not installed: run `npm install --prefix tests/engines`")
    job = {
        "shapes": {name: shapes_in(made, (name,)).serialize(format="nt") for name in profiles()},
        "cases": [{"profiles": chosen, "data": [part.decode() for part in data]} for chosen, data in cases],
    }
    run = subprocess.run(
        ["node", str(ENGINES / "shacl_engine.mjs")],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return [frozenset(result(*row) for row in json.loads(line)) for line in run.stdout.splitlines()]


def case_of(fixture: Fixture, made: Mapping[str, bytes]) -> tuple[tuple[str, ...], list[bytes]]:
    """A fixture with the part of the background that it needs: with all of it shacl-engine takes long."""
    own = made[f"fixtures/{fixture.name}"]
    triples = [quad.triple for quad in ox.parse(own, format=ox.RdfFormat.N_TRIPLES)]
    known = background.slice_for(triples, load().store, promises=True, today=examples.TODAY, questions=True)
    return fixture.profiles, [own, ox.serialize(known, format=ox.RdfFormat.N_TRIPLES) or b""]


def test_shacl_engine_gives_the_results_of_every_fixture(
    made: Mapping[str, bytes], fixtures: list[Fixture]
) -> None:
    found = judged_by_shacl_engine(made, [case_of(fixture, made) for fixture in fixtures])
    differing = {
        fixture.name: results ^ fixture.expected
        for fixture, results in zip(fixtures, found, strict=True)
        if results != fixture.expected
    }
    assert differing == {}


def test_parts_without_an_address_are_judged_too(made: Mapping[str, bytes], fixtures: list[Fixture]) -> None:
    """JSON-LD processors give blank nodes; an order by address must not make a check pass in silence.

    pySHACL would not show it: to it, a blank node has an address.
    """
    names = (
        "CG421-duplicate-entry",
        "CG422-duplicate-evidence",
        "evidence-CG558-two-types",
        "evidence-CG566-same-words",
    )
    chosen = [f for f in fixtures if f.name.removeprefix("bad/").startswith(names)]
    assert len(chosen) >= len(names)
    cases = [
        (profiles, [re.sub(rb"<urn:commitgraph:node:(\d+)>", rb"_:n\1", own), known])
        for profiles, (own, known) in (case_of(fixture, made) for fixture in chosen)
    ]
    for fixture, found in zip(chosen, judged_by_shacl_engine(made, cases), strict=True):
        assert {row.code for row in found} == {row.code for row in fixture.expected}, fixture.name
