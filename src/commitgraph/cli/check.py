"""`commitgraph check`."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from commitgraph import checks
from commitgraph.checks.finding import brief
from commitgraph.cli.output import Failure, progress, say, show, show_json
from commitgraph.home import home


def check(
    names: Annotated[list[str] | None, typer.Argument(help="Checks to run; all if left out.")] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--data", help="Folder with ontology/ and data/; the shipped one if left out."),
    ] = None,
    fast: Annotated[
        bool, typer.Option("--fast", help=f"Leave out the slow checks: {', '.join(checks.SLOW)}.")
    ] = False,
    notes: Annotated[
        bool, typer.Option("--notes", help="Print the notes too, not only their number.")
    ] = False,
    format_: Annotated[Literal["text", "json"], typer.Option("--format", help="How to print.")] = "text",
) -> None:
    """Look after the graph's own health: form, sources, shapes, logic, counts, wording, saved questions.

    Exit code 0: in health; 1: faults were found; 2: the checks could not run.

    Example: commitgraph check

    Example: commitgraph check --fast

    Example: commitgraph check stable-form rolls --data ~/my-checkout
    """
    root = (folder or home()).resolve()
    if not (root / "ontology").is_dir() or not (root / "data").is_dir():
        raise Failure(f"--data: expected a folder with ontology/ and data/ in it, got {root}")
    try:
        with progress("checking") as tell, _without_collecting():
            report = checks.run(root, names or (), tell, fast=fast, two_processes=not names)
    except ValueError as error:
        raise Failure(str(error)) from None
    if format_ == "json":
        show_json(_as_dict(report))
    else:
        _print(report, everything=bool(names), notes=notes or bool(names))
    if not report.healthy:
        raise typer.Exit(1)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile: there is hardly any, and looking takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _as_dict(report: checks.Report) -> dict[str, object]:
    return {
        "healthy": report.healthy,
        "checks": [
            {
                "name": outcome.name,
                "expects": outcome.expects,
                "errors": outcome.errors,
                "notes": len(outcome.findings) - outcome.errors,
                "skipped": outcome.skipped or None,
                "seconds": round(outcome.seconds, 3),
            }
            for outcome in report.outcomes
        ],
        "findings": [finding.as_dict() for finding in report.findings],
    }


def _print(report: checks.Report, *, everything: bool, notes: bool) -> None:
    """Print the report: errors, then notes, then the checks that have something to say, then the verdict.

    Args:
        report: what the checks found.
        everything: list the checks that found nothing too.
        notes: print the notes, not only their number.
    """
    errors = [finding for finding in report.findings if finding.level == "error"]
    remarks = [finding for finding in report.findings if finding.level == "note"]
    for finding in [*errors, *(remarks if notes else ())]:
        place = f"{finding.file}:{finding.line}" if finding.line else finding.file or "the graph"
        say(f"{place}: {finding.level} ({finding.check}) {brief(finding.subject)}".rstrip())
        say(f"  expected: {finding.expected}")
        say(f"  got:      {finding.got}")
        say(f"  to do:    {finding.todo}")
        say("")
    told = [
        outcome for outcome in report.outcomes if outcome.findings or (everything and not outcome.skipped)
    ]
    if told:
        show(
            ("check", "outcome", "expects"),
            [(outcome.name, _state(outcome), outcome.expects) for outcome in told],
        )
        say("")
    for reason, names in _not_run(report).items():
        say(f"not run, {reason}: {', '.join(names) if len(names) <= _FEW else _many(len(names), 'check')}")
    if remarks and not notes:
        say(f"{_many(len(remarks), 'note')} on known points: `commitgraph check --notes` prints them")
    skipped = sum(bool(outcome.skipped) for outcome in report.outcomes)
    verdict = "not in health"
    if report.healthy:
        verdict = "in health" + (", as far as the checks were run" if skipped else "")
    say(
        f"{_many(len(report.outcomes), 'check')}, {_many(len(errors), 'error')}, "
        f"{_many(len(remarks), 'note')}, {skipped} not run: {verdict}"
    )


#: So many checks that were not run are named; of more their number is told.
_FEW = 5


def _not_run(report: checks.Report) -> dict[str, list[str]]:
    """The checks that were not run, by the reason."""
    found: dict[str, list[str]] = {}
    for outcome in report.outcomes:
        if outcome.skipped:
            found.setdefault(outcome.skipped, []).append(outcome.name)
    return found


def _state(outcome: checks.Outcome) -> str:
    if outcome.errors:
        return _many(outcome.errors, "error")
    return _many(len(outcome.findings), "note") if outcome.findings else "ok"


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
