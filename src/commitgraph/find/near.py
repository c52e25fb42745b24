"""Hints: the nearest valid value to one that is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

_CLOSE = 70


def nearest(value: str, valid: Iterable[str], limit: int = 1) -> list[str]:
    """The valid values that are close to `value`, closest first.

    >>> nearest("implementd", ["implemented", "in-progress", "planned"])
    ['implemented']
    >>> nearest("xyz", ["implemented", "in-progress"])
    []
    """
    # Sorted, so that equal scores come in a stable order.
    hits = process.extract(
        value[:200], sorted(set(valid)), scorer=fuzz.WRatio, processor=default_process, limit=limit * 4
    )
    close = [(score, fuzz.ratio(value[:200], name), name) for name, score, _ in hits if score >= _CLOSE]
    return [name for *_, name in sorted(close, key=lambda hit: (-hit[0], -hit[1], hit[2]))][:limit]


def did_you_mean(value: str, valid: Sequence[str], *, called: str = "") -> str:
    """A hint that names the nearest valid value, and the whole list where it is short.

    Args:
        value: what was written.
        valid: what may be written.
        called: what the list is of, such as "fields"; "valid values" when empty.

    >>> did_you_mean("lo", ["low", "medium", "high"])
    'did you mean "low"? Valid: low, medium, high.'
    """
    hit = nearest(value, valid)
    parts = [f'did you mean "{hit[0]}"?'] if hit else []
    if len(valid) <= 20:
        parts.append(f"{called or 'Valid'}: {', '.join(valid)}.")
    return " ".join(parts)
