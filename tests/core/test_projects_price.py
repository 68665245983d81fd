"""A wage or the price of a label, as people type it, and what rows come to."""

from __future__ import annotations

import pytest

from al_core.errors import SettingsError
from al_core.projects import Price, parse_price


@pytest.mark.parametrize(
    ("typed", "price"),
    [
        ("35 an hour", Price(35.0, True, "{}")),
        ("\u20ac 35/h", Price(35.0, True, "\u20ac{}")),
        ("EUR 1.250,50 per hour", Price(1250.5, True, "EUR {}")),
        ("0,20 a label", Price(0.2, False, "{}")),
        ("0.20 USD per row", Price(0.2, False, "{} USD")),
        ("  ", None),
    ],
)
def test_a_wage_and_a_price_are_read_as_people_type_them(typed: str, price: Price | None) -> None:
    assert parse_price(typed) == price


@pytest.mark.parametrize("typed", ["35", "a lot", "35 an hour and more", "-3 an hour"])
def test_other_words_are_refused_with_an_example(typed: str) -> None:
    with pytest.raises(SettingsError, match="Type a wage or the price of a label"):
        parse_price(typed)


def test_a_wage_needs_a_pace_and_a_price_of_a_label_does_not() -> None:
    assert Price(36.0, True, "{} EUR").worth(100, 30.0) == "30 EUR"
    assert Price(36.0, True, "{} EUR").worth(100, None) == ""
    assert Price(0.2, False, "\u20ac{}").worth(51, None) == "\u20ac10.20"
