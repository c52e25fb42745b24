"""What `commitgraph new` left for the author to fill in, and is not filled in yet."""

from __future__ import annotations

from collections.abc import Iterator

from commitgraph.checks.finding import Finding, Named
from commitgraph.checks.material import Material
from commitgraph.dataset.skeletons import MARK


def _placeholders(material: Material) -> Iterator[Finding]:
    for file in (*material.data, *material.tables):
        for number, line in enumerate(file.text.splitlines(), 1):
            if MARK in line and (file in material.tables or not line.startswith("#")):
                yield Finding(
                    "placeholders",
                    expected=f"a value in the place of {MARK}",
                    got=line.strip(),
                    todo="Write what the source gives; the comment on top of the file says from which lists. "
                    "Take the line away where the source gives nothing and it is not required.",
                    file=file.name,
                    line=number,
                )


PLACEHOLDERS = Named("placeholders", "Nothing is left to fill in.", _placeholders)
