"""The example files of `tests/disclosures/`, with the report that is expected for each.

Run as a script, it writes the expected reports anew; then read the difference.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from commitgraph.disclosure import judge_file_bytes
from commitgraph.disclosure.shapes import USUAL
from commitgraph.disclosure.shapes import profiles as all_profiles

FOLDER = Path(__file__).resolve().parents[2] / "disclosures"
TODAY = date(2026, 11, 21)
#: How the names of examples start that are judged as where nobody chooses profiles: the evasive ones, and
#: honest ones.
AS_USUAL = ("evasive", "usual")


def files(kind: str) -> list[Path]:
    """Example files of a kind, `good` or `bad`."""
    return sorted(p for p in (FOLDER / kind).iterdir() if not p.name.endswith(".expected.json"))


def profiles(path: Path) -> tuple[str, ...]:
    """What an example is judged by: its first line says so, or what its name starts with."""
    line = path.read_bytes().partition(b"\n")[0]
    if line.startswith(b"# profiles: "):
        return tuple(line.decode().split()[2:])
    first = path.name.partition("-")[0]
    if first in AS_USUAL:
        return USUAL
    return ("core", first) if first in all_profiles() else ("core",)


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
