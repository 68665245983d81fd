"""The report: what was asked, how good the model is and how that was measured, in Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from al_core.learning import MODELS, STRATEGIES, get_metric
from al_core.projects.measuring.checks.records import FinalCheck, RecallCheck
from al_core.projects.measuring.guess_words import (
    guesses_mixed_up,
    guesses_right,
    guesses_tested_on,
)
from al_core.projects.opened import Opened
from al_core.projects.records import Agreement, Counts, GuessScore, ScoreNow, Summary
from al_core.projects.takeaways.report.facts import answered_by
from al_core.projects.words import LONGEST_NAME
from al_core.tables import words_not_answered
from al_core.wording import count, of_100, short

HOW_LIVE = (
    "The score was measured on check rows: picked at random before the first question, answered "
    "like all others, and never learned from while the project ran. The range is where the true "
    "figure very likely lies (95 %). It holds for one look, not for the best of many: where "
    "labelling ended because the score looked good, the true figure may be lower, and only a "
    "final check tells. The model to take away learned from all labels, check rows included; the "
    "score was measured before that."
)
HOW_ORACLE = (
    "This is a rehearsal: the answers of the file stood in for a person. The score was measured on "
    "{n}, picked at random and never learned from."
)


def report(
    opened: Opened,
    now: Summary,
    checks: Sequence[FinalCheck] = (),
    searches: Sequence[RecallCheck] = (),
    twice: Sequence[Agreement] = (),
    guesses: Sequence[GuessScore] = (),
    sought: Sequence[str] = (),
) -> str:
    """The report as Markdown text; text from the file is escaped."""
    how = HOW_LIVE
    if opened.kind == "oracle":
        how = HOW_ORACLE.format(n=count(len(opened.test_rows), "check row"))
    parts = {
        f"# {plain(opened.state.name)}": [
            plain(opened.settings.question or opened.settings.label_name)
        ],
        "## How good it is": [*_how_good(now.score), "", how],
        "### Final checks": _final_checks(checks),
        "### Have they all been found?": _searches(searches),
        "### Answers given twice": [f"- {_as_said(one)}" for one in twice],
        "## Guesses from elsewhere": _guesses(opened.kind, guesses),
        "## What was labelled": _labelled(now.counts, answered_by(opened)),
        "## What was sought": [f"- {plain(one)}" for one in sought],
        "## How it was made": _settings(opened),
        "## For experts": [f"- All settings: {plain(_all_settings(opened))}"],
    }
    return under_headings(parts)


def under_headings(parts: Mapping[str, Sequence[str]]) -> str:
    """Lines under their headings, as Markdown; a heading without lines is left out.

    >>> under_headings({"# A": ["one", "two"], "## B": []})
    '# A\\n\\none\\ntwo\\n'
    """
    told = ["\n".join([heading, "", *lines]) for heading, lines in parts.items() if lines]
    return "\n\n".join(told) + "\n"


def _as_said(one: Agreement) -> str:
    """The sentence as everywhere; only the names in it are foreign text."""
    sentence = one.for_others
    for name in filter(None, one.people):
        sentence = sentence.replace(name, plain(name))
    return sentence


def _labelled(counts: Counts, by: str) -> list[str]:
    """How many rows were labelled, by whom where there were several, and by answer."""
    return [
        f"{count(counts.labelled, 'row')} of {counts.n_rows:,} labelled: "
        f"{counts.teach:,} teach, {counts.check:,} check, {counts.file_labels:,} came with the "
        f"file; {counts.skipped:,} skipped for now, {counts.dont_know:,} can't tell.",
        *([plain(by)] if by else []),
        "",
        "| answer | rows |",
        "|---|---|",
        *(f"| {plain(name)} | {n:,} |" for name, n in counts.per_class.items()),
    ]


def _final_checks(checks: Sequence[FinalCheck]) -> list[str]:
    """All of them, in order, each with how often one like it says too much."""
    return [f"{one.number}. {one.sentence}{_how_sure(one)}{_drawn_from(one)}" for one in checks]


def _searches(searches: Sequence[RecallCheck]) -> list[str]:
    """All of them, in order."""
    return [f"- {plain(one.sentence)}{_how_sure(one)}" for one in searches]


def _guesses(kind: str, scores: Sequence[GuessScore]) -> list[str]:
    """How often they are right, what they mix up and on which rows; nothing before there are enough
    of these."""
    ready = [one for one in scores if one.ready]
    if not ready:
        return []
    mixed = [plain(words) for one in ready if (words := guesses_mixed_up(one))]
    told = [guesses_right(ready, plain), *mixed, plain(guesses_tested_on(kind, ready))]
    return "\n\n".join(told).split("\n")


def _how_good(score: ScoreNow) -> list[str]:
    """The score, and the plainest rival beside it."""
    if score.rival is None:
        return [score_sentence(score)]
    rival = f"Always \u201c{plain(score.rival_name)}\u201d: {of_100(score.rival)}."
    return [score_sentence(score), rival]


def _how_sure(check: FinalCheck | RecallCheck) -> str:
    if check.state != "done":
        return ""
    return f" Such a check says too much {100 * check.alpha:g} times in 100."


def _drawn_from(check: FinalCheck) -> str:
    return f" Drawn from: {plain(check.scope)}." if check.scope else ""


def score_sentence(score: ScoreNow) -> str:
    """The sentence as everywhere; only the answers named in it are foreign text."""
    sentence = score.sentence
    for name in (short(one, LONGEST_NAME) for one in score.unseen):
        sentence = sentence.replace(f"'{name}'", f"'{plain(name)}'")
    return sentence


def _settings(opened: Opened) -> list[str]:
    s = opened.settings
    used = [
        name for name, role in opened.data.roles.items() if role.kind not in ("ignored", "label")
    ]
    facts = {
        "Model": MODELS[opened.model_name].title,
        "Next row chosen": STRATEGIES[s.strategy].title,
        "Measured by": get_metric(opened.metric).title,
        "Columns read": ", ".join(used),
    }
    blank = [w for w, is_blank in _words(opened).items() if is_blank]
    facts |= {"Counted as not answered": ", ".join(blank)} if blank else {}
    return [f"- {name}: {plain(value)}" for name, value in facts.items()]


def _words(opened: Opened) -> dict[str, bool]:
    column = opened.data.label_column
    return {} if column is None else words_not_answered(opened.data.roles[column])


def _all_settings(opened: Opened) -> str:
    """As they hold now: with the answers that were added or renamed since the start."""
    settings = asdict(opened.settings) | {"classes": tuple(opened.classes)}
    return ", ".join(f"{k}={v}" for k, v in settings.items() if k != "question")


def plain(text: str) -> str:
    """Foreign text with everything escaped that Markdown or HTML would read.

    >>> plain("*a* | <b>")
    '\\\\*a\\\\* \\\\| \\\\<b\\\\>'
    """
    one_line = " ".join(text.split())
    return re.sub(r"([\\`*_{}\[\]()#+!|<>~&$-])", r"\\\1", one_line)
