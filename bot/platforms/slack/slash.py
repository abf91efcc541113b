"""What people type in Slack: `/timeline …` and `/borderwire <command> …` become Requests, Replies go back."""

from __future__ import annotations

import re
import shlex
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime

from bot.commands.base import Command, Option, Read, Reply, Request
from bot.commands.options import Mistake, perhaps

Ask = Callable[[Request], Awaitable[Reply]]

MAIN = "/borderwire"
SHORTCUTS = ("/timeline",)  # commands with a slash command of their own; the rest is `/borderwire <command>`
LONGEST = 2_000
HELP = "help"
FREE_TEXT = ("text",)  # options that take plain words, where none is what the command is about
QUOTES = str.maketrans("“”„«»‘’", '"""""\'\'')
LINK = re.compile(r"<((?:https?|mailto):[^<>|\s]+)(?:\|[^<>]*)?>")  # an address, as Slack wraps it
PASTED = re.compile(r"(?:<|&lt;)(?:\?xml|opml)\b")  # the text of a file begins here
LONGEST_PASTED = 100_000
DASHES = re.compile(r"(?<!\S)[—–](?=\w)")  # keyboards make one dash of "--"
CHANNEL = re.compile(r"<#([CGD][A-Z0-9]{2,20})(?:\|[^<>]*)?>")


def split(text: str) -> list[str]:
    """Words, with quotes keeping several together; a lone apostrophe is a letter.

    >>> split('place="Spin Boldak" since=7d')
    ['place=Spin Boldak', 'since=7d']
    >>> split("Pakistan's border")
    ["Pakistan's", 'border']
    """
    text = DASHES.sub("--", text.translate(QUOTES))
    words = shlex.shlex(text, posix=True, punctuation_chars=False)
    words.whitespace_split, words.commenters, words.quotes, words.escape = True, "", '"', ""
    try:
        return list(words)
    except ValueError:
        raise Mistake('A quotation mark is not closed: write place="Spin Boldak".') from None


def parse(text: str, command: Command) -> dict[str, str]:
    """The options typed: `key=value`, `--key value`, a word of a list of choices, a #channel, or plain words.

    >>> async def run(request, context): ...
    >>> timeline = Command("timeline", "What happened", run, (Option("since", ""), Option("text", "")))
    >>> parse("--since 7d Torkham gate", timeline)
    {'since': '7d', 'text': 'Torkham gate'}
    >>> parse("sinse=7d", timeline)
    Traceback (most recent call last):
    bot.commands.options.Mistake: There is no option sinse. Did you mean since? timeline takes: since, text.
    """
    if len(text) > LONGEST:
        raise Mistake(f"That is too long: at most {LONGEST} characters.")
    text = LINK.sub(r"\1", text)
    options = {option.name: option for option in command.options if option.kind != "file"}
    found: dict[str, str] = {}
    last, expecting = "", ""
    for word in split(text):
        key, is_pair, value = word.removeprefix("--").partition("=")
        if expecting:
            found[expecting], last, expecting = word, expecting, ""
        elif word.startswith("--") or (is_pair and key.isidentifier()):
            known(key, command)
            if is_pair:
                found[key], last = value, key
            else:
                expecting = key
        else:
            last = place(word, options, found, last, command)
    if expecting:
        raise Mistake(f"{expecting}: a value is missing. Write {expecting}=…")
    return {name: tidy(value, options[name]) for name, value in found.items()}


def pasted(text: str, command: Command) -> tuple[str, dict[str, Read]]:
    """A slash command carries no file: where a command takes one, its text may be pasted behind the words.

    >>> async def run(request, context): ...
    >>> pasted("import &lt;opml&gt;", Command("feeds", "", run, (Option("file", "", kind="file"),)))[0]
    'import '
    """
    name = next((option.name for option in command.options if option.kind == "file"), "")
    begins = PASTED.search(text) if name else None
    if begins is None:
        return text, {}
    if len(text) > LONGEST_PASTED:
        raise Mistake(
            f"That is too long: at most {LONGEST_PASTED} characters. Give the file's address as url=…."
        )
    content = entities(LINK.sub(r"\1", text[begins.start() :])).encode()

    async def read() -> bytes:
        return content

    return text[: begins.start()], {name: read}


