"""`commitgraph validate`."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from commitgraph import __version__
from commitgraph.cli.output import Failure, console, progress, write_out
from commitgraph.disclosure import Report, Severity, baseline, inputs, workers
from commitgraph.disclosure.baseline import BaselineError
from commitgraph.disclosure.engines import ENGINES, EngineName
from commitgraph.disclosure.judge import known_profiles
from commitgraph.disclosure.opening import STDIN
from commitgraph.disclosure.reading.source import MAX_BYTES
from commitgraph.disclosure.reports import FORMATS, rendered
from commitgraph.disclosure.shapes import SEVERITIES, USUAL
from commitgraph.disclosure.spool import Spool
from commitgraph.disclosure.workers import Task


def validate(  # noqa: PLR0912, PLR0913, PLR0917  (an option each)
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
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="How many files are judged at the same time. Default: one a processor."),
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="How long the judging of one file may take.")
    ] = 60,
    engine: Annotated[
        str,
        typer.Option(help=f"{' or '.join(ENGINES)}: both find the same; pyshacl is the slow reference."),
    ] = ENGINES[0],
    watch: Annotated[
        bool, typer.Option("--watch", help="Judge again whenever a file changes, until Ctrl-C.")
    ] = False,
) -> None:
    """Check whether disclosure files are well-formed and consistent, answer for promises, and show sources.

    A file is the word of the company, or with `prepared-by: {name: …, url: …}` an account by somebody
    else. Statuses are implemented, in-progress, planned, not-done, not-applicable and withheld; in an
    account by somebody else also no-information. Nothing here says that a promise was kept.

    A finding does not make its file fail when a comment on its line or the line above allows it:
    `# commitgraph: allow CODE until YYYY-MM-DD: reason`; or when it is in the baseline. It is still shown.

    Exit codes: 0 nothing as grave as --fail-on was found, 1 something was, 2 a file could not be judged.
    With --watch: that of the last report.

    Example: commitgraph validate report.yaml

    Example: commitgraph validate report.yaml --profile core

    Example: commitgraph validate reports --format sarif --output findings.sarif
    """
    given = {**locals(), "watch": False}
    if watch:
        _watch(partial(validate, **given), paths, output)
    if format not in FORMATS:
        raise Failure(f"--format: expected one of {', '.join(FORMATS)}, got {format!r}")
    if known and write_baseline:
        raise Failure("expected --baseline or --write-baseline, got both: the first reads, the second writes")
    threshold = _severity(fail_on)
    judging = _engine(engine)
    try:
        profiles = known_profiles(profile or USUAL)
        before = baseline.read(known) if known else None
    except ValueError as error:
        raise Failure(f"--profile: {error}") from None
    except BaselineError as error:
        raise Failure(f"--baseline: {error}") from None
    files, problems = inputs.find(path for path in paths if path != "-")
    tasks = _tasks(files, stdin="-" in paths)
    reports = Spool()
    if tasks:
        places = min(len(tasks), jobs or os.cpu_count() or 1)
        with progress("Checking") as tell:
            done = workers.judged(tasks, profiles, engine=judging, jobs=places, seconds=timeout)
            for task, packed in zip(tasks, done, strict=True):
                reports.add(packed)
                tell(task.name, len(reports), len(tasks))
    report = Report(reports, profiles, threshold)
    today = datetime.now(UTC).date()
    if write_baseline and reports:
        before = baseline.from_report(report, write_baseline, today)
        write_out(write_baseline, [before.text().encode()], "--write-baseline")
    notes = []
    if before:
        notes = _out_of_date(before, report, today)
        report = before.applied_to(report, today)
    if reports:
        _give(rendered(report, format, version=__version__, width=_width(), everything=everything), output)
    for problem in (*notes, *problems):
        print(f"commitgraph: {problem}", file=sys.stderr)
    if problems or report.unreadable:
        raise typer.Exit(2)
    if not report.conforms:
        raise typer.Exit(1)


def _watch(judge: Callable[[], None], paths: list[str], output: Path | None) -> NoReturn:
    """Judge at once and after each change until Ctrl-C, and end with the code of the last report."""
    # Imported here: who judges once need not wait for it.
    from commitgraph.disclosure.watching import changes  # noqa: PLC0415

    if "-" in paths:
        raise Failure("--watch: expected files and folders, got -: standard input can be read only once")
    code = None
    try:
        for _ in changes(paths, [output] if output else []):
            console().clear()  # does nothing where no terminal is
            try:
                judge()
                code = 0
            except typer.Exit as end:
                code = end.exit_code
            sys.stdout.flush()
            now = f"{datetime.now().astimezone():%H:%M:%S}"
            told = f"commitgraph: judged at {now}; waiting for a change, Ctrl-C ends"
            print(told, file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        if code is None:
            raise
    raise typer.Exit(code or 0)


def _tasks(files: Iterable[inputs.Found], *, stdin: bool) -> list[Task]:
    tasks = []
    if stdin:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)  # here, where Ctrl-C ends the waiting for it
        tasks.append(Task(STDIN, lambda: data))
    return tasks + [Task(str(file.path), partial(inputs.content, file.path, file.within)) for file in files]


def _give(pieces: Iterable[str], output: Path | None) -> None:
    if output is None:
        sys.stdout.writelines(pieces)
    else:
        write_out(output, (piece.encode() for piece in pieces), "--output")


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


def _engine(name: str) -> EngineName:
    for engine in ENGINES:
        if engine == name:
            return engine
    raise Failure(f"--engine: expected one of {', '.join(ENGINES)}, got {name!r}")


def _severity(name: str) -> Severity:
    for severity in SEVERITIES:
        if severity == name:
            return severity
    raise Failure(f"--fail-on: expected one of {', '.join(SEVERITIES)}, got {name!r}")
