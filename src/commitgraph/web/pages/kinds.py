"""Kinds of things, as addresses name them; with convertors by which routes tell them apart."""

from __future__ import annotations

from starlette.convertors import Convertor, register_url_convertor

from commitgraph.web.pages.site import FORMS, TOPICAL

#: Kinds of things that have a page of the general form; the others have routes of their own.
GENERAL = (
    "edition", "passage", "mark", "selector", "publication", "disclosure", "evidence", "lookup", "claim",
    "event", "identifier", "reference", "participation", "curator", "entry", "withdrawal", "delisting",
    "refusal", "qualification", "assurance", "assessment", "correspondence", "no-counterpart",
)  # fmt: skip
KINDS = (*GENERAL, "party", "instrument", "provision", "adherence", "roll", *TOPICAL, "scheme", "graph")


class _Kind(Convertor[str]):
    regex = "|".join(KINDS)

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _General(_Kind):
    regex = "|".join((*GENERAL, "scheme", "graph"))


class _Suffix(_Kind):
    regex = "|".join(FORMS)


register_url_convertor("kind", _Kind())
register_url_convertor("general", _General())
register_url_convertor("suffix", _Suffix())
