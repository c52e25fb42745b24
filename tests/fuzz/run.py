"""Fuzz every reader and the judge for a bounded time, each in a process of its own.

    python -m tests.fuzz.run                       # all targets, 10 s each, two at a time
    python -m tests.fuzz.run --seconds 3600 xlsx   # one of them, for an hour

It needs atheris (`pip install -e '.[test,fuzz]'`) and says so where it is missing. The seeds are the
smallest files of `tests/disclosures/` and the words of the format. A fault is an exception, an input that
takes more than 10 s, or a process that takes more than 1 GiB: the run then ends with 1, and the input stays
in `.fuzz/`. There the inputs that reached something new are kept, too, for the next run.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from commitgraph.disclosure.fields import context
from commitgraph.disclosure.reading.notations import EXTENSIONS

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "tests" / "disclosures"
KEPT = ROOT / ".fuzz"
TARGETS = (*(extension[1:] for extension in EXTENSIONS if extension != ".yml"), "judge")
#: What one input may take: seconds, and MiB of the whole process.
SECONDS, MEMORY = 10, 1024
#: How many files of a notation a target starts from.
SEEDS = 20
MISSING = "atheris is not installed, nothing was fuzzed; on Linux: pip install -e '.[test,fuzz]'"


class Outcome(NamedTuple):
    """How one target came through.

    Attributes:
        target: its name.
        executions: inputs that were tried.
        fault: what the process printed last; empty when nothing was found.
    """

    target: str
    executions: int
    fault: str


def seeds(target: str) -> Iterator[tuple[str, bytes]]:
    """The files that a target starts from, by name: of each notation the smallest, which are read fastest."""
    for extension in TARGETS[:-1] if target == "judge" else (target,):
        # There are no examples of N-Triples: they are made of Turtle.
        like = "ttl" if extension == "nt" else extension
        paths = [path for path in EXAMPLES.glob(f"*/*.{like}") if not path.name.endswith(".expected.json")]
        for path in sorted(paths, key=lambda path: (path.stat().st_size, path.name))[:SEEDS]:
            content = path.read_bytes()
            if extension == "nt" and path.parent.name == "good":
                quads = ox.parse(content, ox.RdfFormat.TURTLE, base_iri="https://example.com/")
                triples = (ox.Triple(*quad.triple) for quad in quads)
                content = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
            yield f"{extension}-{path.name}", content


def words() -> str:
    """The names of fields and terms, as a dictionary of libFuzzer."""
    return "".join(f"{json.dumps(word)}\n" for word in sorted(_names(context())) if word.isascii())


def _names(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(_names, value.values()))
    return {value} if isinstance(value, str) else set()


def fuzz(target: str, seconds: int, runs: int = -1) -> Outcome:
    """Fuzz one target in a child process.

    Args:
        target: its name.
        seconds: how long, the start of the process left out.
        runs: how many inputs at most; any number when -1.
    """
    corpus = KEPT / target
    corpus.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        start = Path(folder, "seeds")
        start.mkdir()
        for name, content in seeds(target):
            (start / name).write_bytes(content)
        dictionary = Path(folder, "words")
        dictionary.write_text(words(), encoding="utf-8")
        options = {
            "max_total_time": seconds,
            "runs": runs,
            "timeout": SECONDS,
            "rss_limit_mb": MEMORY,
            "dict": dictionary,
            "artifact_prefix": f"{KEPT}/{target}-",
            "print_final_stats": 1,
        }
        done = subprocess.run(
            [
                *(sys.executable, "-m", "tests.fuzz.target", target),
                *(f"-{name}={value}" for name, value in options.items()),
                *(str(corpus), str(start)),
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    told = done.stdout + done.stderr
    counted = re.findall(r"stat::number_of_executed_units: (\d+)", told) or re.findall(r"(?m)^#(\d+)", told)
    # The exception stands on standard output; what libFuzzer says of the input comes last on the other.
    fault = "\n".join([*done.stdout.splitlines()[-30:], *done.stderr.splitlines()[-10:]])
    return Outcome(target, int(counted[-1]) if counted else 0, fault if done.returncode else "")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the targets that were named; the exit code."""
    parser = argparse.ArgumentParser(description="Fuzz the readers and the judge.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=10, help="for each target (10)")
    given = parser.parse_args(arguments)
    if unknown := set(given.targets) - set(TARGETS):
        parser.error(f"expected targets out of {', '.join(TARGETS)}, got {', '.join(sorted(unknown))}")
    if find_spec("atheris") is None:
        print(MISSING)
        return 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(lambda target: fuzz(target, given.seconds), given.targets or TARGETS))
    for target, executions, fault in outcomes:
        print(f"{target:8}{executions:>12,} inputs {'  FAULT' if fault else ''}")
        if fault:
            print(fault, end="\n\n")
    return int(any(outcome.fault for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
