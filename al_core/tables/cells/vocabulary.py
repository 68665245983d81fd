"""Words for a missing value, and the currencies and units that stand beside numbers."""

from __future__ import annotations

MISSING = (
    *("na", "n/a", "#n/a", "nan", "null", "none", "nil", "?", "-", "--", ".", "missing"),
    *("#null!", "n.a.", "#div/0!", "#value!", "(null)", "<na>", "\\n", "–", "—"),
    *("#ref!", "#num!", "#name?", "#nv", "#wert!", "#zahl!", "#bezug!", "#valeur!", "#valor!"),
    *(
        "---",
        ":",
        "..",
        "...",
        "…",
        "*",
        "n/v",
        "n.v.",
        "n.d.",
        "nd",
        "n/d",
        "nc",
        "n.c.",
        "nr",
        "n.r.",
    ),
    *(
        "s/o",
        "s.o.",
        "s/d",
        "k.a.",
        "k. a.",
        "ka",
        "keine angabe",
        "unbekannt",
        "inconnu",
        "(blank)",
    ),
    *("unknown", "not available", "not applicable", "no data", "nodata", "no value", "blank"),
    *("н/д", "нет данных", "brak", "ei tietoa", "sin dato", "sin datos", "无", "不明", "なし"),
    *(f".{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),  # Stata's kinds of missing
)
MISSING_WORDS = frozenset(MISSING)
DASH = r"^(\p{Sc}|[A-Z]{3})?\s*[-–—]{1,3}\s*(\p{Sc}|[A-Z]{3})?$"
AFFIX = (
    r"(?:[$€£¥₹%‰￥％₽₺₪₩₫฿₴₦¢]|(?:US|AU|NZ|HK|CA|A|C|S|R|NT)\$|USD|EUR|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF"
    r"|JPY|CNY|RMB|INR|RUB|AUD|CAD|NZD|SGD|HKD|ZAR|BRL|MXN|TRY|RON|ILS|KRW|THB|kr\.?|Rs\.?|Fr\.?|zł|Kč"
    r"|Ft|kn|lei|лв\.?|руб\.?|р\.|TL|円|元|万円|원)"
)
UNIT = (
    r"(?:kg|mg|g|t|lbs?|oz|km|cm|mm|m|mi|ft|l|ml|cl|h|hours?|min|mins|minutes|sec|s|ms|days?|weeks?"
    r"|months?|years?|yrs|Tage|Jahre|Stunden|Std\.?|ans|jours|°|°C|°F|kWh|MWh|kW|W|V|Hz|kHz|MHz|GHz"
    r"|kB|MB|GB|TB|km/h|m/s|mph|m²|m³|km²|ha|bar|hPa|ppm|px|pcs|Stk\.?|kcal|kJ|bpm|mmHg|mg/dl|pts?)"
)
