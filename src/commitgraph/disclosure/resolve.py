"""From what people write to what the graph says: names become addresses, dates get their type.

A value that means nothing stays as it was written; the shapes then say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

import pyoxigraph as ox

from commitgraph.dates import DateError, Day, PartialDate
from commitgraph.disclosure import fields
from commitgraph.disclosure.fields import Field
from commitgraph.disclosure.reading.source import Remark, Remarks
from commitgraph.disclosure.reading.statements import Object, Statement, text, typed
from commitgraph.disclosure.register import Register
from commitgraph.iris import ID, RDF, XSD, cg, is_iri, local

_DATATYPES = {"year": "gYear", "month": "gYearMonth", "day": "date"}
_DAY_LENGTH = len("YYYY-MM-DD")
_TIME = re.compile(r"[Tt ][0-9]{1,2}:[0-9]{2}[0-9:.,]* ?(?:[Zz]|[+-][0-9:]{2,6})?|[Zz]|[+-][0-9]{2}:[0-9]{2}")
_CONCEPT = re.compile(r"[a-z][a-z0-9-]*")
_SLUG = re.compile(r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*")
# Types that the judge reads; a number or an exotic type keeps its name and is not computed with.
_PLAIN_TYPES = frozenset(
    XSD + name for name in ("string", "date", "anyURI", "boolean", "dateTime", "gYear", "gYearMonth")
)
_LANGUAGE_TEXT = RDF + "langString"


def resolve(statements: Iterable[Statement], register: Register, remarks: Remarks) -> list[Statement]:
    """Give every object the term that the graph has for it; ambiguous names are added to `remarks`.

    Blank texts are left out: a field that says nothing is a missing field.
    """
    out = []
    for statement in statements:
        if isinstance(statement.object, ox.Literal) and not statement.object.value.strip():
            continue
        field = fields.by_iri().get(statement.predicate.value, (None,))[0]
        value = _object(field, statement, register, remarks) if field else _tamed(statement.object)
        out.append(statement._replace(object=value))
    return out


def _object(field: Field, statement: Statement, register: Register, remarks: Remarks) -> Object:
    value = statement.object
    if field.kind == "choice":
        return _named(field, statement, register, remarks)
    if field.kind == "date" and isinstance(value, ox.Literal):
        return dated(value.value)
    if field.kind == "link":
        return typed(value.value, "anyURI")
    return _tamed(value)


def _named(field: Field, statement: Statement, register: Register, remarks: Remarks) -> Object:
    value = statement.object
    name = value.value
    if field.space.startswith(ID):
        found = _known(field, name, register)
        if not found and name.startswith(field.space):
            # By the context alone a name becomes an address: `Q2283` may mean a party there as well.
            found = _known(field, unquote(name.removeprefix(field.space)), register)
        if len(found) == 1:
            return ox.NamedNode(found[0])
        if len(found) > 1:
            slugs = ", ".join(f"{local(iri)} ({register.label(iri)})" for iri in found)
            ambiguous = f'The name "{name}" may mean several things: {slugs}.'
            remarks.append(
                Remark(
                    "CG402",
                    ambiguous,
                    statement.object_at,
                    f"write the one that is meant: {', '.join(local(iri) for iri in found)}",
                    name,
                )
            )
            return text(name)
        if isinstance(value, ox.Literal) and _SLUG.fullmatch(name):
            return ox.NamedNode(field.space + name)
    elif isinstance(value, ox.Literal) and _CONCEPT.fullmatch(name):
        return ox.NamedNode(field.space + name)
    return _address(name) if isinstance(value, ox.Literal) else value


def _known(field: Field, name: str, register: Register) -> list[str]:
    if field.iri == cg("disclosedBy"):
        return register.party(name)
    if field.iri == cg("answersFramework"):
        return register.instrument(name)
    return register.provision(name)


def _address(name: str) -> Object:
    if is_iri(name):
        try:
            return ox.NamedNode(name)
        except ValueError:
            return text(name)
    return text(name)


def dated(written: str) -> ox.Literal:
    """A date as a literal: a day, a moment, a month or a year; plain text where it is none of them.

    >>> str(dated("2025-06-30")), str(dated("2025-02-30"))
    ('"2025-06-30"^^<http://www.w3.org/2001/XMLSchema#date>', '"2025-02-30"')
    """
    written = written.strip()
    day, time = written[:_DAY_LENGTH], written[_DAY_LENGTH:]
    try:
        if time:
            moment = f"{Day.parse(day)}T00:00:00"
            return typed(moment, "dateTime") if _TIME.fullmatch(time) else text(written)
        return typed(written, _DATATYPES[PartialDate.parse(written).precision])
    except DateError:
        return text(written)


def _tamed(value: Object) -> Object:
    """Keep engines from computing with types that a disclosure does not use."""
    if (
        isinstance(value, ox.NamedNode)
        or value.language
        or value.datatype.value in (*_PLAIN_TYPES, _LANGUAGE_TEXT)
    ):
        if isinstance(value, ox.Literal) and value.datatype.value == XSD + "boolean":
            return value if value.value in ("true", "false") else text(value.value)
        return value
    return ox.Literal(value.value, datatype=ox.NamedNode("urn:commitgraph:type:" + value.datatype.value))
