"""The pages over HTTP: names, negotiation, data forms, headers, errors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
import rdflib

from commitgraph.dataset import load
from commitgraph.disclosure.field_reference import walk
from commitgraph.disclosure.reading.notations import EXTENSIONS
from commitgraph.disclosure.shapes import profiles
from commitgraph.disclosure.writing.json_schema import ADDRESS
from commitgraph.iris import BASE, GRAPH, ID, SCHEME, cg, thing
from commitgraph.web.pages.site import href
from tests.graphs import listed_graph
from tests.service.conftest import Service, wait_for

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
KAKAO = ox.NamedNode(thing("party", "kakao"))
_RDF = {
    "ttl": ("text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
}


@pytest.fixture(scope="module")
def site(shipped: Service) -> Iterator[httpx.Client]:
    """A client of a service over the shipped data that does not follow redirections."""
    with httpx.Client(base_url=shipped.url, headers={"Accept": HTML}, timeout=300) as client:
        yield client


@pytest.mark.parametrize(
    ("accept", "address"),
    [
        (HTML, "/party/kakao"),
        ("*/*", "/party/kakao"),
        ("text/turtle", "/party/kakao.ttl"),
        ("application/ld+json, text/html;q=0.5", "/party/kakao.jsonld"),
        ("application/rdf+xml", "/party/kakao.rdf"),
    ],
)
def test_a_name_leads_to_what_the_client_likes(site: httpx.Client, accept: str, address: str) -> None:
    first = site.get("/id/party/kakao", headers={"Accept": accept})
    assert first.status_code == 303
    assert "Accept" in first.headers["vary"].split(", ")
    last = site.get("/id/party/kakao", headers={"Accept": accept}, follow_redirects=True)
    assert (last.status_code, last.url.path) == (200, address)


def test_a_name_never_leads_to_another_host(site: httpx.Client) -> None:
    for path in ("/id//example.org/x", "/id/%2Fexample.org", "/id/%5Cexample.org"):
        assert re.match(r"/[^/\\]", site.get(path).headers["location"])


@pytest.mark.parametrize("suffix", _RDF)
def test_data_forms_say_the_same(site: httpx.Client, suffix: str) -> None:
    media_type, form = _RDF[suffix]
    answer = site.get(f"/party/kakao.{suffix}")
    assert answer.headers["content-type"] == media_type
    triples = {q.triple for q in ox.parse(input=answer.content, format=form)}
    base = {
        q.triple for q in ox.parse(input=site.get("/party/kakao.nt").content, format=ox.RdfFormat.N_TRIPLES)
    }
    assert triples == base
    assert any(t.subject == KAKAO and t.predicate.value == cg("hasAdherence") for t in triples)


def test_a_provision_as_data_carries_what_finds_its_words(site: httpx.Client) -> None:
    data = site.get("/provision/seoul-ai-business-pledge/p-ack-1.ttl").text
    graph = rdflib.Graph().parse(data=data, format="turtle")
    found = {str(p).rsplit("#", 1)[-1] for p in graph.predicates()}
    assert {"passageDigest", "passageLength", "hasSelector", "value", "fetchedFrom", "summary"} <= found


def test_json_ld_names_no_context_elsewhere(site: httpx.Client) -> None:
    for path in ("/party/kakao.jsonld", "/ns.jsonld"):
        contexts = re.findall(r'"@context"\s*:\s*(.)', site.get(path).text)
        assert all(start == "{" for start in contexts)


def test_plain_json_names_the_file_of_every_statement(site: httpx.Client) -> None:
    document = json.loads(site.get("/adherence/seoul-ai-business-pledge/kakao.json").content)
    since = next(s for s in document["statements"] if s["property"] == "cg:since")
    assert since["value"]["value"] == "2024-05-22"
    assert since["graphs"] == ["https://w3id.org/commitgraph/graph/data/adherences/seoul-ai-business-pledge"]
    assert document["dataVersion"] == site.get("/").headers["x-data-version"]


def test_the_namespace_is_a_page_or_the_ontology(site: httpx.Client) -> None:
    assert site.get("/ns").headers["location"] == "/ontology"
    turtle = site.get("/ns", headers={"Accept": "text/turtle"}, follow_redirects=True)
    graph = rdflib.Graph().parse(data=turtle.text, format="turtle")
    assert (rdflib.URIRef(cg("Party")), rdflib.RDF.type, rdflib.OWL.Class) in graph
    page = site.get("/ontology").text
    assert all(f'id="{name}"' in page for name in ("Party", "force", "isBoundBy"))


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("alignments.sssom.tsv", "text/tab-separated-values; charset=utf-8"),
        ("context.jsonld", "application/ld+json"),
    ],
)
def test_files_of_the_ontology_are_served_as_they_are(site: httpx.Client, name: str, media_type: str) -> None:
    answer = site.get(f"/{name}")
    assert answer.headers["content-type"] == media_type
    assert answer.content == (load().home / "ontology" / name).read_bytes()


def test_the_schema_is_served_at_its_address(site: httpx.Client) -> None:
    answer = site.get(ADDRESS.removeprefix(BASE[:-1]))
    assert answer.headers["content-type"].startswith("application/schema+json")
    assert answer.json()["$id"] == ADDRESS


def test_the_field_reference_is_a_page_that_the_form_leads_to(site: httpx.Client) -> None:
    assert 'href="/validate/fields"' in site.get("/validate").text
    page = site.get("/validate/fields").text
    for path, _, _ in walk():
        assert f'id="{path}"' in page
    assert "CG106" in page


def test_pages_allow_nothing_inline_and_nobody_to_frame_them(site: httpx.Client) -> None:
    headers = site.get("/party/kakao").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert "Accept" in headers["vary"]


def test_a_page_that_is_known_is_not_sent_again(site: httpx.Client) -> None:
    first = site.get("/matrix")
    again = site.get("/matrix", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = site.get("/matrix?kind=State", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("/matrix", "/matrix?z=1"),
        ("/matrix?kind=State", "/matrix?z=1&kind=State&utm_source=a&kind=State"),
        ("/party/kakao?asof=2025-01-01", "/party/kakao?asof=2025-01-01&z=2"),
        ("/questions/adherents?instrument=oecd-ai-principles",
         "/questions/adherents?z=1&instrument=oecd-ai-principles&party=kakao"),
        ("/party/kakao.ttl", "/party/kakao.ttl?asof=2025-01-01"),
    ],
)  # fmt: skip
def test_parameters_that_a_page_does_not_have_make_no_other_page(
    site: httpx.Client, address: str, same: str
) -> None:
    # The entity tag is the key under which a page is kept.
    assert site.get(same).headers["etag"] == site.get(address).headers["etag"]
    assert site.get(same).content == site.get(address).content


def test_parameters_that_a_page_has_make_another_page(site: httpx.Client) -> None:
    addresses = [
        "/matrix",
        "/matrix?kind=State",
        "/matrix?kind=all&instrument=oecd-ai-principles",
        "/matrix?kind=all&instrument=oecd-ai-principles&instrument=bletchley-declaration",
        "/party/kakao",
        "/party/kakao?asof=2024-01-01",
        "/questions/adherents",
        "/questions/adherents?instrument=oecd-ai-principles",
        "/search?q=kakao",
    ]
    answers = [site.get(address) for address in addresses]
    assert len({a.headers.get("etag") for a in answers if a.status_code == 200}) == len(addresses)


@pytest.mark.parametrize("path", ["/", "/party/kakao", "/party/kakao.ttl", "/sparql/table?query=ASK%7B%7D"])
def test_head_tells_what_get_would(site: httpx.Client, path: str) -> None:
    get, head = site.get(path), site.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers.get("etag") == get.headers.get("etag")


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_pages_are_compressed_when_the_client_likes(site: httpx.Client, coding: str) -> None:
    answer = site.get("/party/microsoft", headers={"Accept-Encoding": coding})
    assert answer.headers["content-encoding"] == coding
    assert "Microsoft" in answer.text


@pytest.mark.parametrize("variant", ["Kakao", "Kakao%20Corp.", "KAKAO"])
def test_another_name_of_a_party_leads_to_its_page(site: httpx.Client, variant: str) -> None:
    answer = site.get(f"/party/{variant}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/party/kakao")


def test_an_error_is_a_page_for_people_and_a_document_for_programs(site: httpx.Client) -> None:
    page = site.get("/party/kakoa")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    problem = site.get("/party/kakoa", headers={"Accept": "application/json"})
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["near"] == [{"address": "/party/kakao", "label": "Kakao"}]


@pytest.mark.parametrize(
    "path",
    [
        "/party/x%3E%20%7D%20%3B%20DROP",
        "/adherence/%22%3E%3Cscript%3E",
        "/edition/a%3E%20%3Fx",
        "/roll/%7B%7D",
        "/party/%3Cb%3E.ttl",
        "/graph/nothing.ttl",
        "/provisions?force=%3Cscript%3E",
        "/provisions?page=999",
        "/matrix?instrument=nonsense",
        "/questions/nonsense",
        "/scheme/force/nonsense",
        "/statements/party/nonsense",
    ],
)
def test_what_is_not_there_is_a_plain_404_without_an_echo_of_markup(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert "<script" not in answer.text
    assert "<b>." not in answer.text


@pytest.mark.parametrize("day", ["yesterday", "2024-13-01", "2024"])
def test_a_day_that_is_none_is_refused_in_words(site: httpx.Client, day: str) -> None:
    answer = site.get(f"/party/kakao?asof={day}")
    assert answer.status_code == 400
    assert "YYYY-MM-DD" in answer.text


def test_words_that_people_type_are_shown_as_text(site: httpx.Client) -> None:
    evil = '"><script>alert(1)</script>'
    for path in ("/search?q=", "/sparql/table?query=", "/questions/adherents?instrument="):
        assert "<script>" not in site.get(path + evil).text


def test_a_file_beyond_the_limit_is_refused(site: httpx.Client) -> None:
    answer = site.post("/validate", files={"file": ("a.yaml", b"a" * (3 << 20))}, data={"profile": "core"})
    assert answer.status_code == 413
    assert "2 MiB" in answer.text


def test_a_disclosure_is_judged_and_not_kept(site: httpx.Client) -> None:
    answer = site.post("/validate", files={"file": ("a.yaml", b"party: nobody\n")}, data={"profile": "core"})
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert "It does not conform" in answer.text
    assert "etag" not in answer.headers


def test_the_page_says_who_wrote_an_account_and_what_was_not_looked_at(site: httpx.Client) -> None:
    path = Path(__file__).parents[1] / "disclosures" / "good" / "by-others.yaml"
    told = site.post(
        "/validate", files={"file": ("a.yaml", path.read_bytes())}, data={"profile": "core"}
    ).text
    assert "An account by <b>Example Watch</b> about Microsoft." in told
    assert "a source bears out what is said was not looked at" in told
    assert "traceable" not in told


def test_a_workbook_is_judged_by_cell(site: httpx.Client) -> None:
    folder = Path(__file__).parents[1] / "disclosures"
    for name, said in (
        ("good/complete.xlsx", "No violation was found"),
        ("bad/CG411-unknown-status.xlsx", ""),
    ):
        path = folder / name
        file = {"file": (path.name, path.read_bytes())}
        told = site.post("/validate", files=file, data={"profile": "core"}).text
        assert said in told
        assert "PK\x03" not in told
    assert re.search(r"<b>Sheet entries, cell [A-Z]\d+\.</b>", told)


def test_the_form_offers_every_notation_and_says_what_each_profile_is(site: httpx.Client) -> None:
    form = site.get("/validate").text
    (accepted,) = re.findall(r' accept="([^"]*)"', form)
    assert accepted.split(",") == list(EXTENSIONS)
    assert "CSV (.csv)" in form
    for name in profiles():
        assert re.search(rf'<label for="profile-{name}">{name}: \w', form), name


@pytest.mark.parametrize(
    ("notation", "text"),
    [
        ("csv", "provision,status\nnone,planned\n"),
        ("trig", "<urn:a> <urn:b> <urn:c> ."),
        ("nquads", "<urn:a> <urn:b> <urn:c> ."),
        ("rdfxml", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'),
    ],
)
def test_text_is_judged_in_the_notation_that_is_chosen(site: httpx.Client, notation: str, text: str) -> None:
    form = {"profile": "core", "notation": notation, "text": text}
    told = site.post("/validate", data=form, files={"file": ("", b"")}).text
    assert f'<option value="{notation}">' in told
    assert "It does not conform" in told
    assert "CG005" not in told


def test_forms_without_choice_or_content_are_told_so(site: httpx.Client) -> None:
    empty = site.post("/validate", files={"file": ("", b"")}, data={"profile": "core", "text": " "})
    assert (empty.status_code, "nothing to judge" in empty.text) == (400, True)
    assert site.post("/validate", content=b"x").status_code == 415


def by_kind(addresses: Iterable[str]) -> dict[str, list[str]]:
    """Addresses by all that stands before their last part, which is what pages differ by."""
    kinds: dict[str, list[str]] = {}
    for address in sorted(addresses):
        kinds.setdefault("/".join(address.removeprefix(ID).split("?")[0].split("/")[:2]), []).append(address)
    merged: dict[str, list[str]] = {}
    for kind, found in kinds.items():
        merged.setdefault(kind.split("/")[0] or f"/{kind.split('/')[1]}", []).extend(found)
    return merged


def spread(found: list[str], most: int) -> list[str]:
    """At most so many of `found`, evenly spread, the first and last among them."""
    if len(found) <= most:
        return found
    return [found[n * (len(found) - 1) // (most - 1)] for n in range(most)]


def test_everything_in_the_graph_has_a_page(site: httpx.Client) -> None:
    store = load().store
    subjects = {q.subject.value for q in store if isinstance(q.subject, ox.NamedNode)}
    ours = sorted(s for s in subjects if s.startswith((ID, SCHEME, GRAPH)) and "/inferred/" not in s)
    chosen = [iri for kind in by_kind(ours).values() for iri in spread(kind, 20)]
    wrong = {}
    for iri in chosen:
        answer = site.get(href(iri), follow_redirects=True)
        if answer.status_code != 200:
            wrong[iri] = answer.status_code
    assert len(by_kind(ours)) > 20
    assert wrong == {}


def test_every_link_of_the_main_pages_leads_somewhere(site: httpx.Client) -> None:
    pages = [
        "/",
        "/about",
        "/topics",
        "/matrix?kind=all",
        "/party/kakao",
        "/instrument/seoul-ai-business-pledge",
        "/adherence/seoul-ai-business-pledge/ibm",
        "/provision/seoul-ai-business-pledge/p-ack-1",
    ]
    seen: set[str] = set()
    for page in pages:
        seen |= {
            a.split("#")[0].replace("&amp;", "&") for a in re.findall(r'href="(/[^"]*)"', site.get(page).text)
        }
    chosen = [link for kind in by_kind(seen).values() for link in spread(kind, 20)]
    wrong = {link: code for link in chosen if (code := site.get(link).status_code) not in (200, 303)}
    assert len(by_kind(seen)) > 10
    assert wrong == {}


def _said(site: httpx.Client, path: str, heading: str) -> str:
    """The words of the part of a page that begins with the heading of that id."""
    page = site.get(path).text
    part = re.split(r"<h[23]|</section>", page[page.index(f'id="{heading}"') :])[0]
    return " ".join(re.sub(r"<[^>]+>", " ", part.partition(">")[2]).split())


def test_a_counterpart_is_told_from_the_side_of_the_page(site: httpx.Client) -> None:
    here = _said(site, "/provision/frontier-ai-safety-commitments/IV-2", "counterparts")
    assert "EU GPAI Code of Practice says less" in here
    there = _said(site, "/provision/eu-gpai-code-of-practice-2025/s-c4-decide", "counterparts")
    assert "Frontier AI Safety Commitments says more" in there
    for words in (here, there):
        assert "Why. That the decision to go on" in words
        assert "65 % sure judged by a language model" in words


def test_the_chain_from_a_value_says_who_stands_to_each_sentence_and_which_step_is_empty(
    site: httpx.Client,
) -> None:
    words = " ".join(
        re.sub("<[^>]+>", " ", site.get("/chain/value/diversity-and-inclusiveness").text).split()
    )
    assert "as a language model read their words" in words
    assert "parties, each of which reports under its framework" in words
    assert "To report under the framework of the Hiroshima code is not to sign the code" in words
    assert "no evidence recorded, and no search" in words
    assert "No paragraph of A/RES/78/265 that names or serves it was found to share a part" in words
    assert '/chain/value/diversity-and-inclusiveness"' in site.get("/value/diversity-and-inclusiveness").text
    assert site.get("/chain/value/kindness").status_code == 404


def test_that_no_counterpart_was_found_is_told_with_where_was_looked(site: httpx.Client) -> None:
    words = _said(site, "/provision/unesco-rec-ai-ethics-2021/prin-1-26", "counterparts")
    assert "looked, none found" in words
    assert "nearest" in words


def test_what_others_retell_of_a_provision_stands_apart_from_its_wording(site: httpx.Client) -> None:
    quoted = "/provision/eu-code-ai-generated-content-2026/s1-m1.1.1"
    assert "It starts “If content is" in _said(site, quoted, "wording")
    assert "Table of the provider measures" in _said(site, quoted, "besides")
    only_retold = _said(site, "/provision/eu-code-ai-generated-content-2026/s1-m2.1.3", "wording")
    assert "Its own words were not seen" in only_retold
    assert "It starts" not in only_retold


def test_a_refusal_stands_on_both_pages_and_is_no_pledge(site: httpx.Client) -> None:
    assert "EU GPAI Code of Practice refused 18 July 2025" in _said(site, "/party/meta", "refusals")
    assert "Meta refused" in _said(site, "/instrument/eu-gpai-code-of-practice-2025", "refusals")
    assert "EU GPAI" not in _said(site, "/party/meta", "direct")


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a service over the graph of lists, names by others and conditions."""
    running = Service(listed_graph(tmp_path_factory.mktemp("listed")))
    with httpx.Client(base_url=running.url, headers={"Accept": HTML}, timeout=60) as client:
        yield client
    running.stop()


