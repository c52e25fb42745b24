"""The JSON Schema: it takes what is good, and is never stricter than the checker."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from commitgraph.dataset import load
from commitgraph.disclosure import judge_file_bytes
from commitgraph.disclosure.writing.json_schema import json_schema
from commitgraph.engine import Embedded
from commitgraph.home import home
from tests.unit.disclosure import examples

ILLUSTRATIONS = sorted((home() / "data" / "disclosures").glob("*.yaml"))
TOP = {"organisation": "cisco", "period": {"from": "2025-01-01", "to": "2025-12-31"}}
ENTRY = {"commitment": "seoul-ai-business-pledge/a1-3-i", "status": "planned"}


@cache
def validator() -> Any:
    schema = json_schema(Embedded(load().store))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def content(path: Path) -> Any:
    """A file as an editor sees it: by YAML 1.2, where a date is a text. None where it is none."""
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        return json.loads(text) if path.suffix == ".json" else _plain(YAML(typ="rt", pure=True).load(text))
    except (YAMLError, ValueError):
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_plain(child) for child in value]
    return value if isinstance(value, (bool, int, float)) or value is None else str(value)


def plain(kind: str) -> list[Path]:
    return [path for path in examples.files(kind) if path.suffix in (".yaml", ".json")]


@pytest.mark.parametrize("path", [*plain("good"), *ILLUSTRATIONS], ids=lambda path: path.name)
def test_a_good_file_passes(path: Path) -> None:
    assert [error.message for error in validator().iter_errors(content(path))] == []


@pytest.mark.parametrize("path", plain("bad"), ids=lambda path: path.name)
def test_what_the_schema_rejects_the_checker_finds_fault_with(path: Path) -> None:
    document = content(path)
    if document is None or validator().is_valid(document):
        return
    assert json.loads(examples.expected(path).read_text(encoding="utf-8"))["files"][0]["findings"]


REJECTED: dict[str, dict[str, Any]] = {
    "no organisation": {"organisation": None},
    "no period": {"period": None},
    "half a period": {"period": {"from": "2025-01-01"}},
    "no entries": {"entries": []},
    "a status outside the list": {"entries": [ENTRY | {"status": "perhaps"}]},
    "a status that is empty": {"entries": [ENTRY | {"status": None}]},
    "not done without a reason": {"entries": [ENTRY | {"status": "not-done"}]},
    "a field that is unknown": {"colour": "blue"},
    "one role without a list": {"roles": "user"},
    "a number for a title": {"title": 2025},
    "a text for true or false": {"entries": [ENTRY | {"evidence": [{"public": "yes"}]}]},
    "a digest of another kind": {"entries": [ENTRY | {"evidence": [{"digest": "md5:1"}]}]},
    "another format": {"commitgraph": "disclosure/2"},
    "pledges beside entries": {"pledges": "none"},
}


@pytest.mark.parametrize("case", REJECTED)
def test_it_rejects_what_the_checker_rejects(case: str) -> None:
    document = {**TOP, "entries": [ENTRY], **REJECTED[case]}
    assert not validator().is_valid(document)
    told = judge_file_bytes("x.json", json.dumps(document).encode(), ("core",), examples.TODAY)
    assert {finding["code"] for finding in told["files"][0]["findings"]} - OF_TOP


#: What is missing in every document of these tests.
OF_TOP = {"CG121", "CG122", "CG123", "CG124", "CG125", "CG126", "CG127", "CG130", "CG138"}

ACCEPTED: dict[str, dict[str, Any]] = {
    "empty fields that may be left out": {
        "title": None,
        "url": "",
        "roles": [],
        "signed-off": {"role": None},
    },
    "an organisation that describes itself": {"organisation": {"name": "Example", "country": "KR"}},
    "a status by its address": {
        "entries": [ENTRY | {"status": "https://w3id.org/commitgraph/scheme/status/planned"}]
    },
    "a title with its language": {"title": {"@value": "보고", "@language": "ko"}},
    "a year for a date": {"published": 2026},
    "not done with a reason": {"entries": [ENTRY | {"status": "not-done", "reason": "No model was made."}]},
    "no pledges": {"entries": None, "pledges": "none"},
    "words of JSON-LD": {"@context": "https://w3id.org/commitgraph/context.jsonld", "@type": "Disclosure"},
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_it_accepts_what_the_checker_reads(case: str) -> None:
    document = {**TOP, "entries": [ENTRY], **ACCEPTED[case]}
    assert [error.message for error in validator().iter_errors(document)] == []


def test_every_field_is_described_for_editors() -> None:
    def described(schema: dict[str, Any]) -> None:
        for key, member in schema.get("properties", {}).items():
            assert member["title"], key
            for part in (member, *member.get("anyOf", ()), member.get("items", {})):
                described(part)
                for inner in part.get("anyOf", ()):
                    described(inner)

    schema = validator().schema
    described(schema)
    status = schema["properties"]["entries"]["anyOf"][0]["items"]["anyOf"][0]["properties"]["status"]
    assert {
        "const": "planned",
        "description": "The company says that it intends to act and has not begun.",
    } in (status["anyOf"])
