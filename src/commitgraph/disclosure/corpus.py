"""The example disclosures of `tests/disclosures/`: good ones, and bad ones with one fault each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from commitgraph.disclosure.shapes import USUAL
from commitgraph.disclosure.shapes import profiles as all_profiles
from commitgraph.home import home

#: The day for which the examples were written: on another one, some are out of date or of the future.
WRITTEN_FOR = date(2026, 11, 21)
#: How the names of examples start that are judged as where nobody chooses profiles: the evasive ones, and
#: honest ones.
AS_USUAL = ("evasive", "usual")


def folder() -> Path:
    """Where the examples stand."""
    return home() / "tests" / "disclosures"


def files(kind: str) -> list[Path]:
    """Example files of a kind, `good` or `bad`."""
    return sorted(p for p in (folder() / kind).iterdir() if not p.name.endswith(".expected.json"))


def profiles(path: Path) -> tuple[str, ...]:
    """What an example is judged by: its first line says so, or what its name starts with."""
    line = path.read_bytes().partition(b"\n")[0]
    if line.startswith(b"# profiles: "):
        return tuple(line.decode().split()[2:])
    first = path.name.partition("-")[0]
    if first in AS_USUAL:
        return USUAL
    return ("core", first) if first in all_profiles() else ("core",)
