"""The work behind the curve: measuring it, and answering from the file, each as a job.

Only one of the two runs at a time. What was answered is drawn at once from the rounds as they come;
the bands are measured after. Who stops the measuring has it stopped until the button to go on is
pressed or an answer comes in, also after the page is opened anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

import streamlit as st

from al_core.learning import Round
from al_core.projects import Project
from pages.components.shell import state
from pages.components.shell.jobs import Cancelled, Job, Progress, drop_job, job, start_job


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


class Wanted:
    """How many answers from the file a person has asked for; more can be added meanwhile."""

    def __init__(self, n: int) -> None:
        self.n = n
        self._closed = False
        self._lock = Lock()

    def add(self, n: int) -> bool:
        """Ask for more; False if the work is over and nothing would come of it."""
        with self._lock:
            self.n += 0 if self._closed else n
            return not self._closed

    def over(self, done: int) -> bool:
        """Whether all was done; from then on nothing can be added."""
        with self._lock:
            self._closed = done >= self.n
            return self._closed


def start_answering(project: Project, n: int) -> None:
    """Answer ``n`` more rows from the file in the background; the curve grows with each."""
    running, known = answering(project), state.get(_wanted_key(project))
    if running is not None and not running.cancelled and known is not None and known.add(n):
        return
    wanted, fresh = Wanted(n), list(state.get(_fresh_key(project), []))
    drop_job(f"measure_{project.id}")
    state.put(_fresh_key(project), fresh)
    state.put(_wanted_key(project), wanted)
    start_job(f"answer_{project.id}", _answer(project, wanted, fresh))


def _answer(
    project: Project, wanted: Wanted, fresh: list[Round]
) -> Callable[[Progress, Cancelled], None]:
    before = project.counts().spent

    def work(progress: Progress, cancelled: Cancelled) -> None:
        def on_round(played: Round) -> None:
            fresh.append(played)
            if not cancelled():
                done = project.counts().spent - before
                progress(done / wanted.n, f"{done} of {wanted.n} rows answered")

        done = 0
        while not (cancelled() or wanted.over(done) or not project.counts().left):
            project.answer_with_oracle(wanted.n - done, on_round=on_round, cancelled=cancelled)
            done = project.counts().spent - before
        wanted.over(wanted.n)

    return work


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
    if state.get("_measure_tried") == _what(project) or stopped(project):
        return
    go_on(project)


def go_on(project: Project) -> None:
    """Measure what is missing; what was measured before is not measured again."""
    _stops().pop(str(project.folder), None)
    state.put("_measure_tried", _what(project))
    start_job(f"measure_{project.id}", _measure(project))


def stop(project: Project, running: Job) -> None:
    """Stop a job; measuring stays stopped."""
    running.cancel()
    if running is measuring(project):
        _stops()[str(project.folder)] = _what(project)


def stopped(project: Project) -> bool:
    """Whether the measuring was stopped by a person, and no answer has come in since."""
    return measuring(project) is None and _stops().get(str(project.folder)) == _what(project)


def left_off(project: Project) -> bool:
    """Whether something is not measured yet because a person has stopped it."""
    if not stopped(project):
        return False
    found = project.measured()
    return found.stale or found.baseline is None or found.baseline.partial


@st.cache_resource
def _stops() -> dict[str, tuple[object, ...]]:
    """What was to be measured when a person stopped it, for each project; outlives a reload."""
    return {}


def _what(project: Project) -> tuple[object, ...]:
    counts = project.counts()
    return (project.id, project.metric, counts.labelled, counts.check, project.meaning_from)


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


def _wanted_key(project: Project) -> str:
    return f"_wanted_{project.id}"


def _fresh_key(project: Project) -> str:
    return f"_fresh_rounds_{project.id}"
