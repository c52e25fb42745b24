"""The kept data versions are what their table says they are."""

from __future__ import annotations

import gzip
import hashlib
import re

import pytest

from commitgraph.home import home

RELEASES = home() / "releases"
pytestmark = pytest.mark.skipif(not RELEASES.is_dir(), reason="needs a checkout: a wheel keeps no old data")

_ROW = re.compile(
    r"^\| `([^`]+\.nq\.gz)` \| `([0-9a-f]{64})` \| ([\d,]+) \| `([0-9a-f]{64})` \|$", re.MULTILINE
)


def test_each_kept_version_is_whole_and_sorted() -> None:
    told = _ROW.findall((RELEASES / "README.md").read_text(encoding="utf-8"))
    assert {name for name, *_ in told} == {path.name for path in RELEASES.glob("*.gz")}
    for name, _version, statements, digest in told:
        content = gzip.decompress((RELEASES / name).read_bytes())
        lines = content.splitlines()
        assert hashlib.sha256(content).hexdigest() == digest
        assert len(lines) == len(set(lines)) == int(statements.replace(",", ""))
        assert lines == sorted(lines)
