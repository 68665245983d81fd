"""Errors whose message is fit to show a person: what was got, what is allowed, what to do.

A page shows the text of any :class:`UserError` as it is. Every other exception is a fault of ours.
The kinds that belong to ``learning`` are :class:`ValueError` as well, so that code written for
scikit-learn can catch what it expects.
"""

from __future__ import annotations


class UserError(Exception):
    """Something a person can put right; the message says how."""


class TableError(UserError):
    """A file that cannot be read as a table, or a table that cannot serve."""


class SettingsError(UserError, ValueError):
    """A setting that does not exist, or a value that it does not allow."""


class LabelError(UserError, ValueError):
    """A label, or a list of classes, that cannot be used."""


class PoolError(UserError, ValueError):
    """Rows asked of a pool that does not have them in that state."""


class StrategyError(UserError, ValueError):
    """A query strategy that does not exist, does not fit the model, or gave no usable answer."""


class NotFittedError(UserError, ValueError):
    """A model was used before it had labels of at least two classes to learn from."""


class ProjectError(UserError):
    """A project that cannot be created, opened or written."""


class ProjectMissing(ProjectError):
    """There is no such project, or none that this person may open: it is not said which."""


class ProjectTooNew(ProjectError):
    """The project was written by a newer version than this one can read."""


class ProjectDamaged(ProjectError):
    """The project's files are missing or are not what they should be."""


class ProjectReadOnly(ProjectError):
    """The project's folder cannot be written to."""
