"""Checking company disclosures: form, consistency, promises left out, and how much names evidence.

Data flows one way: guard and read (`reading/`), resolve names, enclose, slice of the graph, judge by the
shapes, locate, mark what a comment allows, report (`reports/`). Here lives all that looks at a stranger's
file; what the shapes demand is written in `ontology/shapes/`. :func:`validate` is the face for Python,
:func:`judge_file_bytes` the one for a worker process of the web service.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from os import PathLike
from pathlib import Path

import pyoxigraph as ox

from commitgraph.disclosure import background, inputs
from commitgraph.disclosure.judge import (
    judge_bytes,
    judge_file_bytes,
    known_profiles,
    unreadable,
)
from commitgraph.disclosure.opening import check_format
from commitgraph.disclosure.reading.source import Refused
from commitgraph.disclosure.report import Account, Asked, FileReport, Finding, Report, Suppression
from commitgraph.disclosure.shapes import SEVERITIES, USUAL, Severity

__all__ = [
    "Account",
    "Asked",
    "FileReport",
    "Finding",
    "Report",
    "Severity",
    "Suppression",
    "judge_file_bytes",
    "validate",
]

Named = str | PathLike[str]


def validate(
    paths: Named | Iterable[Named],
    profiles: Sequence[str] = USUAL,
    *,
    fail_on: Severity = "violation",
    today: date | None = None,
) -> Report:
    """Judge disclosure files.

    Args:
        paths: one or more files, folders or patterns.
        profiles: names of the profiles to judge by; form, promises left out and sources when left out.
        fail_on: the severity from which on a file does not conform.
        today: the day of judging; now when None.

    Raises:
        FileNotFoundError: a name leads to no disclosure file.
        ValueError: a profile or severity is unknown.
    """
    chosen = known_profiles(profiles)
    if fail_on not in SEVERITIES:
        raise ValueError(f"expected one of {', '.join(SEVERITIES)}, got {fail_on!r}")
    named = [paths] if isinstance(paths, (str, PathLike)) else list(paths)
    files, problems = inputs.find(str(name) for name in named)
    if problems:
        raise FileNotFoundError("; ".join(problems))
    store = background.graph()
    reports = (judge_path(str(file.path), chosen, today, file.within, store) for file in files)
    return Report(tuple(reports), chosen, fail_on)


def judge_path(
    name: str,
    profiles: tuple[str, ...],
    today: date | None = None,
    within: Path | None = None,
    store: ox.Store | None = None,
) -> FileReport:
    """Judge one file of the file system, whatever state it is in.

    Args:
        name: of the file.
        profiles: names of the profiles to judge by, all of them known.
        today: the day of judging; now when None.
        within: the folder that a symbolic link must not lead out of; the file's own when None.
        store: the graph to judge against; the shipped data when None.
    """
    try:
        check_format(name)
        data = inputs.content(Path(name), within)
    except Refused as refusal:
        return unreadable(name, refusal)
    return judge_bytes(name, data, profiles, today, store)
