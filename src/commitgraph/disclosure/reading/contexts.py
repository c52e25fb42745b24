"""JSON-LD contexts: ours, which ships with the package, those that a file writes out, and no other."""

from __future__ import annotations

from typing import Any

from commitgraph.disclosure import fields
from commitgraph.disclosure.fields import CONTEXT
from commitgraph.disclosure.reading.source import Refused, Value, walk


def is_linked(tree: Value) -> bool:
    """Whether this is a group of fields, or an array of nodes as JSON-LD has them."""
    if tree.kind == "map":
        return True
    nodes = tree.items
    return all(node.kind == "map" for node in nodes) and any(
        key.startswith("@") for node in nodes for key in node.members
    )


def names_ours(tree: Value) -> bool:
    """Whether our context holds: it is implied, or named."""
    named = tree.members.get("@context")
    if named is None:
        return True
    return any(value.kind == "text" and value.text == CONTEXT for value in (named[1], *named[1].items))


def written_out(named: Value) -> Any:
    """What stands behind `@context`, ours written out in full."""
    listed = named.items if named.kind == "list" else [named]
    return [fields.context() if value.kind == "text" else plain_json(value) for value in listed]


def refuse_foreign(tree: Value) -> None:
    """Refuse a tree that asks for a context from elsewhere, at any depth.

    Raises:
        Refused: it does.
    """
    for value in walk(tree):
        for key, (place, child) in value.members.items():
            if key == "@import":
                raise Refused(
                    "CG009", "A context must not import another one.", place, value=child.text or None
                )
            if key != "@context":
                continue
            for named in (child, *child.items):
                if named.kind == "text" and named.text != CONTEXT:
                    raise Refused(
                        "CG009",
                        f'The context "{named.text}" does not ship with commitgraph, and none is fetched.',
                        named.place,
                        value=named.text,
                    )


def plain_json(value: Value) -> Any:
    """A tree as plain JSON; numbers keep their characters."""
    if value.kind == "map":
        return {key: plain_json(child) for key, (_, child) in value.members.items()}
    if value.kind == "list":
        return [plain_json(item) for item in value.items]
    if value.kind == "truth":
        return value.text.lower() == "true"
    return None if value.kind == "null" else value.text
