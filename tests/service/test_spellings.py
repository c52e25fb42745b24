"""The service and the command find a party however it is written, as Python does."""

from __future__ import annotations

import json
import re

import pytest

from commitgraph.iris import local
from tests.command.runner import run
from tests.service.conftest import Service
from tests.spellings import HELP, NAMED, SEVERAL


def found(service: Service, words: str) -> list[dict[str, str]]:
    hits: list[dict[str, str]] = service.client.get(
        f"{service.url}/api/search", params={"q": words, "limit": "5"}
    ).json()["hits"]
    return hits


def test_the_api_and_the_command_find_what_is_meant(shipped: Service) -> None:
    for text, slug in NAMED.items():
        assert found(shipped, text)[0]["name"] == slug, text
        hits = json.loads(run("search", text, "--limit", "5", "--format", "json").stdout)
        assert local(hits[0]["iri"]) == slug, text
    for text, slugs in SEVERAL.items():
        assert {hit["name"] for hit in found(shipped, text)[: len(slugs)]} == slugs, text


def test_the_address_of_a_party_by_another_name_leads_to_it(shipped: Service) -> None:
    for text in ("네이버", "open ai", "IBM Corp.", "日本電気"):
        answer = shipped.client.get(f"{shipped.url}/party/{text}", follow_redirects=True)
        assert answer.status_code == 200
        assert answer.url.path == f"/party/{NAMED[text]}"


@pytest.mark.parametrize("text", ["Qwen", "LG", "NVDA"])
def test_a_word_that_is_no_name_is_never_taken_for_the_party(shipped: Service, text: str) -> None:
    slug, what = HELP[text]
    (hit, *_) = found(shipped, text)
    assert hit["name"] == slug
    assert hit["because"] == f"{what.replace(hit['label'], 'it')}, no name of it"
    assert hit["because"] in shipped.client.get(f"{shipped.url}/search", params={"q": text}).text
    page = shipped.client.get(f"{shipped.url}/party/{text}")
    assert page.status_code == 404
    assert what in page.text
    for words in (("pledges", text), ("compare", text, "kakao")):
        done = run(*words)
        assert done.returncode == 1
        assert what in done.stderr
        assert slug in done.stderr
    assert done.stdout == ""
    assert f"Go on with: commitgraph pledges {slug}" in run("pledges", text).stderr


def test_what_stands_for_several_is_listed_by_page_and_command(shipped: Service) -> None:
    for text, slugs in SEVERAL.items():
        page = shipped.client.get(f"{shipped.url}/party/{text}")
        assert page.status_code == 404
        done = run("pledges", text)
        assert done.returncode == 2
        for slug in slugs:
            assert f"/party/{slug}" in page.text
            assert slug in done.stderr


def test_a_page_shows_names_by_kind_and_language_with_their_sources(shipped: Service) -> None:
    page = shipped.client.get(f"{shipped.url}/party/ntt").text
    names = page[page.index('<section aria-labelledby="names">') :]
    former = names[names.index("<dt>Formerly</dt>") :]
    assert '<span lang="ja">日本電信電話</span>' in former
    assert 'by</span> <a class="away" href="https://www.gifu-np.co.jp' in former
    assert "<dt>In Korean</dt>" in shipped.client.get(f"{shipped.url}/party/naver").text
    alibaba = shipped.client.get(f"{shipped.url}/party/alibaba").text
    assert re.search(r"<dt>Found by, but not called</dt>.*Qwen</span> <span class=\"hush\">brand", alibaba)


def test_data_forms_tag_names_with_their_languages_and_keep_one_english_label(shipped: Service) -> None:
    turtle = shipped.client.get(f"{shipped.url}/party/naver.ttl").text
    assert '"네이버"@ko' in turtle
    assert 'rdfs:label "NAVER"@en' in turtle
    assert '"@language":"ko","@value":"네이버"' in re.sub(
        r"\s", "", shipped.client.get(f"{shipped.url}/party/naver.jsonld").text
    ).replace('"@value":"네이버","@language":"ko"', '"@language":"ko","@value":"네이버"')


def test_a_name_has_a_page_with_its_source(shipped: Service) -> None:
    page = shipped.client.get(f"{shipped.url}/party/naver").text
    address = re.search(r'href="(/name/naver/[^"]+)"', page)
    assert address
    about = shipped.client.get(shipped.url + address[1])
    assert about.status_code == 200
    assert "<h1" in about.text
    assert "attested by" in about.text
