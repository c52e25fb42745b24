"""The catalogue of saved questions: one query a file, described by its header, with typed parameters.

A file starts with lines such as ``# question: …``, ``# for: …`` and
``# parameter: NAME TYPE DEFAULT — what it means``; the body carries each parameter as
``VALUES ?NAME { default }``, so that the file runs as it is in any engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from commitgraph.dates import PartialDate
from commitgraph.engine import ask
from commitgraph.errors import CommitgraphError
from commitgraph.find.names import Kind
from commitgraph.home import home
from commitgraph.iris import concept, is_iri, thing
from commitgraph.near import alike, nearest

READERS = ("journalist", "researcher", "validator")
#: Types of parameters that stand for things in the graph, and those that are plain values.
THINGS = get_args(Kind)
PLAIN = ("date", "text", "integer")

#: From a kind of thing and what a person typed to its IRI; raises if nothing is meant by it.
Resolver = Callable[[Kind, str], str]

_HEADER = re.compile(r"#\s*(question|for|group|why|since|parameter):\s*(.*?)\s*$")
_PARAMETER = re.compile(r"(\w+)\s+(\w+)\s+(.*?)\s+—\s+(.+)")
# One scan over the file, never a second one over what has been put in: a value cannot pose as a block.
_BLOCK = re.compile(r"VALUES\s+\?(\w+)\s*\{([^{}]*)\}")
_SLUG = re.compile(r"[\w.~-]+(?:/[\w.~-]+)*", re.ASCII)


class CatalogueError(CommitgraphError):
    """A file of the catalogue is not written as it should be. The message names file and fault."""


class UnknownQuestion(CommitgraphError):
    """No saved question has that name.

    Attributes:
        near: names of questions that may have been meant, the likeliest first.
    """

    def __init__(self, message: str, near: tuple[str, ...]) -> None:
        super().__init__(message)
        self.near = near


class ParameterError(CommitgraphError):
    """A question cannot be asked so: the message says which parameter, what was expected and what was got."""


@dataclass(frozen=True)
class Parameter:
    """One thing that a question lets its reader choose.

    Attributes:
        name: the variable in the query.
        type: `instrument`, `party`, `provision`, `topic`, `principle`, `value` or `right` for a thing of the
            graph; `date` (YYYY, YYYY-MM or YYYY-MM-DD), `text` or `integer` for a plain value.
        default: what is asked for when nothing is chosen, as a person would type it.
        description: what it means.
    """

    name: str
    type: str
    default: str
    description: str

    def term(self, value: str, resolve: Resolver) -> str:
        """`value` as a SPARQL term.

        Raises:
            ParameterError: the value is not of this parameter's type.
        """
        try:
            if self.type == "text":
                return ask.text(value)
            value = value.strip()
            if self.type in THINGS:
                return self._thing(value, resolve)
            if self.type == "integer":
                return ask.integer(value)
            return ask.text(PartialDate.parse(value).text)
        except ValueError as error:
            raise ParameterError(f"{self.name}: {error}") from None

    def _thing(self, value: str, resolve: Resolver) -> str:
        kind: Kind = self.type  # type: ignore[assignment]  # the loader has checked it
        iri = resolve(kind, value)
        if not is_iri(iri):
            raise self._refusal(f"the short name or the IRI of a {self.type}", value)
        return ask.iri(iri)

    def _refusal(self, expected: str, value: str) -> ParameterError:
        return ParameterError(f"{self.name}: expected {expected}, got {value!r}")


@dataclass(frozen=True)
class Question:
    """One saved question.

    Attributes:
        name: the file's name without extension.
        text: the question in words.
        readers: for whom it is, of :data:`READERS`.
        group: what it is about, such as `standing` or `wording`.
        why: what the answer is good for.
        since: the day it came into the catalogue.
        parameters: what a reader may choose, in the order of the header.
        sparql: the whole file.
    """

    name: str
    text: str
    readers: tuple[str, ...]
    group: str
    why: str
    since: str
    parameters: tuple[Parameter, ...]
    sparql: str

    def record(self) -> dict[str, Any]:
        """The question as plain values, for JSON."""
        return {
            "name": self.name,
            "question": self.text,
            "for": list(self.readers),
            "group": self.group,
            "why": self.why,
            "since": self.since,
            "parameters": [asdict(parameter) for parameter in self.parameters],
            "sparql": self.sparql,
        }

    def bind(self, resolve: Resolver | None = None, /, **values: str | int) -> str:
        """The query with other values than the defaults.

        Args:
            resolve: finds the IRI of what a person typed; without it, slugs and IRIs are taken at their word.
            values: parameter name to value; a parameter that is not named keeps its default.

        Raises:
            ParameterError: no such parameter, or a value that is not of its type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        terms: dict[str, str] = {}
        for name, value in values.items():
            if name not in known:
                raise ParameterError(_no_such_parameter(self.name, name, list(known)))
            terms[name] = known[name].term(str(value), resolve or slug_to_iri)
        return _BLOCK.sub(
            lambda block: ask.block(block[1], terms[block[1]]) if block[1] in terms else block[0],
            self.sparql,
        )


