"""The sections of bot.toml: every key with its kind and bounds, and what cannot work."""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def ids(shape: str, like: str) -> AfterValidator:
    """An id, or a list of them, as the platform writes it: a name instead would be asked for in vain. Empty is allowed."""

    def check(value: tuple[str, ...] | str) -> tuple[str, ...] | str:
        for one in (value,) if isinstance(value, str) else value:
            if one and not re.fullmatch(shape, one):
                raise ValueError(f"should be an id such as {like}")
        return value

    return AfterValidator(check)


def address(*schemes: str) -> AfterValidator:
    """An address that can be dialled; empty stands for the platform itself."""

    def check(value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in schemes or not parts.hostname):
            begins = " or ".join(f"{scheme}://" for scheme in schemes)
            raise ValueError(f"should be an address that begins with {begins}")
        return value

    return AfterValidator(check)


DISCORD_ID = ids(r"[0-9]{15,21}", "1100000000000000042")
SLACK_USER = ids(r"[UW][A-Z0-9]{2,20}", "U0123456789")
SLACK_CHANNEL = ids(r"[CG][A-Z0-9]{2,20}", "C0123456789")


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
    follows: int = Field(ge=0, le=100)


class OperatorsSection(Section):
    discord_ids: Annotated[tuple[str, ...], DISCORD_ID]
    slack_ids: Annotated[tuple[str, ...], SLACK_USER]
    discord_channel: Annotated[str, DISCORD_ID]
    slack_channel: Annotated[str, SLACK_CHANNEL]

    @field_validator("*", mode="before")
    @classmethod
    def words(cls, value: Any) -> Any:
        """Discord ids are often written as bare numbers."""
        if isinstance(value, (list, tuple)):
            return tuple(str(v) for v in value)
        return str(value) if isinstance(value, int) else value


class DiscordSection(Section):
    api_base: Annotated[str, address("https", "http")]
    gateway_url: Annotated[str, address("wss", "ws")]


class SlackSection(Section):
    api_url: Annotated[str, address("https", "http")]
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
