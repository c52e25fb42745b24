"""From what people name (files, folders, globs) to the files that are judged."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from pathlib import Path

from commitgraph.disclosure.judge import EXTENSIONS
from commitgraph.disclosure.reading.source import MAX_BYTES, Refused


def find(named: Iterable[str]) -> tuple[list[Path], list[str]]:
    """The files behind some names, each once, in the order of the names.

    Returns:
        The files, and one sentence for every name that leads to none.
    """
    files: dict[Path, None] = {}
    problems = []
    for name in named:
        path = Path(name)
        if path.is_dir():
            found = _in_folder(path)
            problem = f"expected disclosure files ({', '.join(EXTENSIONS)}) in the folder {name}, found none"
        elif path.exists():
            found, problem = [path], ""
        else:
            found = _matching(name)
            problem = (
                f"expected a file, a folder or a pattern that fits some, got {name!r}, which does not exist"
            )
        if not found:
            problems.append(problem)
        files |= dict.fromkeys(found)
    return list(files), problems


def content(path: Path) -> bytes:
    """The bytes of a file, never more than one beyond the limit.

    Raises:
        Refused: it cannot be opened, or is too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused("CG001", f"The file cannot be opened: {error.strerror or error}.") from None
    if len(data) > MAX_BYTES:
        raise Refused("CG003", f"The file has more than {MAX_BYTES >> 20} MiB.")
    return data


def _in_folder(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in EXTENSIONS and path.is_file() and not _hidden(path.relative_to(folder))
    )


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _matching(name: str) -> list[Path]:
    if not glob.has_magic(name):
        return []
    hits = glob.glob(name, recursive=True)  # noqa: PTH207  (Path.glob takes no absolute pattern)
    return [path for path in map(Path, sorted(hits)) if path.is_file()]
