"""The name that a message carries on its platform, so that it can be found again."""

from __future__ import annotations

import base64
import hashlib

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
NAME = 21  # characters that name the message; the rest tells its revisions apart


def of(*parts: object, revision: int = 0) -> str:
    """25 characters of a-z and 2-7: 21 for the message, 4 for the revision of it.

    Made of what a channel and a story are, not of row numbers: a store restored from an old copy
    numbers differently, yet must recognise what it posted since.

    >>> of("discord", "guild", "channel", "entry", revision=1)
    'datc4ub3kshnnk32aekgtaaab'
    """
    said = "\x1f".join(str(part) for part in parts)
    name = base64.b32encode(hashlib.sha256(said.encode()).digest()).decode().lower()
    return name[:NAME] + "".join(LETTERS[(revision >> shift) & 31] for shift in (15, 10, 5, 0))
