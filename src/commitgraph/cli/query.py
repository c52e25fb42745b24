"""`commitgraph query`: run a saved question, a file, or a text."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path
from typing import Annotated

import typer

from commitgraph import questions
from commitgraph.cli.ask import day
from commitgraph.cli.ask import engine as embedded
from commitgraph.cli.output import Failure, printable, show
from commitgraph.engine import Engine, QueryError, Remote, Result, Term, formats
from commitgraph.find.names import Kind, LookupFailed, resolve
from commitgraph.iris import ID, shorten
from commitgraph.questions import CatalogueError, ParameterError, Question, UnknownQuestion
from commitgraph.views.whereabouts import beside

_AS_OF = "asof"
_LABEL = "Label"
_FORMATS = ("table", *formats.ROWS, *formats.GRAPHS)
#: What a caret line may show of a long line, to either side of the fault.
_AROUND = 60


def _format(text: str) -> str:
    if text not in _FORMATS:
        raise typer.BadParameter(f"expected one of {', '.join(_FORMATS)}; got {text!r}")
    return text


def query(  # noqa: PLR0913, PLR0917  (each option is one of the command's contract)
    what: Annotated[
        str,
        typer.Argument(metavar="NAME|FILE|-", help="A saved question, a file, or - for standard input."),
    ] = "",
    text: Annotated[str, typer.Option("-e", metavar="QUERY", help="The query itself.")] = "",
    param: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="A parameter of a saved question; may be repeated."),
    ] = None,
    as_of: Annotated[str, typer.Option(metavar="DATE", help="The day to speak for, as YYYY-MM-DD.")] = "",
    form: Annotated[
        str,
        typer.Option(
            "--format",
            parser=_format,
            metavar=f"[{'|'.join(_FORMATS)}]",
            help="A table for people, or a format of the W3C.",
        ),
    ] = "table",
    endpoint: Annotated[
        str, typer.Option(metavar="URL", help="Ask this SPARQL endpoint instead of the shipped data.")
    ] = "",
) -> None:
    """Run a saved question, a query file or a query text, here or on a SPARQL endpoint.

    Example: commitgraph query signatories --param instrument="Seoul Pledge" --as-of 2024-06-01
    """
    question = _question(what, text)
    engine: Engine = Remote(endpoint) if endpoint else embedded()
    values = _values(question, param or [], as_of)
    sparql = _bind(question, engine, values)
    try:
        result = engine.query(sparql)
    except QueryError as error:
        raise Failure(_explain(question.name, sparql, error)) from None
    _print(result, form)
    if result.kind != "boolean" and not len(result):
        print("commitgraph: the query ran and found nothing", file=sys.stderr)
    if not endpoint:
        told = beside(engine, question, values, found=bool(result))
        for note in filter(None, (told.answer, told.instead)):
            print(f"commitgraph: {printable(note)}", file=sys.stderr)


def _question(what: str, text: str) -> Question:
    """What is asked: a saved question, or a plain query that takes no parameters."""
    if bool(what) == bool(text):
        raise Failure("expected either the name of a saved question, a file or '-', or a query with -e")
    try:
        if text:
            return _plain("-e", text)
        if what == "-":
            return _plain("standard input", sys.stdin.read())
        if what in questions.names():
            return questions.get(what)
        path = Path(what)
        if path.is_file():
            return _plain(what, path.read_text(encoding="utf-8-sig"))
        if path.suffix or "/" in what:
            raise Failure(f"{what}: expected a query file, found none")
        return questions.get(what)
    except (UnknownQuestion, CatalogueError) as error:
        raise Failure(str(error)) from None
    except UnicodeDecodeError as error:
        raise Failure(f"{what}: expected a text in UTF-8, got other bytes at {error.start}") from None


def _plain(name: str, text: str) -> Question:
    """A reader's own query; with the header of a saved question its parameters work, too."""
    if text.lstrip().startswith("# question:"):
        return questions.parse(text, name)
    return Question(name, "", (), "", "", "", (), text)


def _values(question: Question, pairs: list[str], as_of: str) -> dict[str, str]:
    """The values of parameters that were given, by name."""
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise Failure(f"--param: expected NAME=VALUE, got {pair!r}")
        if name in values:
            raise Failure(f"--param: expected each parameter once, got {name!r} twice")
        values[name] = value
    on = day(as_of)
    if on:
        if not any(parameter.name == _AS_OF for parameter in question.parameters):
            able = [q.name for q in questions.questions() if any(p.name == _AS_OF for p in q.parameters)]
            raise Failure(f"--as-of: {question.name} speaks for no day; these do: {', '.join(able)}")
        values[_AS_OF] = str(on)
    return values


def _bind(question: Question, engine: Engine, values: dict[str, str]) -> str:
    def find(kind: Kind, name: str) -> str:
        return resolve(engine, kind, name)

    try:
        return question.bind(find, **values)
    except (ParameterError, LookupFailed) as error:
        raise Failure(str(error)) from None


def _explain(name: str, sparql: str, error: QueryError) -> str:
    """The fault with its place, its line and a caret below it."""
    # As the fault counts lines: not by splitlines(), which also ends lines at signs such as U+2028.
    lines = sparql.split("\n")
    if not error.line or not error.column or error.line > len(lines):
        return f"{name}: {error}"
    line, column = lines[error.line - 1], error.column - 1
    start = max(0, column - _AROUND)
    before, after = line[start:column].replace("\t", " "), line[column : column + _AROUND]
    shown = printable(before + after.replace("\t", " ").rstrip("\r"))
    caret = " " * _width(printable(before)) + "^"
    return f"{name}:{error.line}:{error.column}: {error.reason}\n  {shown}\n  {caret}"


def _width(text: str) -> int:
    """Columns of a terminal that `text` takes: two for the letters of Hangul and Han, none for accents."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _print(result: Result, form: str) -> None:
    if form == "table":
        _table(result)
        return
    try:
        document = formats.write(result, form)
    except formats.FormatError as error:
        raise Failure(f"--format: {error}") from None
    sys.stdout.buffer.write(document if document.endswith(b"\n") else document + b"\n")
    sys.stdout.flush()


def _table(result: Result) -> None:
    if result.kind == "boolean":
        print("yes" if result.boolean else "no")
    elif result.kind == "graph":
        table = result.as_rows()
        show(table.variables, [[_cell(row, name) for name in table.variables] for row in table])
    else:
        # A label stands beside the short name of its thing instead of in a column of its own.
        labelled = {v for v in result.variables if v + _LABEL in result.variables}
        columns = [v for v in result.variables if v.removesuffix(_LABEL) not in labelled or v in labelled]
        show(columns, [[_cell(row, name) for name in columns] for row in result])


def _cell(row: dict[str, Term], name: str) -> str:
    term = row.get(name)
    if term is None:
        return ""
    value = _short(term.value) if term.kind == "uri" else term.value
    label = row.get(name + _LABEL)
    return f"{label.value} ({value})" if label else value


def _short(iri: str) -> str:
    return iri.removeprefix(ID) if iri.startswith(ID) else shorten(iri)
