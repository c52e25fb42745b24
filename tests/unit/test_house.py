"""The house stays in order: few rooms at the top, a word in each folder, planted faults that fit the code."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import commitgraph
from tests.mutations import run as mutations

PACKAGE = Path(commitgraph.__file__).parent
FOLDERS = sorted(path.parent for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE)


def test_there_are_at_most_twenty_rooms_at_the_top_of_the_package() -> None:
    rooms = {
        path.name
        for path in PACKAGE.iterdir()
        if (path.suffix == ".py" and not path.name.startswith("__")) or (path / "__init__.py").is_file()
    }
    assert len(rooms) <= 20, sorted(rooms)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_folder_says_what_lives_there(folder: Path) -> None:
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert "Here live" in said


@pytest.mark.parametrize("mutation", mutations.read(), ids=lambda mutation: mutation.name)
def test_each_planted_fault_still_fits_the_code(mutation: mutations.Mutation) -> None:
    assert mutations.planted(mutation)


def test_no_two_planted_faults_are_the_same() -> None:
    listed = mutations.read()
    assert len({(m.file, m.find, m.put) for m in listed}) == len({m.name for m in listed}) == len(listed)
