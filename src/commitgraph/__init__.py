"""commitgraph: who promised what on artificial intelligence.

>>> import commitgraph
>>> graph = commitgraph.load()
>>> graph.party("Kakao").pledges()[0].instrument_label
'Seoul AI Business Pledge'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from commitgraph.dataset import DataError
    from commitgraph.dates import DateError, Day
    from commitgraph.disclosure import Account, Asked, FileReport, Finding, Report, Suppression, validate
    from commitgraph.domain.concepts import Concept
    from commitgraph.domain.endings import Delisting, Refusal
    from commitgraph.domain.evidence import Assurance, Disclosure, Observation
    from commitgraph.domain.fragment import Fragment
    from commitgraph.domain.instruments import Coverage, InstrumentEntry, InstrumentProfile, Occasion
    from commitgraph.domain.links import Link, Tie
    from commitgraph.domain.parties import Change, Name, PartyEntry, PartyProfile
    from commitgraph.domain.provisions import Provision
    from commitgraph.domain.ratings import Rating
    from commitgraph.domain.ref import Ref
    from commitgraph.domain.regions import Region
    from commitgraph.domain.registers import Identifier
    from commitgraph.domain.rolls import Roll
    from commitgraph.domain.sources import Source
    from commitgraph.domain.standing import Adherence, Standings
    from commitgraph.domain.undertakings import Undertaking
    from commitgraph.engine import QueryError, Result, Term
    from commitgraph.errors import CommitgraphError
    from commitgraph.find.names import LookupFailed
    from commitgraph.find.search import Hit
    from commitgraph.graph import Graph, Instrument, Party, load
    from commitgraph.proof.verification import (
        EditionState,
        PassageToFind,
        Repetition,
        Resolution,
        Verification,
    )
    from commitgraph.questions import Parameter, ParameterError, Question, UnknownQuestion
    from commitgraph.views.chain import Chain, ChainCompany, ChainEvidence, ChainParagraph, ChainSentence
    from commitgraph.views.compare import Comparison, Row
    from commitgraph.views.matrix import ByReference, Cell, Matrix, RollGlance

__version__ = "0.1.0"
#: Where each public name lives. It is imported when it is first used: some need what takes long to load.
_HOMES = {
    "dataset": ("DataError",),
    "dates": ("DateError", "Day"),
    "disclosure": ("Account", "Asked", "FileReport", "Finding", "Report", "Suppression", "validate"),
    "domain.concepts": ("Concept",),
    "domain.endings": ("Delisting", "Refusal"),
    "domain.evidence": ("Assurance", "Disclosure", "Observation"),
    "domain.fragment": ("Fragment",),
    "domain.instruments": ("Coverage", "InstrumentEntry", "InstrumentProfile", "Occasion"),
    "domain.links": ("Link", "Tie"),
    "domain.parties": ("Change", "Name", "PartyEntry", "PartyProfile"),
    "domain.provisions": ("Provision",),
    "domain.ratings": ("Rating",),
    "domain.ref": ("Ref",),
    "domain.regions": ("Region",),
    "domain.registers": ("Identifier",),
    "domain.rolls": ("Roll",),
    "domain.sources": ("Source",),
    "domain.standing": ("Adherence", "Standings"),
    "domain.undertakings": ("Undertaking",),
    "engine": ("QueryError", "Result", "Term"),
    "errors": ("CommitgraphError",),
    "find.names": ("LookupFailed",),
    "find.search": ("Hit",),
    "graph": ("Graph", "Instrument", "Party", "load"),
    "proof.verification": ("EditionState", "PassageToFind", "Repetition", "Resolution", "Verification"),
    "questions": ("Parameter", "ParameterError", "Question", "UnknownQuestion"),
    "views.chain": ("Chain", "ChainCompany", "ChainEvidence", "ChainParagraph", "ChainSentence"),
    "views.compare": ("Comparison", "Row"),
    "views.matrix": ("ByReference", "Cell", "Matrix", "RollGlance"),
}
__all__ = [
    "Account",
    "Adherence",
    "Asked",
    "Assurance",
    "ByReference",
    "Cell",
    "Chain",
    "ChainCompany",
    "ChainEvidence",
    "ChainParagraph",
    "ChainSentence",
    "Change",
    "CommitgraphError",
    "Comparison",
    "Concept",
    "Coverage",
    "DataError",
    "DateError",
    "Day",
    "Delisting",
    "Disclosure",
    "EditionState",
    "FileReport",
    "Finding",
    "Fragment",
    "Graph",
    "Hit",
    "Identifier",
    "Instrument",
    "InstrumentEntry",
    "InstrumentProfile",
    "Link",
    "LookupFailed",
    "Matrix",
    "Name",
    "Observation",
    "Occasion",
    "Parameter",
    "ParameterError",
    "Party",
    "PartyEntry",
    "PartyProfile",
    "PassageToFind",
    "Provision",
    "QueryError",
    "Question",
    "Rating",
    "Ref",
    "Refusal",
    "Region",
    "Repetition",
    "Report",
    "Resolution",
    "Result",
    "Roll",
    "RollGlance",
    "Row",
    "Source",
    "Standings",
    "Suppression",
    "Term",
    "Tie",
    "Undertaking",
    "UnknownQuestion",
    "Verification",
    "load",
    "validate",
]


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(f"commitgraph.{module}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'commitgraph' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
