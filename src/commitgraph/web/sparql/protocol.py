"""The SPARQL 1.1 Protocol: from an HTTP request to a question."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from urllib.parse import parse_qsl

from commitgraph.iris import is_iri
from commitgraph.sandbox.limits import Limits
from commitgraph.web.problems import Problem, bad_request

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"


@dataclass(frozen=True)
class Question:
    """A query and how it is to be answered.

    Attributes:
        query: the SPARQL text.
        default_graphs: values of `default-graph-uri`.
        named_graphs: values of `named-graph-uri`.
        timeout: seconds that it may run.
        format: value of `format=`, empty when the Accept header decides.
    """

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    timeout: float
    format: str


def largest_body(limits: Limits) -> int:
    """Bytes that a request body may have: a form may escape each byte of the query as three."""
    return 3 * limits.query_bytes + 65_536


def too_large(limits: Limits) -> Problem:
    """The query is larger than allowed."""
    return Problem(
        413,
        "query-too-large",
        "The query is too large",
        f"Expected a query of at most {limits.query_bytes} bytes. "
        "Move long lists of values into several queries.",
    )


def parse_get(url_query: bytes, limits: Limits) -> Question | str:
    """Read a GET or HEAD request.

    Returns:
        The question, or the value of `format=` where the request asks nothing and so wants to
        know about the service.

    Raises:
        Problem: the request breaks the protocol.
    """
    parameters = _decode(url_query, "the address")
    if not any(name in ("query", "update") or name.endswith("-graph-uri") for name, _ in parameters):
        return _first(parameters, "format")
    return _question(parameters, limits)


def parse_post(url_query: bytes, content_type: str, body: bytes, limits: Limits) -> Question:
    """Read a POST request: a form (decoded once) or a bare query.

    Raises:
        Problem: the request breaks the protocol; 415 for another type of body.
    """
    media, _, rest = content_type.partition(";")
    media = media.strip().lower()
    charset = rest.partition("charset=")[2].split(";")[0].strip(' "').lower()
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Problem(415, "unsupported-body", "This kind of body is not understood",
                      f"Expected UTF-8, got the charset {charset!r}.")  # fmt: skip
    parameters = _decode(url_query, "the address")
    if media == FORM:
        parameters += _decode(body, "the form")
    elif media == DIRECT:
        try:
            parameters.append(("query", body.decode("utf-8")))
        except UnicodeDecodeError:
            raise bad_request("Expected the query in UTF-8; the body is not.") from None
    elif media == _UPDATE:
        raise _read_only()
    else:
        raise Problem(
            415,
            "unsupported-body",
            "This kind of body is not understood",
            f"Expected Content-Type {DIRECT} (the query as it is) or {FORM} (query=… as a form), "
            f"got {media or 'none'}.",
            headers={"Accept-Post": f"{DIRECT}, {FORM}"},
        )
    return _question(parameters, limits)


def _decode(encoded: bytes, where: str) -> list[tuple[str, str]]:
    try:
        text = encoded.decode("utf-8")
        return parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise bad_request(f"Expected UTF-8 in {where}, got other bytes.") from None


def _question(parameters: list[tuple[str, str]], limits: Limits) -> Question:
    queries = [value for name, value in parameters if name == "query"]
    if any(name == "update" for name, _ in parameters):
        raise _read_only()
    if len(queries) != 1 or not queries[0].strip():
        got = f"{len(queries)} of them" if len(queries) > 1 else "an empty one" if queries else "none"
        raise bad_request(f"Expected exactly one parameter query=… with a SPARQL query, got {got}.")
    if len(queries[0].encode("utf-8")) > limits.query_bytes:
        raise too_large(limits)
    return Question(
        queries[0],
        _graphs(parameters, "default-graph-uri"),
        _graphs(parameters, "named-graph-uri"),
        _timeout(_single(parameters, "timeout"), limits.timeout),
        _first(parameters, "format"),
    )


def _first(parameters: list[tuple[str, str]], wanted: str) -> str:
    """The first value: SPARQLWrapper sends some formats twice, in two spellings."""
    return next((value.strip() for name, value in parameters if name == wanted), "")


def _single(parameters: list[tuple[str, str]], wanted: str) -> str:
    values = [value for name, value in parameters if name == wanted]
    if len(values) > 1:
        raise bad_request(f"Expected {wanted}=… at most once, got it {len(values)} times.")
    return values[0].strip() if values else ""


def _graphs(parameters: list[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    values = tuple(value for name, value in parameters if name == wanted)
    for value in values:
        if not is_iri(value):
            raise bad_request(f"Expected an absolute IRI in {wanted}, got {value[:200]!r}.")
    return values


def _timeout(text: str, most: float) -> float:
    """Seconds: the client may lower the limit of the service, never raise it."""
    if not text:
        return most
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not isfinite(seconds) or seconds <= 0:
        raise bad_request(f"Expected timeout= as a number of seconds above 0, got {text[:40]!r}.")
    return min(seconds, most)


def _read_only() -> Problem:
    return Problem(
        403,
        "read-only",
        "This endpoint answers queries only",
        "Updates are refused: nothing can be written here. "
        "Send a SELECT, ASK, CONSTRUCT or DESCRIBE as query=….",
    )
