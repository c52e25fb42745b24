"""From what a person types to the thing that is meant: a slug, an IRI, or a name in any listed variant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

from commitgraph.engine import Engine
from commitgraph.engine.ask import result, rows
from commitgraph.errors import CommitgraphError
from commitgraph.find.legal_forms import without_legal_form
from commitgraph.iris import ID, SCHEME, concept, local
from commitgraph.near import alike, key

Kind = Literal["party", "instrument", "provision", "topic", "principle", "value", "right"]

# The codes of states are words, such as AND and CAN, or numbers: whoever types them means something else.
NAMES = """
SELECT ?thing ?kind ?label ?name WHERE {
  { ?thing a cg:Party ; rdfs:label ?label . BIND("party" AS ?kind)
    { ?thing rdfs:label|skos:altLabel ?name } UNION {
      ?id cg:identifies ?thing ; cg:identifierValue ?name ; cg:identifierScheme ?scheme .
      FILTER ( ?scheme NOT IN ("iso-3166-1-alpha-2", "iso-3166-1-alpha-3", "m49") ) } }
  UNION
  { ?thing a cg:Instrument ; rdfs:label ?label . BIND("instrument" AS ?kind)
    { ?thing rdfs:label|skos:altLabel ?name } UNION { ?id cg:identifies ?thing ; cg:identifierValue ?name } }
  UNION
  { VALUES (?class ?kind) {
      (cg:Topic "topic") (cg:Principle "principle") (cg:Value "value") (cg:HumanRight "right") }
    ?thing a ?class ; skos:prefLabel ?label ; skos:prefLabel|skos:altLabel ?name }
  UNION
  { ?thing a cg:Provision ; cg:locator ?label . BIND("provision" AS ?kind) BIND(STR(?thing) AS ?name) }
}
"""


WORDS = """
SELECT ?thing ?label ?name ?kind ?help WHERE {
  ?row cg:nameOf ?thing ; cg:nameText ?name ; cg:nameKind ?kind . ?thing rdfs:label ?label .
  BIND(EXISTS { ?kind skos:broader $help } AS ?help)
}
"""
#: What a word that is no name is to its party, by the kind that the table gives it.
HELP = {
    "brand": "a brand of {}",
    "unit": "a unit of {}",
    "parent": "the parent or group of {}",
    "related": "a body related to {}",
    "nickname": "a nickname of {}",
    "ticker": "the stock symbol of {}",
}


@dataclass(frozen=True)
class Name:
    """One name of one thing, or a word that helps to find it.

    Attributes:
        iri, kind, label: the thing.
        name: the name itself.
        why: the kind of name as in the scheme `name-kind`, such as `former`; empty where none is told.
        language: the language of the name, as a tag of BCP 47; empty where none is told.
        helps: whether it is no name but only helps to find the thing.
    """

    iri: str
    kind: str
    label: str
    name: str
    why: str = ""
    language: str = ""
    helps: bool = False


class LookupFailed(CommitgraphError):
    """What was typed stands for nothing, or for more than one thing.

    Attributes:
        candidates: IRIs of what may have been meant, the likeliest first.
        ambiguous: whether the text stands for each of them.
        helps: where the text is no name but, say, a brand: what it is to each candidate.
    """

    def __init__(
        self, message: str, candidates: tuple[str, ...], *, ambiguous: bool, helps: tuple[Name, ...] = ()
    ) -> None:
        super().__init__(message)
        self.candidates = candidates
        self.ambiguous = ambiguous
        self.helps = helps


def folded(text: str) -> tuple[str, str, str]:
    """A text in the three forms in which names are compared, each more forgiving than the one before.

    Without case, width, accents and punctuation; without spaces, too; without legal forms at the ends, too.

    >>> folded("Open AI, Inc.")
    ('open ai inc', 'openaiinc', 'openai')
    """
    plain = key(text)
    return plain, plain.replace(" ", ""), without_legal_form(plain).replace(" ", "")


class _Index:
    """Things by what they are called, in each form in which names are compared.

    The names of a kind are compared when somebody first asks for one of that kind: it takes a while.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = list(names)
        self._forms: dict[str, tuple[dict[str, dict[str, Name]], ...]] = {}

    def named(self, kind: str, text: str) -> dict[str, Name]:
        """What goes by `text`, by IRI: by the least forgiving form in which something does."""
        if kind not in self._forms:
            self._forms[kind] = ({}, {}, {})
            for name in self._names:
                if name.kind == kind:
                    for form, folds in zip(self._forms[kind], folded(name.name), strict=True):
                        form.setdefault(folds, {}).setdefault(name.iri, name)
        return next((f[w] for f, w in zip(self._forms[kind], folded(text), strict=True) if w in f), {})


