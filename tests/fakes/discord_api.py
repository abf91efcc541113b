"""A faithful small Discord on loopback, in a process of its own: REST, gateway, limits, faults, truth.

    python -m tests.fakes.discord_api --port 0 --truth FILE [--openapi FILE] [--channels N]

prints `{"api": ..., "gateway": ..., "admin": ..., "token": ...}` once it listens. Everything that a
bot did is in the truth file, one JSON line each, written before the answer leaves; what was refused as
malformed is a line of kind "bad". Under /_/ a test turns the screws: /_/interaction, /_/faults,
/_/settings, /_/channel, /_/message, /_/drop, /_/reset, /_/state.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.fakes.discord_asks import Asks
from tests.fakes.discord_checks import Checks
from tests.fakes.discord_faults import AFTER, VIA, Faults, after, answer, before, error, limited, reset
from tests.fakes.discord_gateway import Gateway
from tests.fakes.discord_world import (
    APPLICATION,
    BOT,
    DIRECT,
    EMBED,
    HISTORY,
    MANAGE,
    OPEN,
    OWNER,
    PUBLIC_THREAD,
    SEND,
    THREADS,
    VIEW,
    World,
    snowflake,
    user,
)
from tests.fakes.discord_world import Channel as Room

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Fake:
    """The REST half, and the wiring of the rest."""

    def __init__(self, world: World, checks: Checks) -> None:
        self.world = world
        self.checks = checks
        self.faults = Faults()
        self.gateway = Gateway(world)
        self.asks = Asks(world, self.gateway)
        self.recent: dict[str, deque[float]] = {}
        self._late: set[asyncio.Task[None]] = set()

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self.front], client_max_size=32 << 20)
        api: list[tuple[str, str, Handler]] = [
            ("GET", "/users/@me", self.me),
            ("GET", "/oauth2/applications/@me", self.application),
            ("GET", "/gateway/bot", self.gateway_bot),
            ("POST", "/users/@me/channels", self.direct),
            ("GET", "/guilds/{guild}", self.guild),
            ("GET", "/guilds/{guild}/channels", self.guild_channels),
            ("GET", "/guilds/{guild}/members/{user}", self.member),
            ("GET", "/channels/{channel}", self.channel),
            ("PATCH", "/channels/{channel}", self.change_channel),
            ("DELETE", "/channels/{channel}", self.delete_thread),
            ("POST", "/channels/{channel}/threads", self.open_post),
            ("POST", "/channels/{channel}/messages/{message}/threads", self.open_thread),
            ("GET", "/guilds/{guild}/threads/active", self.active),
            ("GET", "/channels/{channel}/threads/archived/public", self.archived),
            ("GET", "/channels/{channel}/messages", self.history),
            ("POST", "/channels/{channel}/messages", self.create),
            ("GET", "/channels/{channel}/messages/{message}", self.message),
            ("PATCH", "/channels/{channel}/messages/{message}", self.edit),
            ("DELETE", "/channels/{channel}/messages/{message}", self.delete),
            ("GET", "/applications/{application}/commands", self.commands),
            ("PUT", "/applications/{application}/commands", self.sync),
            ("POST", "/interactions/{id}/{token}/callback", self.callback),
            ("PATCH", "/webhooks/{application}/{token}/messages/@original", self.reply),
            ("POST", "/webhooks/{application}/{token}", self.followup),
        ]
        for prefix in ("", "/api/v10"):
            for method, path, handler in api:
                app.router.add_route(method, prefix + path, handler)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/gateway/", self.gateway.serve)
        for name in ("interaction", "faults", "settings", "channel", "message", "drop", "reset"):
            app.router.add_post(f"/_/{name}", getattr(self, f"admin_{name}"))
        app.router.add_get("/_/state", self.admin_state)
        app.router.add_get("/cdn/{id}", self.asks.attachments.serve)
        return app

    # ------------------------------------------------------------------ the door

    @web.middleware
    async def front(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Token, limits and faults, in the order in which Discord applies them."""
        path = request.path.removeprefix("/api/v10")
        if path.startswith(("/_/", "/gateway", "/cdn/")) and path != "/gateway/bot":
            return await handler(request)
        open_door = path.startswith(("/interactions/", "/webhooks/"))
        if not open_door and request.headers.get("Authorization") != f"Bot {self.world.settings.token}":
            self.world.record("unauthorized", path=path)
            return error(401, 0, "401: Unauthorized")
        over = self.over_limit(request, path, open_door)
        if over is not None:
            self.world.record("limited", method=request.method, path=path)
            return over
        fault = self.faults.due(request.method, path)
        if fault is None:
            return await handler(request)
        self.world.record("fault", fault=fault.kind, method=request.method, path=path)
        if (refusal := before(fault)) is not None:
            return refusal
        if fault.kind == "late":
            await request.read()
            task = asyncio.create_task(self.accept_late(request, handler))
            self._late.add(task)
            task.add_done_callback(self._late.discard)
            await asyncio.sleep(3600)
        if fault.kind == "hang-before":
            await asyncio.sleep(3600)
        if fault.kind in AFTER:
            accepted = await handler(request)
            assert isinstance(accepted, web.Response)
            return await after(fault, request, accepted)
        reset(request)
        return web.Response(status=500)

    async def accept_late(self, request: web.Request, handler: Handler) -> None:
        await asyncio.sleep(self.world.settings.late)
        await handler(request)

    def over_limit(self, request: web.Request, path: str, open_door: bool) -> web.Response | None:
        limits = []
        settings = self.world.settings
        if settings.global_limit and not open_door:
            limits.append(("global", settings.global_limit, 1.0))
        if settings.channel_limit and request.method in ("POST", "PATCH") and path.startswith("/channels/"):
            room = path.split("/")[2]
            limits.append((f"{request.method} {room}", settings.channel_limit, settings.channel_period))
        now = time.monotonic()
        for key, most, period in limits:
            times = self.recent.setdefault(key, deque())
            if times and times[0] <= now - period:  # a window begins with its first request
                times.clear()
            if len(times) >= most:
                return limited(round(times[0] + period - now, 3) + 0.001, everywhere=key == "global")
        for key, _, _ in limits:
            self.recent[key].append(now)
        return None

    def limit_headers(self, request: web.Request, room: str) -> dict[str, str]:
        """What Discord says about a bucket, so that a client can slow down before it is refused."""
        most = self.world.settings.channel_limit
        times = self.recent.get(f"{request.method} {room}")
        if not most or not times:
            return VIA
        ends = times[0] + self.world.settings.channel_period - time.monotonic()
        return VIA | {
            "X-RateLimit-Bucket": f"fake-{request.method.lower()}-messages",
            "X-RateLimit-Limit": str(most),
            "X-RateLimit-Remaining": str(max(0, most - len(times))),
            "X-RateLimit-Reset-After": f"{max(0.001, ends):.3f}",
            "X-RateLimit-Reset": f"{time.time() + ends:.3f}",
        }

    # ------------------------------------------------------------------ who am I, where am I

    async def me(self, request: web.Request) -> web.Response:
        return answer(user(BOT, "borderwire", bot=True))

    async def direct(self, request: web.Request) -> web.Response:
        body = await self.body(request, "direct")
        if isinstance(body, web.Response):
            return body
        room = self.world.direct(body["recipient_id"])
        return answer({"id": room.id, "type": room.type, "recipients": [user(room.name, "reader")]})

    async def application(self, request: web.Request) -> web.Response:
        return answer({
            "id": APPLICATION, "name": "borderwire", "icon": None, "description": "", "rpc_origins": [], "bot_public": True,
            "bot_require_code_grant": False, "owner": user(OWNER, "owner"), "verify_key": "0" * 64, "team": None, "flags": 0,
        })  # fmt: skip

    async def gateway_bot(self, request: web.Request) -> web.Response:
        start = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
        return answer({"url": self.gateway.url, "shards": 1, "session_start_limit": start})

    async def guild(self, request: web.Request) -> web.Response:
        guild = request.match_info["guild"]
        if guild not in self.world.guilds:
            return error(404, 10004, "Unknown Guild")
        return answer(self.world.guild_object(guild))

    async def guild_channels(self, request: web.Request) -> web.Response:
        return answer(self.world.guild_object(request.match_info["guild"])["channels"])

    async def member(self, request: web.Request) -> web.Response:
        return answer(self.world.guild_object(request.match_info["guild"])["members"][0])

    # ------------------------------------------------------------------ channels and messages

    def enter(self, request: web.Request, *needs: int) -> Room | web.Response:
        """The channel, or how Discord says no."""
        room = self.world.channels.get(request.match_info["channel"])
        if room is None:
            return error(404, 10003, "Unknown Channel")
        have = self.world.permissions(room)
        if not have & VIEW:
            return error(403, 50001, "Missing Access")
        if any(not have & need for need in needs):
            return error(403, 50013, "Missing Permissions")
        return room

    async def body(self, request: web.Request, kind: str) -> Any:
        """The JSON body, or the complaint about it. Files come beside it; their text is kept as "files"."""
        files: dict[str, str] = {}
        try:
            if request.content_type == "multipart/form-data":
                parts = await request.post()
                body = json.loads(str(parts["payload_json"]))
                for new in body.get("attachments", []):
                    # the schema knows only ids; Discord's own examples count from 0
                    new["id"] = str(new["id"])
                files = {
                    part.filename: part.file.read().decode()
                    for part in parts.values()
                    if isinstance(part, web.FileField)
                }
            else:
                body = await request.json()
        except ValueError:
            body = None
        complaints = self.checks.complaints(kind, body)
        if not complaints:
            return {**body, "files": files} if files else body
        self.world.record("bad", what=f"{request.method} {request.path}", why=complaints, body=body)
        details = {"_errors": [{"code": "BASE_TYPE_BAD", "message": why} for why in complaints]}
        return answer(
            {"code": 50035, "message": "Invalid Form Body", "errors": details}, status=400, headers=VIA
        )

    async def channel(self, request: web.Request) -> web.Response:
        room = self.enter(request)
        return room if isinstance(room, web.Response) else answer(self.world.channel_object(room))

    async def change_channel(self, request: web.Request) -> web.Response:
        room = self.enter(request)
        if isinstance(room, web.Response):
            return room
        body = await self.body(request, "channel")
        if isinstance(body, web.Response):
            return body
        room.archived = body.get("archived", room.archived)
        room.tags = body.get("applied_tags", room.tags)
        await self.gateway.dispatch("THREAD_UPDATE", self.world.channel_object(room))
        self.world.record("channel", channel=room.id, body=body)
        return answer(self.world.channel_object(room))

    async def open_thread(self, request: web.Request) -> web.Response:
        room = self.enter(request, OPEN)
        if isinstance(room, web.Response):
            return room
        body = await self.body(request, "thread")
        if isinstance(body, web.Response):
            return body
        message = request.match_info["message"]
        if message not in room.messages:
            return error(404, 10008, "Unknown Message")
        if message in self.world.threaded:
            return error(400, 160004, "A thread has already been created for this message")
        thread = self.world.channel_object(self.world.open_thread(room, message, body["name"]))
        await self.gateway.dispatch("THREAD_CREATE", thread)
        return answer(thread)

    async def open_post(self, request: web.Request) -> web.Response:
        room = self.enter(request, SEND)
        if isinstance(room, web.Response):
            return room
        body = await self.body(request, "post")
        if isinstance(body, web.Response):
            return body
        if room.wants_tag and not body.get("applied_tags"):
            return error(400, 40067, "A tag is required to create a forum post in this channel")
        post = self.world.open_post(room, body)
        await self.gateway.dispatch("THREAD_CREATE", self.world.channel_object(post))
        return answer(self.world.channel_object(post) | {"message": post.messages[post.id]})

    async def delete_thread(self, request: web.Request) -> web.Response:
        room = self.enter(request, MANAGE)
        if isinstance(room, web.Response):
            return room
        gone = self.world.channel_object(room)
        self.world.forget(room)
        return answer(gone)

    async def active(self, request: web.Request) -> web.Response:
        guild = request.match_info["guild"]
        rooms = [self.world.channels[id_] for id_ in self.world.guilds[guild]]
        found = [self.world.channel_object(room) for room in rooms if room.type == PUBLIC_THREAD]
        here = [one for one in found if not one["thread_metadata"]["archived"]]
        return answer({"threads": here, "members": [], "has_more": False})

    async def archived(self, request: web.Request) -> web.Response:
        room = self.enter(request, HISTORY)
        if isinstance(room, web.Response):
            return room
        before, most = request.query.get("before", "9"), int(request.query["limit"])
        rooms = [one for one in self.world.channels.values() if one.parent == room.id and one.archived]
        found = [self.world.channel_object(one) for one in rooms]
        found = [one for one in found if one["thread_metadata"]["archive_timestamp"] < before]
        found.sort(key=lambda one: str(one["thread_metadata"]["archive_timestamp"]), reverse=True)
        return answer({"threads": found[:most], "members": [], "has_more": len(found) > most})

    async def history(self, request: web.Request) -> web.Response:
        room = self.enter(request)
        if isinstance(room, web.Response):
            return room
        if not self.world.permissions(room) & HISTORY:
            return answer([])  # as Discord: empty, not an error
        limit = min(100, int(request.query.get("limit", 50)))
        ids = sorted(room.messages, key=int)
        if "before" in request.query:
            ids = [i for i in ids if int(i) < int(request.query["before"])]
        if "after" in request.query:
            ids = [i for i in ids if int(i) > int(request.query["after"])][:limit]
        return answer([room.messages[i] for i in reversed(ids[-limit:])], headers=VIA)

    async def message(self, request: web.Request) -> web.Response:
        room = self.enter(request, HISTORY)
        if isinstance(room, web.Response):
            return room
        found = room.messages.get(request.match_info["message"])
        return answer(found) if found else error(404, 10008, "Unknown Message")

    async def create(self, request: web.Request) -> web.Response:
        wanted = self.world.channels.get(request.match_info["channel"])
        thread = wanted is not None and wanted.type in (10, 11, 12)
        room = self.enter(request, THREADS if thread else SEND)
        if isinstance(room, web.Response):
            return room
        body = await self.body(request, "create")
        if isinstance(body, web.Response):
            return body
        if body.get("embeds") and not self.world.permissions(room) & EMBED:
            return error(403, 50013, "Missing Permissions")
        if room.type == DIRECT and not self.world.settings.direct:
            return error(403, 50007, "Cannot send messages to this user")
        room.archived = False
        message = self.world.create(room, body)
        if message is None:
            return error(404, 10008, "Unknown Message")
        return answer(message | {"nonce": body.get("nonce")}, headers=self.limit_headers(request, room.id))

    async def edit(self, request: web.Request) -> web.Response:
        room = self.enter(request)
        if isinstance(room, web.Response):
            return room
        if room.archived:
            return error(400, 50083, "Thread is archived")
        body = await self.body(request, "edit")
        if isinstance(body, web.Response):
            return body
        message = room.messages.get(request.match_info["message"])
        if message is None:
            return error(404, 10008, "Unknown Message")
        return answer(self.world.edit(room, message, body), headers=self.limit_headers(request, room.id))

    async def delete(self, request: web.Request) -> web.Response:
        room = self.enter(request)
        if isinstance(room, web.Response):
            return room
        if request.match_info["message"] not in room.messages:
            return error(404, 10008, "Unknown Message")
        self.world.delete(room, request.match_info["message"])
        return web.Response(status=204)

    # ------------------------------------------------------------------ commands and interactions

    async def commands(self, request: web.Request) -> web.Response:
        return answer(self.world.commands)

    async def sync(self, request: web.Request) -> web.Response:
        body = await self.body(request, "commands")
        if isinstance(body, web.Response):
            return body
        self.world.commands = [
            {"id": snowflake(), "application_id": APPLICATION, "version": snowflake(), "type": 1, **command}
            for command in body
        ]
        self.world.record("commands", names=[command["name"] for command in body], body=body)
        return answer(self.world.commands)

    async def callback(self, request: web.Request) -> web.Response:
        body = await self.body(request, "callback")
        return (
            body if isinstance(body, web.Response) else self.asks.callback(request.match_info["token"], body)
        )

    async def reply(self, request: web.Request) -> web.Response:
        body = await self.body(request, "reply")
        return body if isinstance(body, web.Response) else self.asks.reply(request.match_info["token"], body)

    async def followup(self, request: web.Request) -> web.Response:
        body = await self.body(request, "followup")
        return body if isinstance(body, web.Response) else self.asks.reply(request.match_info["token"], body)

    # ------------------------------------------------------------------ what only a test may do

    async def admin_interaction(self, request: web.Request) -> web.Response:
        return answer(await self.asks.ask(await request.json()))

    async def admin_faults(self, request: web.Request) -> web.Response:
        self.faults.plan(await request.json())
        return answer({})

    async def admin_settings(self, request: web.Request) -> web.Response:
        for name, value in (await request.json()).items():
            if not hasattr(self.world.settings, name):
                raise web.HTTPBadRequest(text=f"no such setting: {name}")
            setattr(self.world.settings, name, value)
        return answer(asdict(self.world.settings))

    async def admin_channel(self, request: web.Request) -> web.Response:
        """{"id", "deny"?: bits, "type"?, "archived"?, "remove"?: true, "add"?: true}; clients are told."""
        wanted = await request.json()
        id_ = wanted["id"]
        if wanted.get("add"):
            guild = wanted.get("guild") or next(iter(self.world.guilds))
            self.world.channels[id_] = Room(
                id_, guild, wanted.get("name", "new"), parent=wanted.get("parent")
            )
            self.world.guilds[guild].append(id_)
        room = self.world.channels[id_]
        for name in ("deny", "type", "archived", "locked", "parent", "tags", "wants_tag"):
            if name in wanted:
                setattr(room, name, wanted[name])
        room.archived_at = time.time()
        event = "CREATE" if wanted.get("add") else "DELETE" if wanted.get("remove") else "UPDATE"
        what = "THREAD" if room.type in (10, 11, 12) else "CHANNEL"
        await self.gateway.dispatch(f"{what}_{event}", self.world.channel_object(room))
        if wanted.get("remove"):
            self.world.forget(room)
        return answer({})

    async def admin_message(self, request: web.Request) -> web.Response:
        """{"channel", "content"} posts as somebody else; {"channel", "delete": id} removes one."""
        wanted = await request.json()
        room = self.world.channels[wanted["channel"]]
        if "delete" in wanted:
            self.world.delete(room, wanted["delete"])
            return answer({})
        message = self.world.message(room, wanted) | {"author": user(wanted.get("author", OWNER), "owner")}
        room.messages[message["id"]] = message
        return answer(message)

    async def admin_drop(self, request: web.Request) -> web.Response:
        await self.gateway.drop((await request.json()).get("code", 4000))
        return answer({})

    async def admin_reset(self, request: web.Request) -> web.Response:
        """A new world for the next test; the truth file goes on behind a line of kind "reset"."""
        await self.gateway.drop(1001)
        self.gateway.sessions.clear()
        self.gateway.connected.clear()
        self.world.begin()
        self.world.record("reset")
        self.faults.plan({"faults": [], "share": 0})
        self.recent.clear()
        return answer({})

    async def admin_state(self, request: web.Request) -> web.Response:
        rooms = {
            room.id: list(room.messages.values()) for room in self.world.channels.values() if room.messages
        }
        return answer({
            "messages": rooms, "parents": {room.id: room.parent for room in self.world.channels.values() if room.parent}, "tags": {room.id: room.tags for room in self.world.channels.values() if room.tags}, "commands": self.world.commands, "counts": self.world.counts,
            "channels": list(self.world.channels)[:1000], "connected": self.gateway.connected.is_set(),
        })  # fmt: skip


async def serve(port: int, truth: Path | None, openapi: Path | None, channels: int) -> None:
    fake = Fake(World(truth, channels), Checks(openapi))
    runner = web.AppRunner(fake.app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    host = f"127.0.0.1:{runner.addresses[0][1]}"
    fake.gateway.url = f"ws://{host}/gateway"
    fake.asks.attachments.base = f"http://{host}"
    where = {
        "api": f"http://{host}/api/v10",
        "gateway": fake.gateway.url,
        "admin": f"http://{host}/_",
        "token": fake.world.settings.token,
    }
    print(json.dumps(where), flush=True)  # noqa: T201
    await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--openapi", type=Path, default=os.environ.get("DISCORD_OPENAPI") or None)
    parser.add_argument("--channels", type=int, default=4)
    wanted = parser.parse_args()
    asyncio.run(
        serve(wanted.port, wanted.truth, Path(wanted.openapi) if wanted.openapi else None, wanted.channels)
    )


if __name__ == "__main__":
    main()
