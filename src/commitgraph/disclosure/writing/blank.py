"""Templates: a disclosure with an entry for each promise of a party, and no word put into its mouth."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Literal, get_args

import pyoxigraph as ox

from commitgraph.disclosure import fields
from commitgraph.disclosure.field_reference import Entry, allowed, field_reference
from commitgraph.disclosure.reading import json_reader, jsonld_reader
from commitgraph.disclosure.reading.source import Place, Remarks
from commitgraph.disclosure.reading.statements import Statement, text
from commitgraph.disclosure.reading.table import columns
from commitgraph.disclosure.register import register
from commitgraph.disclosure.resolve import resolve
from commitgraph.disclosure.writing import csv_writer, xlsx_writer, yaml_writer
from commitgraph.disclosure.writing.conversion import turtle
from commitgraph.disclosure.writing.guide import guide
from commitgraph.disclosure.writing.json_schema import ADDRESS
from commitgraph.disclosure.writing.promises import Promise, Promises, promises
from commitgraph.disclosure.writing.rows import Table, Tables
from commitgraph.disclosure.writing.tree import Group
from commitgraph.engine import Embedded
from commitgraph.iris import DCTERMS, cg, local

Format = Literal["yaml", "csv", "xlsx", "turtle"]
#: What templates are written in.
FORMATS: tuple[Format, ...] = get_args(Format)

_FORMAT_FIELD = "disclosure/1"
_WIDTH = 96
#: Columns for people, beside those that are read.
_NOTES = ("note.text", "note.promise", "note.wording")
#: Fields of an entry that every template has, and those of a piece of evidence that it shows as a skeleton.
ENTRY = ("commitment", "status", "statement", "reason")
EVIDENCE = ("type", "title", "url", "date")
_BLANK_ON_TOP = (DCTERMS + "title", cg("periodFrom"), cg("periodTo"), DCTERMS + "issued")
_BLANK_IN_ENTRY = (cg("status"), cg("statement"))
_BESIDES_IN_TURTLE = (
    'Of the report itself, besides: cg:link "…" ; cg:valueChainRole "…" ; '
    'cg:signedOff [ cg:signatoryRole "…" ; cg:dated "…" ].'
)
_EVIDENCE_IN_TURTLE = (
    'Evidence: cg:hasEvidence [ cg:evidenceType "…" ; dcterms:title "…" ; cg:link "…" ; cg:dated "…" ].'
)
_NO_PLEDGES = (
    "The graph knows of no promise that this organisation has taken on. If it has taken on none, let it say "
    "so with the line below; if it has taken on some, write an entry for each under `entries:`."
)
#: What to do for an organisation that the graph does not hold.
NOT_HELD = (
    "an organisation that the graph does not know writes `organisation: {name: …, lei: …, url: …, "
    "country: …}` and, if it has taken on no pledge, `pledges: none`, else an entry for each promise; "
    "`commitgraph fields` lists all fields"
)


def beginning(name: str) -> str:
    """The first lines of the disclosure of an organisation that the graph does not hold, in YAML."""
    return (
        f"commitgraph: {_FORMAT_FIELD}\n"
        f"organisation: {{name: {json.dumps(name, ensure_ascii=False)}, url: https://…, country: …}}\n"
        "title: …\n"
        "period: {from: …, to: …}\n"
        "published: …\n"
        "pledges: none"
    )


def template(party: str, store: ox.Store, form: Format) -> bytes:
    """A disclosure to fill in, with an entry for each promise that the profile `coverage` asks a party for.

    Every status is empty: a template claims nothing. What the party only may have taken on has no entry.

    Args:
        party: its address in the graph.
        store: the graph.
        form: one of :data:`FORMATS`.
    """
    asked = promises(party, store)
    making = _Making(party, asked, Embedded(store), store)
    if form == "xlsx":
        return xlsx_writer.write(making.tables(), guide(making.engine))
    written = {"yaml": making.yaml, "csv": making.csv, "turtle": making.turtle}[form]
    return written().encode()


def head(slug: str) -> Group:
    """The fields on top: the organisation, and what only its people know left empty.

    Args:
        slug: of the organisation.
    """
    return {
        "commitgraph": _FORMAT_FIELD,
        "organisation": slug,
        "title": None,
        "period": {"from": None, "to": None},
        "published": None,
        "url": None,
        "roles": [],
        "signed-off": {"role": None, "date": None},
    }


class _Making:
    def __init__(self, party: str, asked: Promises, engine: Embedded, store: ox.Store) -> None:
        self.slug, self.asked, self.engine, self.store = local(party), asked, engine, store
        self.label = register(store).label(party) or self.slug
        self.reference = {entry.path: entry for entry in field_reference(engine)}

    # ------------------------------------------------------------ what it says

    def about(self) -> Iterator[str]:
        """What stands above all."""
        texts = len({one.provision.instrument.iri for one in self.asked.asked})
        promised = len(self.asked.asked)
        yield f"A disclosure of {self.label}, to be filled in."
        if promised:
            yield (
                f"It has {promised:,} empty answer{'' if promised == 1 else 's'}, for what the graph knows "
                f"the organisation to have promised in {texts:,} text{'' if texts == 1 else 's'}. "
                "Write for each how far the organisation has come, and what was done."
            )
        if self.asked.left_out:
            yield (
                f"It leaves out {self.asked.left_out}. `commitgraph query may-have-taken-on --param "
                f"party={self.slug}` lists them. Add entries for those that it has taken on."
            )
        yield "Check the file with: commitgraph validate FILE. Every field: commitgraph fields."

    def told(self, promise: Promise) -> list[str]:
        """A promise in words."""
        one = promise.provision
        return [f"{one.locator}: {one.summary}", f"Wording: {promise.wording}."]

    def words(self, path: str) -> str:
        entry: Entry = self.reference[path]
        return ", ".join(word.name for word in entry.words)

    # ------------------------------------------------------------ as text

    def yaml(self) -> str:
        return "".join(f"{line}\n" for line in self.yaml_lines())

    def yaml_lines(self) -> Iterator[str]:
        yield f"# yaml-language-server: $schema={ADDRESS}"
        yield from self.remarks(self.about())
        yield ""
        for key, value in head(self.slug).items():
            if key in ("roles", "signed-off"):
                yield from self.remarks([self.hint(key)])
            yield from yaml_writer.block({key: value})
        yield ""
        if not self.asked.asked:
            yield from self.remarks([_NO_PLEDGES])
            yield "# pledges: none"
            return
        yield from self.remarks(["Statuses:"])
        for word in self.reference["entries.status"].words:
            yield from self.remarks([f"  {word.name}: {word.meaning}"])
        yield from self.remarks([self.hint("entries.reason")])
        yield from self.remarks([f"Types of evidence: {self.words('entries.evidence.type')}."])
        yield "entries:"
        for title, group in groupby(self.asked.asked, lambda one: one.provision.instrument.label):
            listed = list(group)
            yield ""
            yield from self.remarks([f"{title}: {len(listed):,} to answer"], "  ")
            for promise in listed:
                yield ""
                yield from self.remarks(self.told(promise), "  ")
                yield f"  - commitment: {local(promise.provision.iri)}"
                yield from (f"    {field}:" for field in ENTRY[1:3])
                yield f"    # {ENTRY[3]}:"
                yield "    # evidence:"
                for number, field in enumerate(EVIDENCE):
                    yield f"    #   {'-' if not number else ' '} {field}:"

    def hint(self, path: str) -> str:
        """What a field means and which words it takes, in a line."""
        entry = self.reference[path]
        words = f" A list of: {self.words(path)}." if entry.words and entry.many else ""
        return f"{path.rpartition('.')[2]}: {entry.meaning}{words}"

    def remarks(self, lines: Iterator[str] | list[str], indent: str = "") -> Iterator[str]:
        for line in lines:
            width = _WIDTH - len(indent)
            hang = " " * (len(line) - len(line.lstrip()))
            parts = textwrap.wrap(line, width, break_on_hyphens=False, subsequent_indent=hang)
            yield from (f"{indent}# {part}" for part in parts)

    def turtle(self) -> str:
        entries = [{"commitment": local(one.provision.iri)} for one in self.asked.asked]
        tree = json_reader.read(json.dumps({**head(self.slug), "entries": entries}), Remarks())
        document = jsonld_reader.read(tree, Remarks())
        root = document.root.value
        parts = [statement.object.value for statement in document.values(root, cg("entry"))]
        statements = resolve(document.statements, register(self.store), Remarks())
        for item, verbs in ((root, _BLANK_ON_TOP), *((part, _BLANK_IN_ENTRY) for part in parts)):
            statements += [_blank(item, verb) for verb in verbs]
        statements.sort(key=lambda statement: statement.predicate.value == cg("entry"))
        notes = {
            part: [
                line
                for told in (promise.provision.instrument.label, *self.told(promise))
                for line in textwrap.wrap(told, _WIDTH)
            ]
            for part, promise in zip(parts, self.asked.asked, strict=True)
        }
        status = fields.by_iri()[cg("status")][0]
        lines = [*self.about(), _BESIDES_IN_TURTLE, f"Roles: {self.words('roles')}."]
        lines += [f"Statuses: {', '.join(f'<{iri}>' for iri in allowed(status))}."]
        lines += ["The last of them is only for accounts that somebody else writes."]
        if parts:
            lines += [_EVIDENCE_IN_TURTLE, f"Types of evidence: {self.words('entries.evidence.type')}."]
        else:
            lines += [_NO_PLEDGES, 'cg:pledges "none" ;']
        above = "".join(f"{line}\n" for line in self.remarks(lines))
        return f"{above}\n{turtle(document.with_statements(statements), notes)}"

    # ------------------------------------------------------------ as tables

    def tables(self) -> Tables:
        top = fields.top()
        level, risks = top.fields["entries"].level, top.fields["risks"].level
        if level is None or risks is None:
            raise TypeError("the context gives entries or risks no fields")
        read = list(columns(level, rows=True))
        names = (read[0], *_NOTES, *read[1:])
        known = ("commitgraph", "organisation")
        header = {
            key: {"commitgraph": _FORMAT_FIELD, "organisation": self.slug}.get(key, "")
            for key in columns(top, rows=False)
            if key in known or (not key.startswith(("organisation.", "prepared-by.")) and key != "no-risks")
        }
        rows = tuple(
            {
                "commitment": local(one.provision.iri),
                "note.text": f"{one.provision.instrument.label}, {one.provision.locator}",
                "note.promise": one.provision.summary,
                "note.wording": one.wording,
            }
            for one in self.asked.asked
        )
        return Tables(header, Table(names, rows), Table(tuple(columns(risks, rows=True)), ()))

    def csv(self) -> str:
        return csv_writer.write(self.tables())


def _blank(item: str, verb: str) -> Statement:
    nowhere = Place()
    return Statement(ox.NamedNode(item), ox.NamedNode(verb), text(""), nowhere, nowhere, nowhere, "")
