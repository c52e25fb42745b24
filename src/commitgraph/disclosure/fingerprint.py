"""Fingerprints: the same fault keeps its own wherever it moves in its file."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from commitgraph.disclosure.report import Finding


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """A fingerprint for each finding of one file, in the same order.

    It is made of the code, the property, the provision and the value. Neither the place nor the words of the
    message count; of findings that are alike in all of this, the first, second and so on are told apart.

    Args:
        findings: of one file, in the order of their places.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    made = []
    for finding in findings:
        key = (finding.code, finding.path or "", finding.provision or "", finding.value or "")
        seen[key] += 1
        parts = "\x00".join((*key, str(seen[key])))
        made.append(hashlib.sha256(parts.encode("utf-8", "backslashreplace")).hexdigest()[:32])
    return made
