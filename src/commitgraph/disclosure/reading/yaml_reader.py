"""YAML with places: YAML 1.2 core schema, without tags, anchors, aliases and merge keys."""

from __future__ import annotations

import re
from bisect import bisect_right

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from commitgraph.disclosure.reading.source import Builder, Kind, Place, Refused, Remarks, Value

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUTH = frozenset(("true", "True", "TRUE", "false", "False", "FALSE"))
_NUMBER = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)


def read(text: str, remarks: Remarks) -> Value:
    """Read one YAML document.

    Dates stay text, and so do `yes` and `no`: only what YAML 1.2 calls a number, a truth value
    or null is one.

    Raises:
        Refused: the text is no YAML, or uses what is not allowed here.
    """
    builder = Builder(remarks)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    documents = 0
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise Refused(
                        "CG010",
                        "The file holds more than one YAML document; one is expected.",
                        _place(event, starts),
                    )
            else:
                _take(event, builder, _place(event, starts))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place()
        raise Refused("CG005", f"This is not well-formed YAML: {_problem(error)}.", place) from None
    except YAMLError as error:
        raise Refused(
            "CG005", f"This is not well-formed YAML: {_first_line(error)}.", _at(error, text)
        ) from None
    return builder.result()


def _take(event: Event, builder: Builder, place: Place) -> None:
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
        raise Refused("CG006", "Anchors and aliases (&name, *name) are not allowed in a disclosure.", place)
    tag = getattr(event, "tag", None)
    if tag:
        raise Refused("CG006", f"Tags ({tag}) are not allowed in a disclosure.", place)
    if isinstance(event, ScalarEvent):
        if builder.wants_key:
            if event.value == "<<" and not event.style:
                raise Refused("CG006", "Merge keys (<<) are not allowed in a disclosure.", place)
            builder.key(event.value, place)
        else:
            builder.add(Value(_kind(event), event.value, place))
    elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
        if builder.wants_key:
            raise Refused("CG005", "A field name must be plain text.", place)
        kind: Kind = "map" if isinstance(event, MappingStartEvent) else "list"
        builder.add(Value(kind, "", Place(place.line, place.column)))
    elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
        builder.close()


def _kind(event: ScalarEvent) -> Kind:
    if event.style:
        return "text"
    if event.value in _NULL:
        return "null"
    if event.value in _TRUTH:
        return "truth"
    return "number" if _NUMBER.fullmatch(event.value) else "text"


def _place(event: Event, starts: list[int]) -> Place:
    """Place of an event by its offset: YAML counts characters as line ends that editors do not."""
    begin, end = event.start_mark.index, event.end_mark.index
    line = bisect_right(starts, begin)
    inside = line == len(starts) or end < starts[line]
    return Place(line, begin - starts[line - 1] + 1, max(1, end - begin) if inside else 1)


def _problem(error: MarkedYAMLError) -> str:
    """The parser's complaint in one line; its context says what was being read."""
    parts = [str(part) for part in (error.context, error.problem) if part]
    return _first_line(", ".join(parts)).rstrip(".")


def _first_line(error: object) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].strip() if lines else "unreadable"


def _at(error: YAMLError, text: str) -> Place:
    """Place of a character that YAML does not allow (the reader tells only its offset)."""
    offset = getattr(error, "position", None)
    if not isinstance(offset, int):
        return Place()
    before = text[:offset]
    return Place(before.count("\n") + 1, offset - before.rfind("\n"))
