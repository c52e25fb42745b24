"""From what a person types to the thing that is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitgraph.dataset import load
from commitgraph.engine import Embedded
from commitgraph.find.names import LookupFailed, resolve
from commitgraph.iris import local

ENGINE = Embedded(load().store)


@pytest.mark.parametrize(
    ("kind", "text", "slug"),
    [
        ("party", "microsoft", "microsoft"),
        ("party", "Microsoft", "microsoft"),
        ("party", "https://w3id.org/commitgraph/id/party/microsoft", "microsoft"),
        ("party", "Telefonica", "telefonica"),
        ("party", "TELEFÓNICA", "telefonica"),
        ("party", "GSM Association", "gsma"),
        ("party", "零一万物", "01-ai"),
        ("party", "Q2283", "microsoft"),
        ("party", "South Korea", "kr"),
        ("instrument", "A/RES/78/265", "unga-res-78-265"),
        ("instrument", "Seoul Pledge", "seoul-ai-business-pledge"),
        ("topic", "watermarking", "content-provenance"),
        ("provision", "seoul-ai-business-pledge/a1-3", "seoul-ai-business-pledge/a1-3"),
    ],
)
def test_every_listed_name_is_understood(engine: Embedded, kind: str, text: str, slug: str) -> None:
    assert local(resolve(engine, kind, text)) == slug  # type: ignore[arg-type]


def test_a_typo_gets_the_nearest_name(engine: Embedded) -> None:
    with pytest.raises(LookupFailed, match=r"none named 'Mircosoft'. Did you mean microsoft \(Microsoft\)"):
        resolve(engine, "party", "Mircosoft")


def test_a_thing_of_another_kind_is_refused(engine: Embedded) -> None:
    with pytest.raises(LookupFailed, match="expected an instrument"):
        resolve(engine, "instrument", "https://w3id.org/commitgraph/id/party/microsoft")


@given(st.text(max_size=30))
def test_any_text_is_either_a_thing_or_a_clear_error(text: str) -> None:
    try:
        assert resolve(ENGINE, "party", text).startswith("https://w3id.org/commitgraph/id/party/")
    except LookupFailed as error:
        assert "party" in str(error)