class Names:
    """All names of parties, instruments, provisions and concepts that an engine knows.

    Attributes:
        names: each name; words that only help to find a party are in `help`.
        help: words that are no names.
        labels: the chief label of each thing.
    """

    def __init__(self, engine: Engine) -> None:
        table = _table(engine)
        told = {(name.iri, name.name) for name in table}
        found = [Name(row["thing"], row["kind"], row["label"], row["name"]) for row in rows(engine, NAMES)]
        self.names = [name for name in found if (name.iri, name.name) not in told or name.name == name.label]
        self.names += [name for name in table if not name.helps]
        self.help = [name for name in table if name.helps]
        self.labels = {entry.iri: entry.label for entry in self.names}
        self._named = _Index(self.names)
        self._helped = _Index(self.help)
        self._slugs: dict[str, dict[str, set[str]]] = {}

    def resolve(self, kind: Kind, text: str) -> str:
        """IRI of the `kind` of thing that `text` names.

        Case, width, accents, spaces, punctuation and legal forms (Inc., 株式会社) do not matter. A brand or
        a unit is no name, and stands for nobody.

        Raises:
            LookupFailed: nothing of that name, or several things.
        """
        found = {iri: _called(name) for iri, name in self._named.named(kind, text).items()}
        by_slug = self._by_slug(kind).get(key(text), set())
        if by_slug and not found and text not in {local(iri) for iri in by_slug}:
            # SK is the code of a state, and what people call a company for short.
            found = self._loosely(kind, text)
        found = dict.fromkeys(by_slug, "its short name here") | found
        if len(found) > 1 and text in {local(iri) for iri in found}:
            return next(iri for iri in found if local(iri) == text)
        if len(found) == 1:
            return next(iter(found))
        if found:
            options = tuple(sorted(found))
            listed = ", ".join(
                f"{local(iri)} ({': '.join(filter(None, (self.labels[iri], found[iri])))})" for iri in options
            )
            raise LookupFailed(
                f"{text!r} stands for more than one {kind}: {listed}. Use one of these short names.",
                options,
                ambiguous=True,
            )
        helps = tuple(self._helped.named(kind, text).values())
        if helps:
            known = tuple(name.iri for name in helps)
            what = " and ".join(HELP[name.why].format(name.label) for name in helps)
            raise LookupFailed(
                f"expected {_a(kind)}, found none named {text!r}: it is {what}. "
                f"If you mean {'that' if len(known) == 1 else 'one'} {kind}, use "
                f"{' or '.join(map(local, known))}.",
                known,
                ambiguous=False,
                helps=helps,
            )
        near = self.near(kind, text)
        hint = f" Did you mean {' or '.join(f'{local(i)} ({self.labels[i]})' for i in near)}?" if near else ""
        raise LookupFailed(f"expected {_a(kind)}, found none named {text!r}.{hint}", near, ambiguous=False)

    def _by_slug(self, kind: str) -> dict[str, set[str]]:
        """The things of a kind by their addresses and by the ends of these, as they are compared."""
        if kind not in self._slugs:
            found = self._slugs[kind] = {}
            for iri in {name.iri for name in self.names if name.kind == kind}:
                for text in (iri, local(iri)):
                    found.setdefault(key(text), set()).add(iri)
        return self._slugs[kind]

    def _loosely(self, kind: str, text: str) -> dict[str, str]:
        """Things one of whose names has `text` for its first word, or that it helps to find; and why."""
        wanted = key(text) + " "
        begun = (n for n in self.names if n.kind == kind and key(n.name).startswith(wanted))
        helped = self._helped.named(kind, text).values()
        return {n.iri: HELP[n.why].format("it") for n in helped} | {n.iri: _called(n) for n in begun}

    def near(self, kind: Kind, text: str, limit: int = 3) -> tuple[str, ...]:
        """IRIs of things of that kind whose names are most like `text`, the likeliest first."""
        pool: dict[str, str] = {}
        for entry in self.names:
            if entry.kind == kind:
                for name in (key(entry.name), key(local(entry.iri))):
                    pool.setdefault(name, entry.iri)
        # Whom a brand or unit leads to is likelier meant than whose name is spelt like it.
        helped = self._helped.named(kind, text)
        found = dict.fromkeys((*helped, *(pool[name] for name in alike(text, pool, limit * 4))))
        return tuple(found)[:limit]


def _called(name: Name) -> str:
    """The name in quotation marks where it is another than the label."""
    return "" if name.name == name.label else f"“{name.name}”"


def _table(engine: Engine) -> list[Name]:
    """The names of parties that have a source, and the words that help to find them."""
    return [
        Name(
            row["thing"].value,
            "party",
            row["label"].value,
            row["name"].value,
            local(row["kind"].value),
            row["name"].language or "",
            row["help"].value == "true",
        )
        for row in result(engine, WORDS, help=concept("name-kind", "help"))
    ]


_KNOWN: WeakKeyDictionary[Engine, Names] = WeakKeyDictionary()


def names_of(engine: Engine) -> Names:
    """The names that `engine` knows, read once."""
    if engine not in _KNOWN:
        _KNOWN[engine] = Names(engine)
    return _KNOWN[engine]


def resolve(engine: Engine, kind: Kind, text: str) -> str:
    """IRI of the `kind` of thing that `text` names: a slug, an IRI or a name in any listed variant.

    Raises:
        LookupFailed: nothing of that name (with the nearest ones), or several things.
    """
    text = text.strip()
    if text.startswith((ID, SCHEME)):
        space = ID if text.startswith(ID) else SCHEME
        if text[len(space) :].split("/", 1)[0] != kind:
            raise LookupFailed(f"expected {_a(kind)}, got {text}", (), ambiguous=False)
    return names_of(engine).resolve(kind, text)


def resolve_alike(engine: Engine, texts: Sequence[str]) -> tuple[str, ...]:
    """IRIs of what is named: all parties if the first is one, else all instruments.

    Raises:
        LookupFailed: a name stands for nothing of that kind, or for several things.
    """
    kind: Kind = "party"
    try:
        resolve(engine, "party", texts[0])
    except LookupFailed as error:
        if not error.ambiguous and not error.helps:
            kind = "instrument"
    try:
        return tuple(resolve(engine, kind, text) for text in texts)
    except LookupFailed as error:
        if error.helps:
            raise
        raise LookupFailed(
            f"expected either parties or instruments, not both: {error}",
            error.candidates,
            ambiguous=error.ambiguous,
        ) from None


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
