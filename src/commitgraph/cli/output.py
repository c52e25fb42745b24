"""What all verbs print with: tables, JSON, errors."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text


class Failure(Exception):
    """The command could not do what was asked. The message says what was expected, what was got, what to do.

    Attributes:
        code: exit code: 2 could not do it, 1 the answer is "not found".
    """

    def __init__(self, message: str, code: int = 2) -> None:
        super().__init__(message)
        self.code = code


def console() -> Console:
    """A console on standard output; no colour and no truncation when it is piped."""
    if sys.stdout.isatty():
        return Console(highlight=False)
    return Console(highlight=False, no_color=True, width=200, soft_wrap=True)


def show(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> None:
    """Print a table: aligned on a terminal, tab-separated lines with a header when piped."""
    if not sys.stdout.isatty():
        if title:
            print(title)
        print("\t".join(columns))
        for row in rows:
            print("\t".join(_one_line(cell) for cell in row))
        return
    table = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    console().print(table)


def show_json(value: Any) -> None:
    """Print `value` as indented JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def say(text: str) -> None:
    """Print a line of text, safe for a terminal."""
    console().print(Text(printable(text)))


@contextmanager
def progress(title: str) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar on standard error while work goes on, if that is a terminal.

    Gives a function to be told what is being done, how much is done, and how much there is to do.
    """
    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task(title, total=None)

        def tell(step: str, done: int, total: int) -> None:
            bar.update(task, description=f"{title}: {printable(step)}", completed=done, total=total)

        yield tell


class Notes:
    """Numbers sources in a table and prints the list of them below it."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def refer(self, lines: Iterable[str]) -> str:
        """Numbers for `lines`, each source keeping the one it first got."""
        marks = {self._numbers.setdefault(line, len(self._numbers) + 1) for line in lines}
        return " ".join(f"[{mark}]" for mark in sorted(marks))

    def show(self, title: str = "Sources") -> None:
        """Print the numbered sources."""
        if self._numbers:
            say(title)
        for line, number in self._numbers.items():
            say(f"  [{number}] {line}")


def write_whole(path: Path, content: Iterable[bytes]) -> None:
    """Put the pieces of `content` in the place of the file at once, so that a break never leaves half a file.

    Raises:
        OSError: the file cannot be written.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():  # a device is written to and never replaced
        with target.open("wb") as device:
            device.writelines(content)
        return
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
    try:
        with os.fdopen(descriptor, "wb") as new:
            new.writelines(content)
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def give(content: bytes, out: Path | None, *, binary: bool = False) -> None:
    """Give out a file that was made: to `out`, or to standard output.

    Args:
        content: of the file.
        out: where it goes; standard output when None.
        binary: whether it would be of no use on a terminal.

    Raises:
        Failure: it cannot be written, would go to a terminal, or would take the place of a file in which
            somebody may have written.
    """
    if out is None:
        if binary and sys.stdout.isatty():
            raise Failure("expected --out FILE: a workbook is not for a terminal")
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    if out.is_file():
        raise Failure(f"--out: {out} is there already, and what it holds would be lost; name another file")
    write_out(out, [content], "--out")


def write_out(path: Path, content: Iterable[bytes], option: str) -> None:
    """Write a file that an option of the command names.

    Raises:
        Failure: it cannot be written.
    """
    try:
        write_whole(path, content)
    except OSError as error:
        raise Failure(
            f"{option}: expected a file that can be written, got {path}: {error.strerror}; "
            "name one in a folder that exists and is yours to write in"
        ) from None


def printable(text: str) -> str:
    """`text` without control characters, so that no file or endpoint can steer the terminal."""
    return "".join(c if c in "\n\t" or c.isprintable() else "\ufffd" for c in text)


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())
