"""The panel "Reads wrong?": what stands between the fields is chosen or typed."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def panel(delimiter: str | None, found: str | None) -> None:
    from al_core.tables import Dialect, read_options
    from pages.components.data.draft import ReadAs
    from pages.components.data.preview.reads_wrong import _delimiter

    options = read_options(b"a~|~b\n1~|~2\n3~|~4\n")
    _delimiter(options, ReadAs(delimiter=delimiter), Dialect(delimiter=found))


def shown(delimiter: str | None, found: str | None) -> AppTest:
    app = AppTest.from_function(panel, args=(delimiter, found), default_timeout=60).run()
    assert not app.exception
    return app


def test_what_was_found_is_named_and_left_to_the_reader() -> None:
    box = shown(None, "~|~").selectbox(key="read_delimiter")
    assert box.value == ""
    assert box.options[0] == "as found (~|~)"


def test_a_delimiter_of_several_signs_is_offered_and_stays_chosen() -> None:
    box = shown("~|~", "~|~").selectbox(key="read_delimiter")
    assert box.value == "~|~"
    assert "comma" in box.options


def test_a_delimiter_typed_before_stays_chosen() -> None:
    assert shown("%%", "%%").selectbox(key="read_delimiter").value == "%%"


@pytest.mark.parametrize(
    ("typed", "sign"), [("~|~", "~|~"), (r"\t", "\t"), ("tab", "\t"), ("", None), (None, None)]
)
def test_a_typed_sign_is_taken_as_a_programmer_means_it(typed: object, sign: str | None) -> None:
    from pages.components.data.preview.reads_wrong import _sign

    assert _sign(typed) == sign
