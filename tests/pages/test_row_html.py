"""The card as HTML: every sign of the person's file stays a sign."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from pages.components.desk.panels.why_html import marked
from pages.components.desk.row.fields import Fact, RowView
from pages.components.desk.row.html import MOST_FACTS, card_html, image_html, web_images

SIGNS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


class Reader(HTMLParser):
    """The elements and the text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(name=SIGNS, text=SIGNS)
def test_no_sign_of_a_cell_or_a_column_becomes_an_element(name: str, text: str) -> None:
    word = f"x{text}<b onclick='x'>"
    read = Reader(card_html(RowView([(name, word)], [Fact(name, word)]), []))
    assert read.text.count(word) == 2
    assert "b" not in read.tags


@given(text=SIGNS)
def test_marking_words_changes_no_sign_of_the_text(text: str) -> None:
    read = Reader(marked(f"<i>{text} late", {"late": 0, "<i>": 1}))
    assert read.text == f"<i>{text} late"
    assert "i" not in read.tags


def test_only_whole_words_are_marked() -> None:
    assert marked("late, later", {"late": 0}) == '<mark class="al-to-0">late</mark>, later'


def test_a_picture_s_address_cannot_leave_its_attribute() -> None:
    assert Reader(image_html('x" onerror="y', "z", 10)).tags == ["img"]
    assert 'onerror="' not in image_html('x" onerror="y', "z", 10)


def test_only_addresses_of_pictures_are_loaded() -> None:
    cells = {"a": "https://example.org/x.png", "b": "javascript:alert(1).png", "c": "text"}
    assert [html.count("<img") for html in web_images(cells)] == [1]


def test_a_row_of_ten_thousand_columns_is_drawn_in_part_and_says_so() -> None:
    facts = [Fact(f"c{i}", "1") for i in range(10_000)]
    html = card_html(RowView([], facts), [])
    assert html.count("<tr>") == MOST_FACTS
    assert "9,000 more columns" in html
