"""Random presses and hostile texts on every page: no traceback, no fault in words, no path.

``AL_FAULT_PAGE_STEPS`` sets the number of steps, for long runs: other ones than CI tries.
"""

from __future__ import annotations

import logging
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project, list_projects
from al_core.tables import guess_roles, read_table

ROOT = Path(__file__).resolve().parents[2]
STEPS = int(os.environ.get("AL_FAULT_PAGE_STEPS", "80"))
SEED = 0 if "AL_FAULT_PAGE_STEPS" not in os.environ else random.SystemRandom().randrange(10**9)
PAGES = ("data", "label", "curves", "compare", "map", "export", "demo")
TEXTS = (
    "", " ", "Billing", "*b* <script>alert(1)</script>", "=HYPERLINK(1)", "\x00", "\u202eabc",
    "a\nb\nc", "$x^2$ :red[x] :material/home:", "../../etc", "9" * 400, "-1", "1e999", "n" * 6_000,
    "{}", "%s %d {0}", "'; DROP TABLE events; --", "日本\U0001f600", "[a](http://example.org)",
)  # fmt: skip
FILES = (
    ("a.csv", b"a,b\n1,x\n2,y\n3,x\n"), ("empty.csv", b""), ("half.parquet", b"PAR1"),
    ("p.alproject.zip", b"PK\x03\x04"), ("<b>.csv", b"=1+1,b\n<i>,2\n,3\n"),
    ("deep.json", b"[" * 900),
)  # fmt: skip
SAID = ("error", "info", "warning", "text", "markdown", "caption")
# What makes a comparison last for hours: AppTest waits for its end, as no page in a browser does.
LEFT = {"lab_repeats", "lab_all_ways", "lab_every", "lab_upto", "lab_ways", "lab_model"}
ROWS = "Message,Amount,Team\n" + "".join(
    f'"<b>{n}</b> **my** parcel {"x" * (n % 7)}",{n * 7 % 11},{("A", "B", "")[n % 3]}\n'
    for n in range(40)
)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Two projects, one of them open."""
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    table = read_table(ROWS.encode(), name="p.csv")
    roles = guess_roles(table)
    usual = {"classes": ("*A*", "=1+1"), "model": "logistic_regression", "check_first": 4}
    for name in ("p", "q"):
        Project.create(tmp_path / name, table, roles, usual, background=False).close()
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    test.query_params["project"] = "p"
    return test.run()


def _one_of(rng: random.Random, options: Any) -> Any:
    return rng.choice(list(options)) if len(options) else None


def _text(one: Any, rng: random.Random) -> object:
    return one.set_value(rng.choice(TEXTS))


def _number(one: Any, rng: random.Random) -> object:
    low, high = (one.min if one.min is not None else -(10**9)), one.max or 10**9
    return one.set_value(rng.choice([low, high, one.value if one.value is not None else low]))


def _slid(one: Any, rng: random.Random) -> object:
    value = rng.choice([one.min, one.max])
    return one.set_value((one.min, value) if isinstance(one.value, list | tuple) else value)


WAYS: dict[str, Callable[[Any, random.Random], object]] = {
    "button": lambda one, rng: one.click(),
    "checkbox": lambda one, rng: one.set_value(not one.value),
    "toggle": lambda one, rng: one.set_value(not one.value),
    "radio": lambda one, rng: one.set_value(_one_of(rng, one.options)),
    "selectbox": lambda one, rng: one.set_value(_one_of(rng, one.options)),
    "multiselect": lambda one, rng: one.set_value(list(one.options)[: rng.randrange(4)]),
    "text_input": _text,
    "text_area": _text,
    "number_input": _number,
    "slider": _slid,
    "file_uploader": lambda one, rng: one.upload(*rng.choice(FILES)),
}


def step(app: AppTest, rng: random.Random) -> str:
    """Go to another page, or use something on this one; what was done."""
    part = app.sidebar if rng.random() < 0.05 else app.main
    usable = [
        (kind, one)
        for kind in WAYS
        for one in part.get(kind)
        if not getattr(one, "disabled", False) and one.key not in LEFT
    ]
    if not usable or rng.random() < 0.15:
        return _to(app, rng.choice(PAGES))
    kind = rng.choice(sorted({kind for kind, _ in usable}))
    if rng.random() < 0.5:
        kind = usable[0][0]  # buttons lead furthest
    one = rng.choice([one for of_kind, one in usable if of_kind == kind])
    if str(one.key).startswith("to_"):  # AppTest does not follow to another page
        return _to(app, {"to_label": "label", "to_data": "data"}.get(one.key, "curves"))
    WAYS[kind](one, rng)
    done = f"{kind} {one.key or one.label!r} {one.value!r:.60}"
    app.run()
    return done


def _to(app: AppTest, page: str) -> str:
    app.switch_page(f"pages/{page}.py").run()
    return f"to {page}"


def test_random_steps_over_all_pages_end_in_no_fault(
    app: AppTest, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rng, done = random.Random(f"pages {SEED}"), [f"seed {SEED}"]
    with caplog.at_level(logging.ERROR):
        for _ in range(STEPS):
            done.append(step(app, rng))
            faults = [record.exc_text or record.message for record in caplog.records]
            faults += [f"{one.message} {one.stack_trace}" for one in app.exception]
            assert faults == [], "\n".join(done)
            said = [str(one.value) for kind in SAID for one in app.get(kind)]
            assert not [text for text in said if str(tmp_path) in text], done[-1]
    if "_open_project" in app.session_state:
        app.session_state["_open_project"].close()
    assert all(not info.problem for info in list_projects(tmp_path))
