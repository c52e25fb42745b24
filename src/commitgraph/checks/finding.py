"""What a check is and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Literal, Protocol

from commitgraph.checks.material import Material
from commitgraph.iris import ID, shorten

#: `error`: the graph is not in health. `note`: a reader should know, nothing is wrong.
Level = Literal["error", "note"]


@dataclass(frozen=True)
class Finding:
    """One fault, told so that a person can mend it.

    Attributes:
        check: stable name of the check; a family of checks writes `family/member`.
        expected: what should be there.
        got: what is there instead.
        todo: what to do about it.
        subject: IRI of the thing that it is about, or empty.
        file: file relative to the checked folder, or empty.
        line: line in that file, from 1, or 0 where it is not known.
        level: `error` or `note`.
    """

    check: str
    expected: str
    got: str
    todo: str
    subject: str = ""
    file: str = ""
    line: int = 0
    level: Level = "error"

    def as_dict(self) -> dict[str, str | int]:
        """The finding as plain values, for JSON."""
        return asdict(self)


def brief(iri: str) -> str:
    """An IRI as people read it: `kind/…` for a thing of ours, else with its prefix.

    >>> brief("https://w3id.org/commitgraph/id/party/ibm"), brief("https://w3id.org/commitgraph/ns#mode")
    ('party/ibm', 'cg:mode')
    """
    return iri.removeprefix(ID) if iri.startswith(ID) else shorten(iri)


class Skipped(Exception):
    """A check could not run here. The message says why and what to do."""


class Check(Protocol):
    """One check of the graph's health."""

    @property
    def name(self) -> str:
        """Stable name."""
        ...

    @property
    def expects(self) -> str:
        """What holds in a healthy graph, in one sentence."""
        ...

    def __call__(self, material: Material) -> Iterable[Finding]:
        """Findings in `material`.

        Raises:
            Skipped: the check cannot run here.
        """
        ...


@dataclass(frozen=True)
class Named:
    """A check made from a function."""

    name: str
    expects: str
    run: Callable[[Material], Iterable[Finding]]

    def __call__(self, material: Material) -> Iterable[Finding]:
        return self.run(material)