def slug_to_iri(kind: Kind, text: str) -> str:
    """The IRI that a slug or an IRI of our own stands for, whether or not the graph knows it.

    >>> slug_to_iri("instrument", "seoul-ai-business-pledge")
    'https://w3id.org/commitgraph/id/instrument/seoul-ai-business-pledge'
    >>> slug_to_iri("topic", "children")
    'https://w3id.org/commitgraph/scheme/topic/children'

    Raises:
        ParameterError: the text is neither.
    """
    slug = text.strip()
    space = thing(kind, "") if kind in ("instrument", "party", "provision") else concept(kind, "")
    slug = slug.removeprefix(space)
    if not _SLUG.fullmatch(slug):
        raise ParameterError(f"expected the short name or the IRI of a {kind}, got {text!r}")
    return space + slug


def names(folder: Path | None = None) -> tuple[str, ...]:
    """Names of all saved questions, sorted."""
    place = _folder(folder)
    return _listed(place, place.stat().st_mtime_ns) if place.is_dir() else ()


def questions(folder: Path | None = None) -> tuple[Question, ...]:
    """All saved questions by name.

    Raises:
        CatalogueError: a file is not written as it should be.
    """
    return tuple(_read(_folder(folder) / f"{name}.rq") for name in names(folder))


def get(name: str, folder: Path | None = None) -> Question:
    """The saved question of that name.

    Raises:
        UnknownQuestion: there is none; the message offers the nearest names.
        CatalogueError: its file is not written as it should be.
    """
    if name not in names(folder):
        found = near(name, folder)
        hint = f"Did you mean {' or '.join(found)}? " if found else ""
        raise UnknownQuestion(
            f"expected the name of a saved question, got {name!r}. {hint}`commitgraph queries` lists all.",
            found,
        )
    return _read(_folder(folder) / f"{name}.rq")


def near(name: str, folder: Path | None = None, limit: int = 3) -> tuple[str, ...]:
    """Names of saved questions that are most like `name`, the likeliest first."""
    return tuple(alike(name, names(folder), limit))


def parse(text: str, name: str) -> Question:
    """Read one query file.

    Args:
        text: the file.
        name: what to call the question.

    Raises:
        CatalogueError: a header is missing, or header and body do not fit.
    """
    heads: dict[str, str] = {}
    parameters: list[Parameter] = []
    for line in text.splitlines():
        head = _HEADER.match(line)
        if head and head[1] == "parameter":
            parameters.append(_parameter(name, head[2]))
        elif head:
            heads[head[1]] = head[2]
    for key in ("question", "for", "group", "why", "since"):
        if not heads.get(key):
            raise CatalogueError(f"{name}: expected a line '# {key}: …' at the top, found none")
    readers = tuple(reader.strip() for reader in heads["for"].split(","))
    if unknown := [reader for reader in readers if reader not in READERS]:
        raise CatalogueError(f"{name}: '# for:' takes {', '.join(READERS)}, got {unknown[0]!r}")
    question = Question(
        name=name,
        text=heads["question"],
        readers=readers,
        group=heads["group"],
        why=heads["why"],
        since=heads["since"],
        parameters=tuple(parameters),
        sparql=text,
    )
    _check_defaults(question)
    return question


def _parameter(name: str, text: str) -> Parameter:
    parts = _PARAMETER.fullmatch(text)
    if not parts or parts[2] not in (*THINGS, *PLAIN):
        raise CatalogueError(
            f"{name}: expected '# parameter: NAME TYPE DEFAULT — meaning' with a TYPE of "
            f"{', '.join((*THINGS, *PLAIN))}; got {text!r}"
        )
    return Parameter(parts[1], parts[2], parts[3], parts[4])


def _check_defaults(question: Question) -> None:
    """Every parameter must stand in the body with its default, or a reader would be told a lie."""
    blocks: dict[str, set[str]] = {}
    for block in _BLOCK.finditer(question.sparql):
        blocks.setdefault(block[1], set()).add(block[2].strip())
    for parameter in question.parameters:
        try:
            term = parameter.term(parameter.default, slug_to_iri)
        except ParameterError as error:
            raise CatalogueError(f"{question.name}: default of parameter {error}") from None
        if blocks.get(parameter.name) != {term}:
            raise CatalogueError(
                f"{question.name}: expected the body to hold '{ask.block(parameter.name, term)}', "
                "the default that its header gives"
            )


def _no_such_parameter(question: str, name: str, known: list[str]) -> str:
    if not known:
        return f"{question}: expected no parameter, got {name!r}"
    found = nearest(name, known)
    hint = f". Did you mean {found[0]}?" if found else ""
    return f"{question}: expected a parameter of {', '.join(known)}; got {name!r}{hint}"


def _read(path: Path) -> Question:
    """The question in a file, read again when the file has changed."""
    return _read_once(path, path.stat().st_mtime_ns)


@cache
def _listed(folder: Path, _changed: int) -> tuple[str, ...]:
    # Listed once, as each is read once: a process that may open no file can still name and ask them.
    return tuple(sorted(path.stem for path in folder.glob("*.rq")))


@cache
def _read_once(path: Path, _changed: int) -> Question:
    return parse(path.read_text(encoding="utf-8"), path.stem)


def _folder(folder: Path | None) -> Path:
    return folder or home() / "queries"
