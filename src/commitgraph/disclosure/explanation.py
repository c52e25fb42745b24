"""What a check looks for, why, and what it looks like when it fails and when it passes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from commitgraph.disclosure.catalogue import Check
from commitgraph.domain.provisions import Provision, provision
from commitgraph.engine import Engine
from commitgraph.home import home


@dataclass(frozen=True)
class Explanation:
    """One check, explained.

    Attributes:
        check: the check.
        reason: the provision that it rests on, where there is one.
        failing, passing: a disclosure in YAML with the fault, and one without it; empty where there is none.
    """

    check: Check
    reason: Provision | None
    failing: str
    passing: str

    def to_dict(self) -> dict[str, Any]:
        """The explanation as JSON has it."""
        check, reason = self.check, self.reason
        return {
            "code": check.code,
            "name": check.name,
            "severity": check.severity,
            "profiles": list(check.profiles),
            "summary": check.summary,
            "hint": check.hint,
            "known_limits": list(check.known_limits),
            "rests_on": reason
            and {
                "provision": reason.iri,
                "instrument": reason.instrument.label,
                "locator": reason.locator,
                "summary": reason.summary,
                "sources": [{"title": source.title, "url": source.url} for source in reason.sources],
            },
            "failing": self.failing,
            "passing": self.passing,
        }


def explain(check: Check, engine: Engine) -> Explanation:
    """Explain a check.

    Args:
        check: out of the catalogue.
        engine: of the graph that holds the provision behind it.
    """
    reason = provision(engine, check.rests_on) if check.rests_on else None
    return Explanation(check, reason, _example(check, "failing"), _example(check, "passing"))


def _example(check: Check, kind: str) -> str:
    return _examples().get(f"{check.code}.{kind}.yaml", "")


@cache
def _examples() -> dict[str, str]:
    """All examples by the names of their files, read at once: a worker of the web service can open none."""
    folder = home() / "ontology" / "shapes" / "examples"
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")}
