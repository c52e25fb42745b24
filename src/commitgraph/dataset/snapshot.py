"""The named graphs in one file of the cache folder, which is read in a third of the time of making them.

It is worth nothing by itself: whatever it holds can be made from the files again, and is, when one of them
or the code that reads them has changed.
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


def read(root: Path, version: str) -> ox.Store | None:
    """The named graphs that were kept for the folder `root`.

    Returns:
        None when none was kept, or when it was made from other files than those of `version`, by other code
        or for another engine.
    """
    try:
        with _path(root).open("rb") as kept:
            if kept.readline() != _seal(version):
                return None
            store = ox.Store()
            store.bulk_load(input=kept, format=ox.RdfFormat.TRIG, lenient=True)
            return store
    except (OSError, SyntaxError, ValueError):
        return None


def keep(store: ox.Store, root: Path, version: str) -> None:
    """Keep the named graphs for the next process that loads the folder `root`, where it can be written.

    A reader sees a whole file or none: it is written beside its place and moved there when it is finished.
    """
    try:
        path = _path(root)
        if _first_line(path) == _seal(version):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    except OSError:
        return
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_seal(version))
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


def _path(root: Path) -> Path:
    folder = platformdirs.user_cache_path("commitgraph")
    if not folder.is_absolute():
        raise FileNotFoundError("this user has no home folder")
    return folder / f"{hashlib.sha256(str(root).encode()).hexdigest()[:16]}.trig"


def _seal(version: str) -> bytes:
    """First line of the file, a comment in TriG: from which files, by which code, for which engine."""
    return f"# {version} {_code()} {ox.__version__}\n".encode()


@cache
def _code() -> str:
    """Digest of the code that makes a graph of the files."""
    seal = hashlib.sha256()
    for file in (*sorted(_PACKAGE.glob("*.py")), *sorted(Path(__file__).parent.glob("*.py"))):
        seal.update(f"{file.name}\0".encode() + file.read_bytes())
    return seal.hexdigest()
