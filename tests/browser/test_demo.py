"""Why it works: plays through 30 answers and back without asking the server for anything."""

from __future__ import annotations

import pytest

from tests.browser.desk_cases import until

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


def test_the_film_on_the_first_page_stands_still_for_who_wants_no_motion_and_can_be_paused(
    server, page
):
    page.set_viewport_size({"width": 420, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    page.goto(server.url)
    count = page.locator(".st-key-film output")
    page.get_by_role("button", name="Play again").wait_for()
    assert count.inner_text() == "32 answers"
    upload = page.locator(".st-key-upload button").first.bounding_box()
    assert upload["y"] + upload["height"] < 800, "the action stands above the fold"
    page.emulate_media(reduced_motion="no-preference")
    page.reload()
    pause = page.get_by_role("button", name="Pause")
    pause.wait_for()
    until(lambda: count.inner_text() == "4 answers", 20)
    pause.click()
    stands = count.inner_text()
    page.wait_for_timeout(1_500)
    assert count.inner_text() == stands != "32 answers"
    page.locator(".st-key-film a").click()
    page.get_by_role("heading", name="Why it works").wait_for()
    sizes = set()
    for path in ("/demo", "/", "/compare"):
        page.goto(server.url + path)
        page.locator(".stMain h1").first.wait_for()
        sizes.add(page.evaluate("getComputedStyle(document.querySelector('.stMain h1')).fontSize"))
    assert len(sizes) == 1, "page titles have one size"
