"""The command, run in this process: a new process would read the data again for each test."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from unittest.mock import patch

from commitgraph.cli import main


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run `commitgraph` with these arguments, through the function that the installed command calls.

    Args:
        arguments: what follows the name of the command.
        stdin: what it finds on standard input.

    Returns:
        Its exit code and what it printed, as of a new process whose streams are no terminals.
    """
    given, out, err = (_stream(content) for content in (stdin, "", ""))
    code = 0
    with (
        patch.object(sys, "argv", ["commitgraph", *arguments]),
        patch.object(sys, "stdin", given),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    return subprocess.CompletedProcess(list(arguments), code, _written(out), _written(err))


def _stream(content: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content.encode()), encoding="utf-8")


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
