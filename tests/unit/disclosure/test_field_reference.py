"""The field reference tells every field that the readers know, and what is asked for."""

from __future__ import annotations

import pytest

from commitgraph.dataset import load
from commitgraph.disclosure import fields
from commitgraph.disclosure.catalogue import checks
from commitgraph.disclosure.field_reference import Entry, field_reference, walk
from commitgraph.engine import Embedded


@pytest.fixture(scope="module")
def reference() -> dict[str, Entry]:
    return {entry.path: entry for entry in field_reference(Embedded(load().store))}


def test_every_field_known_to_the_readers_is_documented(reference: dict[str, Entry]) -> None:
    assert list(reference) == [path for path, _, _ in walk()]
    assert {field.iri for _, field, _ in walk()} - {""} == set(fields.by_iri())
    for path, field, _ in walk():
        entry = reference[path]
        assert entry.label, path
        assert entry.meaning or field.kind == "group", (
            f"{path}: the ontology has no definition of <{field.iri}>"
        )
        assert entry.kind, path
        assert entry.in_tables or field.level, path


@pytest.mark.parametrize(
    ("path", "need", "codes"),
    [
        ("organisation", "required", ["CG101"]),
        ("period", "required", ["CG102", "CG103"]),
        ("period.to", "required", ["CG103"]),
        ("title", "wanted", ["CG122"]),
        ("roles", "in some cases", ["CG124"]),
        ("prepared-by.name", "in some cases", ["CG132"]),
        ("entries.status", "required", ["CG106"]),
        ("entries.reason", "in some cases", ["CG107", "CG125"]),
        ("entries.evidence.title", "wanted", ["CG126"]),
        ("entries.evidence.explanation", "in some cases", ["CG207", "CG575"]),
        ("url", "optional", ["CG743"]),
    ],
)
def test_who_asks_for_a_field_is_told(
    reference: dict[str, Entry], path: str, need: str, codes: list[str]
) -> None:
    assert (reference[path].need, [asking.code for asking in reference[path].asked_by]) == (need, codes)


def test_every_check_for_something_missing_is_told_at_a_field(reference: dict[str, Entry]) -> None:
    told = {asking.code for entry in reference.values() for asking in entry.asked_by}
    of_core = {check.code for check in checks() if check.profiles[:1] == ("core",)}
    missing = {check.code for check in checks() if check.name.startswith("missing-")}
    assert of_core & missing <= told


def test_words_are_told_with_their_meaning(reference: dict[str, Entry]) -> None:
    words = {word.name: word.meaning for word in reference["entries.status"].words}
    assert words["planned"] == "The company says that it intends to act and has not begun."
    assert reference["commitgraph"].kind == "the text disclosure/1"


def test_what_tables_hold_is_told(reference: dict[str, Entry]) -> None:
    assert not reference["risks.right"].in_csv
    assert "column `right` on the sheet `risks`" in reference["risks.right"].where
    assert "column `evidence.url`" in reference["entries.evidence.url"].where
    assert "the property <https://w3id.org/commitgraph/ns#link>" in reference["entries.evidence.url"].where
