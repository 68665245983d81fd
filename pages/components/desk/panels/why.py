"""Why this row: on demand only, because a guess seen before the answer sways people."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Explanation, Project, Question
from al_core.tables import pictures
from pages.components.choosing.choose import marked_up
from pages.components.desk import presses
from pages.components.desk.answers.ready import MEASURES
from pages.components.desk.panels.why_html import legend, marked, picture_html, pulls_html, sides_of
from pages.components.desk.row.fields import shown_columns
from pages.components.desk.row.picture import draw_pictures, picture_images
from pages.components.shell.text import apart, count, in_100, plain

# Labelled rows and values shown beside the row; choices: what fits without scrolling.
_NEAREST, _CELLS = 3, 6


def why_title(project: Project) -> str:
    """Names the row: the panel stays as it is when the desk goes on to the next one."""
    question = presses.next_question(project)
    return "Why this row?" if question is None else f"Why {project.row_names.short(question.row)}?"


def draw_why(project: Project) -> None:
    """Torn between which answers, how it ranks, what pulls each way, and labelled rows like it."""
    question = presses.next_question(project)
    if question is None:
        st.text("There is no row on the desk.")
        return
    st.text(question.why)
    if question.purpose in MEASURES:
        st.caption("The app's guess is kept back for check rows: they measure it.")
        return
    explanation = project.explain(question.row)
    if not explanation.probabilities:
        st.caption("The app has no guess yet: it needs rows of two different answers.")
        return
    _guess(explanation)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _pulls(project, question, explanation)
    with right:
        _neighbours(project, question, explanation)


def _guess(explanation: Explanation) -> None:
    ranked = sorted(explanation.probabilities.items(), key=lambda item: -item[1])
    words = marked_up(explanation.probabilities)
    parts = [f"**{apart(words[name])}** {in_100(share)}" for name, share in ranked[:5]]
    st.markdown("The app's guess now: " + " · ".join(parts))
    if explanation.rank and explanation.ranked_of:
        st.caption(
            f"Since it was picked the app has learned: {_others(explanation.rank - 1)} of "
            f"{explanation.ranked_of:,} rows left would teach it more by now."
        )


def _others(rows: int) -> str:
    return f"{rows:,}" if rows else "none"


def _pulls(project: Project, question: Question, explanation: Explanation) -> None:
    """The row itself with what pulls marked, then each pull with its strength."""
    st.markdown("**What pulls each way**")
    if not explanation.terms or explanation.torn is None:
        st.text("This model cannot say.")
        return
    if explanation.letters_alone:
        st.caption(
            "By the letters of each word alone. What the text means counts too, and cannot be "
            "told word by word."
        )
    sides = sides_of(explanation.terms, explanation.torn)
    drawn = pictures(project.roles)
    points = {column for picture in drawn for column in picture.columns}
    texts = [question.values[n] for n, r in project.roles.items() if r.kind == "text"]
    pieces = [piece for piece in (marked(text, sides) for text in texts) if "<mark" in piece]
    if pieces or points & sides.keys():
        st.html(legend(explanation.torn))
    if points & sides.keys():
        images = picture_images(project, question.row)
        html = [picture_html(i, p, sides) for i, p in zip(images, drawn, strict=True)]
        st.html("".join(html))
    if pieces:
        with st.container(key="why_text"):
            st.html("".join(f"<p>{piece}</p>" for piece in pieces))
    listed = [term for term in explanation.terms if term.text not in points]
    if listed:
        st.html(pulls_html(listed, question.values, explanation.torn))


def _neighbours(project: Project, question: Question, explanation: Explanation) -> None:
    st.markdown("**Labelled rows most like it**")
    if not explanation.neighbours:
        st.text("None yet.")
    for row, label, _ in explanation.neighbours[:_NEAREST]:
        with st.container(horizontal=True, vertical_alignment="center"):
            draw_pictures(project, row, 64)
            st.markdown(
                f"**{plain(label, 40)}** :gray[· {plain(project.row_names.name(row))}]  \n"
                f"{plain(likeness(project, question, row), 240)}"
            )


def likeness(project: Project, question: Question, row: int) -> str:
    """A labelled row in few words: its texts, and the cells in which it differs."""
    values, roles = project.row_values(row), project.roles
    names = [n for n in shown_columns(project) if n in values and roles[n].kind != "pixels"]
    texts = [" ".join(values[n].split())[:160] for n in names if roles[n].kind == "text"]
    cells = [n for n in names if roles[n].kind != "text"]
    other = [n for n in cells if values[n] != question.values.get(n)]
    parts = [*texts, *(f"{n}: {values[n] or '–'}" for n in other[:_CELLS])]
    if len(other) > _CELLS:
        parts.append(f"{count(len(other) - _CELLS, 'other difference')}")
    if cells and len(cells) > len(other):
        parts.append(f"the same in {len(cells) - len(other)} of {count(len(cells), 'column')}")
    return " · ".join(parts)
