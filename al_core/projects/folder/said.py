"""What an opened project says of itself, and closing it: what every :class:`Project` has."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from al_core.learning import Matrix, Rows
from al_core.projects.opened import Opened
from al_core.projects.starting.settings import Settings


class Said:
    """The properties of an opened project; each is that of what its parts share."""

    _opened: Opened

    @property
    def is_open(self) -> bool:
        """Whether it was not closed here."""
        return not self._opened.closed

    @property
    def person(self) -> str:
        """Who has it open: the name of a login; "" without one."""
        return self._opened.person

    @property
    def name(self) -> str:
        """The name a person reads."""
        return self._opened.state.name

    @property
    def settings(self) -> Settings:
        """The settings that hold now."""
        return self._opened.settings

    @property
    def classes(self) -> list[str]:
        """The answers in order."""
        return self._opened.classes

    @property
    def metric(self) -> str:
        """What is measured: the setting, and accuracy where that is "auto"."""
        return self._opened.metric

    @property
    def saved_at(self) -> datetime | None:
        """When the last event was recorded, with time zone."""
        return self._opened.saved_at

    @property
    def model_name(self) -> str:
        """The name of the model, the recommended one where the setting is "auto"."""
        return self._opened.model_name

    @property
    def estimator(self) -> Any:
        """A new, unfitted estimator, seeded as every model of this project is."""
        return self._opened.estimator

    @property
    def X(self) -> Matrix:
        """The encoded rows (n_rows, n_features) as this project's model takes them."""
        return self._opened.X

    @property
    def features(self) -> str:
        """The digest of what models read beside letters, for ``data.matrix``; "" for nothing."""
        return self._opened.features

    @property
    def meaning_from(self) -> int | None:
        """From how many labels on models have read what texts mean; None: letters alone."""
        state = self._opened.state
        return state.features_at if state.features else None

    @property
    def check_rows(self) -> Rows:
        """The check rows in the order in which they are asked; those of final checks last."""
        return self._opened.check_rows

    @property
    def test_rows(self) -> Rows:
        """The rows that score the model; in an oracle project all check rows."""
        return self._opened.test_rows
