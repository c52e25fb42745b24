"""From what people name (files, folders, globs) to the files that are judged."""

from __future__ import annotations

import errno
import glob
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from commitgraph.disclosure.reading.notations import EXTENSIONS
from commitgraph.disclosure.reading.source import MAX_BYTES, Refused
from commitgraph.disclosure.report import clipped

# A pipe is never waited for; where the system does not know the flag, it has no named pipes in folders.
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_CALLED = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class Found(NamedTuple):
    """A file to judge.

    Attributes:
        path: how it is called.
        within: the folder that a symbolic link at this path must not lead out of.
    """

    path: Path
    within: Path


def find(named: Iterable[str]) -> tuple[list[Found], list[str]]:
    """The files behind some names, each once, in the order of the names.

    Returns:
        The files, and one sentence for every name that leads to none.
    """
    files: dict[Path, Found] = {}
    problems = []
    for name in named:
        try:
            found, problem = _behind(name)
        except OSError as error:
            found = []
            problem = f"expected a file, a folder or a pattern, got {_quoted(name)}: {_reason(error)}"
        if not found:
            problems.append(problem)
        for file in found:
            files.setdefault(file.path, file)
    return list(files.values()), problems


def folders(named: Iterable[str]) -> set[Path]:
    """The folders in which something happens when other files or contents come to be behind the names.

    What does not exist is waited for in the nearest folder above it that does.
    """
    found: set[Path] = set()
    for name in named:
        path = Path(name)
        whole = path.is_dir() or (glob.has_magic(name) and not path.exists())
        top = path if path.is_dir() else Path(*_fixed(path.parts)) if whole else path.parent
        while not top.is_dir():
            top = top.parent
        found |= {top, path.resolve().parent} if path.exists() else {top}
        if whole:
            below = (inner for inner in top.rglob("*") if inner.is_dir())
            found |= {inner for inner in below if not _hidden(inner.relative_to(top))}
    return found


def content(path: Path, within: Path | None = None) -> bytes:
    """The bytes of a regular file, never more than one beyond the limit.

    Args:
        path: the file.
        within: the folder that a symbolic link must not lead out of; the file's own when None.

    Raises:
        Refused: it is no regular file, lies elsewhere, cannot be opened, or is too large.
    """
    try:
        _refuse_outside(path, path.parent if within is None else within)
        # Looked at before it is opened: to open a device may already set it going.
        _refuse_irregular(path.stat())
        handle = os.open(path, _OPEN)
        with os.fdopen(handle, "rb") as file:
            state = os.fstat(handle)
            _refuse_irregular(state)
            data = b"" if state.st_size > MAX_BYTES else file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused("CG001", f"The file cannot be opened: {_reason(error)}.") from None
    except (ValueError, RuntimeError):  # a NUL in the name; a link that leads to itself (up to Python 3.12)
        raise Refused("CG001", "The file cannot be opened: its name leads nowhere.") from None
    if max(len(data), state.st_size) > MAX_BYTES:
        raise Refused("CG003", f"The file has more than {MAX_BYTES >> 20} MiB.")
    return data


def _refuse_outside(path: Path, within: Path) -> None:
    if not path.resolve(strict=True).is_relative_to(within.resolve(strict=True)):
        raise Refused("CG014", "This is a symbolic link that leads out of the folder; it was not followed.")


def _refuse_irregular(state: os.stat_result) -> None:
    if not stat.S_ISREG(state.st_mode):
        called = next((name for is_kind, name in _CALLED if is_kind(state.st_mode)), "of another kind")
        raise Refused("CG013", f"A regular file is expected; this is {called}.")


def _behind(name: str) -> tuple[list[Found], str]:
    """The files behind one name, and what to say when there are none."""
    if not name.strip():
        return [], f"expected a file, a folder or a pattern, got {'a blank' if name else 'an empty'} name"
    path = Path(name)
    if _is_folder(path):
        kinds = ", ".join(EXTENSIONS)
        return _in_folder(
            path
        ), f"expected disclosure files ({kinds}) in the folder {_quoted(name)}, found none"
    if os.path.lexists(path):
        return [Found(path, path.parent)], ""
    missing = (
        f"expected a file, a folder or a pattern that fits some, got {_quoted(name)}, which does not exist"
    )
    return _matching(name), missing


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        if path.is_symlink():
            return False  # a link to itself: told when it is read
        raise


def _in_folder(folder: Path) -> list[Found]:
    return [
        Found(path, folder)
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in EXTENSIONS and not path.is_dir() and not _hidden(path.relative_to(folder))
    ]


def _hidden(path: Path) -> bool:
    # Excel keeps a file ~$NAME beside a workbook while that is open.
    return any(part.startswith((".", "~$")) for part in path.parts)


def _matching(name: str) -> list[Found]:
    if not glob.has_magic(name):
        return []
    within = Path(*_fixed(Path(name).parts))
    hits = glob.glob(name, recursive=True)  # noqa: PTH207  (Path.glob takes no absolute pattern)
    return [Found(path, within) for path in map(Path, sorted(hits)) if not path.is_dir()]


def _fixed(parts: tuple[str, ...]) -> list[str]:
    """The folders that a pattern names before its first wildcard."""
    fixed = []
    for part in parts[:-1]:
        if glob.has_magic(part):
            break
        fixed.append(part)
    return fixed


def _reason(error: OSError) -> str:
    if error.errno == errno.ENAMETOOLONG:
        return "the name is longer than the file system allows"
    return (error.strerror or type(error).__name__).lower()


def _quoted(name: str) -> str:
    return f"'{clipped(name)}'"
