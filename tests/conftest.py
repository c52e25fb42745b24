"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from commitgraph.dataset import load
from commitgraph.engine import Embedded

SOURCES = Path(__file__).resolve().parents[2] / "shared" / "sources"


@pytest.fixture(scope="session")
def engine() -> Embedded:
    """The embedded engine over the shipped data."""
    return Embedded(load().store)


@pytest.fixture(scope="session")
def sources() -> Path:
    """Copies of the source texts, where the reader has them."""
    if not SOURCES.is_dir():
        pytest.skip(f"needs copies of the source texts in {SOURCES}")
    return SOURCES
