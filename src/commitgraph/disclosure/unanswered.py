"""Answers that are not given yet: entries of a template in which nobody has written anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pyoxigraph as ox

from commitgraph.disclosure.reading.source import Place, Remark
from commitgraph.disclosure.reading.statements import Document, Statement
from commitgraph.iris import RDF_TYPE, cg

_STATUS, _ENTRY = cg("status"), cg("entry")
_NAMES = frozenset((cg("reportsOn"), RDF_TYPE))


def unanswered(statements: Iterable[Statement], document: Document) -> tuple[str, ...]:
    """The entries with an empty status that say nothing but which commitment they are about.

    An entry without a status field, or one with words but no status, is an answer with something missing.

    Args:
        statements: of the file, blank texts among them: in RDF, `cg:status ""` is an empty status.
        document: the file.
    """
    asked: set[str] = {item for item, field in document.empty_fields if field == _STATUS}
    said: set[str] = set()
    for statement in statements:
        item, field = statement.subject.value, statement.predicate.value
        if isinstance(statement.object, ox.Literal) and not statement.object.value.strip():
            if field == _STATUS:
                asked.add(item)
        elif field not in _NAMES:
            said.add(item)
    entries = (statement.object.value for statement in document.values(document.root.value, _ENTRY))
    return tuple(entry for entry in dict.fromkeys(entries) if entry in asked - said)


def not_given(document: Document, blank: Collection[str]) -> Remark:
    """The one remark on all of them, at the first.

    Args:
        document: the file.
        blank: what :func:`unanswered` found; at least one.
    """
    first = next(iter(blank))
    place = document.empty_fields.get((first, _STATUS)) or document.place(first) or Place()
    entries = {statement.object.value for statement in document.values(document.root.value, _ENTRY)}
    answers = "answer" if len(entries) == 1 else "answers"
    are = "is" if len(blank) == 1 else "are"
    return Remark("CG143", f"{len(blank):,} of {len(entries):,} {answers} {are} not given yet.", place)
