"""The report as one HTML file: nothing is fetched, it prints, and it can be read on a phone.

Text from the person's file is escaped wherever it stands.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from al_core.figures import as_svg, learning_curve, mixups, still_picture
from al_core.learning import MODELS, STRATEGIES, get_metric
from al_core.projects.measuring.guess_words import (
    guesses_mixed_up,
    guesses_right,
    guesses_tested_on,
)
from al_core.projects.records import ScoreNow
from al_core.projects.takeaways.report.facts import Facts, WrongGuess, answered_by
from al_core.projects.takeaways.report.markdown import HOW_LIVE, HOW_ORACLE
from al_core.wording import count, listed, seconds_said, short

# Pixels of a picture in the report: narrow, so that its letters can be read on a phone; of the
# cells, the height of one and what stands around them. Choices.
_CURVE, _CELLS, _AROUND_CELLS = (460.0, 340.0), (460.0, 36.0), 62.0
# Answers in the table of which are mixed up; a choice: more do not fit a phone.
_MOST_MIXED = 12
# Seconds of an hour.
_HOUR = 3600.0
_RANGE = re.compile(r"(?<=\d) to (?=\d)")
_NO_HTML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_LIMITS = (
    "The score speaks of rows like those in this file. Of files from elsewhere, or of later ones, "
    "it says nothing.",
    "The app picked most of the rows that were labelled: how common an answer is among them does "
    "not show how common it is in the file.",
)


def report_page(facts: Facts, made_at: datetime) -> str:
    """The whole file."""
    opened = facts.opened
    name, question = opened.state.name, opened.settings.question or opened.settings.label_name
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    parts = [
        f"<h1>{text(name)}</h1><p class=question>{text(question)}</p>",
        _top(facts),
        _guesses(facts),
        _curve(facts),
        _mixups(facts),
        _wrong(facts.wrong),
        _labelled(facts),
        _section("What was sought", *(_p(one) for one in facts.sought)),
        _hours(facts),
        _measured(facts),
        _made(facts, made_at),
    ]
    return (
        "<!doctype html><html lang=en><head><meta charset=utf-8>"
        '<meta name=viewport content="width=device-width, initial-scale=1">'
        f"<title>{text(short(f'{question} - {name}', 120))}</title><style>{style}</style></head>"
        f"<body>{''.join(parts)}</body></html>\n"
    )


def text(foreign: object) -> str:
    """Foreign text, harmless in HTML.

    >>> text("<b>&")
    '&lt;b&gt;&amp;'
    """
    return html.escape(_NO_HTML.sub("\ufffd", str(foreign)))


def _section(title: str, *parts: str) -> str:
    inside = "".join(parts)
    return f"<section><h2>{title}</h2>{inside}</section>" if inside else ""


def _p(words: str, kind: str = "") -> str:
    named = f" class={kind}" if kind else ""
    return f"<p{named}>{text(words)}</p>" if words else ""


def _top(facts: Facts) -> str:
    """The sentence that most people stop after, and what certifies it."""
    score = facts.now.score
    done = [check.sentence for check in facts.checks if check.state == "done"]
    certified = done[-1] if done else "No final check was made: the score above is not certified."
    first = _RANGE.sub("\u00a0to\u00a0", score.sentence)  # no line breaks inside of it
    return (
        f"<div class=top>{_p(first, 'said')}{_p(_tested(score))}{_p(score.rival_sentence)}"
        f"{_p(certified)}{_p(facts.filled.sentence)}</div>"
    )


def _tested(score: ScoreNow) -> str:
    if not score.ready:
        return ""
    return f"Tested on {count(score.n_check, 'row')} that it learned nothing from."


def _curve(facts: Facts) -> str:
    if not facts.rounds:
        return ""
    metric = get_metric(facts.opened.metric)
    axis = "Right in 100" if metric.name == "accuracy" else f"{metric.title}, in 100"
    state = facts.opened.state
    figure = learning_curve(
        facts.rounds,
        facts.baseline,
        score_title=axis,
        meaning_from=state.features_at if state.features else None,
    )
    drawn = as_svg(still_picture(figure, size=_CURVE))
    said = "How good the app was after so many rows, with the range of each score (95 in 100)."
    return _section("How it learned", drawn, _p(said, "quiet"))


def _mixups(facts: Facts) -> str:
    if facts.mixups is None or len(facts.mixups[1]) > _MOST_MIXED:
        return ""
    matrix, names = facts.mixups
    size = _CELLS[0], _AROUND_CELLS + _CELLS[1] * len(names)
    drawn = as_svg(still_picture(mixups(matrix, names), size=size))
    said = f"{count(int(matrix.sum()), 'check row')}: true answer down, the app's guess across."
    return _section("Which answers get mixed up", drawn, _p(said, "quiet"))


def _wrong(wrong: Sequence[WrongGuess]) -> str:
    told = [_one_wrong(one) for one in wrong]
    few = "The only one." if len(told) == 1 else f"{len(told)} of them, in the order of asking."
    return _section("Wrong guesses", _p(few, "quiet"), *told) if told else ""


def _one_wrong(one: WrongGuess) -> str:
    cells = "".join(
        f"<p class=cell><span class=quiet>{text(name)}</span> {text(cell)}</p>"
        for name, cell in one.cells
    )
    return (
        f"<div class=wrong><p>The app said <b>{text(one.guess)}</b>; it is "
        f"<b>{text(one.truth)}</b>.</p>{cells}<p class=quiet>{text(one.name)}</p></div>"
    )


def _guesses(facts: Facts) -> str:
    ready = [one for one in facts.guesses if one.ready]
    rows = guesses_tested_on(facts.opened.kind, ready)
    mixed = [_p(guesses_mixed_up(one)) for one in ready]
    return _section("Guesses from elsewhere", _p(guesses_right(ready)), *mixed, _p(rows, "quiet"))


def _labelled(facts: Facts) -> str:
    counts, filled = facts.now.counts, facts.filled.answers
    left = counts.blank - len(filled)
    said = [
        f"{count(counts.labelled, 'row')} of {counts.n_rows:,} labelled: {counts.teach:,} teach, "
        f"{counts.check:,} check, {counts.file_labels:,} came with the file."
    ]
    said += [facts.now.tested_on] if facts.now.tested_on else []
    if counts.skipped or counts.dont_know:
        said.append(f"{counts.skipped:,} skipped for now, {counts.dont_know:,} can't tell.")
    said.append(f"{len(filled):,} filled in by the app, {left:,} without an answer.")
    said.append(answered_by(facts.opened))
    return _section("What was labelled", _p(" ".join(said).strip()), _per_answer(facts))


def _per_answer(facts: Facts) -> str:
    """Each answer, what it means, its rows and, where the app filled in some, how many of these."""
    labelled, filled = facts.now.counts.per_class, Counter(facts.filled.answers.values())
    most, meanings = max([1, *labelled.values()]), facts.opened.state.guidelines
    more = "<th class=number>Filled in</th>" if filled else ""
    lines = [f"<tr><th>Answer</th><th class=number>Labelled</th><th></th>{more}</tr>"]
    for name, n in labelled.items():
        by_app = f"<td class=number>{filled[name]:,}</td>" if filled else ""
        lines.append(
            f"<tr><td>{text(name)}{_p(meanings.now(name), 'quiet')}</td>"
            f"<td class=number>{n:,}</td>"
            f"<td class=share><span class=bar style='width:{100 * n / most:.0f}%'></span></td>"
            f"{by_app}</tr>"
        )
    return f"<table>{''.join(lines)}</table>"


def _hours(facts: Facts) -> str:
    seconds, spent = facts.pace.seconds_per_label, facts.now.counts.spent
    if seconds is None or not spent or facts.opened.kind == "oracle":
        return _section("Time and money", _p(facts.worth)) if facts.worth else ""
    hours = spent * seconds / _HOUR
    time = f"{hours:.1f} hours" if hours >= 1 else f"{max(1, round(60 * hours))} min"
    each = f"{seconds_said(seconds)} a row"
    said = f"{count(spent, 'answer')} took about {time}: {each}, pauses left out."
    # In the words of Progress where they are given: two units of one time look like two times.
    return _section("Time and money" if facts.worth else "Time", _p(facts.worth or said))


def _measured(facts: Facts) -> str:
    how = HOW_LIVE
    if facts.opened.kind == "oracle":
        how = HOW_ORACLE.format(n=count(len(facts.opened.test_rows), "check row"))
    checks = "".join(f"<li>{text(one.sentence)}</li>" for one in facts.checks)
    listed_checks = f"<p>Final checks, in order:</p><ol>{checks}</ol>" if checks else ""
    limits = "".join(f"<li>{text(limit)}</li>" for limit in (*_LIMITS, _truth(facts)))
    twice = "".join(_p(one.for_others) for one in facts.twice)
    return _section("How it was measured", _p(how), listed_checks, twice) + _section(
        "What it does not say", f"<ul>{limits}</ul>"
    )


def _truth(facts: Facts) -> str:
    """Whose answers count as the truth, and what is known of them."""
    whose = "Several people's" if answered_by(facts.opened) else "One person's"
    if facts.twice:
        return f"{whose} answers are taken for the truth, as far as they agree when given twice."
    again = "they would answer the same again"
    return f"{whose} answers are taken for the truth; how often {again} was not measured."


def _made(facts: Facts, made_at: datetime) -> str:
    opened = facts.opened
    roles = opened.data.roles.items()
    used = [name for name, role in roles if role.kind not in ("ignored", "label")]
    lines = {
        "Model": MODELS[opened.model_name].title,
        "Next row chosen": STRATEGIES[opened.settings.strategy].title,
        "Measured by": get_metric(opened.metric).title,
        "Columns read": listed(used, 30),
        "File": opened.data.table.name,
        "Seed": opened.seed,
        "Made": f"{made_at:%d %B %Y, %H:%M} UTC, scikit-learn {version('scikit-learn')}",
    }
    rows = "".join(
        f"<tr><td>{name}</td><td>{text(value)}</td></tr>" for name, value in lines.items()
    )
    return _section("How it was made", f"<table>{rows}</table>")
