"""HTML of a feed made plain text: no tags, no entities, nothing invisible, and always in linear time."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

TITLE, SUMMARY = 500, 20_000
TEASER = 700  # characters; a longer text is more than a teaser
UNSEEN = re.compile(r"[\x00-\x20\x7f]")  # no address has these
_RAW = 400_000  # characters of markup that are looked at
_VALUE = 2_000  # an attribute longer than this is a quotation mark that was never closed
_BLOCK_TAGS = (
    "address article aside blockquote br center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main marquee menu nav noframes ol p pre section summary table tbody tfoot thead "
    "tr ul"
)
_INLINE_TAGS = (
    "a abbr acronym annotation applet area audio b base bdi bdo big blink body button canvas caption cite "
    "code col colgroup command data del dfn em embed font frame frameset head html i iframe img input ins "
    "kbd keygen label legend link map mark math merror meta meter mfrac mi mn mo mrow ms mspace msqrt "
    "msub msup mtext nobr noscript object option output param picture progress q rp rt ruby s samp script "
    "select semantics small source span strike strong style sub sup svg td template textarea th time "
    "title track tt u var video wbr"
)
_BLOCKS, _INLINE = frozenset(_BLOCK_TAGS.split()), frozenset(_INLINE_TAGS.split())
_DROPPED = frozenset(
    {"figcaption", "script", "style", "template", "iframe", "noscript", "svg", "object", "textarea", "select"}
)
_BARE = {  # most tags are of these, and need no closer look
    form.format(name): "\n" if name in _BLOCKS else ""
    for name in (_BLOCKS | _INLINE) - _DROPPED - {"td", "th"}
    for form in ("<{}>", "</{}>", "<{}/>", "<{} />")
}
_LONGEST = max(map(len, _BARE))
_CODE = frozenset({"script", "style"})  # left open, they go on to the end; of all others only the tag is lost
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,14})(?=[\s/>]|$)")
_MARK = re.compile(r"[\"'>]")
_LONG_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{8,};?")
_ESCAPED_TWICE = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip);"
)
_ZALGO = re.compile(r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{2})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")  # fmt: skip
_JOINER = re.compile(r"(?<![\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc])\u200c|\u200c(?![\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc])")  # fmt: skip
_GLUE = re.compile(
    r"(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
_FOOT = re.compile(r"The post (.{1,300}) (?:appeared first|first appeared) on .{1,120}$", re.DOTALL)
_MORE = re.compile(r"\s{0,4}(?:\[(?:…|\.\.\.|&hellip;)\]|\(more…\)|Continue reading →?)$")
_END = 32  # characters in which `_MORE` is found
_INVISIBLE: dict[int, str | None] = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF, 0x200B], None),
    **dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070)], None),
    **dict.fromkeys([*range(0xFFF0, 0xFFFD), 0xFFFE, 0xFFFF, *range(0xE0000, 0xE1000)], None),
    **dict.fromkeys(range(0xD800, 0xE000), None),
    **dict.fromkeys([0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029], "\n"),
    **dict.fromkeys([0x09, 0xA0, 0x202F, 0x3164, 0x115F, 0x1160, 0xFFA0], " "),
}


def title(markup: str) -> str:
    """One line, at most 500 characters.

    >>> title("Border <b>reopens</b>:\\n Torkham &amp;#039;calm&amp;#039; \u202e")
    "Border reopens: Torkham 'calm'"
    """
    return cut(text(markup[: TITLE * 20]).replace("\n", " "), TITLE)


def summary(markup: str, title: str = "") -> str:
    """Paragraphs as lines, without what feed software adds at the end, at most 20,000 characters.

    >>> summary("<p>One.</p><p>Two [&hellip;]</p><p>The post <a href='x'>T</a> appeared first on Site.</p>", "T")
    'One.\\nTwo …'
    """
    plain = text(markup[:_RAW])
    foot = _FOOT.search(plain[-500:])
    if foot and title.startswith(foot[1][:15]):
        plain = plain[: len(plain) - len(foot[0])]
    plain = plain.rstrip()
    return cut((plain[:-_END] + _MORE.sub(" …", plain[-_END:])).strip(), SUMMARY)


def text(markup: str) -> str:
    """Plain text with paragraphs as lines. "a < b" is not a tag and stays.

    >>> text("a < b <p onclick='>'>c</p><script>evil()</script>d <unknown> &lt;b&gt;")
    'a < b\\nc\\nd <unknown> <b>'
    """
    plain = _entities(_without_tags(markup) if "<" in markup else markup)
    return visible(plain)


def visible(plain: str) -> str:
    """Without control, direction and zero-width characters; one space between words."""
    plain = plain.translate(_INVISIBLE)
    if not plain.isascii():
        plain = _GLUE.sub("", _JOINER.sub("", unicodedata.normalize("NFC", plain)))
        plain = _ZALGO.sub(r"\1", plain)
    if "\n" not in plain:
        return " ".join(plain.split())
    return "\n".join(filter(None, (" ".join(line.split()) for line in plain.split("\n"))))


def cut(plain: str, most: int) -> str:
    """At most so many characters, ending with a whole word and an ellipsis.

    >>> cut("one two three", 10)
    'one two …'
    """
    if len(plain) <= most:
        return plain
    start = plain[: most - 1]
    space = start.rfind(" ", max(0, most - 80))
    return f"{start[: space + 1] if space > 0 else start}…"


def _entities(plain: str) -> str:
    for _ in range(2):
        if "&" not in plain:
            break
        plain = unescape(_LONG_REFERENCE.sub("\ufffd", plain))
        if not _ESCAPED_TWICE.search(plain):
            break
    return plain


def _without_tags(markup: str) -> str:
    pieces: list[str] = []
    position = 0
    never_closed: set[str] = set()
    while (start := markup.find("<", position)) >= 0:
        pieces.append(markup[position:start])
        position, replacement = _tag(markup, start, never_closed)
        pieces.append(replacement)
    pieces.append(markup[position:])
    return "".join(pieces)


def _tag(markup: str, start: int, never_closed: set[str]) -> tuple[int, str]:
    """Where the tag or comment that starts here ends, and what stands in its place.

    `never_closed` are elements whose end was looked for in vain: once is enough.
    """
    bare = markup[start : markup.find(">", start, start + _LONGEST) + 1]
    if bare in _BARE:
        return start + len(bare), _BARE[bare]
    if markup.startswith("<!--", start):
        end = markup.find("-->", start + 4)
        return (end + 3, "") if end >= 0 else (len(markup), "")
    if markup.startswith(("<!", "<?"), start):
        end = markup.find(">", start)
        return (end + 1, "") if 0 <= end <= start + _VALUE else (start + 1, "<")
    name = _NAME.match(markup, start)
    word = name[1].lower() if name else ""
    if name is None or (word not in _BLOCKS and word not in _INLINE):
        return start + 1, "<"
    end = _tag_end(markup, name.end())
    if (
        word in _DROPPED
        and word not in never_closed
        and markup[start + 1] != "/"
        and markup[end - 2 : end] != "/>"
    ):
        end = _close(markup, word, end, never_closed)
    return end, "\n" if word in _BLOCKS else " " if word in ("td", "th") else ""


def _tag_end(markup: str, position: int) -> int:
    """Behind the > that closes a tag; a > inside a quoted attribute does not."""
    while mark := _MARK.search(markup, position):
        if mark[0] == ">":
            return mark.end()
        closing = markup.find(mark[0], mark.end(), mark.end() + _VALUE)
        if closing < 0:
            break
        position = closing + 1
    end = markup.find(">", position)
    return end + 1 if end >= 0 else len(markup)


def _close(markup: str, word: str, position: int, never_closed: set[str]) -> int:
    found = re.compile(rf"</{word}\b[^>]{{0,200}}>", re.IGNORECASE).search(markup, position)
    if found:
        return found.end()
    never_closed.add(word)
    return len(markup) if word in _CODE else position
