"""Python's own XML driver, told to hand over text whole: feedparser pays for every piece of it."""

from __future__ import annotations

from xml.sax import expatreader


class Whole(expatreader.ExpatParser):
    def reset(self) -> None:
        super().reset()
        self._parser.buffer_text = True  # type: ignore[attr-defined]


def create_parser() -> Whole:
    """What `xml.sax.make_parser` asks a driver for."""
    return Whole()
