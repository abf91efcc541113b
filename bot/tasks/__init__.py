"""What the command line does with the parts; one file for each thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Emit = Callable[[dict[str, Any]], None]  # writes one line of JSON


class Trouble(Exception):
    """Something that was asked for cannot be done; one line says what and why."""


@contextmanager
def at(path: object, done: str = "read") -> Iterator[None]:
    """What goes wrong with a file is Trouble that names it."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise Trouble(f"{path}: not UTF-8 text (byte {error.start})") from None
    except OSError as error:
        raise Trouble(f"{path}: {(error.strerror or f'cannot be {done}').lower()}") from None


class Misuse(Trouble):
    """What was typed cannot be meant: exit code 2."""
