"""The README is true: its numbers are computed, its commands exist."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest

from commitgraph.engine import Embedded
from commitgraph.home import home
from commitgraph.views.stats import stats
from tests.command.runner import run

README = (home() / "README.md").read_text(encoding="utf-8") if (home() / "README.md").is_file() else ""
pytestmark = pytest.mark.skipif(not README, reason="needs a checkout: the README is not part of a wheel")

COMMANDS = [
    re.split(r"\s{2,}#", line)[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("commitgraph ")
]


def test_the_numbers_of_the_readme_are_those_of_the_graph(engine: Embedded) -> None:
    counts = stats(engine)
    told = dict(re.findall(r"^\| ([a-z ]+) \| ([\d,]+) \|$", README, re.MULTILINE))
    assert len(told) > 5
    assert {name: int(number.replace(",", "")) for name, number in told.items()} == {
        name: counts[name] for name in told
    }


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_of_the_readme_run(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home())
    # What a command writes to a file, it writes to standard output first.
    done = run(*shlex.split(command.partition(" > ")[0])[1:])
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_python_of_the_readme_runs() -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code
    done = subprocess.run([sys.executable, "-c", code[1]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
