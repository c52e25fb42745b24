"""commitgraph: who promised what on artificial intelligence.

>>> import commitgraph
>>> graph = commitgraph.load()
>>> graph.party("Kakao").pledges()[0].instrument_label
'Seoul AI Business Pledge'
"""

from commitgraph.dataset import DataError
from commitgraph.dates import DateError
from commitgraph.disclosure import Finding, Report, validate
from commitgraph.engine import QueryError, Result, Term
from commitgraph.find.names import LookupFailed
from commitgraph.graph import Graph, Instrument, Party, load
from commitgraph.questions import ParameterError

__version__ = "0.1.0"
__all__ = [
    "DataError",
    "DateError",
    "Finding",
    "Graph",
    "Instrument",
    "LookupFailed",
    "ParameterError",
    "Party",
    "QueryError",
    "Report",
    "Result",
    "Term",
    "load",
    "validate",
]
