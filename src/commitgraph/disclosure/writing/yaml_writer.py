"""YAML as people write it: groups in blocks, long texts folded, quotation marks only where needed."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Any

from commitgraph.disclosure.writing.tree import Group

_WIDTH = 100
# What no reader of YAML, of version 1.1 or 1.2, takes for anything but text.
_PLAIN = re.compile(r"[^\W_][\w ./,;()'&%+?!=~$*@€°–—…“”‘’:#-]*")
_NOT_PLAIN = re.compile(r": |:$| #| $")
_OTHER_KIND = re.compile(
    r"(?i:null|true|false|yes|no|on|off|y|n|inf|nan)|[\d_.,:+-]+(?i:e[+-]?\d+)?|0[xob]\w+"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write(root: Group) -> str:
    """The text of a YAML file."""
    return "".join(f"{line}\n" for line in block(root))


def block(group: Group, indent: str = "") -> Iterator[str]:
    """The lines of a group.

    Args:
        group: its fields.
        indent: what each line begins with.
    """
    for key, value in group.items():
        name = key if _PLAIN.fullmatch(key) else quoted(key)
        yield from _member(f"{indent}{name}:", value, indent)


def item(group: Group, indent: str = "") -> Iterator[str]:
    """The lines of a group that is an item of a list."""
    lines = block(group, f"{indent}  ")
    yield f"{indent}- {next(lines).lstrip()}"
    yield from lines


def _member(head: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield head
        yield from block(value, f"{indent}  ")
    elif isinstance(value, list) and value:
        words = [scalar(one) for one in value if not isinstance(one, dict)]
        if len(words) == len(value) and not any(mark in word for word in words for mark in ",[]{}"):
            yield f"{head} [{', '.join(words)}]"
            return
        yield head
        for one in value:
            yield from item(one, f"{indent}  ") if isinstance(one, dict) else [f"{indent}  - {scalar(one)}"]
    elif isinstance(value, list):
        yield f"{head} []"
    elif value is None:
        yield head
    else:
        yield from _text(head, value, indent)


def _text(head: str, value: str | bool, indent: str) -> Iterator[str]:
    word = scalar(value)
    folds = isinstance(value, str) and value.isprintable() and value.strip() == value and "  " not in value
    if folds and len(head) + len(word) > _WIDTH and " " in word:
        # Whoever reads a folded text joins its lines by single spaces.
        yield f"{head} >-"
        width = max(_WIDTH - len(indent), 40)
        lines = textwrap.wrap(str(value), width, break_long_words=False, break_on_hyphens=False)
        yield from (f"{indent}  {line}" for line in lines)
    else:
        yield f"{head} {word}"


def scalar(value: str | bool) -> str:
    """A text or truth value in one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    plain = _PLAIN.fullmatch(value) and not _NOT_PLAIN.search(value)
    kept = plain and value.isprintable() and (_DAY.fullmatch(value) or not _OTHER_KIND.fullmatch(value))
    return value if kept else quoted(value)


def quoted(text: str) -> str:
    """A text between quotation marks, with every sign that cannot be seen written out."""
    return '"' + "".join(_ESCAPES.get(sign) or _seen(sign) for sign in text) + '"'


def _seen(sign: str) -> str:
    if sign.isprintable():
        return sign
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
