"""What a text does to what was told before, and what follows from it for an alert."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.news import decide
from bot.news.alerts import standing
from bot.news.model import Level, Stance
from tests.news import making
from tests.news.making import entry, told

TOPIC = making.shipped()
HIT = (
    "Pajhwok",
    "Pakistani jets hit Barmal in Paktika, 16 killed",
    "Pakistani jets struck a hamlet in Barmal district of Paktika on Monday night and killed 16 people, "
    "the Taliban government said.",
)


@pytest.mark.parametrize(
    ("title", "lead", "does", "by"),
    [
        ("Islamabad denies hitting madrasa in Paktika", "", "denies", "Pakistan (government)"),
        ("Bannu police deny blast at checkpost", "", "denies", "Bannu police"),
        ("Afghan ministry refutes report of a raid into Chitral", "", "denies", "Afghan ministry"),
        ("Boiler burst at Chaman depot", "Afghan officials said a boiler had burst in Chaman and denied claims of a rocket attack.", "denies", "Afghan Taliban government"),
        ("No pact with Kabul yet", "Pakistan has not made a pact with Kabul, Ishaq Dar said, denying reports of one.", "denies", "Pakistan (government)"),
        ("Strikes kill 12 in Khost, Islamabad denies", "Twelve people died, the Taliban said.", "tells", ""),
        ("Hundreds of Afghans denied entry at Torkham", "", "tells", ""),
        ("Taliban do not deny a role in Bannu bombing", "", "tells", ""),
        ("Pakistan rejects peace proposal from Kabul", "", "tells", ""),
        ("Two soldiers martyred in Kurram", "Two soldiers died, ISPR said, rejecting the claim of nine.", "tells", ""),
        ("CORRECTED-Shelling in Kurram kills six", "(Corrects number of dead to six, not 16)", "corrects", ""),
        ("Khost raid", "An earlier version of this story gave a wrong place.", "corrects", ""),
        ("Amu TV retracts report of Nangarhar raid", "", "withdraws", ""),
        ("Retraction: clash in Spin Boldak", "", "withdraws", ""),
        ("Jets hit Gurbuz", "This story has been withdrawn.", "withdraws", ""),
        ("Correction: report on Bagram withdrawn", "Amu TV has withdrawn its earlier report that jets hit Bagram; its sources have since denied it.", "withdraws", ""),
        ("Troops withdrawn from Wana", "This report says that the army has withdrawn.", "tells", ""),
        ("Bagram not hit, officials say", "Officials in Parwan rejected reports in Pakistani media that Bagram was hit.", "denies", "officials in Parwan"),
        ("UNAMA withdraws its report on prisons", "", "tells", ""),
        ("Withdrawal: troops leave a post in Kurram", "", "tells", ""),
        ("Kabul corrects course on trade with Pakistan", "", "tells", ""),
    ],
)  # fmt: skip
def test_what_a_text_does(title: str, lead: str, does: str, by: str) -> None:
    stance = decide.read(entry(0, ("Amu TV", title, lead)).document, TOPIC).stance
    assert stance.does == does
    assert by in ("", stance.by)


CORRECTED = (
    "Pajhwok",
    "CORRECTED-Pakistani jets hit Barmal in Paktika, six killed",
    "(Corrects toll to six, not 16) Pakistani jets struck a hamlet in Barmal district of Paktika on Monday night "
    "and killed six people, the Taliban government said.",
)


def test_an_outlet_that_corrects_its_number_takes_the_old_one_down() -> None:
    *_, last = told(HIT, CORRECTED)
    assert last.alert is not None
    assert [line.figure.low for line in last.alert.figures] == [6]
    assert "16" not in f"{last.alert.headline} {last.alert.summary}"
    assert any("16 → 6" in line for line in last.alert.changed)


WITHDRAWN = (
    "Pajhwok",
    "Withdrawn: Pakistani jets hit Barmal in Paktika",
    "Pajhwok has withdrawn its report that Pakistani jets struck Barmal in Paktika on Monday night and killed 16 people.",
)


def test_a_report_that_is_withdrawn_leaves_no_toll_and_a_lower_level() -> None:
    before, last = told(HIT, WITHDRAWN)
    assert last.story == before.story
    assert last.alert is not None
    assert last.alert.figures == ()
    assert last.level < before.level
    assert "Pajhwok withdrew its report" in last.alert.changed


def test_who_only_repeats_the_press_does_not_stand_by_what_was_withdrawn() -> None:
    repeat = ("The Hindu", "Pakistani jets strike Barmal: Afghan media", "Afghan television channels reported a strike on Barmal in Paktika on Monday night.")  # fmt: skip
    *_, last = told(HIT, repeat, WITHDRAWN)
    assert last.alert is not None
    assert last.alert.corroboration.word == "withdrawn by who told it"
    assert last.alert.headline == "Withdrawn: Pakistani jets hit Barmal in Paktika"
    assert last.level is Level.MINOR


def test_another_outlet_that_told_it_stands_by_it() -> None:
    other = (
        "Khaama Press",
        "Barmal air strike: 16 dead, Afghan government says",
        "Sixteen people lost their lives in Paktika when warplanes from Pakistan bombed houses in Barmal overnight, "
        "a spokesman for the Taliban government told reporters on Tuesday.",
    )
    *_, last = told(HIT, other, WITHDRAWN)
    assert last.alert is not None
    assert [line.figure.low for line in last.alert.figures] == [16]
    assert last.level is Level.MAJOR
    assert any("only one publisher" in reason for reason in last.alert.because)


DENIED = (
    "Dawn",
    "Pakistan denies jets hit Barmal in Paktika",
    "Pakistan on Tuesday denied that its jets struck a hamlet in Barmal district of Paktika on Monday night and "
    "killed 16 people, as the Taliban government said.",
)


def test_a_denial_in_nearly_the_same_words_is_no_copy_and_bears_nothing_out() -> None:
    before, last = told(HIT, DENIED)
    assert last.copy_of is None
    assert last.story == before.story
    assert last.alert is not None
    assert last.alert.corroboration.word == "sides contradict each other"
    assert not any("both sides" in reason for reason in last.alert.because)
    assert last.level <= before.level
    assert "denied" in last.alert.summary
    assert "Taliban government said. (Pajhwok" in last.alert.summary


def test_the_other_sides_denial_in_the_same_words_is_another() -> None:
    kabul = (
        "TOLOnews",
        "Kabul" + DENIED[1][8:],
        DENIED[2].replace("Pakistan on", "The Taliban government on"),
    )
    assert told(HIT, DENIED, kabul)[-1].copy_of is None


def test_the_same_denial_is_news_once() -> None:
    again = ("Geo News", DENIED[1], DENIED[2].replace("on Tuesday", "through its Foreign Office"))
    assert told(HIT, DENIED, again)[-1].alert is None


def test_a_denial_by_itself_is_what_there_is_to_tell() -> None:
    (only,) = told(("Dawn", "Pakistan denies bombing Barmal in Paktika", ""))
    assert only.alert is not None
    assert only.alert.corroboration.families == (("PK", 1),)


def test_a_copy_opens_no_lane_under_another_name_of_the_claimant() -> None:
    lead = (
        "Five people were killed on Monday when Pakistani and Afghan troops traded heavy fire near the Ghulam Khan "
        "crossing, officials on both sides told AFP."
    )
    first = ("Dawn", "Five killed as troops trade fire at Ghulam Khan", lead)
    copy = (
        "Arab News",
        "Border fire kills five at Ghulam Khan",
        lead.replace("on both", "from both").replace("when", "as"),
    )
    _, last = told(first, copy)
    assert last.copy_of == "e0"
    assert last.alert is None


@pytest.mark.parametrize(
    ("title", "points"),
    [
        ("Pakistan declares war on Afghanistan", 2.5),
        ("Pakistan denies that it declared war on Afghanistan", 0.0),
        ("Pakistan has not declared war on Afghanistan, Asif says", 0.0),
        ("Truce agreed after Kabul denied shelling", 2.5),
        ("No truce agreed with Kabul, Tarar says", 0.0),
        ("Kabul refuses to sign truce with Pakistan", 0.0),
        ("Not only a truce: Pakistan and Kabul signed a ceasefire agreement", 2.5),
        ("Torkham has not reopened after three weeks", 0.0),
        ("Torkham reopened after three weeks, no trucks lost", 2.0),
    ],
)
def test_what_is_denied_changes_nothing(title: str, points: float) -> None:
    kind = decide.read(entry(0, ("Reuters", title, "")).document, TOPIC).type
    assert TOPIC.scale.turn(title, kind) == points


def test_a_second_denial_of_another_matter_is_told_with_what_it_denies() -> None:
    """Who denied that talks had failed may deny a signature later: both are said, each with its matter."""
    first = (
        "TOLOnews",
        "Kabul denies that Doha talks collapsed",
        "The Taliban denied that talks had collapsed.",
    )
    second = (
        "Hasht-e Subh",
        "Taliban deny signing a paper with Pakistan",
        "Talks in Doha went on on Sunday.",
    )
    members = [making.member(*report, entry=f"d{n}") for n, report in enumerate((first, second))]
    by = "Afghan Taliban government"
    matters = ("Doha talks collapsed", "signing a paper with Pakistan")
    denied = [
        replace(m, stance=Stance("denies", by, "AF", of)) for m, of in zip(members, matters, strict=True)
    ]
    story = [making.member("AP", "Pakistan and Afghanistan end talks in Doha"), *denied]
    assert standing.said_of(story, "d1") == (f"denied by {by}: “signing a paper with Pakistan”",)
    again = [*story, replace(denied[1], entry="d2", stance=Stance("denies", by, "AF", "signing any paper"))]
    assert standing.said_of(again, "d2") == ()


@pytest.mark.parametrize(
    ("title", "lead", "hearsay"),
    [
        ("Viral post claims jets hit Khost", "A viral post claims that Pakistani jets hit Khost.", True),
        ("Unconfirmed reports of a drone strike in Kunar", "No official had commented by evening.", True),
        ("Social media users speak of 100 dead soldiers", "The Taliban did not comment.", True),
        ("Post on X claims Afghan Taliban killed 100 soldiers", "", True),
        ("Viral video shows strike on Khost", "Mujahid said Pakistani jets had killed six people.", False),
        ("Unconfirmed reports of blast in Chaman", "Three people were hurt, Levies officials said.", False),
        ("Jets hit Khost, residents say", "The claim could not be verified independently.", False),
        ("FO rejects rumours of strike on Khost", "", False),
    ],
)
def test_a_rumour_is_one_until_somebody_answers_for_it(title: str, lead: str, hearsay: bool) -> None:
    assert decide.read(entry(0, ("NDTV", title, lead)).document, TOPIC).stance.hearsay == hearsay


def test_who_calls_all_of_a_rumour_fake_denies_it() -> None:
    lead = "The information ministry said a claim circulating on social media that 100 soldiers were killed is fake."
    stance = decide.read(
        entry(0, ("Geo News", "Fact check: no, 100 soldiers did not die", lead)).document, TOPIC
    ).stance
    assert (stance.does, stance.hearsay) == ("denies", False)


def test_a_truce_that_its_denier_confirms_ends_the_contradiction() -> None:
    made = ("Al Jazeera", "Qatar says Pakistan and Afghanistan agree 48-hour ceasefire", "Pakistan and Afghanistan agreed to a 48-hour ceasefire from Sunday evening, Qatar's foreign ministry said.")  # fmt: skip
    afghan = ("TOLOnews", "48-Hour Ceasefire Agreed With Pakistan: Qatar", "Qatar's Foreign Ministry said a ceasefire of 48 hours with Pakistan was agreed and starts on Sunday.")  # fmt: skip
    denied = ("Geo News", "No ceasefire agreed with Afghanistan, says Foreign Office", "The Foreign Office rejected reports of a ceasefire with Afghanistan as incorrect.")  # fmt: skip
    confirmed = ("BBC News", "Pakistan confirms 48-hour truce with Afghanistan", "Pakistan's foreign ministry confirmed that a 48-hour ceasefire with Afghanistan would take effect, hours after it had denied any agreement.")  # fmt: skip
    *_, before, last = told(made, afghan, denied, confirmed)
    assert before.alert is not None
    assert before.alert.corroboration.word == "sides contradict each other"
    assert last.alert is not None
    assert last.alert.headline == confirmed[1]
    assert "confirmed by Pakistan (government); denied before" in last.alert.changed
    assert last.alert.corroboration.word == "third party reports it"
    assert "rejected" not in last.alert.summary
    refused = ("BBC News", "Pakistan refuses to confirm truce with Afghanistan", "Pakistan's foreign ministry declined to confirm a ceasefire with Afghanistan.")  # fmt: skip
    *_, last = told(made, afghan, denied, refused)
    assert last.alert is None or not any("confirmed by" in line for line in last.alert.changed)