def test_who_is_no_longer_listed_is_told_apart_with_both_days_and_no_act(listed: httpx.Client) -> None:
    gone = "no longer listed (last seen December 2025, not seen 31 July 2026)"
    assert gone in _said(listed, "/instrument/listed", "delisted")
    assert "agree to be shown" in _said(listed, "/instrument/listed", "delisted")
    assert "Gone Ltd" not in _said(listed, "/instrument/listed", "adherents")
    assert "Gone Ltd" in _said(listed, "/instrument/listed?asof=2025-12-31", "adherents")
    assert "Gone Ltd" in _said(listed, "/instrument/listed?asof=2026-01-01", "between")
    assert "Listed Pledge" in _said(listed, "/party/gone", "delisted")
    receipt = listed.get("/adherence/listed/gone").text
    assert gone in receipt
    for path in ("/party/gone", "/adherence/listed/gone"):
        assert not re.search(r"former|withdrew|bound by|binds", listed.get(path).text)


def test_whom_only_others_name_is_never_green_and_never_of_its_own(listed: httpx.Client) -> None:
    assert "Named Ltd" in _said(listed, "/instrument/listed", "named")
    assert "No act of its own" in _said(listed, "/party/named", "direct")
    assert "Listed Pledge" in _said(listed, "/party/named", "named")
    for path in ("/party/named", "/adherence/listed/named"):
        assert "is-direct" not in listed.get(path).text
    line = listed.get("/matrix").text.partition('href="/party/named"')[2].partition("</tr>")[0]
    assert "is-named" in line and "is-direct" not in line
    assert "2, and 1 named by others only, and 1 no longer listed" in _said(
        listed, "/instrument/listed", "adherents"
    )


