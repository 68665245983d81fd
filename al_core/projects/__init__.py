"""The durable wing: a project is a table, its roles and its journal of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from al_core.lazy import lazily

if TYPE_CHECKING:
    from al_core.projects.folder.project_file import import_project
    from al_core.projects.folder.shelf import (
        binned_projects,
        list_projects,
        move_to_bin,
        new_project_folder,
        projects_home,
        projects_of,
        restore,
    )
    from al_core.projects.project import Project
    from al_core.projects.records import (
        BesideRandom,
        ClaimNow,
        Counts,
        Download,
        Explanation,
        FinalCheck,
        FinalCheckPlan,
        Freshness,
        HistoryItem,
        Measurement,
        Pace,
        ProjectInfo,
        Question,
        Reading,
        Receipt,
        ScoreNow,
        Summary,
        Term,
    )
    from al_core.projects.replaying import replayed
    from al_core.projects.starting.data import ProjectData, load_data, new_data
    from al_core.projects.starting.settings import Settings
    from al_core.projects.takeaways.labelled_file import FORMATS, Wanted, formats_for
    from al_core.projects.takeaways.model.guessed import guessed_file, guesses_csv
    from al_core.projects.takeaways.model.taken import Guesses, TakenModel, load_model
    from al_core.projects.words import score_line, without_answer

__all__ = [
    "FORMATS",
    "BesideRandom",
    "ClaimNow",
    "Counts",
    "Download",
    "Explanation",
    "FinalCheck",
    "FinalCheckPlan",
    "Freshness",
    "Guesses",
    "HistoryItem",
    "Measurement",
    "Pace",
    "Project",
    "ProjectData",
    "ProjectInfo",
    "Question",
    "Reading",
    "Receipt",
    "ScoreNow",
    "Settings",
    "Summary",
    "TakenModel",
    "Term",
    "Wanted",
    "binned_projects",
    "formats_for",
    "guessed_file",
    "guesses_csv",
    "import_project",
    "list_projects",
    "load_data",
    "load_model",
    "move_to_bin",
    "new_data",
    "new_project_folder",
    "projects_home",
    "projects_of",
    "replayed",
    "restore",
    "score_line",
    "without_answer",
]

_HOMES = {
    "folder.project_file": ("import_project",),
    "folder.shelf": (
        "binned_projects",
        "list_projects",
        "move_to_bin",
        "new_project_folder",
        "projects_home",
        "projects_of",
        "restore",
    ),
    "project": ("Project",),
    "records": (
        "BesideRandom",
        "ClaimNow",
        "Counts",
        "Download",
        "Explanation",
        "FinalCheck",
        "FinalCheckPlan",
        "Freshness",
        "HistoryItem",
        "Measurement",
        "Pace",
        "ProjectInfo",
        "Question",
        "Reading",
        "Receipt",
        "ScoreNow",
        "Summary",
        "Term",
    ),
    "replaying": ("replayed",),
    "starting.data": ("ProjectData", "load_data", "new_data"),
    "starting.settings": ("Settings",),
    "takeaways.labelled_file": ("FORMATS", "Wanted", "formats_for"),
    "takeaways.model.guessed": ("guessed_file", "guesses_csv"),
    "takeaways.model.taken": ("Guesses", "TakenModel", "load_model"),
    "words": ("score_line", "without_answer"),
}
if not TYPE_CHECKING:  # a type checker would take any name for one of these
    __getattr__, __dir__ = lazily(__name__, _HOMES)
