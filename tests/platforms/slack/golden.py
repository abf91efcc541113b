"""Writes the golden pairs of Slack anew: `python -m tests.platforms.slack.golden`, then read the diff."""

from __future__ import annotations

import json

from bot.outbox.sink import Target
from bot.platforms.slack.render import render_alert
from bot.store import codec
from tests.platforms.slack.samples import SAMPLES
from tests.platforms.slack.test_render import GOLDEN

if __name__ == "__main__":
    for name, alert in SAMPLES.items():
        payload = render_alert(alert, Target("T1", "C1"))
        for kind, noun in (("alert", json.loads(codec.write(alert))), ("payload", payload)):
            text = json.dumps(noun, ensure_ascii=False, indent=1)
            (GOLDEN / f"{name}.{kind}.json").write_text(text + "\n", "utf-8")
