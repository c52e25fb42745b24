"""A disclosure as a form for people: one block a promise, and the YAML that comes of it.

No field is named here: the fields are those of the template, their names, meanings and words those of the
field reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Literal, NamedTuple
from urllib.parse import parse_qs

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response

from commitgraph.disclosure.field_reference import Entry, allowed, field_reference, walk
from commitgraph.disclosure.fields import Field
from commitgraph.disclosure.shapes import USUAL, graph_of, profiles, shapes_of
from commitgraph.disclosure.writing import yaml_writer
from commitgraph.disclosure.writing.blank import ENTRY, EVIDENCE, head
from commitgraph.disclosure.writing.promises import promises
from commitgraph.disclosure.writing.tree import Group
from commitgraph.iris import SH, local
from commitgraph.web.pages.common import router
from commitgraph.web.pages.site import Site, site_of
from commitgraph.web.pages.validate import download, form_page, of_today, organisation
from commitgraph.web.problems import Problem
from commitgraph.web.uploads import body_of

actions = APIRouter(include_in_schema=False)
#: What runs in workers.
views = router()

ADDRESS = "/validate/form"
#: Between the promise and the field in the name of an input; no slug holds it.
_OF = "|"
#: Where the answers and their evidence lie in a disclosure.
_ENTRIES, _PROOF = "entries", "entries.evidence"
#: What an entry is asked for besides its commitment, and its piece of evidence.
_IN_ENTRY = [f"{_ENTRIES}.{key}" for key in ENTRY[1:]]
_IN_PROOF = [f"{_PROOF}.{key}" for key in (*EVIDENCE, "public")]
#: Inputs that a form may have: more than the largest party has promises for.
_MOST_INPUTS = 20_000

Control = Literal["date", "url", "text", "area", "select", "ticks"]


class Input(NamedTuple):
    """One field as an input of the form.

    Attributes:
        path: of the field.
        label: what the shape that asks for it calls it, else what the ontology does.
        entry: what the field reference tells of it.
        control: what people fill in.
        choices: what they choose from; empty where they write.
    """

    path: str
    label: str
    entry: Entry
    control: Control
    choices: tuple[str, ...]


@actions.api_route(ADDRESS, methods=["GET", "HEAD"])
async def give_form(request: Request) -> Response:
    """The form for one organisation."""
    return await of_today(request)


@actions.post(ADDRESS)
async def take_form(request: Request) -> Response:
    """The YAML that was filled in, to keep or to be judged."""
    try:
        return await of_today(request, await body_of(request))
    except Problem as problem:
        return form_page(request, problem=problem)


@views.get(ADDRESS)
async def show_form(request: Request, party: str = "") -> Response:
    """The form, in the worker."""
    site = site_of(request)
    try:
        iri = organisation(site, party, ADDRESS)
    except Problem as problem:
        return form_page(request, problem=problem, party=party)
    asked = promises(iri, site.dataset.store)
    inputs = _inputs(site)
    on_top = list(_leaves(head("")))[2:] + ([] if asked.asked else ["pledges"])
    groups = [
        (label, list(listed))
        for label, listed in groupby(asked.asked, lambda one: one.provision.instrument.label)
    ]
    return site.render(
        request,
        "answers.html",
        label=site.labels[iri],
        slug=local(iri),
        groups=groups,
        total=len(asked.asked),
        left_out=asked.left_out,
        on_top=[inputs[path] for path in on_top],
        in_entry=[inputs[path] for path in _IN_ENTRY],
        in_proof=[inputs[path] for path in _IN_PROOF],
        proof=_PROOF.rpartition(".")[2],
        of=_OF,
    )


@views.post(ADDRESS)
async def write_yaml(request: Request) -> Response:
    """The YAML, in the worker."""
    site = site_of(request)
    try:
        body = (await request.body()).decode("utf-8", "replace")
        given = parse_qs(body, keep_blank_values=True, max_num_fields=_MOST_INPUTS)
        slug = organisation(site, given.get("organisation", [""])[-1], ADDRESS)
    except ValueError:
        told = f"Expected at most {_MOST_INPUTS:,} fields."
        return form_page(request, problem=Problem(400, "bad-form", "The form could not be read", told))
    except Problem as problem:
        return form_page(request, problem=problem)
    text = yaml_writer.write(_disclosure(local(slug), given))
    if "download" in given:
        return download(text.encode(), f"{local(slug)}.yaml", "application/yaml")
    return site.render(
        request, "written.html", label=site.labels[slug], slug=local(slug), text=text, profiles=USUAL
    )


def _inputs(site: Site) -> dict[str, Input]:
    """Every field as an input, by its path."""
    told = {entry.path: entry for entry in field_reference(site.engine)}
    found = {}
    for path, field, _ in walk():
        words = tuple(word.name for word in told[path].words)
        choices = ("true", "false") if field.kind == "truth" else words or allowed(field)
        label = _asked_as(field, told[path]) or told[path].label
        found[path] = Input(path, label, told[path], _control(path, field, choices), choices)
    return found


def _asked_as(field: Field, entry: Entry) -> str:
    """What the shape calls a field that always asks for it; empty where none does."""
    graph = graph_of(profiles())
    asking = {one.code for one in entry.asked_by if one.always}
    shapes = (ox.NamedNode(s.iri) for s in shapes_of(profiles()).values() if s.code in asking)
    return next((graph.text(s, SH + "name") for s in shapes if graph.text(s, SH + "path") == field.iri), "")


def _control(path: str, field: Field, choices: tuple[str, ...]) -> Control:
    if choices:
        return "ticks" if field.many else "select"
    if field.kind == "date":
        return "date"
    if field.kind == "link":
        return "url"
    return "area" if path in _IN_ENTRY else "text"


def _leaves(group: Group, before: str = "") -> Iterator[str]:
    for key, value in group.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{before}{key}.")
        else:
            yield before + key


def _disclosure(slug: str, given: Mapping[str, list[str]]) -> Group:
    """The disclosure that was filled in. What was left empty stays empty, as in a template."""
    made = _filled(head(slug), "", given)
    pledges = _value("pledges", given.get("pledges", []))
    if pledges:
        made["pledges"] = pledges
    slugs = dict.fromkeys(name.partition(_OF)[0] for name in given if _OF in name)
    entries = [_entry(slug, given) for slug in slugs]
    return {**made, _ENTRIES: entries} if entries else made


def _filled(group: Group, before: str, given: Mapping[str, list[str]]) -> Group:
    return {
        key: _filled(value, f"{before}{key}.", given)
        if isinstance(value, dict)
        else _value(before + key, given.get(before + key, [])) or value
        for key, value in group.items()
    }


def _entry(slug: str, given: Mapping[str, list[str]]) -> Group:
    def said(paths: Iterable[str]) -> Group:
        values = ((path, _value(path, given.get(f"{slug}{_OF}{path}", []))) for path in paths)
        return {path.rpartition(".")[2]: value for path, value in values if value not in (None, [])}

    commitment, status, *_ = ENTRY
    proof = said(_IN_PROOF)
    shown: Group = {_PROOF.rpartition(".")[2]: [proof]} if proof else {}
    return {commitment: slug, status: None, **said(_IN_ENTRY), **shown}


@cache
def _fields() -> dict[str, Field]:
    """Every field by its path."""
    return {path: field for path, field, _ in walk()}


def _value(path: str, texts: list[str]) -> str | bool | list[str] | None:
    """What stands in a field, as YAML has it; None where nothing does."""
    field = _fields()[path]
    told = [text.replace("\r\n", "\n").strip() for text in texts if text.strip()]
    if field.many:
        return told
    if field.kind == "truth" and told:
        return {"true": True, "false": False}.get(told[-1], told[-1])
    return told[-1] if told else None
