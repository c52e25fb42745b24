"""The head of a table of the Simple Standard for Sharing Ontological Mappings: YAML behind the # on top.

https://mapping-commons.github.io/sssom/
"""

from __future__ import annotations

from typing import Any

from ruamel.yaml import YAML

from commitgraph.dataset.tables import TableError
from commitgraph.iris import is_iri


def head(name: str, top: list[str]) -> dict[str, Any]:
    """What the lines on top of the table at path `name` say.

    Raises:
        TableError: they hold no YAML mapping.
    """
    try:
        told = YAML(typ="safe", pure=True).load("\n".join(line[1:] for line in top)) or {}
    except Exception as error:  # the YAML reader raises far more than its own errors
        reason = " ".join(str(error).split()) or type(error).__name__
        raise TableError(name, 1, f"expected YAML behind the # on top of the file: {reason[:200]}") from None
    if not isinstance(told, dict):
        raise TableError(
            name, 1, "expected `key: value` lines behind the # on top, with a curie_map; got something else"
        )
    return told


def prefixes(name: str, head: dict[str, Any]) -> dict[str, str]:
    """The prefixes that a table uses, each with its namespace.

    Raises:
        TableError: the head holds no such map.
    """
    table = head.get("curie_map")
    if not isinstance(table, dict) or not all(is_iri(str(space)) for space in table.values()):
        raise TableError(
            name, 1, "curie_map: expected prefixes, each with the IRI it stands for, on top of the file"
        )
    return {str(prefix): str(space) for prefix, space in table.items()}
