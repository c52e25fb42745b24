"""Coverage and the sentences it counts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from commitgraph.dataset import load
from commitgraph.engine import Embedded
from commitgraph.proof.copies import Copies
from commitgraph.proof.coverage import coverage
from commitgraph.proof.sentences import sentences
from tests.graphs import COPIES, small_graph


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("We agree. They do not.", ["We agree.", "They do not."]),
        ("Is it so? It is! “Good.” Then go on.", ["Is it so?", "It is!", "“Good.”", "Then go on."]),
        ("See e.g. The Hague, No. 5 and U.S. Law.", ["See e.g. The Hague, No. 5 and U.S. Law."]),
        ("By J. Smith. He left.", ["By J. Smith.", "He left."]),
        ("version 2.0 is out. it is not", ["version 2.0 is out. it is not"]),
        ("a line\nthat goes on\n\nanother", ["a line\nthat goes on", "another"]),
        ("# Title\ntext below", ["# Title", "text below"]),
        ("We will:\n- do this\n- do that", ["We will:", "- do this", "- do that"]),
        ("including:\n(a) one;\n(ii) two;\n3. three", ["including:", "(a) one;", "(ii) two;", "3. three"]),
        ("| a | b |\n| c | d |", ["| a | b |", "| c | d |"]),
        ("12.\n\n***\n\n", []),
        ("", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@pytest.mark.parametrize(
    ("text", "normative"),
    [
        ("States shall act.", True),
        ("We commit to it.", True),
        ("Members are encouraged\nto act.", True),
        ("It calls\n upon all.", True),
        ("The goodwill is there.", False),
        ("It rained.", False),
    ],
)
def test_normative_sentences(text: str, normative: bool) -> None:
    assert [s.normative for s in sentences(text)] == [normative]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Embedded:
    return Embedded(load(small_graph(tmp_path_factory.mktemp("small"))).store)


def test_a_text_that_the_graph_accounts_for_is_covered(small: Embedded) -> None:
    (found,) = coverage(small, Copies(COPIES), ["example-pledge"])
    assert found.share == 1
    assert found.stretches == ()
    assert (found.sentences, found.covered) == (8, 8)
    assert (found.normative, found.normative_provision) == (2, 2)
    assert found.context > 0
    numbering = 4
    assert found.provision + found.context == found.characters - numbering


def test_what_nothing_accounts_for_is_listed_with_its_line(small: Embedded, tmp_path: Path) -> None:
    shutil.copytree(COPIES, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "example-pledge" / "text.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("safe.\n", "safe.\n\nAll signatories shall meet once a year, in spring.\n"),
        encoding="utf-8",
    )
    (found,) = coverage(small, Copies(tmp_path), ["example-pledge"])
    assert 0 < found.share < 1
    (stretch,) = found.stretches
    assert (stretch.line, stretch.characters) == (15, 41)
    assert stretch.words.startswith("All signatories shall meet")
    assert (found.sentences, found.covered) == (9, 8)
    assert (found.normative, found.normative_covered) == (3, 2)


def test_words_that_stand_twice_are_covered_twice(small: Embedded, tmp_path: Path) -> None:
    shutil.copytree(COPIES, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "example-pledge" / "text.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\nPrinted on paper that can be used again.\n", encoding="utf-8")
    (found,) = coverage(small, Copies(tmp_path), ["example-pledge"])
    assert found.share == 1


def test_the_founding_texts_are_accounted_for(engine: Embedded, sources: Path) -> None:
    slugs = [
        "unesco-private-sector-commitment-2024",
        "unga-res-78-265",
        "un-btech-genai-foundational-2023",
        "un-btech-genai-summit-2023",
        "seoul-ai-business-pledge",
    ]
    found = coverage(engine, Copies(sources), slugs)
    assert len(found) >= 2 * len(slugs)
    for entry in found:
        assert entry.share > 0.98, entry.name
        assert entry.normative_covered >= entry.normative - 1
