"""`commitgraph explain`."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent
from typing import Annotated

import typer

from commitgraph.cli.ask import Format, engine
from commitgraph.cli.output import Failure, say, show, show_json
from commitgraph.disclosure.catalogue import Check, checks, named
from commitgraph.disclosure.explanation import Explanation
from commitgraph.disclosure.explanation import explain as explained
from commitgraph.near import did_you_mean


def explain(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="CODE…", help="Codes or names of checks, as findings carry them."),
    ] = None,
    catalogue: Annotated[bool, typer.Option("--list", help="List all checks.")] = False,
    form: Format = "table",
) -> None:
    """Explain checks of `commitgraph validate`: what they look for, why, what to do, with examples.

    Exit code 1: there is no such check.

    Example: commitgraph explain CG411

    Example: commitgraph explain missing-reason CG139

    Example: commitgraph explain --list
    """
    if catalogue == bool(names):
        raise Failure("expected codes or names of checks, or --list: such as `commitgraph explain CG411`")
    if names is None:
        _list(form)
        return
    found = [explained(_check(name), engine()) for name in names]
    if form == "json":
        show_json([one.to_dict() for one in found])
        return
    for number, one in enumerate(found):
        if number:
            say("")
        for line in _lines(one):
            say(line)


def _check(name: str) -> Check:
    check = named(name)
    if check is None:
        todo = did_you_mean(name, [check.name for check in checks()]) or "see `commitgraph explain --list`"
        raise Failure(f"expected the code or name of a check, got {name!r}: {todo}", code=1)
    return check


def _list(form: str) -> None:
    if form == "json":
        show_json([check.to_dict() for check in checks()])
        return
    rows = [
        (check.code, check.name, check.severity, " ".join(check.profiles) or "always", check.summary)
        for check in checks()
    ]
    show(("code", "name", "severity", "profile", "what it says"), rows)


def _lines(one: Explanation) -> Iterator[str]:
    check, reason = one.check, one.reason
    by = f"by the profile {' or '.join(check.profiles)}" if check.profiles else "whatever the profile"
    yield f"{check.code} {check.name}"
    yield f"  {check.severity}, found {by}"
    yield ""
    yield f"What it says: {check.summary}"
    yield f"What to do: {check.hint}"
    for limit in check.known_limits:
        yield f"Known limit: {limit}"
    if reason:
        yield f"Why: {reason.instrument.label}, {reason.locator}: {reason.summary}"
        for source in reason.sources:
            yield f"  {source.title}{': ' if source.url else ''}{source.url}"
    else:
        yield "Why: the check names no provision that it rests on."
    for outcome, text in (("fails", one.failing), ("passes", one.passing)):
        if text:
            yield ""
            yield f"An example that {outcome} (what it says of the organisation is made up):"
            yield ""
            yield indent(text.rstrip("\n"), "    ")
