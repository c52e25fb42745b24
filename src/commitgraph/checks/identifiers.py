"""Identifiers: each has the form that its register gives it and, where there are some, right check digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commitgraph.checks.finding import Finding, Named
from commitgraph.checks.material import Material

_IDENTIFIERS = """
SELECT ?subject ?register ?value WHERE {
  ?subject cg:identifierScheme ?register ; cg:identifierValue ?value
}
ORDER BY ?subject
"""
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_FORMS = {
    "wikidata": (re.compile(r"Q[1-9][0-9]*"), "Q and a number, such as Q95"),
    "ror": (re.compile(rf"0[{_CROCKFORD}]{{6}}[0-9]{{2}}"), "0, six signs and two digits, such as 00njsd438"),
    "lei": (re.compile(r"[0-9A-Z]{18}[0-9]{2}"), "18 capitals or digits and two digits"),
}


def _identifiers(material: Material) -> Iterator[Finding]:
    for row in material.query(_IDENTIFIERS):
        fault = _fault(row["register"], row["value"])
        if fault:
            file, line = material.place(row["subject"])
            yield Finding(
                "identifiers",
                expected=fault,
                got=row["value"],
                todo="Look it up in the register, and write it as the register does.",
                subject=row["subject"],
                file=file,
                line=line,
            )


def _fault(register: str, value: str) -> str:
    """What is expected instead of `value`, or nothing where it is in order."""
    if register not in _FORMS:
        return ""  # the shapes look after unknown registers
    form, words = _FORMS[register]
    if not form.fullmatch(value):
        return f"an identifier of {register}: {words}"
    if not _checks(register, value):
        return f"an identifier of {register} whose last two digits fit the others"
    return ""


def _checks(register: str, value: str) -> bool:
    """Check digits by ISO 7064 mod 97-10, which LEI and ROR both use.

    >>> _checks("lei", "7LTWFZYICNSX8D621K86"), _checks("lei", "7LTWFZYICNSX8D621K87")
    (True, False)
    >>> _checks("ror", "00njsd438"), _checks("ror", "00njsd439")
    (True, False)
    """
    if register == "lei":
        return int("".join(str(int(sign, 36)) for sign in value)) % 97 == 1
    if register == "ror":
        number = 0
        for sign in value[:-2]:
            number = number * 32 + _CROCKFORD.index(sign)
        return 98 - (number * 100) % 97 == int(value[-2:])
    return True


CHECKS = [Named("identifiers", "Identifiers have the form that their register gives them.", _identifiers)]
