"""A Slack of our own on 127.0.0.1: Web API, Socket Mode and response addresses, with faults on demand.

    python -m tests.fakes.slack_api --port 0 --truth truth.jsonl

prints `http://127.0.0.1:PORT/api/`, the address for SLACK_API_URL. What really happened is in the
truth file, a line per event; `/admin/...` injects commands, clicks and faults, and tells the state.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import time
import uuid
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.slack_workspace import METHODS, ApiError, Body, Fault, Faults, Workspace

ACK_SECONDS = 3.0  # Slack's limit for a command or a click


class Server:
    """The HTTP face of a Workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.base = ""
        self.sockets: list[web.WebSocketResponse] = []
        self.tickets: set[str] = set()
        self.acks: dict[str, asyncio.Future[Body]] = {}
        self.answers: dict[str, asyncio.Queue[Body]] = {}
        self.uses: dict[str, int] = {}
        self.socket_url = ""  # what apps.connections.open hands out instead of the truth
        self.refuse_tickets = False
        self.tasks: set[asyncio.Task[None]] = set()

    def application(self) -> web.Application:
        app = web.Application(client_max_size=4_000_000)
        app.router.add_route("*", "/api/{method}", self.api)
        app.router.add_get("/link", self.link)
        app.router.add_post("/respond/{token}", self.respond)
        for name in ("slash", "click", "faults", "set", "disconnect", "reset"):
            app.router.add_post(f"/admin/{name}", getattr(self, f"admin_{name}"))
        app.router.add_get("/admin/truth", self.admin_truth)
        return app

    # ----------------------------------------------------------------- Web API

    async def api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        body = await read_body(request)
        self.workspace.counts[f"call {method}"] += 1
        fault = self.workspace.faults.take(method)
        if fault is not None:
            self.workspace.record("fault", method=method, kind=fault.kind)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(body.get("token", ""))
        if fault is not None and (early := await self.fault_before(request, method, fault, body)):
            return early
        if self.workspace.limited(method, str(body.get("channel", ""))):
            return ratelimited(1)
        try:
            self.workspace.authorise(method, token)
            if method == "apps.connections.open":
                return self.reply(self.open())
            if method not in METHODS:
                raise ApiError("unknown_method")
            answer = METHODS[method](self.workspace, body)
        except ApiError as error:
            return self.reply(error.answer)
        if fault is not None:
            return await self.fault_after(request, fault, answer)
        return self.reply(answer)

    def reply(self, answer: Body) -> web.Response:
        scopes = ",".join(sorted(self.workspace.scopes))
        return web.json_response(answer, headers={"x-oauth-scopes": scopes} if scopes else {})

    async def fault_before(
        self, request: web.Request, method: str, fault: Fault, body: Body
    ) -> web.StreamResponse | None:
        match fault.kind:
            case "ratelimited":
                return ratelimited(fault.seconds)
            case "5xx_before":
                return web.Response(status=503, text="upstream unavailable")
            case "fatal_before":
                return self.reply({"ok": False, "error": "fatal_error"})
            case "reset_before":
                return reset(request)
            case "hang_before":
                await hang(request)
                return reset(request)
            case "late":
                task = asyncio.create_task(self.workspace.late(method, body, fault.seconds))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)
                return reset(request)
            case kind if kind.startswith("error:"):
                return self.reply({"ok": False, "error": kind.removeprefix("error:")})
        return None

    async def fault_after(self, request: web.Request, fault: Fault, answer: Body) -> web.StreamResponse:
        match fault.kind:
            case "5xx_after":
                return web.Response(status=502, text="<html>bad gateway</html>", content_type="text/html")
            case "fatal_after":
                return self.reply({"ok": False, "error": "fatal_error"})
            case "reset_after":
                return reset(request)
            case "hang_after":
                await hang(request)
        return self.reply(answer)

    # ------------------------------------------------------------- Socket Mode

    def open(self) -> Body:
        ticket = uuid.uuid4().hex
        self.tickets.add(ticket)
        url = self.socket_url or f"{self.base.replace('http', 'ws', 1)}/link?ticket={ticket}"
        return {"ok": True, "url": url}

    async def link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        good = ticket in self.tickets and not self.refuse_tickets
        self.tickets.discard(ticket)  # a ticket is good once, whether or not it was let in
        if not good:
            return web.Response(status=408, text="expired ticket")
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        info = {"app_id": "A0BORDER"}
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": info})
        self.sockets.append(socket)
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self.acknowledge(json.loads(message.data))
        finally:
            if socket in self.sockets:
                self.sockets.remove(socket)
        return socket

    def acknowledge(self, message: Body) -> None:
        waiting = self.acks.pop(str(message.get("envelope_id")), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(message)

    async def deliver(self, kind: str, payload: Body, wait: float) -> web.Response:
        """Send an envelope to one socket, insist on the ack, then wait for the first answer."""
        if not self.sockets:
            return web.json_response({"acked": False, "error": "no socket"})
        token = payload["response_url"].rsplit("/", 1)[1]
        self.answers[token] = asyncio.Queue()
        envelope = uuid.uuid4().hex
        self.acks[envelope] = asyncio.get_running_loop().create_future()
        frame = {"envelope_id": envelope, "type": kind, "accepts_response_payload": True, "payload": payload}
        started, future = time.monotonic(), self.acks[envelope]
        await random.choice(self.sockets).send_json(frame)
        try:
            ack = await asyncio.wait_for(future, ACK_SECONDS)
        except TimeoutError:
            return web.json_response({"acked": False, "error": "operation_timeout"})
        seconds = time.monotonic() - started
        answer = ack.get("payload")
        if not answer:
            with contextlib.suppress(TimeoutError):
                answer = await asyncio.wait_for(self.answers[token].get(), wait)
        return web.json_response({"acked": True, "seconds": seconds, "answer": answer})

    async def respond(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        self.uses[token] = self.uses.get(token, 0) + 1
        if token not in self.answers or self.uses[token] > 5:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        body = await read_body(request)
        self.workspace.record("responded", response_type=body.get("response_type", "ephemeral"))
        self.answers[token].put_nowait(body)
        return web.Response(text="ok")

    # ------------------------------------------------------------------- admin

    def payload(self, body: Body) -> Body:
        channel, user = body.get("channel", "C0NEWS"), body.get("user", "U0ADMIN")
        name = self.workspace.channels.get(channel, {}).get("name", "directmessage")
        return {
            "team_id": body.get("team", self.workspace.team),
            "channel_id": channel,
            "channel_name": name,
            "user_id": user,
            "user_name": user.lower(),
            "api_app_id": "A0BORDER",
            "is_enterprise_install": "false",
            "response_url": body.get("response_url") or f"{self.base}/respond/{uuid.uuid4().hex}",
            "trigger_id": uuid.uuid4().hex,
        }

    async def admin_slash(self, request: web.Request) -> web.Response:
        """`{"command", "text", "user", "channel", "wait"}`"""
        body = await request.json()
        typed = {"command": body["command"], "text": body.get("text", "")}
        return await self.deliver("slash_commands", self.payload(body) | typed, body.get("wait", 10.0))

    async def admin_click(self, request: web.Request) -> web.Response:
        """`{"channel", "ts", "action", "user"}`: press a button that the message has; or `{"button", "user"}`."""
        body = await request.json()
        flat = self.payload(body)
        if button := body.get("button"):  # of an ephemeral answer, which nobody stores
            message: Body = {"ts": self.workspace.next_ts(), "text": "", "blocks": []}
        else:
            message = self.workspace.find(flat["channel_id"], body["ts"])
            actions = [block for block in message["blocks"] if block["type"] == "actions"]
            buttons = {item["action_id"]: item for block in actions for item in block["elements"]}
            button = buttons.get(body["action"])
        if button is None:
            return web.json_response({"acked": False, "error": f"no such button among {sorted(buttons)}"})
        pressed = {key: button[key] for key in ("action_id", "type")} | {"block_id": "b"}
        value = body.get("value", button.get("value", ""))
        payload = {
            "type": "block_actions",
            "team": {"id": flat["team_id"], "domain": "fake"},
            "user": {"id": flat["user_id"], "username": flat["user_name"], "team_id": flat["team_id"]},
            "channel": {"id": flat["channel_id"], "name": flat["channel_name"]},
            "container": {
                "type": "message",
                "message_ts": message["ts"],
                "channel_id": flat["channel_id"],
                "is_ephemeral": "button" in body,
            },
            "message": {"ts": message["ts"], "text": message["text"], "blocks": message["blocks"]},
            "actions": [{**pressed, "value": value, "action_ts": self.workspace.next_ts()}],
            "api_app_id": "A0BORDER",
            "trigger_id": flat["trigger_id"],
            "response_url": flat["response_url"],
        }
        return await self.deliver("interactive", payload, body.get("wait", 10.0))

    async def admin_faults(self, request: web.Request) -> web.Response:
        """A list of `{"method", "kind", "times", "seconds"}`, or `{"rate", "seed", "kinds", "methods"}`."""
        body = await request.json()
        if isinstance(body, list):
            self.workspace.faults.listed += [Fault(**item) for item in body]
        else:
            source = random.Random(body.pop("seed", 0))
            known: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in body.items()}
            self.workspace.faults = Faults(source=source, **known)
        return web.json_response({"ok": True})

    async def admin_set(self, request: web.Request) -> web.Response:
        """Change the workspace: `{"history_lag": 5, "channels": {"C1": {...}}, "scopes": [...]}`."""
        for key, value in (await request.json()).items():
            if key in ("channels", "users"):
                getattr(self.workspace, key).update(value)
            elif key in ("socket_url", "refuse_tickets"):
                setattr(self, key, value)
            else:
                if not hasattr(self.workspace, key):
                    return web.json_response({"ok": False, "error": key}, status=400)
                setattr(self.workspace, key, set(value) if key == "scopes" else value)
        return web.json_response({"ok": True})

    async def admin_disconnect(self, request: web.Request) -> web.Response:
        """Ask every client to reconnect, as Slack does when it refreshes a connection, or just drop it."""
        polite = (await request.json()).get("polite", True)
        told, self.sockets = self.sockets, []
        for socket in told:
            if polite:
                await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})
            else:
                await socket.close()
        return web.json_response({"ok": True})

    async def admin_reset(self, request: web.Request) -> web.Response:
        """A new workspace, as if nothing had happened; the truth file goes on."""
        self.workspace = Workspace(truth=self.workspace.truth)
        self.socket_url, self.refuse_tickets = "", False
        return web.json_response({"ok": True})

    async def admin_truth(self, request: web.Request) -> web.Response:
        state = {"messages": self.workspace.messages, "counts": dict(self.workspace.counts)}
        return web.json_response({**state, "sockets": len(self.sockets)})


async def read_body(request: web.Request) -> Body:
    """Arguments of a call, however they were sent."""
    body: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body |= await request.json()
    elif request.can_read_body:
        body |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    for key in ("blocks", "metadata"):
        if isinstance(body.get(key), str):
            body[key] = json.loads(body[key])
    return body


def ratelimited(seconds: float) -> web.Response:
    answer = {"ok": False, "error": "ratelimited"}
    return web.json_response(answer, status=429, headers={"Retry-After": f"{max(1, round(seconds))}"})


def reset(request: web.Request) -> web.StreamResponse:
    """Cut the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def hang(request: web.Request) -> None:
    """Never answer; end when the caller hangs up."""
    while request.transport is not None and not request.transport.is_closing():  # noqa: ASYNC110
        await asyncio.sleep(0.05)


async def serve(port: int, workspace: Workspace) -> None:
    server = Server(workspace)
    runner = web.AppRunner(server.application(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    server.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    print(f"{server.base}/api/", flush=True)  # noqa: T201 - the address is this program's output
    await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--truth", type=Path, default=None)
    chosen = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(chosen.port, Workspace(truth=chosen.truth)))


if __name__ == "__main__":
    main()
