"""The table in which a page shows an answer: what is left out is told."""

from __future__ import annotations

import pytest

from commitgraph.engine import Result, Term
from commitgraph.web.pages.results import answer, table

ROWS = Result(
    "rows",
    ("party", "partyLabel", "since"),
    tuple({"party": Term("uri", f"urn:{n}"), "partyLabel": Term("literal", f"Party {n}")} for n in range(5)),
)


@pytest.mark.parametrize(("most", "shown", "more"), [(3, 3, 2), (4, 4, 1), (5, 5, 0), (9, 5, 0)])
def test_rows_that_are_left_out_are_counted(most: int, shown: int, more: int) -> None:
    made = table(ROWS, {}, most)
    assert (len(made.rows), made.more) == (shown, more)
    assert answer(ROWS, "SELECT …", {}, most).count == 5


def test_a_label_stands_in_place_of_its_thing_and_nothing_is_made_up() -> None:
    made = table(ROWS, {}, 1)
    assert made.headings == ("party", "since")
    ((party, since),) = made.rows
    assert party is not None
    assert (party.text, party.address) == ("Party 0", "")
    assert since is None
