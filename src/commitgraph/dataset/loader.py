"""The data set: every file of `ontology/` and `data/` in its own named graph, and what follows from it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from commitgraph.dataset import crosswalk, lists, rules, snapshot
from commitgraph.dataset.tables import Reading, TableError
from commitgraph.errors import CommitgraphError
from commitgraph.home import home, shipped
from commitgraph.iris import RDF_TYPE, graph_of


class DataError(CommitgraphError):
    """A file of the data set cannot be read. The message says which, where and why."""


@dataclass(frozen=True)
class Dataset:
    """The loaded graph.

    Attributes:
        store: all named graphs, the inferred ones included; its default graph is the merge of them all.
        version: SHA-256 over names and bytes of all files it was made from, in hex.
        files: the files, relative to `home`, in the order of their names.
        home: the folder they were read from.
    """

    store: ox.Store
    version: str
    files: tuple[str, ...]
    home: Path

    @property
    def short_version(self) -> str:
        """The first twelve digits of the version, for people."""
        return self.version[:12]


def load(folder: Path | None = None, *, keep: bool = True) -> Dataset:
    """Read the data set and add the inferred graphs.

    The last few are kept: whoever asks again gets the same one, unless a file has changed since.

    Args:
        folder: holds `ontology/` and `data/`; the shipped data when None.
        keep: whether the next process may find shipped data ready in the cache folder. Not worth the writing
            for files that are being changed.

    Raises:
        DataError: a file is missing, or is no well-formed Turtle or table.
    """
    root = (folder or home()).resolve()
    dataset = _load(root, _states(root))
    if keep and root == shipped():
        snapshot.keep(dataset.store, root, dataset.version)
    return dataset


def load_part(terms: frozenset[str]) -> ox.Store:
    """Of the merged graph, what is said with some properties; of types, only some classes.

    It is kept as the whole is, and read in a tenth of the time.

    Args:
        terms: addresses of the properties and classes.

    Raises:
        DataError: a file is missing, or is no well-formed Turtle or table.
    """
    root = home().resolve()
    return _load_part(root, _states(root), terms)


@lru_cache(maxsize=2)
def _load_part(root: Path, states: tuple[object, ...], terms: frozenset[str]) -> ox.Store:  # noqa: ARG001
    """What :func:`load_part` gives; of `states` it is kept which files it was made from."""
    seal = " ".join(sorted(terms))
    kept = snapshot.read(root, version(root), seal)
    if kept is not None:
        return kept
    dataset = load(root)
    wanted, a = {ox.NamedNode(term) for term in terms}, ox.NamedNode(RDF_TYPE)
    store = ox.Store()
    for term in wanted:
        stated = dataset.store.quads_for_pattern(None, term, None, ox.DefaultGraph())
        store.extend(quad for quad in stated if term != a or quad.object in wanted)
    if root == shipped():
        snapshot.keep(store, root, dataset.version, seal)
    return store


def _states(root: Path) -> tuple[tuple[str, int, int, int], ...]:
    """The files of the data set, each with what changes whenever it does."""
    files = list_files(root)
    if not files:
        raise DataError(
            f"expected Turtle files under {root}/ontology and {root}/data, found none. "
            "Give a folder that holds both"
        )
    return tuple((name, *_state(root / name)) for name in files)


def _state(path: Path) -> tuple[int, int, int]:
    """What changes whenever a file does: when it was written, its size, and which file it is."""
    state = path.stat()
    return state.st_mtime_ns, state.st_size, state.st_ino


# A data set takes some 100 MB, so only a few are kept; a fifth folder makes the oldest one leave.
@lru_cache(maxsize=4)
def _load(root: Path, states: tuple[tuple[str, int, int, int], ...]) -> Dataset:
    contents = {name: (root / name).read_bytes() for name, *_ in states}
    version = _digest(contents)
    store = snapshot.read(root, version) or _made_from(contents, root)
    _merge(store)
    return Dataset(store, version, tuple(contents), root)


def version(folder: Path | None = None) -> str:
    """The version of the data set in `folder`, of the shipped data when None: what it says is not read."""
    root = (folder or home()).resolve()
    return _digest({name: (root / name).read_bytes() for name in list_files(root)})


def _digest(contents: dict[str, bytes]) -> str:
    seal = hashlib.sha256()
    for name, content in contents.items():
        seal.update(f"{name}\0{len(content)}\0".encode() + content)
    return seal.hexdigest()


def _made_from(contents: dict[str, bytes], root: Path) -> ox.Store:
    """The named graphs that these files state, and what follows from them."""
    store = ox.Store()
    for name, content in contents.items():
        if is_table(name):
            try:
                store.extend(read_table(name, content.decode("utf-8")).quads)
            except TableError as error:
                raise DataError(str(error)) from None
            except UnicodeDecodeError as error:
                raise DataError(f"{name}: expected UTF-8, got another byte at {error.start}") from None
        if not name.endswith(".ttl"):
            continue
        try:
            store.load(input=content, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph_of(name)))
        except (SyntaxError, ValueError) as error:
            raise DataError(f"{name}: expected well-formed Turtle: {error}") from None
    rules.apply(store, root)
    return store


def _merge(store: ox.Store) -> None:
    """Make the default graph the merge of all named graphs.

    The engine can read them as one, but then returns a triple once for every graph that holds it,
    which makes counts wrong, and overrides FROM without a word.
    """
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")


def is_table(name: str) -> bool:
    """Whether the file of that name is a table, not Turtle and no rule."""
    return name.endswith(".tsv")


def read_table(name: str, content: str) -> Reading:
    """The statements of a table of `data/`; `name` is its path and says which table it is.

    Raises:
        TableError: it is none, or something in it is wrong.
    """
    return crosswalk.read(name, content) if name.endswith(".sssom.tsv") else lists.read(name, content)


def list_files(root: Path) -> list[str]:
    """Names of the files that make up the data set, relative to `root`, sorted."""
    found = [
        path.relative_to(root).as_posix()
        for top, pattern in (
            ("ontology", "**/*.ttl"),
            ("ontology", "rules/*.rq"),
            ("data", "**/*.ttl"),
            ("data", "**/*.tsv"),
        )
        for path in (root / top).glob(pattern)
    ]
    return sorted(name for name in found if name != "data/prefixes.ttl")
