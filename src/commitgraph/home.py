"""Where the files of the graph lie: beside the checkout's `src/`, or inside an installed wheel."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


def home() -> Path:
    """Folder that holds `ontology/`, `data/` and `queries/`.

    The environment variable COMMITGRAPH_HOME names another folder than the shipped one.

    Raises:
        FileNotFoundError: COMMITGRAPH_HOME names no such folder, or the installation carries no data
            (a broken wheel).
    """
    return _home(os.environ.get("COMMITGRAPH_HOME", ""))


@cache
def shipped() -> Path | None:
    """Folder of the data that came with the code; None where it came without (a broken wheel)."""
    return next((folder for folder in _places() if _is_home(folder)), None)


@cache
def _home(chosen: str) -> Path:
    if chosen:
        folder = Path(chosen).resolve()
        if _is_home(folder):
            return folder
        raise FileNotFoundError(f"COMMITGRAPH_HOME: expected a folder with ontology/ and data/, got {chosen}")
    found = shipped()
    if found is None:
        beside, within = _places()
        raise FileNotFoundError(
            f"expected the folders ontology/ and data/ beside {beside} or in {within}; "
            "found neither: install commitgraph again, or run it from a full checkout"
        )
    return found


def _places() -> tuple[Path, Path]:
    """Where data come with the code: a checkout, and a folder inside an installed package."""
    package = Path(__file__).resolve().parent
    return package.parents[1], package / "_share"


def _is_home(folder: Path) -> bool:
    return (folder / "ontology").is_dir() and (folder / "data").is_dir()
