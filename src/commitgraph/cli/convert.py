"""`commitgraph convert`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from commitgraph.cli.output import Failure, give
from commitgraph.disclosure.opening import STDIN
from commitgraph.disclosure.reading.source import MAX_BYTES
from commitgraph.disclosure.reports.text import finding_lines
from commitgraph.disclosure.writing.conversion import (
    TARGETS,
    Conversion,
    NotHeld,
    NotRead,
    convert_bytes,
)
from commitgraph.disclosure.writing.conversion import convert as converted


def convert(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A disclosure, or - for standard input.")],
    to: Annotated[str, typer.Option(metavar="FORMAT", help=f"One of {', '.join(TARGETS)}.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write it there instead of to standard output."),
    ] = None,
) -> None:
    """Write a disclosure file in another format, with all that it says.

    What was written is read again and compared. Where the format cannot hold something, or the file has an
    unknown field or a fault of form, nothing is written and the command says what and where. Comments, the
    columns called note, and those comments that allow a finding are left behind; a YAML, CSV or XLSX file
    that is asked for in its own format is given out as it is.

    In RDF (jsonld, turtle, trig, ntriples, nquads, rdfxml) names are written as the addresses that the
    checker finds for them, so that other SHACL engines read the same.

    Exit code 2: it was not converted.

    Example: commitgraph convert report.yaml --to ntriples

    Example: commitgraph convert answers.xlsx --to yaml --out report.yaml
    """
    try:
        done = _converted(file, to)
    except ValueError as error:
        raise Failure(f"--to: {error}") from None
    except NotHeld as error:
        raise Failure(f"{file}: {error}") from None
    except NotRead as error:
        width = shutil.get_terminal_size().columns if sys.stderr.isatty() else 80
        for finding in error.report.findings:
            print("\n".join(finding_lines(finding, error.report, width)), end="\n\n", file=sys.stderr)
        raise Failure(f"{file}: not converted: mend what is found above, so that nothing is lost") from None
    give(done.data, out, binary=to == "xlsx")
    if done.comments:
        told = "1 comment was" if done.comments == 1 else f"{done.comments:,} comments were"
        allowing = f", {done.allowing:,} of them allowing a finding" if done.allowing else ""
        print(f"commitgraph: {told} left behind{allowing}", file=sys.stderr)


def _converted(file: str, to: str) -> Conversion:
    if file == "-":
        return convert_bytes(STDIN, sys.stdin.buffer.read(MAX_BYTES + 1), to)
    return converted(file, to)
