"""Graphs in files of the cache folder: all named graphs, and parts of their merge for those who need no more.

To read them takes a third of the time of making them, and to read a part a tenth of that. A kept file is
worth nothing by itself: whatever it holds can be made from the files again, and is, when one of them or the
code that reads them has changed.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

import platformdirs
import pyoxigraph as ox

_PACKAGE = Path(__file__).resolve().parents[1]


def read(root: Path, version: str, part: str = "") -> ox.Store | None:
    """What was kept for the folder `root`.

    Args:
        root: the folder that holds the files.
        version: of the files.
        part: says which part of the merged graph is wanted; the named graphs when empty.

    Returns:
        None when none was kept, or when it was made from other files than those of `version`, by other code
        or for another engine.
    """
    try:
        with _path(root, part).open("rb") as kept:
            if kept.readline() != _seal(version, part):
                return None
            store = ox.Store()
            store.bulk_load(input=kept, format=ox.RdfFormat.TRIG, lenient=True)
            return store
    except (OSError, SyntaxError, ValueError):
        return None


def keep(store: ox.Store, root: Path, version: str, part: str = "") -> None:
    """Keep a graph for the next process that wants it of the folder `root`, where it can be written.

    A reader sees a whole file or none: it is written beside its place and moved there when it is finished.
    """
    try:
        path = _path(root, part)
        if _first_line(path) == _seal(version, part):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    except OSError:
        return
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_seal(version, part))
            if part:
                store.dump(file, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
            # Graph by graph: the default graph is the merge of them all, and would double the file.
            for graph in store.named_graphs():
                file.write(f"{graph} {{\n".encode())
                store.dump(file, format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
                file.write(b"}\n")
        Path(beside).replace(path)
    except OSError:
        Path(beside).unlink(missing_ok=True)


def _first_line(path: Path) -> bytes:
    try:
        with path.open("rb") as kept:
            return kept.readline()
    except OSError:
        return b""


def _path(root: Path, part: str) -> Path:
    folder = platformdirs.user_cache_path("commitgraph")
    if not folder.is_absolute():
        raise FileNotFoundError("this user has no home folder")
    name = hashlib.sha256(str(root).encode()).hexdigest()[:16]
    return folder / f"{name}{'-part' if part else ''}.trig"


def _seal(version: str, part: str) -> bytes:
    """First line of the file, a comment in TriG: from which files, by which code, which engine and what."""
    return f"# {version} {_code()} {ox.__version__} {hashlib.sha256(part.encode()).hexdigest()}\n".encode()


@cache
def _code() -> str:
    """Digest of the code that makes a graph of the files."""
    seal = hashlib.sha256()
    for file in (*sorted(_PACKAGE.glob("*.py")), *sorted(Path(__file__).parent.glob("*.py"))):
        seal.update(f"{file.name}\0".encode() + file.read_bytes())
    return seal.hexdigest()
