"""One page run alone on the project "p", and what a person reads and can press on it."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
_PAGE = """
import runpy
from pages.components.shell import state
state.put("_framed", True)
runpy.run_path({path!r})
"""


def page_alone(page: str) -> AppTest:
    """Below the app's frame AppTest loses presses to the guard of cold links."""
    script = _PAGE.format(path=str(ROOT / "pages" / f"{page}.py"))
    app = AppTest.from_string(script, default_timeout=120)
    app.query_params["project"] = "p"
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """All that is said, without the signs that keep it text."""
    assert not app.exception
    kinds = (app.text, app.markdown, app.caption, app.header, app.title, app.info, app.error)
    said = [one.value for kind in kinds for one in kind]
    bars = [bar.proto.text for bar in app.get("progress")]
    return "\n".join([*said, *bars]).replace("\\", "").replace("\u00a0", " ")


def keys(app: AppTest) -> set[str]:
    """The buttons by their keys."""
    return {one.key for one in app.button if one.key}
