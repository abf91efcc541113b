"""Finds the items of a feed by their place in the bytes, so that known ones need not be parsed again."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.parsers import expat
from xml.sax.saxutils import escape

MARK = 8  # bytes that remember one item
MAX_ITEMS = 2_000
MAX_ELEMENTS = 3_000  # in one item
MAX_ITEM = 1_048_576  # bytes of one item
MAX_ATTRIBUTES = 500
MAX_DEPTH = 300
NEWS = 50  # of more new items than these it is not asked one by one whether they repeat an old one
_NAMES = ("item", "entry")
_KEYS = {"guid": "guid", "id": "guid", "link": "link"}
_ITEM_TAG = re.compile(rb"<(?:[\w.-]{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_RAW_NAME = re.compile(rb"<([^\s/>]+)")
_NEXT = re.compile(rb"\s*(<(item|entry)(?=[\s>]))")


@dataclass(frozen=True, slots=True)
class Item:
    start: int
    end: int
    mark: bytes
    key: str = ""  # its guid, else its link, as written
    elements: int = 0

    @property
    def monstrous(self) -> bool:
        """No honest item is like this, and parsing it would take its time from all others."""
        return self.elements > MAX_ELEMENTS or self.end - self.start > MAX_ITEM


@dataclass(frozen=True, slots=True)
class Layout:
    """A well-formed feed as bytes with items in them."""

    items: tuple[Item, ...]

    @property
    def repeats(self) -> bool:
        """Does one guid or link stand on several items? Then only a whole reading can tell them apart."""
        keys = [item.key for item in self.items if item.key]
        return len(set(keys)) < len(keys)


@dataclass(frozen=True, slots=True)
class Broken:
    """Not well-formed XML, or shaped so that no parser should see it (`hostile`)."""

    reason: str
    hostile: bool = False


def layout(data: bytes) -> Layout | Broken:
    """Where each item is.

    >>> found = layout(b"<rss><channel><item><guid>a</guid></item><item/></channel></rss>")
    >>> [(item.start, item.end, item.key) for item in found.items]
    [(14, 41, 'a'), (41, 48, '')]
    """
    walk = _Walk()
    try:
        walk.parser.Parse(data, True)
    except expat.ExpatError as error:
        return Broken(f"not well-formed XML: {error}")
    except _Hostile as error:
        return Broken(str(error), hostile=True)
    return Layout(tuple(walk.finish(data)))


def without(data: bytes, items: list[Item]) -> bytes:
    """The same document, these items cut out.

    >>> data = b"<rss><channel><item>1</item><item>2</item></channel></rss>"
    >>> without(data, [layout(data).items[0]])
    b'<rss><channel><item>2</item></channel></rss>'
    """
    pieces, position = [], 0
    for item in items:
        pieces.append(data[position : item.start])
        position = item.end
    pieces.append(data[position:])
    return b"".join(pieces)


def shortened(data: bytes) -> bytes:
    """A broken document up to its last countable item: a forgiving parser does not mind the missing end."""
    position = -1
    for found in itertools.islice(_ITEM_TAG.finditer(data), MAX_ITEMS, None):
        position = found.start()
        break
    return data if position < 0 else data[:position]


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of a feed without the items that are byte for byte as they were."""

    data: bytes
    marks: tuple[bytes, ...]  # of what was cut out
    whole: bytes

    def repeats(self, found: Layout) -> bool:
        """May an item of the rest carry the guid or link of one that was cut out? Then read it whole."""
        keys = {item.key for item in found.items if item.key}
        written = {form.encode() for key in keys for form in (key, escape(key))}
        return len(keys) > NEWS or any(self.whole.count(f) != self.data.count(f) for f in written)


def rest(data: bytes, known: frozenset[bytes]) -> Rest:
    """Cuts out known items without parsing: their bytes were seen to be well-formed when they were new.

    It goes from item to item as long as nothing but space is between them, so that no item is cut out of a
    comment or of a text that quotes it.

    >>> data = b"<rss><channel><item>1</item><item>2</item></channel></rss>"
    >>> rest(data, frozenset([layout(data).items[0].mark])).data
    b'<rss><channel><item>2</item></channel></rss>'
    """
    first = _ITEM_TAG.search(data) if known else None
    ahead = _NEXT.match(data, first.start()) if first else None
    begun = _begun_before(data, ahead.start(1)) if ahead else None
    if ahead is None or begun is None:
        return Rest(data, (), data)
    closing, position = b"</" + ahead[2] + b">", ahead.start(1)
    kept, cut = [data[:position]], []
    while ahead and (end := data.find(closing, position)) >= 0:
        end += len(closing)
        one = data[position:end]
        if (mark := _mark(begun, one)) in known:
            cut.append(mark)
        elif _closed(one):
            kept.append(one)
        else:
            break
        ahead = _NEXT.match(data, end)
        position = ahead.start(1) if ahead else end
        kept.append(data[end:position])
    return Rest(b"".join([*kept, data[position:]]), tuple(cut), data)


