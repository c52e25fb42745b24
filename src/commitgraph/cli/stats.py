"""`commitgraph stats`: counts by kind."""

from __future__ import annotations

from commitgraph.cli.ask import Format, engine
from commitgraph.cli.output import show, show_json
from commitgraph.dataset import load
from commitgraph.views.stats import stats as count


def stats(form: Format = "table") -> None:
    """Print how many things of each kind the graph holds.

    Example: commitgraph stats
    """
    counts = count(engine())
    if form == "json":
        show_json({"dataVersion": load().version, "counts": counts})
        return
    show(("kind", "number"), [(name, str(number)) for name, number in counts.items()])
