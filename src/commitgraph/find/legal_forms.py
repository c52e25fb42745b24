"""Legal forms of companies, which people leave out or add: Inc., GmbH, 株式会社.

The forms are those common where the parties of the graph have their seat, chosen by hand. A fuller list, with
the forms of nearly all states, is `resources/names/org_types.yml` of https://github.com/opensanctions/rigour.
"""

from __future__ import annotations

from commitgraph.near import key

#: As they stand behind a name, in Latin letters. Several words count as one form.
_BEHIND = (
    "Inc", "Incorporated", "Corp", "Corporation", "Co", "Company", "Ltd", "Limited",
    "LLC", "LLP", "LP", "PBC", "plc", "Pte", "Pvt", "Private", "Group", "Holding", "Holdings",
    "GmbH", "AG", "KG", "KGaA", "SE", "SA", "SAS", "SARL", "S.à r.l.", "SL", "SpA", "Srl",
    "NV", "BV", "AB", "AS", "A/S", "ASA", "Oy", "Oyj", "publ", "Sp. z o.o.",
)  # fmt: skip
#: Without spaces around them, at either end of a name.
_JOINED = (
    "株式会社", "有限会社", "合同会社",
    "주식회사", "유한회사",
    "股份有限公司", "有限责任公司", "有限責任公司", "有限公司",
)  # fmt: skip
#: Short for one of these, in brackets or as a sign of its own (㈱, ㈜), which :func:`key` makes a word.
_SIGNS = frozenset(key(sign) for sign in ("株", "有", "주", "유"))
#: Words that say more than a form: they go only where a form stands behind them (Group Limited, Holding AG).
_WEAK = frozenset(("group", "holding", "holdings", "private", "company"))
#: How many letters a form has at most that is written with stops, too: L.L.C.
_ABBREVIATED = 4
_FORMS = sorted(
    {tuple(key(form).split()) for form in _BEHIND}
    | {tuple(key(form)) for form in _BEHIND if form.isalpha() and len(form) <= _ABBREVIATED},
    key=lambda form: (-len(form), form),
)
_AFFIXES = tuple(key(form) for form in _JOINED)


def without_legal_form(name: str) -> str:
    """The key of a name (see :func:`commitgraph.near.key`) without the legal forms at its ends.

    What is nothing but a form stays as it is.

    >>> [without_legal_form(key(name)) for name in ("IBM Corp.", "OpenAI, L.L.C.", "Rakuten Group, Inc.")]
    ['ibm', 'openai', 'rakuten']
    >>> without_legal_form(key("㈜카카오")) == key("카카오"), without_legal_form("se")
    (True, 'se')
    """
    words = name.split()
    stripped = False
    while len(words) > 1:
        form = next((f for f in _FORMS if len(f) < len(words) and tuple(words[-len(f) :]) == f), None)
        if form is None or (len(form) == 1 and form[0] in _WEAK and not stripped):
            break
        del words[-len(form) :]
        stripped = True
    if len(words) > 1 and words[0] in _SIGNS:
        del words[0]
    if len(words) > 1 and words[-1] in _SIGNS:
        del words[-1]
    return _without_affix(" ".join(words))


def _without_affix(name: str) -> str:
    for affix in _AFFIXES:
        for rest in (name.removesuffix(affix), name.removeprefix(affix)):
            if rest.strip() and rest != name:
                return rest.strip()
    return name


__all__ = ["without_legal_form"]
