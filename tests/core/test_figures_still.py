"""Still pictures: the figure of the page as SVG and PNG, without a browser."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from al_core.figures import as_png, as_svg, comparison_chart, learning_curve, mixups, still_picture
from al_core.figures.still.ink import Picture, Words
from al_core.learning.records import Band, Baseline, Round

ROWS = np.empty(0, dtype=np.intp)
ROUNDS = [
    Round(n, 0.5 + n / 200, ROWS, 0.4 + n / 200, min(1.0, 0.6 + n / 200), 40, 0.0)
    for n in (10, 20, 40, 80)
]


def band(name: str, lift: float) -> Band:
    n = np.asarray([10, 20, 40, 80])
    middle = 0.5 + lift + n / 400
    return Band(name, n, middle, middle - 0.05, middle + 0.05, 5)


def test_a_curve_says_on_the_slide_what_it_says_on_the_page() -> None:
    figure = learning_curve(ROUNDS, Baseline(band("random", 0.0)), meaning_from=40)
    svg = as_svg(still_picture(figure, "tickets <2026>", "Source: 40 check rows"))
    root = ET.fromstring(svg)
    words = [node.text for node in root.iter() if node.tag.endswith("text")]
    assert {"tickets <2026>", "Source: 40 check rows", "Rows learned from"} <= set(words)
    assert {"Chosen by the app", "Same start, then random rows"} <= set(words)
    assert "from here on chosen by meaning" in words
    assert root.attrib["viewBox"] == "0 0 1280 720"
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_lines_of_a_comparison_keep_their_colours_and_the_target_is_drawn() -> None:
    figure = comparison_chart(
        {"random": band("random", 0.0), "margin": band("margin", 0.1)}, target=0.9
    )
    svg = as_svg(still_picture(figure, "Digits"))
    assert {
        line["line"]["color"] for line in figure.to_dict()["data"] if line["line"].get("color")
    } <= {part.split('"')[0] for part in svg.split('stroke="')}
    assert "target 90 in 100" in svg
    lines = [part for part in svg.split("<polyline")[1:] if "#0072B2" in part]
    assert lines


def test_mixed_up_answers_stand_in_cells_with_names_escaped() -> None:
    figure = mixups(np.asarray([[30, 2], [5, 13]]), ["yes & no", "<b>"])
    root = ET.fromstring(as_svg(still_picture(figure)))
    words = [node.text for node in root.iter() if node.tag.endswith("text")]
    assert words.count("<b>") == 2
    assert {"30", "2", "5", "13", "True answer", "The app's guess"} <= set(words)


@pytest.mark.parametrize(
    "figure", [learning_curve(ROUNDS), mixups(np.eye(3, dtype=int), list("abc"))]
)
def test_a_png_is_a_full_slide_with_something_on_it(figure: object) -> None:
    data = as_png(still_picture(figure, "Größe und я", "Quelle"))  # type: ignore[arg-type]
    image = Image.open(io.BytesIO(data))
    assert image.size == (1920, 1080)
    colours = image.convert("RGB").getcolors(1 << 24)
    assert colours is not None
    assert len(colours) > 20


def test_signs_that_xml_forbids_do_not_spoil_a_picture() -> None:
    ET.fromstring(as_svg(Picture(10, 10, [Words(1, 1, "a\x00b\ud800")], title="\x0b")))


def test_a_curve_of_one_point_is_drawn_too() -> None:
    ET.fromstring(as_svg(still_picture(learning_curve(ROUNDS[:1]), "one")))
