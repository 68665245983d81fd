"""What takes long to import is imported once the first page is on the screen.

That page is drawn without scikit-learn, SciPy, pandas and plotly's figures; what a person does next
needs them, and finds them there. A press to answer a row never waits for an import: the desk is
reached through :func:`warmed` alone.
"""

from __future__ import annotations

import sys
import threading
from importlib import import_module

import streamlit as st

import al_core
from al_core import figures, learning, projects, tables

_PAUSE = 1.0
"""Seconds that the browser has to itself to paint; it fetches its parts from this process too."""
_WINGS = (tables, learning, projects, figures, al_core)
_DEMO_SETS = "sklearn.datasets"  # which the library imports only where a set is loaded
_ONE_AT_A_TIME = threading.Lock()
# Seconds after which a thread that computes lets another one on. Python's 5 ms are long for a
# press, which waits for disk and network a dozen times and then each time for its turn: with twenty
# people and two comparisons p95 was 144 and 164 ms in place of 188 and 221 (docs/decisions.md).
_TURN = 0.0005


def warmed() -> None:
    """Wait until everything is imported; at once where it is.

    One thread at a time: two that enter scikit-learn's circles from two sides could each see a
    module of the other half made.
    """
    with _ONE_AT_A_TIME:
        for wing in _WINGS:
            for name in wing.__all__:
                getattr(wing, name)
        import_module(_DEMO_SETS)


def _get_ready() -> None:
    sys.setswitchinterval(_TURN)
    warmed()
    al_core.ready_to_read()
    projects.sweep_leftovers()


@st.cache_resource(show_spinner=False)
def warm_soon() -> threading.Timer:
    """Begin with it in a moment, in a thread, once for all sessions; then have the process ready
    that reads a dropped file, and tidy up."""
    timer = threading.Timer(_PAUSE, _get_ready)
    timer.daemon = True
    timer.start()
    return timer
