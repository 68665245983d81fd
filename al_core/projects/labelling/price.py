"""What a label costs: a wage or the price of a label, typed in one field."""

from __future__ import annotations

import re
from dataclasses import dataclass

from al_core.errors import SettingsError

EXAMPLE = "35 an hour, or 0.20 a label"
_CURRENCY = r"[^\W\d_]{1,4}\.?|[€$£¥₹]"
_PRICE = re.compile(
    rf"\s*(?P<before>{_CURRENCY})?\s*(?P<number>\d[\d.,]*)\s*(?P<after>{_CURRENCY})?"
    r"\s*(?:an?\b|per\b|the\b|/)\s*(?P<unit>hours?|hrs?|h|labels?|rows?|answers?)\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Price:
    """A wage (``hourly``) or the price of a label. ``money`` has a {} where the amount goes."""

    amount: float
    hourly: bool
    money: str

    def worth(self, rows: int, seconds: float | None) -> str:
        """What so many rows cost; "" for a wage where no pace is known.

        >>> parse_price("€36 an hour").worth(100, 30), parse_price("0.20 a label").worth(51, None)
        ('€30', '10.20')
        """
        if self.hourly and seconds is None:
            return ""
        each = self.amount * (seconds or 0) / 3600 if self.hourly else self.amount
        total = rows * each
        return self.money.format(f"{total:,.0f}" if total >= 20 else f"{total:,.2f}")


def parse_price(text: str) -> Price | None:
    """A wage or a price as a person types it; None for a blank. SettingsError for other words.

    >>> parse_price("35 EUR/h")
    Price(amount=35.0, hourly=True, money='{} EUR')
    >>> parse_price("0,20 a label").amount
    0.2
    """
    if not text.strip():
        return None
    found = _PRICE.fullmatch(text)
    number = _number(found["number"]) if found else None
    if found is None or number is None:
        raise SettingsError(
            f"Got {text.strip()!r}. Type a wage or the price of a label: {EXAMPLE}."
        )
    before, after = found["before"] or "", found["after"] or ""
    space = " " if before[-1:].isalpha() else ""
    money = f"{before}{space}{{}}" if before else f"{{}} {after}".rstrip()
    return Price(number, found["unit"].lower().startswith("h"), money)


def _number(text: str) -> float | None:
    """The last comma or point parts the decimals, unless three digits follow it."""
    plain_text = re.sub(r"[.,](?=\d{3}(?:[.,]|$))", "", text).replace(",", ".")
    try:
        return float(plain_text)
    except ValueError:
        return None
