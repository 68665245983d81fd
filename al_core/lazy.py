"""Names of a package that load their modules when they are first asked for.

scikit-learn, SciPy, pandas and pyarrow take longer to import than the first page takes to draw, and
the first page needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any


def lazily(
    package: str, homes: Mapping[str, Sequence[str]], own: Sequence[str] = ()
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """The ``__getattr__`` and ``__dir__`` of ``package``.

    homes: module inside the package -> the names that the package hands out from it. own: names
    that are listed beside these, modules of the package among them.
    """
    home_of = {name: module for module, names in homes.items() for name in names}

    def get(name: str) -> Any:
        module = import_module(package)
        if name in home_of:
            found = getattr(import_module(f"{package}.{home_of[name]}"), name)
        elif name in own:
            found = import_module(f"{package}.{name}")
        else:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        setattr(module, name, found)  # the next time it is found without this function
        return found

    def names() -> list[str]:
        return sorted({*vars(import_module(package)), *home_of, *own})

    return get, names
