"""Patterns of trouble: SPARQL queries whose every row is a fault, one query a file in `ontology/checks/`.

A file starts with its description::

    # expect: what holds in a healthy graph, in one sentence
    # got: what a row says, with {variables} of the query in it
    # do: what to do about it
    # level: error (the default) or note

The query binds `?subject`, the thing at fault, and may bind `?graph`, where the fault stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from commitgraph.checks.finding import Finding, Level, brief
from commitgraph.checks.material import Material
from commitgraph.iris import is_iri

_HEAD = re.compile(r"^# (expect|got|do|level): (.+)$", re.MULTILINE)
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Pattern:
    """One such query as a check."""

    name: str
    expects: str
    got: str
    todo: str
    level: Level
    query: str

    @classmethod
    def read(cls, path: Path) -> Pattern:
        """Read the query file at `path`.

        Raises:
            ValueError: its description is not complete.
        """
        text = path.read_text(encoding="utf-8")
        head = dict(_HEAD.findall(text))
        missing = {"expect", "got", "do"} - head.keys()
        if missing or head.get("level", "error") not in ("error", "note"):
            raise ValueError(f"{path.name}: expected the lines '# expect:', '# got:' and '# do:' on top")
        level = cast(Level, head.get("level", "error"))
        return cls(path.stem, head["expect"], head["got"], head["do"], level, text)

    def __call__(self, material: Material) -> Iterator[Finding]:
        found = [self._finding(material, row) for row in material.query(self.query)]
        yield from sorted(found, key=lambda finding: (finding.file, finding.line, finding.got))

    def _finding(self, material: Material, row: dict[str, str]) -> Finding:
        file, line = material.place(row["subject"], row.get("graph", ""))
        return Finding(
            self.name,
            expected=self.expects,
            got=_SLOT.sub(lambda slot: _plain(row.get(slot[1], "")), self.got),
            todo=self.todo,
            subject=row["subject"],
            file=file,
            line=line,
            level=self.level,
        )


def read_all(root: Path) -> list[Pattern]:
    """The patterns of `root/ontology/checks`, in the order of their names."""
    return [Pattern.read(path) for path in sorted((root / "ontology" / "checks").glob("*.rq"))]


def _plain(text: str) -> str:
    return brief(text) if is_iri(text) else text
