"""The graph in the cache folder: the same graph, taken only where it fits, harmless where it fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import commitgraph
from commitgraph.dataset import load, snapshot
from commitgraph.dataset.loader import Dataset
from tests.graphs import small_graph

MARK = '<http://example.org/a> <http://example.org/kept> "yes" .\n'


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "commitgraph"


@pytest.fixture
def small(tmp_path: Path) -> Dataset:
    """A small data set."""
    return load(small_graph(tmp_path / "small"))


def _canonical(store: ox.Store) -> ox.Dataset:
    """The named graphs: the default graph is the merge of them, and made anew."""
    quads = ox.Dataset(quad for quad in store if quad.graph_name != ox.DefaultGraph())
    quads.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return quads


def test_what_is_kept_is_the_same_graph(cache: Path, small: Dataset) -> None:
    snapshot.keep(small.store, small.home, small.version)
    read = snapshot.read(small.home, small.version)
    assert read is not None
    assert _canonical(read) == _canonical(small.store)
    assert [file.suffix for file in cache.iterdir()] == [".trig"]


@pytest.mark.usefixtures("cache")
def test_a_part_is_kept_beside_the_whole_and_taken_for_no_other_part(small: Dataset) -> None:
    part = ox.Store()
    part.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c")))
    snapshot.keep(small.store, small.home, small.version)
    snapshot.keep(part, small.home, small.version, "urn:b")
    read = snapshot.read(small.home, small.version, "urn:b")
    assert read is not None
    assert set(read) == set(part)
    assert snapshot.read(small.home, small.version, "urn:b urn:c") is None
    whole = snapshot.read(small.home, small.version)
    assert whole is not None
    assert _canonical(whole) == _canonical(small.store)


def test_what_was_made_from_other_files_or_for_another_folder_is_not_taken(
    cache: Path, small: Dataset
) -> None:
    snapshot.keep(small.store, small.home, small.version)
    assert snapshot.read(small.home, "0" * 64) is None
    assert snapshot.read(small.home.parent, small.version) is None
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes().replace(ox.__version__.encode(), b"0.0", 1))
    assert snapshot.read(small.home, small.version) is None


def test_a_file_that_is_cut_off_or_no_graph_is_not_taken(cache: Path, small: Dataset) -> None:
    snapshot.keep(small.store, small.home, small.version)
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    for broken in (whole[:-20], whole + b"no graph\n", b"", b"\xff\n"):
        file.write_bytes(broken)
        assert snapshot.read(small.home, small.version) is None


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_fails(
    tmp_path: Path, small: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    snapshot.keep(small.store, small.home, small.version)
    assert snapshot.read(small.home, small.version) is None


def test_the_next_process_takes_it_until_a_file_or_the_code_changes(tmp_path: Path) -> None:
    home = small_graph(tmp_path / "checkout")
    package = home / "src" / "commitgraph"
    shutil.copytree(Path(commitgraph.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    environment = {**os.environ, "PYTHONPATH": str(package.parent), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    environment.pop("COMMITGRAPH_HOME", None)
    ask = f"ASK {{ {MARK} }}"
    question = f"import commitgraph; print(bool(commitgraph.load().query({ask!r})))"

    def marked() -> bool:
        told = subprocess.run(
            [sys.executable, "-c", question], env=environment, check=True, capture_output=True, text=True
        )
        return told.stdout.strip() == "True"

    assert not marked()
    (kept,) = (tmp_path / "cache" / "commitgraph").iterdir()
    with kept.open("a", encoding="utf-8") as file:
        file.write(MARK)
    assert marked()
    with (package / "dates.py").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert not marked()
    with kept.open("a", encoding="utf-8") as file:
        file.write(MARK)
    assert marked()
    with (home / "data" / "parties" / "example.ttl").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert not marked()
