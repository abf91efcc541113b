"""feedparser at the pace of a poll: the same reader, without the detours that lead back to where they began.

Most elements of most feeds are plain: no namespace, no markup inside, no relative address. For these each
method here does what feedparser's own would come to; whatever is rarer goes feedparser's way. What it
reads stays what it reads: a test compares both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final
from xml.sax import expatreader

from feedparser import api, mixin
from feedparser.html import _cp1252
from feedparser.util import FeedParserDict

_Attributes = list[tuple[str, str]]
_ROOTS: Final = frozenset({"feed", "rss", "rdf:RDF"})  # their language is the feed's
_OF_INPUTS: Final = frozenset({"title", "link", "description", "name"})
_OF_IMAGES: Final = frozenset({"title", "link", "description", "url", "href", "width", "height"})
_GATHERED: Final = frozenset({"category", "tags", "itunes_keywords", "content"})
_INLINE: Final = "application/xhtml+xml"
_CRUFT = re.compile("&([A-Za-z0-9_]+);")
# Keys that feedparser's dictionaries answer for another, or after some thought.
_THOUGHT_OF: Final = frozenset(FeedParserDict.keymap) | {
    "category", "enclosures", "license", "updated", "updated_parsed",
}  # fmt: skip


class Whole(expatreader.ExpatParser):
    """Hands over text whole, as feedparser pays for every piece, and what is plain without a detour."""

    def reset(self) -> None:
        super().reset()
        self._parser.buffer_text = True  # type: ignore[attr-defined]

    def start_element_ns(self, name: str, attrs: Mapping[str, str]) -> None:
        """An element of no namespace, its attributes of none either, goes where it would end up anyway."""
        if " " in name or (attrs and any(" " in one for one in attrs)):
            super().start_element_ns(name, attrs)
            return
        handler: Any = self._cont_handler  # type: ignore[attr-defined]
        given, handler.decls = handler.decls, {}
        for one, value in attrs.items():
            given[one.lower()] = value
        handler.unknown_starttag(name.lower(), list(given.items()))

    def end_element_ns(self, name: str) -> None:
        if " " in name:
            super().end_element_ns(name)
        else:
            self._cont_handler.unknown_endtag(name.lower())  # type: ignore[attr-defined]


def create_parser() -> Whole:
    """What `xml.sax.make_parser` asks a driver for."""
    return Whole()


class Strict(api.StrictFeedParser):  # type: ignore[misc]  # feedparser has no types
    """feedparser's reader of well-formed feeds, for documents in UTF-8 whose markup is left as it is."""

    def unknown_starttag(self, tag: str, attrs: _Attributes) -> Any:
        """Outside of inline markup an element without attributes changes nothing but what is open."""
        if attrs or self.incontent or self.baseuri or ":" in tag or tag in _ROOTS or "" in self.namespacemap:
            return super().unknown_starttag(tag, attrs)
        self.depth += 1
        self.basestack.append(self.baseuri)
        self.langstack.append(self.lang)
        if tag not in _OF_INPUTS:
            self.intextinput = 0
        if tag not in _OF_IMAGES:
            self.inimage = 0
        given: dict[str, str] = {}
        try:
            return getattr(self, "_start_" + tag)(given)
        except AttributeError:
            if not given:
                return self.push(tag, 1)
            self._get_context()[tag] = given

    def pop(self, element: str, strip_whitespace: int = 1) -> Any:
        """The text of an element of an entry, and into the entry with it."""
        stack, params = self.elementstack, self.contentparams
        if not stack or stack[-1][0] != element:
            return None
        kind = dict.get(params, "type", "text/html")
        entry = self.inentry and not self.insource and stack[-1][1] and element not in _GATHERED
        if (
            not entry
            or kind == _INLINE
            or params.get("base64")
            or self.sanitize_html
            or self.resolve_relative_uris
        ):
            return super().pop(element, strip_whitespace)
        output = "".join(stack.pop()[2])
        output = output.strip() if strip_whitespace else output
        if output and element in self.can_be_relative_uri and (element != "id" or self.guidislink):
            output = self.resolve_uri(output)
        if kind == "text/plain" and not self.version.startswith("atom") and self.looks_like_html(output):
            params["type"] = "text/html"
        dict.pop(params, "mode", None)
        dict.pop(params, "base64", None)
        output = output if output.isascii() else _mended(output)
        if element != "title" or not -1 < self.title_depth <= self.depth:
            self._keep(element, output)
        return output

    def _keep(self, element: str, output: str) -> None:
        entry = self.entries[-1]
        if element == "link":
            if not self.inimage:
                output = _CRUFT.sub(r"&\g<1>", output.replace("&amp;", "&")) if "&" in output else output
                entry["link"] = output
                if output:
                    entry["links"][-1]["href"] = output
            return
        element = "summary" if element == "description" else element
        depths = self.property_depth_map.setdefault(entry, {})
        if depths.get(element) is None or self.depth <= depths[element]:
            depths[element] = self.depth
            entry[element] = output
        if self.incontent:
            detail = FeedParserDict(self.contentparams)
            detail["value"] = output
            entry[element + "_detail"] = detail


def _mended(text: str) -> str:
    """Text that was taken for Latin when it was UTF-8, and what Windows writes between 128 and 159."""
    with suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    return text.translate(_cp1252)


def _joined(base: str, uri: str, thorough: Callable[[str, str], str] = mixin._urljoin) -> str:
    """Two addresses joined; there is seldom anything to join with, or a slash too many."""
    return thorough(base, uri) if base or ":///" in uri else uri


def _swift() -> dict[str, Callable[..., Any]]:
    """What a feedparser dictionary does, with an answer at once for keys that stand for themselves."""
    slow = {
        name: getattr(FeedParserDict, name) for name in ("__getitem__", "__setitem__", "__contains__", "get")
    }

    def getitem(self: FeedParserDict, key: str) -> Any:
        return slow["__getitem__"](self, key) if key in _THOUGHT_OF else dict.__getitem__(self, key)

    def setitem(self: FeedParserDict, key: str, value: Any) -> None:
        (slow["__setitem__"] if key in _THOUGHT_OF else dict.__setitem__)(self, key, value)

    def contains(self: FeedParserDict, key: str) -> bool:
        return bool((slow["__contains__"] if key in _THOUGHT_OF else dict.__contains__)(self, key))

    def get(self: FeedParserDict, key: str, default: Any = None) -> Any:
        return (slow["get"] if key in _THOUGHT_OF else dict.get)(self, key, default)

    return {"__getitem__": getitem, "__setitem__": setitem, "__contains__": contains, "get": get}


def copied(self: FeedParserDict, memo: object) -> FeedParserDict:
    """feedparser copies what it knows of a text once for each text; it holds nothing but words."""
    return FeedParserDict(self)


CHANGES: Final[tuple[tuple[Any, str, Any], ...]] = (
    # libxml2's driver would open what a document names; Python's own does not.
    (api, "PREFERRED_XML_PARSERS", [__name__]),
    (api, "StrictFeedParser", Strict),
    (mixin, "_urljoin", _joined),
    (FeedParserDict, "__deepcopy__", copied),
    *((FeedParserDict, name, method) for name, method in _swift().items()),
)


def install() -> None:
    """Let feedparser read in this way, in this process."""
    for place, name, thing in CHANGES:
        setattr(place, name, thing)
