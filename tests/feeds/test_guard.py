"""Which addresses may be dialled: one table, and nothing in it is ever connected to."""

from __future__ import annotations

import pytest

from bot.feeds.guard import Refusal, check_url, may_dial, networks

PUBLIC = [
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "151.101.1.140", "223.255.255.254", "100.63.255.255", "100.128.0.1",
    "172.15.255.255", "172.32.0.1", "192.0.1.1", "192.167.255.255", "198.17.255.255", "198.20.0.1",
    "2606:4700:4700::1111", "2a00:1450:4001:81b::200e", "2001:4860:4860::8888", "2001:200::1", "2400:cb00::1",
    "::ffff:8.8.8.8", "2003::1", "3ffe::1",
]  # fmt: skip
INSIDE = [
    # this machine
    "127.0.0.1", "127.0.0.2", "127.255.255.254", "0.0.0.0", "0.1.2.3", "::1", "::", "::ffff:127.0.0.1", "::127.0.0.1",
    # private, shared, link-local
    "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255", "100.64.0.1",
    "100.127.255.255", "169.254.0.1", "169.254.169.254", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "fe80::1",
    "fe80::1%eth0", "fc00::1", "fd00::1", "fd00:ec2::254", "fec0::1",
    # special purposes
    "192.0.0.1", "192.0.0.8", "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "ff02::1",
    "2001:db8::1", "2001::1", "2001:10::1", "2001:20::1", "3fff::1", "100::1", "5f00::1",
    # tunnels to any of the above
    "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2002:c0a8:1::1",
    "::ffff:0:127.0.0.1", "2001:0:7f00:1::", "2606:4700::1%lo",
    # no addresses at all
    "localhost", "127.1", "0x7f.1", "2130706433", "0", "①②⑦.0.0.1", "", "1.2.3.4.5", "::g", "127.0.0.1 ", "01.1.1.1",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet_may_be_dialled(address: str) -> None:
    assert may_dial(address)


@pytest.mark.parametrize("address", INSIDE)
def test_everything_inside_is_refused(address: str) -> None:
    assert not may_dial(address)


def test_an_operator_may_allow_a_network_and_no_more() -> None:
    allowed = networks(["127.0.0.1/32", "fd00::/8"])
    assert may_dial("127.0.0.1", allowed)
    assert may_dial("::ffff:127.0.0.1", allowed)
    assert may_dial("fd00::5", allowed)
    assert not may_dial("127.0.0.2", allowed)
    assert not may_dial("::1", allowed)
    with pytest.raises(ValueError, match=r"10\.0\.0\.1/8"):
        networks(["10.0.0.1/8"])


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("gopher://a.example/", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("data:text/xml,<rss/>", "only http and https"),
        ("//a.example/feed", "does not begin with"),
        ("/etc/passwd", "does not begin with"),
        ("feed", "does not begin with"),
        ("http:///feed", "names no host"),
        ("https://", "names no host"),
        ("http://user@a.example/", "user name or password"),
        ("http://user:word@a.example/", "user name or password"),
        ("http://a.example:8080/", "port 8080 is not allowed"),
        ("http://a.example:22/", "port 22 is not allowed"),
        ("http://a.example:0/", "port 0 is not allowed"),
        ("http://a.example:99999/", "cannot be read"),
        ("http://a.example:x/", "cannot be read"),
        ("http://[::1/", "cannot be read"),
        ("http://a.example/\r\nHost: b", "control characters"),
        ("http://a.example/a b", "spaces"),
        ("http://a.example/" + "a" * 5000, "longer than"),
    ],
)
def test_an_address_that_is_none_of_ours_is_refused(url: str, reason: str) -> None:
    checked = check_url(url)
    assert isinstance(checked, Refusal)
    assert reason in checked.reason


def test_ports_are_80_and_443_and_what_the_operator_allows() -> None:
    assert str(check_url("http://a.example:443/")) == "http://a.example:443/"
    assert str(check_url("https://a.example/x#top")) == "https://a.example/x"
    assert str(check_url("http://a.example:8080/", [8080])) == "http://a.example:8080/"


def test_signs_that_look_like_digits_are_read_before_they_are_judged() -> None:
    """The name is normalised to 127.0.0.1 here; the socket then sees and refuses that address."""
    checked = check_url("http://①②⑦.0.0.1/")
    assert not isinstance(checked, Refusal)
    assert checked.host == "127.0.0.1"
