"""How the help of a report, which writes fields as YAML does, is read in files of other notations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from commitgraph.disclosure.reading.notations import READERS

#: A field, or a word to write, as help has it.
_WRITTEN = re.compile(r"`[\w-]+:|write `")
_IN_TABLES = (
    "in a table, a field that lies in another has both names, as in `period.from`; `commitgraph fields NAME` "
    "says where it stands"
)
_IN_RDF = (
    "in RDF each is a property, which `commitgraph fields NAME` names, and a word stands between quotes, as "
    'in `cg:status "planned"`'
)
#: What those fields are elsewhere, by the key of the reader.
_ELSEWHERE = {
    "json": "in JSON, names and words stand in double quotes",
    "csv": _IN_TABLES,
    "xlsx": _IN_TABLES,
    **dict.fromkeys(("turtle", "trig", "nquads", "rdfxml"), _IN_RDF),
}


def on_help(name: str, hints: Iterable[str]) -> str:
    """How to read the help of a report on a file, in a sentence.

    Args:
        name: of the file.
        hints: the help of its findings.

    Returns:
        Empty where the file is written as the help is, or no help writes a field or a word.
    """
    elsewhere = _ELSEWHERE.get(READERS.get(PurePath(name).suffix.lower(), ""))
    if elsewhere is None or not any(map(_WRITTEN.search, hints)):
        return ""
    return f"The help writes fields as YAML does: {elsewhere}."
