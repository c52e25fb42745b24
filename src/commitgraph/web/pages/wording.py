"""Words of pages: kinds of things, roles, and what the force of a wording amounts to.

The words of standing are in :mod:`commitgraph.domain.phrases`, for the command and Python speak of it, too.
"""

from __future__ import annotations

from commitgraph.domain.parties import Name, PartyProfile
from commitgraph.domain.provisions import Provision
from commitgraph.domain.ref import Ref
from commitgraph.iris import local

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
    "Commitment": ("commitment", "commitments", "those who take it on promise to act themselves"),
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
    "obliges": "{who} must do this, as it is worded",
    "commits": "{who} commit to this",
    "will": "{who} say that they will do this",
    "will-try": "{who} say that they will try to do this",
    "should": "{who} hold that they should do this",
    "encouraged": "{who} are encouraged to do this",
    "acknowledges": "{who} may choose to do this",
}
_EXPECTS = {
    "obliges": "{who} must do this, as it is worded",
    "commits": "this is firmly expected of {who}",
    "will": "{who} are to do this",
    "will-try": "{who} are to try to do this",
    "should": "{who} should do this",
    "encouraged": "{who} are encouraged to do this",
    "acknowledges": "{who} may do this, or are said to",
}


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


#: Languages of names, by their tags in small letters.
LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "eu": "Basque",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "it": "Italian",
    "ja": "Japanese",
    "ja-hira": "Japanese (hiragana)",
    "ja-kana": "Japanese (katakana)",
    "ja-latn": "Japanese (Latin letters)",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "ru": "Russian",
    "sv": "Swedish",
    "te": "Telugu",
    "th": "Thai",
    "zh": "Chinese",
    "zh-hans": "Chinese (simplified)",
    "zh-hant": "Chinese (traditional)",
}


def names(party: PartyProfile) -> list[tuple[str, list[Name]]]:
    """Its further names in groups: in English, in other languages, former ones, those without a source."""
    groups: dict[str, list[Name]] = {}
    for name in party.names:
        groups.setdefault(_group(name), []).append(name)
    last = (_FORMER, _UNSOURCED)
    return sorted(groups.items(), key=lambda group: (*(group[0] == words for words in last), group[0]))


_FORMER = "Formerly"
_UNSOURCED = "Also, without a source here"


def _group(name: Name) -> str:
    if not name.iri:
        return _UNSOURCED
    if name.kind == "former":
        return _FORMER
    language = name.language.lower()
    return "Also known as" if language == "en" else f"In {LANGUAGES.get(language, name.language)}"


def kind(party: PartyProfile) -> str:
    """What a party is: its kinds and, where known, its field."""
    kinds = " and ".join(KINDS[k][0] for k in party.kinds)
    return f"{kinds}, {party.sector.replace('-', ' ')}" if party.sector else kinds
