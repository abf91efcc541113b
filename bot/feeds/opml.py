"""Lists of feeds as other readers write and read them (OPML 2.0): pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from xml.etree import ElementTree  # only ever given what `prepare` has cleared

from bot.feeds import plain
from bot.feeds.feed import Feed
from bot.feeds.guard import Refusal, check_url
from bot.feeds.items import Broken, layout
from bot.feeds.prepare import Unfit, prepare

MAX_BYTES = 2_097_152
MAX_FEEDS = 5_000


class OpmlError(ValueError):
    """Why a file cannot be imported, in one line."""


def read(data: bytes, ports: Iterable[int] = ()) -> tuple[tuple[Feed, ...], tuple[str, ...]]:
    """The feeds of an OPML file, each address once, and a line for each that was left out.

    >>> feeds, left_out = read(b'<opml version="2.0"><body><outline text="UN"><outline text="N" '
    ...                        b'xmlUrl="https://n.example/rss"/><outline xmlUrl="file:///x"/></outline></body></opml>')
    >>> feeds[0].name, feeds[0].group, left_out
    ('N', 'UN', ('file:///x: only http and https addresses are read, not "file"',))
    """
    if len(data) > MAX_BYTES:
        raise OpmlError(f"the file is larger than {MAX_BYTES} bytes")
    prepared = prepare(data)
    if isinstance(prepared, Unfit):
        raise OpmlError(prepared.reason)
    shape = layout(prepared.data)
    if isinstance(shape, Broken):
        raise OpmlError(shape.reason)
    root = ElementTree.fromstring(prepared.data)  # noqa: S314  # no document type is left in it
    if root.tag.lower() != "opml":
        raise OpmlError(f"this is not OPML: its first element is <{root.tag[:40]}>")
    return _feeds(root, frozenset(ports))


def write(feeds: Iterable[Feed], title: str = "borderwire") -> bytes:
    """An OPML file with one folder for each group."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = title
    body = ElementTree.SubElement(root, "body")
    folders: dict[str, ElementTree.Element] = {"": body}
    for feed in feeds:
        group = plain.visible(feed.group)
        if group not in folders:
            folders[group] = ElementTree.SubElement(body, "outline", text=group, title=group)
        name = plain.visible(feed.name)
        ElementTree.SubElement(
            folders[group], "outline", type="rss", text=name, title=name, xmlUrl=feed.url, language=feed.lang
        )
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _feeds(root: ElementTree.Element, ports: frozenset[int]) -> tuple[tuple[Feed, ...], tuple[str, ...]]:
    found: dict[str, Feed] = {}
    left_out: list[str] = []
    waiting = [(outline, "") for outline in reversed(root.findall("./body/outline"))]
    while waiting:
        outline, group = waiting.pop()
        text = plain.title(outline.get("title") or outline.get("text") or "")
        waiting += [(inner, text or group) for inner in reversed(outline.findall("./outline"))]
        address = (outline.get("xmlUrl") or "").strip()
        if not address:
            continue
        url = check_url(address, ports)
        if isinstance(url, Refusal):
            left_out.append(f"{plain.cut(plain.visible(address), 200)}: {url.reason}")
        elif address not in found:
            name = text or url.host or address
            lang = (outline.get("language") or "en")[:2].lower()
            found[address] = Feed(url=address, name=name, outlet=name, lang=lang, group=group)
    if len(found) > MAX_FEEDS:
        left_out.append(f"{len(found) - MAX_FEEDS} feeds beyond the first {MAX_FEEDS}")
    return tuple(islice(found.values(), MAX_FEEDS)), tuple(left_out[:MAX_FEEDS])
