"""Where the files of the graph lie: beside the checkout's `src/`, or inside an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def home() -> Path:
    """Folder that holds `ontology/`, `data/` and `queries/`.

    Raises:
        FileNotFoundError: the installation carries no data (a broken wheel).
    """
    package = Path(__file__).resolve().parent
    for folder in (package.parents[1], package / "_share"):
        if (folder / "ontology").is_dir() and (folder / "data").is_dir():
            return folder
    raise FileNotFoundError(
        f"expected the folders ontology/ and data/ beside {package.parents[1]} or in {package / '_share'}; "
        "found neither: install commitgraph again, or run it from a full checkout"
    )