def test_a_party_may_have_taken_on_what_nobody_says_it_meets(listed: httpx.Client) -> None:
    assert "Test new lamps" not in _said(listed, "/party/stayer", "commitments")
    assert "if it makes lamps" in _said(listed, "/party/stayer", "may")
    assert "Stayer Ltd if it makes lamps" in _said(listed, "/provision/listed/b", "may")
    assert "Maker Ltd" in _said(listed, "/provision/listed/b", "bound")
    assert "2 commitments (3 with their parts told apart)" in _said(listed, "/party/maker", "commitments")
    assert "one source" in _said(listed, "/party/maker", "commitments")
    assert "Remember the dark" not in _said(listed, "/party/maker", "commitments")
    assert "Remember the dark" in _said(listed, "/party/maker", "memory")


def test_a_dispute_stands_in_the_citation_and_in_the_cell(listed: httpx.Client) -> None:
    cite = _said(listed, "/adherence/listed/stayer", "cite")
    assert cite.count("Sources disagree") == 2
    line = listed.get("/matrix").text.partition('href="/party/stayer"')[2].partition("</tr>")[0]
    assert "sources disagree" in line and "lacking from a list" in line


def test_a_list_says_what_follows_from_a_name_that_it_lacks(listed: httpx.Client) -> None:
    assert "not on the list. Absence from a list is no refusal" in listed.get("/roll/listed/second").text
    assert "of 230 or more" in _said(listed, "/instrument/listed", "adherents")


