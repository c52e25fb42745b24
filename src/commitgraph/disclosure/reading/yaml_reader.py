"""YAML with places: YAML 1.2 core schema, without tags, anchors, aliases and merge keys."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

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

from commitgraph.disclosure.fields import by_iri
from commitgraph.disclosure.reading import yaml_faults
from commitgraph.disclosure.reading.source import Builder, Kind, Place, Refused, Remark, Remarks, Value
from commitgraph.disclosure.report import clipped

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUTH = frozenset(("true", "True", "TRUE", "false", "False", "FALSE"))
_NUMBER = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)

#: A comment that may be the rest of a text: notes have a space behind the sign, and a word there.
_REST = re.compile(r"[ \t]+(?P<rest>#(?!commitgraph\b|TODO\b|FIXME\b|XXX\b|NOTE\b)(?:[^\W_]|[ \t]+\d)[^\n]*)")
#: Where a sentence ends, a note may follow.
_STOPS = ".!?:;。！？"


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
                        hint="put each one into a file of its own: a line of three dashes begins another",
                    )
            else:
                _take(event, builder, _place(event, starts), text)
    except MarkedYAMLError as error:
        raise _fault(error, text, starts) from None
    except YAMLError as error:
        raise Refused(
            "CG005", f"This is not well-formed YAML: {_first_line(error)}.", _at(error, text)
        ) from None
    tree = builder.result()
    if tree.kind == "text":
        fault = yaml_faults.of_line(text.split("\n")[tree.place.line - 1], tree.place.line)
        if fault:
            message = f"The file is not a group of fields. {fault.message}"
            raise Refused("CG010", message, fault.place, hint=fault.hint, value=fault.value)
    return tree


def _fault(error: MarkedYAMLError, text: str, starts: list[int]) -> Refused:
    """The refusal of a text that breaks the rules of YAML, with the likely reason where it is recognised."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Refused("CG005", f"This is not well-formed YAML: {_problem(error)}.")
    began = error.context_mark.index if error.context_mark else None
    fault = yaml_faults.explain(text, mark.index, began)
    if fault:
        message = f"This is not well-formed YAML. {fault.message}"
        return Refused("CG005", message, fault.place, hint=fault.hint, value=fault.value)
    line = bisect_right(starts, mark.index)
    place = Place(line, mark.index - starts[line - 1] + 1)
    return Refused("CG005", f"This is not well-formed YAML: {_problem(error)}.", place)


def _take(event: Event, builder: Builder, place: Place, text: str) -> None:
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
        message = "Anchors and aliases (&name, *name) are not allowed in a disclosure."
        raise Refused("CG006", message, place, hint=_in_full(text, place))
    tag = getattr(event, "tag", None)
    if tag:
        message = f"Tags ({tag}) are not allowed in a disclosure."
        raise Refused("CG006", message, place, hint=_in_full(text, place))
    if isinstance(event, ScalarEvent):
        if builder.wants_key:
            if event.value == "<<" and not event.style:
                raise Refused("CG006", "Merge keys (<<) are not allowed in a disclosure.", place)
            builder.key(event.value, place)
        else:
            _remark_on_comment(event, builder, place, text)
            builder.add(Value(_kind(event), event.value, place))
    elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
        if builder.wants_key:
            fault = yaml_faults.of_line(text.split("\n")[place.line - 1], place.line)
            if fault:
                raise Refused("CG005", fault.message, fault.place, hint=fault.hint, value=fault.value)
            raise Refused("CG005", "A field name must be plain text.", place)
        kind: Kind = "map" if isinstance(event, MappingStartEvent) else "list"
        builder.add(Value(kind, "", Place(place.line, place.column)))
    elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
        builder.close()


def _remark_on_comment(event: ScalarEvent, builder: Builder, place: Place, text: str) -> None:
    """Remark on a comment that may well be the rest of a text, as in "Report #2025" or "see item # 4"."""
    if event.style or not event.value or builder.field not in _texts() or event.value[-1] in _STOPS:
        return
    end = event.end_mark.index
    found = _REST.match(text, end)
    if not found:
        return
    rest = found["rest"].rstrip()
    before = text.rfind("\n", 0, found.start("rest")) + 1
    line = place.line + text.count("\n", event.start_mark.index, end)
    builder.remarks.append(
        Remark(
            "CG113",
            f'YAML ends this text before "{clipped(rest, 60)}" and takes what follows for a comment.',
            Place(line, found.start("rest") - before + 1, len(rest)),
            value=rest,
        )
    )


@cache
def _texts() -> frozenset[str]:
    """The fields that take text."""
    return frozenset(field.key for fields in by_iri().values() for field in fields if field.kind == "text")


def _in_full(text: str, place: Place) -> str:
    """What to do about a sign by which YAML refers to another value, and which may be meant as a letter."""
    line = text.split("\n")[place.line - 1]
    word = line[place.column - 1 :].split(" ")[0]
    other = {"*": "&", "&": "*"}.get(word[:1], "")
    as_yaml = word.startswith(("!!", "!<")) or (other and other + word[1:] in text)
    fault = None if as_yaml else yaml_faults.of_line(line, place.line)
    meant = f"; if the sign belongs to the text, {fault.hint}" if fault else ""
    return f"write the value out in full{meant}"


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
