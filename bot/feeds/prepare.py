"""Makes the bytes of a feed safe to parse: known encodings, no document type, no impossible characters.

Every step is linear in the size of the body. What a publisher declares is believed only where it fits.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from html import escape
from html.entities import html5

MAX_ENTITIES = 64
MAX_ENTITY = 128  # characters of one declared entity
MAX_GROWTH = 1_048_576  # bytes that declared entities may add
_XML_ENCODING = re.compile(rb"""^\s{0,64}<\?xml[^>]{0,200}?encoding\s{0,8}=\s{0,8}["']([\w.:-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s{0,8}=\s{0,8}["']?([\w.:-]{1,40})""", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EBCDIC = b"\x4c\x6f\xa7\x94"
# Families of encodings that text is written in; Python knows many more that only look like one.
# UTF-16 and UTF-32 show themselves by their zero bytes and are never believed without them.
_TEXT = ("utf-8", "iso8859", "cp", "koi8", "mac-", "gb", "big5", "shift", "euc", "iso2022", "tis")
_SAME = {"iso8859-1": "cp1252", "ascii": "cp1252"}  # what is declared so is written so
_CONTROLS = bytes({*range(32)} - {9, 10, 13})
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# All but the five that XML knows: they are by far the most, and stay as they are.
_REFERENCE = re.compile(
    r"&(?:#([xX]?)([0-9a-fA-F]+);?|(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{0,31});)"
)
# Bytes of UTF-8 that a publisher's software wrote as one reference each.
_BYTE = r"(?:1(?:2[89]|[3-9][0-9])|2(?:[0-4][0-9]|5[0-5])|[xX][89a-fA-F][0-9a-fA-F]);"
_BYTES = re.compile(f"&#{_BYTE}(?:&#{_BYTE})+")
_ENTITY = re.compile(r"""<!ENTITY\s{1,64}([\w.-]{1,40})\s{1,64}(?:"([^"]*)"|'([^']*)')\s{0,64}>""")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that starts with its root element, in UTF-8; `notes` say what was mended."""

    data: bytes
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why these bytes are not parsed at all."""

    reason: str


def prepare(body: bytes, content_type: str = "") -> Prepared | Unfit:
    """Bytes as they came → bytes that a parser may be given.

    >>> prepare(b'\\n<?xml version="1.0"?><!DOCTYPE rss><rss>&#xD83D;caf\\xe9&nbsp;</rss>').data.decode()
    '<rss>\ufffdcafé\xa0</rss>'
    """
    text, encoding = decode(body, content_type)
    notes = [f"read as {encoding}"] if encoding != "utf-8" else []
    text = _legal(text)
    start, doctype = _prolog(text)
    if start is None:
        return Unfit("this is no feed: there is no element in it")
    entities = _entities(doctype) if doctype else {}
    if isinstance(entities, Unfit):
        return entities
    mended = _references(text[start:], entities)
    return Prepared(mended.encode(), tuple(notes)) if isinstance(mended, str) else mended


def _legal(text: str) -> str:
    if text.isascii():  # most are, and this takes a tenth of the time
        return text.encode().translate(None, _CONTROLS).decode()
    return _ILLEGAL.sub("", text)


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The text, and the encoding that it was read as.

    Bytes that are valid UTF-8 are UTF-8, whatever is declared: nothing else looks like it by chance.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace"), encoding
    if body[:4].count(0) >= 2 or (body[:2].count(0) == 1 and b"<" in body[:2]):
        encoding = _wide(body)
        return body.decode(encoding, "replace"), encoding
    if body.startswith(_EBCDIC):  # "<?xm" on a mainframe
        return body.decode("cp037"), "cp037"
    declared = _declared(body, content_type)
    if not any(name.startswith("iso2022") for name in declared):
        try:
            return body.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            pass
    for name in declared:
        try:
            return body.decode(name), name
        except UnicodeDecodeError:
            continue
    return _guessed(body, declared)


def _declared(body: bytes, content_type: str) -> list[str]:
    """What the document and the server say, as far as it is an encoding that people write in."""
    said = [found[1].decode() for found in [_XML_ENCODING.search(body[:1024])] if found]
    said += [found[1] for found in [_CHARSET.search(content_type[:300])] if found]
    names = []
    for name in said:
        try:
            known = codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
        known = _SAME.get(known, known)
        if known.startswith(_TEXT):
            names.append(known)
    return names


def _guessed(body: bytes, declared: list[str]) -> tuple[str, str]:
    """A few damaged characters in UTF-8 stay UTF-8; otherwise the first that was declared, or Latin."""
    text = body.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if damaged * 20 <= sum(byte >= 0x80 for byte in body[:200_000]) or declared[:1] == ["utf-8"]:
        return text, "utf-8"
    name = declared[0] if declared else "cp1252"
    return body.decode(name, "replace"), name


def _wide(body: bytes) -> str:
    if body[:4].count(0) == 3:
        return "utf-32-be" if body[0] == 0 else "utf-32-le"
    return "utf-16-be" if body[0] == 0 else "utf-16-le"


def _prolog(text: str) -> tuple[int | None, str]:
    """Where the root element starts, and the document type before it."""
    position, doctype = 0, ""
    while (position := text.find("<", position)) >= 0:
        follows = text[position + 1 : position + 2]
        if follows.isalpha() or follows == "_":
            return position, doctype
        if text.startswith("<!--", position):
            end = text.find("-->", position)
        elif text[position : position + 9].upper() == "<!DOCTYPE":
            end = _doctype_end(text, position)
            doctype = text[position:end] if end > 0 else ""
        else:
            end = text.find(">", position)
        if end < 0:
            break
        position = end + 1
    return None, doctype


def _doctype_end(text: str, position: int) -> int:
    """The > that closes a document type, past quoted strings and its bracketed part."""
    depth = 0
    for found in re.compile(r"""["'\[\]<>]""").finditer(text, position + 2):
        if found.start() < position:
            continue
        sign = found[0]
        if sign in "\"'":
            position = text.find(sign, found.end()) + 1
            if not position:
                return -1
        elif sign in "[<":
            depth += 1
        elif sign == "]" or depth:
            depth -= 1
        else:
            return found.start()
    return -1


def _entities(doctype: str) -> dict[str, str] | Unfit:
    """Small declared entities that contain no others; anything cleverer is refused."""
    if "[" not in doctype:
        return {}
    entities: dict[str, str] = {}
    for name, double, single in _ENTITY.findall(doctype):
        value = double or single
        if len(value) > MAX_ENTITY or any(sign in value for sign in "&%<"):
            return Unfit(f"the document type declares an entity that is too large or nested: {name}")
        entities[name] = value
    if doctype.count("<!ENTITY") > len(entities) or len(entities) > MAX_ENTITIES:
        return Unfit("the document type declares entities that a feed has no need of")
    return entities


def _references(text: str, entities: dict[str, str]) -> str | Unfit:
    """Character references made possible, named ones made plain."""
    grown = 0

    def plain(found: re.Match[str]) -> str:
        nonlocal grown
        hexadecimal, digits, name = found.groups()
        if digits:
            return _character(digits, 16 if hexadecimal else 10, found[0])
        if name in entities:
            grown += len(entities[name])
            return entities[name] if grown <= MAX_GROWTH else ""
        return escape(html5.get(name + ";", ""), quote=False) or found[0]

    text = _BYTES.sub(_whole, text) if "&#" in text else text
    mended = _REFERENCE.sub(plain, text)
    return mended if grown <= MAX_GROWTH else Unfit("its entities grow without end")


def _whole(found: re.Match[str]) -> str:
    """
    >>> _BYTES.sub(_whole, "caf&#xC3;&#xA9; &#226;&#128;&#153; &#233;&#233;")
    'café ’ &#233;&#233;'
    """
    numbers = (one.lstrip("&#") for one in found[0].split(";")[:-1])
    try:
        return bytes(int(n[1:], 16) if n[0] in "xX" else int(n) for n in numbers).decode()
    except UnicodeDecodeError:
        return found[0]


def _character(digits: str, base: int, original: str) -> str:
    if base == 10 and not digits.isdigit():
        return original.replace("&", "&amp;", 1)
    code = int(digits.lstrip("0")[:9] or "0", base)
    if code in (0x26, 0x3C, 0x3E):  # & < > must stay escaped
        return original if original.endswith(";") else original + ";"
    if code > 0x10FFFF or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF):
        return "\ufffd"
    if 0x80 <= code < 0xA0:
        return bytes([code]).decode("cp1252", "replace")
    return chr(code) if code >= 0x20 or code in (9, 10, 13) else ""
