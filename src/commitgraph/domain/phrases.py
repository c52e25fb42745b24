"""Phrases: the words in which pages, the command and Python speak of standing.

Each is true as it stands alone: a bound is told as a bound, a third party's word as its own and not as the
party's, absence from a list as nothing but that, and a disagreement of sources wherever the statement goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from commitgraph.dates import in_words, with_preposition
from commitgraph.domain.claims import Claim
from commitgraph.domain.provisions import Number
from commitgraph.domain.ref import Ref
from commitgraph.domain.rolls import Roll
from commitgraph.domain.sources import Source
from commitgraph.domain.standing import NAMED, Adherence, Standings

CONFIDENCE = {
    "two-sources": "two or more sources tell of it",
    "one-source": "one source",
    "conflict": "sources disagree",
    "from-memory": "from memory, not checked against a source",
}
#: Groups of acts, in the order in which they are counted: what those did who stand in them.
GROUPS = {
    "took-on": "took it on",
    "supported": "supported it",
    "reported": "reported under it",
    "member": "by membership",
    NAMED: "named by others only",
}
_ACTS = {
    "signed": "signed",
    "committed": "committed to",
    "signed-treaty": "signed",
    "joined-later": "joined",
    "ratified": "ratified",
    "endorsed": "endorsed",
    "adhered": "adhered to",
    "adopted-by-party": "adopted",
    "joined": "joined",
    "supported": "declared support for",
    "sponsored": "was lead sponsor of",
    "co-sponsored": "co-sponsored",
    "adopted": "adopted",
    "reported": "filed a report under",
    "member": "became a member of",
    "pledged-to-report": "announced that it would report under",
}
_EXTENT = {"part": ", in part", "at-least": ", at least in part"}
_OF_OTHERS = "is named by others as having taken on"
ABSENCE = "Absence from a list is no refusal."


def number(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> number(1, "company", "companies"), number(1032, "provision")
    ('1 company', '1,032 provisions')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def act(adherence: Adherence) -> str:
    """The act of a standing in a word or two, and that it covers a part only or at least a part."""
    what = f"named by others: {adherence.mode_label}" if adherence.named_by_others else adherence.mode_label
    return what + _EXTENT.get(adherence.scope, "")


def delisted(adherence: Adherence) -> str:
    """That a party is no longer listed, with the days that bound when it went; empty where nothing says so.

    A bound in the graph is never told as a day on which something ended.
    """
    if not adherence.delisting:
        return ""
    seen = in_words(adherence.last_seen_on) or "on an unknown day"
    gone = in_words(adherence.not_seen_on) or "on an unknown day"
    return f"no longer listed (last seen {seen}, not seen {gone})"


def ended(adherence: Adherence) -> str:
    """That a standing has ended, and by when; empty where nothing says so."""
    if adherence.until:
        return f"until {in_words(adherence.until)}"
    if adherence.withdrawal:
        return "ended on an unknown day"
    if adherence.ceased:
        return f"the party ceased {with_preposition(adherence.ceased)}"
    return ""


def state(adherence: Adherence) -> str:
    """Act and day of a standing, how it is now, and its dispute: what a cell of a table says of it."""
    since = f" {adherence.since}" if adherence.since else ""
    disputed = CONFIDENCE["conflict"] if adherence.disputed else ""
    more = "".join(f", {said}" for said in (delisted(adherence), ended(adherence), disputed) if said)
    return act(adherence) + since + more


def sentence(adherence: Adherence, *, disputed: bool = True) -> str:
    """An adherence as one sentence that can be printed.

    Args:
        adherence: the standing.
        disputed: whether to say that sources disagree, where they do; not where :func:`dispute` follows.
    """
    name = adherence.instrument_label
    article = "" if name.lower().startswith(("the ", "a ", "an ")) else "the "
    did = _OF_OTHERS if adherence.named_by_others else _ACTS.get(adherence.mode, f"({adherence.mode_label})")
    part = _EXTENT.get(adherence.scope, "")
    start = (
        "" if adherence.named_by_others or not adherence.since else " " + with_preposition(adherence.since)
    )
    part += "," if part and start else ""
    more = "".join(f", {said}" for said in (ended(adherence), delisted(adherence)) if said)
    more += "; no act of its own is known" if adherence.named_by_others else ""
    doubt = f"; {CONFIDENCE['conflict']}" if disputed and adherence.disputed else ""
    return f"{adherence.party_label} {did} {article}{name}{part}{start}{more}{doubt}."


def dispute(adherence: Adherence, rolls: Iterable[Roll] = ()) -> str:
    """What disagrees with what, as far as the graph tells; empty where sources do not disagree.

    Args:
        adherence: the standing.
        rolls: the lists of its instrument.
    """
    if not adherence.disputed:
        return ""
    shows = [roll.label for roll in rolls if any(a.iri == adherence.iri for a in roll.listed)]
    lists = [roll.label for roll in adherence.lacking]
    parts = [
        *([f"shown on {_and(shows)}"] if shows else []),
        *([f"lacking from {_and(lists)}"] if lists else []),
    ]
    return f"Sources disagree: {'; '.join(parts)}." if lists else "Sources disagree."


def sureness(adherence: Adherence) -> str:
    """How well a standing is borne out, and from which complete lists it is lacking."""
    told = CONFIDENCE.get(adherence.confidence, adherence.confidence)
    lists = [roll.label for roll in adherence.lacking]
    return "; ".join(filter(None, (told, f"lacking from {_and(lists)}" if lists else "")))


def citation(adherence: Adherence, version: str, rolls: Iterable[Roll] = ()) -> str:
    """The sentence with its dispute, its sources, the permanent link and the data version, as plain text."""
    sources = "; ".join(_cited(source) for source in adherence.sources[:2])
    record = f"Recorded in commitgraph, data version {version}, {adherence.iri}"
    disputed = dispute(adherence, rolls)
    said = sentence(adherence, disputed=False)
    return f"{said} {f'{disputed} ' if disputed else ''}Source: {sources}. {record}"


def tally(standings: Standings) -> str:
    """How many stand by acts of their own, and beside them who is only named or no longer listed.

    What stands in the sources is counted, never what may be meant by it.
    """
    parts = [f"{len(standings.own):,}"]
    if standings.named:
        parts.append(f"{len(standings.named):,} named by others only")
    if standings.unknown:
        parts.append(f"{len(standings.unknown):,} of whom it is unknown on that day")
    if standings.delisted:
        parts.append(f"{len(standings.delisted):,} no longer listed")
    return ", and ".join(parts)


def groups(held: Iterable[Adherence]) -> tuple[tuple[str, int], ...]:
    """How many standings there are by each group of acts, in words, in the order of the groups."""
    counts = dict.fromkeys(GROUPS, 0)
    for adherence in held:
        counts[adherence.group] = counts.get(adherence.group, 0) + 1
    return tuple((GROUPS.get(group, group), count) for group, count in counts.items() if count)


def commitments(count: Number) -> str:
    """How many commitments, as the texts themselves number them, and beside it their smallest parts.

    >>> commitments(Number(12, 45)), commitments(Number(1, 1)), commitments(Number(0, 3))
    ('12 commitments (45 with their parts told apart)', '1 commitment', '3 parts of commitments')
    """
    if not count.outermost and count.leaves:
        return f"{number(count.leaves, 'part')} of commitments"
    apart = f" ({count.leaves:,} with their parts told apart)" if count.leaves != count.outermost else ""
    return number(count.outermost, "commitment") + apart


def condition(conditions: Sequence[Ref], named: bool) -> str:
    """Under which condition a party may have taken on a commitment, as nobody attests that it is met.

    >>> condition([Ref("urn:a", "provides models with systemic risk")], named=True)
    'if it provides models with systemic risk and did sign, as others say'
    """
    told = [one.label for one in conditions]
    if named:
        told.append("did sign, as others say")
    return f"if it {' and '.join(told)}" if told else "if what the sources say of it is so"


def completeness(roll: Roll) -> str:
    """What a list says of itself, and what follows for a name that it lacks."""
    if roll.claims_complete:
        return f"It is presented as the full list: whom it lacks is not on the list. {ABSENCE}"
    return "It does not claim to be complete, so of a name that is missing it says nothing: unknown."


def counted(claims: Sequence[Claim], here: int) -> str:
    """What sources say on how many there are, beside our own number; empty where no source counts."""
    if not claims:
        return ""
    latest = claims[-1]
    told = [f"{claim.value} ({_day_of(claim)}{_by(claim)})" for claim in claims]
    head = f"{here:,} here"
    if latest.number and int(latest.number) > here:
        more = " or more" if latest.qualifier in ("over", "more than", "at least") else ""
        about = f"{latest.qualifier} " if latest.qualifier and not more else ""
        head = f"{here:,} here, of {about}{int(latest.number):,}{more} that {_says(latest)}"
    return f"{head}. Counts in sources: {'; '.join(told)}."


def _says(claim: Claim) -> str:
    who = claim.sources[0].title if claim.sources else "a source"
    return f"“{who}” counts" + (f" for {in_words(claim.observed_on)}" if claim.observed_on else "")


def _day_of(claim: Claim) -> str:
    return f"{in_words(claim.observed_on)}, " if claim.observed_on else ""


def _by(claim: Claim) -> str:
    return claim.sources[0].title if claim.sources else "no source recorded"


def _cited(source: Source) -> str:
    read = in_words(source.read_on) or "on an unknown day"
    weak = f" ({source.weakness})" if source.weakness else ""
    return f"{source.title}{weak}, {source.link or source.iri}, read {read}"


def _and(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
