"""Pages under a login: each person meets their own projects and those shared with them alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project, Share, binned_projects, list_projects, move_to_bin
from tests.pages.one_page import keys, page_alone, words
from tests.projects_cases import ANSWERS, FEATURES, points

ROOT = Path(__file__).resolve().parents[2]
ANNA, BEN = "anna@example.org", "ben@example.org"
SCRIPT = """
import runpy
from pages.components.shell import state
state.put("_framed", True)
runpy.run_path('{page}')
"""
NOT_HERE = "There is no project 'p' here."


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Anna has a project "p"."""
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path / "home"))
    made(tmp_path / "home" / "p", ANNA)
    return tmp_path / "home"


def made(folder: Path, person: str) -> None:
    given = {"classes": ANSWERS, "model": "logistic_regression"}
    Project.create(folder, points(), FEATURES, given, background=False, person=person).close()


def share(home: Path, right: str) -> None:
    with Project.open(home / "p", background=False, person=ANNA) as project:
        project.share(BEN, right)


def app_of(person: str | None, **parameters: str) -> AppTest:
    """The app as this person opens it; None: with a login that nobody has used yet."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.user = {"is_logged_in": True, "email": person} if person else {"is_logged_in": False}
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def test_whoever_is_not_logged_in_meets_one_sentence_and_one_button(home: Path) -> None:
    app = app_of(None, project="p")
    assert keys(app) == {"log_in_None"}
    assert [one.value for one in app.text] == [
        "Log in to open your projects and those that are shared with you."
    ]
    assert not app.file_uploader
    assert "_open_project" not in app.session_state


@pytest.mark.parametrize("unchecked", [False, "false"])
def test_an_address_that_nobody_checked_is_nobodys(home: Path, unchecked: object) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.user = {"is_logged_in": True, "email": ANNA, "email_verified": unchecked}
    app.query_params["project"] = "p"
    app.run()
    assert keys(app) == {"log_out"}
    assert "no checked e-mail address" in words(app)


def test_the_owner_finds_the_project_and_the_name_of_the_login(home: Path) -> None:
    app = app_of(ANNA, project="p")
    said = words(app)
    assert ANNA in said
    assert "You and those you share with can open your projects." in said
    assert "continue_p" in keys(app)
    assert app.session_state["_open_project"].person == ANNA


def test_the_address_of_anothers_project_says_what_an_unknown_one_says(home: Path) -> None:
    known, unknown = app_of(BEN, project="p"), app_of(BEN, project="q")
    assert NOT_HERE in words(known)
    assert words(known) == words(unknown).replace("'q'", "'p'")
    assert "_open_project" not in known.session_state
    assert "continue_p" not in keys(known)


def test_anothers_project_in_the_session_is_not_shown(home: Path) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.user = {"is_logged_in": True, "email": BEN}
    app.session_state["_open_project"] = Project.open(home / "p", background=False, person=ANNA)
    app.query_params["project"] = "p"
    app.run()
    assert "_open_project" not in app.session_state
    assert "points.csv" not in words(app)


def test_anothers_line_of_the_list_in_the_session_opens_nothing(home: Path) -> None:
    (info,) = list_projects(home, person=ANNA)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.user = {"is_logged_in": True, "email": BEN}
    app.session_state["_chosen_project"] = info
    app.session_state["_last_binned"] = (info.name, move_to_bin(info.folder, person=ANNA))
    app.run()
    assert NOT_HERE in words(app)
    app.button(key="undo_bin").click().run()
    assert "There is no project in p" in words(app)
    assert len(binned_projects(home, person=ANNA)) == 1


def test_the_last_project_of_all_is_opened_for_nobody_but_its_owner(
    home: Path,
) -> None:
    made(home / "bens", BEN)
    with Project.open(home / "p", background=False, person=ANNA) as project:
        project.label(1, "yes")  # the one last worked on
    app = page_alone_of(BEN, "curves")
    assert app.session_state["_open_project"].id == "bens"


def page_alone_of(person: str, page: str) -> AppTest:
    script = SCRIPT.format(page=ROOT / "pages" / f"{page}.py")
    app = AppTest.from_string(script, default_timeout=120)
    app.user = {"is_logged_in": True, "email": person}
    return app.run()


def test_a_file_of_which_another_has_a_project_tells_nothing_of_it(home: Path) -> None:
    frame = points()
    lines = ["x,y,answer", *(",".join(row) for row in zip(*columns(frame), strict=True))]
    data = "\n".join(lines).encode()
    for person, told in ((ANNA, True), (BEN, False)):
        app = app_of(person)
        app.file_uploader(key="upload").upload("points.csv", data).run()
        assert ("go_on_p" in keys(app)) is told
        assert ("You have a project of this file" in words(app)) is told


def columns(table) -> list[list[str]]:
    return [[str(cell or "") for cell in table.text[name]] for name in table.columns]


def test_a_project_file_that_names_another_owner_becomes_the_importers(home: Path) -> None:
    share(home, "label")
    with Project.open(home / "p", background=False, person=ANNA) as project:
        data = project.project_file_bytes()
    eve = "eve@example.org"
    app = app_of(eve)
    app.file_uploader(key="upload").upload("p.zip", data).run()
    taken = app.session_state["_open_project"]
    assert (taken.person, taken.owner, taken.shared_with()) == (eve, eve, ())
    assert [info.id for info in list_projects(home, person=ANNA)] == ["p"]
    assert [info.id for info in list_projects(home, person=BEN)] == ["p"]
    assert taken.id != "p"


def test_sharing_that_is_taken_back_ends_at_the_next_run(home: Path) -> None:
    share(home, "label")
    app = app_of(BEN, project="p")
    assert app.session_state["_open_project"].right == "label"
    with Project.open(home / "p", background=False, person=ANNA) as project:
        project.stop_sharing(BEN)
    app.run()
    assert NOT_HERE in words(app)
    assert "_open_project" not in app.session_state
    assert "continue_p" not in keys(app)


def test_a_press_after_sharing_was_taken_back_is_refused_in_words(home: Path) -> None:
    share(home, "label")
    app = AppTest.from_string(SCRIPT.format(page=ROOT / "pages" / "label.py"), default_timeout=120)
    app.user = {"is_logged_in": True, "email": BEN}
    app.query_params["project"] = "p"
    app.run()
    with Project.open(home / "p", background=False, person=ANNA) as project:
        project.stop_sharing(BEN)
        app.button(key=next(key for key in keys(app) if key.startswith("answer_"))).click().run()
        assert NOT_HERE in words(app)
        assert len(project.labels()) == 0


def test_who_may_only_read_is_offered_no_change(home: Path) -> None:
    share(home, "read")
    app = app_of(BEN, project="p")
    said = words(app)
    assert "shared with you to read" in " ".join(one.value for one in app.warning)
    assert "to read" in said
    assert not keys(app) & {"rename_p", "bin_p", "let_in_p"}


def test_the_desk_asks_a_reader_nothing(home: Path) -> None:
    share(home, "read")
    app = page_alone_of(BEN, "label")
    assert "open for reading: no row is asked here" in words(app)
    assert keys(app) == {"notices_read", "see_progress"}
    assert not app.error


def test_who_may_label_may_rename_and_neither_share_nor_bin(home: Path) -> None:
    share(home, "label")
    found = keys(app_of(BEN))
    assert "rename_p" in found
    assert not found & {"bin_p", "let_in_p"}


def test_the_owner_lets_somebody_in_and_takes_it_back(home: Path) -> None:
    app = app_of(ANNA)
    app.text_input(key="share_p").set_value(f" {BEN} ")
    app.button(key="let_in_p").click().run()
    (info,) = list_projects(home, person=ANNA)
    assert info.shares == (Share(BEN, "label"),)
    assert f"{BEN}, to label" in words(app)
    app.text_input(key="share_p").set_value(ANNA)
    app.button(key="let_in_p").click().run()
    assert "already" in words(app)
    app.button(key="take_back_p_0").click().run()
    (info,) = list_projects(home, person=ANNA)
    assert info.shares == ()


def test_a_project_that_is_started_is_its_makers(home: Path) -> None:
    app = app_of(BEN)
    app.button(key="demo_tickets").click().run()
    (info,) = list_projects(home, person=BEN)
    assert (info.owner, info.right) == (BEN, "own")
    assert [one.id for one in list_projects(home, person=ANNA)] == ["p"]


def test_without_a_login_at_another_address_one_switch_is_asked_for_once(home: Path) -> None:
    def opened(address: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        app.context = {"url": address}
        return app.run()

    assert "continue_p" in keys(opened("http://localhost:8501/"))
    app = opened("http://10.0.0.7:8501/")
    assert keys(app) == {"open_to_everybody"}
    assert "Anyone who can open this address can open every project here." in words(app)
    assert "continue_p" in keys(app.button(key="open_to_everybody").click().run())
    assert "continue_p" in keys(opened("http://10.0.0.7:8501/"))


def test_one_page_alone_is_drawn_for_nobody_who_is_not_logged_in(home: Path) -> None:
    app = page_alone("label")
    assert keys(app)  # without a login, as ever
    app.user = {"is_logged_in": False}
    app.run()
    assert not keys(app)
