"""The hospitals to which the hurt were brought, or in which they died later: not where they were hit."""

from __future__ import annotations

from bot.news.text.lexicon import Mention, Text
from bot.news.text.words import Span, word_set

WARDS = word_set("hospital hospitals morgue clinic cmh")
CARED_FOR = word_set(
    "died dies die succumb succumbs succumbed martyrdom brought taken shifted moved transferred evacuated airlifted flown "
    "admitted treated treatment"
)
BEHIND = 24  # letters behind a place in which its hospital is named
REACH = 8  # words before it in which it is told who died or was brought there


def is_ward(text: Text, place: Mention) -> bool:
    """ "Taken to a PESHAWAR hospital", "died at CMH PESHAWAR"; not "gunmen stormed a hospital in QUETTA"."""
    behind = [text.word(at) for at in text.words(Span(place.end, place.end + BEHIND))][:4]
    ward = not WARDS.isdisjoint((*text.before(place.token, 2), *behind))
    return ward and not CARED_FOR.isdisjoint(text.before(place.token, REACH))
