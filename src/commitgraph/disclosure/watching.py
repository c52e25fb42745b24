"""Waiting until other files, or other contents, are behind the names that somebody gave."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from watchfiles import watch

from commitgraph.disclosure import inputs

#: After so long it is looked anyway: some network drives tell nobody of a change, and one may happen between
#: the look at the files and the start of the wait.
_LOOK_MS = 2_000

State = dict[Path, tuple[int, int, int] | None]


def changes(named: Sequence[str], but: Collection[Path] = ()) -> Iterator[None]:
    """Give once at first, then each time that a file behind the names is new, is gone or has changed.

    What counts is what lies at a path: an editor may write a file anew or put another in its place.

    Args:
        named: files, folders and patterns.
        but: files of which a change does not count, as what is written by whoever waits.
    """
    before: State | None = None
    while True:
        now = state(named, but)
        if now != before:
            before = now
            yield
        _wait(named)


def state(named: Sequence[str], but: Collection[Path] = ()) -> State:
    """What lies behind the names now, to be compared with what lies there later.

    Args:
        named: files, folders and patterns.
        but: files that are left out.
    """
    left_out = {path.absolute() for path in but}
    found, _ = inputs.find(named)
    return {file.path: _seen(file.path) for file in found if file.path.absolute() not in left_out}


def _seen(path: Path) -> tuple[int, int, int] | None:
    try:
        told = path.stat()
    except (OSError, ValueError, RuntimeError):  # gone, or a link that leads nowhere
        return None
    return told.st_ino, told.st_size, told.st_mtime_ns


def _wait(named: Sequence[str]) -> None:
    """Return when something has happened in the folders of the names, or after a while."""
    # Folders are watched one by one: to watch all below the folder of a single file may be without end.
    folders = [str(folder.absolute()) for folder in sorted(inputs.folders(named))]
    try:
        next(
            watch(*folders, watch_filter=None, recursive=False, rust_timeout=_LOOK_MS, yield_on_timeout=True)
        )
    except FileNotFoundError:  # a folder went away just now
        return
