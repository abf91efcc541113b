"""Breaks feeds in seeded ways and hands them to the parser: `python -m tests.feeds.fuzz --cases 100000 --seed 1`.

Every case must come back as entries that keep their promises or as a `Failed`; a child may die of one,
an exception may not escape. The last line is JSON; exit 1 if a promise was broken.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from bot.feeds.feed import Failed, Feed, Fetched, Parsed
from bot.feeds.parse import Parser
from tests.fakes.hostile_feeds import GOOD
from tests.feeds.conftest import NOW

SAMPLES = Path(__file__).parents[1] / "samples"
FEED = Feed("https://fuzz.example/rss", "Fuzz", "Fuzz", "PK", zone="Asia/Karachi")
TOKENS = [
    b"<", b">", b"&", b"'", b'"', b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?xml version='1.0' encoding='utf-16'?>",
    b"<!DOCTYPE rss [", b"<!ENTITY a 'b'>", b"<!ENTITY a SYSTEM 'file:///etc/passwd'>", b"]>", b"&a;", b"&nbsp;",
    b"&#xD83D;", b"&#x110000;", b"&#99999999999;", b"&#0;", b"&lt;script&gt;", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\xf0\x9f", b"\xe2\x80\xae", b"<item>", b"</item>", b"<entry>", b"<rss>", b"</rss>", b"<guid>", b"<link>",
    b"<link href='javascript:x'/>", b"<link>//[</link>", b"<link>http://[::1</link>", b"xml:base='http://['",
    b"<pubDate>Mon, 99 Feb 99999 99:99:99 +9999</pubDate>", b"<pubDate>-1</pubDate>", b"<dc:date>0000-00-00</dc:date>",
    b"<description><div xmlns='http://www.w3.org/1999/xhtml'>", b"<content type='xhtml'>", b"<title type='base64'>AA",
    b"<source url='x'>", b"<category>", b"<enclosure length='-1'/>", b" xmlns:a='urn:a'", b"<a:item/>", b"\n" * 200,
    b" " * 2_000, b"encoding='punycode'", b"encoding='undefined'", b"encoding='utf-7'", b"charset=",
]  # fmt: skip
CODECS = ["utf-16", "utf-16-le", "utf-32", "cp1256", "latin-1", "cp037", "utf-7", "iso2022_jp", "gb18030"]


def mutate(body: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """One to eight things done to a feed."""
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(body) + 1)
        end = min(len(body), start + int(chance.expovariate(1 / 60)))
        piece = body[start:end]
        match chance.randrange(10):
            case 0:
                piece = bytes(byte ^ (1 << chance.randrange(8)) for byte in piece)
            case 1:
                piece = b""
            case 2:
                piece = piece * chance.choice([2, 3, 200])
            case 3 | 4 | 5:
                piece += chance.choice(TOKENS)
            case 6:
                piece = chance.choice(TOKENS) * chance.choice([2, 50, 1_000])
            case 7:
                other = chance.choice(others)
                at = chance.randrange(len(other))
                piece = other[at : at + chance.randrange(1, 400)]
            case 8:
                return body[:start]
            case _:
                text = body.decode("utf-8", "replace")
                return text.encode(chance.choice(CODECS), "replace")
        body = (body[:start] + piece + body[end:])[:400_000]
    return body


def broken_promise(parsed: Parsed) -> str:
    """What an entry may never be, whatever it was made from."""
    for entry in parsed.entries:
        text = entry.title + entry.summary + entry.guid
        if len(entry.title) > 500 or len(entry.summary) > 20_000 or len(entry.guid) > 1_000:
            return "too long"
        if any((ord(sign) < 32 and sign != "\n") or 0x7F <= ord(sign) < 0xA0 for sign in text):
            return "control characters"
        if any(sign in text for sign in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff"):
            return "invisible characters"
        if entry.url and (
            urlsplit(entry.url).scheme not in ("http", "https") or not urlsplit(entry.url).hostname
        ):
            return f"address {entry.url!r}"
        if entry.published is not None and entry.published.utcoffset() is None:
            return "a date without a zone"
        if not entry.id or entry.seen != NOW:
            return "no identity"
    return ""


async def fuzz(cases: int, seed: int) -> dict[str, object]:
    """Run so many cases; the counts, and the first broken promises with their seeds."""
    seeds = [path.read_bytes() for path in sorted(SAMPLES.glob("*.xml"))] + [GOOD]
    results: Counter[str] = Counter()
    broken: list[str] = []
    slowest = (0.0, 0)

    async def one(case: int, parser: Parser) -> None:
        nonlocal slowest
        chance = random.Random(f"{seed} {case}")
        body = mutate(chance.choice(seeds), seeds, chance)
        kind = chance.choice(["", "text/xml; charset=utf-8", "application/rss+xml; charset=cp1256"])
        started = time.monotonic()
        try:
            parsed = await parser.parse(FEED, Fetched(body, FEED.url, content_type=kind), NOW)
        except Exception as error:  # this is what is looked for
            results["escaped"] += 1
            broken.append(f"case {case}: {type(error).__name__}: {error}")
            return
        slowest = max(slowest, (round(time.monotonic() - started, 3), case))
        results["refused" if isinstance(parsed, Failed) else "read"] += 1
        if isinstance(parsed, Parsed) and (promise := broken_promise(parsed)):
            broken.append(f"case {case}: {promise}")

    started = time.monotonic()
    async with Parser() as parser:
        for start in range(0, cases, 100):
            await asyncio.gather(*(one(case, parser) for case in range(start, min(cases, start + 100))))
        killed = parser.killed
    seconds = round(time.monotonic() - started, 1)
    counts = {name: results[name] for name in ("read", "refused", "escaped")}
    return {"cases": cases, "seed": seed, **counts, "killed": killed, "broken": broken[:10], "slowest": slowest, "seconds": seconds}  # fmt: skip


def main() -> None:
    """The command line."""
    line = argparse.ArgumentParser(description=__doc__)
    line.add_argument("--cases", type=int, default=10_000)
    line.add_argument("--seed", type=int, default=1)
    chosen = line.parse_args()
    result = asyncio.run(fuzz(chosen.cases, chosen.seed))
    sys.stdout.write(json.dumps(result) + "\n")
    sys.exit(1 if result["broken"] else 0)


if __name__ == "__main__":
    main()
