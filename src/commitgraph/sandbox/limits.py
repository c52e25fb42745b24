"""What the work of strangers may cost.

This is the one place that says how the service is configured. Each limit has a default and an
environment variable, which :func:`describe` lists; `commitgraph serve --help` prints that list.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields


class LimitsError(ValueError):
    """An environment variable holds no usable number. The message says which and what would do."""


def _limit(default: float, meaning: str) -> int:
    # Typed as int for the reader's sake: only times are fractions, and they are annotated so.
    return field(default=default, metadata={"meaning": meaning})  # type: ignore[return-value]


_CPUS = max(2, os.cpu_count() or 1)


@dataclass(frozen=True)
class Limits:
    """The limits of the service."""

    timeout: float = _limit(30.0, "seconds that a query may run; a client may ask for less")
    rows: int = _limit(100_000, "rows (or triples) that an answer may have")
    answer_bytes: int = _limit(64 << 20, "bytes that an answer may have before compression")
    query_bytes: int = _limit(100_000, "bytes that a query may have")
    workers: int = _limit(_CPUS, "queries that run at the same time")
    long_workers: int = _limit(
        2 * _CPUS, "further queries, and again as many of tables, that may go on after their first second"
    )
    page_timeout: float = _limit(10.0, "seconds that the making of a page may take")
    page_workers: int = _limit(
        _CPUS // 2, "pages, and again as many tables of queries, that are made at the same time"
    )
    judge_timeout: float = _limit(20.0, "seconds that the judging of a disclosure may take")
    judge_workers: int = _limit(_CPUS // 2, "disclosures that are judged at the same time")
    queue: int = _limit(64, "queries, tables, pages and disclosures, each, that may wait for a worker")
    memory_mb: int = _limit(1024, "megabytes that a worker may take beyond the data")
    cache_mb: int = _limit(128, "megabytes of answers to queries that are kept")
    page_cache_mb: int = _limit(64, "megabytes of pages that are kept")

    def __post_init__(self) -> None:
        for limit in fields(self):
            if not getattr(self, limit.name) > 0:  # so that NaN fails too
                raise LimitsError(f"{variable(limit.name)}: expected a number above 0")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Limits:
        """The defaults, changed by the environment variables that are set.

        Raises:
            LimitsError: a variable holds something else than a number above 0.
        """
        source = os.environ if environment is None else environment
        chosen: dict[str, float] = {}
        for limit in fields(cls):
            text = source.get(variable(limit.name), "").strip()
            if not text:
                continue
            number = float if isinstance(limit.default, float) else int
            try:
                chosen[limit.name] = number(text)
            except ValueError:
                wanted = "a number" if number is float else "a whole number"
                raise LimitsError(
                    f"{variable(limit.name)}: expected {wanted} above 0, got {text!r}"
                ) from None
        return cls(**chosen)  # type: ignore[arg-type]


def variable(name: str) -> str:
    """The environment variable that sets the limit `name`.

    >>> variable("timeout")
    'COMMITGRAPH_TIMEOUT'
    """
    return f"COMMITGRAPH_{name.upper()}"


def describe() -> list[tuple[str, str, str]]:
    """Environment variable, default and meaning of every limit."""
    return [(variable(f.name), f"{f.default:g}" if isinstance(f.default, float) else str(f.default),
             f.metadata["meaning"]) for f in fields(Limits)]  # fmt: skip
