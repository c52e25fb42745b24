"""Plant each fault of `faults.toml` in a copy of the code and see whether the tests named beside it notice.

    python -m tests.mutations.run            # all of them
    python -m tests.mutations.run since name # those whose name holds one of the words

A fault is one small change of meaning. It is caught when a test fails. The run ends with 1 when fewer than
nine in ten are caught, or when a fault no longer fits the code.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: The share of planted faults that the tests must catch.
ENOUGH = 0.9


@dataclass(frozen=True)
class Mutation:
    """One small change of meaning.

    Attributes:
        name: what is wrong with the changed code, in a few words.
        file: relative to the checkout.
        find, put: a stretch that stands once in the file, and what takes its place.
        tests: what `pytest` runs.
    """

    name: str
    file: str
    find: str
    put: str
    tests: tuple[str, ...]


def read() -> list[Mutation]:
    """The faults of the list."""
    listed = tomllib.loads((Path(__file__).parent / "faults.toml").read_text(encoding="utf-8"))
    return [Mutation(**{**entry, "tests": tuple(entry["tests"])}) for entry in listed["fault"]]


def planted(mutation: Mutation) -> str:
    """The file's text with the fault in it.

    Raises:
        ValueError: the stretch does not stand exactly once in the file.
    """
    text = (ROOT / mutation.file).read_text(encoding="utf-8")
    if text.count(mutation.find) != 1 or mutation.find == mutation.put:
        raise ValueError(
            f"{mutation.name}: expected {mutation.find!r} once in {mutation.file}, "
            f"found it {text.count(mutation.find)} times"
        )
    return text.replace(mutation.find, mutation.put)


def is_caught(mutation: Mutation, copy: Path) -> bool:
    """Whether a test fails with the fault planted in the checkout `copy`."""
    place = copy / mutation.file
    sound = place.read_text(encoding="utf-8")
    place.write_text(planted(mutation), encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *mutation.tests],
            cwd=copy,
            env={
                **os.environ,
                "PYTEST_ADDOPTS": "",
                "PYTHONPATH": str(copy / "src"),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        place.write_text(sound, encoding="utf-8")
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{mutation.name}: pytest could not run:\n{done.stdout[-2000:]}{done.stderr}")
    return done.returncode == 1


def main(words: list[str]) -> int:
    """Plant the faults whose names hold one of `words` (all without words) and report."""
    chosen = [m for m in read() if not words or any(word in m.name for word in words)]
    for mutation in chosen:
        planted(mutation)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "checkout"
        copy.mkdir()
        for name in ("src", "ontology", "data", "queries", "tests"):
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md", "CONTRIBUTING.md"):
            shutil.copy(ROOT / name, copy / name)
        survived = []
        for mutation in chosen:
            caught = is_caught(mutation, copy)
            print("caught  " if caught else "SURVIVED", mutation.name, flush=True)
            if not caught:
                survived.append(mutation)
    total = len(chosen) - len(survived)
    print(f"{total} of {len(chosen)} planted faults caught")
    return 0 if chosen and total >= ENOUGH * len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
