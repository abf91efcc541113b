"""People who use the fake: they type a slash command or press a button, and see what comes back."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from aiohttp import web

from tests.fakes.discord_faults import answer, error
from tests.fakes.discord_gateway import Gateway
from tests.fakes.discord_world import (
    APPLICATION,
    EVERYTHING,
    MANAGE_GUILD,
    MEMBER,
    World,
    snowflake,
    stamp,
    user,
)


class Attachments:
    """Files that people send along with a command, where the platform keeps them."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.content: dict[str, bytes] = {}
        self.reads = 0

    def keep(self, name: str, content: str) -> dict[str, Any]:
        id_ = snowflake()
        self.content[id_] = content.encode()
        about = {"id": id_, "filename": name, "size": len(content.encode())}
        return about | {"url": f"{self.base}/cdn/{id_}", "proxy_url": f"{self.base}/cdn/{id_}"}

    async def serve(self, request: web.Request) -> web.Response:
        self.reads += 1
        content = self.content.get(request.match_info["id"])
        return web.Response(status=404) if content is None else web.Response(body=content)


class Asks:
    """Interactions: sent through the gateway, answered over REST."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self.world = world
        self.gateway = gateway
        self.answered: dict[str, asyncio.Event] = {}
        self.attachments = Attachments("")

    async def ask(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """POST /_/interaction: {"command", "options", "files"} or {"button", "message"}; waits up to `wait` seconds."""
        await asyncio.wait_for(self.gateway.connected.wait(), 30)
        token, id_ = f"aW50ZXJhY3Rpb24-{snowflake()}", snowflake()
        self.world.interactions[token] = {"id": id_, "asked": time.monotonic(), "replies": [], "type": 0}
        self.answered[token] = asyncio.Event()
        event = self.event(wanted, id_, token)
        await self.gateway.dispatch("INTERACTION_CREATE", event)
        try:
            await asyncio.wait_for(self.answered[token].wait(), float(wanted.get("wait", 10)))
        except TimeoutError:
            self.world.record("unanswered", interaction=id_)
        return {"id": id_, **{k: v for k, v in self.world.interactions[token].items() if k != "asked"}}

    def event(self, wanted: dict[str, Any], id_: str, token: str) -> dict[str, Any]:
        channel = self.world.channels.get(wanted.get("channel", "")) or next(
            iter(self.world.channels.values())
        )
        rights = MANAGE_GUILD if wanted.get("manager") else 0
        who = user(wanted.get("user", MEMBER), "reader")
        event: dict[str, Any] = {
            "id": id_, "token": token, "application_id": APPLICATION, "version": 1, "locale": "en-US",
            "channel": self.world.channel_object(channel), "channel_id": channel.id, "attachment_size_limit": 10485760,
            "app_permissions": str(self.world.permissions(channel)), "entitlements": [], "authorizing_integration_owners": {},
        }  # fmt: skip
        if wanted.get("direct"):
            event |= {"context": 1, "user": who}
            event["channel"] = {"id": channel.id, "type": 1, "recipients": [who]}
        else:
            member = {
                "user": who,
                "roles": [],
                "joined_at": stamp(),
                "deaf": False,
                "mute": False,
                "flags": 0,
            }
            event |= {
                "context": 0,
                "guild_id": channel.guild,
                "guild": {"id": channel.guild, "features": [], "locale": "en-US"},
                "member": {**member, "permissions": str(EVERYTHING | rights)},
            }
        if "button" in wanted:
            message = channel.messages.get(wanted.get("message", "")) or wanted.get("shown")
            return event | {
                "type": 3,
                "message": message or self.world.message(channel, {}),
                "data": {"custom_id": wanted["button"], "component_type": 2, "id": 1},
            }
        return event | {"type": 2, "data": self.command(wanted, channel.guild)}

    def command(self, wanted: dict[str, Any], guild: str) -> dict[str, Any]:
        command = next((c for c in self.world.commands if c["name"] == wanted["command"]), None)
        if command is None:
            known = ", ".join(c["name"] for c in self.world.commands)
            raise web.HTTPNotFound(text=f"no such command: {wanted['command']} (synced: {known})")
        kinds = {option["name"]: option["type"] for option in command.get("options") or []}
        options = [
            {"name": name, "type": kinds[name], "value": value}
            for name, value in wanted.get("options", {}).items()
        ]
        files = {
            name: {**self.attachments.keep(file["name"], file["content"]), **file.get("about", {})}
            for name, file in wanted.get("files", {}).items()
        }
        options += [{"name": name, "type": 11, "value": file["id"]} for name, file in files.items()]
        picked = [option["value"] for option in options if option["type"] == 7]
        resolved = {
            "channels": {
                i: {**self.world.channel_object(self.world.channels[i]), "permissions": "0"} for i in picked
            },
            "attachments": {file["id"]: file for file in files.values()},
        }
        return {
            "id": command["id"],
            "name": command["name"],
            "type": 1,
            "options": options,
            "resolved": resolved,
        }

    def callback(self, token: str, body: dict[str, Any]) -> web.Response:
        """The first answer: within three seconds, once."""
        asked = self.world.interactions.get(token)
        if asked is None or time.monotonic() - asked["asked"] > 3:
            self.world.record("bad", what="callback", why=["too late or unknown interaction"])
            return error(404, 10062, "Unknown interaction")
        if asked["type"]:
            self.world.record("bad", what="callback", why=["answered twice"])
            return error(400, 40060, "Interaction has already been acknowledged.")
        asked["type"] = body["type"]
        asked["private"] = bool((body.get("data") or {}).get("flags", 0) & 64)
        self.world.record("callback", interaction=asked["id"], body=body)
        if body["type"] in (4, 7):
            asked["replies"].append(body["data"])
            self.answered[token].set()
        resource = {"id": asked["id"], "type": 2, "response_message_loading": body["type"] == 5}
        return answer({"interaction": resource})

    def reply(self, token: str, body: dict[str, Any]) -> web.Response:
        """The answer proper, after a deferred first one."""
        asked = self.world.interactions.get(token)
        if asked is None or not asked["type"]:
            self.world.record("bad", what="reply", why=["unknown webhook"])
            return error(404, 10015, "Unknown Webhook")
        asked["replies"].append(body)
        self.world.record("reply", interaction=asked["id"], body=body)
        self.answered[token].set()
        channel = next(iter(self.world.channels.values()))
        return answer(self.world.message(channel, body))
