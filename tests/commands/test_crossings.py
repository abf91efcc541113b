"""/crossings: each border crossing with who says so, from the records and from our own stories."""

from __future__ import annotations

from dataclasses import replace

from bot import commands
from bot.commands.base import Context
from bot.store import stories
from tests.commands.conftest import HERE, ask
from tests.news import making
from tests.news.making import member


async def test_every_crossing_is_told_with_its_source_or_as_unreported(context: Context) -> None:
    reply = await ask(context, "crossings", manager=False)
    heads = [row.head for row in reply.rows]
    assert "Torkham: last known PARTLY OPEN" in heads
    assert all(row.url for row in reply.rows[:-1])
    assert heads[-1] == "Badini, Nawa Pass, Arandu, Bahramcha"
    assert reply.rows[-1].text.startswith("NO REPORT since 15 Aug 2021")


async def test_two_sides_that_contradict_each_other_have_a_row_each(context: Context) -> None:
    told = (
        member("Dawn", "Torkham is open, says Pakistan's foreign ministry"),
        member("TOLOnews", "Torkham is closed, says Zabihullah Mujahid", minutes=90),
        member("Reuters", "Torkham to reopen for trade tomorrow, officials say", minutes=120),
    )
    async with context.database.write() as connection:
        await stories.save(connection, [making.story("crossing", ["Torkham"], told, id=3)])
    later = replace(HERE, command="crossings", now=making.NOON.replace(hour=18), options={"place": "Torkham"})
    reply = await commands.answer(later, context)
    assert [row.head for row in reply.rows] == [
        "Torkham: DISPUTED",
        "Torkham, otherwise",
        "Torkham, announced only",
    ]
    assert "Zabihullah Mujahid, in TOLOnews (AF)" in reply.rows[0].text
    assert "Pakistan Foreign Office, in Dawn (PK), 10 Jan 2027: open — “Torkham is open" in reply.rows[1].text
    assert "to be open to goods" in reply.rows[2].text
    assert len({row.url for row in reply.rows}) == 3


async def test_a_place_that_is_no_crossing_is_a_mistake(context: Context) -> None:
    reply = await ask(context, "crossings", place="Torkhm")
    assert reply.error
    assert "Did you mean Torkham?" in reply.text
