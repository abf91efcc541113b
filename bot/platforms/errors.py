"""A platform that will not have us: wrong token, wrong address, missing permission of the app itself."""

from __future__ import annotations


class PlatformRefused(Exception):
    """One line for the operator, saying which platform, what it said and what to do. Never holds a secret."""