def entities(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def known(key: str, command: Command) -> None:
    names = [option.name for option in command.options if option.kind != "file"]
    if key in names:
        return
    hint = perhaps(key, {name: name for name in names})
    takes = f"takes: {', '.join(names)}" if names else "takes no options"
    raise Mistake(f"There is no option {key[:40]}.{hint} {command.name} {takes}.")


def place(
    word: str, options: Mapping[str, Option], found: dict[str, str], last: str, command: Command
) -> str:
    """Put a plain word where it belongs; the name of the option it went to."""
    free = [name for name, option in options.items() if option.main or name in FREE_TEXT]
    chosen = [name for name, option in options.items() if word.lower() in option.choices]
    channels = [name for name, option in options.items() if option.kind == "channel"]
    plain = [name for name, option in options.items() if not option.choices and option.kind != "channel"]
    if channels and CHANNEL.fullmatch(word):
        name = channels[0]
    elif chosen and chosen[0] not in found and not free:
        name = chosen[0]
    elif free or (last and not options[last].choices):
        name = free[0] if free else last  # "places=Spin Boldak": what follows belongs to it
        word = f"{found[name]} {word}" if name in found else word
    elif len(plain) == 1:
        name = plain[0]
    else:
        takes = ", ".join(f"{name}=…" for name in options) or "no options"
        raise Mistake(f"I do not know what {word[:40]!r} is for. {command.name} takes: {takes}.")
    found[name] = word
    return name


def tidy(value: str, option: Option) -> str:
    """A value as commands expect it: a channel's id, text without Slack's entities."""
    if option.kind == "channel":
        match = CHANNEL.fullmatch(value.strip()) or re.fullmatch(r"([CG][A-Z0-9]{6,20})", value.strip())
        if match is None:
            raise Mistake(f"{option.name}: choose a channel by typing # and its name.")
        return match[1]
    return entities(value).strip()


def find(name: str, commands: Sequence[Command]) -> Command:
    known = {command.name: command for command in commands}
    if name in known:
        return known[name]
    hint = perhaps(name, {name: name for name in known})
    raise Mistake(f"I do not know {name[:40]!r}.{hint} {MAIN} help lists what I can do.")


def usage(name: str) -> str:
    """How a command is typed in Slack.

    >>> usage("subscribe"), usage("timeline")
    ('/borderwire subscribe', '/timeline')
    """
    return f"/{name}" if f"/{name}" in SHORTCUTS else f"{MAIN} {name}"


def option(name: str, value: str, main: bool) -> str:
    """How an option is typed in Slack.

    >>> option("place", "Spin Boldak", False), option("words", "Spin Boldak", True)
    ('place="Spin Boldak"', 'Spin Boldak')
    """
    if main:
        return value
    return f'{name}="{value}"' if " " in value else f"{name}={value}"


async def understand(
    body: Mapping[str, str], commands: Sequence[Command], is_manager: Callable[[str], Awaitable[bool]]
) -> Request | Reply:
    """What a slash command's payload asks for, or why it cannot be. The commands decide who may."""
    name, text = body.get("command", ""), body.get("text", "").strip()
    if name == MAIN:
        name, _, text = text.partition(" ")
    name = name.removeprefix("/").lower() or HELP
    if text.strip().lower() == HELP:  # `timeline help`
        name, text = HELP, "" if name == HELP else name
    try:
        command = find(name, commands)
        text, files = pasted(text, command)
        options = parse(text, command)
    except Mistake as error:
        return Reply("I did not understand", str(error), error=True)
    manager = (command.manager or command.more) and await is_manager(body["user_id"])
    return Request(
        command=command.name,
        platform="slack",
        space=body.get("team_id", ""),
        channel=body.get("channel_id", ""),
        user=body["user_id"],
        now=datetime.now(UTC),
        manager=manager,
        options=options,
        files=files,
    )
