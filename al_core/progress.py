"""What long work calls while it runs, so that a person sees how far it is."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Progress", "Step"]

Progress = Callable[[float, str], object]
"""Called with the share done (0 to 1) and a few words; may raise, which cancels the work."""

Step = Callable[[float], object]
"""Called with the share done (0 to 1); may raise, which cancels the work."""
