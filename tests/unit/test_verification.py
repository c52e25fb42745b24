"""Verification and quotation: the graph held against a reader's own copies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from commitgraph.dataset import load
from commitgraph.engine import Embedded
from commitgraph.iris import thing
from commitgraph.proof.copies import Copies, without_label
from commitgraph.proof.quotation import NoWords, quote
from commitgraph.proof.verification import verify
from tests.graphs import COPIES, small_graph

SLUG = "example-pledge"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Embedded:
    return Embedded(load(small_graph(tmp_path_factory.mktemp("small"))).store)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copies that a test may change."""
    shutil.copytree(COPIES, tmp_path, dirs_exist_ok=True)
    return tmp_path


def change(folder: Path, old: str, new: str) -> Path:
    path = folder / SLUG / "text.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_every_passage_of_a_true_copy_is_resolved(small: Embedded, folder: Path) -> None:
    outcome = verify(small, Copies(folder))
    assert outcome.holds
    assert {r.status for r in outcome.resolutions} == {"resolved"}
    (edition,) = outcome.editions
    assert (edition.state, edition.place) == ("same edition", str(folder / SLUG / "text.md"))
    assert outcome.summaries == 8


def test_another_layout_of_the_same_words_is_the_same_edition(small: Embedded, folder: Path) -> None:
    path = folder / SLUG / "text.md"
    body = without_label(path.read_text(encoding="utf-8"))
    path.unlink()
    page = folder / SLUG / "deep" / "page.html"
    page.parent.mkdir()
    page.write_text("<html><p>" + "<br/>".join(body.split()) + "</p></html>", encoding="utf-8")
    outcome = verify(small, Copies(folder))
    assert outcome.holds
    assert outcome.editions[0].state == "same edition"


def test_copies_taken_later_may_lie_in_a_folder_further_down(small: Embedded, folder: Path) -> None:
    path = folder / SLUG / "text.md"
    later = folder / "later" / SLUG / "text.md"
    later.parent.mkdir(parents=True)
    path.rename(later)
    (folder / SLUG / "note.txt").write_text("Another text.", encoding="utf-8")
    copies = Copies(folder)
    assert copies.slugs() == [SLUG, "later"]
    assert [copy.name for copy in copies.of(SLUG)] == ["note.txt", f"later/{SLUG}/text.md"]
    outcome = verify(small, copies)
    assert {r.status for r in outcome.resolutions} == {"resolved"}
    assert outcome.editions[0].place == str(later)


def test_words_around_the_passages_make_it_another_edition(small: Embedded, folder: Path) -> None:
    change(folder, "# Example Pledge", "A foreword that is new.\n\n# Example Pledge")
    outcome = verify(small, Copies(folder))
    assert outcome.holds
    assert outcome.editions[0].state == "other edition, passages hold"


def test_a_changed_word_is_reported_with_provision_locator_and_place(small: Embedded, folder: Path) -> None:
    path = change(folder, "the brakes of every vehicle", "the brakes of some vehicles")
    outcome = verify(small, Copies(folder))
    assert not outcome.holds
    (miss,) = outcome.with_status("missing")
    assert miss.passage.user == thing("provision", SLUG, "a1")
    assert miss.passage.locator == "1"
    assert miss.place == f"{path}:9"
    assert "letters and digits" in miss.reason
    assert outcome.editions[0].state == "other edition, passages differ"


def test_without_a_copy_nothing_is_checked_and_nothing_is_wrong(small: Embedded, tmp_path: Path) -> None:
    outcome = verify(small, Copies(tmp_path))
    assert outcome.holds
    assert {r.status for r in outcome.resolutions} == {"not-checked"}
    assert outcome.editions == ()
    assert outcome.summaries == 0


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError, match="copies of the sources"):
        Copies(tmp_path / "none")


def test_quote_gives_the_exact_words_with_their_stop_and_place(small: Embedded, folder: Path) -> None:
    (found,) = quote(small, thing("provision", SLUG, "a3"), Copies(folder))
    assert found.words == "We recognise that brakes alone do not make a road safe."
    assert (found.locator, found.url, found.read_on) == ("3", "https://example.org/pledge", "2026-11-21")
    assert found.place == f"{folder / SLUG / 'text.md'}:13"


def test_quote_says_why_it_has_no_words(small: Embedded, folder: Path) -> None:
    with pytest.raises(NoWords, match="no passage words this provision"):
        quote(small, thing("provision", SLUG, "a"), Copies(folder))
    change(folder, "brakes alone", "brakes only")
    with pytest.raises(NoWords, match=r"text\.md:13: \d+ letters and digits stand here"):
        quote(small, thing("provision", SLUG, "a3"), Copies(folder))
    (folder / SLUG / "text.md").unlink()
    with pytest.raises(NoWords, match=r"found none: save https://example\.org/pledge there"):
        quote(small, thing("provision", SLUG, "a3"), Copies(folder))


def test_all_of_the_shipped_graph_holds_in_the_copies(engine: Embedded, sources: Path) -> None:
    outcome = verify(engine, Copies(sources))
    assert outcome.holds
    assert len(outcome.with_status("resolved")) > 1000
    assert {edition.state for edition in outcome.editions} == {"same edition"}


@pytest.mark.parametrize(
    ("words", "repeats"),
    [("look after the brakes of every", 0), ("look after the brakes of every vehicle", 1)],
)
def test_a_summary_may_share_six_words_with_its_source_and_no_more(
    tmp_path: Path, folder: Path, words: str, repeats: int
) -> None:
    root = small_graph(tmp_path / "graph")
    text = root / "data" / "instruments" / f"{SLUG}.ttl"
    said = text.read_text(encoding="utf-8")
    told = "Road safety takes more than one technical measure."
    assert told in said
    text.write_text(said.replace(told, f"Makers {words}."), encoding="utf-8")
    outcome = verify(Embedded(load(root).store), Copies(folder))
    assert [r.count for r in outcome.repetitions] == [7] * repeats
