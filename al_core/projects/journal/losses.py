"""What is missing from a journal, in sentences."""

from __future__ import annotations

from datetime import datetime

from al_core.projects.journal.looking import Reading
from al_core.projects.journal.recorded import kind_of
from al_core.projects.journal.store import ANSWERS
from al_core.wording import and_more, count

_MOST_SPANS = 3  # a choice: so many times are told, and how many more there are


def losses(reading: Reading) -> str:
    """Sentences on what is missing or was left out; "" where nothing is known to be."""
    said = []
    if spans := _spans(reading):
        said.append(_missing(reading, spans))
    if reading.other:
        said.append(
            f"What stands from entry {reading.other:,} on belongs to another state of the journal "
            "and was left out."
        )
    if reading.changed:
        said.append(
            "Something among the older entries is not as it was written, and which cannot be told: "
            "look at the answers once more."
        )
    return " ".join(said)


def is_behind(reading: Reading) -> bool:
    """Whether the note beside the journal knows of later events than the journal holds."""
    return reading.noted is not None and reading.noted.last > reading.last_id


def _spans(reading: Reading) -> list[tuple[int, str, str]]:
    """(how many entries, time before, time after) of all that is missing, in order."""
    spans = [(hole.last - hole.first + 1, hole.after, hole.before) for hole in reading.holes]
    if reading.noted and is_behind(reading) and reading.events:
        last = reading.events[-1]
        spans.append((reading.noted.last - last.id, last.at, reading.noted.at))
    return spans


def _missing(reading: Reading, spans: list[tuple[int, str, str]]) -> str:
    entries = sum(n for n, _, _ in spans)
    times = [_time(after, before) for _, after, before in spans]
    more = and_more(len(times) - _MOST_SPANS)
    when = ", ".join([*times[:_MOST_SPANS], *([more] if more else [])])
    answers = _answers_missing(reading)
    if answers is None:
        return f"{count(entries, 'entry is', 'entries are')} not there ({when})."
    if answers <= 0:
        return f"No answer is missing; {count(entries, 'other entry is', 'other entries are')}."
    return f"{count(answers, 'answer is', 'answers are')} not there ({when})."


def _answers_missing(reading: Reading) -> int | None:
    """How many answers were once there and are not; None where nobody noted how many there were."""
    if reading.noted is None:
        return None
    here = sum(kind_of(e.event) in ANSWERS and e.id <= reading.noted.last for e in reading.events)
    return reading.noted.answers - here


def _time(after: str, before: str) -> str:
    """From when to when, by the clock of this computer."""
    one, two = _clock(after), _clock(before)
    if one and two and one[:10] == two[:10]:
        return f"of {one} to {two[11:]}"
    if one and two:
        return f"of {one} to {two}"
    return f"after {one}" if one else f"before {two}" if two else "at an unknown time"


def _clock(at: str) -> str:
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return ""
