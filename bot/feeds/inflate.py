"""Unpacks a compressed answer without ever holding more than was allowed."""

from __future__ import annotations

import zlib

import brotli

from bot.feeds.feed import Failed

_GZIP = 16 + zlib.MAX_WBITS
_STEP = 65_536
_MEMBERS = 1_000


class Inflater:
    """Feed it chunks as they come; it keeps the plain bytes, at most `limit` of them."""

    def __init__(self, encoding: str, limit: int) -> None:
        self._kind = encoding.strip().lower()
        self._limit = limit
        self._body = bytearray()
        self._received = 0
        self._members = 1
        self._member: zlib._Decompress | None = None
        self._brotli: brotli.Decompressor | None = None
        self._refused: Failed | None = None
        if self._kind not in ("", "identity", "gzip", "x-gzip", "deflate", "br"):
            self._refused = Failed(f"unknown content encoding {self._kind[:40]!r}", "encoding")

    def feed(self, chunk: bytes) -> Failed | None:
        """Take in a chunk; a Failed says that reading on is pointless."""
        if self._refused is None:
            try:
                self._take(chunk)
            except (zlib.error, brotli.error) as error:
                self._refused = Failed(f"compressed data is damaged: {error}"[:200], "encoding")
        return self._refused

    def end(self) -> bytes | Failed:
        """The whole body, or why it is not whole."""
        if self._refused is not None:
            return self._refused
        cut = self._member is not None and not self._member.eof
        if cut or (self._brotli is not None and not self._brotli.is_finished()):
            return Failed("compressed data ends too early", "truncated")
        return bytes(self._body)

    def _take(self, chunk: bytes) -> None:
        self._received += len(chunk)
        if self._received > self._limit:  # endless compressed nothing is refused as well
            self._refused = Failed(f"more than {self._limit} bytes", "too_big")
        elif self._kind in ("", "identity"):
            self._keep(chunk)
        elif self._kind == "br":
            self._unpack_brotli(chunk)
        else:
            self._unpack(chunk)

    def _unpack(self, chunk: bytes) -> None:
        while self._refused is None:
            if self._member is None:
                if not chunk:
                    return
                self._member = zlib.decompressobj(self._window(chunk))
            elif self._member.eof:  # a further gzip member, or padding that nobody needs
                if self._kind == "deflate" or not chunk.startswith(b"\x1f\x8b"):
                    return
                self._members += 1
                if self._members > _MEMBERS:
                    self._refused = Failed(f"more than {_MEMBERS} gzip members", "encoding")
                    return
                self._member = zlib.decompressobj(_GZIP)
            plain = self._member.decompress(chunk, _STEP)
            self._keep(plain)
            chunk = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            if not chunk and len(plain) < _STEP:
                return

    def _unpack_brotli(self, chunk: bytes) -> None:
        self._brotli = self._brotli or brotli.Decompressor()
        if self._brotli.is_finished():  # padding that nobody needs
            return
        self._keep(self._brotli.process(chunk, output_buffer_limit=_STEP))
        while (
            self._refused is None
            and not self._brotli.is_finished()
            and not self._brotli.can_accept_more_data()
        ):
            self._keep(self._brotli.process(b"", output_buffer_limit=_STEP))

    def _window(self, chunk: bytes) -> int:
        if self._kind != "deflate":
            return _GZIP
        # Half the web sends zlib under this name, as the standard says, the other half raw deflate.
        zlib_header = chunk[0] & 15 == 8 and (len(chunk) < 2 or (chunk[0] << 8 | chunk[1]) % 31 == 0)
        return zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS

    def _keep(self, plain: bytes) -> None:
        if len(self._body) + len(plain) > self._limit:
            self._refused = Failed(f"more than {self._limit} bytes after unpacking", "too_big")
            return
        self._body += plain
