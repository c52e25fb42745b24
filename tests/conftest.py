"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from commitgraph.dataset import load
from commitgraph.engine import Embedded

# How long an example takes depends on what else the machine does. `just soak` takes many more examples.
settings.register_profile("commitgraph", deadline=None, max_examples=60)
settings.register_profile("soak", deadline=None, max_examples=5000)
settings.load_profile("commitgraph")

SOURCES = Path(__file__).resolve().parents[2] / "shared" / "sources"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites expected answers."""
    parser.addoption(
        "--update-answers",
        action="store_true",
        help="write what the saved questions answer today to tests/answers/; then read the difference",
    )


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
