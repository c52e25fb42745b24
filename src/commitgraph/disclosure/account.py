"""From a file to its account: who wrote it, about whom, for which promises, and with which sources."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import pyoxigraph as ox

from commitgraph.disclosure.reading.statements import Document
from commitgraph.disclosure.register import Register
from commitgraph.disclosure.report import Account, Asked, Finding, clipped
from commitgraph.disclosure.shapes import statuses_known, web_address
from commitgraph.iris import RDF_TYPE, RDFS, SCHEME, XSD, cg

_STATUS = SCHEME + "status/"
#: Statuses by which something was done or begun.
_CLAIMS = frozenset((_STATUS + "implemented", _STATUS + "in-progress"))
_NO_INFORMATION = _STATUS + "no-information"
_EXAMPLES_ONLY = SCHEME + "hedge/examples-only"
_TEXT = XSD + "string"
_LABEL = RDFS + "label"
#: Codes by which the profile `coverage` says that a promise has no entry; and those by which the profile
#: `evidence` says that a claim shows no source.
UNANSWERED = frozenset(("CG501", "CG502", "CG503"))
UNSHOWN = frozenset(("CG551", "CG552", "CG553"))
#: Codes by which the profile `evidence` says that an item holds no link that others can open, or no day that
#: fits.
_NOT_OPEN = frozenset(("CG555", "CG560", "CG561", "CG572", "CG573"))
#: From so many claims on it is told that one document stands behind most of them.
_MANY = 5
#: What does not make another page: http or https, www, a slash at the end.
_SAME_PAGE = re.compile(r"^https?://(?:www\.)?|/?#?$", re.IGNORECASE)


def account_of(  # noqa: PLR0913, PLR0917  (all that an account rests on)
    document: Document,
    names: Register,
    background: Iterable[ox.Triple],
    findings: Iterable[Finding],
    faults: Mapping[str, Collection[str]],
    profiles: tuple[str, ...],
    blank: Collection[str] = (),
) -> Account:
    """Read who speaks and what the entries come with.

    Args:
        document: with names resolved.
        names: of the graph.
        background: what the graph knows that bears on it; with the profile `coverage` its promises included.
        findings: what is told of what the shapes found.
        faults: the codes of all that the shapes found, told or not, by the entry or the item.
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
    # For a promise that nobody knows no day can be told to fit: the shapes find nothing there.
    known = [claim for claim in claims if any(map(names.knows, of(claim, "reportsOn")))]
    sources = _sources(document, known, faults)
    return Account(
        organisation=clipped((called or parties)[0]) if parties else None,
        prepared_by=(" and ".join(named) or "somebody who is not named") if preparers else None,
        entries=len(entries),
        claims=len(claims),
        shown=sources.shown if "evidence" in profiles else None,
        by_digest=sources.by_digest,
        behind_most=sources.behind_most,
        unplaced=len(claims) - len(known),
        unread=sum(_is_unread(document, entry, statuses[entry]) for entry in entries),
        no_information=sum(_NO_INFORMATION in found for found in statuses.values()),
        asked=_asked(background, findings, about(blank) - about(entries)) if "coverage" in profiles else None,
    )


def _is_unread(document: Document, entry: str, given: Collection[str]) -> bool:
    """Whether an entry gives a status of which nobody knows what it means."""
    field = (entry, cg("status"))
    return (
        field in document.rejected_fields
        or field in document.misnamed
        or not statuses_known().issuperset(given)
    )


class _Sources(NamedTuple):
    """How many claims show a source; how many of these by a digest alone, and by the commonest page."""

    shown: int
    by_digest: int
    behind_most: int


def _sources(document: Document, claims: Iterable[str], faults: Mapping[str, Collection[str]]) -> _Sources:
    """What the claims show, in one walk over them."""
    shown = by_digest = 0
    pages: Counter[str] = Counter()
    for claim in claims:
        items = [item.object.value for item in document.values(claim, cg("hasEvidence"))]
        named = any(
            document.values(item, cg("link")) or document.values(item, cg("digest")) for item in items
        )
        if not named or UNSHOWN & set(faults.get(claim, ())):
            continue
        shown += 1
        links = {page for item in items for page in _pages(document, item, faults.get(item, ()))}
        by_digest += not links
        pages.update(links)
    most = max(pages.values(), default=0)
    return _Sources(shown, by_digest, most if most >= _MANY and 2 * most > shown else 0)


def _pages(document: Document, item: str, faults: Collection[str]) -> set[str]:
    """The pages that an item of evidence leads others to, each in one spelling."""
    private = any(value.object.value == "false" for value in document.values(item, cg("isPublic")))
    days = [*document.values(item, cg("dated")), *document.values(item, cg("inForceOn"))]
    dated = any(isinstance(day.object, ox.Literal) and day.object.datatype.value != _TEXT for day in days)
    if private or not dated or _NOT_OPEN & set(faults):
        return set()
    links = (link.object.value for link in document.values(item, cg("link")))
    return {_SAME_PAGE.sub("", link) for link in links if web_address().search(link)}


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