def test_has_x_signed_y_is_answered_with_act_and_day_and_no_rows_lead_on(listed: httpx.Client) -> None:
    asked = "/questions/is-signatory?party={}&instrument=listed"
    assert "Maker Ltd signed the Listed Pledge on 22 May 2024." in listed.get(asked.format("maker")).text
    assert "Named Ltd is named by others" in listed.get(asked.format("named")).text
    for address in ("/questions/evidence-of-party?party=maker", "/api/queries/evidence-of-party?party=maker"):
        told = listed.get(address, headers={"Accept": "*/*"}).text
        assert "Maker Ltd stands to: Listed Pledge (signed 2024-05-22)." in told


def test_a_change_that_is_only_remembered_says_so(site: httpx.Client) -> None:
    words = _said(site, "/party/zhipu-ai", "changes")
    assert "2025 from memory, not checked against a source" in words


def test_a_change_tells_its_kind_and_who_there_is_now(site: httpx.Client) -> None:
    words = _said(site, "/party/x-corp", "changes")
    assert "merged 28 March 2025" in words
    assert "see xAI" in words
    assert "see" not in _said(site, "/party/scale-ai", "changes").split("stake sold")[1].split("read")[0]


def test_a_state_shows_its_region_and_codes_with_where_they_were_read(site: httpx.Client) -> None:
    page = site.get("/party/va").text
    assert '/scheme/region/southern-europe">Southern Europe</a>' in page
    assert '<a class="proof" href="/edition/registers/country-codes">' in page
    for code in ("VA", "VAT", "336", '<a class="away" href="https://www.wikidata.org/wiki/Q159583"'):
        assert code in page
    assert "The party is the Holy See." in page
    same = "https://schema.org/sameAs"
    data = list(ox.parse(input=site.get("/party/va.ttl").content, format=ox.RdfFormat.TURTLE))
    assert {
        q.object.value for q in data if q.predicate.value == same and isinstance(q.object, ox.NamedNode)
    } == {"http://www.wikidata.org/entity/Q159583"}


