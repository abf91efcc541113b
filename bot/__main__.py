"""`python -m bot`."""

import sys


def main() -> None:
    """The command line; Ctrl-C while it is still loading is no surprise either."""
    try:
        from bot import cli

        cli.main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
