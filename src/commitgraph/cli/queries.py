"""`commitgraph queries`: list the saved questions."""

from __future__ import annotations

from commitgraph.cli.ask import Format
from commitgraph.cli.output import show, show_json
from commitgraph.questions import READERS, Question, questions


def queries(form: Format = "table") -> None:
    """List the saved questions by reader, with the parameters that each takes and their defaults.

    Example: commitgraph queries
    """
    found = questions()
    if form == "json":
        show_json([question.record() for question in found])
        return
    rows = [
        (reader, question.group, question.name, question.text, _parameters(question))
        for reader in READERS
        for question in sorted(found, key=lambda q: (q.group, q.name))
        if reader in question.readers
    ]
    show(("for", "about", "name", "question", "parameters"), rows)


def _parameters(question: Question) -> str:
    return " ".join(f"{p.name}={p.default}" for p in question.parameters)
