"""Every setting: shipped TOML, an overlay of the operator's, the environment, secret files.

Later layers win: the shipped `config/bot.toml`, `local.toml` beside it, the same two files in the
folder of `--config` (or BORDERWIRE_CONFIG), then the environment (BORDERWIRE_SECTION__KEY). Tokens come
from the environment or from files named there (`DISCORD_TOKEN`, `DISCORD_TOKEN_FILE`), never from TOML.
Nothing is read at import; every mistake is one `SettingsError` line that says where and what is allowed.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict

import bot
from bot import sections
from bot.layers import SettingsError, overlay, read
from bot.news.topics.rows import TopicError
from bot.news.topics.tables import build
from bot.news.topics.topic import Topic
from bot.tokens import Tokens
from bot.tokens import found as tokens_of

PREFIX = "BORDERWIRE_"
FOLDERS = (f"{PREFIX}CONFIG", f"{PREFIX}STATE")


class Settings(BaseSettings):
    """All settings, frozen. Values come from `load`, never from a constructor elsewhere."""

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix=PREFIX, env_nested_delimiter="__"
    )

    bot: sections.BotSection
    fetch: sections.FetchSection
    poll: sections.PollSection
    story: sections.StorySection
    outbox: sections.OutboxSection
    subscribe: sections.SubscribeSection
    operators: sections.OperatorsSection
    discord: sections.DiscordSection
    slack: sections.SlackSection
    store: sections.StoreSection
    web: sections.WebSection


@dataclass(frozen=True, slots=True)
class Configuration:
    """What `load` found: settings, secrets, and the folders they came from."""

    settings: Settings
    tokens: Tokens
    state: Path
    layers: tuple[Path, ...]  # configuration folders, weakest first

    def tables(self, name: str) -> dict[str, Any]:
        """A TOML file of the configuration, layers merged: `tables("feeds")`, `tables("topics/x/actors")`."""
        merged: dict[str, Any] = {}
        found = False
        for folder in self.layers:
            path = folder / f"{name}.toml"
            if path.is_file():
                found = True
                merged = overlay(merged, read(path))
        if not found:
            raise SettingsError(f"{self.layers[-1] / name}.toml: no such file")
        return merged

    def topic(self) -> Topic:
        """The topic with its vocabulary, outlets and chronology, checked."""
        folder = f"topics/{self.settings.bot.topic}"
        if not any((layer / folder).is_dir() for layer in self.layers):
            names = {p.name for layer in self.layers for p in (layer / "topics").glob("*") if p.is_dir()}
            raise SettingsError(
                f"bot.topic: no topic {self.settings.bot.topic!r} (allowed: {', '.join(sorted(names))})"
            )
        files = sorted({p.stem for layer in self.layers for p in (layer / folder).glob("*.toml")})
        tables = {name: self.tables(f"{folder}/{name}") for name in files}
        try:
            return build({**tables, "outlets": self.tables("outlets")})
        except TopicError as error:
            raise SettingsError(str(error)) from None


def shipped() -> Path:
    """The read-only configuration that came with the program: a clone's `config/`, or inside the wheel."""
    package = Path(bot.__file__).resolve().parent
    clone = package.parent / "config"
    return clone if (clone / "bot.toml").is_file() else package / "shipped"


def load(
    config: Path | None = None, state: Path | None = None, environment: Mapping[str, str] | None = None
) -> Configuration:
    """Read every layer and check it. Raises SettingsError."""
    env = dict(os.environ if environment is None else environment)
    extra = config or (Path(env[FOLDERS[0]]) if env.get(FOLDERS[0]) else None)
    if extra is not None and not extra.is_dir():
        raise SettingsError(
            f"--config {extra}: no such folder (expected one that holds local.toml, feeds.toml …)"
        )
    if extra is not None:
        known_files(extra)
    layers = (shipped(),) if extra is None or extra.resolve() == shipped() else (shipped(), extra)
    where = state or Path(env.get(FOLDERS[1]) or "state")
    sources: list[tuple[str, dict[str, Any]]] = [
        (str(path), read(path))
        for folder in layers
        for path in (folder / "bot.toml", folder / "local.toml")
        if path.is_file()
    ]
    sources.append(("the environment", from_environment(env)))
    merged: dict[str, Any] = {}
    for _, tables in sources:
        merged = overlay(merged, tables)
    try:
        settings = Settings.model_validate(merged)
    except ValidationError as error:
        raise SettingsError(explain(error, sources)) from None
    return Configuration(settings, tokens_of(env), where, layers)


