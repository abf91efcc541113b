"""The fake's gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME, and whatever a test lets happen."""

from __future__ import annotations

import asyncio
import json
import zlib
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.discord_world import APPLICATION, BOT, World, snowflake, user


@dataclass
class Session:
    """One identified client; what it misses while away is kept for RESUME."""

    id: str
    sent: list[dict[str, Any]] = field(default_factory=list)
    socket: Socket | None = None


class Socket:
    """A websocket with Discord's transport compression."""

    def __init__(self, ws: web.WebSocketResponse, compress: str) -> None:
        self.ws = ws
        self._zlib = zlib.compressobj() if compress == "zlib-stream" else None

    async def send(self, packet: dict[str, Any]) -> None:
        text = json.dumps(packet, ensure_ascii=False)
        if self._zlib is None:
            await self.ws.send_str(text)
        else:
            data = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
            await self.ws.send_bytes(data)


class Gateway:
    """All sessions of the fake."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sessions: dict[str, Session] = {}
        self.connected = asyncio.Event()
        self.url = ""

    async def dispatch(self, event: str, data: dict[str, Any]) -> int:
        """Send to every session that is connected; the others get it when they resume."""
        reached = 0
        for session in self.sessions.values():
            reached += await self.deliver(session, event, data)
        return reached

    async def deliver(self, session: Session, event: str, data: dict[str, Any]) -> bool:
        packet = {"op": 0, "t": event, "s": len(session.sent) + 1, "d": data}
        session.sent.append(packet)
        if session.socket is None:
            return False
        try:
            await session.socket.send(packet)
        except ConnectionError:
            session.socket = None
        return session.socket is not None

    async def drop(self, code: int = 4000) -> None:
        """Close every connection, as Discord does when it moves a client."""
        for session in self.sessions.values():
            if session.socket:
                await session.socket.ws.close(code=code)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse(max_msg_size=1 << 20)
        await ws.prepare(request)
        socket = Socket(ws, request.query.get("compress", ""))
        session: Session | None = None
        await socket.send({"op": 10, "d": {"heartbeat_interval": int(self.world.settings.heartbeat * 1000)}})
        try:
            async for message in ws:
                if message.type is not WSMsgType.TEXT:
                    continue
                packet = json.loads(message.data)
                session = await self.answer(socket, session, packet)
        finally:
            if session and session.socket is socket:
                session.socket = None
                if not any(s.socket for s in self.sessions.values()):
                    self.connected.clear()
        return ws

    async def answer(self, socket: Socket, session: Session | None, packet: dict[str, Any]) -> Session | None:
        op: int = packet["op"]
        data: Any = packet.get("d")
        if op == 1:
            await socket.send({"op": 11})
        elif op == 2:
            return await self.identify(socket, data)
        elif op == 6:
            return await self.resume(socket, data)
        return session

    async def identify(self, socket: Socket, data: dict[str, Any]) -> Session | None:
        if data["token"] != self.world.settings.token:
            await socket.ws.close(code=4004, message=b"Authentication failed.")
            return None
        session = Session(snowflake(), socket=socket)
        self.sessions = {key: old for key, old in self.sessions.items() if old.socket}
        self.sessions[session.id] = session
        self.world.record("identify", intents=data["intents"], shard=data.get("shard"))
        guilds = [{"id": guild, "unavailable": True} for guild in self.world.guilds]
        ready = {
            "v": 10,
            "user": user(BOT, "borderwire", bot=True),
            "guilds": guilds,
            "session_id": session.id,
            "resume_gateway_url": self.world.settings.resume_url or self.url,
            "shard": data.get("shard", [0, 1]),
            "application": {"id": APPLICATION, "flags": 0},
        }
        await self.deliver(session, "READY", ready)
        for guild in self.world.guilds:
            await self.deliver(session, "GUILD_CREATE", self.world.guild_object(guild))
        self.connected.set()
        return session

    async def resume(self, socket: Socket, data: dict[str, Any]) -> Session | None:
        session = self.sessions.get(data["session_id"])
        if session is None or data["token"] != self.world.settings.token:
            await socket.send({"op": 9, "d": False})
            return None
        session.socket = socket
        self.world.record("resume", seq=data["seq"])
        for packet in session.sent[data["seq"] :]:
            await socket.send(packet)
        await self.deliver(session, "RESUMED", {})
        self.connected.set()
        return session
