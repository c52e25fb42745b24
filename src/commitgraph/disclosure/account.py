"""From a file to its account in figures: who wrote it, about whom, and how much of it names evidence."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from commitgraph.disclosure.reading.statements import Document
from commitgraph.disclosure.register import Register
from commitgraph.disclosure.report import Account, clipped
from commitgraph.iris import SCHEME, cg

_STATUS = SCHEME + "status/"
#: Statuses by which something was done or begun.
_CLAIMS = frozenset((_STATUS + "implemented", _STATUS + "in-progress"))
_NO_INFORMATION = _STATUS + "no-information"


def account_of(document: Document, names: Register, background: Iterable[ox.Triple] | None) -> Account:
    """Read who speaks and what the entries come with.

    Args:
        document: with names resolved.
        names: of the graph.
        background: what the graph knows that bears on it, its promises included; None when these were not
            asked for.
    """
    root = document.root.value

    def of(item: str, term: str) -> list[str]:
        return [statement.object.value for statement in document.values(item, cg(term))]

    entries = of(root, "entry")
    statuses = {entry: set(of(entry, "status")) for entry in entries}
    claims = [entry for entry in entries if statuses[entry] & _CLAIMS]
    preparers = of(root, "preparedBy")
    named = [clipped(name) for preparer in preparers for name in of(preparer, "preparerName")]
    parties = of(root, "disclosedBy")
    promised = ox.NamedNode(cg("isBoundBy"))
    return Account(
        organisation=clipped(names.label(parties[0]) or parties[0]) if parties else None,
        prepared_by=(" and ".join(named) or "somebody who is not named") if preparers else None,
        entries=len(entries),
        claims=len(claims),
        with_evidence=sum(
            any(of(shown, "link") or of(shown, "digest") for shown in of(entry, "hasEvidence"))
            for entry in claims
        ),
        no_information=sum(_NO_INFORMATION in found for found in statuses.values()),
        asked=None if background is None else any(triple.predicate == promised for triple in background),
    )