def known_files(folder: Path) -> None:
    """A folder of the operator's holds nothing that would be read by nobody: a misspelt name is told, not passed over."""
    names = ("bot", "local", *sorted(path.stem for path in shipped().glob("*.toml") if path.stem != "bot"))
    for path in sorted(folder.glob("*.toml")):
        if path.stem not in names:
            near = difflib.get_close_matches(path.stem, names, 1)
            hint = f"did you mean {near[0]}.toml? " if near else ""
            files = ", ".join(f"{name}.toml" for name in names)
            raise SettingsError(f"{path}: nothing reads a file of this name ({hint}allowed: {files})")
        if not path.is_file():
            raise SettingsError(f"{path}: is no file")


def from_environment(env: Mapping[str, str]) -> dict[str, Any]:
    """BORDERWIRE_SECTION__KEY as nested tables, and the three address variables."""
    known = set(Settings.model_fields)
    for name in env:
        if not name.upper().startswith(PREFIX) or name.upper() in FOLDERS:
            continue
        section, _, key = name.upper().removeprefix(PREFIX).lower().partition("__")
        if section not in known or not key:
            hint = f"allowed: {PREFIX}SECTION__KEY with a section of {', '.join(sorted(known))}"
            raise SettingsError(f"the environment: {name}: no such setting ({hint})")
    source = EnvSettingsSource(Settings)
    source.env_vars = {k.lower(): v for k, v in env.items() if k.upper() not in FOLDERS}
    try:
        tables = source()
    except ValueError as error:  # a list or table that is not JSON
        raise SettingsError(f'the environment: {error} (lists are written as JSON: ["a", "b"])') from None
    for section, key, name in (
        ("discord", "api_base", "DISCORD_API_BASE"),
        ("discord", "gateway_url", "DISCORD_GATEWAY_URL"),
        ("slack", "api_url", "SLACK_API_URL"),
    ):
        if env.get(name):
            tables.setdefault(section, {})[key] = env[name]
    return tables


PLAIN = re.compile(r"^value error, ")  # how the library begins what our own checks say
TABLE = re.compile(r"valid dictionary( or instance of \w+)?")


def explain(error: ValidationError, sources: list[tuple[str, dict[str, Any]]]) -> str:
    """The first problem as one line: which source, which key, what is allowed."""
    problem = error.errors()[0]
    path = [str(part) for part in problem["loc"]]
    key = ".".join(path)
    source = next((name for name, tables in reversed(sources) if holds(tables, path)), sources[0][0])
    section = Settings.model_fields.get(path[0])
    known: list[str] = sorted(Settings.model_fields)
    if section is not None and len(path) > 1 and section.annotation is not None:
        known = sorted(section.annotation.model_fields)
    if problem["type"] == "extra_forbidden":
        near = difflib.get_close_matches(path[-1], known, 1)
        hint = f"did you mean {near[0]}? " if near else ""
        return f"{source}: {key}: no such key ({hint}allowed: {', '.join(known)})"
    if problem["type"] == "missing":
        return f"{source}: {key}: missing"
    words = PLAIN.sub("", problem["msg"].lower()).replace("valid tuple", "list")
    words = TABLE.sub("table of keys", words)
    given = "" if isinstance(problem["input"], dict) else f", not {problem['input']!r}"
    return f"{source}: {key}: {words}{given}{allowed(path)}"


def allowed(path: list[str]) -> str:
    """The words a key takes, where they are a closed list."""
    try:
        section: Any = Settings.model_fields[path[0]].annotation
        field = section.model_fields[path[1]]
    except (KeyError, AttributeError, IndexError):
        return ""
    words = [word for word in get_args(field.annotation) if isinstance(word, str)]
    return f" (allowed: {', '.join(words)})" if words else ""


def holds(tables: Any, path: list[str]) -> bool:
    for part in path:
        if isinstance(tables, dict) and part in tables:
            tables = tables[part]
        else:
            return not isinstance(tables, dict)
    return True
