"""The remote engine: any SPARQL 1.1 endpoint, through SPARQLWrapper."""

from __future__ import annotations

import re
from urllib.error import HTTPError, URLError

import pyoxigraph as ox
from SPARQLWrapper import JSON, N3, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from commitgraph.engine.base import QueryError, Result

_NO_WORDS = re.compile(r"""#[^\n\r]*|<[^<>"{}|^`\\\x00-\x20]*>""")
_FORM = re.compile(r"\s*(?:(?:BASE|PREFIX\s+[^:\s]*:)\s*)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)


class Remote:
    """Answers queries by asking an endpoint.

    Args:
        url: address of the endpoint (http or https).
        timeout: seconds to wait for an answer.
    """

    def __init__(self, url: str, timeout: int = 60) -> None:
        if not url.startswith(("http://", "https://")):
            raise QueryError(f"expected the http or https address of a SPARQL endpoint, got {url!r}")
        self.url = url
        self.timeout = timeout

    @property
    def name(self) -> str:
        return self.url

    def query(self, text: str) -> Result:
        form = _FORM.match(_NO_WORDS.sub(" ", text))
        if not form:
            raise QueryError("expected a SELECT, ASK, CONSTRUCT or DESCRIBE query")
        wrapper = SPARQLWrapper(self.url, agent="commitgraph")
        wrapper.setQuery(text)
        # Its own guess reads comments, and would send a query as an update for a word in one of them.
        wrapper.queryType = form[1].upper()
        wrapper.setMethod(POST)
        wrapper.setTimeout(self.timeout)
        graph = wrapper.queryType in ("CONSTRUCT", "DESCRIBE")
        wrapper.setReturnFormat(N3 if graph else JSON)
        try:
            body = wrapper.query().response.read()
            if graph:
                quads = ox.parse(input=body, format=ox.RdfFormat.TURTLE)
                return Result("graph", triples=tuple(q.triple for q in quads))
            return Result.of_json(body)
        except (SPARQLWrapperException, HTTPError) as error:
            raise QueryError(f"{self.url} refused the query: {_reason(error)}") from None
        except (URLError, OSError) as error:
            raise QueryError(f"{self.url} could not be reached: {error}") from None
        except (ValueError, SyntaxError, KeyError) as error:
            raise QueryError(f"{self.url} sent no SPARQL result that can be read: {error}") from None


def _reason(error: Exception) -> str:
    """The endpoint's own words, shortened: SPARQLWrapper wraps them in its message."""
    text = str(getattr(error, "msg", "") or error)
    return " ".join(text.split())[:500]