def test_states_are_narrowed_down_by_region_and_sub_region(site: httpx.Client) -> None:
    def shown(region: str) -> set[str]:
        return set(re.findall('<li><a href="/party/([^"]+)"', site.get(f"/parties?region={region}").text))

    assert {"jp", "kr"} <= shown("eastern-asia") < shown("asia")
    assert "kakao" not in shown("asia")
    assert not shown("atlantis")


def test_a_text_shows_its_numbers_and_where_they_open(site: httpx.Client) -> None:
    page = site.get("/instrument/eu-ai-act").text
    assert "CELEX" in page
    assert '<a class="away" href="http://data.europa.eu/eli/reg/2024/1689/oj"' in page
    assert "http://data.europa.eu/eli/reg/2024/1689/oj" in site.get("/instrument/eu-ai-act.jsonld").text


def test_an_identifier_on_which_sources_differ_is_no_link_and_makes_nothing_the_same(
    site: httpx.Client,
) -> None:
    page = site.get("/party/alibaba").text
    assert "Q1359568" in page
    assert "wikidata.org/wiki/Q1359568" not in page
    assert "names the item Q30273328 instead" in page
    assert "entity/Q1359568" not in site.get("/party/alibaba.ttl").text


def test_ratings_stand_apart_from_evidence_and_are_called_opinions(site: httpx.Client) -> None:
    words = _said(site, "/party/meta", "ratings")
    assert "31 of 100" in words
    assert "by Stanford Center for Research on Foundation Models" in words
    page = site.get("/party/meta").text
    assert "no evidence for or against a promise" in page
    assert "speaks against it" not in _said(site, "/party/meta", "evidence")
    assert site.get("/rating/fmti-2025/meta").status_code == 200


