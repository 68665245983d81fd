"""The work behind the curve: measuring it, and answering from the file, each as a job.

Only one of the two runs at a time. What was answered is drawn at once from the rounds as they come;
the bands are measured after.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from al_core.learning.records import Round
from al_core.projects import Project
from pages.components import state
from pages.components.jobs import Cancelled, Job, Progress, drop_job, job, start_job


def answering(project: Project) -> Job | None:
    """The job that answers from the file, while it runs."""
    return _running(f"answer_{project.id}")


def measuring(project: Project) -> Job | None:
    """The job that measures curve and baseline, while it runs."""
    return _running(f"measure_{project.id}")


def waking(project: Project) -> bool:
    """Whether the first model since the project was opened is still on its way."""
    score = project.score()
    return not score.ready and score.to_go == 0 and project.freshness().training


def busy(project: Project) -> bool:
    """Whether the numbers on the page are about to change by themselves."""
    return bool(answering(project) or measuring(project)) or waking(project)


def _running(key: str) -> Job | None:
    found = job(key)
    return found if found is not None and not found.done else None


def start_answering(project: Project, n: int) -> None:
    """Answer ``n`` rows from the file in the background; the curve grows with each."""
    fresh: list[Round] = []
    drop_job(f"measure_{project.id}")
    state.put(_fresh_key(project), fresh)

    def work(progress: Progress, cancelled: Cancelled) -> None:
        def on_round(played: Round) -> None:
            fresh.append(played)
            if not cancelled():
                progress(len(fresh) / n, f"{len(fresh)} of {n} rows answered")

        project.answer_with_oracle(n, on_round=on_round, cancelled=cancelled)

    start_job(f"answer_{project.id}", work)


def keep_measured(project: Project) -> None:
    """Start measuring where labels came in since the last time, unless it was tried already."""
    if answering(project) or measuring(project):
        return
    found = project.measured()
    if not found.stale and (found.rounds or not found.drawable):
        state.drop(_fresh_key(project))
        return
    if not found.drawable or not project.counts().labelled:
        return
    tried = (project.id, project.metric, project.counts().labelled, project.counts().check)
    if state.get("_measure_tried") == tried:
        return
    state.put("_measure_tried", tried)
    start_job(f"measure_{project.id}", _measure(project))


def _measure(project: Project) -> Callable[[Progress, Cancelled], None]:
    def work(progress: Progress, cancelled: Cancelled) -> None:
        project.rounds(lambda share, what: progress(0.3 * share, what), cancelled)
        project.baseline(lambda share, what: progress(0.3 + 0.7 * share, what), cancelled)

    return work


def problem(project: Project) -> str:
    """What went wrong in the last job, in words; empty where nothing did."""
    jobs = (job(f"{kind}_{project.id}") for kind in ("answer", "measure"))
    return next((str(found.error) for found in jobs if found and found.error), "")


def rounds_so_far(project: Project) -> Sequence[Round]:
    """The measured curve, and behind it the rounds that were answered since."""
    known = project.measured().rounds
    last = known[-1].n_labels if known else -1
    fresh: list[Round] = state.get(_fresh_key(project), [])
    return [*known, *(r for r in tuple(fresh) if r.n_labels > last)]


def _fresh_key(project: Project) -> str:
    return f"_fresh_rounds_{project.id}"
