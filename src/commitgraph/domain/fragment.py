"""Text fragments: the end of an address that opens a page at certain words."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

#: Longest start or end that a fragment may carry, in characters: it points, it does not quote.
LONGEST_EDGE = 80

_MARK = ":~:text="


@dataclass(frozen=True)
class Fragment:
    """Start and end words of a passage, as in a URL's text fragment.

    Attributes:
        start: first words.
        end: last words; empty when `start` is the whole passage.
        prefix: words that stand before `start`, where it alone would hit an earlier place.
    """

    start: str
    end: str = ""
    prefix: str = ""

    @classmethod
    def parse(cls, value: str) -> Fragment:
        """Read `:~:text=[prefix-,]START[,END]`.

        Raises:
            ValueError: `value` is no such fragment.

        >>> Fragment.parse(":~:text=We%20commit,incidents")
        Fragment(start='We commit', end='incidents', prefix='')
        """
        if not value.startswith(_MARK):
            raise ValueError(f"expected a text fragment that starts with {_MARK}, got {value[:40]!r}")
        parts = value[len(_MARK) :].split(",")
        prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") and len(parts) > 1 else ""
        if len(parts) not in (1, 2) or not parts[0]:
            raise ValueError(f"expected [prefix-,]START[,END] after {_MARK}, got {value[len(_MARK) : 80]!r}")
        return cls(unquote(parts[0]), unquote(parts[1]) if len(parts) == 2 else "", prefix)

    def __str__(self) -> str:
        edges = [_escape(self.start)] + ([_escape(self.end)] if self.end else [])
        return _MARK + (_escape(self.prefix) + "-," if self.prefix else "") + ",".join(edges)


def _escape(words: str) -> str:
    """Percent-encode; dash, comma and ampersand have a meaning in text fragments."""
    return quote(words, safe="").replace("-", "%2D")
