"""Words beside the curve: headline, axis, and how it is measured."""

from __future__ import annotations

from al_core.learning import METRICS, detectable_gap
from al_core.projects import Project, ScoreNow, Summary, score_line
from pages.components.progress.work import busy, left_off, waking
from pages.components.shell.numbers import labelled_parts
from pages.components.shell.text import count, in_100


def score_axis(project: Project) -> str:
    """What stands at the score axis."""
    if project.metric == "accuracy":
        return "Right in 100"
    return f"{metric_title(project.metric)}, in 100"


def metric_title(name: str) -> str:
    """A metric as a person reads it."""
    return METRICS[name].title


def headline(project: Project, now: Summary) -> list[str]:
    """How good it is, and what can be told of random rows."""
    score = now.score
    if not score.ready:
        return [_before_the_first_score(project, now)]
    lines = [score_line(score)]
    baseline = project.measured().baseline
    if left_off(project):
        return [*lines, "Against random rows: stopped before it was measured to the end."]
    if baseline is not None and baseline.partial:
        return [*lines, "Against random rows: being measured. The bands fill in below."]
    return [*lines, against_random(project.kind, score.n_check)]


def against_random(kind: str, n_check: int) -> str:
    """That one project cannot tell whether choosing rows beats random ones.

    A live project is one run. The repeats of a rehearsal all begin with the same rows, and those of
    a strategy without chance in it are one and the same run; both sides share their check rows.
    """
    measured = "Repeats from one start" if kind == "oracle" else count(n_check, "check row")
    return f"Better than random rows? {measured} cannot tell this apart."


def what_they_do(project: Project, now: Summary) -> str:
    """How many rows are labelled, what they are used for, and what widens the range."""
    labelled, tested = count(now.counts.labelled, "row"), now.score.n_check
    if project.kind == "oracle":
        return (
            f"{labelled} answered from the file. Tested on {count(tested, 'check row')}, set aside "
            "from the file."
        )
    told = f"{labelled} labelled: {labelled_parts(now.counts)}. "
    told += f"{now.tested_on} The range holds for one look, not for the best of many.".lstrip()
    more = score_note(now.score)
    return f"{told} {more}" if more else told


def claimed(project: Project) -> str:
    """What a rehearsal may claim though it is looked at again and again; "" while it moves."""
    if project.kind != "oracle" or busy(project):
        return ""
    claim = project.claim()
    return f"Claimed. {claim.sentence}" if claim is not None else ""


def score_note(score: ScoreNow) -> str:
    """What widens the range beside chance: check rows without an answer, answers not seen."""
    rest = score.sentence.removeprefix(score_line(score))
    return rest.strip()


def _before_the_first_score(project: Project, now: Summary) -> str:
    if project.kind == "oracle" and not now.counts.spent:
        return "A rehearsal: the answers of your file stand in for a person."
    if waking(project):
        return "The app is learning from your labels. One moment."
    return now.score.sentence


def how_measured(project: Project, now: Summary) -> list[str]:
    """What the curve is made of, in a few sentences."""
    counts, score = now.counts, now.score
    lines = [_teach_and_check(project, now)]
    lines.append(
        "Each point is a model that learned from that many rows, tested on the same check rows. "
        "The range is one in which the true figure very likely lies (95 in 100)."
    )
    measured = project.measured()
    if measured.baseline is not None and measured.baseline.note:
        lines.append(measured.baseline.note)
    if project.kind == "live":
        lines.append(
            "A range holds for one look. Who looks often and stops at the best figure reads it too "
            "high; a final check is fixed before its first row, and shows what it says."
        )
        lines.append(_what_could_be_seen(score.n_check))
    if counts.check or project.kind == "oracle":
        lines.append(
            "The model you download learns from all rows, check rows included. The score shown "
            "here was measured without them."
        )
    lines.append(
        "To bring columns onto one scale and to know which words there are, the app looks at all "
        "rows, check rows included. It never looks at the answers of check rows for that."
    )
    return lines


def _teach_and_check(project: Project, now: Summary) -> str:
    counts = now.counts
    if project.kind == "oracle":
        return (
            f"{counts.teach:,} rows teach. {now.score.n_check:,} others were set aside from "
            "the file at random and only test; their answers stand in it, so they cost nothing."
        )
    return (
        f"Of {count(counts.labelled, 'labelled row')} {labelled_parts(counts)}. Check rows are "
        "picked at random, and only test."
    )


def _what_could_be_seen(n_check: int) -> str:
    gap = in_100(detectable_gap(n_check))
    return (
        f"With {count(n_check, 'check row')} only a difference of about {gap} or more could be "
        "seen between two ways of choosing. Compare measures it where every answer is known."
    )
