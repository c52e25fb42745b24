"""What the evidence of a claim lacks to be a source that others can open, of a day that fits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from commitgraph.disclosure.reading.statements import Document, Statement
from commitgraph.iris import cg

#: So many items are told of.
_TOLD = 3
#: What is wrong with a link, by the code of the finding that tells it.
_LINKS = {
    "CG555": "its `url:` leads where others cannot go",
    "CG572": "its `url:` leads to a search",
    "CG573": "its `url:` leads to a login",
}


def cure(document: Document, evidence: Iterable[Statement], faults: Mapping[str, Collection[str]]) -> str:
    """The hint for a claim whose evidence is there and does not hold; empty where there is no evidence.

    Args:
        document: in which the claim stands.
        evidence: the statements by which the claim names its evidence.
        faults: the codes of all that was found, by the item.
    """
    items = [statement.object.value for statement in evidence]
    told = [
        f"{'the item' if len(items) == 1 else f'item {number}'} of the evidence does not count yet: "
        f"{' and '.join(_lacks(document, item, faults.get(item, ())))}"
        for number, item in enumerate(items[:_TOLD], 1)
    ]
    return "; ".join(told) + (f"; nor do {len(items) - _TOLD} more" if len(items) > _TOLD else "")


def _lacks(document: Document, item: str, faults: Collection[str]) -> Iterator[str]:
    """Each thing that keeps an item from counting."""

    def has(term: str) -> bool:
        return bool(document.values(item, cg(term)))

    no_way = _no_way(document, item, faults)
    if no_way:
        yield no_way
    if not has("dated") and not has("inForceOn"):
        yield "it has no day; add `date:`"
    elif "CG203" in faults:
        yield "its day is still to come; write the day of the document"
    elif "CG561" in faults or not no_way:
        yield (
            "its day is before the promise; for a document that still holds write in `in-force-on:` a later "
            "day, or show what was done since"
        )


def _no_way(document: Document, item: str, faults: Collection[str]) -> str:
    """Why others can neither open an item nor recognise it; empty where they can."""
    if document.values(item, cg("digest")) and "CG556" not in faults:
        return ""
    hidden = any(value.object.value == "false" for value in document.values(item, cg("isPublic")))
    bad_link = next((_LINKS[code] for code in sorted(_LINKS) if code in faults), "")
    has_link = bool(document.values(item, cg("link")))
    if has_link and not hidden and not bad_link:
        return ""
    if "CG556" in faults:
        return "its `digest:` is that of nothing; write that of the document, or give a public `url:`"
    if not has_link:
        return "it has no `url:` and no `digest:`; add one of them"
    if hidden:
        return "`public: false` says that others cannot open it; add its `digest:`"
    return f"{bad_link}; give a public address, or a `digest:`"
