"""The example files of `tests/disclosures/`, with the report that is expected for each.

Run as a script, it writes the expected reports anew; then read the difference.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from commitgraph.disclosure import judge_file_bytes
from commitgraph.disclosure.corpus import WRITTEN_FOR, files, folder, profiles

__all__ = ["FOLDER", "TODAY", "expected", "files", "profiles", "report"]

FOLDER = folder()
TODAY = WRITTEN_FOR


@cache
def report(path: Path) -> dict[str, Any]:
    """The report on an example, on a fixed day."""
    return judge_file_bytes(path.name, path.read_bytes(), profiles(path), TODAY)


def expected(path: Path) -> Path:
    """Where the expected report stands."""
    return path.with_name(path.name + ".expected.json")


if __name__ == "__main__":
    for example in files("bad"):
        text = json.dumps(report(example), ensure_ascii=False, indent=2)
        expected(example).write_text(text + "\n", encoding="utf-8")
