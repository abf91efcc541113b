"""What can be asked, as it is typed where it is asked: /help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.commands import options
from bot.commands.base import CONSOLE, MAIN, Command, Option, Reply, Request, Row, call

SOMEWHERE = {f"{MAIN}platform": "slack", f"{MAIN}channel": "C0123456789", "space": "T0123456789"}


def manual(request: Request, commands: Sequence[Command]) -> Reply:
    """All commands with an example each, or one with its options and examples."""
    name = request.typed("command").lower().removeprefix("/")
    return one(named(name, commands), request.platform) if name else all_of(commands, request.platform)


def named(name: str, commands: Sequence[Command]) -> Command:
    """A command by its name. Raises Mistake."""
    known = {command.name: command for command in commands}
    if name in known:
        return known[name]
    hint = options.perhaps(name, {name: name for name in known})
    raise options.Mistake(f"There is no command {name[:40]!r}.{hint} {call('help')} lists them all.")


def all_of(commands: Sequence[Command], platform: str) -> Reply:
    rows = tuple(
        Row(example(command, command.examples[0], platform), command.help + who(command, platform))
        for command in commands
    )
    foot = f"{call('help', {f'{MAIN}command': 'timeline'})} shows all options of a command."
    if platform == CONSOLE:
        foot += " What is only here (demo, run, inspect …) stands behind --help."
    return Reply("What you can ask", rows=rows, footer=foot)


def one(command: Command, platform: str) -> Reply:
    shown = "\n".join(example(command, typed, platform) for typed in command.examples)
    rows = tuple(Row(option.name, described(option, platform)) for option in command.options)
    return Reply(call(command.name), f"{command.help}{who(command, platform)}.\n{shown}", rows)


def example(command: Command, typed: Mapping[str, str], platform: str) -> str:
    """A command with options as somebody may type them."""
    kinds = {option.name: option for option in command.options}
    where = SOMEWHERE if platform == CONSOLE and is_placed(command) else {}
    given = {f"{MAIN if kinds[name].main else ''}{name}": value for name, value in typed.items()}
    return call(command.name, {**where, **given})


def is_placed(command: Command) -> bool:
    """Whether the command line has it begin with a channel: it is about one, and about nothing else."""
    return any(option.kind == "channel" for option in command.options) and not main(command)


def main(command: Command) -> Option | None:
    """What the command is about: plain words behind its name."""
    return next((option for option in command.options if option.main), None)


def described(option: Option, platform: str) -> str:
    """What an option takes; how it comes where it has no name."""
    choices = f" ({', '.join(option.choices)})" if option.choices else ""
    pasted = "; on Slack pasted behind the words" if option.kind == "file" and platform == "slack" else ""
    return f"{option.help}{choices}{pasted}"


def who(command: Command, platform: str) -> str:
    """Who may ask it, where not everybody may; the command line is the operator's."""
    if platform == CONSOLE:
        return ""
    if command.operator:
        return " (operators)"
    return " (who manages the server or workspace)" if command.manager else ""
