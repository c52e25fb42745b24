"""Saved questions: the list by reader, and one question as a form with its answer."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request, Response

from commitgraph import questions
from commitgraph.engine import QueryError
from commitgraph.find.names import Kind, LookupFailed, names_of, resolve
from commitgraph.iris import local
from commitgraph.questions import Parameter, ParameterError, Question, UnknownQuestion
from commitgraph.views.whereabouts import beside
from commitgraph.web.pages.common import not_found, page, router
from commitgraph.web.pages.results import answer as shown
from commitgraph.web.pages.site import Site, site_of
from commitgraph.web.problems import Problem

routes = router()
#: Rows shown on the page; the data forms have them all.
_MOST = 500
_READERS = {
    "journalist": "For journalists",
    "researcher": "For researchers",
    "validator": "For companies and watchdogs",
}
#: Kinds of things of which there are so few that a list to choose from is best.
_CHOSEN = ("instrument", "topic", "principle", "value", "right")


@dataclass(frozen=True)
class Field:
    """A parameter as a form field: its value, the choices if there are few, the names on offer if many."""

    parameter: Parameter
    value: str
    choices: tuple[tuple[str, str], ...]
    offers: tuple[str, ...]


@page(routes, "/questions")
async def list_questions(request: Request) -> Response:
    """All saved questions, by reader and group."""
    site = site_of(request)
    known = questions.questions()
    readers = []
    for reader in questions.READERS:
        groups: dict[str, list[Question]] = {}
        for question in known:
            if question.readers[0] == reader:
                groups.setdefault(question.group, []).append(question)
        readers.append((reader, _READERS[reader], sorted(groups.items())))
    return site.render(request, "questions.html", readers=readers, total=len(known))


def _parameters(path: Mapping[str, str]) -> set[str]:
    """Names of the parameters of the question that an address names."""
    try:
        return {parameter.name for parameter in questions.get(path["name"]).parameters}
    except UnknownQuestion:
        return set()


@page(routes, "/questions/{name}", _parameters)
async def show_question(request: Request, name: str) -> Response:
    """One question: a form to fill in, the answer, and the query behind it."""
    site = site_of(request)
    try:
        question = questions.get(name)
    except UnknownQuestion as error:
        near = tuple((f"/questions/{n}", questions.get(n).text) for n in error.near)
        raise not_found(f"There is no saved question called {name[:80]!r}.", near) from None
    known = {p.name for p in question.parameters}
    values = {n: v for n, v in request.query_params.items() if n in known and v.strip()}
    text, fault, near = question.sparql, "", ()
    try:
        text = question.bind(lambda kind, typed: resolve(site.engine, kind, typed), **values)
    except LookupFailed as error:
        fault = str(error)
        near = tuple((local(iri), site.labels[iri]) for iri in error.candidates)
    except ParameterError as error:
        fault = str(error)
    started = time.perf_counter()
    answer, told = None, None
    if not fault:
        try:
            result = site.engine.query(text)
            answer = shown(result, text, site.labels, _MOST)
            told = beside(site.engine, question, values, found=bool(result))
        except QueryError as error:
            raise Problem(500, "question-failed", "The saved question failed", str(error)) from None
    return site.render(
        request,
        "question.html",
        200 if not fault else 422,
        question=question,
        fields=[_field(site, p, values.get(p.name, p.default)) for p in question.parameters],
        fault=fault,
        near=near,
        sparql=text,
        answer=answer,
        told=told,
        milliseconds=round((time.perf_counter() - started) * 1000),
        api=f"/api/queries/{name}" + ("?" + urlencode(values) if values else ""),
        editor="/sparql?" + urlencode({"question": name, **values}),
    )


def _field(site: Site, parameter: Parameter, value: str) -> Field:
    if parameter.type in _CHOSEN:
        chosen = value
        try:
            kind: Kind = parameter.type  # type: ignore[assignment]  # one of the kinds above
            chosen = local(resolve(site.engine, kind, value))
        except LookupFailed:
            pass
        return Field(parameter, chosen, _choices(site, parameter.type), ())
    offers: tuple[str, ...] = ()
    if parameter.type == "party":
        offers = tuple(
            sorted({n.label for n in names_of(site.engine).names if n.kind == "party"}, key=str.casefold)
        )
    return Field(parameter, value, (), offers)


def _choices(site: Site, kind: str) -> tuple[tuple[str, str], ...]:
    found = {(local(n.iri), n.label) for n in names_of(site.engine).names if n.kind == kind}
    return tuple(sorted(found, key=lambda pair: pair[1].casefold()))
