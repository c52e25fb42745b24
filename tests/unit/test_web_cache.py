"""The memory of answers, and one run for equal questions."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitgraph.web.cache import Cache, Stored
from commitgraph.web.single_flight import ClientGone, SingleFlight
from tests.aio import run


def stored(size: int) -> Stored:
    return Stored("text/plain", b"x" * size)


COST = stored(100).cost


@given(st.lists(st.tuples(st.text(max_size=3), st.integers(0, 5000)), max_size=60))
def test_the_cache_never_holds_more_than_its_bytes(answers: list[tuple[str, int]]) -> None:
    cache = Cache(10_000)
    for key, size in answers:
        cache.keep(key, stored(size))
        assert sum(answer.cost for answer in cache.values()) <= 10_000


def test_what_was_used_least_recently_leaves_first() -> None:
    cache = Cache(4 * COST)
    for key in "abcd":
        cache.keep(key, stored(100))
    assert cache.get("a")
    cache.keep("e", stored(100))
    assert [key for key in "abcde" if cache.get(key)] == ["a", "c", "d", "e"]


def test_an_answer_that_would_take_most_of_the_room_is_not_kept() -> None:
    cache = Cache(4 * COST)
    cache.keep("small", stored(100))
    cache.keep("large", stored(101))
    assert list(cache) == ["small"]


def test_all_codings_of_an_answer_stay_within_its_cost() -> None:
    words = Stored("text/plain", b"".join(b"%d words of many kinds\n" % n for n in range(20_000)))
    coded = [run(words.coded(coding))[1] for coding in ("br", "gzip", "identity")]
    assert sum(map(len, coded)) <= words.cost


async def _stays() -> dict[str, str]:
    await asyncio.Event().wait()
    raise AssertionError


async def _leaves() -> dict[str, str]:
    return {"type": "http.disconnect"}


def test_equal_questions_share_a_run_which_ends_with_the_last_client() -> None:
    async def use() -> tuple[list[int], bool]:
        flights = SingleFlight[int]()
        started: list[asyncio.Event] = []
        ended = asyncio.Event()

        async def answer() -> int:
            started.append(asyncio.Event())
            await asyncio.sleep(0)
            return len(started)

        async def endless() -> int:
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()
            return 0

        answers = await asyncio.gather(*(flights.join("key", answer, _stays) for _ in range(5)))
        with pytest.raises(ClientGone):
            await flights.join("other", endless, _leaves)
        async with asyncio.timeout(60):
            await ended.wait()
        return answers, ended.is_set()

    assert run(use()) == ([1] * 5, True)
