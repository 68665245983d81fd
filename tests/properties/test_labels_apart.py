"""Labels of a chooser: whatever the options, no two look alike, and none is too long."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from pages.components.choosing.choose import marked_up
from pages.components.choosing.told_apart import detailed, look, told_apart

LETTERS = st.text(
    st.sampled_from("ab \u200b\u00a0\n\u00e9e\u0301A*_(2)…👍\u200d\ufe0f"), max_size=40
)
BEGINNINGS = st.sampled_from(["", "a" * 39, "one answer that goes on " * 3, "(blank)", "twin"])
TEXTS = st.builds(str.__add__, BEGINNINGS, st.one_of(LETTERS, st.text(max_size=30)))
OPTIONS = st.lists(TEXTS, unique=True, max_size=30)


@given(OPTIONS, st.integers(12, 70), st.integers(12, 70))
@example(["a" * 60 + "b" * n for n in range(20)], 60, 28)
@example(["twin", "twin ", "twin\u200b", "twin (2)", "twin  (3)"], 60, 28)
@example(["", " ", "(blank)"], 40, 40)
def test_labels_look_different_within_what_is_seen_and_are_short(
    options: list[str], limit: int, sight: int
) -> None:
    labels = told_apart(options, limit, sight)
    assert len(labels) == len(options)
    assert all(len(label) <= limit for label in labels)
    seen = [look(label[: min(sight, limit)]) for label in labels]
    assert len(set(seen)) == len(options)
    assert all(seen)


@given(OPTIONS)
def test_labels_for_markdown_stay_different_and_lose_no_sign(options: list[str]) -> None:
    words = marked_up(options)
    shown = [re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", label) for label in words.values()]
    assert len({look(label) for label in shown}) == len(options)


@given(st.lists(st.from_regex(r"[a-z]{1,12}", fullmatch=True), unique=True, max_size=12))
def test_what_fits_and_is_unlike_the_others_stays_as_it_is(options: list[str]) -> None:
    assert told_apart(options, 12) == options


def test_long_options_keep_the_place_where_they_differ() -> None:
    beginning = "How satisfied are you, all things considered, with the "
    labels = told_apart([beginning + "price of the parcel", beginning + "service"], 60, 28)
    assert labels == ["How satis…price of the parcel", "How satis…service"]


def test_options_that_differ_in_two_places_show_each_what_tells_it_from_its_likes() -> None:
    pairs = [f"{first * 40} then {second}" for first in "ab" for second in ("one", "two")]
    assert [label[-3:] for label in told_apart(pairs, 20)] == ["one", "two", "one", "two"]


def test_a_number_stands_only_where_nothing_can_be_seen_to_differ() -> None:
    assert told_apart(["yes", "yes\u200b", "Yes"]) == ["yes", "yes (2)", "Yes"]


def test_details_are_added_to_names_that_are_alike_and_only_those_that_differ() -> None:
    names = detailed(["x", "x", "x", "y"], ["1", "2", "2", "1"], ["now", "then", "now", "now"])
    assert names == ["x · 1", "x · 2 · then", "x · 2 · now", "y"]
