"""The command ``al-workbench``: starts the app that is installed beside this library, and gives
a project to somebody.

It hands over to Streamlit by its module name: the library itself never imports it.
"""

from __future__ import annotations

import os
import runpy
import socket
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_HERE = Path(__file__).resolve().parents[1]
_PLACES = (_HERE / "al_workbench" / "app.py", _HERE / "app.py")
"""In an installation, and in a checkout or an editable installation."""
_GIVE = "al-workbench give PROJECT PERSON"
_LOCAL = ("localhost", "127.0.0.1", "::1")
_EVERY = ("0.0.0.0", "::", "*")  # noqa: S104  what others ask for; nothing is bound here
_ANYWHERE = ("192.0.2.1", 9)
"""An address that is kept for documents, so that nobody has it."""


def app_file() -> Path:
    """Where the app's first file is; FileNotFoundError where only the library was copied."""
    for place in _PLACES:
        if place.is_file():
            return place
    raise FileNotFoundError(
        f"The app is neither at {_PLACES[0]} nor at {_PLACES[1]}. Install the whole package: "
        "pip install al-workbench."
    )


def hosts_for(arguments: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """The names under which the app may be called, where another address is asked for; else [].

    Whoever gives ``--server.allowedHosts`` has said it already. A page of a foreign name that leads
    here by its name server is kept out by this list.

    >>> hosts_for(["--server.port", "80"], {})
    []
    >>> "10.0.0.7" in hosts_for(["--server.address", "10.0.0.7"], {})
    True
    """
    given = dict(zip(arguments, [*arguments[1:], ""], strict=False))
    given |= dict(one.split("=", 1) for one in arguments if "=" in one)
    address = given.get("--server.address", environment.get("STREAMLIT_SERVER_ADDRESS", ""))
    said = "--server.allowedHosts" in given or "STREAMLIT_SERVER_ALLOWED_HOSTS" in environment
    if said or address in ("", *_LOCAL):
        return []
    name = socket.gethostname()
    names = [*_LOCAL, name, f"{name}.local", socket.getfqdn(), *_addresses(name)]
    return list(dict.fromkeys([*names, *([] if address in _EVERY else [address])]))


def _addresses(name: str) -> list[str]:
    """The addresses of this computer in its network, as far as it knows them."""
    found = []
    with suppress(OSError):
        found += [str(one[4][0]).partition("%")[0] for one in socket.getaddrinfo(name, None)]
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(_ANYWHERE)  # sends nothing: it only chooses the way out
        found.append(str(probe.getsockname()[0]))
    return found


def give(arguments: Sequence[str]) -> str:
    """Make a project somebody's, as ``al-workbench give PROJECT PERSON`` does; what is said of it.

    PROJECT is the name in the address of the page, of a project in the bin as well. For whoever
    sits at the machine: nobody is asked who they are. Raises UserError.
    """
    from al_core.errors import UserError
    from al_core.projects import Project, list_projects, projects_home

    home = projects_home()
    names = ", ".join(info.id for info in list_projects(home)) or "none"
    if len(arguments) != 2:
        raise UserError(f"Give a project and a person: {_GIVE}. Projects here: {names}.")
    project_id, person = arguments
    places = [place / Path(project_id).name for place in (home, home / ".bin")]
    folder = next((place for place in places if place.is_dir()), None)
    if folder is None:
        raise UserError(f"There is no project {project_id!r} here. Projects here: {names}.")
    with Project.open(folder, background=False) as project:
        project.give(person)
        return f"{project.name} is {project.owner}'s now, and shared with nobody."


def _say_given(arguments: Sequence[str]) -> None:
    from al_core.errors import UserError

    try:
        print(give(arguments))
    except UserError as problem:
        sys.exit(str(problem))


def main() -> None:
    """Start the app; what follows the command is passed on to ``streamlit run``.

    ``al-workbench give PROJECT PERSON`` starts nothing: see :func:`give`.
    """
    if sys.argv[1:2] == ["give"]:
        _say_given(sys.argv[2:])
        return
    hosts = [f"--server.allowedHosts={host}" for host in hosts_for(sys.argv[1:], os.environ)]
    sys.argv = ["streamlit", "run", str(app_file()), *sys.argv[1:], *hosts]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
