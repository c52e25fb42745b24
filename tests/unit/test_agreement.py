"""The published agreement of two judges is that of the tables beside it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable

import pytest

from commitgraph.home import home

FOLDER = home() / "benchmarks" / "agreement"
CONCEPTS = 41
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="needs a checkout: not part of a wheel")


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def kappa(pairs: list[tuple[str, str]], cases: int) -> float:
    """Cohen's kappa; cases that are not listed are those to which both gave the answer "no"."""
    listed = [*pairs, *[("no", "no")] * (cases - len(pairs))]
    first, second = Counter(a for a, _ in listed), Counter(b for _, b in listed)
    observed = sum(a == b for a, b in listed) / cases
    by_chance = sum(first[answer] * second[answer] for answer in first) / cases**2
    return (observed - by_chance) / (1 - by_chance)


def positive(pairs: list[tuple[str, str]]) -> float:
    both = sum(a == b == "yes" for a, b in pairs)
    return 2 * both / sum((a == "yes") + (b == "yes") for a, b in pairs)


def answers(row: dict[str, str], answer: Callable[[str], str]) -> tuple[str, str]:
    return answer(row["first"]), answer(row["second"])


def published() -> list[list[str]]:
    table = re.findall(r"^\| (.*) \|$", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    return [[cell.strip() for cell in line.split("|")] for line in table[1:]]


def test_the_published_figures_follow_from_the_tables() -> None:
    links, shared, kinds = published()
    judged = rows("links.tsv")
    provisions = {row["provision"] for row in judged}
    cases = len(provisions) * CONCEPTS
    marked = [
        answers(row, lambda told: "yes" if told in ("names", "serves") else "no")
        for row in judged
        if row["concept"] != "-"
    ]
    assert f"({len(provisions)} provisions, {CONCEPTS} concepts each)" in links[0]
    assert links[1:] == [
        f"{cases:,}",
        f"{positive(marked):.1%}".replace("%", " %"),
        f"{kappa(marked, cases):.2f}",
    ]
    pairs = [
        answers(row, lambda told: told.replace("not judged", "none")) for row in rows("correspondences.tsv")
    ]
    related = [("no" if a == "none" else "yes", "no" if b == "none" else "yes") for a, b in pairs]
    assert shared[1:] == [
        str(len(pairs)),
        f"{positive(related):.1%}".replace("%", " %"),
        f"{kappa(related, len(pairs)):.2f}",
    ]
    assert kinds[1:] == [str(len(pairs)), "", f"{kappa(pairs, len(pairs)):.2f}"]


def test_the_agreement_is_good_enough_to_publish_the_judgements() -> None:
    for row in published():
        assert float(row[3]) >= 0.7
        assert not row[2] or float(row[2].removesuffix(" %")) >= 85
