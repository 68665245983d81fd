"""A press is not lost because work in the background came to its end in the same moment."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def page() -> None:
    """Work that ends while the page draws it, and a button further down that counts its presses."""
    import streamlit as st

    from pages.components.shell.following import follow

    st.session_state.setdefault("presses", 0)
    st.session_state["busy"] = True

    def draw() -> None:
        st.text("so far")
        st.session_state["busy"] = False

    follow(draw, lambda: st.session_state["busy"], "1s")
    if st.button("Answer 100 more"):
        st.session_state["presses"] += 1


def test_a_press_further_down_counts_though_the_work_ends_while_the_page_is_drawn():
    app = AppTest.from_function(page).run()
    app.button[0].click().run()
    assert not app.exception
    assert app.session_state["presses"] == 1
