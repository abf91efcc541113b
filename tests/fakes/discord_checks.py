"""Is a request what Discord's published description allows? And the limits that it leaves out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMAS = {
    "create": "MessageCreateRequest",
    "edit": "MessageEditRequestPartial",
    "reply": "IncomingWebhookUpdateRequestPartial",
    "followup": "IncomingWebhookRequestPartial",
}
TEXTS = (("title", 256), ("description", 4096))


class Checks:
    """Complaints about a request body; none means that Discord would take it."""

    def __init__(self, openapi: Path | None) -> None:
        self._validators: dict[str, Draft202012Validator] = {}
        if openapi is None:
            return
        document = json.loads(openapi.read_text("utf-8"))
        shared = {"components": document["components"]}
        for kind, name in SCHEMAS.items():
            if name in document["components"]["schemas"]:
                self._validators[kind] = Draft202012Validator(
                    {**shared, "$ref": f"#/components/schemas/{name}"}
                )
        for kind, path, method in (
            ("commands", "/applications/{application_id}/commands", "put"),
            ("callback", "/interactions/{interaction_id}/{interaction_token}/callback", "post"),
            ("channel", "/channels/{channel_id}", "patch"),
            ("direct", "/users/@me/channels", "post"),
            ("thread", "/channels/{channel_id}/messages/{message_id}/threads", "post"),
            ("post", "/channels/{channel_id}/threads", "post"),
        ):
            body = document["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"]
            self._validators[kind] = Draft202012Validator({**shared, **body})

    def complaints(self, kind: str, body: Any) -> list[str]:
        found = []
        if kind in self._validators:
            found += [
                f"{error.json_path}: {error.message[:200]}"
                for error in first(self._validators[kind].iter_errors(body))
            ]
        inside = {"callback": "data", "post": "message"}.get(kind, "")
        message = body.get(inside, {}) if inside and isinstance(body, dict) else body
        if kind in ("create", "edit", "reply", "followup", "callback", "post") and isinstance(message, dict):
            found += message_complaints(message, kind)
        if kind == "commands" and isinstance(body, list):
            found += command_complaints(body)
        return found


def first(errors: Iterable[Any], most: int = 5) -> list[Any]:
    return [error for _, error in zip(range(most), errors, strict=False)]


def message_complaints(body: dict[str, Any], kind: str) -> list[str]:
    """Limits of a message that are written in the documentation, not in the description."""
    found = []
    embeds = body.get("embeds") or []
    if len(body.get("content") or "") > 2000:
        found.append("content: longer than 2000")
    if sum(map(embed_length, embeds)) > 6000:
        found.append("embeds: more than 6000 characters in all")
    if len(embeds) > 10:
        found.append("embeds: more than 10")
    for embed in embeds:
        found += embed_complaints(embed)
    buttons = [button for row in body.get("components") or [] for button in row.get("components", [])]
    names = [button["custom_id"] for button in buttons if "custom_id" in button]
    if len(names) != len(set(names)):
        found.append("components: custom_id used twice")
    if any(not 1 <= len(name) <= 100 for name in names):
        found.append("components: custom_id must have 1 to 100 characters")
    if len(body.get("components") or []) > 5 or any(
        len(row.get("components", [])) > 5 for row in body.get("components") or []
    ):
        found.append("components: more than 5 rows or 5 buttons in a row")
    if len(str(body.get("nonce") or "")) > 25:
        found.append("nonce: longer than 25")
    if kind == "create" and not (body.get("content") or embeds or body.get("components")):
        found.append("message: cannot be empty")
    if kind in ("create", "edit", "post") and "allowed_mentions" not in body:
        found.append("allowed_mentions: left out (our own rule: every call says what may be mentioned)")
    return found


def embed_length(embed: dict[str, Any]) -> int:
    fields = sum(len(field["name"]) + len(field["value"]) for field in embed.get("fields") or [])
    named = len((embed.get("author") or {}).get("name") or "") + len(
        (embed.get("footer") or {}).get("text") or ""
    )
    return fields + named + sum(len(embed.get(name) or "") for name, _ in TEXTS)


def embed_complaints(embed: dict[str, Any]) -> list[str]:
    found = [f"embed {name}: longer than {most}" for name, most in TEXTS if len(embed.get(name) or "") > most]
    if len((embed.get("author") or {}).get("name") or "") > 256:
        found.append("embed author: longer than 256")
    if len((embed.get("footer") or {}).get("text") or "") > 2048:
        found.append("embed footer: longer than 2048")
    fields = embed.get("fields") or []
    if len(fields) > 25:
        found.append("embed: more than 25 fields")
    for field in fields:
        if not 1 <= len(field["name"].strip()) <= 256 or not 1 <= len(field["value"].strip()) <= 1024:
            found.append(f"embed field {field['name'][:20]!r}: name 1 to 256, value 1 to 1024 characters")
    if embed.get("url") and not embed["url"].startswith(("http://", "https://")):
        found.append("embed url: only http and https")
    return found


def command_complaints(commands: list[dict[str, Any]]) -> list[str]:
    found = []
    for command in commands:
        name = command.get("name", "")
        if name != name.lower() or not name.replace("-", "").replace("_", "").isalnum():
            found.append(f"command {name!r}: lower-case letters, digits, - and _ only")
        if not command.get("description"):
            found.append(f"command {name!r}: no description")
        if sum(map(len, texts(command))) > 8000:
            found.append(f"command {name!r}: more than 8000 characters in all")
    return found


def texts(node: Any) -> Iterable[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("name", "description", "value") and isinstance(value, str):
                yield value
            else:
                yield from texts(value)
    elif isinstance(node, list):
        for item in node:
            yield from texts(item)
