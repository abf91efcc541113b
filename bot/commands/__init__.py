"""What people can ask, the same on every platform. A new command is one line of COMMANDS."""

from __future__ import annotations

from bot.commands import (
    crossings,
    export,
    feeds,
    follow,
    help,
    options,
    search,
    status,
    story,
    subscribe,
    subscriptions,
    timeline,
    why,
)
from bot.commands.base import Command, Context, Option, Reply, Request, call
from bot.news.model import EVENT_TYPES, STYLES, Level

LEVELS = tuple(level.word for level in sorted(Level, reverse=True))
PAGE = Option("page", "Which page")
CHANNEL = Option("channel", "Which channel; this one if left out", kind="channel")


async def manual(request: Request, _context: Context) -> Reply:
    """What can be asked, as it is typed where this is asked."""
    return help.manual(request, COMMANDS)


COMMANDS: tuple[Command, ...] = (
    Command(
        "help",
        "What you can ask, with examples",
        manual,
        (Option("command", "Of which command", main=True),),
        examples=({}, {"command": "timeline"}),
    ),
    Command(
        "subscribe",
        "Tell a channel of developments, or change what it is told",
        subscribe.subscribe,
        (
            CHANNEL,
            Option("instant", "What comes at once; the rest waits for the digest", options.INSTANT),
            Option("digest", "Where the rest goes", options.DIGESTS),
            Option(
                "types",
                "Only these kinds, separated by commas: ceasefire, air_strike, crossing …; all for all",
            ),
            Option("places", "Only these places, separated by commas: Torkham, Khost …; all for all"),
            Option("quiet", "Hours in which nothing is posted: 22:00-07:00, or off"),
            Option("zone", "The time zone of these hours: Asia/Kabul, Europe/London …"),
            Option("critical_passes", "Does what is critical come in quiet hours?", options.YES_NO),
            Option("ceiling", "How many stories a day come at once; the rest goes into the digest; 0: all"),
            Option("digest_hour", "The hour of a daily digest: 0 to 23"),
            Option(
                "style",
                "A message a story, with a thread on it that tells changes, or a forum's posts",
                STYLES,
            ),
            Option("role", "Whom to mention; off for nobody", kind="role"),
            Option("role_level", "From which level on", LEVELS[:2]),
        ),
        manager=True,
        examples=(
            {},
            {"instant": "critical", "digest": "hourly"},
            {"places": "Torkham, Khost", "quiet": "22:00-07:00", "zone": "Asia/Kabul"},
        ),
    ),
    Command("unsubscribe", "Tell a channel nothing more", subscribe.unsubscribe, (CHANNEL,), manager=True),
    Command(
        "pause",
        "Tell a channel nothing for a while; resume goes on",
        subscriptions.pause,
        (CHANNEL,),
        manager=True,
    ),
    Command(
        "resume", "Go on after a pause, or after lost access", subscriptions.resume, (CHANNEL,), manager=True
    ),
    Command(
        "subscriptions",
        "Which channels hear what, and which stories you follow",
        subscriptions.listed,
        more=True,
    ),
    Command(
        "preview",
        "The last stories as a channel would get them; nothing is posted",
        subscriptions.preview,
        (CHANNEL,),
    ),
    Command(
        "timeline",
        "What happened, in order, with who claims what",
        timeline.timeline,
        (
            Option("since", "From when: 2025-10-01, 2025-10, 2025, yesterday, 7d, 2w, 3m"),
            Option("until", "Until when, written the same way"),
            Option("place", "Where: Torkham, Paktika, Kabul …"),
            Option("party", "Who: TTP, UNAMA, Qatar …"),
            Option("type", "What kind", EVENT_TYPES),
            Option("level", "At least this level", LEVELS),
            Option("text", "Words that must occur"),
            Option("as_of", "As it was known on that day"),
            Option("page", "Which page; 1 is the newest"),
            Option("format", "All of it as a file to keep, or a chart of it", export.FORMATS),
        ),
        examples=(
            {"place": "Torkham", "since": "2w"},
            {"type": "ceasefire", "since": "2025-10"},
            {"party": "UNAMA", "as_of": "2025-10-12"},
            {"since": "2025-10", "format": "csv"},
        ),
    ),
    Command(
        "story",
        "One story whole: every claim in its words, every source, what changed, what came before and after",
        story.story,
        (
            Option("story", "Its number (it stands under the alert), or words of its headline", main=True),
            Option("part", "Only a part of it", story.PARTS),
            PAGE,
        ),
        examples=({"story": "12"}, {"story": "Torkham clash"}, {"story": "12", "part": "sources"}),
    ),
    Command(
        "follow",
        "Be told of one story in direct messages, or no more; the button under its alert does the same",
        follow.follow,
        (
            Option("story", "Its number (it stands under the alert)", main=True),
            Option("stop", "yes: no more of it", options.YES_NO),
        ),
        examples=({"story": "12"}, {"story": "12", "stop": "yes"}),
    ),
    Command(
        "search",
        "Stories by words, the best first",
        search.search,
        (Option("words", "All of them must occur", main=True), PAGE),
        examples=({"words": "Torkham closed"}, {"words": "Khost strike", "page": "2"}),
    ),
    Command(
        "why",
        "Why this channel did, or did not, get a story or an article: each stage's verdict",
        why.why,
        (
            Option("about", "A story's number, an article's address, or words of its title", main=True),
            CHANNEL,
            PAGE,
        ),
        examples=({"about": "12"}, {"about": "https://www.dawn.com/news/1949"}, {"about": "Torkham gate"}),
    ),
    Command(
        "crossings",
        "Each border crossing: open, closed, partly; since when; who says so",
        crossings.crossings,
        (Option("place", "Only this one: Torkham, Chaman …", main=True),),
        examples=({}, {"place": "Torkham"}),
    ),
    Command("status", "Feeds by side, last poll, last delivery, what waits to be sent", status.status),
    Command(
        "feeds",
        "What everybody reads: list, check, add, remove, release, import, export",
        feeds.feeds,
        (
            Option("action", "What to do; list, or check the feed that is named, if left out", feeds.ACTIONS),
            Option("url", "The feed's address or name; to add one, a site's address will do"),
            Option("file", "An OPML file to import", kind="file"),
        ),
        manager=True,
        operator=True,
        examples=({}, {"action": "check", "url": "Dawn"}, {"action": "add", "url": "https://www.dawn.com"}),
    ),
)


def find(name: str) -> Command | None:
    """The command of that name."""
    return next((command for command in COMMANDS if command.name == name), None)


async def answer(request: Request, context: Context) -> Reply:
    """Run the command that a request names; a mistake in what was typed is an answer, too.

    Who may change settings is checked here, every time, whatever the platform showed to whom.
    """
    command = find(request.command)
    if command is None:
        known = ", ".join(c.name for c in COMMANDS)
        words = f"There is no {request.command!r}. Known: {known}."
        return Reply("Unknown command", words, error=True, misused=True)
    if command.manager and not request.manager:
        who = "someone who can manage this server or workspace"
        return Reply("Not allowed", f"Only {who} can use {call(command.name)}.", error=True)
    if command.operator and not request.operator:
        words = "Only operators named in the bot's configuration can do this."
        return Reply("Not allowed", words, error=True)
    try:
        taken = [option.name for option in command.options]
        if unknown := sorted({*request.options, *request.files}.difference(taken)):
            takes = ", ".join(taken) or "nothing"
            raise options.Mistake(f"{call(command.name)} has no {unknown[0]!r}. It takes: {takes}.")
        return await command.run(request, context)
    except options.Mistake as mistake:
        return Reply("I did not understand", str(mistake), error=True, misused=True)
