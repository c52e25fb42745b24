"""Passages: any copy of a source proves them, and a changed word does not pass."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commitgraph.domain.fragment import LONGEST_EDGE, Fragment
from commitgraph.proof.passage import (
    Copy,
    digest,
    find,
    fragment_for,
    nearest,
    normal_form,
)

TEXT = """Preamble. We, the companies, agree on the following words for the sake of testing.

1. We will look after efficient and “fair” systems, in particular by
   (a) testing them before each release, and (b) saying in public what the tests have shown.
2. We will look after the people who work on them, and see that naïve coöperation is not left to chance.
"""
PASSAGE = TEXT[TEXT.index("We will look") : TEXT.index(", and (b)")]

# Neither markup nor references: those are read on purpose (see the tests below).
plain = st.text(alphabet=st.characters(exclude_characters="<&", exclude_categories=["Cs"]), max_size=60)


@given(plain)
@example("각 ᄀ" + "ᅡ")
@example("ｶﾞ and ガ")
@example("ಕೊ ಕ\u0cca")
@example("\u00df\u0345 ﬃ Å")
@settings(max_examples=500)
def test_a_copy_has_the_normal_form_of_its_text(text: str) -> None:
    assert Copy.of(text).form == normal_form(text)


@given(plain)
def test_the_normal_form_keeps_letters_marks_and_numbers_only(text: str) -> None:
    assert all(unicodedata.category(character)[0] in "LMN" for character in normal_form(text))


@given(st.data())
def test_a_passage_is_found_in_a_copy_that_is_wrapped_and_typed_otherwise(data: st.DataObject) -> None:
    words = TEXT.split()
    gaps = data.draw(
        st.lists(
            st.sampled_from([" ", "\n", "  \r\n ", "\u00a0", "\u00ad ", ""]),
            min_size=len(words),
            max_size=len(words),
        )
    )
    other = "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    change = data.draw(st.sampled_from([str.upper, str.lower, _ligatures, _decomposed, _straight_quotes]))
    copy = Copy.of(change(other))
    match = find(copy, digest(PASSAGE), len(normal_form(PASSAGE)))
    assert match is not None
    assert normal_form(copy.words(match.start, match.length)) == normal_form(PASSAGE)


def _ligatures(text: str) -> str:
    return text.replace("ffi", "ﬃ").replace("fi", "ﬁ")


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _straight_quotes(text: str) -> str:
    return text.replace("“", '"').replace("”", '"')


@given(st.integers(0, len(PASSAGE.split()) - 1), st.sampled_from(["not", "never", "x"]))
def test_a_changed_word_is_not_found(place: int, word: str) -> None:
    words = PASSAGE.split()
    words[place] = word
    changed = TEXT.replace(PASSAGE, " ".join(words))
    assert find(Copy.of(changed), digest(PASSAGE), len(normal_form(PASSAGE))) is None


def test_the_words_of_a_match_are_the_words_of_the_copy_to_the_last_mark() -> None:
    copy = Copy.of("before — " + unicodedata.normalize("NFD", "tout va bien à côté du café") + ", after")
    wanted = unicodedata.normalize("NFD", "tout va bien à côté du café")
    match = find(copy, digest(wanted), len(normal_form(wanted)))
    assert match is not None
    assert copy.words(match.start, match.length) == wanted


def test_markup_and_character_references_do_not_count() -> None:
    page = (
        "<html><head><style>p { color: red }</style><script>let testing = 1 < 2;</script></head>\n"
        "<p>1.&nbsp;We will look <b>after</b> e&#xFB03;cient and &ldquo;fair&rdquo; systems, in particular by"
        "<br>(a) testing them before each release, and more</p>"
    )
    copy = Copy.of(page)
    match = find(copy, digest(PASSAGE), len(normal_form(PASSAGE)))
    assert match is not None
    assert match.line == 2
    assert "color" not in copy.text


def test_a_less_than_sign_is_not_markup() -> None:
    assert "1 < 2" in Copy.of("1 < 2 and 3 > 2").text


def test_nearest_says_where_the_passage_should_stand_and_what_differs() -> None:
    fragment = Fragment("We will look after efficient", "each release")
    length = len(normal_form(PASSAGE))
    longer = nearest(Copy.of(TEXT.replace("testing them", "testing all of them")), length, fragment)
    assert longer.line == 3
    assert longer.reason == f"{length + 5} letters and digits stand here, the passage has {length}"
    other = nearest(Copy.of(TEXT.replace("testing them", "tasting them")), length, fragment)
    assert (other.line, other.reason) == (
        3,
        "as many letters and digits as the passage, but other words",
    )
    gone = nearest(Copy.of("Something else altogether."), length, fragment)
    assert (gone.line, gone.reason) == (None, "the first words of the passage are not in this copy")


def test_a_prefix_leads_to_the_second_place_where_the_same_words_stand() -> None:
    copy = Copy.of(TEXT)
    wanted = "We will look after the people who work on them"
    start = copy.form.index(normal_form(wanted))
    fragment = fragment_for(copy, start, len(normal_form(wanted)))
    near = nearest(copy, len(normal_form(wanted)), fragment)
    assert near.line == 5


@given(st.integers(0, 60), st.integers(24, 120))
def test_a_fragment_points_at_its_own_stretch_and_stays_short(start: int, length: int) -> None:
    copy = Copy.of(TEXT)
    try:
        fragment = fragment_for(copy, start, length)
    except ValueError:
        return
    assert max(len(fragment.start), len(fragment.end), len(fragment.prefix)) <= LONGEST_EDGE
    assert Fragment.parse(str(fragment)) == fragment


@given(st.builds(Fragment, plain.filter(bool), plain, plain))
def test_a_fragment_survives_being_written_and_read(fragment: Fragment) -> None:
    assert Fragment.parse(str(fragment)) == fragment


@pytest.mark.parametrize("value", ["", "text=We", ":~:text=", ":~:text=a,b,c", "#:~:text=We"])
def test_what_is_no_fragment_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        Fragment.parse(value)


def test_numbers_count_in_a_passage() -> None:
    assert normal_form("Article 5, § 2 (①)") == "article521"
    assert digest("within 30 days") != digest("within 90 days")
