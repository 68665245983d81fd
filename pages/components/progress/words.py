"""Words beside the curve: headline, axis, and how it is measured."""

from __future__ import annotations

from al_core.figures import against_random, saved, saved_sentence
from al_core.learning import METRICS, detectable_gap
from al_core.projects import Project, ScoreNow
from pages.components.progress.work import rounds_so_far, waking
from pages.components.text import count, in_100


def score_axis(project: Project) -> str:
    """What stands at the score axis."""
    if project.metric == "accuracy":
        return "Right in 100"
    return f"{metric_title(project.metric)}, in 100"


def metric_title(name: str) -> str:
    """A metric as a person reads it."""
    return METRICS[name].title


def score_shown(project: Project) -> ScoreNow:
    """The score that the page says: in a rehearsal that of the curve's last point, which is newer
    than the model in the background while answers come from the file."""
    now, rounds = project.score(), rounds_so_far(project)
    if project.kind != "oracle" or not rounds or rounds[-1].error:
        return now
    last = rounds[-1]
    said = f"{100 * last.score:.0f}"
    ranged = f"({100 * last.low:.0f} to {100 * last.high:.0f})"
    if project.metric == "accuracy":
        sentence = f"Right about {said} times in 100 {ranged}."
    else:
        sentence = f"{metric_title(project.metric)}: {said} in 100 {ranged}."
    return ScoreNow(last.score, last.low, last.high, last.n_test, 0, sentence, True, 0)


def headline(project: Project) -> list[str]:
    """How good it is, and how that stands to random rows; saved rows in a rehearsal alone."""
    score = score_shown(project)
    if not score.ready:
        return [_before_the_first_score(project)]
    word = "right" if project.metric == "accuracy" else ""
    lines = [f"{score.sentence} Tested on {count(score.n_check, 'check row')}."]
    baseline = project.measured().baseline
    if baseline is not None and baseline.partial:
        return [*lines, "Against random rows: being measured. The bands fill in below."]
    if baseline is not None:
        lines.append(against_random(rounds_so_far(project), baseline, word=word))
    found = saved(baseline) if project.kind == "oracle" else None
    if found is not None:
        lines.append(saved_sentence(found, word))
    return lines


def _before_the_first_score(project: Project) -> str:
    if project.kind == "oracle" and not project.counts().spent:
        return "A rehearsal: the answers of your file stand in for a person."
    if waking(project):
        return "The app is learning from your labels. One moment."
    return project.score().sentence


def how_measured(project: Project) -> list[str]:
    """What the curve is made of, in a few sentences."""
    counts, score = project.counts(), project.score()
    lines = [_teach_and_check(project)]
    lines.append(
        "Each point is a model that learned from that many rows, tested on the same check rows. "
        "The range is one in which the true figure very likely lies (95 in 100)."
    )
    measured = project.measured()
    if measured.baseline is not None and measured.baseline.note:
        lines.append(measured.baseline.note)
    if project.kind == "live":
        lines.append(_what_could_be_seen(score.n_check))
    if counts.check or project.kind == "oracle":
        lines.append(
            "The model you download learns from all rows, check rows included. The score shown "
            "here was measured without them."
        )
    lines.append(
        "The table was turned into numbers as a whole, check rows included, never their answers."
    )
    return lines


def _teach_and_check(project: Project) -> str:
    counts = project.counts()
    if project.kind == "oracle":
        return (
            f"{counts.teach:,} teach, {project.score().n_check:,} check. Check rows are picked at "
            "random; their answers stand in the file, so here they cost nothing."
        )
    own = f"{counts.teach:,} teach, {counts.check:,} check"
    file = f", and {counts.file_labels:,} came with the file" if counts.file_labels else ""
    return f"Of the rows you answered {own}{file}. Check rows are picked at random, and only test."


def _what_could_be_seen(n_check: int) -> str:
    gap = in_100(detectable_gap(n_check))
    return (
        f"With {count(n_check, 'check row')} only a difference of about {gap} or more could be "
        "seen between two ways of choosing. Compare measures it where every answer is known."
    )