def test_evidence_says_what_is_not_known_of_it_and_gives_the_answer(site: httpx.Client) -> None:
    words = _said(site, "/party/openai", "evidence")
    assert "The party’s answer. OpenAI says that the model is no frontier model" in words
    assert "No answer of the party is recorded here" in words
    assert "still stood in March 2025" in words
    assert "no date shown" in _said(site, "/party/samsung-electronics", "evidence")
    assert "context, neither for nor against" in _said(site, "/party/samsung-electronics", "evidence")


def test_a_disclosure_names_the_version_that_it_follows(site: httpx.Client) -> None:
    words = _said(site, "/party/anthropic", "disclosures")
    assert "version 3.4 , 8 July 2026 follows Responsible Scaling Policy, version 3.3" in words


def test_evidence_names_who_checked_it_and_marks_what_cannot_be_proven(site: httpx.Client) -> None:
    words = _said(site, "/party/sk-telecom", "evidence")
    assert "checked by Korean Standards Association" in words
    assert "mark, not proven" in words
    mark = site.get("/mark/sk-telecom/skt-ai-care").text
    assert "nothing here proves the words" in mark


def test_a_weak_first_proof_is_called_one_on_every_face(site: httpx.Client) -> None:
    query = f"""PREFIX cg: <{cg("")}> SELECT ?adherence ?party WHERE {{
        ?adherence a cg:PresentAdherence ; cg:adherent ?party ; cg:proofKind <{SCHEME}source-kind/mirror> .
        ?party a cg:Company }} ORDER BY ?adherence LIMIT 1"""
    answer = site.get(
        "/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+json"}
    )
    (row,) = answer.json()["results"]["bindings"]
    receipt, party = (href(row[name]["value"]) for name in ("adherence", "party"))
    assert "(weak source)" in site.get(receipt).text.split("Cite it")[1]
    assert "weak source" in site.get(party).text
    cell = re.search(rf'<a class="badge [^>]*href="{receipt}"[^>]*>', site.get("/matrix?kind=Company").text)
    assert cell and 'title="weak source"' in cell[0]


