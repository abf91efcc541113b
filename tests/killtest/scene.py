"""What happens while the program is being killed: stories that rise, and where they are told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from html import escape

from aiohttp import web

FEED = "TOLOnews"
# Far apart in place, kind and words, so that no two are one story; the mark finds each in what is posted.
HAPPENINGS = (
    ("Khost", "Pakistani air strike in Khost kills {toll} civilians, Taliban say",
     "Pakistani jets bombed tribal elders in Khost, killing {toll} civilians, spokesman Zabihullah Mujahid said."),
    ("Torkham", "Border clash at Torkham kills {toll} Pakistani soldiers, ISPR says",
     "Afghan Taliban gunners fired on the customs terminal at Torkham and {toll} Pakistani soldiers were killed, ISPR said."),
    ("Bannu", "Suicide bomber kills {toll} policemen in Bannu, Pakistan blames Afghan soil",
     "A truck bomb planted by the TTP levelled a police academy in Bannu and {toll} policemen were killed. The raid was planned in Afghanistan, Islamabad said."),
    ("Kandahar", "Pakistani drones hit depot in Kandahar, {toll} Taliban fighters killed",
     "Two Pakistani drones struck a fuel depot in Kandahar and {toll} Afghan Taliban fighters were killed, security sources said."),
    ("Kurram", "Afghan mortars kill {toll} villagers in Kurram, officials say",
     "Mortar shells fired from Afghanistan fell on a bazaar in Kurram and {toll} villagers were killed, Pakistani officials said."),
    ("Kunar", "Helicopter raid in Kunar kills {toll} women and children, Kabul says",
     "Pakistani helicopters attacked a hamlet in Kunar and {toll} women and children were killed, Kabul said."),
    ("Peshawar", "Gunmen from Afghanistan storm Peshawar barracks, {toll} recruits killed",
     "Gunmen who had crossed from Afghanistan stormed a barracks in Peshawar and {toll} recruits were killed, ISPR said."),
    ("Helmand", "Night artillery duel in Helmand leaves {toll} Afghan border guards dead",
     "Pakistani howitzers shelled watchtowers in Helmand and {toll} Afghan border guards were killed, the Afghan defence ministry said."),
    ("Chaman", "Afghan shelling of Chaman kills {toll} labourers, hospital says",
     "Afghan Taliban forces shelled a truck stand in Chaman and {toll} labourers were killed, hospital officials said."),
    ("Nangarhar", "Missile strike on seminary in Nangarhar kills {toll} students, Taliban say",
     "A Pakistani missile destroyed a seminary in Nangarhar and {toll} students were killed, Hamdullah Fitrat said."),
    ("Lakki Marwat", "Convoy ambush in Lakki Marwat kills {toll} soldiers, Afghan nationals blamed",
     "Afghan nationals ambushed an army convoy in Lakki Marwat and {toll} soldiers were killed, ISPR said."),
    ("Nuristan", "Shelling of Nuristan valley kills {toll} shepherds, governor says",
     "Pakistani shells set a pine valley in Nuristan alight and {toll} shepherds were killed, the Taliban governor said."),
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """A happening and its tolls as they rise."""

    number: int
    place: str
    headline: str
    lead: str
    tolls: tuple[int, ...]

    def text(self, toll: int) -> tuple[str, str]:
        return self.headline.format(toll=toll), self.lead.format(toll=toll)

    def tells(self, text: str) -> bool:
        """Is this posted text about it?"""
        return any(self.headline.format(toll=toll) in text for toll in self.tolls)

    def up_to_date(self, text: str) -> bool:
        return self.headline.format(toll=self.tolls[-1]) in text


def stories(count: int, rises: int) -> list[Story]:
    if count > len(HAPPENINGS):
        raise ValueError(f"at most {len(HAPPENINGS)} stories are surely told apart")
    return [
        Story(n, *happening, tuple(20 + n + 13 * rise for rise in range(rises + 1)))
        for n, happening in enumerate(HAPPENINGS[:count])
    ]


@dataclass
class Newsroom:
    """One feed with ETag and 304. Publishing again under the same guid is an edit, as publishers do it."""

    port: int = 0
    reads: int = 0
    items: dict[str, tuple[str, str, datetime]] = field(default_factory=dict)

    def publish(self, guid: str, title: str, summary: str, at: datetime | None = None) -> None:
        kept = self.items.get(guid)
        self.items[guid] = (title, summary, kept[2] if kept else at or datetime.now(UTC))

    def old(self) -> None:
        at = datetime.now(UTC) - timedelta(days=5)
        self.publish("old", "Cabinet approves a railway timetable", "Trains will run earlier.", at)

    def rss(self) -> bytes:
        newest = sorted(self.items.items(), key=lambda item: item[1][2], reverse=True)
        items = "".join(
            f"<item><title>{escape(title)}</title><description>{escape(summary)}</description>"
            f"<link>https://tolonews.example/{guid}</link><guid isPermaLink='false'>{guid}</guid>"
            f"<pubDate>{format_datetime(at)}</pubDate></item>"
            for guid, (title, summary, at) in newest
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{FEED}</title>{items}</channel></rss>'.encode()

    async def serve(self, request: web.Request) -> web.Response:
        self.reads += 1
        body = self.rss()
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        return web.Response(body=body, content_type="application/rss+xml", headers={"ETag": etag})

    async def open(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/feed", self.serve)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        return runner
