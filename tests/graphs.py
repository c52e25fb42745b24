"""The small graph of the tests, and how a fault is planted into it."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import rdflib

from commitgraph.checks.bounds import count
from commitgraph.checks.material import Material
from commitgraph.dataset.loader import read_table
from commitgraph.dataset.turtle import header, parse, serialise
from commitgraph.disclosure.shapes import triples_of
from commitgraph.home import home
from commitgraph.shacl.reference import graph_of

HERE = Path(__file__).parent
FAULTS = sorted((HERE / "faults").glob("*.ttl"))
COPIES = HERE / "fixtures" / "sources"

_HEAD = re.compile(r"^# (\w+): (.*)$", re.MULTILINE)
_ANY = "urn:any"


def small_graph(folder: Path) -> Path:
    """Lay out the small graph, with the real ontology, in `folder`.

    Lists and shapes that speak of the provisions of real instruments stay behind with them.
    """
    shutil.copytree(home() / "ontology", folder / "ontology", ignore=_speaking_of_real_provisions)
    shutil.copytree(HERE / "fixtures" / "graph" / "data", folder / "data")
    bounds = folder / "data" / "bounds.toml"
    held = count(Material(folder))["concepts"]
    lines = "".join(f'"{name}" = {number}\n' for name, number in held.items())
    bounds.write_text(f"{bounds.read_text(encoding='utf-8')}\n[concepts]\n{lines}", encoding="utf-8")
    return folder


def _speaking_of_real_provisions(folder: str, names: list[str]) -> list[str]:
    place = Path(folder).name
    if place == "schemes":
        return ["principle.ttl", "value.ttl", "right.ttl"]
    return names if place == "shapes" else []


@dataclass(frozen=True)
class Fault:
    """A planted fault, as its file describes it."""

    path: Path
    head: dict[str, list[str]]

    @classmethod
    def read(cls, path: Path) -> Fault:
        head: dict[str, list[str]] = {}
        for name, text in _HEAD.findall(path.read_text(encoding="utf-8")):
            head.setdefault(name, []).append(text)
        return cls(path, head)

    @property
    def check(self) -> str:
        return self.head["check"][0]

    @property
    def also(self) -> set[str]:
        return set(self.head.get("also", [""])[0].split())

    @property
    def says(self) -> str:
        return self.head["says"][0]

    @property
    def level(self) -> str:
        return self.head.get("level", ["error"])[0]

    def plant(self, root: Path) -> Path:
        """Change the file under `root`; returns it."""
        path = root / "data" / (self.head["in"][0] + ".ttl")
        table = path.with_suffix(".tsv")
        if "replace" in self.head and table.exists():
            path = table
        elif table.exists():
            # A graph may be written in either form: statements are changed in Turtle.
            _as_turtle(table, path)
        text = path.read_text(encoding="utf-8")
        if "replace" in self.head:
            old, new = (_unescaped(self.head[slot][0]) for slot in ("replace", "by"))
            assert old in text, f"{self.path.name}: not in the file: {old}"
            path.write_text(text.replace(old, new), encoding="utf-8")
            return path
        triples = parse(text)
        for pattern in self.head.get("without", []):
            kept = [triple for triple in triples if not _matches(triple, pattern)]
            assert len(kept) < len(triples), f"{self.path.name}: nothing to take away: {pattern}"
            triples = kept
        added = parse(header() + self.path.read_text(encoding="utf-8"))
        comment = "\n".join(line[2:] for line in text.splitlines() if line.startswith("# "))
        path.write_text(serialise([*triples, *added], comment), encoding="utf-8")
        return path


def _unescaped(text: str) -> str:
    return text.replace("\\n", "\n").replace("\\t", "\t")


def _as_turtle(table: Path, path: Path) -> None:
    data = next(parent for parent in table.parents if parent.name == "data")
    name = table.relative_to(data.parent).as_posix()
    quads = read_table(name, table.read_text(encoding="utf-8")).quads
    path.write_text(serialise(quad.triple for quad in quads), encoding="utf-8")
    table.unlink()


def _matches(triple: ox.Triple, pattern: str) -> bool:
    (wanted,) = (
        parse(f"{header()}{pattern} <{_ANY}> .")
        if pattern.count(" ") == 1
        else parse(f"{header()}{pattern} .")
    )
    return (
        triple.subject == wanted.subject
        and triple.predicate == wanted.predicate
        and wanted.object in (triple.object, ox.NamedNode(_ANY))
    )


def dated_graph(folder: Path) -> Path:
    """Lay out the graph of `fixtures/as-of.ttl`, with the real ontology and questions, in `folder`."""
    return _one_file_graph(folder, "as-of.ttl")


def listed_graph(folder: Path) -> Path:
    """Lay out the graph of `fixtures/listed.ttl`, with the real ontology and questions, in `folder`."""
    return _one_file_graph(folder, "listed.ttl")


def _one_file_graph(folder: Path, name: str) -> Path:
    shutil.copytree(home() / "ontology", folder / "ontology", ignore=_speaking_of_real_provisions)
    shutil.copytree(home() / "queries", folder / "queries")
    (folder / "data").mkdir()
    shutil.copy(home() / "data" / "prefixes.ttl", folder / "data")
    shutil.copy(HERE / "fixtures" / name, folder / "data")
    return folder


def shapes_in_rdflib(profiles: tuple[str, ...]) -> rdflib.Graph:
    """The shapes of some profiles, as pySHACL takes them."""
    return graph_of(triples_of(profiles))
