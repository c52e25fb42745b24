"""The remote engine: any SPARQL 1.1 endpoint, through SPARQLWrapper."""

from __future__ import annotations

import ast
import json
import re
from contextlib import suppress
from urllib.error import HTTPError, URLError

import pyoxigraph as ox

from commitgraph.engine.base import QueryError
from commitgraph.engine.result import Result

_NO_WORDS = re.compile(r"""#[^\n\r]*|<[^<>"{}|^`\\\x00-\x20]*>""")
_FORM = re.compile(r"\s*(?:(?:BASE|PREFIX\s+[^:\s]*:)\s*)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_PLACE = re.compile(r"Line \d+, column \d+: ")
#: Characters of a foreign message that are shown.
_SHOWN = 500
#: Bytes of a refusal that are read.
_READ = 1 << 16


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
        # It pulls in rdflib, which takes longer to load than all the rest.
        from SPARQLWrapper import JSON, N3, POST, SPARQLWrapper  # noqa: PLC0415
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException  # noqa: PLC0415

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
        except HTTPError as error:
            with suppress(OSError):
                raise self._refusal(error, error.read(_READ)) from None
            raise self._refusal(error, b"") from None
        except SPARQLWrapperException as error:
            raise self._refusal(error.__context__, _body(error)) from None
        except (URLError, OSError) as error:
            raise QueryError(f"{self.url} could not be reached: {error}") from None
        except (ValueError, SyntaxError, KeyError) as error:
            raise QueryError(f"{self.url} sent no SPARQL result that can be read: {error}") from None

    def _refusal(self, error: BaseException | None, body: bytes) -> QueryError:
        """The endpoint's own words: its problem document (RFC 9457), its plain text, or its status."""
        media_type, status = "", "it gave no reason."
        if isinstance(error, HTTPError):
            media_type = error.headers.get_content_type()
            status = f"it answered {error.code} {error.reason}."
        if media_type == "application/problem+json":
            with suppress(ValueError):
                problem = json.loads(body)
                if isinstance(problem, dict):
                    return self._problem(problem, status)
        words = _clean(body.decode("utf-8", "replace")) if media_type == "text/plain" else ""
        return QueryError(words or status, endpoint=self.url)

    def _problem(self, problem: dict[str, object], status: str) -> QueryError:
        line, column = problem.get("line"), problem.get("column")
        is_placed = isinstance(line, int) and isinstance(column, int)
        detail = _clean(problem.get("detail")) or _clean(problem.get("title")) or status
        return QueryError(
            _PLACE.sub("", detail, count=1) if is_placed else detail,
            line if isinstance(line, int) and is_placed else None,
            column if isinstance(column, int) and is_placed else None,
            near=_clean(problem.get("near")),
            suggestion=_clean(problem.get("suggestion")),
            endpoint=self.url,
        )


def _body(error: Exception) -> bytes:
    """The body of a refusal. SPARQLWrapper keeps it only in its message, as Python writes bytes."""
    written = str(error).partition("Response:\n")[2]
    with suppress(ValueError, SyntaxError):
        body = ast.literal_eval(written)
        if isinstance(body, bytes):
            return body
    return b""


def _clean(text: object) -> str:
    return " ".join(text.split())[:_SHOWN] if isinstance(text, str) else ""