def _begun_before(data: bytes, position: int) -> hashlib.blake2b | None:
    """The beginning of the marks of items from here on; None where a comment or a quotation is open."""
    walk = _Walk()
    try:
        walk.parser.Parse(data[:position], False)
    except (expat.ExpatError, _Hostile):
        return None
    return _begin(walk.around()) if _closed(data[:position]) else None


def _closed(piece: bytes) -> bool:
    pairs = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"))
    return all(piece.count(opening) == piece.count(closing) for opening, closing in pairs)


def _begin(around: str) -> hashlib.blake2b:
    return hashlib.blake2b(around.encode(), digest_size=MARK)


def _mark(begun: hashlib.blake2b, item: bytes) -> bytes:
    mark = begun.copy()
    mark.update(item)
    return mark.digest()


class _Hostile(Exception):
    pass


class _Walk:
    """One pass of expat: byte offsets of items, their guid, and what surrounds them."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartNamespaceDeclHandler = self._namespace
        self._spaces: list[str] = []
        self._around: list[str] = []  # the open elements outside of items: they change how an item reads
        self._depth = 0
        self._inside = 0  # depth of the open item, 0: none
        self._elements = 0
        self._open = 0
        self._keys: dict[str, list[str]] = {"guid": [], "link": []}
        self._hears = False
        self._found: list[tuple[int, int, str, int, str]] = []
        self._context = ""  # the namespaces and open elements round the items found so far, as text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth = depth = self._depth + 1
        if depth > MAX_DEPTH or len(attributes) > MAX_ATTRIBUTES:
            raise _Hostile(f"an element with {len(attributes)} attributes at depth {depth}")
        if self._inside:
            self._elements += 1
            key = _KEYS.get(name.rpartition(" ")[2]) if depth == self._inside + 1 else None
            if key:
                self.parser.CharacterDataHandler, self._hears = self._keys[key].append, True
                if "href" in attributes and attributes.get("rel", "alternate") == "alternate":
                    self._keys[key].append(attributes["href"])
        elif name.rpartition(" ")[2].lower() in _NAMES:
            self._inside, self._elements = self._depth, 0
            self._open = self.parser.CurrentByteIndex
            self._keys = {"guid": [], "link": []}
            self._context = self._context or self.around()
        else:
            self._around.append(f"{name} {attributes}")
            self._context = ""

    def _end(self, name: str) -> None:
        if not self._inside:
            self._around.pop()
            self._context = ""
        else:
            if self._hears:
                self.parser.CharacterDataHandler, self._hears = None, False
            if self._depth == self._inside:
                key = "".join(self._keys["guid"]).strip() or "".join(self._keys["link"]).strip()
                at = self.parser.CurrentByteIndex
                self._found.append((self._open, at, key, self._elements, self._context))
                self._inside = 0
        self._depth -= 1

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        if not self._inside:
            self._spaces.append(f"{prefix}={uri}")
            self._context = ""

    def around(self) -> str:
        """The namespaces and open elements here, as text."""
        return "\n".join(self._spaces + self._around)

    def finish(self, data: bytes) -> Iterator[Item]:
        begun = lru_cache(1)(_begin)
        for start, closing, key, elements, around in self._found:
            end = _end_of(data, start, closing)
            yield Item(start, end, _mark(begun(around), data[start:end]), key, elements)


def _end_of(data: bytes, start: int, closing: int) -> int:
    """Behind an item's closing tag; an empty element ends where the next thing begins."""
    name = _RAW_NAME.match(data, start)
    tag = b"</" + name[1] if name else b""
    after = closing + len(tag)
    closes = tag and data.startswith(tag, closing) and data[after : after + 1] in b"> \t\r\n"
    return data.find(b">", after) + 1 if closes else closing
