"""Own words: which run of words two texts share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commitgraph.proof.own_words import Words, longest_shared_run

words = st.lists(st.sampled_from(["ai", "safe", "we", "commit", "to", "test", "it"]), max_size=12)


@given(words, words)
def test_the_run_stands_in_both_and_none_is_longer(own: list[str], source: list[str]) -> None:
    run = longest_shared_run(Words.of(" ".join(own)), Words.of(" ".join(source)))
    longest = max(
        (
            length
            for length in range(1, len(own) + 1)
            for start in range(len(own) - length + 1)
            if _stands(own[start : start + length], source)
        ),
        default=0,
    )
    assert len(run.words if run else ()) == longest
    if run:
        assert _stands(list(run.words), own)
        assert _stands(list(run.words), source)


def _stands(run: list[str], text: list[str]) -> bool:
    return any(text[at : at + len(run)] == run for at in range(len(text) - len(run) + 1))


def test_case_punctuation_and_quotes_do_not_hide_a_run() -> None:
    run = longest_shared_run(
        Words.of("that the party’s risks, are “known”"), Words.of("THE PARTY'S RISKS are known")
    )
    assert run is not None
    assert str(run) == "the party's risks are known"
