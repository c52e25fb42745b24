"""The form that a field takes, written out for the very value that stands there in another form.

What is proposed is written as JSON, which YAML reads, too. It never says more than the value did: where a
part of a group is not known it is named and left to the author.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from commitgraph.disclosure import characters, written_dates
from commitgraph.disclosure.fields import Field
from commitgraph.disclosure.reading.source import Value

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9.-]+)+")
_JOINED = re.compile(r"([a-z-]+)[:：](\S.*)")
_TRUE = frozenset(("true", "yes", "y", "on", "1"))
_FALSE = frozenset(("false", "no", "n", "off", "0"))
#: Longer values are not repeated in a hint.
_REPEATED = 120


def _is_link(text: str) -> bool:
    return _LINK.fullmatch(text) is not None


def _is_slug(text: str) -> bool:
    return _SLUG.fullmatch(text) is not None


def _is_day(text: str) -> bool:
    found = written_dates.readings(text)
    return len(found) == 1 and found[0].day == text


def _is_text(text: str) -> bool:
    return bool(text)


#: For each field that takes a group: which field of the group a bare text belongs to, by what the text is.
_PARTS: dict[str, tuple[tuple[Callable[[str], bool], str], ...]] = {
    "entries": ((_is_slug, "commitment"),),
    "evidence": ((_is_link, "url"), (_is_text, "title")),
    "signed-off": ((_is_day, "date"),),
    "prepared-by": ((_is_link, "url"), (_is_text, "name")),
    "mitigation": ((_is_text, "description"),),
    "remedy": ((_is_link, "channel"), (_is_text, "description")),
    "risks": ((_is_text, "description"),),
}
_NOTES = {"signed-off": "role is the office of the person, such as Chief Compliance Officer"}


def cure(field: Field, value: Value, *, in_list: bool = False) -> str:
    """What to write instead of a value of the wrong kind.

    Args:
        field: the field that it stands in.
        value: the value.
        in_list: whether it is one item of the list that the field takes.
    """
    if field.kind == "group":
        return _period(value)
    if field.key == "commitgraph":
        return "write `disclosure/1`"
    if field.kind == "truth":
        return _truth(value)
    if value.kind == "list":
        return "write each item of the inner list by itself" if field.many else _one(field, value)
    write = _group if field.level else _plain
    return write(field, value, brackets=field.many and not in_list)


def _plain(field: Field, value: Value, *, brackets: bool) -> str:
    if value.kind == "map":
        called = {"link": "an address", "date": "a date", "choice": "one word"}.get(field.kind, "a text")
        return (
            f"write {called} behind the colon, without fields below it; a text with a colon in it is quoted"
        )
    if len(value.text) > _REPEATED:
        return "write a list of texts" if brackets else "put it between quotation marks"
    if not brackets:
        return f"write `{_json(value.text)}`, between quotation marks"
    parts = re.split("[,;]", value.text) if field.kind == "choice" else [value.text]
    return f"write `{_json([characters.plain(part) for part in parts if part.strip()])}`"


def _period(value: Value) -> str:
    model = '{"from": "YYYY-MM-DD", "to": "YYYY-MM-DD"}'
    texts = [item.text for item in value.items] if value.kind == "list" else [value.text]
    days = written_dates.period(" to ".join(texts)) if len(texts) in {1, 2} and all(texts) else None
    if days:
        group = _json({"from": str(days[0]), "to": str(days[1])})
        return f"write `{group}`, if these are the first and the last day"
    year = written_dates.business_year(value.text)
    if year:
        return (
            f"write the first and the last day of the business year: {model}; where it is the calendar year: "
            f"{_json({'from': f'{year}-01-01', 'to': f'{year}-12-31'})}"
        )
    return f"write the first and the last day: {model}"


def _truth(value: Value) -> str:
    word = characters.plain(value.text).lower()
    for said, words in (("true", _TRUE), ("false", _FALSE)):
        if word in words and value.kind in {"text", "number"}:
            return f"write `{said}`, without quotation marks"
    return "write true or false, without quotation marks"


def _one(field: Field, value: Value) -> str:
    if len(value.items) == 1:
        text = value.items[0].text
        if field.level or not text:
            return "take the brackets or the dash away: one group of fields is expected, not a list"
        return f"write `{_json(text)}`, without brackets or a dash"
    if field.key == "commitment":
        return "write one entry for each commitment, every one with its own status"
    what = "group of fields" if field.level else "value"
    return f"only one {what} can stand here: write the one that is meant"


def _group(field: Field, value: Value, *, brackets: bool) -> str:
    names = list(field.level.fields) if field.level else []
    around = "[{}]" if brackets else "{}"
    if value.kind == "map":
        first = next(iter(value.members), names[0])
        return f"put a dash before `{first}` and the other fields of the group below it: a list is expected"
    joined = _JOINED.fullmatch(value.text)
    if joined and joined[1] in names:
        return f"write `{joined[1]}: {joined[2]}`, with a plain colon and a space behind it"
    text = characters.plain(value.text) if value.kind in {"text", "number"} else ""
    if text and len(text) <= _REPEATED:
        for fits, part in _PARTS.get(field.key, ()):
            if fits(text):
                rest = ", ".join(name for name in names if name != part)
                return f"write `{around.format(_json({part: text}))}`; it may also have {rest}"
    model = "{" + ", ".join(f'"{name}": …' for name in names) + "}"
    note = f"; {_NOTES[field.key]}" if field.key in _NOTES else ""
    return f"write {'a list of groups' if brackets else 'a group'}: {around.format(model)}{note}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
