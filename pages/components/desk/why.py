"""Why this row: on demand only, because a guess seen before the answer sways people."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Explanation, Project, Question
from pages.components.desk import presses
from pages.components.desk.row_html import marked
from pages.components.text import in_100, plain


def draw_why(project: Project) -> None:
    """Torn between which answers, how it ranks, what pulls each way, and labelled rows like it."""
    question = presses.next_question(project)
    if question is None:
        st.text("There is no row on the desk.")
        return
    st.caption(f"Row {question.row}")
    st.text(question.why)
    if question.purpose == "check":
        st.caption("The app's guess is kept back for check rows: they measure it.")
        return
    explanation = project.explain(question.row)
    if not explanation.probabilities:
        st.caption("The app has no guess yet: it needs rows of two different answers.")
        return
    _guess(explanation, question)
    _marked_texts(project, question, explanation)
    left, right = st.columns(2)
    with left:
        _terms(explanation)
    with right:
        _neighbours(project, explanation)


def _guess(explanation: Explanation, question: Question) -> None:
    ranked = sorted(explanation.probabilities.items(), key=lambda item: -item[1])
    parts = [f"{plain(name, 40)} {in_100(share)}" for name, share in ranked[:5]]
    st.markdown("The app's guess: " + " · ".join(parts))
    if explanation.torn and explanation.ranked_of:
        a, b = (plain(name, 40) for name in explanation.torn)
        st.markdown(
            f"Torn between **{a}** and **{b}**; number {explanation.rank:,} "
            f"of {explanation.ranked_of:,} (utility {explanation.utility:.3f})."
        )


def _marked_texts(project: Project, question: Question, explanation: Explanation) -> None:
    """The row's texts with the words that pull marked; no mark, no text."""
    words = [term.text for term in explanation.terms]
    roles, values = project.roles, question.values
    texts = (values[name] for name in values if roles[name].kind == "text")
    pieces = [piece for piece in (marked(text, words) for text in texts) if "<mark>" in piece]
    if pieces:
        st.caption("The words that matter, marked")
        with st.container(key="why_text", height=160):
            st.html("".join(f"<p>{piece}</p>" for piece in pieces))


def _terms(explanation: Explanation) -> None:
    st.caption("What pulls which way")
    if not explanation.terms:
        st.text("This model cannot say.")
    largest = max((abs(t.weight) for t in explanation.terms), default=1.0) or 1.0
    rows = {
        plain(term.text, 80): f"{'■' * max(1, round(5 * abs(term.weight) / largest))} "
        f"{'to' if term.weight > 0 else 'away from'} {plain(term.label, 40)}"
        for term in explanation.terms[:8]
    }
    if rows:
        st.table(rows, border="horizontal")


def _neighbours(project: Project, explanation: Explanation) -> None:
    st.caption("Labelled rows most like it")
    if not explanation.neighbours:
        st.text("None yet.")
    for row, label, _ in explanation.neighbours[:3]:
        text = " · ".join(v for v in project.row_values(row).values() if v.strip())
        st.markdown(f"**{plain(label, 40)}** :gray[row {row}] {plain(text, 160)}")


def guess_words(project: Project, question: Question) -> str:
    """The app's guess in one line, for those who switched it on; "" where there is none."""
    if not project.settings.show_guess or question.purpose == "check":
        return ""
    shares = project.guess(question.row)
    if not shares:
        return ""
    name = max(shares, key=lambda key: shares[key])
    return f"The app's guess: {plain(name, 40)}, {in_100(shares[name])}."
