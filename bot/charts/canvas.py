"""A small picture: rectangles, patterns and capital letters on a grid of palette colours, written as PNG.

A plotting library would weigh more than all else that the bot runs on; bars and labels need none of it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

Pattern = Callable[[int, int], bool]  # whether a point of a pattern is inked
WHITE, INK, GRID = 0, 1, 2

# Five columns by seven rows, a row in five bits.
FONT = {
    name: tuple(int(rows[n : n + 2], 16) for n in range(0, 14, 2))
    for name, rows in (
        line.split(" ")
        for line in """\
A 0E11111F111111|B 1E11111E11111E|C 0E11101010110E|D 1E11111111111E|E 1F10101E10101F|F 1F10101E101010
G 0E11101711110F|H 1111111F111111|I 0E04040404040E|J 0702020202120C|K 11121418141211|L 1010101010101F
M 111B1515111111|N 11111915131111|O 0E11111111110E|P 1E11111E101010|Q 0E11111115120D|R 1E11111E141211
S 0F10100E01011E|T 1F040404040404|U 1111111111110E|V 11111111110A04|W 1111111515150A|X 11110A040A1111
Y 1111110A040404|Z 1F01020408101F|0 0E11131519110E|1 040C040404040E|2 0E11010204081F|3 1F02040201110E
4 02060A121F0202|5 1F101E0101110E|6 0608101E11110E|7 1F010204080808|8 0E11110E11110E|9 0E11110F01020C
- 0000001F000000|. 00000000000C0C|, 000000000C0408|: 000C0C000C0C00|/ 00010204081000|( 02040808080402
) 08040202020408""".replace("\n", "|").split("|")
    )
}
ADVANCE, HEIGHT = 6, 7


class Canvas:
    """A grid of palette indices."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._rows = [bytearray(width) for _ in range(height)]

    def fill(self, left: int, top: int, width: int, height: int, colour: int) -> None:
        """A rectangle in one colour, cut at the edges."""
        left, right = max(0, left), min(self.width, left + width)
        for y in range(max(0, top), min(self.height, top + height)):
            self._rows[y][left:right] = bytes([colour]) * max(0, right - left)

    def bar(self, left: int, top: int, width: int, height: int, colour: int, pattern: Pattern) -> None:
        """A rectangle with an outline and a pattern: it can be told without its colour."""
        self.fill(left, top, width, height, colour)
        for y in range(max(0, top), min(self.height, top + height)):
            for x in range(max(0, left), min(self.width, left + width)):
                edge = x in (left, left + width - 1) or y in (top, top + height - 1)
                if edge or pattern(x, y):
                    self._rows[y][x] = INK

    def text(self, left: int, top: int, words: str, size: int = 1) -> None:
        """Words in capitals; what the letters do not hold is a gap."""
        for n, letter in enumerate(words.upper().replace("–", "-")):
            for y, row in enumerate(FONT.get(letter, ())):
                for x in range(5):
                    if row >> (4 - x) & 1:
                        self.fill(left + (n * ADVANCE + x) * size, top + y * size, size, size, INK)

    def png(self, palette: list[tuple[int, int, int]]) -> bytes:
        """The picture as a file."""
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 3, 0, 0, 0)
        body = zlib.compress(b"".join(b"\0" + bytes(row) for row in self._rows), 9)
        colours = b"".join(bytes(one) for one in palette)
        parts = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", body), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def breadth(words: str, size: int = 1) -> int:
    """How wide words are."""
    return len(words) * ADVANCE * size


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
