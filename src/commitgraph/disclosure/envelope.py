"""The envelope: a disclosure speaks about itself and about nothing else.

File and background end in one graph before the shapes run. A file that could add a signature, a
type or a subclass there would write its own verdict. So only the disclosure and its parts may be
subjects, only with the properties of their level, and everything else is left out and reported.
"""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from commitgraph.disclosure import fields
from commitgraph.disclosure.fields import Level
from commitgraph.disclosure.reading.source import MAX_ENTRIES, Refused, Remark, Remarks
from commitgraph.disclosure.reading.statements import DISCLOSURE, FILE_BASE, NODE, Document, Statement
from commitgraph.iris import BASE, ID, RDF_TYPE, cg, shorten
from commitgraph.near import did_you_mean

_OWN = ID + "disclosure/"
_CLASSES = frozenset((DISCLOSURE, cg("Entry"), cg("Risk"), cg("Evidence"), cg("Assurance")))


def enclose(document: Document, remarks: Remarks) -> tuple[list[Statement], list[str]]:
    """Sort a file's statements into its own and foreign ones; what is foreign is added to `remarks`.

    Returns:
        The statements to judge, and the items that they are about, the disclosure first.

    Raises:
        Refused: the disclosure claims an address of the graph's own things, or has too many parts.
    """
    root = document.root.value
    if root.startswith(BASE) and not root.startswith(_OWN):
        place = document.place(root)
        raise Refused("CG010", f"The address <{root}> belongs to the graph; a disclosure has its own.", place)
    by_subject: dict[str, list[Statement]] = defaultdict(list)
    for statement in document.statements:
        by_subject[statement.subject.value].append(statement)
    kept: list[Statement] = []
    levels: dict[str, Level] = {root: fields.top()}
    todo = [root]
    while todo:
        item = todo.pop(0)
        known = {field.iri: field for field in _all(levels[item])}
        for statement in by_subject[item]:
            field = known.get(statement.predicate.value)
            if statement.predicate.value == RDF_TYPE:
                if statement.object.value in _CLASSES:
                    kept.append(statement)
                else:
                    remarks.append(_type(statement))
                continue
            if field is None:
                remarks.append(_unknown(statement, levels[item]))
                continue
            kept.append(statement)
            part = statement.object.value
            named = isinstance(statement.object, ox.NamedNode) and _may_be_part(part)
            if field.level and named and part not in levels:
                levels[part] = field.level
                todo.append(part)
        if len(levels) > 10 * MAX_ENTRIES:
            raise Refused("CG008", f"The disclosure has more than {10 * MAX_ENTRIES:,} parts.")
    for subject, listed in by_subject.items():
        if subject not in levels and listed:
            remarks.append(_foreign(listed[0]))
    return kept, list(levels)


def _all(level: Level) -> list[fields.Field]:
    """Fields of a level; those of a group count as its own."""
    return [
        f
        for field in level.fields.values()
        for f in (field.level.fields.values() if not field.iri and field.level else (field,))
    ]


def _may_be_part(iri: str) -> bool:
    return not iri.startswith(BASE) or iri.startswith(_OWN)


def _type(statement: Statement) -> Remark:
    name = statement.object.value
    message = (
        f"The file declares a part of itself to be a {shorten(name)}; this is not for a disclosure to say."
    )
    hint = "leave the type out, or use cg:Disclosure for the disclosure"
    return Remark("CG404", message, statement.object_at, hint, statement.written)


def _unknown(statement: Statement, level: Level) -> Remark:
    known = sorted(shorten(field.iri) for field in _all(level))
    name = shorten(statement.predicate.value)
    return Remark(
        "CG109",
        f'The property "{name}" is not known here.',
        statement.predicate_at,
        did_you_mean(name, known),
        name,
    )


def _foreign(statement: Statement) -> Remark:
    subject = statement.subject.value
    about = (
        "something that is no part of it"
        if subject.startswith(NODE)
        else f"<{subject.removeprefix(FILE_BASE)}>, which is no part of it"
    )
    return Remark(
        "CG404",
        f"The file makes a statement about {about}.",
        statement.subject_at,
        "a disclosure speaks about itself only: leave the statement out, or let an entry point at the thing",
        None if subject.startswith(NODE) else subject,
    )
