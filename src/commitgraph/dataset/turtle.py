"""The stable Turtle of `data/`: the same triples always give the same bytes.

One subject a block, one value a line, so that a change of a fact is a change of a line.
Data files hold no blank nodes and no lists, which is what makes so small a writer enough.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import pyoxigraph as ox

from commitgraph.home import home
from commitgraph.iris import ID, NS, RDF_TYPE, XSD, cg, prefixes

_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_](?:[\w-]|\.(?=[\w-]))*")
# May be written relative to the base: no scheme, and no segment that resolving would change (empty, . or ..).
_RELATIVE = re.compile(r"(?!\.{1,2}(?:/|$))[\w.%-]+(?:/(?!\.{1,2}(?:/|$))[\w.%-]+)*")
_BARE = {XSD + "integer": re.compile(r"[+-]?[0-9]+"), XSD + "boolean": re.compile("true|false")}
_ORDINAL = f"<{cg('ordinal')}>"
# What a `#` or a bracket may stand in, then what is looked for: a comment, a blank node, a list.
_LEXEME = re.compile(
    r'"""(?:\\.|[^\\])*?"""|'
    r"'''(?:\\.|[^\\])*?'''|"
    r'"(?:\\.|[^"\\\n])*"|'
    r"'(?:\\.|[^'\\\n])*'|"
    r"<[^<>\s]*>|(?P<comment>#[^\n]*)|(?P<blank>\[|\(|(?<![\w-])_:)",
    re.DOTALL,
)

#: Properties in the order in which a reader wants them; the rest follow by name.
_FIRST = [
    "a", "rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:definition", "dcterms:title",
    "cg:inInstrument", "cg:within", "cg:locator", "cg:ordinal", "cg:summary", "cg:force", "cg:hedge",
    "cg:modality", "cg:addressee", "cg:about", "cg:invokes", "cg:wordedIn",
    "cg:adherent", "cg:toInstrument", "cg:signedAs", "cg:mode", "cg:scope", "cg:since", "cg:until",
]  # fmt: skip


def header(used: Collection[str] | None = None) -> str:
    """The lines of `data/prefixes.ttl`, without its comment: all, or the base and the prefixes in `used`."""
    lines = (home() / "data" / "prefixes.ttl").read_text(encoding="utf-8").splitlines()
    return "".join(
        f"{line}\n"
        for line in lines
        if line.startswith("@base")
        or (line.startswith("@") and (used is None or line.split()[1].removesuffix(":") in used))
    )


def parse(text: str) -> list[ox.Triple]:
    """Triples of a Turtle text.

    Raises:
        SyntaxError: with the line and column of the fault.
    """
    return [quad.triple for quad in ox.parse(input=text, format=ox.RdfFormat.TURTLE)]


class FormError(Exception):
    """A text that cannot be written in the stable form.

    Attributes:
        line: the line of the fault, from 1, or 0 where it is not known.
        expected: what should stand there.
        got: what stands there.
        todo: how to mend it.
    """

    def __init__(self, line: int, expected: str, got: str, todo: str) -> None:
        super().__init__(f"expected {expected}, got {got}: {todo}")
        self.line = line
        self.expected = expected
        self.got = got
        self.todo = todo


def reformat(text: str) -> str:
    """`text` in the stable form: the same statements, and the comment lines that it starts with.

    Prefixes of `data/prefixes.ttl` need not be declared in it: the stable form declares those in use.

    Raises:
        FormError: it is no Turtle, or holds what the stable form has no place for: a blank node, a list,
            a comment below the first lines.
    """
    try:
        # On the first line, so that lines keep their numbers.
        triples = parse(header().replace("\n", " ") + text)
    except SyntaxError as error:
        prefix = "prefix" in str(error).lower() and "declared" in str(error).lower()
        raise FormError(
            error.lineno or 0,
            "well-formed Turtle",
            str(error),
            "use a prefix of data/prefixes.ttl, or write the IRI in full"
            if prefix
            else "mend the syntax at this line",
        ) from None
    lines = text.splitlines()
    top = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    for match in _LEXEME.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if match["blank"]:
            raise FormError(
                line,
                "no blank nodes and no lists",
                f"{match['blank']!r}",
                "give the thing an IRI, such as <passage/SLUG/NAME>",
            )
        if match["comment"] and line > top:
            raise FormError(
                line,
                "comments on top of the file only",
                f"{match['comment'][:60]!r}",
                "move it above the prefixes, or say it as a cg:note",
            )
    try:
        written = serialise(triples, "\n".join(line[1:].removeprefix(" ") for line in lines[:top]))
        kept = set(parse(written)) == set(triples)
    except (ValueError, TypeError, SyntaxError) as error:
        raise FormError(0, "IRIs and literals", str(error), "write the statement in another way") from None
    if not kept:
        raise FormError(
            0,
            "the same statements before and after",
            "a difference",
            "nothing was written: report this file as a fault of commitgraph format",
        )
    return written


def serialise(triples: Iterable[ox.Triple], comment: str = "") -> str:
    """Write `triples` in the stable form.

    Args:
        triples: subject, predicate, object without blank nodes.
        comment: lines for the top of the file, without the `#`.

    Raises:
        ValueError: a blank node is among the triples.
    """
    return "".join([*(f"# {line}".rstrip() + "\n" for line in comment.splitlines()), *stable(triples)])


def stable(triples: Iterable[ox.Triple]) -> tuple[str, str]:
    """The two parts of the stable form of `triples`: the prefixes, and what follows them.

    Raises:
        ValueError: a blank node is among the triples.
    """
    names = _Names()
    body = "".join(f"\n{block}" for block in _blocks(triples, names))
    return header(names.used), body


def blocks(triples: Iterable[ox.Triple]) -> list[str]:
    """The blocks of a file in the stable form, one a subject, without the prefixes.

    Raises:
        ValueError: a blank node is among the triples.
    """
    return _blocks(triples, _Names())


def _blocks(triples: Iterable[ox.Triple], names: _Names) -> list[str]:
    found: dict[str, dict[str, list[str]]] = {}
    order: dict[str, tuple[float, list[object]]] = {}
    # The engine writes all terms at once; to ask each triple for its terms takes twice as long.
    for line in (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode().split("\n")[:-1]:
        start, predicate, rest = line.split(" ", 2)
        subject, value = start[1:-1], rest[:-2]
        if start[0] == "_" or value[0] == "_":
            raise ValueError(f"data files hold no blank nodes, found one in: {line}")
        if subject not in found:
            found[subject] = {}
            order[subject] = (float("inf"), natural(subject))
        written = names.term(value)
        found[subject].setdefault(names.term(predicate), []).append(written)
        # An ordinal that is no number is a fault that the shapes tell of.
        if predicate == _ORDINAL:
            order[subject] = (float(written) if written.isdecimal() else float("inf"), order[subject][1])
    return [
        _block(names.iri(subject), found[subject])
        for subject in sorted(found, key=lambda s: (_kind(s), *order[s], s))
    ]


def _block(subject: str, properties: dict[str, list[str]]) -> str:
    names = sorted(properties, key=lambda p: (_FIRST.index(p) if p in _FIRST else len(_FIRST), p))
    lines = [subject]
    for name in names:
        values = properties[name]
        if len(values) > 1:
            values = sorted(set(values), key=lambda value: (natural(value), value))
        lines.append(f"    {name} " + " ,\n        ".join(values) + " ;")
    lines[-1] = lines[-1][:-1] + "."
    return "\n".join(lines) + "\n"


def _kind(subject: str) -> tuple[int, str]:
    """Graph description first, then by kind of thing."""
    if not subject.startswith(ID):
        return (0, "")
    kind = subject[len(ID) :].split("/", 1)[0]
    places = ["instrument", "publication", "disclosure", "edition", "roll", "provision"]
    return (places.index(kind) + 1 if kind in places else len(places) + 1, kind)


def natural(text: str) -> list[object]:
    """Sort key in which a2 comes before a10; only ASCII digits count as a number.

    >>> natural("a10"), natural("a¹")
    ([(-1, 'a'), (10, '')], [(-1, 'a¹')])
    """
    return [
        (int(part), "") if part.isdigit() and part.isascii() else (-1, part)
        for part in re.split(r"([0-9]{1,9})", text)
        if part
    ]


class _Names:
    """How terms are written, each looked up in the prefix table once.

    Attributes:
        used: the prefixes in what was written.
    """

    def __init__(self) -> None:
        self.used: set[str] = set()
        self._spaces = prefixes()
        self._written: dict[str, str] = {}

    def iri(self, iri: str) -> str:
        """An IRI: relative to the base, with a prefix, or in full."""
        written = self._written.get(iri)
        if written is None:
            written = self._written[iri] = self._write(iri)
        return written

    def _write(self, iri: str) -> str:
        if iri == RDF_TYPE:
            return "a"
        if iri.startswith(ID) and _RELATIVE.fullmatch(iri[len(ID) :]):
            return f"<{iri[len(ID) :]}>"
        for prefix, space in self._spaces.items():
            if iri.startswith(space) and _PLAIN_LOCAL.fullmatch(iri[len(space) :]):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(space) :]}"
        return f"<{iri}>"

    def term(self, term: str) -> str:
        """An IRI or a literal, given as N-Triples has it."""
        if term.startswith("<"):
            return self.iri(term[1:-1])
        text, typed, kind = term.rpartition("^^<")
        # The last quote closes the text, so that what looks like a type within it is none.
        if not typed or not text.endswith('"') or not kind.endswith(">"):
            return term
        kind = kind.removesuffix(">")
        if kind in _BARE and _BARE[kind].fullmatch(text[1:-1]):
            return text[1:-1]
        return f"{text}^^{self.iri(kind)}"


__all__ = ["NS", "FormError", "blocks", "header", "natural", "parse", "reformat", "serialise", "stable"]
