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
def _home(chosen: str) -> Path:
    if chosen:
        folder = Path(chosen).resolve()
        if (folder / "ontology").is_dir() and (folder / "data").is_dir():
            return folder
        raise FileNotFoundError(f"COMMITGRAPH_HOME: expected a folder with ontology/ and data/, got {chosen}")
    package = Path(__file__).resolve().parent
    for folder in (package.parents[1], package / "_share"):
        if (folder / "ontology").is_dir() and (folder / "data").is_dir():
            return folder
    raise FileNotFoundError(
        f"expected the folders ontology/ and data/ beside {package.parents[1]} or in {package / '_share'}; "
        "found neither: install commitgraph again, or run it from a full checkout"
    )
