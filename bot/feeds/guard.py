"""Which addresses may be dialled: the public internet, and what the operator allows by name."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from yarl import URL

from bot import masks
from bot.feeds.plain import UNSEEN

Network = IPv4Network | IPv6Network
WEB_PORTS = frozenset({80, 443})
MAX_URL = 4096

# `is_global` says yes to all of these; none of them is a place where a feed lives.
_NEVER_V4 = tuple(IPv4Network(n) for n in ("192.0.0.0/24", "192.88.99.0/24"))
# Only 2000::/3 is handed out; what lies outside (NAT64, site-local, …) or tunnels to v4 is refused.
_PUBLIC_V6 = IPv6Network("2000::/3")
_NEVER_V6 = tuple(IPv6Network(n) for n in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an address will not be asked."""

    reason: str


def networks(names: Iterable[str]) -> tuple[Network, ...]:
    """The networks an operator named; ValueError says which name is wrong.

    >>> networks(["127.0.0.1/32"])
    (IPv4Network('127.0.0.1/32'),)
    """
    return tuple(ip_network(name) for name in names)


def may_dial(address: str, allowed: Sequence[Network] = ()) -> bool:
    """Is this IP address (never a name) one that may be connected to?

    >>> may_dial("8.8.8.8"), may_dial("127.0.0.1"), may_dial("::ffff:10.0.0.1"), may_dial("64:ff9b::7f00:1")
    (True, False, False, False)
    >>> may_dial("127.0.0.1", networks(["127.0.0.1/32"]))
    True
    """
    try:
        ip: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if any(ip.version == network.version and ip in network for network in allowed):
        return True
    if isinstance(ip, IPv4Address):
        public = ip.is_global and not ip.is_multicast and not ip.is_reserved
        return public and not any(ip in network for network in _NEVER_V4)
    return ip in _PUBLIC_V6 and ip.scope_id is None and not any(ip in network for network in _NEVER_V6)


def check_url(text: str, ports: Container[int] = ()) -> URL | Refusal:
    """An address that may be asked, or why not. Names are not resolved here.

    >>> check_url("https://example.org/feed")
    URL('https://example.org/feed')
    >>> check_url("file:///etc/passwd").reason
    'only http and https addresses are read, not "file"'
    """
    if len(text) > MAX_URL:
        return Refusal(f"the address is longer than {MAX_URL} characters")
    if UNSEEN.search(text):
        return Refusal("the address contains spaces or control characters")
    try:
        url = URL(text)
        port = url.port
    except ValueError as error:
        return Refusal(f"the address cannot be read: {masks.masked(str(error))}"[:200])
    return _checked(url, port, ports)


def _checked(url: URL, port: int | None, ports: Container[int]) -> URL | Refusal:
    if not url.scheme:
        return Refusal("the address does not begin with http:// or https://")
    if url.scheme not in ("http", "https"):
        return Refusal(f'only http and https addresses are read, not "{url.scheme[:20]}"')
    if not url.host:
        return Refusal("the address names no host")
    if url.user is not None or url.password is not None:
        return Refusal("the address carries a user name or password")
    if port not in WEB_PORTS and port not in ports:
        return Refusal(f"port {port} is not allowed (fetch.allow_ports)")
    return url.with_fragment(None)
