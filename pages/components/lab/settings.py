"""The settings of a comparison; all of them stand in the address, so that it can be passed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from al_core.learning import (
    METRICS,
    STRATEGIES,
    get_model,
    models_for,
    recommend_model,
    why_recommended,
)
from pages.components.choosing import choose
from pages.components.lab.data import LabData
from pages.components.shell import state

SURE = "Solid"
REPEATS = {"Quick": 5, SURE: 20, "Thorough": 100}
AUTO, SVM = "auto", "svm"
_NEED_MORE = ("cost_sensitive", "cost_per_row")


@dataclass(frozen=True)
class More:
    """The settings that most people never open."""

    n_initial: int
    initial: str
    batch_size: int
    test: float
    metric: str
    noise: float
    every_label: bool
    gamma: str


@dataclass(frozen=True)
class Plan:
    """What to compare, ready for ``al_core.learning.compare``."""

    strategies: tuple[str, ...]
    model: str
    budget: int
    more: More

    @property
    def estimator(self) -> Any:
        """The unfitted model."""
        made = get_model(self.model).make()
        return made.set_params(gamma=self.more.gamma) if self.model == SVM else made

    def options(self) -> dict[str, Any]:
        """The keywords of ``compare`` that all runs share."""
        more = self.more
        return {
            "initial": more.initial,
            "n_initial": min(more.n_initial, self.budget),
            "budget": self.budget,
            "batch_size": more.batch_size,
            "test": more.test,
            "metric": more.metric,
            "noise": more.noise,
            "points": None if more.every_label else 50,
        }


def choose_strategies() -> tuple[str, ...]:
    """What random is compared with."""
    every = bool(state.get("lab_all_ways", False))
    names = [
        name
        for name, way in STRATEGIES.items()
        if (every or way.menu) and name != "random" and name not in _NEED_MORE
    ]
    chosen = choose.several(
        "Against random",
        names,
        ["margin"],
        words=lambda name: STRATEGIES[name].title,
        key="lab_ways",
        bind="query-params",
    )
    return tuple(chosen)


def choose_model(data: LabData) -> str:
    """The model; those that cannot take this table are left out and named in the help."""
    matrix = data.matrix(AUTO)
    sparse = not hasattr(matrix, "__array__")
    shape = matrix.shape
    specs = models_for(shape[0], shape[1], sparse)
    reasons = [reason for _, reason in specs if reason]
    titles = {AUTO: "Recommended"} | {spec.name: spec.title for spec, reason in specs if not reason}
    best = recommend_model(shape[0], shape[1], sparse)
    name = choose.select(
        "Model",
        list(titles),
        words=titles.__getitem__,
        key="lab_model",
        bind="query-params",
        help=" ".join(
            [f"Recommended here: {why_recommended(shape[0], shape[1], sparse)}", *reasons]
        ),
    )
    return best if name == AUTO else str(name)


def choose_budget(n_pool: int) -> int:
    """Up to how many labels each run goes; never more than there are rows to learn from."""
    wanted = st.number_input(
        "Rows labelled up to", 10, 100_000, 150, step=10, key="lab_upto", bind="query-params"
    )
    # Always there: a line that comes as the field is left moves the button that is being pressed.
    end = "; runs end there" if wanted > n_pool else ""
    st.caption(f"{n_pool:,} rows can be learned from here{end}.")
    return min(int(wanted), n_pool)


def choose_target(proposed: int | None) -> int | None:
    """The target, a whole number in 100: as typed, else as proposed; None where neither is."""
    typed = st.number_input(
        "Target, in 100",
        1,
        100,
        value=None,
        step=1,
        placeholder=str(proposed or ""),
        key="lab_target",
        bind="query-params",
        help="How good it should become. It is fixed before the run: a target that is moved until "
        "the result pleases proves nothing. Left blank: about what random rows reach in the end.",
    )
    return proposed if typed is None else int(typed)


def choose_repeats(default: str) -> int:
    """How often each strategy is played, on splits of their own."""
    name = choose.radio(
        "Repeats",
        list(REPEATS),
        index=list(REPEATS).index(default),
        words=lambda name: repeats_title(REPEATS[name]),
        horizontal=True,
        key="lab_repeats",
        bind="query-params",
    )
    return REPEATS[str(name)]


def surer_than(repeats: int) -> int | None:
    """The next larger number of repeats that is offered.

    >>> surer_than(5), surer_than(100)
    (20, None)
    """
    return next((n for n in REPEATS.values() if n > repeats), None)


def repeats_title(repeats: int) -> str:
    """A number of repeats with its name.

    >>> repeats_title(20)
    'Solid 20'
    """
    return next(f"{name} {n}" for name, n in REPEATS.items() if n == repeats)


_STARTS = {"random": "picked at random", "centres": "typical ones"}
_GAMMAS = {"scale": "fitted to the rows learned from", "auto": "one over the number of columns"}


def choose_more() -> More:
    """More settings, in an expander; every one has a default that is right for most."""
    with st.expander("More settings", key="lab_more"):
        left, middle, right = st.columns(3)
        with left:
            n_initial = st.number_input(
                "First rows", 2, 1000, 20, key="lab_first", bind="query-params"
            )
            initial = choose.select(
                "First rows are",
                list(_STARTS),
                words=_STARTS.__getitem__,
                key="lab_start",
                bind="query-params",
            )
        with middle:
            batch = st.number_input(
                "Several at once", 1, 1000, 1, key="lab_batch", bind="query-params"
            )
            test = st.number_input(
                "Kept for testing, in 100", 10, 60, 25, key="lab_test", bind="query-params"
            )
        with right:
            metric = choose.select(
                "Measure by",
                list(METRICS),
                words=lambda name: METRICS[name].title,
                key="lab_metric",
                bind="query-params",
            )
            noise = st.number_input(
                "Wrong answers given, in 100", 0, 49, 0, key="lab_noise", bind="query-params"
            )
        every = st.toggle(
            "Score after every label, not at about 50 points", key="lab_every", bind="query-params"
        )
        st.toggle("Offer research strategies too", key="lab_all_ways", bind="query-params")
        gamma = _choose_gamma() if state.get("lab_model") == SVM else "scale"
    return More(
        int(n_initial), str(initial), int(batch), test / 100, str(metric), noise / 100, every, gamma
    )


def _choose_gamma() -> str:
    """How far each row of a support vector machine reaches; published tables differ in it."""
    name = choose.select(
        "Reach of each row (gamma)",
        list(_GAMMAS),
        words=_GAMMAS.__getitem__,
        key="lab_gamma",
        bind="query-params",
        help="Of the support vector machine. Published comparisons use one over the columns.",
    )
    return str(name)