def test_the_page_of_a_document_says_where_to_look_once_its_page_is_gone(site: httpx.Client) -> None:
    for name in (
        "publication/hiroshima-friends-group/mofa-go-jp",
        "edition/hiroshima-friends-group/mofa-go-jp",
    ):
        page = site.get(f"/{name}").text
        address = re.search(r'href="(https://www.mofa.go.jp/[^"]+)"[^>]*>Open the source', page)
        assert address and f'href="https://web.archive.org/web/*/{address[1]}"' in page
    # An address that nobody opened says so beside itself.
    unopened = site.get("/disclosure/cisco/cisco-networking-academy").text
    assert "not opened" in unopened.split("What is stated")[0]
    kept = site.get("/edition/hiroshima-friends-group/soumu-go-jp-2").text
    assert "Open an archived copy" in kept and "Look for an archived copy" not in kept


def test_the_matrix_shows_the_texts_of_the_kind_and_says_what_it_leaves_out(site: httpx.Client) -> None:
    def columns(query: str) -> str:
        return site.get(f"/matrix{query}").text.partition("<thead>")[2].partition("</thead>")[0]

    assert "/instrument/seoul-ai-business-pledge" in columns("")
    assert "/instrument/unga-res-78-265" not in columns("")
    assert "are left out" in site.get("/matrix").text
    assert "/instrument/unga-res-78-265" in columns("?texts=all")
    assert "are left out" not in site.get("/matrix?texts=all").text
    assert "/instrument/unga-res-78-265" in columns("?kind=State")
    assert site.get("/matrix?texts=none").status_code in (400, 404, 422)


def test_pages_also_stand_over_another_data_set(service: Service) -> None:
    wait_for(service.lives, "the service answers")
    for path in (
        "/",
        "/parties",
        "/instruments",
        "/provisions",
        "/topics",
        "/matrix",
        "/questions",
        "/about",
    ):
        assert service.client.get(service.url + path, headers={"Accept": HTML}).status_code == 200
