"""The site: what all pages share. Templates, the engine they ask, headers, addresses."""

from __future__ import annotations

import hashlib
from functools import cached_property
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import jinja2
from fastapi import Request, Response
from markupsafe import Markup

from commitgraph import __version__
from commitgraph.dataset import Dataset
from commitgraph.dates import in_words, with_preposition
from commitgraph.disclosure.shapes import CALLED
from commitgraph.domain import phrases
from commitgraph.domain.parties import countries
from commitgraph.domain.standing import all_adherences
from commitgraph.engine import Embedded
from commitgraph.engine.formats import GRAPHS
from commitgraph.find.names import names_of
from commitgraph.iris import GRAPH, ID, NS, SCHEME, local, shorten
from commitgraph.web.negotiation import best
from commitgraph.web.pages import wording

#: Schemes whose concepts have pages of their own kind.
TOPICAL = ("topic", "value", "principle", "right")
#: What pages may load: only what we serve ourselves, and no inline code or style.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
#: RDF that pages offer of a thing: suffix of the address to format.
RDF = {GRAPHS[name].suffix: GRAPHS[name] for name in ("turtle", "ntriples", "jsonld", "rdfxml")}
#: All data forms of a thing: suffix of the address to media type.
FORMS = {suffix: form.media_type for suffix, form in RDF.items()} | {"json": "application/json"}


def href(iri: str) -> str:
    """The page about an IRI: an address of ours where it is ours, else the IRI itself.

    >>> href("https://w3id.org/commitgraph/id/party/kakao")
    '/party/kakao'
    >>> href("https://w3id.org/commitgraph/scheme/topic/security")
    '/topic/security'
    >>> href("https://w3id.org/commitgraph/ns#force")
    '/ontology#force'
    """
    if iri.startswith(ID):
        return "/" + quote(iri[len(ID) :], safe="/")
    if iri.startswith(SCHEME):
        path = iri[len(SCHEME) :]
        return ("/" if path.split("/", 1)[0] in TOPICAL and "/" in path else "/scheme/") + quote(
            path, safe="/"
        )
    if iri.startswith(GRAPH):
        return "/graph/" + quote(iri[len(GRAPH) :], safe="/")
    if iri.startswith(NS):
        return "/ontology#" + quote(iri[len(NS) :])
    return iri


def data_form(accept: str | None) -> str:
    """Suffix of the data form that a client with this Accept header would rather have than a page, or empty.

    >>> data_form("text/turtle"), data_form("*/*"), data_form(None)
    ('ttl', '', '')
    """
    wanted = best(accept, ("text/html", "application/xhtml+xml", *FORMS.values()))
    return next((suffix for suffix, media_type in FORMS.items() if media_type == wanted), "")


def _web(address: str) -> bool:
    return address.startswith(("http://", "https://"))


class Site:
    """The pages over one data set.

    Attributes:
        dataset: what they show.
        engine: asks it, in the process that makes the page.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.engine = Embedded(dataset.store)
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader("commitgraph.web", "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {
            "href": href,
            "local": local,
            "shorten": shorten,
            "called": self.called,
            "day": _time,
            "at": with_preposition,
            "number": phrases.number,
            "force": wording.force,
            "actors": wording.actors,
            "act": phrases.act,
            "delisted": phrases.delisted,
            "ended": phrases.ended,
            "completeness": phrases.completeness,
            "tally": phrases.tally,
            "commitments": phrases.commitments,
            "condition": phrases.condition,
        }
        self._templates.globals |= {
            "version": dataset.version,
            "short_version": dataset.short_version,
            "code_version": __version__,
            "severity_words": CALLED,
            "confidence_words": phrases.CONFIDENCE,
            "party_kinds": wording.KINDS,
            "provision_kinds": wording.PROVISIONS,
            "counterpart_words": wording.COUNTERPARTS,
            "forms": FORMS,
            "form_labels": {suffix: form.label for suffix, form in RDF.items()}
            | {"json": "JSON with sources"},
            "style": f"/static/site.css?v={self._seal[:10]}",
        }
        self._templates.tests["web"] = _web

    @cached_property
    def countries(self) -> dict[str, str]:
        """Names of countries by code."""
        return countries(self.engine)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Labels of parties, instruments, provisions and concepts by IRI."""
        return names_of(self.engine).labels

    def called(self, iri: str) -> str:
        """What to call a thing: its label, what an adherence says, or the last parts of the address."""
        for labels in (self.labels, self._standings):
            if iri in labels:
                return labels[iri]
        return iri[len(ID) :] if iri.startswith(ID) else shorten(iri)

    @cached_property
    def _standings(self) -> dict[str, str]:
        """What adherences say, by IRI."""
        return {a.iri: f"{a.party_label}, {phrases.act(a)}" for a in all_adherences(self.engine)}

    @cached_property
    def _seal(self) -> str:
        """Digest of the data and of everything else that pages are made from."""
        seal = hashlib.blake2b(f"{self.dataset.version}\0{__version__}".encode(), digest_size=16)
        for folder in ("templates", "static"):
            for entry in sorted(files("commitgraph.web").joinpath(folder).iterdir(), key=lambda e: e.name):
                seal.update(f"{entry.name}\0".encode() + entry.read_bytes())
        return seal.hexdigest()

    def tag(self, path: str, query: str, accept: str | None) -> str:
        """Entity tag of the page at an address, for a client with this Accept header.

        Args:
            path: of the address.
            query: of the address, with no other parameters than the page has.
            accept: the header, None without one.
        """
        address = f"{self._seal}\0{path}\0{query}\0{data_form(accept)}"
        return hashlib.blake2b(address.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def load_templates(self) -> None:
        """Compile all templates, so that no page has to open a file."""
        for name in self._templates.list_templates():
            self._templates.get_template(name)

    def render(self, request: Request, template: str, status: int = 200, **context: Any) -> Response:
        """A page."""
        context.setdefault("asof", "")
        context.setdefault("data_address", "")
        page = self._templates.get_template(template)
        text = page.render(path=request.url.path, query=dict(request.query_params), **context)
        return Response(text, status, headers=HEADERS, media_type="text/html; charset=utf-8")


def site_of(request: Request) -> Site:
    """The site that a request goes to."""
    site = request.app.state.site
    assert isinstance(site, Site)  # noqa: S101  (for the type checker)
    return site


def _time(text: str) -> Markup | str:
    """A date as people write it, in a `time` element."""
    if not text:
        return ""
    return Markup('<time datetime="{}">{}</time>').format(text, in_words(text))
