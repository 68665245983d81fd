"""How long the texts take to be read, told only where that is long."""

from __future__ import annotations

TOLD_FROM = 30.0
"""Seconds; a reading that lasts longer altogether is told of. A choice."""
# Seconds of reading that say how fast it is: before, a first second would speak for minutes.
_SEEN = 3.0


class ReadingPace:
    """One reading from ``began`` (seconds of any clock), when ``before`` of its texts were read.

    Its speed counts from the first text it has read: starting takes seconds that do not come again.

    >>> pace = ReadingPace(0.0, 0)
    >>> pace.saw(4.0, 64), pace.saw(8.0, 364)
    (None, None)
    >>> pace.sentence(2_000), pace.sentence(8_000)
    ('', 'Learning what the texts mean: 364 of 8,000. Go on labelling.')
    """

    def __init__(self, began: float, before: int) -> None:
        self.began, self.before = began, before
        self._first: tuple[float, int] | None = None
        self._last = began, before

    def saw(self, now: float, done: int) -> None:
        """That ``done`` texts were read ``now``."""
        if self._first is None and done > self.before:
            self._first = now, done
        self._last = now, done

    def sentence(self, total: int) -> str:
        """The quiet line; "" where all ``total`` texts take no longer than half a minute."""
        now, done = self._last
        if done >= total or now - self.began + self._left(total) <= TOLD_FROM:
            return ""
        return f"Learning what the texts mean: {done:,} of {total:,}. Go on labelling."

    def _left(self, total: int) -> float:
        """Seconds to come; 0 while nothing is known of its speed."""
        now, done = self._last
        if self._first is None or now - self._first[0] < _SEEN or done <= self._first[1]:
            return 0.0
        return (now - self._first[0]) / (done - self._first[1]) * (total - done)
