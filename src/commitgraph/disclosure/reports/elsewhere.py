"""How the help of a report, which writes fields as YAML does, is read in files of other notations."""

from __future__ import annotations

import re
from pathlib import PurePath

from commitgraph.disclosure.reading.notations import READERS
from commitgraph.disclosure.report import FileReport

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


def on_help(file: FileReport) -> str:
    """How to read the help of a file, in a sentence; empty where it needs no reading, or there is none."""
    elsewhere = _ELSEWHERE.get(READERS.get(PurePath(file.file).suffix.lower(), ""))
    if elsewhere is None or not any(_WRITTEN.search(finding.hint) for finding in file.findings):
        return ""
    return f"The help writes fields as YAML does: {elsewhere}."
