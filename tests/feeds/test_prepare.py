"""Bytes become text as their writer meant it, and nothing dangerous is left in them."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.feed import Failed
from bot.feeds.inflate import Inflater
from bot.feeds.prepare import Prepared, Unfit, decode, prepare

URDU = "طورخم سرحد کھول دیا گیا"
PERSIAN = "گذرگاه تورخم"
ARABIC = "معبر تورخم"


def declared(encoding: str, text: str, codec: str = "") -> bytes:
    return f"<?xml version='1.0' encoding='{encoding}'?><rss>{text}</rss>".encode(codec or encoding)


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (declared("utf-8", URDU), "", URDU),
        (declared("windows-1256", ARABIC), "", ARABIC),
        (declared("windows-1256", ARABIC), "text/xml; charset=utf-8", ARABIC),
        (f"<rss>{ARABIC}</rss>".encode("cp1256"), "text/xml; charset=Windows-1256", ARABIC),
        (declared("iso-8859-1", "“Türkiye”", "cp1252"), "", "“Türkiye”"),
        (declared("iso-8859-1", URDU, "utf-8"), "text/xml; charset=iso-8859-1", URDU),  # says Latin, is UTF-8
        (declared("us-ascii", "café", "utf-8"), "", "café"),
        (declared("utf-16", PERSIAN), "", PERSIAN),
        (declared("utf-16", PERSIAN, "utf-16-be"), "", PERSIAN),
        (declared("utf-16", PERSIAN, "utf-16-le"), "text/xml; charset=utf-8", PERSIAN),
        (declared("utf-32", PERSIAN), "", PERSIAN),
        (declared("utf-16", PERSIAN, "utf-8"), "", PERSIAN),  # says UTF-16, is UTF-8
        (b"\xef\xbb\xbf" + declared("windows-1252", URDU, "utf-8"), "", URDU),
        (declared("gb2312", "阿富汗"), "", "阿富汗"),
        (declared("iso-2022-jp", "国境"), "", "国境"),
        (declared("punycode", "plain", "ascii"), "", "plain"),
        (declared("no-such-thing", "caf\xe9", "latin-1"), "", "café"),
        (b"<rss>caf\xe9</rss>", "", "café"),
        (f"<rss>{URDU * 20}".encode() + b"\xe2</rss>", "", URDU * 20 + "\ufffd"),
    ],
)
def test_a_body_is_read_as_it_was_written(body: bytes, content_type: str, text: str) -> None:
    prepared = prepare(body, content_type)
    assert isinstance(prepared, Prepared)
    assert prepared.data.decode().removeprefix("<rss>").removesuffix("</rss>")[: len(text)] == text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("&amp; &lt; &#38; &#x3C; &quot;", "&amp; &lt; &#38; &#x3C; &quot;"),
        ("&nbsp;&eacute;&mdash;", "\xa0é—"),
        ("&LT;b&GT; &AMP;", "&lt;b&gt; &amp;"),
        ("&#146;&#x99;", "’™"),
        ("&#8217;&#x2019;", "’’"),
        ("&#xD83D;&#xDE00;", "\ufffd\ufffd"),
        ("&#0;&#7;&#x1b;\x00\x07", ""),
        ("&#9;&#10;", "\t\n"),
        ("&#12ab;", "&amp;#12ab;"),
        ("&nope; & &;", "&nope; & &;"),
        ("&#38", "&#38;"),
    ],
)
def test_references_are_made_possible(written: str, kept: str) -> None:
    prepared = prepare(f"<rss>{written}</rss>".encode())
    assert isinstance(prepared, Prepared)
    assert prepared.data.decode() == f"<rss>{kept}</rss>"


@pytest.mark.parametrize(
    "prolog",
    [
        "",
        "\n\n  ",
        "<?xml version='1.0'?>",
        "<?xml version='1.0'?><?xml-stylesheet href='a.xsl'?>\n<!-- <rss> a > b -->",
        "<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://127.0.0.2/rss.dtd'>",
        "<!doctype rss [<!ENTITY % x 'y'>]>".replace("<!ENTITY % x 'y'>", "<!ENTITY x 'y'>"),
        "<!DOCTYPE rss [ <!ELEMENT rss ANY> <!-- ] > --> ]>",
        "some words of a proxy ",
    ],
)
def test_what_stands_before_the_feed_is_left_out(prolog: str) -> None:
    prepared = prepare(f"{prolog}<rss>a</rss>".encode())
    assert isinstance(prepared, Prepared)
    assert prepared.data == b"<rss>a</rss>"


def test_small_entities_are_filled_in_and_clever_ones_refused() -> None:
    prepared = prepare(b"<!DOCTYPE rss [<!ENTITY desk \"Kabul desk\"><!ENTITY o '>'>]><rss>&desk;</rss>")
    assert isinstance(prepared, Prepared)
    assert prepared.data == b"<rss>Kabul desk</rss>"
    for entity in (
        "a 'x&b;'",
        "% a 'x'",
        "a SYSTEM 'http://127.0.0.2/'",
        "a PUBLIC 'x' 'y'",
        f"a '{'x' * 129}'",
    ):
        refused = prepare(f"<!DOCTYPE rss [<!ENTITY {entity}>]><rss>&a;</rss>".encode())
        assert isinstance(refused, Unfit), entity


@given(st.binary(max_size=400), st.text(max_size=40))
def test_any_bytes_become_text(body: bytes, content_type: str) -> None:
    text, encoding = decode(body, content_type)
    assert isinstance(text, str)
    assert encoding
    prepared = prepare(b"<rss>" + body, content_type)
    if isinstance(prepared, Prepared):
        prepared.data.decode()


@given(st.binary(max_size=3_000), st.sampled_from(["gzip", "deflate", "raw", "br", ""]), st.integers(1, 700))
def test_what_was_packed_comes_out_whatever_the_pieces(body: bytes, kind: str, size: int) -> None:
    packed = {
        "gzip": gzip.compress(body), "deflate": zlib.compress(body), "raw": zlib.compress(body)[2:-4],
        "br": brotli.compress(body, quality=4), "": body,
    }[kind]  # fmt: skip
    inflater = Inflater({"raw": "deflate"}.get(kind, kind), 10_000)
    for start in range(0, len(packed), size):
        assert inflater.feed(packed[start : start + size]) is None
    assert inflater.end() == body


@pytest.mark.parametrize("kind", ["gzip", "br"])
def test_never_more_than_was_allowed(kind: str) -> None:
    bomb = b" " * 50_000_000
    inflater = Inflater(kind, 1_000_000)
    packed = gzip.compress(bomb) if kind == "gzip" else brotli.compress(bomb, quality=4)
    tracemalloc.start()
    refused = inflater.feed(packed)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3_000_000
    assert isinstance(refused, Failed)
    assert refused.kind == "too_big"
    assert inflater.end() is refused
