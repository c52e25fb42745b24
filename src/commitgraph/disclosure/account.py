"""From a file to its account: who wrote it, about whom, for which promises, and with which sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

import pyoxigraph as ox

from commitgraph.disclosure.reading.statements import Document
from commitgraph.disclosure.register import Register
from commitgraph.disclosure.report import Account, Asked, Finding, clipped
from commitgraph.iris import RDF_TYPE, SCHEME, cg

_STATUS = SCHEME + "status/"
#: Statuses by which something was done or begun.
_CLAIMS = frozenset((_STATUS + "implemented", _STATUS + "in-progress"))
_NO_INFORMATION = _STATUS + "no-information"
_EXAMPLES_ONLY = SCHEME + "hedge/examples-only"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
#: Codes by which the profile `coverage` says that a promise has no entry; and those by which the profile
#: `evidence` says that a claim shows no source, or `core` of a status that somebody else gives.
UNANSWERED = frozenset(("CG501", "CG502", "CG503"))
UNSHOWN = frozenset(("CG135", "CG551", "CG552", "CG553"))


def account_of(  # noqa: PLR0913, PLR0917  (all that an account rests on)
    document: Document,
    names: Register,
    background: Iterable[ox.Triple],
    findings: Iterable[Finding],
    profiles: tuple[str, ...],
    blank: Collection[str] = (),
) -> Account:
    """Read who speaks and what the entries come with.

    Args:
        document: with names resolved.
        names: of the graph.
        background: what the graph knows that bears on it; with the profile `coverage` its promises included.
        findings: what the shapes found.
        profiles: what it was judged by.
        blank: entries in which nobody has written anything yet; they are counted nowhere.
    """
    root = document.root.value

    def of(item: str, term: str) -> list[str]:
        return [statement.object.value for statement in document.values(item, cg(term))]

    entries = [entry for entry in of(root, "entry") if entry not in blank]
    statuses = {entry: set(of(entry, "status")) for entry in entries}
    claims = [entry for entry in entries if statuses[entry] & _CLAIMS]
    preparers = of(root, "preparedBy")
    named = [clipped(name) for preparer in preparers for name in of(preparer, "preparerName")]

    def about(listed: Collection[str]) -> set[str]:
        return {promise for entry in listed for promise in of(entry, "reportsOn")}

    parties = of(root, "disclosedBy")
    called = [
        name for party in parties for name in (names.label(party), *of(party, "organisationName")) if name
    ]
    told = list(findings)
    unshown = sum(finding.code in UNSHOWN for finding in told)
    return Account(
        organisation=clipped((called or parties)[0]) if parties else None,
        prepared_by=(" and ".join(named) or "somebody who is not named") if preparers else None,
        entries=len(entries),
        claims=len(claims),
        shown=len(claims) - unshown if "evidence" in profiles else None,
        no_information=sum(_NO_INFORMATION in found for found in statuses.values()),
        asked=_asked(background, told, about(blank) - about(entries)) if "coverage" in profiles else None,
    )


def _asked(
    background: Iterable[ox.Triple], findings: Iterable[Finding], blank: Collection[str]
) -> tuple[Asked, ...]:
    """How many promises of each text are asked for, and how many of them have an entry.

    Asked for are the smallest promises, mere examples apart: what `ontology/shapes/coverage.ttl` asks for.
    For those in `blank` stands an entry that says nothing yet.
    """
    known: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for triple in background:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            known[triple.predicate.value][triple.subject.value].add(triple.object.value)
    bound = {promise for promises in known[cg("isBoundBy")].values() for promise in promises}
    real = {promise for promise in bound if _EXAMPLES_ONLY not in known[cg("hedge")][promise]}
    within = known[cg("within")]
    wholes: set[str] = set()
    for promise in real:
        around = list(within[promise])
        while around:
            whole = around.pop()
            if whole not in wholes:
                wholes.add(whole)
                around += within[whole]
    open_ones = {finding.provision for finding in findings if finding.code in UNANSWERED} | set(blank)
    by_text: dict[str, list[str]] = defaultdict(list)
    for promise in sorted(bound):
        for text in known[cg("inInstrument")][promise]:
            by_text[text].append(promise)
    return tuple(
        Asked(
            instrument=text,
            label=min(known[_LABEL][text], default=text),
            asked=len(leaves),
            answered=sum(promise not in open_ones for promise in leaves),
            numbered=sum(cg("OutermostCommitment") in known[RDF_TYPE][promise] for promise in promises),
        )
        for text, promises in sorted(by_text.items())
        if (leaves := [promise for promise in promises if promise in real - wholes])
    )
