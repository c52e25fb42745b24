"""The command `commitgraph`: one module a verb, each a thin layer over the same functions as the pages.

Here lives what a terminal shows and which exit code a script gets. What the answer is, the rooms below say.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import typer

from commitgraph.cli.output import Failure
from commitgraph.dataset import DataError
from commitgraph.dates import DateError
from commitgraph.engine import QueryError

#: The verbs, in the order in which the help lists them; each is a function in a module of its name.
_VERBS = (
    "query",
    "queries",
    "who",
    "pledges",
    "compare",
    "search",
    "validate",
    "explain",
    "template",
    "convert",
    "fields",
    "schema",
    "shapes",
    "check",
    "passage",
    "format",
    "verify",
    "quote",
    "coverage",
    "stats",
    "serve",
    "version",
    "new",
)


def application(verb: str = "") -> typer.Typer:
    """The command with all its verbs; with one only where `verb` names it.

    To import what all verbs need takes as long as a short answer.
    """
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

    for name in (verb,) if verb in _VERBS else _VERBS:
        module = import_module(f"commitgraph.cli.{name}")
        if name == "new":
            app.add_typer(module.new, name=name)
        else:
            # `format` is the name of a function of Python.
            run = getattr(module, name if name != "format" else "format_")
            app.command(name, epilog=getattr(module, "EPILOG", None))(run)
    return app


def main() -> None:
    """Entry point. Exit codes: 0 done, 1 done and the answer is no, 2 could not do it."""
    try:
        application(next(iter(sys.argv[1:]), ""))()
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
