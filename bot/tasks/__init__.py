"""What the command line does with the parts; one file for each thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Emit = Callable[[dict[str, Any]], None]  # writes one line of JSON


class Trouble(Exception):
    """Something that was asked for cannot be done; one line says what and why."""


class Misuse(Trouble):
    """What was typed cannot be meant: exit code 2."""
