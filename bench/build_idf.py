"""Make `idf.toml`: how rare each common English term is in a news entry, from public word frequencies.

Run in an environment that has `wordfreq` (its word counts are CC BY-SA 4.0, by Robyn Speer):
`python bench/build_idf.py > config/topics/pakistan-afghanistan/idf.toml`. A word that makes up the share f
of running English is in an entry of 45 words with p = 1 - exp(-45 f); its weight is -log(p), at
most RAREST. Only words below that are listed, so the table is some thousands of terms, no texts.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from pathlib import Path

import wordfreq

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.news.text.idf import stem
from bot.news.text.words import fold_word

RAREST = 7.0
WORDS = 45


def main() -> None:
    share: dict[str, float] = defaultdict(float)
    for word in wordfreq.top_n_list("en", 60_000):
        if word.isascii() and word.isalpha():
            share[stem(fold_word(word))] += wordfreq.word_frequency(word, "en")
    buckets: dict[str, list[str]] = defaultdict(list)
    for term, part in share.items():
        weight = -math.log(1 - math.exp(-WORDS * part))
        if weight < RAREST and len(term) > 1:
            buckets[f"{round(weight * 4) / 4:.2f}"].append(term)
    print("# How rare common English terms (stems) are in general news, in nats: weight = terms.")
    print(
        "# Made by bench/build_idf.py after the word frequencies of wordfreq by Robyn Speer (CC BY-SA 4.0)."
    )
    print(f"rarest = {RAREST}\n\n[terms]")
    for words, terms in sorted(buckets.items(), key=lambda item: float(item[0])):
        print(f'"{words}" = """\\')
        for start in range(0, len(terms), 14):
            print(" ".join(sorted(terms)[start : start + 14]) + " \\")
        print('"""')


if __name__ == "__main__":
    main()
