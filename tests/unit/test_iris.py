"""Short names of IRIs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from commitgraph import iris
from commitgraph.iris import converter, shorten


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("https://w3id.org/commitgraph/scheme/force/will-try", "force:will-try"),
        ("https://w3id.org/commitgraph/ns#", "cg:"),
        ("https://w3id.org/commitgraph/id/party/kakao", None),
        ("https://w3id.org/commitgraph/scheme/topic/a/b", None),
        ("https://w3id.org/commitgraph/ns#a.", None),
        ("https://schema.org/name", "schema:name"),
    ],
)
def test_only_what_turtle_can_read_is_shortened(address: str, short: str | None) -> None:
    assert shorten(address) == (short or address)


def test_the_longest_namespace_wins() -> None:
    table = {"short": "urn:a/", "long": "urn:a/b/", "twin": "urn:a/b/"}
    for order in (table, dict(reversed(table.items()))):
        assert converter(order).compress("urn:a/b/c") in ("long:c", "twin:c")
        assert converter(order).compress("urn:a/c") == "short:c"
        assert converter(order).expand("long:c") == converter(order).expand("twin:c") == "urn:a/b/c"


def test_shorten_takes_the_longest_namespace(monkeypatch: pytest.MonkeyPatch) -> None:
    for table in ({"a": "urn:a/", "b": "urn:a/b-"}, {"b": "urn:a/b-", "a": "urn:a/"}):
        monkeypatch.setattr(iris, "prefixes", table.copy)
        assert (iris.shorten("urn:a/b-c"), iris.shorten("urn:a/c")) == ("b:c", "a:c")


def test_libraries_that_are_slow_to_load_wait_until_they_are_needed() -> None:
    code = (
        "import sys, commitgraph.cli, commitgraph.engine; from commitgraph.engine import Remote; "
        "Remote('http://127.0.0.1:1/'); "
        "print([m for m in ('curies', 'SPARQLWrapper', 'rapidfuzz', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
