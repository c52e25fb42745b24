"""The bundle of shapes: what lies in it. What other engines make of it is in tests/engines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import rdflib
import rdflib.query
from rdflib import SH

from commitgraph.cli.output import Failure
from commitgraph.cli.shapes import shapes as write_shapes
from commitgraph.dataset import load
from commitgraph.disclosure.bundle import without_examples
from commitgraph.disclosure.catalogue import checks
from commitgraph.disclosure.shapes import profiles, shapes_of
from commitgraph.iris import BASE, NS
from tests.bundles import shapes_in, store_of
from tests.graphs import shapes_in_rdflib

CG = rdflib.Namespace(NS)
ENGINES = Path(__file__).parents[2] / "engines"
DAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return without_examples(load().store, DAY, "1.0")


def test_shapes_of_both_files_are_the_shapes_of_the_profile(made: Mapping[str, bytes]) -> None:
    core = [name for name in made if name.startswith("shapes/") and not name.endswith("-sparql.ttl")]
    for name in core:
        assert (None, SH.sparql, None) not in store_of(made[name], "turtle"), name
    for profile in profiles():
        bundled = set(shapes_in(made, (profile,)).subjects(CG.code))
        assert bundled == set(shapes_in_rdflib((profile,)).subjects(CG.code))


def test_profiles_name_files_that_are_there(made: Mapping[str, bytes]) -> None:
    prof = rdflib.Namespace("http://www.w3.org/ns/dx/prof/")
    graph = rdflib.Graph().parse(
        data=made["profiles.ttl"], format="turtle", publicID="http://bundle.example/"
    )
    named = {
        str(path).removeprefix("http://bundle.example/") for path in graph.objects(None, prof.hasArtifact)
    }
    assert {name for name in made if name.startswith("shapes/")} < named <= {*made, "fixtures/expected.tsv"}
    versioned = {str(iri) for iri in graph.subjects(rdflib.RDF.type, prof.Profile)}
    assert versioned == {f"{BASE}profile/{name}/1.0" for name in profiles()}


def test_the_readme_tells_every_check_and_who_makes_it(made: Mapping[str, bytes]) -> None:
    shapes, _, readers = made["README.md"].decode().partition("## Checks that only the command makes")
    in_shapes = {shape.code for shape in shapes_of(profiles()).values()}
    for check in checks():
        assert f"| {check.code} |" in (shapes if check.code in in_shapes else readers)


def test_the_table_of_questions_says_which_check_asks_for_an_answer(made: Mapping[str, bytes]) -> None:
    lines = made["haip-questions.tsv"].decode().splitlines()
    rows = {line.split("\t")[0].partition("/")[2]: line.split("\t") for line in lines}
    assert rows["s1a"][5] == "CG733"
    assert rows["s6"][5] == "CG732"
    assert "entries.statement" in rows["s1a"][4]
    assert rows["r-nonpublic"][4:] == ["entries.evidence.public", "CG746"]
    assert rows["v2-q14"][5] == ""


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("mine")
    with pytest.raises(Failure, match="expected an empty or a new folder"):
        write_shapes(tmp_path)
    with pytest.raises(Failure, match="expected a folder, got the file"):
        write_shapes(kept)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
