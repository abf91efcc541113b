"""Every setting: shipped TOML, an overlay of the operator's, the environment, secret files.

Later layers win: the shipped `config/bot.toml`, `local.toml` beside it, the same two files in the
folder of `--config` (or BORDERWIRE_CONFIG), then the environment (BORDERWIRE_SECTION__KEY). Tokens come
from the environment or from files named there (`DISCORD_TOKEN`, `DISCORD_TOKEN_FILE`), never from TOML.
Nothing is read at import; every mistake is one `SettingsError` line that says where and what is allowed.
"""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict

import bot
from bot.layers import SettingsError, overlay, read
from bot.news.topics.rows import TopicError
from bot.news.topics.tables import build
from bot.news.topics.topic import Topic
from bot.tokens import Tokens
from bot.tokens import found as tokens_of

PREFIX = "BORDERWIRE_"
FOLDERS = (f"{PREFIX}CONFIG", f"{PREFIX}STATE")


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class BotSection(Section):
    topic: str
    log_level: Literal["debug", "info", "warning", "error"]
    log_format: Literal["auto", "lines", "json"]


class FetchSection(Section):
    contact: str
    user_agent: str
    timeout: float = Field(gt=0, le=300)
    max_bytes: int = Field(ge=1_000, le=100_000_000)
    max_redirects: int = Field(ge=0, le=20)
    per_host: int = Field(ge=1, le=20)
    concurrency: int = Field(ge=1, le=200)
    allow_networks: tuple[str, ...]
    allow_ports: tuple[Annotated[int, Field(ge=1, le=65535)], ...]
    spacing: float = Field(ge=0, le=60)
    articles: bool
    articles_per_poll: int = Field(ge=1, le=50)
    articles_seconds: float = Field(gt=0, le=120)

    @field_validator("contact", "user_agent")
    @classmethod
    def header(cls, value: str) -> str:
        """Both are sent as a header: one line of ASCII."""
        if value and not (value.isascii() and value.isprintable()):
            raise ValueError("should be one line of plain ASCII")
        return value

    @field_validator("allow_networks")
    @classmethod
    def networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for network in value:
            ipaddress.ip_network(network)
        return value


class PollSection(Section):
    interval: float = Field(gt=0)
    min_interval: float = Field(gt=0)
    max_interval: float = Field(gt=0)
    jitter: float = Field(ge=0, le=0.5)
    fresh_hours: float = Field(gt=0)
    pause_hours: float = Field(gt=0)
    tick: float = Field(gt=0, le=60)

    @model_validator(mode="after")
    def ordered(self) -> Self:
        if self.min_interval > self.max_interval:
            raise ValueError(f"min_interval should not be longer than max_interval ({self.max_interval:g})")
        return self


class StorySection(Section):
    coalesce: float = Field(ge=0)


class OutboxSection(Section):
    tick: float = Field(gt=0, le=60)
    send_timeout: float = Field(gt=0, le=120)
    give_up_after: int = Field(ge=1, le=100)
    per_channel_seconds: float = Field(ge=0)
    drain: float = Field(ge=0, le=60)
    key_window: float = Field(ge=0, le=120)
    settle: float = Field(ge=0, le=3600)
    first_wait: float = Field(gt=0, le=60)
    longest_wait: float = Field(gt=0, le=86_400)
    hold: float = Field(gt=0, le=604_800)
    unreadable: Literal["hold", "resend"]
    per_second: dict[str, Annotated[float, Field(gt=0)]]


class SubscribeSection(Section):
    instant: Literal["major", "critical"]
    digest: Literal["none", "hourly", "daily"]
    ceiling: int = Field(ge=0, le=1000)


class OperatorsSection(Section):
    discord_ids: tuple[str, ...]
    slack_ids: tuple[str, ...]
    discord_channel: str
    slack_channel: str

    @field_validator("*", mode="before")
    @classmethod
    def words(cls, value: Any) -> Any:
        """Discord ids are often written as bare numbers."""
        if isinstance(value, (list, tuple)):
            return tuple(str(v) for v in value)
        return str(value) if isinstance(value, int) else value


class DiscordSection(Section):
    api_base: str
    gateway_url: str


class SlackSection(Section):
    api_url: str
    calls_per_minute: float = Field(gt=0, le=100_000)


class StoreSection(Section):
    keep_backups: int = Field(ge=0, le=1000)
    keep_text_days: float = Field(ge=1, le=3650)
    keep_removed_days: float = Field(ge=0, le=3650)
    busy_timeout: float = Field(ge=0, le=60)


class WebSection(Section):
    host: str
    port: int = Field(ge=0, le=65535)
    stale_after: float = Field(gt=0)


class Settings(BaseSettings):
    """All settings, frozen. Values come from `load`, never from a constructor elsewhere."""

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix=PREFIX, env_nested_delimiter="__"
    )

    bot: BotSection
    fetch: FetchSection
    poll: PollSection
    story: StorySection
    outbox: OutboxSection
    subscribe: SubscribeSection
    operators: OperatorsSection
    discord: DiscordSection
    slack: SlackSection
    store: StoreSection
    web: WebSection


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


def from_environment(env: Mapping[str, str]) -> dict[str, Any]:
    """BORDERWIRE_SECTION__KEY as nested tables, and the three address variables."""
    sections = set(Settings.model_fields)
    for name in env:
        if not name.upper().startswith(PREFIX) or name.upper() in FOLDERS:
            continue
        section, _, key = name.upper().removeprefix(PREFIX).lower().partition("__")
        if section not in sections or not key:
            hint = f"allowed: {PREFIX}SECTION__KEY with a section of {', '.join(sorted(sections))}"
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
