"""`commitgraph validate`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from commitgraph.cli.output import Failure, show_json
from commitgraph.disclosure import Report, Severity, inputs, judge_path, report_text
from commitgraph.disclosure.judge import STDIN, judge_bytes, known_profiles
from commitgraph.disclosure.reading.source import MAX_BYTES
from commitgraph.disclosure.shapes import SEVERITIES

_FORMATS = ("text", "json")


def validate(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, patterns, or - for standard input."),
    ],
    profile: Annotated[
        list[str] | None,
        typer.Option(help="What to judge by: core, coverage. May be given again. Default: core."),
    ] = None,
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
    fail_on: Annotated[
        str, typer.Option(help="Severity from which on a file fails: violation, warning or info.")
    ] = "violation",
) -> None:
    """Check whether disclosure files are well-formed and consistent, and what they leave out.

    A file is the word of the company, or with `prepared-by: {name: …, url: …}` an account by somebody
    else. Statuses are implemented, in-progress, planned, not-done and not-applicable; in an account by
    somebody else also no-information. Nothing here says that a promise was kept.

    Exit codes: 0 nothing as grave as --fail-on was found, 1 something was, 2 a file could not be judged.

    Example: commitgraph validate report.yaml --profile core --profile coverage
    """
    if format not in _FORMATS:
        raise Failure(f"--format: expected one of {', '.join(_FORMATS)}, got {format!r}")
    threshold = _severity(fail_on)
    try:
        profiles = known_profiles(profile or ["core"])
    except ValueError as error:
        raise Failure(f"--profile: {error}") from None
    files, problems = inputs.find(path for path in paths if path != "-")
    reports = []
    if "-" in paths:
        reports.append(judge_bytes(STDIN, sys.stdin.buffer.read(MAX_BYTES + 1), profiles))
    bar = Console(stderr=True)
    for file in track(files, "Checking", console=bar, disable=not bar.is_terminal, transient=True):
        reports.append(judge_path(str(file.path), profiles, within=file.within))
    if reports:
        report = Report(tuple(reports), profiles, threshold)
        if format == "json":
            show_json(report.to_dict())
        else:
            print("\n".join(report_text.lines(report)))
    for problem in problems:
        print(f"commitgraph: {problem}", file=sys.stderr)
    if problems or report.unreadable:
        raise typer.Exit(2)
    if not report.conforms:
        raise typer.Exit(1)


def _severity(name: str) -> Severity:
    for severity in SEVERITIES:
        if severity == name:
            return severity
    raise Failure(f"--fail-on: expected one of {', '.join(SEVERITIES)}, got {name!r}")
