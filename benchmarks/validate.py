"""How fast `commitgraph validate` is, beside plain pySHACL on the same files, shapes and background.

    python benchmarks/validate.py [--files 1000] [--many 10000] [--sample 20] [--jobs 2]

It makes disclosures of its own from what the graph says the parties have taken on, writes them as N-Triples,
and prints a table in Markdown. pySHACL gets each file with its slice of the graph already in it, parsed by
rdflib and held against the same shapes, which it parses once; `commitgraph validate` reads the file, finds
the slice, judges, places the findings and writes the report. Ratios are of processor time, child processes
counted: on a shared machine the time by the clock says little, and is given beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox

from commitgraph.dataset import load
from commitgraph.disclosure import background
from commitgraph.disclosure.envelope import enclose
from commitgraph.disclosure.reading import json_reader, jsonld_reader
from commitgraph.disclosure.reading.source import Remarks
from commitgraph.disclosure.reading.statements import NODE
from commitgraph.disclosure.register import register
from commitgraph.disclosure.resolve import resolve
from commitgraph.disclosure.shapes import USUAL, triples_of
from commitgraph.engine import Embedded
from commitgraph.engine.ask import rows
from commitgraph.iris import cg, local

_BIN = Path(sys.executable).parent
_BOUND = (
    "SELECT DISTINCT ?party ?bound WHERE { ?party a cg:Company ; cg:isBoundBy ?bound } ORDER BY ?party ?bound"
)
_PLAIN = """
import sys
import rdflib
from pyshacl import validate
shapes = rdflib.Graph().parse(sys.argv[1], format="turtle")
for name in sys.argv[2:]:
    validate(rdflib.Graph().parse(name, format="nt"), shacl_graph=shapes, inplace=True)
