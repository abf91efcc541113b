"""Whatever a publisher sends as a title or a text, readers get plain words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds import plain

TABLE = [
    ("", ""),
    ("  a \t b \r\n c  ", "a b\nc"),
    ("<p>One</p><p>Two</p>", "One\nTwo"),
    ("One<br/>Two<br>Three", "One\nTwo\nThree"),
    ("<b>23</b> killed", "23 killed"),
    ("<td>23</td><td>killed</td>", "23 killed"),
    ("a < b and c > d", "a < b and c > d"),
    ("5 <10 and 3<4", "5 <10 and 3<4"),
    ("<unknown>kept</unknown>", "<unknown>kept</unknown>"),
    ("<@123> <#4> <!channel>", "<@123> <#4>"),
    ("x<!-- no -->y", "xy"),
    ("x<!-- never closed", "x"),
    ("<img alt='a > b' src=x>after", "after"),
    ('<a title="never closed>text</a> more', "text more"),
    ("<script>if (a < b) {}</script>after", "after"),
    ("<SCRIPT>evil()</SCRIPT >after", "after"),
    ("<style>p{}</style>after", "after"),
    ("<script>never closed", ""),
    ("before <object data=x>after", "before after"),
    ("<blink>old</blink> <nobr>and <applet>older</applet></nobr>", "old and older"),
    ("<figure><img><figcaption>A caption</figcaption></figure>Text", "Text"),
    ("&lt;b&gt;", "<b>"),
    ("AT&amp;amp;T &amp;#039;x&amp;#039;", "AT&T 'x'"),
    ("AT&T & co", "AT&T & co"),
    ("&#99999999999999999999999999999;", "\ufffd"),
    ("a\u200bb\u2060c\ufeffd\u00ade", "abcde"),
    ("\u202eevil\u202c \u2066x\u2069", "evil x"),
    ("a\u2028b\u2029c", "a\nb\nc"),
    ("می\u200cشود", "می\u200cشود"),
    ("a\u200cb", "ab"),
    ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ("a\u200db", "ab"),
    ("e\u0301\u0301\u0301\u0301\u0301", "é\u0301\u0301"),
    ("bell\x07 esc\x1b[31m", "bell esc[31m"),
    ("tag\U000e0041\U000e007f", "tag"),
]


@pytest.mark.parametrize(("markup", "expected"), TABLE)
def test_markup_becomes_words(markup: str, expected: str) -> None:
    assert plain.text(markup) == expected


def test_feed_software_does_not_have_the_last_word() -> None:
    foot = "The post <a href='x'>A title</a> appeared first on <a href='y'>A site</a>."
    assert plain.summary(f"<p>News.</p><p>{foot}</p>", "A title") == "News."
    assert plain.summary(f"News. {foot}", "A title – and more") == "News."
    assert plain.summary("News goes on [&hellip;]") == "News goes on …"
    text = "The post was taken. It appeared first on Monday's map, then fell."
    assert plain.summary(text, "Post taken") == text


def test_length_is_bounded_at_a_word() -> None:
    assert len(plain.title("word " * 1_000)) <= plain.TITLE
    assert plain.title("word " * 1_000).endswith("word …")
    assert len(plain.summary("x" * 500_000)) <= plain.SUMMARY


ANY = st.text(st.characters(), max_size=300) | st.lists(
    st.sampled_from(
        ["<", ">", "&", "#", ";", "p", "/p", "<b>", "</b>", "<!--", "-->", '"', "'", "lt", "amp;", " ", "x"]
    )
).map("".join)


@given(ANY)
def test_no_text_carries_anything_unseen(markup: str) -> None:
    for cleaned in (plain.text(markup), plain.title(markup), plain.summary(markup)):
        for sign in cleaned:
            category = unicodedata.category(sign)
            assert sign == "\n" or category not in ("Cc", "Cs", "Zl", "Zp"), ascii(cleaned)
            assert (
                category != "Cf"
                or sign in "\u200c\u200d"
                or ord(sign) in range(0x600, 0x8E3)
                or ord(sign) > 0xFFFF
            )
        assert cleaned == cleaned.strip()
        assert "  " not in cleaned
    assert "\n" not in plain.title(markup)


@given(
    st.text(
        st.characters(
            exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"], exclude_characters="<>&"
        ),
        max_size=100,
    )
)
def test_plain_words_stay_as_they_are(words: str) -> None:
    normal = unicodedata.normalize("NFC", " ".join(words.split()))
    assert plain.text(words).replace("\n", " ") == normal or any(
        sign in words for sign in "\u3164\u115f\u1160\uffa0\u202f"
    )
