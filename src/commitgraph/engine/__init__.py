"""Query engines: one face, two implementations.

`Embedded` runs on the loaded data set; `Remote` asks any SPARQL 1.1 endpoint. Here lives what takes a query
text and gives a result, in every format. What is worth asking is decided in the rooms above.
"""

from commitgraph.engine.base import Engine, QueryError
from commitgraph.engine.embedded import Embedded
from commitgraph.engine.remote import Remote
from commitgraph.engine.result import Result, Term

__all__ = ["Embedded", "Engine", "QueryError", "Remote", "Result", "Term"]
