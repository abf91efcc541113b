"""Faults that the fake plays on request: refusals, errors before and after accepting, resets, silence."""

from __future__ import annotations

import asyncio
import fnmatch
import json
import random
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

KINDS = ("429", "500-before", "500-after", "reset-before", "reset-after", "hang", "late")
AFTER = {"500-after", "502-after", "504-after", "reset-after", "hang", "bad-json"}  # accepted all the same
VIA = {"Via": "1.1 fake"}  # discord.py takes a 429 without it for a ban by the proxy in front of Discord


@dataclass
class Fault:
    """What goes wrong, where and how often. `times` below zero: always."""

    kind: str
    method: str = "*"
    path: str = "*"
    times: int = 1
    status: int = 0  # kind "answer": refuse with this status and this error code
    code: int = 0
    retry_after: float = 0.05
    body: str = ""


class Faults:
    """The faults that are due, in order; then, if asked for, random ones."""

    def __init__(self) -> None:
        self.planned: list[Fault] = []
        self.share = 0.0
        self.kinds: tuple[str, ...] = KINDS
        self.where = Fault("random", "POST", "*/messages")
        self._random = random.Random(0)

    def plan(self, wanted: dict[str, Any]) -> None:
        """POST /_/faults: {"faults": [...]} or {"share": 0.3, "seed": 1, "kinds": [...], "method", "path"}."""
        if "faults" in wanted:
            self.planned = [Fault(**fault) for fault in wanted["faults"]]
        if "share" in wanted:
            self.share = float(wanted["share"])
            self.kinds = tuple(wanted.get("kinds", KINDS))
            self._random = random.Random(wanted.get("seed", 0))
            self.where = Fault("random", wanted.get("method", "POST"), wanted.get("path", "*/messages"))

    def due(self, method: str, path: str) -> Fault | None:
        for fault in self.planned:
            if fault.times and matches(fault, method, path):
                fault.times -= 1
                return fault
        if self.share and matches(self.where, method, path) and self._random.random() < self.share:
            return Fault(self._random.choice(self.kinds))
        return None


def matches(fault: Fault, method: str, path: str) -> bool:
    return fnmatch.fnmatch(method, fault.method) and fnmatch.fnmatch(path, fault.path)


def reset(request: web.Request) -> None:
    """Tear the connection down with an RST, as a dying load balancer does."""
    transport = request.transport
    if transport is None:
        return
    raw = transport.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def answer(data: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """JSON exactly as Discord labels it: discord.py does not read it with a charset behind the type."""
    body = json.dumps(data, ensure_ascii=False).encode()
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")


def error(status: int, code: int, message: str, **headers: str) -> web.Response:
    return answer({"code": code, "message": message}, status=status, headers=VIA | headers)


def limited(retry_after: float, *, everywhere: bool = False, via: bool = True, code: int = 0) -> web.Response:
    headers = {
        "Retry-After": str(max(1, round(retry_after))),
        "X-RateLimit-Scope": "global" if everywhere else "user",
    }
    body = {
        "message": "You are being rate limited.",
        "retry_after": retry_after,
        "global": everywhere,
        "code": code,
    }
    return answer(body, status=429, headers=headers | (VIA if via else {}))


def before(fault: Fault) -> web.Response | None:
    """The answer of a fault that refuses the request; None when the fault comes after accepting it."""
    if fault.kind in ("429", "429-global", "429-no-via"):
        everywhere, via = fault.kind == "429-global", fault.kind != "429-no-via"
        return limited(fault.retry_after, everywhere=everywhere, via=via, code=fault.code)
    if fault.kind == "answer":
        return error(fault.status, fault.code, fault.body or "Injected")
    if fault.kind == "html":
        return web.Response(
            status=fault.status or 502, text="<html>bad gateway</html>", content_type="text/html"
        )
    if fault.kind.endswith("-before") and fault.kind[:3].isdecimal():
        return error(int(fault.kind[:3]), 0, "Injected before accepting")
    return None


async def after(fault: Fault, request: web.Request, accepted: web.Response) -> web.StreamResponse:
    """The answer of a fault that strikes once the request was accepted."""
    if fault.kind == "reset-after":
        reset(request)
    elif fault.kind == "hang":
        await asyncio.sleep(3600)
    elif fault.kind == "bad-json":
        return web.Response(status=200, body=b"{", content_type="application/json")
    elif fault.kind.endswith("-after"):
        return error(int(fault.kind[:3]), 0, "Injected after accepting")
    return accepted
