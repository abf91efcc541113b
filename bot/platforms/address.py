"""Which addresses a token may be sent to: encrypted ones, or this very machine."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

ENCRYPTED = frozenset({"https", "wss"})
PLAIN = frozenset({"http", "ws"})


def check_address(url: str) -> str | None:
    """Why this address is refused, None when it may be used.

    >>> check_address("https://discord.com/api/v10"), check_address("ws://127.0.0.1:8080/")
    (None, None)
    >>> check_address("http://proxy.example/api")
    'http://proxy.example is not encrypted: plain http and ws are only for this machine (127.0.0.1, ::1, localhost)'
    >>> check_address("discord.com/api")
    "'discord.com/api' is no address: it must start with https:// or wss:// (http:// or ws:// on this machine)"
    """
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port  # .port raises on nonsense
    except ValueError:
        parts, host = urlsplit(""), None
    scheme = parts.scheme.lower()
    if not host or scheme not in ENCRYPTED | PLAIN:
        return f"{url[:200]!r} is no address: it must start with https:// or wss:// (http:// or ws:// on this machine)"
    if parts.username or parts.password:
        return f"{scheme}://{host} carries a user name or password: leave them out"
    if scheme in PLAIN and not is_loopback(host):
        return (
            f"{scheme}://{host} is not encrypted: plain http and ws are only for this machine "
            "(127.0.0.1, ::1, localhost)"
        )
    return None


def is_loopback(host: str) -> bool:
    """Is it this machine, without asking any name server?

    >>> [is_loopback(host) for host in ("127.0.0.2", "::1", "LOCALHOST", "10.0.0.1", "127.0.0.1.example")]
    [True, True, True, False, False]
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def warn_address(url: str, default_hosts: tuple[str, ...]) -> str | None:
    """What to tell the operator about an address that is neither the platform's own nor this machine.

    >>> warn_address("https://chat.example/api", ("discord.com",))
    'the token goes to chat.example, not to discord.com: make sure that it is yours'
    >>> warn_address("wss://gateway.discord.gg/", ("discord.com", "discord.gg"))
    """
    host = (urlsplit(url.strip()).hostname or "").lower()
    known = any(host == name or host.endswith("." + name) for name in default_hosts)
    if not host or known or is_loopback(host):
        return None
    return f"the token goes to {host}, not to {default_hosts[0]}: make sure that it is yours"
