"""`commitgraph validate`."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from commitgraph import __version__
from commitgraph.cli.output import Failure, write_out
from commitgraph.disclosure import Report, Severity, baseline, inputs, judge_path
from commitgraph.disclosure.baseline import BaselineError
from commitgraph.disclosure.judge import STDIN, judge_bytes, known_profiles
from commitgraph.disclosure.reading.source import MAX_BYTES
from commitgraph.disclosure.reports import FORMATS, render
from commitgraph.disclosure.shapes import SEVERITIES, USUAL


def validate(  # noqa: PLR0913, PLR0917  (an option each)
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, patterns, or - for standard input."),
    ],
    profile: Annotated[
        list[str] | None,
        typer.Option(
            help=f"What to judge by. May be given again. Default: {', '.join(USUAL)}.",
        ),
    ] = None,
    format: Annotated[str, typer.Option(help=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}.")] = "text",
    output: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the report there instead of to standard output."),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Show all findings of one code in text, not only the first in a file."),
    ] = False,
    known: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Findings that are known and make no file fail."),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the findings of now there, as known for a year."),
    ] = None,
    fail_on: Annotated[
        str, typer.Option(help="Severity from which on a file fails: violation, warning or info.")
    ] = "violation",
) -> None:
    """Check whether disclosure files are well-formed and consistent, answer for promises, and show sources.

    A file is the word of the company, or with `prepared-by: {name: …, url: …}` an account by somebody
    else. Statuses are implemented, in-progress, planned, not-done, not-applicable and withheld; in an
    account by somebody else also no-information. Nothing here says that a promise was kept.

    A finding does not make its file fail when a comment on its line or the line above allows it:
    `# commitgraph: allow CODE until YYYY-MM-DD: reason`; or when it is in the baseline. It is still shown.

    Exit codes: 0 nothing as grave as --fail-on was found, 1 something was, 2 a file could not be judged.

    Example: commitgraph validate report.yaml

    Example: commitgraph validate report.yaml --profile core

    Example: commitgraph validate reports --format sarif --output findings.sarif
    """
    if format not in FORMATS:
        raise Failure(f"--format: expected one of {', '.join(FORMATS)}, got {format!r}")
    if known and write_baseline:
        raise Failure("expected --baseline or --write-baseline, got both: the first reads, the second writes")
    threshold = _severity(fail_on)
    try:
        profiles = known_profiles(profile or USUAL)
        before = baseline.read(known) if known else None
    except ValueError as error:
        raise Failure(f"--profile: {error}") from None
    except BaselineError as error:
        raise Failure(f"--baseline: {error}") from None
    files, problems = inputs.find(path for path in paths if path != "-")
    reports = []
    if "-" in paths:
        reports.append(judge_bytes(STDIN, sys.stdin.buffer.read(MAX_BYTES + 1), profiles))
    bar = Console(stderr=True)
    for file in track(files, "Checking", console=bar, disable=not bar.is_terminal, transient=True):
        reports.append(judge_path(str(file.path), profiles, within=file.within))
    report = Report(tuple(reports), profiles, threshold)
    today = datetime.now(UTC).date()
    if write_baseline and reports:
        before = baseline.from_report(report, write_baseline, today)
        write_out(write_baseline, before.text().encode(), "--write-baseline")
    notes = []
    if before:
        notes = _out_of_date(before, report, today)
        report = before.applied_to(report, today)
    if reports:
        text = render(report, format, version=__version__, width=_width(), everything=everything)
        _give(text, output)
    for problem in (*notes, *problems):
        print(f"commitgraph: {problem}", file=sys.stderr)
    if problems or report.unreadable:
        raise typer.Exit(2)
    if not report.conforms:
        raise typer.Exit(1)


def _give(text: str, output: Path | None) -> None:
    if output is None:
        print(text, end="")
    else:
        write_out(output, text.encode(), "--output")


def _width() -> int:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 80


def _out_of_date(before: baseline.Baseline, report: Report, today: date) -> list[str]:
    """What is to be told of a baseline that no longer fits."""
    if before.until < today:
        return [f"the baseline held until {before.until}: all findings count; write it anew or mend them"]
    gone = before.gone(report)
    if not gone:
        return []
    are = "1 known finding is" if gone == 1 else f"{gone:,} known findings are"
    return [f"{are} not among the findings of now; write the baseline anew to leave out what is mended"]


def _severity(name: str) -> Severity:
    for severity in SEVERITIES:
        if severity == name:
            return severity
    raise Failure(f"--fail-on: expected one of {', '.join(SEVERITIES)}, got {name!r}")
