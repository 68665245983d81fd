"""A fast hand and a server that stands still at times: the rows on the screen against the journal.

The page itself presses and writes down what was on the screen: the driver's presses would be too
far apart on a busy machine.
"""

from __future__ import annotations

import pytest

from tests.browser.desk_cases import answers, make_project, open_desk, until

pytestmark = pytest.mark.browser

RECORD = """() => {
  const row = () => document.querySelector(".st-key-row_id")?.innerText
  const words = () => [...document.querySelectorAll(".st-key-desk_keys *")]
    .flatMap((one) => [...(one.shadowRoot?.querySelectorAll("#word, #lost") ?? [])])
    .filter((one) => !one.hidden).map((one) => one.textContent).join(" ")
  window.rows = []
  window.said = []
  window.pressed = []
  const look = () => {
    if (row() && row() !== window.rows.at(-1)) window.rows.push(row())
    if (words() !== window.said.at(-1)?.[1]) window.said.push([performance.now(), words()])
  }
  // after the page's own observers, which put right what is not to be seen
  new MutationObserver(() => queueMicrotask(look)).observe(
    document.body, { subtree: true, childList: true, characterData: true })
  look()
  window.hand = (keys, apart) => new Promise((done) => {
    const timer = setInterval(() => {
      const key = keys.shift()
      if (!key) { clearInterval(timer); return done() }
      window.pressed.push([row(), key, performance.now()])
      document.body.dispatchEvent(new KeyboardEvent(
        "keydown", { key, bubbles: true, composed: true }))
      look()
    }, apart)
  })
}"""
LABELS = {"1": "Billing", "2": "Delivery"}
PRESSES = {5: 60, 10: 100, 20: 140}
"""Presses at so many a second; 300 in all."""


def press_for(page, server, rate: int, n: int) -> None:
    """So many presses at this rate; the server stands still at times, twice for over a second."""
    keys = ["12"[turn % 2] for turn in range(n)]
    page.evaluate(
        "([keys, apart]) => { window.done = false; hand(keys, apart).then(() => done = true) }",
        [keys, 1000 / rate],
    )
    for seconds in (0.3, 1.5, 0.6, 1.2):
        page.wait_for_timeout(900)
        server.hold()
        page.wait_for_timeout(1000 * seconds)
        server.go_on()
    page.wait_for_function("window.done", timeout=60_000)


def said_after(page) -> list[tuple[float, float]]:
    """From when to when a word stood on the page."""
    said = page.evaluate("window.said")
    ends = [at for at, _ in said[1:]] + [float("inf")]
    return [(at, end) for (at, text), end in zip(said, ends, strict=True) if text]


def settled(server, page) -> None:
    """Wait until the server has heard of every press."""
    page.wait_for_timeout(2_500)
    known = -1

    def still() -> bool:
        nonlocal known
        before, known = known, len(answers(server.home))
        page.wait_for_timeout(1_000)
        return before == known

    until(still, 30)


def not_in_journal(presses, journal) -> list[tuple[int, str, float]]:
    """The presses that the journal does not hold for the row that was on the screen, in order."""
    missing, rest = [], list(journal)
    for row, key, at in presses:
        if rest and rest[0] == (int(row), LABELS[key]):
            rest.pop(0)
        else:
            missing.append((int(row), key, at))
    assert rest == [], "the journal holds what nobody pressed"
    return missing


def test_every_press_is_in_the_journal_or_said_not_to_be_and_no_row_comes_back(server, page):
    make_project(server.home, n=1000, budget=100_000)
    open_desk(page, server)
    page.evaluate(RECORD)
    for rate, n in PRESSES.items():
        press_for(page, server, rate, n)
        page.wait_for_timeout(1_500)
    settled(server, page)
    presses = page.evaluate("window.pressed")
    assert len(presses) == sum(PRESSES.values())
    rows = page.evaluate("window.rows")
    assert len(rows) == len(set(rows)), [row for row in rows if rows.count(row) > 1]
    spells = said_after(page)
    missing = not_in_journal(presses, answers(server.home))
    silent = [one for one in missing if not any(a <= one[2] + 60 and b > one[2] for a, b in spells)]
    assert silent == []
    assert len(missing) < len(presses) / 2
