"""What a workbook and a template tell who fills them in, out of the field reference."""

from __future__ import annotations

from commitgraph.disclosure.field_reference import Entry, field_reference
from commitgraph.disclosure.writing.xlsx_writer import Guide
from commitgraph.engine import Engine

_CASES = {
    "required": "Required.",
    "wanted": "Wanted.",
    "in some cases": "Asked for in some cases.",
    "optional": "",
}
#: Longer lists of words are left to the drop-down.
_LISTED = 7


def guide(engine: Engine) -> Guide:
    """The meaning and the words of every field, by its path."""
    entries = field_reference(engine)
    return Guide(
        {entry.path: _told(entry) for entry in entries},
        {entry.path: [word.name for word in entry.words] for entry in entries if entry.words},
    )


def _told(entry: Entry) -> str:
    several = (
        "Several are separated by semicolons." if entry.many and not entry.path.startswith("entries") else ""
    )
    if entry.path.startswith("entries.evidence."):
        several = "A further piece of evidence has a row of its own below, with the same commitment or none."
    words = ""
    if 0 < len(entry.words) <= _LISTED:
        words = " ".join(f"{word.name}: {word.meaning}" for word in entry.words)
    elif not entry.words and entry.kind != "text":
        words = f"It takes {entry.kind}."
    return " ".join(part for part in (entry.meaning, _CASES[entry.need], words, several) if part)
