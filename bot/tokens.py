"""The secrets: from the environment or from files named there, never from TOML, never shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.layers import SettingsError


@dataclass(frozen=True, slots=True)
class Tokens:
    """Secrets. Empty means: this platform is not used."""

    discord: SecretStr
    slack_bot: SecretStr
    slack_app: SecretStr


def found(env: Mapping[str, str]) -> Tokens:
    """The three secrets, each from NAME or from the file that NAME_FILE names."""
    return Tokens(
        *(SecretStr(secret(env, name)) for name in ("DISCORD_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"))
    )


SHAPES = {
    "SLACK_BOT_TOKEN": (re.compile(r"xoxb-[A-Za-z0-9-]+"), "a bot token begins with xoxb-"),
    "SLACK_APP_TOKEN": (re.compile(r"xapp-[A-Za-z0-9-]+"), "an app-level token begins with xapp-"),
    "DISCORD_TOKEN": (
        re.compile(r"[\w-]{1,100}\.[\w-]{1,100}\.[\w-]{1,100}"),
        "a bot token has three parts joined by dots",
    ),
}


def secret(env: Mapping[str, str], name: str) -> str:
    """A secret, its shape checked, never shown. "" when it is not set."""
    value, path = env.get(name, "").strip(), env.get(f"{name}_FILE", "").strip()
    if value and path:
        raise SettingsError(f"{name} and {name}_FILE are both set; keep one")
    if path:
        try:
            value = Path(path).read_text("utf-8").strip()
        except UnicodeDecodeError as error:
            raise SettingsError(f"{name}_FILE: {path}: not UTF-8 (byte {error.start})") from None
        except OSError as error:
            raise SettingsError(f"{name}_FILE: {path}: cannot be read: {error.strerror}") from None
        if not value:
            raise SettingsError(f"{name}_FILE: {path}: is empty")
    shape, words = SHAPES[name]
    if value and not shape.fullmatch(value):
        raise SettingsError(f"{name}: this does not look like a token: {words}")
    return value
