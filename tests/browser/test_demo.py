"""Why it works: plays through 30 answers and back without asking the server for anything."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def demo(server, page):
    page.goto(f"{server.url}/demo")
    page.locator("#count").wait_for(timeout=60_000)
    return page


def answers(page) -> int:
    return int(page.locator("#count").inner_text().split()[0])


def drawn(page, side: str) -> str:
    return page.evaluate(f"() => ({canvas(page, side)}).toDataURL()")


def canvas(page, side: str) -> str:
    # the pictures stand in a shadow root
    return (
        "[...document.querySelectorAll('*')].filter(e => e.shadowRoot)"
        f".map(e => e.shadowRoot.querySelector('#{side}')).find(Boolean)"
    )


def test_both_pictures_are_drawn_at_once(demo):
    assert answers(demo) == 30
    for side in ("random", "chosen"):
        assert len(drawn(demo, side)) > 5_000
        assert "in 100" in demo.locator(f"#score-{side}").inner_text()


def test_it_plays_through_thirty_answers_and_steps_back(demo):
    requests = []
    demo.locator("#play").click()
    demo.wait_for_function(f"() => {reads_count('>= 5')}")
    demo.on("request", lambda request: requests.append(request.url))
    demo.wait_for_function(f"() => {reads_count('>= 30')}", timeout=60_000)
    demo.locator("#play").click()
    reached = answers(demo)
    shown = drawn(demo, "chosen")
    for _ in range(reached - 2):
        demo.locator("#back").click()
    assert answers(demo) == 2
    assert drawn(demo, "chosen") != shown
    for _ in range(reached - 2):
        demo.locator("#forth").click()
    assert drawn(demo, "chosen") == shown
    assert not [url for url in requests if "_stcore/stream" not in url]


def reads_count(test: str) -> str:
    found = (
        "[...document.querySelectorAll('*')].filter(e => e.shadowRoot)"
        ".map(e => e.shadowRoot.querySelector('#count')).find(Boolean)"
    )
    return f"parseInt({found}?.textContent) {test}"


def test_keys_step_and_play(demo):
    demo.keyboard.press("ArrowRight")
    assert answers(demo) == 31
    demo.keyboard.press("ArrowLeft")
    demo.keyboard.press("ArrowLeft")
    assert answers(demo) == 29
    demo.keyboard.press("p")
    demo.wait_for_function(f"() => {reads_count('> 29')}")
    demo.keyboard.press("p")
    assert demo.locator("#play").inner_text() == "Play"


def test_the_slider_moves_the_pictures_and_the_sentence(demo):
    before = demo.locator("#verdict").inner_text()
    demo.locator("#answers").fill("10")
    assert answers(demo) == 10
    assert demo.locator("#verdict").inner_text() != before
    assert "With 10 answers" in demo.locator("#verdict").inner_text()


def test_f_presents_without_menus_and_leaves_again(demo):
    demo.keyboard.press("f")
    demo.wait_for_function("() => document.fullscreenElement !== null")
    demo.keyboard.press("f")
    demo.wait_for_function("() => document.fullscreenElement === null")


def test_the_chessboard_says_that_it_loses_and_another_run_is_another(demo):
    shown = drawn(demo, "chosen")
    demo.locator(".st-key-another_run button").click()
    demo.wait_for_function(f"shown => ({canvas(demo, 'chosen')}).toDataURL() !== shown", arg=shown)
    demo.get_by_text("Chessboard: here it loses").click()
    demo.get_by_text("Here it loses: it stays").wait_for()
