"""A file as a tree of values that know their places, whatever notation it was written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

#: Control characters that belong in no text whose lines end with a line feed.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
#: Limits on one file. They are far above any honest disclosure and keep a hostile one cheap.
MAX_BYTES = 10 * 1024 * 1024
MAX_LINES = 200_000
MAX_DEPTH = 32
MAX_VALUES = 100_000
MAX_ENTRIES = 1_000
MAX_STATEMENTS = 50_000
MAX_TEXT = 100_000
MAX_REMARKS = 1_000


class Place(NamedTuple):
    """Where something stands: line and column from 1, and how many characters of the line it takes.

    In a workbook the line is the row, the column that of the cell, and `sheet` says on which sheet.
    """

    line: int = 1
    column: int = 1
    width: int = 1
    sheet: str = ""


class Refused(Exception):
    """A file cannot be judged.

    Attributes:
        code: code of the check that says why.
        message: one sentence for the author of the file.
        place: where the reason stands.
        hint: what to do; empty for the check's own hint.
        value: the offending text, where there is one.
    """

    def __init__(
        self, code: str, message: str, place: Place | None = None, *, hint: str = "", value: str | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.place = place or Place()
        self.hint = hint
        self.value = value


class Remark(NamedTuple):
    """Something found while reading that does not keep the file from being judged."""

    code: str
    message: str
    place: Place
    hint: str = ""
    value: str | None = None


class Remarks(list[Remark]):
    """The remarks on one file; a file with too many is refused, since nobody would read them."""

    def append(self, remark: Remark) -> None:
        """Add a remark.

        Raises:
            Refused: there are too many.
        """
        if len(self) >= MAX_REMARKS:
            raise Refused("CG008", f"The file has more than {MAX_REMARKS:,} faults of form.", remark.place)
        super().append(remark)


Kind = Literal["map", "list", "text", "number", "truth", "null"]


@dataclass(slots=True)
class Value:
    """One value of the tree.

    Attributes:
        kind: what the notation says that it is.
        text: the characters of a scalar (numbers and truth values as they are written).
        place: where it starts.
        members: keys and values of a map, with the place of each key.
        items: the values of a list.
    """

    kind: Kind
    text: str
    place: Place
    members: dict[str, tuple[Place, Value]] = field(default_factory=dict)
    items: list[Value] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing is said: null, blank text, a list or map without content."""
        if self.kind == "null":
            return True
        if self.kind == "text":
            return not self.text.strip()
        return (self.kind == "list" and not self.items) or (self.kind == "map" and not self.members)


class Builder:
    """Builds a tree from the steps of a parser and enforces the limits on the way.

    Both readers (YAML, JSON) feed it, so that limits and double keys are treated alike.
    """

    def __init__(self, remarks: Remarks) -> None:
        self.root: Value | None = None
        self.remarks = remarks
        self._open: list[Value] = []
        self._keys: list[tuple[str, Place] | None] = []
        #: Whether an open map has run into the next item of its list, for want of a dash.
        self._ended: list[bool] = []
        self._count = 0

    @property
    def wants_key(self) -> bool:
        """Whether the next scalar is the key of a map."""
        return bool(self._open) and self._open[-1].kind == "map" and self._keys[-1] is None

    @property
    def field(self) -> str | None:
        """The key of which the next value is taken; None in a list."""
        named = self._keys[-1] if self._keys else None
        return named[0] if named else None

    def key(self, text: str, place: Place) -> None:
        """Take the key of the next member of the open map."""
        self._keys[-1] = (text, place)

    def add(self, value: Value) -> None:
        """Put a value where the parser stands; a map or list stays open until :meth:`close`."""
        self._count += 1
        if self._count > MAX_VALUES:
            raise Refused("CG008", f"The file holds more than {MAX_VALUES:,} values.", value.place)
        if len(value.text) > MAX_TEXT:
            raise Refused(
                "CG008", f"A text of {len(value.text):,} characters is longer than {MAX_TEXT:,}.", value.place
            )
        if not self._open:
            self.root = value
        elif self._open[-1].kind == "list":
            items = self._open[-1].items
            items.append(value)
            if len(items) > 10 * MAX_ENTRIES:
                raise Refused("CG008", f"A list has more than {10 * MAX_ENTRIES:,} items.", value.place)
        else:
            self._member(value)
        if value.kind in ("map", "list"):
            if len(self._open) >= MAX_DEPTH:
                raise Refused("CG007", f"The file is nested deeper than {MAX_DEPTH} levels.", value.place)
            self._open.append(value)
            self._keys.append(None)
            self._ended.append(False)

    def close(self) -> None:
        """End the open map or list."""
        self._open.pop()
        self._keys.pop()
        self._ended.pop()

    def result(self) -> Value:
        """The finished tree.

        Raises:
            Refused: there was nothing in the file.
        """
        if self.root is None or self.root.kind == "null":
            raise Refused("CG010", "The file is empty; a disclosure is expected.")
        return self.root

    def _member(self, value: Value) -> None:
        named = self._keys[-1]
        if named is None:
            raise Refused("CG005", "A value stands where a field name is expected.", value.place)
        key, place = named
        self._keys[-1] = None
        members = self._open[-1].members
        if self._ended[-1]:
            return
        if key not in members:
            members[key] = (place, value)
            return
        line = members[key][0].line
        hint = ""
        if key == next(iter(members)) and len(self._open) > 1 and self._open[-2].kind == "list":
            # What follows is another item: told once, and not mixed with the item before it.
            self._ended[-1] = True
            hint = (
                f"if another item of the list begins here, put a dash before it (`- {key}:`; in JSON, close "
                "the group and open another); if not, keep the one that is meant"
            )
        message = f'The field "{key}" is given twice in one place; the first is in line {line}.'
        self.remarks.append(Remark("CG110", message, place, hint, key))


def walk(value: Value) -> Iterator[Value]:
    """`value` and everything below it."""
    todo = [value]
    while todo:
        here = todo.pop()
        yield here
        todo.extend(here.items)
        todo.extend(child for _, child in here.members.values())
