"""The durable wing: a project is a table, its roles and its journal of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from al_core.lazy import lazily

if TYPE_CHECKING:
    from al_core.projects.filling.records import (
        BesideGuesses,
        DoubtfulLabel,
        FillCheck,
        FillCheckPlan,
        Filled,
        FillPlan,
    )
    from al_core.projects.folder.leftovers import sweep_leftovers
    from al_core.projects.folder.project_file import import_project
    from al_core.projects.folder.shelf import (
        ProjectInfo,
        binned_projects,
        list_projects,
        move_to_bin,
        new_project_folder,
        projects_home,
        projects_of,
        restore,
        right_in,
    )
    from al_core.projects.labelling.price import Price, parse_price
    from al_core.projects.measuring.checks.records import (
        FinalCheck,
        FinalCheckPlan,
        RecallCheck,
        RecallPlan,
    )
    from al_core.projects.measuring.guess_words import beside_app, guesses_right, guesses_tested_on
    from al_core.projects.measuring.guesses import what_they_say
    from al_core.projects.project import Project
    from al_core.projects.records import (
        DRAWN_PURPOSES,
        Agreement,
        BesideRandom,
        ClaimNow,
        Counts,
        Download,
        Explanation,
        Freshness,
        GuessScore,
        HistoryItem,
        Measurement,
        Pace,
        Question,
        Reading,
        Receipt,
        ScoreNow,
        Seeking,
        SeekingPlan,
        Summary,
        Term,
    )
    from al_core.projects.replay.access import Share, folded
    from al_core.projects.starting.data import ProjectData, load_data, new_data
    from al_core.projects.starting.settings import Settings
    from al_core.projects.takeaways.labelled_file import FORMATS, Wanted, formats_for
    from al_core.projects.takeaways.model.guessed import guessed_file, guessed_note, guesses_csv
    from al_core.projects.takeaways.model.taken import Guesses, TakenModel, load_model
    from al_core.projects.takeaways.script.script import prepare_replay
    from al_core.projects.words import (
        no_answers_words,
        score_beside_rival,
        score_line,
        without_answer,
    )

__all__ = [
    "DRAWN_PURPOSES",
    "FORMATS",
    "Agreement",
    "BesideGuesses",
    "BesideRandom",
    "ClaimNow",
    "Counts",
    "DoubtfulLabel",
    "Download",
    "Explanation",
    "FillCheck",
    "FillCheckPlan",
    "FillPlan",
    "Filled",
    "FinalCheck",
    "FinalCheckPlan",
    "Freshness",
    "GuessScore",
    "Guesses",
    "HistoryItem",
    "Measurement",
    "Pace",
    "Price",
    "Project",
    "ProjectData",
    "ProjectInfo",
    "Question",
    "Reading",
    "RecallCheck",
    "RecallPlan",
    "Receipt",
    "ScoreNow",
    "Seeking",
    "SeekingPlan",
    "Settings",
    "Share",
    "Summary",
    "TakenModel",
    "Term",
    "Wanted",
    "beside_app",
    "binned_projects",
    "folded",
    "formats_for",
    "guessed_file",
    "guessed_note",
    "guesses_csv",
    "guesses_right",
    "guesses_tested_on",
    "import_project",
    "list_projects",
    "load_data",
    "load_model",
    "move_to_bin",
    "new_data",
    "new_project_folder",
    "no_answers_words",
    "parse_price",
    "prepare_replay",
    "projects_home",
    "projects_of",
    "restore",
    "right_in",
    "score_beside_rival",
    "score_line",
    "sweep_leftovers",
    "what_they_say",
    "without_answer",
]

_HOMES = {
    "filling.records": (
        "BesideGuesses",
        "DoubtfulLabel",
        "FillCheck",
        "FillCheckPlan",
        "FillPlan",
        "Filled",
    ),
    "folder.leftovers": ("sweep_leftovers",),
    "folder.project_file": ("import_project",),
    "folder.shelf": (
        "ProjectInfo",
        "binned_projects",
        "list_projects",
        "move_to_bin",
        "new_project_folder",
        "projects_home",
        "projects_of",
        "restore",
        "right_in",
    ),
    "labelling.price": ("Price", "parse_price"),
    "measuring.checks.records": ("FinalCheck", "FinalCheckPlan", "RecallCheck", "RecallPlan"),
    "measuring.guess_words": ("beside_app", "guesses_right", "guesses_tested_on"),
    "measuring.guesses": ("what_they_say",),
    "project": ("Project",),
    "records": (
        "DRAWN_PURPOSES",
        "Agreement",
        "BesideRandom",
        "ClaimNow",
        "Counts",
        "Download",
        "Explanation",
        "Freshness",
        "GuessScore",
        "HistoryItem",
        "Measurement",
        "Pace",
        "Question",
        "Reading",
        "Receipt",
        "ScoreNow",
        "Seeking",
        "SeekingPlan",
        "Summary",
        "Term",
    ),
    "replay.access": ("Share", "folded"),
    "takeaways.script.script": ("prepare_replay",),
    "starting.data": ("ProjectData", "load_data", "new_data"),
    "starting.settings": ("Settings",),
    "takeaways.labelled_file": ("FORMATS", "Wanted", "formats_for"),
    "takeaways.model.guessed": ("guessed_file", "guessed_note", "guesses_csv"),
    "takeaways.model.taken": ("Guesses", "TakenModel", "load_model"),
    "words": ("no_answers_words", "score_beside_rival", "score_line", "without_answer"),
}
if not TYPE_CHECKING:  # a type checker would take any name for one of these
    __getattr__, __dir__ = lazily(__name__, _HOMES)
