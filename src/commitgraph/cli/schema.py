"""`commitgraph schema`."""

from __future__ import annotations

from commitgraph.cli.ask import engine
from commitgraph.cli.output import show_json
from commitgraph.disclosure.writing.json_schema import json_schema


def schema() -> None:
    """Print the JSON Schema (2020-12) of disclosures in YAML and JSON, for editors and forms.

    What it rejects, `commitgraph validate` finds fault with, too. A file that it accepts may still have
    findings there: names, dates, promises and sources are no matter for a schema.

    Example: commitgraph schema > disclosure.schema.json
    """
    show_json(json_schema(engine()))
