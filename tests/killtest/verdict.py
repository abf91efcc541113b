"""What the platforms say really happened, held against what was owed. The bot's own records are not asked."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.killtest.plan import FAULTS
from tests.killtest.scene import Story


@dataclass
class Verdict:
    """`due`: messages owed; an old toll left standing counts as lost, too."""

    due: int = 0
    lost: int = 0
    duplicated: int = 0
    out_of_order: int = 0
    troubles: list[str] = field(default_factory=list)

    def add(self, other: Verdict) -> None:
        """Together with what was found on another store."""
        self.due += other.due
        self.lost += other.lost
        self.duplicated += other.duplicated
        self.out_of_order += other.out_of_order
        self.troubles += other.troubles

    @property
    def clean(self) -> bool:
        return not (self.lost or self.duplicated or self.out_of_order)


def judge(stories: Sequence[Story], channels: Mapping[str, Sequence[str]]) -> Verdict:
    """`channels`: the headlines that stand in each channel, in the order in which they were posted."""
    verdict = Verdict()
    for channel, texts in channels.items():
        order = []
        for story in stories:
            verdict.due += 1
            found = [n for n, text in enumerate(texts) if story.tells(text)]
            if not found:
                verdict.lost += 1
                verdict.troubles.append(f"{channel}: {story.place} is missing")
                continue
            if len(found) > 1:
                verdict.duplicated += len(found) - 1
                verdict.troubles.append(f"{channel}: {story.place} stands {len(found)} times")
            elif not story.up_to_date(texts[found[0]]):
                verdict.lost += 1
                verdict.troubles.append(f"{channel}: {story.place} shows an old toll")
            order.append(found[0])
        swapped = sum(later < earlier for earlier, later in itertools.pairwise(order))
        verdict.out_of_order += swapped
        if swapped:
            verdict.troubles.append(f"{channel}: {swapped} out of order")
    return verdict


def discord_texts(state: Mapping[str, Any], channels: Sequence[str]) -> dict[str, list[str]]:
    """What each message is about: the rest of it may name earlier stories, too. Of a forum's posts the first ones."""
    rooms, forums = state["messages"], state["parents"]
    return {
        channel: [
            m["embeds"][0]["title"]
            for m in sorted(itertools.chain.from_iterable(rooms.values()), key=lambda m: int(m["id"]))
            if m["channel_id"] == channel or forums.get(m["id"]) == channel
        ]
        for channel in channels
    }


def slack_texts(truth: Mapping[str, Any], channels: Sequence[str]) -> dict[str, list[str]]:
    """The same of Slack. Threads are not counted: a rise in level is said in the story's own thread."""
    messages = sorted((m for m in truth["messages"] if not m.get("thread_ts")), key=lambda m: float(m["ts"]))
    return {
        channel: [m["text"].splitlines()[1] for m in messages if m["channel"] == channel]
        for channel in channels
    }


def faults(*truths: Path) -> Counter[str]:
    """How often each kind of fault was played, by the records of the platforms."""
    kinds = {theirs: name for name, both in FAULTS.items() for theirs in both}
    found: Counter[str] = Counter()
    for truth in filter(Path.exists, truths):  # a platform that nobody called has nothing to tell
        for line in truth.read_text("utf-8").splitlines():
            said = json.loads(line)
            if "fault" in (said.get("kind"), said.get("what")):
                found[kinds[said["fault"] if said["kind"] == "fault" else said["kind"]]] += 1
    return found
