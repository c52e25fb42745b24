"""RDF/XML with places, without document types: no entity is ever declared, fetched or expanded."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from html import unescape
from typing import NoReturn
from urllib.parse import urljoin
from xml.parsers import expat

import pyoxigraph as ox

from commitgraph.disclosure.reading.agreement import agree
from commitgraph.disclosure.reading.source import MAX_DEPTH, MAX_STATEMENTS, MAX_TEXT, Place, Refused
from commitgraph.disclosure.reading.statements import (
    FILE_BASE,
    FIRST,
    NIL,
    NODE,
    REST,
    Document,
    Object,
    Statement,
    one_root,
    unfold,
)
from commitgraph.iris import RDF_TYPE

_RDF = RDF_TYPE.removesuffix("type")
_XML = "http://www.w3.org/XML/1998/namespace"
_ABOUT, _ID, _NODE_ID, _RESOURCE, _DATATYPE, _PARSE_TYPE = (
    _RDF + name for name in ("about", "ID", "nodeID", "resource", "datatype", "parseType")
)
_ATTRIBUTE = re.compile(r"""[\s"']([^\s=<>"']+)\s*=\s*("[^"]*"|'[^']*')""")
_NOT_READ = frozenset(_RDF + name for name in ("bagID", "aboutEach", "aboutEachPrefix"))


def read(text: str) -> Document:
    """Read an RDF/XML document.

    Raises:
        Refused: it is not well-formed, declares a document type, exceeds a limit, or holds no disclosure.
    """
    statements = _Reader(text).read()
    agree(statements, text, ox.RdfFormat.RDF_XML)
    statements = unfold(statements)
    return Document(statements, one_root(statements))


@dataclass
class _Element:
    """An open element.

    Attributes:
        role: `rdf` around it all, `node` for a thing, `property` for what is said of one.
        node: the thing that children speak of (of a property: the one it makes itself, if any).
        collection: the last cell, where the children are the members of a list.
    """

    role: str
    at: Place
    base: str
    language: str
    node: ox.NamedNode | None = None
    predicate: ox.NamedNode | None = None
    datatype: str = ""
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    literal_at: Place | None = None
    filled: bool = False
    collection: bool = False
    cell: ox.NamedNode | None = None
    counted: int = 0
    attributes: dict[str, tuple[str, Place]] = field(default_factory=dict)

    @property
    def literal(self) -> str:
        """The text between its tags."""
        return "".join(self.pieces)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.data = text.encode()
        self.starts = [0, *(match.end() for match in re.finditer(b"\n", self.data))]
        self.open: list[_Element] = []
        self.found: list[Statement] = []
        self.named: dict[str, ox.NamedNode] = {}
        self.relative: dict[str, str] = {}
        self.count = 0
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.ordered_attributes = True
        self.parser.XmlDeclHandler = self.declaration
        self.parser.StartDoctypeDeclHandler = self.document_type
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def read(self) -> list[Statement]:
        try:
            self.parser.Parse(self.data, True)
        except expat.ExpatError as error:
            place = self.place_of(self.parser.ErrorByteIndex)
            reason = expat.ErrorString(error.code)
            raise Refused("CG005", f"This is not well-formed XML: {reason}.", place) from None
        return self.found

    # ------------------------------------------------------------ what the parser calls

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "utf8", "us-ascii"):
            wrong = f"The file says that it is text in {encoding}, but it is text in UTF-8."
            hint = 'write encoding="UTF-8" in the first line'
            raise Refused("CG004", wrong, self.here(), hint=hint, value=encoding)

    def document_type(self, *_: object) -> None:
        hint = "take out <!DOCTYPE …> and write the addresses in full instead of entities such as &rdf;"
        raise Refused(
            "CG005", "A document type (DOCTYPE) is not allowed in a disclosure.", self.here(), hint=hint
        )

    def start(self, name: str, listed: list[str]) -> None:
        at = self.here()
        if len(self.open) >= 2 * MAX_DEPTH:
            raise Refused("CG007", f"The file is nested deeper than {2 * MAX_DEPTH} levels.", at)
        outer = self.open[-1] if self.open else None
        tag = name.replace(" ", "")
        if " " not in name:
            self.fail(f"The element <{name[:60]}> has no namespace, so it is no RDF.", at)
        attributes = self.attributes(listed, at)
        base = self.base(outer.base if outer else FILE_BASE, *attributes.pop(_XML + "base", ("", at)))
        language = attributes.pop(_XML + "lang", (outer.language if outer else "", at))[0]
        element = _Element("", at, base, language)
        element.attributes = {key: one for key, one in attributes.items() if not key.startswith(_XML)}
        for key in element.attributes.keys() & _NOT_READ:
            self.fail(f"The attribute {key.removeprefix(_RDF)} of RDF/XML is not read here.", at)
        self.open.append(element)
        if outer is None and tag == _RDF + "RDF":
            element.role = "rdf"
        elif outer is None or outer.role == "rdf" or (outer.role == "property" and outer.node is None):
            self.node(element, tag, outer)
        elif outer.node is not None:
            self.property(element, tag, outer)

    def end(self, _name: str) -> None:
        element = self.open.pop()
        if element.role != "property":
            if element.literal.strip():
                self.fail("Text stands where an element is expected.", element.literal_at or element.at)
            return
        outer = self.open[-1]
        if element.collection:
            nil = ox.NamedNode(NIL)
            if element.cell:
                self.state(element.cell, REST, nil, element.at)
            else:
                self.say(outer, element, nil, element.at)
        elif element.filled:
            if element.literal.strip():
                self.fail("Text and elements are mixed.", element.literal_at or element.at)
        else:
            text = element.literal
            if element.datatype:
                value = ox.Literal(text, datatype=self.address(element.datatype, element, element.at))
            else:
                value = self.spoken(text, element)
            self.say(outer, element, value, element.literal_at or element.at)

    def characters(self, text: str) -> None:
        if not self.open:
            return
        element = self.open[-1]
        if element.literal_at is None and text.strip():
            begin = self.parser.CurrentByteIndex
            blank = len(text) - len(text.lstrip())
            raw = self.data[begin:].decode("utf-8", "ignore")[:blank] if blank else ""
            place = self.place_of(begin + len(raw.encode()))
            content = text.strip()
            element.literal_at = place._replace(width=1 if "\n" in content else len(content))
        element.pieces.append(text)
        element.length += len(text)
        if element.length > MAX_TEXT:
            long = f"A text is longer than {MAX_TEXT:,} characters."
            raise Refused("CG008", long, element.literal_at or element.at)

    # ------------------------------------------------------------ what elements mean

    def node(self, element: _Element, tag: str, outer: _Element | None) -> None:
        """Take an element that stands for a thing."""
        element.role = "node"
        attributes = element.attributes
        if _ABOUT in attributes:
            value, at = attributes.pop(_ABOUT)
            element.node = self.address(value, element, at)
        elif _ID in attributes:
            value, at = attributes.pop(_ID)
            element.node = self.address("#" + value, element, at)
        elif _NODE_ID in attributes:
            element.node = self.labelled(attributes.pop(_NODE_ID)[0])
        else:
            element.node = self.fresh()
        if tag != _RDF + "Description":
            self.state(element.node, RDF_TYPE, self.address(tag, element, element.at), element.at)
        self.plain_attributes(element, element.node)
        if outer is not None and outer.role == "property":
            self.fill(outer, element)

    def fill(self, outer: _Element, element: _Element) -> None:
        """Make a thing the value of the property around it, or the next member of its list."""
        owner = self.open[-3]
        if element.node is None:
            return
        if outer.collection:
            cell = self.fresh()
            if outer.cell:
                self.state(outer.cell, REST, cell, element.at)
            else:
                self.say(owner, outer, cell, element.at)
            self.state(cell, FIRST, element.node, element.at)
            outer.cell = cell
        elif outer.filled:
            self.fail("A property element holds one thing; a second one follows.", element.at)
        else:
            self.say(owner, outer, element.node, element.at)
        outer.filled = True

    def property(self, element: _Element, tag: str, outer: _Element) -> None:
        """Take an element that stands for a property."""
        element.role = "property"
        if tag == _RDF + "li":
            outer.counted += 1
            tag = f"{_RDF}_{outer.counted}"
        element.predicate = self.address(tag, element, element.at)
        attributes = element.attributes
        kind = attributes.pop(_PARSE_TYPE, ("", element.at))[0]
        if _ID in attributes:
            self.fail("Statements about statements have no place in a disclosure.", element.at)
        if kind == "Collection":
            element.collection = True
        elif kind == "Resource":
            element.node = self.fresh()
            self.say(outer, element, element.node, element.at)
        elif kind:
            self.fail(f'The parse type "{kind[:40]}" is not read here.', element.at)
        elif _RESOURCE in attributes:
            value, at = attributes.pop(_RESOURCE)
            element.node = self.address(value, element, at)
            self.say(outer, element, element.node, at)
        elif _NODE_ID in attributes:
            element.node = self.labelled(attributes[_NODE_ID][0])
            self.say(outer, element, element.node, attributes.pop(_NODE_ID)[1])
        elif _DATATYPE in attributes:
            element.datatype = attributes.pop(_DATATYPE)[0]
        elif attributes:
            element.node = self.fresh()
            self.say(outer, element, element.node, element.at)
        element.filled = element.node is not None
        if element.node is not None:
            self.plain_attributes(element, element.node)

    def plain_attributes(self, element: _Element, node: ox.NamedNode) -> None:
        """Take attributes that stand for properties with a text for their value."""
        for key, (value, at) in element.attributes.items():
            if key == RDF_TYPE:
                self.state(node, key, self.address(value, element, at), at)
            else:
                self.state(node, key, self.spoken(value, element), at)

    def spoken(self, text: str, element: _Element) -> ox.Literal:
        """A text in the language that holds where it stands."""
        if not element.language:
            return ox.Literal(text)
        try:
            return ox.Literal(text, language=element.language)
        except ValueError:
            self.fail(f'"{element.language[:60]}" is not a language tag.', element.at)

    def say(self, owner: _Element, element: _Element, value: Object, at: Place) -> None:
        """Keep what a property element says of the thing around it."""
        if owner.node is None or element.predicate is None:
            self.fail("A property stands outside a thing.", element.at)
        self.keep(Statement(owner.node, element.predicate, value, owner.at, element.at, at, ""))

    def state(self, subject: ox.NamedNode, predicate: str, value: Object, at: Place) -> None:
        """Keep what an element or attribute says by itself."""
        verb = self.address(predicate, self.open[-1], at)
        self.keep(Statement(subject, verb, value, self.open[-1].at, at, at, ""))

    def keep(self, statement: Statement) -> None:
        """Keep a statement."""
        if len(self.found) >= MAX_STATEMENTS:
            wrong = f"The file makes more than {MAX_STATEMENTS:,} statements."
            raise Refused("CG008", wrong, statement.object_at)
        value = statement.object.value
        self.found.append(statement._replace(written=self.relative.get(value, value)))

    # ------------------------------------------------------------ names and places

    def attributes(self, listed: list[str], at: Place) -> dict[str, tuple[str, Place]]:
        """The attributes of the element at which the parser stands, each with the place of its value."""
        begin = self.parser.CurrentByteIndex
        end = self.data.find(b">", begin)
        raw = self.data[begin : end + 1 if end >= 0 else None].decode("utf-8", "ignore")
        quoted = [(match, match[2][1:-1]) for match in _ATTRIBUTE.finditer(raw)]
        found = {}
        for key, value in zip(listed[::2], listed[1::2], strict=True):
            _, _, short = key.rpartition(" ")
            place = at
            for match, written in quoted:
                ends = match[1] == short or match[1].endswith(":" + short)
                if ends and unescape(written) == value:
                    before = raw[: match.start(2) + 1]
                    place = self.place_of(begin + len(before.encode()))._replace(width=max(1, len(written)))
                    break
            found[key.replace(" ", "")] = (value, place)
        return found

    def base(self, outer: str, value: str, at: Place) -> str:
        """What addresses within an element start from."""
        try:
            return urljoin(outer, value) if value else outer
        except ValueError:
            self.fail(f'"{value[:200]}" is not a well-formed address.', at)

    def address(self, value: str, element: _Element, at: Place) -> ox.NamedNode:
        try:
            whole = urljoin(element.base, value)
            node = ox.NamedNode(whole)
        except ValueError:
            self.fail(f'"{value[:200]}" is not a well-formed address.', at)
        if whole.startswith(NODE):
            self.fail("Addresses of this kind are reserved.", at)
        if whole != value:
            self.relative[whole] = value
        return node

    def labelled(self, label: str) -> ox.NamedNode:
        if label not in self.named:
            self.named[label] = self.fresh()
        return self.named[label]

    def fresh(self) -> ox.NamedNode:
        self.count += 1
        return ox.NamedNode(f"{NODE}{self.count:06d}")

    def here(self) -> Place:
        """The place of the tag at which the parser stands, as wide as its name."""
        begin = self.parser.CurrentByteIndex
        name = re.match(rb"<[^\s/>]*", self.data[begin : begin + 400])
        return self.place_of(begin)._replace(
            width=max(1, len(name[0].decode("utf-8", "ignore")) if name else 1)
        )

    def place_of(self, index: int) -> Place:
        index = max(0, index)
        line = bisect_right(self.starts, index)
        before = self.data[self.starts[line - 1] : index].decode("utf-8", "ignore")
        return Place(line, len(before) + 1)

    def fail(self, message: str, at: Place) -> NoReturn:
        raise Refused("CG005", message, at)
