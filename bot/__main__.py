"""`python -m bot`."""

import os
import sys
import time
from pathlib import Path


def main() -> None:
    """The command line; Ctrl-C while it is still loading is no surprise either."""
    try:
        if sys.argv[1:] == ["health"]:
            answer_health()
        from bot import cli

        cli.main()
    except KeyboardInterrupt:
        sys.exit(130)


def answer_health() -> None:
    """What a container asks every 30 seconds: answered without what only a running bot needs, most of a second."""
    from bot.web import health

    facts, troubles = health.verdict(Path(os.environ.get("BORDERWIRE_STATE") or "state"), time.time())
    (sys.stderr if troubles else sys.stdout).write(health.told(facts, troubles) + "\n")
    sys.exit(1 if troubles else 0)


if __name__ == "__main__":
    main()
