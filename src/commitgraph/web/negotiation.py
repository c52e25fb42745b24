"""Content negotiation: which of the formats that we can write does the client like best?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from commitgraph.engine.formats import GRAPHS, ROWS, GraphFormat, RowFormat

_Form = TypeVar("_Form", bound=RowFormat | GraphFormat)


@dataclass(frozen=True)
class Choice:
    """A format and the media type under which it is sent."""

    format: RowFormat | GraphFormat
    media_type: str

    @property
    def content_type(self) -> str:
        # SPARQL results and RDF formats fix UTF-8 in their registrations; text/* needs it said.
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


@lru_cache(maxsize=512)
def _ranges(header: str) -> tuple[tuple[str, float], ...]:
    found = []
    for part in header.split(","):
        media, *parameters = [piece.strip().lower() for piece in part.split(";")]
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = min(1.0, max(0.0, float(parameter[2:])))
                except ValueError:
                    quality = 0.0
        if media:
            found.append((media, quality))
    return tuple(found)


def quality(header: str | None, media_type: str) -> float:
    """How much a client with this Accept header likes `media_type`, from 0 (not at all) to 1.

    The most specific range decides. No header accepts everything.

    >>> quality("text/*;q=0.4, text/csv;q=0", "text/csv"), quality(None, "text/csv")
    (0.0, 1.0)
    """
    best = (-1, 0.0)
    for range_, q in _ranges(header or "*/*"):
        if range_ == media_type:
            specific = 2
        elif range_ == "*/*":
            specific = 0
        elif range_.endswith("/*") and media_type.startswith(range_[:-1]):
            specific = 1
        else:
            continue
        best = max(best, (specific, q))
    return best[1]


def best(header: str | None, offers: Sequence[str]) -> str | None:
    """The media type of `offers` that the client likes best; of equals the first; None if it takes none.

    >>> best("text/turtle;q=0.5, text/html", ["text/turtle", "text/html"])
    'text/html'
    >>> best("image/png, text/html;q=0", ["text/turtle", "text/html"]) is None
    True
    """
    liked = max(offers, key=lambda offer: quality(header, offer))
    return liked if quality(header, liked) > 0 else None


def choose(header: str | None, formats: Mapping[str, _Form]) -> Choice | None:
    """The format that a client with this Accept header likes best, or None.

    >>> choose("application/json", ROWS).content_type
    'application/json'
    """
    offers = [Choice(f, f.media_type) for f in formats.values()]
    offers += [Choice(f, alias) for f in formats.values() for alias in f.aliases]
    liked = max(offers, key=lambda choice: quality(header, choice.media_type))
    return liked if quality(header, liked.media_type) > 0 else None


def named(name: str, formats: Mapping[str, _Form]) -> Choice | None:
    """The format that `format=name` asks for: by name, nickname or media type.

    A media type is sent as it was asked for.

    >>> named("ttl", GRAPHS).media_type, named("application/json", ROWS).media_type
    ('text/turtle', 'application/json')
    """
    # In an address a plus that is not escaped stands for a space.
    wanted = name.partition(";")[0].strip().lower().replace(" ", "+")
    for candidate in formats.values():
        if wanted in (candidate.name, *candidate.nicknames):
            return Choice(candidate, candidate.media_type)
        if wanted in (candidate.media_type, *candidate.aliases):
            return Choice(candidate, wanted)
    return None


def encoding(header: str | None) -> str:
    """The content coding to use for an Accept-Encoding header: `br`, `gzip` or `identity`.

    >>> encoding("gzip, deflate, br"), encoding("gzip;q=1, br;q=0"), encoding(None)
    ('br', 'gzip', 'identity')
    """
    if not header:
        return "identity"
    wishes = dict(_ranges(header))
    anything = wishes.get("*", 0.0)
    # A tie goes to Brotli, which is both faster and smaller here.
    liked = max(("br", "gzip"), key=lambda coding: wishes.get(coding, anything))
    return liked if wishes.get(liked, anything) > 0 else "identity"


def offered() -> str:
    """The offered media types, for people."""
    rows = ", ".join(f.media_type for f in ROWS.values())
    graphs = ", ".join(f.media_type for f in GRAPHS.values())
    return f"SELECT and ASK: {rows}. CONSTRUCT and DESCRIBE: {graphs}."
