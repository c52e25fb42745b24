"""However a party is written, it is found; and what is no name of it never stands for it."""

from __future__ import annotations

import pytest

from commitgraph.dataset import load
from commitgraph.dataset.lists import read
from commitgraph.domain.parties import party
from commitgraph.engine import Embedded
from commitgraph.engine.ask import rows
from commitgraph.find.names import HELP as WORDS
from commitgraph.find.names import LookupFailed, names_of, resolve, resolve_alike
from commitgraph.find.search import Hit, search
from commitgraph.home import home
from commitgraph.iris import concept, local, thing
from commitgraph.web.pages.wording import LANGUAGES, names
from tests.spellings import HELP, NAMED, SEVERAL

ENGINE = Embedded(load().store)


@pytest.mark.parametrize("text", NAMED)
def test_a_name_stands_for_its_party_and_a_search_finds_it_first(text: str) -> None:
    assert local(resolve(ENGINE, "party", text)) == NAMED[text]
    assert local(search(ENGINE, text)[0].iri) == NAMED[text]


@pytest.mark.parametrize("text", SEVERAL)
def test_what_stands_for_several_lists_them_and_picks_none(text: str) -> None:
    with pytest.raises(LookupFailed) as caught:
        resolve(ENGINE, "party", text)
    assert caught.value.ambiguous
    assert {local(iri) for iri in caught.value.candidates} == SEVERAL[text]
    assert SEVERAL[text] <= {local(hit.iri) for hit in search(ENGINE, text)[: len(SEVERAL[text])]}


@pytest.mark.parametrize("text", HELP)
def test_a_brand_a_unit_or_a_parent_stands_for_nobody_and_leads_to_its_party(text: str) -> None:
    slug, what = HELP[text]
    with pytest.raises(LookupFailed, match=f"it is {what}. If you mean that party, use {slug}") as caught:
        resolve(ENGINE, "party", text)
    assert not caught.value.ambiguous
    assert [local(iri) for iri in caught.value.candidates] == [slug]
    assert local(names_of(ENGINE).near("party", text)[0]) == slug
    hit = search(ENGINE, text)[0]
    assert local(hit.iri) == slug
    assert hit.because == what.replace(hit.label, "it") + ", no name of it"


def test_a_name_comes_before_a_word_that_only_helps() -> None:
    hits = search(ENGINE, "MA", limit=2)
    assert [local(hit.iri) for hit in hits] == ["ma", "mastercard"]


def test_a_brand_among_things_to_compare_is_told_and_not_taken_for_an_instrument() -> None:
    for texts in (["Qwen", "kakao"], ["kakao", "Qwen"]):
        with pytest.raises(LookupFailed, match="found none named 'Qwen': it is a brand"):
            resolve_alike(ENGINE, texts)


def test_names_are_labels_and_help_is_hidden() -> None:
    labels = rows(
        ENGINE,
        "SELECT ?kind ?text WHERE { VALUES ?kind { skos:altLabel skos:hiddenLabel } $p ?kind ?text }",
        p=thing("party", "alibaba"),
    )
    by_kind = {(row["kind"].rsplit("#")[-1], row["text"]) for row in labels}
    assert {("altLabel", "阿里巴巴"), ("altLabel", "Alibaba Group"), ("hiddenLabel", "Qwen")} <= by_kind
    assert ("altLabel", "Qwen") not in by_kind


def test_a_party_keeps_names_and_help_apart_and_each_name_has_its_source() -> None:
    about = party(ENGINE, thing("party", "ntt"))
    assert about
    groups = dict(names(about))
    assert {name.text for name in groups["Formerly"]} >= {"日本電信電話"}
    assert [name.text for name in groups["In Japanese"]] == ["NTT"]
    assert all(name.sources for heading, group in groups.items() for name in group if name.iri)
    alibaba = party(ENGINE, thing("party", "alibaba"))
    assert alibaba
    assert {name.kind for name in alibaba.found_by} == {"brand", "unit"}
    assert not {name.text for name in alibaba.names} & {name.text for name in alibaba.found_by}


def test_every_kind_of_name_and_every_language_has_words() -> None:
    kinds = rows(
        ENGINE,
        "SELECT ?kind ?group WHERE { ?kind skos:broader ?group ; skos:inScheme $scheme }",
        scheme=concept("name-kind", "").rstrip("/"),
    )
    helps = {local(row["kind"]) for row in kinds if local(row["group"]) == "help"}
    assert helps == set(WORDS)
    assert all(Hit("", "party", "", "", 1.0, why=local(row["kind"])).because for row in kinds)
    used = {row["lang"] for row in rows(ENGINE, "SELECT DISTINCT (LANG(?t) AS ?lang) { ?n cg:nameText ?t }")}
    assert used - {"zxx"} <= set(LANGUAGES)


def test_parties_of_korea_japan_and_china_have_a_name_in_their_own_language() -> None:
    found = rows(
        ENGINE,
        """SELECT ?party WHERE {
          VALUES (?country ?own) { ("KR" "ko") ("JP" "ja") ("CN" "zh") }
          ?party a cg:Party ; cg:country ?country .
          FILTER NOT EXISTS { ?party skos:altLabel ?name FILTER(LANGMATCHES(LANG(?name), ?own)) }
        }""",
    )
    assert not found


def test_the_address_of_a_name_does_not_depend_on_where_its_row_stands() -> None:
    content = (home() / "data" / "names.tsv").read_text(encoding="utf-8")
    lines = content.splitlines(keepends=True)
    turned = "".join([*lines[:5], *reversed(lines[5:])])
    assert set(read("data/names.tsv", turned).quads) == set(read("data/names.tsv", content).quads)
