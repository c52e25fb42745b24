"""Which tables there are besides crosswalks, and which keys and columns each has.

=================================  ====================================================================
`data/adherences/TEXT.tsv`         a row for each standing of a party towards the text
`data/rolls/TEXT/LIST.tsv`         a source's list of adherents, a row for each entry
`data/endings/withdrawals.tsv`     acts that ended a standing
`data/endings/delistings.tsv`      names that a later edition of a list no longer shows
`data/endings/refusals.tsv`        documented decisions not to adhere
`data/qualifications.tsv`          attested facts on which the condition of a commitment depends
`data/identifiers.tsv`             codes of parties and instruments in outside registers
`data/regions.tsv`                 the region in which each state lies
`data/names.tsv`                   names of parties, and words that help to find them
=================================  ====================================================================

:data:`TABLES` says which keys and columns there are and what statement each becomes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from commitgraph.dataset.tables import SHOWN, typed
from commitgraph.dates import DateError, PartialDate
from commitgraph.iris import DCTERMS, ID, RDFS, cg, concept, is_iri, thing

#: Ties a graph to the editions that it was read from.
DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
_NAME = r"[a-z0-9_]+(?:[.-][a-z0-9_]+)*"
_PLACE = re.compile(rf"{_NAME}(?:/{_NAME})*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")
_SOURCE = re.compile(rf"(?:edition|passage|mark)/{_NAME}(?:/{_NAME})+")
_PRECISION = {"day": "date", "month": "gYearMonth", "year": "gYear"}
#: Stands between several values of a cell that may hold spaces.
BETWEEN = " | "

#: What a cell states.
Term = ox.NamedNode | ox.Literal
#: From the words of a cell, and the text that the table is on, to a term. Raises ValueError.
_Reader = Callable[[str, str], Term]
_Default = Callable[[Mapping[str, str]], str]


def _expected(what: str, got: str) -> ValueError:
    return ValueError(f"expected {what}, got {got[:SHOWN]!r}")


def _named(kind: str, *, example: str, inside: bool = False) -> _Reader:
    """A thing by what follows its kind in its address; `inside`: what follows the name of the text, too."""

    def read(cell: str, text: str) -> Term:
        if not _PLACE.fullmatch(cell):
            raise _expected(f"a name in small letters, digits and hyphens, such as {example}", cell)
        return ox.NamedNode(thing(kind, text, cell) if inside else thing(kind, cell))

    return read


def _concept(scheme: str) -> _Reader:
    def read(cell: str, _: str) -> Term:
        name = cell.removeprefix(f"{scheme}:")
        if not re.fullmatch(_NAME, name):
            raise _expected(f"a concept of ontology/schemes/{scheme}.ttl", cell)
        return ox.NamedNode(concept(scheme, name))

    return read


def _identified(cell: str, _: str) -> Term:
    kind, _, name = cell.partition("/")
    if kind not in ("party", "instrument") or not re.fullmatch(_NAME, name):
        raise _expected("party/NAME or instrument/NAME", cell)
    return ox.NamedNode(ID + cell)


def _register(cell: str, _: str) -> Term:
    if not re.fullmatch(_NAME, cell):
        raise _expected("a notation of ontology/schemes/register.ttl, such as wikidata", cell)
    return ox.Literal(cell)


def _source(cell: str, _: str) -> Term:
    if not _SOURCE.fullmatch(cell):
        raise _expected("edition/TEXT/NAME or passage/TEXT/NAME", cell)
    return ox.NamedNode(ID + cell)


def _date(cell: str, _: str) -> Term:
    try:
        return typed(cell, _PRECISION[PartialDate.parse(cell).precision])
    except DateError:
        raise _expected("a day, month or year: YYYY-MM-DD, YYYY-MM or YYYY", cell) from None


def _day_or_month(cell: str, text: str) -> Term:
    if len(cell) < len("YYYY-MM"):
        raise _expected("a day or a month: YYYY-MM-DD or YYYY-MM", cell)
    return _date(cell, text)


def _yes(cell: str, _: str) -> Term:
    if cell not in ("yes", "no"):
        raise _expected("yes or no", cell)
    return typed("true" if cell == "yes" else "false", "boolean")


def _place(cell: str, _: str) -> Term:
    if not re.fullmatch("[1-9][0-9]{0,5}", cell):
        raise _expected("the place in the list, from 1", cell)
    return typed(cell, "integer")


def _licence(cell: str, _: str) -> Term:
    if not is_iri(cell):
        raise _expected("the address of a licence", cell)
    return ox.NamedNode(cell)


def _name(cell: str, _: str) -> Term:
    return ox.Literal(cell)


def _words(cell: str, _: str) -> Term:
    return ox.Literal(cell, language="en")


def _language(cell: str, _: str) -> Term:
    if not _LANGUAGE.fullmatch(cell):
        raise _expected("a tag of a language by BCP 47, such as ko or zh-Hans", cell)
    return ox.Literal(cell)


@dataclass(frozen=True)
class Field:
    """A key or a column: its name, the property that it states, and how its words are read.

    Attributes:
        name: as it stands in the table.
        prop: IRI of the property; empty where the words only name the thing that the row states.
        read: from words to a term.
        needed: whether it must be filled in.
        many: what stands between several values; empty where there is one only.
        repeats: whether the key may stand on several lines on top.
        tagged_by: the column with the language of the words; empty where the words have one of their own.
        default: what a table says that lacks the key, from the words of its other keys; None for nothing.
    """

    name: str
    prop: str
    read: _Reader
    needed: bool = False
    many: str = ""
    repeats: bool = False
    tagged_by: str = ""
    default: _Default | None = None

    def terms(self, words: str, text: str) -> list[Term]:
        """What the words state.

        Raises:
            ValueError: they are not what the field holds.
        """
        parts = [part.strip() for part in words.split(self.many)] if self.many else [words]
        return [self.read(part, text) for part in parts if part]


def _a_year_later(said: Mapping[str, str]) -> str:
    """The month a year after the table was read."""
    year, dash, month = said.get("read_on", "")[:7].partition("-")
    return f"{int(year) + 1}{dash}{month}" if year.isdecimal() else ""


_CC_BY = "https://creativecommons.org/licenses/by/4.0/"
_PARTY = _named("party", example="ibm")
_STANDING = _named("adherence", example="TEXT/ibm")
_NOTE = Field("note", cg("note"), _words, many=BETWEEN)
#: What every table says about itself on top.
ABOUT = (
    Field("title", DCTERMS + "title", _words, needed=True),
    Field(
        "curator", cg("curatedBy"), _named("curator", example="commitgraph"), default=lambda _: "commitgraph"
    ),
    Field("read_on", cg("readOn"), _date, needed=True),
    Field("licence", DCTERMS + "license", _licence, default=lambda _: _CC_BY),
    Field("derived_from", DERIVED, _source, many=" "),
)


def _sources(*, needed: bool = False) -> Field:
    return Field("source", cg("attestedBy"), _source, needed=needed, many=" ")


def _first(cells: Mapping[str, str]) -> str:
    """What the first column says."""
    return next(iter(cells.values()))


def _identifier(cells: Mapping[str, str]) -> str:
    """The place of an identifier among identifiers.

    A register gives a party one code. It may give a text several numbers, such as that of a draft, so their
    addresses name the number too.

    >>> _identifier({"thing": "party/ibm", "scheme": "ror", "value": "05hh8d621"})
    'ibm/ror'
    >>> _identifier({"thing": "instrument/pledge", "scheme": "un-symbol", "value": "A/RES/79/1"})
    'instrument/pledge/un-symbol/a-res-79-1'
    """
    kind, _, name = cells["thing"].partition("/")
    if kind == "party":
        return f"{name}/{cells['scheme']}"
    number = re.sub("[^a-z0-9]+", "-", cells["value"].lower()).strip("-")
    return f"{cells['thing']}/{cells['scheme']}/{number}"


def _name_of_party(cells: Mapping[str, str]) -> str:
    """The place of a name among names.

    It can hold any letters: a digest stands for them, so that the address stays wherever the row stands.
    """
    digest = hashlib.sha256(f"{cells['lang']}\t{cells['name']}".encode()).hexdigest()
    return f"{cells['party']}/{digest[:12]}"


@dataclass(frozen=True)
class Kind:
    """A kind of table.

    Attributes:
        path: which files are of this kind; the groups are the text that it is on, and the list.
        pattern: the same, as a pattern of names.
        stated: the class of the thing that a row states; empty where another file says what the thing is.
        space: kind of that thing in its address.
        columns: the columns; the first names the row, and orders it, where `named_by` says nothing else.
        top: what may be said on top.
        named_by: the columns that name the row together, where the first does not do it alone.
        row: from the cells of a row, in the order of `columns`, to the place of the thing in its space;
            no two rows of a table have the same.
    """

    path: re.Pattern[str]
    stated: str
    space: str
    columns: tuple[Field, ...]
    top: tuple[Field, ...] = ()
    named_by: tuple[str, ...] = ()
    row: Callable[[Mapping[str, str]], str] = _first

    def place(self, cells: Mapping[str, str]) -> str:
        """What the row states, by its name in addresses."""
        return self.row({field.name: cells.get(field.name, "") for field in self.columns})


TABLES = (
    Kind(
        re.compile(rf"data/adherences/({_NAME})\.tsv"),
        "Adherence",
        "adherence",
        (
            Field("id", "", _named("adherence", example="ibm"), needed=True),
            Field("party", cg("adherent"), _PARTY, needed=True),
            Field("act", cg("mode"), _concept("mode"), needed=True),
            Field("scope", cg("scope"), _concept("scope"), needed=True),
            Field("covers", cg("covers"), _named("provision", example="a1", inside=True), many=" "),
            Field("since", cg("since"), _date),
            Field("until", cg("until"), _date),
            Field("printed_as", cg("printedAs"), _name, many=BETWEEN),
            _sources(),
            _NOTE,
        ),
    ),
    Kind(
        re.compile(rf"data/rolls/({_NAME})/({_NAME})\.tsv"),
        "RollEntry",
        "entry",
        (
            Field("adherence", cg("entryOf"), _named("adherence", example="ibm", inside=True), needed=True),
            Field("printed_as", cg("printedAs"), _name, many=BETWEEN),
            Field("act", cg("statedMode"), _concept("mode")),
            Field("since", cg("statedSince"), _date),
            Field("place", cg("ordinal"), _place),
            _sources(),
            _NOTE,
        ),
        (
            Field("label", RDFS + "label", _words, needed=True),
            _sources(needed=True),
            Field("observed_on", cg("observedOn"), _date, needed=True),
            Field("complete", cg("claimsComplete"), _yes, needed=True),
            Field("next_read_on", cg("nextReadOn"), _day_or_month, default=_a_year_later),
            Field("note", cg("note"), _words, repeats=True),
        ),
    ),
    Kind(
        re.compile(r"data/endings/withdrawals\.tsv"),
        "Withdrawal",
        "withdrawal",
        (
            Field("id", "", _named("withdrawal", example="TEXT/ibm"), needed=True),
            Field("adherence", cg("ends"), _STANDING, needed=True),
            Field("observed_on", cg("observedOn"), _date),
            _sources(needed=True),
            _NOTE,
        ),
    ),
    Kind(
        re.compile(r"data/endings/delistings\.tsv"),
        "Delisting",
        "delisting",
        (
            Field("id", "", _named("delisting", example="TEXT/ibm"), needed=True),
            Field("adherence", cg("delists"), _STANDING, needed=True),
            Field("last_seen_on", cg("lastSeenOn"), _date, needed=True),
            Field("not_seen_on", cg("notSeenOn"), _date, needed=True),
            _sources(needed=True),
            _NOTE,
        ),
    ),
    Kind(
        re.compile(r"data/endings/refusals\.tsv"),
        "Refusal",
        "refusal",
        (
            Field("id", "", _named("refusal", example="TEXT/ibm"), needed=True),
            Field("party", cg("refusedBy"), _PARTY, needed=True),
            Field("instrument", cg("refusedInstrument"), _named("instrument", example="TEXT"), needed=True),
            Field("observed_on", cg("observedOn"), _date),
            _sources(needed=True),
            _NOTE,
        ),
    ),
    Kind(
        re.compile(r"data/qualifications\.tsv"),
        "Qualification",
        "qualification",
        (
            Field("id", "", _named("qualification", example="ibm-developer"), needed=True),
            Field("party", cg("qualifiedParty"), _PARTY, needed=True),
            Field("qualifies_for", cg("qualifiesFor"), _concept("condition"), needed=True),
            Field("since", cg("since"), _date),
            _sources(needed=True),
            _NOTE,
        ),
    ),
    Kind(
        re.compile(r"data/identifiers\.tsv"),
        "Identifier",
        "identifier",
        (
            Field("thing", cg("identifies"), _identified, needed=True),
            Field("scheme", cg("identifierScheme"), _register, needed=True),
            Field("value", cg("identifierValue"), _name, needed=True),
            _sources(),
            _NOTE,
        ),
        named_by=("thing", "scheme", "value"),
        row=_identifier,
    ),
    Kind(
        re.compile(r"data/regions\.tsv"),
        "",
        "party",
        (
            Field("state", "", _named("party", example="kr"), needed=True),
            Field("region", cg("region"), _concept("region"), needed=True),
        ),
    ),
    Kind(
        re.compile(r"data/names\.tsv"),
        "Name",
        "name",
        (
            Field("party", cg("nameOf"), _PARTY, needed=True),
            Field("name", cg("nameText"), _name, needed=True, tagged_by="lang"),
            Field("lang", "", _language, needed=True),
            Field("kind", cg("nameKind"), _concept("name-kind"), needed=True),
            _sources(needed=True),
            _NOTE,
        ),
        named_by=("party", "lang", "name"),
        row=_name_of_party,
    ),
)


def kind_of(name: str) -> Kind | None:
    """The kind of the table at the path `name`; None where it is none of these."""
    return next((kind for kind in TABLES if kind.path.fullmatch(name)), None)


__all__ = ["ABOUT", "BETWEEN", "DERIVED", "TABLES", "Field", "Kind", "Term", "kind_of"]
