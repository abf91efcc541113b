"""Repairs the two commonest faults of a publisher's XML: a bare "&", and something after the end."""

from __future__ import annotations

import re

_BARE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
_ROOT = re.compile(rb"<([^\s/>]{1,100})")


def mend(data: bytes) -> bytes:
    """The document with bare ampersands escaped and nothing after its root element.

    >>> mend(b"<rss><a>B & C &amp; D <![CDATA[E & F]]></a></rss><!-- 0.2 s --><br>")
    b'<rss><a>B &amp; C &amp; D <![CDATA[E & F]]></a></rss>'
    """
    return _escaped(_ended(data))


def _ended(data: bytes) -> bytes:
    root = _ROOT.match(data)
    closing = b"</" + root[1] if root else b""
    start = data.rfind(closing) if closing else -1
    end = data.find(b">", start) if start >= 0 else -1
    return data[: end + 1] if end >= 0 else data


def _escaped(data: bytes) -> bytes:
    pieces, position = [], 0
    while (start := data.find(b"<![CDATA[", position)) >= 0:
        pieces.append(_BARE.sub(b"&amp;", data[position:start]))
        end = data.find(b"]]>", start)
        if end < 0:
            return b"".join([*pieces, data[start:]])
        pieces.append(data[start : end + 3])
        position = end + 3
    return b"".join([*pieces, _BARE.sub(b"&amp;", data[position:])])
