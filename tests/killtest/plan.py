"""What is done to the program: where it is killed, what goes wrong meanwhile, and how short its waits are."""

from __future__ import annotations

from dataclasses import dataclass

POLL = ("fetched", "parsed", "decided", "recorded", "committed")
SEND = ("planned", "rendered", "trying", "answered", "ended")
LOOK = ("looking", "looked")
FOLD = ("folding", "folded")  # the log into the store
MOVE = ("copying", "migrating", "migrated")  # to the tables of a later version
BACK = ("restoring", "folded away", "restored")  # a copy in the place of the store
STORE = FOLD + MOVE + BACK
STEPS = POLL + SEND + LOOK + STORE
ROUND = 60  # kills on one store; then everything begins afresh

# The same seven on both platforms, under the names that their fakes have for them.
FAULTS = {
    "429": ("429", "ratelimited"),
    "5xx before": ("503-before", "5xx_before"),
    "5xx after": ("500-after", "5xx_after"),
    "reset before": ("reset-before", "reset_before"),
    "reset after": ("reset-after", "reset_after"),
    "hang": ("hang", "hang_after"),
    "late": ("late", "late"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """One schedule; the same seed gives the same choices."""

    kills: int
    seed: int
    build: str = "good"
    stories: int = 12  # each on its own channel-wide place in the order
    rises: int = 4  # times that a story's toll rises
    discord: int = 4  # channels
    slack: int = 2
    steps: tuple[str, ...] = STEPS
    at_random: float = 0.5  # share of kills at random instants; the rest at named steps
    hits: tuple[int, ...] = (1, 1, 2, 3, 5)  # the how-manieth time that a step of a delivery is reached
    copies: float = 0.05  # share of kills at random instants before which a copy of the store is made
    faults: tuple[str, ...] = tuple(FAULTS)
    share: float = 0.3  # of calls that go wrong
    late: float = 0.25  # seconds after which a late request is accepted after all
    key_window: float = 1.0
    settle: float = 1.5  # seconds; must exceed `late` and the lag of Slack's history

    @property
    def forums(self) -> int:
        """How many of the Discord channels are forums."""
        return self.discord // 4

    def environment(self) -> dict[str, str]:
        """Settings of the program under test: only waits differ from the shipped ones."""
        return {f"BORDERWIRE_{name}": value for name, value in QUICK.items()} | {
            "BORDERWIRE_OUTBOX__KEY_WINDOW": str(self.key_window),
            "BORDERWIRE_OUTBOX__SETTLE": str(self.settle),
        }


QUICK = {
    "FETCH__ALLOW_NETWORKS": '["127.0.0.1/32"]',
    "FETCH__SPACING": "0",
    "POLL__INTERVAL": "0.1",
    "POLL__MIN_INTERVAL": "0.1",
    "POLL__MAX_INTERVAL": "0.2",
    "POLL__JITTER": "0",
    "POLL__TICK": "0.05",
    "OUTBOX__TICK": "0.05",
    "OUTBOX__PER_CHANNEL_SECONDS": "0",
    "OUTBOX__SEND_TIMEOUT": "0.6",
    "OUTBOX__FIRST_WAIT": "0.05",
    "OUTBOX__LONGEST_WAIT": "0.3",
    "OUTBOX__HOLD": "0.5",
    "STORY__COALESCE": "0",
    "SLACK__CALLS_PER_MINUTE": "60000",
}

# For each known-bad build, a short schedule that shows what it breaks; the good build holds on all of them.
CATCHING = {
    "mark-first": Plan(
        3, 1, "mark-first", stories=3, rises=1, discord=2, slack=1, steps=("trying",), at_random=0, share=0
    ),
    "fresh-nonce": Plan(
        3, 1, "fresh-nonce", stories=3, rises=1, discord=2, slack=1, steps=("answered",), at_random=0, share=0
    ),
    "validators-early": Plan(
        3, 1, "validators-early", stories=3, rises=1, discord=1, slack=1, steps=("decided",), at_random=0, share=0
    ),
    "no-settle": Plan(
        2, 1, "no-settle", stories=4, rises=0, discord=0, slack=2, steps=("ended",), at_random=0, hits=(2,),
        faults=("late",), share=0.5, late=2.0, settle=5.0,
    ),
    "blind-copy": Plan(
        4, 1, "blind-copy", stories=3, rises=0, discord=0, slack=2, steps=("ended", "restored"), at_random=0, hits=(2,),
        copies=0, share=0,
    ),
}  # fmt: skip
