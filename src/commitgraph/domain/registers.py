"""Registers: the codes that they give to parties and texts, where each opens, and how far it is borne out."""

from __future__ import annotations

from dataclasses import dataclass

from commitgraph.domain.sources import Source, sources_of
from commitgraph.engine import Engine
from commitgraph.engine.ask import rows
from commitgraph.iris import local

_IDENTIFIERS = """
SELECT ?identifier ?scheme ?register ?pattern ?value ?confidence ?note WHERE {
  ?identifier cg:identifies $thing ; cg:identifierScheme ?scheme ; cg:identifierValue ?value .
  OPTIONAL {
    ?list skos:inScheme <https://w3id.org/commitgraph/scheme/register> ; skos:notation ?scheme .
    ?list skos:prefLabel ?register .
    OPTIONAL { ?list cg:addressPattern ?pattern }
  }
  OPTIONAL { ?identifier cg:confidence ?confidence }
  OPTIONAL { ?identifier cg:note ?note }
} ORDER BY ?scheme ?value ?identifier ?note
"""
_BORNE_OUT = ("one-source", "two-sources")


@dataclass(frozen=True)
class Identifier:
    """A code that a register gives to a party or a text.

    Attributes:
        iri: the identifier.
        register, value, url: which register, the code, and where it opens; the last is empty where no address
            is made of the code.
        verified: whether it was read in a source and no source says otherwise.
        confidence: how well it is borne out.
        sources: what bears it out.
        scheme: the register by its notation, such as `wikidata`.
        notes: our remarks.
    """

    iri: str
    register: str
    value: str
    url: str
    verified: bool
    confidence: str
    sources: tuple[Source, ...]
    scheme: str = ""
    notes: tuple[str, ...] = ()


def identifiers_of(engine: Engine, thing: str) -> tuple[Identifier, ...]:
    """The identifiers of a party or instrument (IRI), by register and code."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows(engine, _IDENTIFIERS, thing=thing):
        found.setdefault(row["identifier"], []).append(row)
    sources = sources_of(engine, found)
    return tuple(
        Identifier(
            iri=iri,
            register=told[0]["register"] or told[0]["scheme"],
            value=told[0]["value"],
            url=address(told[0]["pattern"], told[0]["value"]),
            verified=local(told[0]["confidence"]) in _BORNE_OUT,
            confidence=local(told[0]["confidence"]),
            sources=sources[iri],
            scheme=told[0]["scheme"],
            notes=tuple(dict.fromkeys(row["note"] for row in told if row["note"])),
        )
        for iri, told in found.items()
    )


def address(pattern: str, value: str) -> str:
    """Where a code opens, by the pattern of its register; empty where it cannot be told.

    >>> address("https://ror.org/{value}", "00njsd438")
    'https://ror.org/00njsd438'
    >>> address("https://docs.un.org/en/{value}", "A/RES/217 A (III)"), address("", "410")
    ('', '')
    """
    # A symbol that is printed with spaces is not the one that the address has.
    return "" if not pattern or " " in value else pattern.replace("{value}", value)


__all__ = ["Identifier", "address", "identifiers_of"]