"""


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=10_000, help="0 leaves them out")
    parser.add_argument("--sample", type=int, default=20, help="files that plain pySHACL judges")
    parser.add_argument("--jobs", type=int, default=1, help="for the many; all else is judged by one")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shapes = folder / "shapes.ttl"
        shapes.write_bytes(ox.serialize(triples_of(USUAL), format=ox.RdfFormat.TURTLE))
        own, whole = _written(folder, max(chosen.files, chosen.sample))
        sample = whole[:: max(1, len(whole) // chosen.sample)][: chosen.sample]
        print(_header(), flush=True)
        _cold(own[0], whole[0], shapes)
        _side_by_side(own[: chosen.files], sample, shapes)
        for entries in (10, 100, 1_000):
            file = folder / f"{entries}.json"
            tree = _disclosure(random.Random(1), *_parties()[0], entries)
            file.write_text(json.dumps(tree), encoding="utf-8")
            _row(f"one file of {entries:,} entries with {2 * entries:,} items", 1, *_ours([file], 1))
        if chosen.many:
            # The same ones over again, under other names.
            many = [own[place % len(own)] for place in range(chosen.many)]
            called = f"{chosen.many:,} files, one command, --jobs {chosen.jobs}"
            _row(called, chosen.many, *_ours(many, chosen.jobs))


def _cold(own: Path, whole: Path, shapes: Path) -> None:
    """A command on one file, five times each, by turns."""
    ours, plain = [], []
    for _ in range(5):
        plain.append(_run([str(_BIN / "pyshacl"), "-s", str(shapes), str(whole)])[0])
        ours.append(_ours([own], 1))
    theirs = statistics.median(plain)
    _row("one file, cold", 1, *sorted(ours)[2], theirs=theirs, told=f"{1000 * theirs:,.0f} ms")


def _side_by_side(own: list[Path], sample: list[Path], shapes: Path) -> None:
    """Many files in one process each; pySHACL before and after, on a sample of them."""
    half = len(sample) // 2
    command = [sys.executable, "-c", _PLAIN, str(shapes)]
    start = _run(command)[0]
    before = _run([*command, *map(str, sample[:half])])[0] - start
    ours = _ours(own, 1)
    after = _run([*command, *map(str, sample[half:])])[0] - start
    theirs = (before + after) / len(sample)
    told = f"{1000 * theirs:,.0f} ms a file ({len(sample)} of them)"
    _row(f"{len(own):,} files, one command", len(own), *ours, theirs=theirs, told=told)


def _row(  # noqa: PLR0913, PLR0917  (a column each)
    called: str, files: int, spent: float, wall: float, memory: int, theirs: float = 0, told: str = ""
) -> None:
    mine = spent / files
    ratio = f"{theirs / mine:.1f}" if theirs else ""
    print(
        f"| {called} | {1000 * mine:,.0f} ms a file, {wall:,.1f} s by the clock | {told} | {ratio} "
        f"| {memory} MiB |",
        flush=True,
    )


def _ours(files: list[Path], jobs: int) -> tuple[float, float, int]:
    with tempfile.TemporaryDirectory() as folder:
        for place, file in enumerate(files):
            (Path(folder) / f"{place:05}{file.suffix}").hardlink_to(file)
        command = [str(_BIN / "commitgraph"), "validate", folder, "--jobs", str(jobs), "--format", "json"]
        return _run([*command, "--output", os.devnull])


def _run(command: list[str]) -> tuple[float, float, int]:
    """Seconds of processor time and by the clock, and MiB that the largest process took."""
    measure = (
        "import json,resource,subprocess,sys,time;t=time.monotonic();"
        "code=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL).returncode;"
        "u=resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(json.dumps([u.ru_utime+u.ru_stime,time.monotonic()-t,u.ru_maxrss>>10,code]))"
    )
    told = subprocess.run(
        [sys.executable, "-c", measure, *command], capture_output=True, text=True, check=True
    )
    spent, wall, memory, code = json.loads(told.stdout)
    if code not in {0, 1}:
        raise SystemExit(f"{command[0]} failed: {told.stderr}")
    return spent, wall, memory


def _header() -> str:
    tools = ("commitgraph", "pyoxigraph", "pyshacl", "rdflib")
    return (
        f"{datetime.now(UTC):%Y-%m-%d}; {os.cpu_count()} processors, {platform.machine()}, "
        f"Python {platform.python_version()}; {', '.join(f'{name} {version(name)}' for name in tools)}; "
        f"load {os.getloadavg()[0]:.1f}\n\n"
        "| | commitgraph validate | plain pySHACL | times faster | largest process |\n|---|---|---|---|---|"
    )


def _parties() -> list[tuple[str, list[str]]]:
    """Companies, each with what it is bound by, as slugs."""
    bound: dict[str, list[str]] = {}
    for row in rows(Embedded(load().store), _BOUND):
        bound.setdefault(local(row["party"]), []).append(local(row["bound"]))
    return list(bound.items())


def _written(folder: Path, count: int) -> tuple[list[Path], list[Path]]:
    """Disclosures as N-Triples: as a company has them, and with the slice of the graph for pySHACL."""
    parties, store = _parties(), background.graph()
    own, whole = [], []
    for place in range(count):
        chance = random.Random(place)
        tree = _disclosure(chance, *parties[place % len(parties)], chance.randint(1, 30))
        remarks = Remarks()
        document = jsonld_reader.read(json_reader.read(json.dumps(tree), remarks), remarks)
        said, items = enclose(document, remarks)
        said = resolve(said, register(store), remarks)
        triples = [ox.Triple(s.subject, s.predicate, s.object) for s in said]
        own.append(folder / f"{place:05}.nt")
        own[-1].write_bytes(ox.serialize(_with_blank_nodes(triples), format=ox.RdfFormat.N_TRIPLES))
        if place % max(1, count // 100):
            continue
        triples += [ox.Triple(document.root, ox.NamedNode(cg("item")), ox.NamedNode(item)) for item in items]
        triples += background.slice_for(said, store, promises=True, today=date.today())
        whole.append(folder / f"whole-{place:05}.nt")
        whole[-1].write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES))
    return own, whole


def _with_blank_nodes(triples: list[ox.Triple]) -> Iterator[ox.Triple]:
    def blank(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        is_ours = isinstance(term, ox.NamedNode) and term.value.startswith(NODE)
        return ox.BlankNode(f"n{abs(hash(term)):x}") if is_ours else term

    for subject, predicate, value in triples:
        yield ox.Triple(blank(subject), predicate, blank(value))


def _disclosure(chance: random.Random, party: str, bound: list[str], entries: int) -> dict[str, object]:
    """A disclosure with some evidence for each entry; one in five has faults."""
    faulty = chance.random() < 0.2
    answered = [bound[place % len(bound)] for place in range(entries)]
    return {
        "commitgraph": "disclosure/1",
        "organisation": party,
        "title": f"Report of {party}",
        "period": {"from": "2025-01-01", "to": "2024-12-31" if faulty else "2025-12-31"},
        "published": "2026-03-01",
        "url": f"https://example.com/{party}",
        "roles": ["model-developer"],
        "entries": [
            {
                "commitment": commitment,
                "status": "done" if faulty and chance.random() < 0.3 else "implemented",
                "statement": f"We did what answer {place} to {commitment} says in its own words.",
                "evidence": [
                    {
                        "type": "policy",
                        "title": f"Paper {place}-{item}",
                        "url": f"https://example.com/{party}/{place}/{item}",
                        "date": f"2025-{chance.randint(1, 12):02}-01",
                        "public": True,
                    }
                    for item in range(2)
                ],
            }
            for place, commitment in enumerate(answered)
        ],
    }


if __name__ == "__main__":
    main()
