"""The command `commitgraph`: one module a verb, each a thin layer over the same functions as the pages.

Here lives what a terminal shows and which exit code a script gets. What the answer is, the rooms below say.
"""

from __future__ import annotations

import os
import sys

import typer

from commitgraph.cli import (
    check,
    compare,
    coverage,
    format,
    new,
    passage,
    pledges,
    queries,
    query,
    quote,
    search,
    serve,
    stats,
    validate,
    verify,
    version,
    who,
)
from commitgraph.cli.output import Failure
from commitgraph.dataset import DataError
from commitgraph.dates import DateError
from commitgraph.engine import QueryError

app = typer.Typer(
    name="commitgraph",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def commitgraph() -> None:
    """Ask, check and serve the graph of who promised what on artificial intelligence."""


app.command("query")(query.query)
app.command("queries")(queries.queries)
app.command("who")(who.who)
app.command("pledges")(pledges.pledges)
app.command("compare")(compare.compare)
app.command("search")(search.search)
app.command("validate")(validate.validate)
app.command("check")(check.check)
app.add_typer(new.new, name="new")
app.command("passage")(passage.passage)
app.command("format")(format.format_)
app.command("verify")(verify.verify)
app.command("quote")(quote.quote)
app.command("coverage")(coverage.coverage)
app.command("stats")(stats.stats)
app.command("serve", epilog=serve.EPILOG)(serve.serve)
app.command("version")(version.version)


def main() -> None:
    """Entry point. Exit codes: 0 done, 1 done and the answer is no, 2 could not do it."""
    try:
        app()
    except (Failure, DataError, DateError, QueryError, OSError) as error:
        print(f"commitgraph: {error}", file=sys.stderr)
        sys.exit(error.code if isinstance(error, Failure) else 2)
    except KeyboardInterrupt:
        sys.exit(130)


def command() -> None:
    """What `commitgraph` in a terminal runs: :func:`main`, then an end at once.

    Python would take the graph apart first, statement by statement, which is up to a tenth of the time of a
    command and of use to nobody.
    """
    try:
        main()
        code: object = 0
    except SystemExit as end:
        code = end.code or 0
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # whoever read the output has left
        code = code or 1
    os._exit(code if isinstance(code, int) else 1)
