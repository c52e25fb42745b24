"""Settings from the environment."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from commitgraph.cli import application
from commitgraph.sandbox.limits import Limits, LimitsError, describe


def test_the_environment_overrides_the_defaults() -> None:
    chosen = Limits.from_environment({"COMMITGRAPH_TIMEOUT": "2.5", "COMMITGRAPH_ROWS": " 7 "})
    assert (chosen.timeout, chosen.rows, chosen.answer_bytes) == (2.5, 7, 64 << 20)


@pytest.mark.parametrize("value", ["many", "-1", "0", "1.5", "nan"])
def test_unusable_numbers_name_their_variable(value: str) -> None:
    with pytest.raises(LimitsError, match="COMMITGRAPH_ROWS"):
        Limits.from_environment({"COMMITGRAPH_ROWS": value})


def test_a_time_limit_is_a_real_number() -> None:
    with pytest.raises(LimitsError, match="COMMITGRAPH_TIMEOUT"):
        Limits.from_environment({"COMMITGRAPH_TIMEOUT": "nan"})


def test_the_help_of_the_command_lists_every_setting() -> None:
    text = " ".join(CliRunner().invoke(application(), ["serve", "--help"]).output.split())
    for name, _, meaning in describe():
        assert name in text
        assert meaning in text
    assert "COMMITGRAPH_HOME" in text
