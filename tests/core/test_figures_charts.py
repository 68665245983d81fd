"""The charts show what the records hold, no more, and no foreign text as HTML."""

import numpy as np
import pytest

from al_core.figures import (
    class_counts,
    comparison_chart,
    learning_curve,
    mixups,
    on_dark,
    run_and_band,
    small_multiples,
)
from al_core.learning.records import Band, Baseline, Round

NO_ROWS = np.array([], dtype=np.intp)


def a_round(n: int, score: float, error: str = "") -> Round:
    return Round(n, score, NO_ROWS, score - 0.1, score + 0.1, 40, 0.01, error)


def a_band(name: str = "random", upto: int = 30, n_runs: int = 5) -> Band:
    n = np.arange(10, upto + 1, 10)
    middle = np.linspace(0.6, 0.8, len(n))
    return Band(name, n, middle, middle - 0.05, middle + 0.05, n_runs)


ROUNDS = [a_round(10, 0.6), a_round(20, 0.7), a_round(40, 0.82)]


def line_named(figure, name):
    return next(t for t in figure.data if t.name == name and t.fill is None)


def test_a_live_curve_has_its_range_and_ends_where_its_rounds_end():
    area, line = learning_curve(ROUNDS).data
    assert list(line.x) == [10, 20, 40]
    assert list(line.y) == [60.0, 70.0, 82.0]
    assert max(area.y) == 92.0
    assert min(area.y) == 50.0
    assert line.customdata[0] == [50.0, 70.0]


def test_the_random_band_ends_before_the_curve_does():
    figure = learning_curve(ROUNDS, Baseline(random=a_band(upto=20)))
    random = line_named(figure, "Same start, then random rows")
    assert list(random.x) == [10, 20]


def test_a_rehearsal_draws_this_run_bold_over_the_band_of_its_repeats():
    figure = learning_curve(ROUNDS, Baseline(random=a_band(), active=a_band("margin", n_runs=5)))
    run = line_named(figure, "Chosen by the app, this run")
    band = line_named(figure, "Chosen by the app, 5 repeats")
    assert run.line.width > band.line.width
    assert len([t for t in figure.data if t.fill == "toself"]) == 2


@pytest.mark.parametrize(("begins", "side"), [(10, "left"), (30, "right")])
def test_where_meaning_begins_is_marked_with_its_words_on_the_side_with_more_room(begins, side):
    figure = learning_curve(ROUNDS, meaning_from=begins)
    [mark], [words] = figure.layout.shapes, figure.layout.annotations
    assert mark.x0 == mark.x1 == begins
    assert words.text == "from here on chosen by meaning"
    assert words.xanchor == side
    assert on_dark(figure).layout.shapes[0].line.color != mark.line.color is not None
    assert not learning_curve(ROUNDS, meaning_from=0).layout.shapes


def test_a_failed_round_is_not_drawn():
    figure = learning_curve([*ROUNDS, a_round(50, float("nan"), "the model failed")])
    assert list(figure.data[-1].x) == [10, 20, 40]


def test_a_curve_of_nothing_is_an_empty_chart():
    assert len(learning_curve([]).data) == 0


def test_lines_differ_by_more_than_their_colour():
    names = ["random", "margin", "entropy", "least_confidence", "density", "committee"]
    figure = comparison_chart({name: a_band(name) for name in names})
    lines = [t for t in figure.data if t.fill is None]
    assert len({(t.line.dash, t.marker.symbol) for t in lines}) == len(names)
    assert lines[0].name == "random"


def test_a_strategy_keeps_its_style_while_random_has_no_numbers_yet():
    alone = comparison_chart({"margin": a_band("margin")})
    both = comparison_chart({"random": a_band(), "margin": a_band("margin")})
    assert line_named(alone, "margin").line == line_named(both, "margin").line


def test_the_target_is_drawn_where_it_was_set():
    figure = comparison_chart({"random": a_band()}, target=0.9)
    assert figure.layout.shapes[0].y0 == 90.0
    assert figure.layout.annotations[0].text == "target 90 in 100"


def test_the_background_lets_the_theme_through():
    for figure in (learning_curve(ROUNDS), comparison_chart({"random": a_band()})):
        assert figure.layout.paper_bgcolor == "rgba(0,0,0,0)"


def test_small_multiples_have_one_chart_each_and_one_legend():
    group = {"random": a_band(), "margin": a_band("margin")}
    figure = small_multiples({"Heart": group, "<i>Sonar</i>": group})
    assert [a.text for a in figure.layout.annotations] == ["Heart", "&lt;i&gt;Sonar&lt;/i&gt;"]
    assert sum(bool(t.showlegend) for t in figure.data if t.fill is None) == 2


@pytest.mark.parametrize("text", ["<b>bold</b>", "a & b", '<a href="javascript:1">x</a>'])
def test_answers_of_a_file_are_never_read_as_html(text):
    matrix = np.array([[3, 1], [0, 2]])
    shown = [class_counts({text: 1}).data[0].y[0], mixups(matrix, [text, "no"]).data[0].x[0]]
    shown.append(comparison_chart({text: a_band(text)}).data[1].name)
    for label in shown:
        assert "<" not in label
        assert label.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_mixups_shade_by_the_share_of_the_true_answer():
    heat = mixups(np.array([[90, 10], [1, 1]]), ["common", "rare"]).data[0]
    assert heat.z.tolist() == [[0.9, 0.1], [0.5, 0.5]]
    assert heat.text.tolist() == [["90", "10"], ["1", "1"]]


def test_an_answer_without_check_rows_is_an_empty_line_of_the_table():
    heat = mixups(np.array([[2, 0], [0, 0]]), ["seen", "unseen"]).data[0]
    assert heat.z.tolist()[1] == [0.0, 0.0]


def test_the_demo_shows_this_run_thinner_than_the_many():
    bands = (a_band("many, chosen", n_runs=50), a_band("many, random", n_runs=50))
    figure = run_and_band([2, 3], [0.5, 0.9], [0.5, 0.6], bands)
    assert line_named(figure, "this run, picked by the app").line.width == 1
    assert line_named(figure, "many, chosen").line.width == 3


def _contrast(colour: str, ground: str) -> float:
    """Contrast ratio of WCAG 2."""

    def light(hex_colour: str) -> float:
        parts = [int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(colour), light(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_on_a_dark_page_lines_are_bright_and_areas_take_their_colour():
    names = ["random", *"abcdef"]
    bright = on_dark(comparison_chart({name: a_band(name) for name in names}, target=0.7))
    lines = [t for t in bright.data if t.fill is None]
    assert len({t.line.color for t in lines}) == len(names)
    assert all(_contrast(t.line.color, "#12171d") >= 6 for t in lines)
    for area, line in zip(bright.data[::2], bright.data[1::2], strict=True):
        red, green, blue = (int(line.line.color[i : i + 2], 16) for i in (1, 3, 5))
        assert area.fillcolor == f"rgba({red},{green},{blue},0.18)"
