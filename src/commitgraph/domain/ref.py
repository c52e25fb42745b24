"""A reference: something named, by IRI and label, where no more of it is needed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ref:
    """Something named: its IRI and the label to show."""

    iri: str
    label: str
