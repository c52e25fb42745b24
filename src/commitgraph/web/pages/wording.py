"""Words: how force, mode, confidence and dates are told to a reader."""

from __future__ import annotations

from commitgraph.domain.parties import PartyProfile
from commitgraph.domain.provisions import Provision
from commitgraph.domain.ref import Ref
from commitgraph.domain.standing import Adherence
from commitgraph.iris import local

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
CONFIDENCE = {
    "two-sources": "two or more sources agree",
    "one-source": "one source",
    "conflict": "sources disagree",
    "from-memory": "from memory, not checked against a source",
}
KINDS = {
    "Company": ("company", "companies"),
    "State": ("state", "states"),
    "PublicBody": ("public body", "public bodies"),
    "Association": ("association", "associations"),
    "ResearchBody": ("research body", "research bodies"),
    "Person": ("person", "persons"),
}
#: Kinds of provision: one, many, and what such a provision does.
PROVISIONS = {
    "Commitment": ("commitment", "commitments", "those who adhere bind themselves"),
    "Expectation": ("expectation", "expectations", "others are asked to act"),
    "Acknowledgement": ("acknowledgement", "acknowledgements", "it recognises, and asks nobody to act"),
    "Section": ("section", "sections", "a heading that holds others together"),
    "Question": ("question", "questions", "an answer is asked for"),
}  # fmt: skip
#: How a counterpart stands to the provision on whose page it is shown.
COUNTERPARTS = {
    "same": "says the same in other words",
    "broader": "says more: it takes this one in",
    "narrower": "says less: a part of this one",
    "overlaps": "overlaps: both share a part, and each adds something",
    "contrary": "says the contrary",
}
_ROLES = {
    "signatory": "the signatories",
    "declaring-party": "parties to the declaration",
    "treaty-party": "parties to the treaty",
    "company": "companies",
    "model-developer": "model developers",
    "application-developer": "application developers",
    "deployer": "deployers",
    "supplier": "suppliers",
    "user": "users",
    "ai-actor": "AI actors",
    "reporting-organisation": "reporting organisations",
    "investor": "investors",
    "initiative": "initiatives",
    "state": "states",
    "public-authority": "public authorities",
    "un-body": "UN bodies",
    "international-organisation": "international organisations",
    "issuer": "its authors",
    "standards-body": "standards bodies",
    "civil-society": "civil society",
    "research": "researchers",
    "media": "the media",
    "everyone": "everyone",
}
_COMMITS = {
    "obliges": "{who} are obliged to do this",
    "commits": "{who} commit to this",
    "will": "{who} say that they will do this",
    "will-try": "{who} say that they will try to do this",
    "should": "{who} hold that they should do this",
    "encouraged": "{who} are encouraged to do this",
    "acknowledges": "{who} acknowledge this",
}
_EXPECTS = {
    "obliges": "{who} must do this",
    "commits": "this is firmly expected of {who}",
    "will": "{who} are to do this",
    "will-try": "{who} are to try to do this",
    "should": "{who} should do this",
    "encouraged": "{who} are encouraged to do this",
    "acknowledges": "{who} may do this, or are said to",
}
_ACTS = {
    "signed": "signed",
    "signed-treaty": "signed",
    "joined-later": "joined",
    "announced": "was announced as a signatory of",
    "ratified": "ratified",
    "endorsed": "endorsed",
    "supported": "declared support for",
    "sponsored": "was lead sponsor of",
    "co-sponsored": "co-sponsored",
    "adopted": "adopted",
    "reported": "filed a report under",
    "member": "became a member of",
    "pledged-to-report": "announced that it would report under",
}


def date(text: str) -> str:
    """A day, month or year in words; anything else as it is.

    >>> date("2024-05-22"), date("2025-12"), date("2023"), date("")
    ('22 May 2024', 'December 2025', '2023', '')
    """
    parts = text.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) not in (2, 3) or not 1 <= int(parts[1]) <= 12:
        return text
    month = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{int(parts[2])} {month}" if len(parts) == 3 else month


def at(text: str) -> str:
    """A date with its preposition.

    >>> at("2024-05-22"), at("2024-05")
    ('on 22 May 2024', 'in May 2024')
    """
    if not text:
        return ""
    return f"{'on' if text.count('-') == 2 else 'in'} {date(text)}"


def number(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> number(1, "company", "companies"), number(1032, "provision")
    ('1 company', '1,032 provisions')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def actors(roles: tuple[Ref, ...]) -> str:
    """The addressees of a provision in running text."""
    words = [_ROLES.get(local(role.iri), role.label) for role in roles]
    if not words:
        return "those addressed"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def force(provision: Provision) -> str:
    """What the wording of a provision amounts to, in one sentence; empty where it has no force."""
    if not provision.force:
        return ""
    said = f"It says “{provision.modality}”: " if provision.modality else ""
    if provision.kind == "Acknowledgement":
        meant = "this is acknowledged, and nobody is asked to act"
    else:
        phrases = _COMMITS if provision.kind == "Commitment" else _EXPECTS
        meant = phrases[provision.force].format(who=actors(provision.addressees))
    text = said + meant
    return f"{text[0].upper()}{text[1:]}."


def sentence(adherence: Adherence) -> str:
    """An adherence as one sentence that can be printed."""
    name = adherence.instrument_label
    article = "" if name.lower().startswith(("the ", "a ", "an ")) else "the "
    start = f" {at(adherence.since)}" if adherence.since else ""
    end = f", until {date(adherence.until)}" if adherence.until else ""
    act = _ACTS.get(adherence.mode, f"({adherence.mode_label})")
    return f"{adherence.party_label} {act} {article}{name}{start}{end}."


def citation(adherence: Adherence, version: str) -> str:
    """The sentence with its source, the permanent link and the data version, as plain text."""
    sources = "; ".join(
        f"{source.title}, {source.link or source.iri}, read {date(source.read_on) or 'on an unknown day'}"
        for source in adherence.sources[:2]
    )
    record = f"Recorded in commitgraph, data version {version}, {adherence.iri}"
    return f"{sentence(adherence)} Source: {sources}. {record}"


def kind(party: PartyProfile) -> str:
    """What a party is: its kinds and, where known, its field."""
    kinds = " and ".join(KINDS[k][0] for k in party.kinds)
    return f"{kinds}, {party.sector.replace('-', ' ')}" if party.sector else kinds
