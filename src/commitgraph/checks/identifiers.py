"""Identifiers: each has the form that its register gives it, right check digits, and fits its thing.

Which registers there are says `ontology/schemes/register.ttl`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from commitgraph.checks.finding import Finding, Named
from commitgraph.checks.material import Material

_IDENTIFIERS = """
SELECT ?subject ?register ?value ?state ?text WHERE {
  ?subject cg:identifierScheme ?register ; cg:identifierValue ?value ; cg:identifies ?thing
  BIND ( EXISTS { ?thing a cg:State } AS ?state )
  BIND ( EXISTS { ?thing a cg:Instrument } AS ?text )
}
ORDER BY ?subject
"""
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_STANDARD = r"(?:ISO|IEC|IEEE)"
_FORMS = {
    "wikidata": (r"Q[1-9][0-9]*", "Q and a number, such as Q95"),
    "ror": (rf"0[{_CROCKFORD}]{{6}}[0-9]{{2}}", "0, six signs and two digits, such as 00njsd438"),
    "lei": (r"[0-9A-Z]{18}[0-9]{2}", "18 capitals or digits and two digits"),
    "sec-cik": (r"[0-9]{10}", "ten digits, such as 0000789019"),
    "iso-3166-1-alpha-2": (r"[A-Z]{2}", "two capitals, such as KR"),
    "iso-3166-1-alpha-3": (r"[A-Z]{3}", "three capitals, such as KOR"),
    "m49": (r"[0-9]{3}", "three digits, such as 410"),
    "un-symbol": (
        r"[AES](?:/[A-Z0-9.]+)+(?: [A-Z])?(?: ?\([IVXL]+\))?",
        "parts with a slash between them, such as A/RES/78/265",
    ),
    "un-sales": (r"[A-Z]+(?:/[A-Z0-9]+)+", "parts with a slash between them, such as HR/PUB/11/04"),
    "unesco-document": (
        r"[A-Z]+(?:/[A-Z0-9-]+)+",
        "parts with a slash between them, such as SHS/BIO/PI/2021/1",
    ),
    "oecd-legal": (r"OECD/LEGAL/[0-9]{4}", "OECD/LEGAL/ and four digits"),
    "oecd-document": (
        r"[A-Z]+(?:/[A-Z0-9]+)*\([0-9]{4}\)[0-9]+(?:/[A-Z0-9]+)*",
        "body, year in brackets and number, such as C/MIN(2023)13/ADD1/FINAL",
    ),
    "cets": (r"[0-9]{3}", "three digits, such as 225"),
    "eu-act": (
        r"(?:Regulation|Directive|Decision) \(E[UC]\) [0-9]{4}/[0-9]+",
        "such as Regulation (EU) 2024/1689",
    ),
    "celex": (r"[0-9CE][0-9]{4}[A-Z]{1,2}[0-9]{4}", "sector, year, kind and number, such as 32024R1689"),
    "eli": (
        r"http://data\.europa\.eu/eli(?:/[\w.-]+)+",
        "a name that begins with http://data.europa.eu/eli/",
    ),
    "standard": (
        rf"{_STANDARD}(?:/{_STANDARD})* [0-9]+(?:-[0-9]+)*(?::[0-9]{{4}})?",
        "body, number and year, such as ISO/IEC 42001:2023",
    ),
    "nist": (r"NIST [A-Z]+ [0-9]+-[0-9]+", "series and number, such as NIST AI 100-1"),
    "agora": (r"[1-9][0-9]*", "a number, such as 785"),
    "doi": (r"10\.[0-9]{4,9}/\S+", "prefix and name, such as 10.6028/NIST.AI.100-1"),
}
_OF_STATES = {"iso-3166-1-alpha-2", "iso-3166-1-alpha-3", "m49"}
_OF_PARTIES = _OF_STATES | {"ror", "lei", "sec-cik"}
_OF_BOTH = {"wikidata"}


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
        whose = _whose(row["register"], state=row["state"] == "true", text=row["text"] == "true")
        if whose:
            file, line = material.place(row["subject"])
            yield Finding(
                "identifiers",
                expected=f"a code of {row['register']} on {whose}",
                got="it is given to a thing of another kind",
                todo="Correct the thing, or the register.",
                subject=row["subject"],
                file=file,
                line=line,
            )


def _fault(register: str, value: str) -> str:
    """What is expected instead of `value`, or nothing where it is in order."""
    if register not in _FORMS:
        return ""  # unknown-register looks after those
    form, words = _FORMS[register]
    if not re.fullmatch(form, value):
        return f"an identifier of {register}: {words}"
    if not _checks(register, value):
        return f"an identifier of {register} whose last two digits fit the others"
    return ""


def _whose(register: str, *, state: bool, text: bool) -> str:
    """What the code must be of where it is of something else; nothing where it is in order."""
    if register in _OF_STATES and not state:
        return "a state"
    if register in _OF_PARTIES and text:
        return "a party"
    if register in _FORMS.keys() - _OF_PARTIES - _OF_BOTH and not text:
        return "an instrument"
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
