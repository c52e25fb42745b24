"""The asking verbs, run as a user runs them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commitgraph.dataset.turtle import header
from commitgraph.home import home
from tests.command.runner import run
from tests.expected import signatories
from tests.graphs import small_graph


def test_who_prints_the_companies_with_dates_modes_sources_and_the_gap() -> None:
    done = run("who", "seoul-ai-business-pledge")
    assert done.returncode == 0
    assert f"Seoul AI Business Pledge: {len(signatories('seoul-ai-business-pledge'))}" in done.stdout
    assert "Cisco\t2024-07-11\tjoined later\t\ttwo or more sources tell of it" in done.stdout
    page = next(line for line in done.stdout.splitlines() if line.startswith("List: list on the pledge page"))
    assert "does not claim to be complete" in page
    assert "exactly where IBM and NAVER would stand" in page
    assert "http://aiseoulsummit.kr/kor/press/?uid=43&mod=document> (read 2026-11-21)" in done.stdout


def test_who_says_whom_a_list_lacks() -> None:
    said = run("who", "unesco-private-sector-commitment-2024").stdout
    assert "7 names, lacks Mastercard." in said


def test_who_as_json_carries_every_source() -> None:
    data = json.loads(run("who", "Seoul Pledge", "--format", "json").stdout)
    assert {a["party"] for a in data["adherents"]} == signatories("seoul-ai-business-pledge")
    assert all(a["sources"] for a in data["adherents"])


def test_pledges_keeps_what_was_signed_apart_from_what_is_only_named() -> None:
    out = run("pledges", "kakao").stdout
    signed, named = out.split("By reference only")
    assert "Seoul AI Business Pledge\t2024-05-22\tsigned" in signed
    assert "Hiroshima" not in signed
    for text in ("Hiroshima Process International Code of Conduct", "A/RES/78/265", "Frontier AI Safety"):
        line = next(line for line in named.splitlines() if text in line)
        assert "\twill try\t" in line


def test_compare_shows_what_is_shared() -> None:
    out = run("compare", "microsoft", "lg-ai-research", "salesforce").stdout
    assert "2 instruments in common" in out
    assert "Seoul AI Business Pledge\tyes" in out
    assert "UNESCO company commitment on ethical AI\tyes" in out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["who", "nonsense"], 1, "expected an instrument, found none named 'nonsense'"),
        (["who", "seoul-ai-business-pledge", "--as-of", "yesterday"], 2, "expected a day as YYYY-MM-DD"),
        (["compare", "microsoft", "seoul-ai-business-pledge"], 1, "either parties or instruments, not both"),
        (["compare", "microsoft", "microsoft"], 2, "two or more different"),
        (["search", "qqqqqqqq"], 1, "found nothing"),
        (["who"], 2, "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_said_plainly(arguments: list[str], code: int, message: str) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_every_verb_has_help_with_an_example() -> None:
    verbs = [
        line.split()[0] for line in run("--help").stdout.split("Commands:")[1].splitlines() if line.strip()
    ]
    assert "who" in verbs
    for verb in verbs:
        # A verb with verbs of its own has an example for each of them.
        below = ("instrument", "party", "roll") if verb == "new" else ("",)
        for noun in below:
            words = f"{verb} {noun}".split()
            assert "Example: commitgraph " + " ".join(words) in run(*words, "--help").stdout, words


def test_refusals_partial_and_ended_standings_are_told() -> None:
    out = run("who", "eu-gpai-code-of-practice-2025").stdout
    assert "xAI\t2025-07-31\tsigned, in part\t" in out
    lawise = next(line for line in out.splitlines() if line.startswith("Lawise\t"))
    assert "31 July 2026" in lawise
    assert "withdr" not in lawise
    assert "Refused: Meta (2025-07-18) [" in out
    assert "Refused: EU GPAI Code of Practice (2025-07-18)" in run("pledges", "meta").stdout


def test_in_a_process_of_its_own_the_command_says_and_exits_the_same() -> None:
    for arguments in (["who", "nonsense"], ["compare", "microsoft", "microsoft"], ["version"]):
        command = [sys.executable, "-m", "commitgraph", *arguments]
        there, here = subprocess.run(command, capture_output=True, text=True, check=False), run(*arguments)
        assert (there.returncode, there.stdout, there.stderr) == (here.returncode, here.stdout, here.stderr)


def test_a_name_of_two_parties_lists_both_and_is_no_answer(tmp_path: Path) -> None:
    folder = small_graph(tmp_path / "graph")
    shutil.copy(home() / "data" / "prefixes.ttl", folder / "data")
    (folder / "data" / "parties" / "twins.ttl").write_text(
        header()
        + '<party/one> a cg:Company ; rdfs:label "Twin" .\n<party/two> a cg:Company ; rdfs:label "Twin" .\n',
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "commitgraph", "pledges", "Twin"],
        env={**os.environ, "COMMITGRAPH_HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "stands for more than one party: one (Twin), two (Twin)" in done.stderr
