"""The fuzzing itself works: what `just fuzz` calls is tried with a few inputs."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from commitgraph.disclosure.reading.notations import EXTENSIONS
from tests.fuzz import run

needs_atheris = pytest.mark.skipif(find_spec("atheris") is None, reason=run.MISSING)


def test_every_notation_has_a_target_with_seeds() -> None:
    targets = {f".{target}" for target in run.TARGETS}
    assert targets == set(EXTENSIONS) - {".yml"} | {".judge"}
    assert all(content for target in run.TARGETS for _, content in run.seeds(target))
    assert {name.partition("-")[0] for name, _ in run.seeds("judge")} == set(run.TARGETS) - {"judge"}


@needs_atheris
def test_a_reader_is_fuzzed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "KEPT", tmp_path)
    target, executions, fault = run.fuzz("json", seconds=60, runs=40)
    assert (target, fault) == ("json", "")
    assert executions >= 40
    assert list((tmp_path / "json").iterdir()), "what reached something new is kept"


@needs_atheris
def test_a_fault_is_told_and_ends_with_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "KEPT", tmp_path)
    monkeypatch.setattr(run, "MEMORY", 20)  # less than any reader has
    assert run.main(["json", "--seconds", "60"]) == 1
    told = capsys.readouterr().out
    assert "FAULT" in told
    assert "out-of-memory" in told


def test_without_atheris_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "find_spec", lambda _: None)
    assert run.main([]) == 0
    assert "pip install -e '.[test,fuzz]'" in capsys.readouterr().out


def test_a_target_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run.main(["docx"])
    assert "got docx" in capsys.readouterr().err
