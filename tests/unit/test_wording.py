"""Words: how force, acts and dates are told."""

from __future__ import annotations

import pytest

from commitgraph.domain import phrases
from commitgraph.domain.provisions import provision
from commitgraph.domain.standing import adherence
from commitgraph.engine import Embedded
from commitgraph.iris import thing
from commitgraph.web.pages import wording


@pytest.mark.parametrize(
    ("pid", "said"),
    [
        (
            "seoul-ai-business-pledge/p-ack-1",
            "It says “acknowledge”: this is acknowledged, and nobody is asked to act.",
        ),
        ("eu-ai-pact-2024/opt-label", "It says “may pledge”: the signatories may choose to do this."),
        (
            "coe-ai-framework-convention/a4",
            "It says “shall adopt or maintain”: parties to the treaty must do this, as it is worded.",
        ),
        ("seoul-ai-business-pledge/p-uphold", "It says “commit to upholding”: the signatories"),
    ],
)
def test_force_is_a_sentence(engine: Embedded, pid: str, said: str) -> None:
    found = provision(engine, thing("provision", *pid.split("/")))
    assert found
    assert wording.force(found).startswith(said)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("seoul-ai-business-pledge/cisco", "Cisco joined the Seoul AI Business Pledge on 11 July 2024."),
        (
            "coe-ai-framework-convention/al",
            "Albania signed the Council of Europe Framework Convention on AI on 15 June 2026.",
        ),
    ],
)
def test_an_adherence_is_a_sentence(engine: Embedded, path: str, said: str) -> None:
    found = adherence(engine, thing("adherence", *path.split("/")))
    assert found
    assert phrases.sentence(found) == said


def test_a_citation_holds_sentence_source_day_version_and_link(engine: Embedded) -> None:
    found = adherence(engine, thing("adherence", "seoul-ai-business-pledge", "kakao"))
    assert found
    text = phrases.citation(found, "abc")
    assert text.startswith("Kakao signed the Seoul AI Business Pledge on 22 May 2024. Source: ")
    assert "read 21 November 2026" in text
    assert text.endswith(f"data version abc, {found.iri}")
