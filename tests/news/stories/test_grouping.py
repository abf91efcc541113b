"""What brings reports of one happening together: kinds, days, gates, tolls and names; and what keeps two apart."""

from __future__ import annotations

import pytest

from bot.news import decide
from bot.news.decision import Decision, Memory
from bot.news.model import Entry
from tests.news.making import shipped
from tests.news.test_decide import entry


def told(*entries: Entry) -> list[Decision]:
    return decide.decide(entries, Memory(), shipped())


RAID = entry(
    "Pakistani jets kill twelve in Khost's Spera",
    "Pakistani jets bombed a house in Spera district of Khost on Monday night and killed 12 people, officials said.",
)
TOGETHER = {
    "people rounded up, exact and rounded": (
        entry(
            "Quetta police round up 316 Afghans",
            "Police in Quetta rounded up 316 Afghans without papers on Monday for deportation.",
        ),
        entry(
            "More than 300 Afghans held in Quetta",
            "Police in Quetta held more than 300 Afghans without papers for deportation.",
            outlet="Gulf Wire",
            hours=5,
        ),
    ),
    "a visit, told by guest and host": (
        entry(
            "Sadiq discusses border with Muttaqi",
            "KABUL: Pakistan's special envoy Mohammad Sadiq held talks with Amir Khan Muttaqi in Kabul on Tuesday about the "
            "border.",
            outlet="Indus Gazette",
        ),
        entry(
            "Muttaqi receives envoy of Islamabad",
            "Amir Khan Muttaqi asked Mohammad Sadiq for easier visas for patients, his spokesman said.",
            hours=4,
        ),
    ),
    "one truce, told by host and party": (
        entry(
            "Qatar announces four-day truce between Pakistan and the Taliban",
            "DOHA - Pakistan and the Afghan Taliban have agreed to stop fighting for four days from Monday night, Qatar's "
            "foreign ministry said.",
        ),
        entry(
            "Foreign Office confirms halt in hostilities with Afghanistan",
            "ISLAMABAD: Pakistan has accepted a ceasefire of four days, the Foreign Office spokesperson said early on "
            "Tuesday.",
            outlet="Indus Gazette",
            hours=5,
        ),
    ),
    "a warning in two languages": (
        entry(
            "Asif warns Kabul of strikes 'deeper than before'",
            "Defence Minister Khawaja Asif said on Monday that Pakistan would hit back deeper if attacks from Afghan soil "
            "went on.",
        ),
        entry(
            "وزیر دفاع پاکستان به طالبان افغانستان هشدار داد",
            "خواجه آصف روز دوشنبه گفت که پاکستان پاسخ سخت‌تری خواهد داد.",
            outlet="Nimruz Persian",
            hours=8,
            lang="fa",
        ),
    ),
    "a gate with a name on either side": (
        entry(
            "Chaman crossing opened to families with papers",
            "QUETTA: The crossing with Afghanistan at Chaman was opened on Monday for families with papers, the deputy "
            "commissioner said.",
        ),
        entry(
            "Spin Boldak: people walk across again",
            "Kandahar officials said the gate with Pakistan at Spin Boldak opened on Monday for people on foot.",
            hours=4,
        ),
    ),
    "a count, exact and rounded": (
        entry(
            "IOM: 45,300 Afghans returned from Pakistan in ten days",
            "The migration agency counted 45,300 Afghans who returned from Pakistan, most through Torkham.",
        ),
        entry(
            "Over 45,000 back in Afghanistan as Pakistan presses on with deportations",
            "More than 45,000 Afghans returned from Pakistan in ten days, UN figures show.",
            outlet="Gulf Wire",
            hours=6,
        ),
    ),
    "one night, told by its evening and by its morning": (
        entry(
            "Afghan forces attack Pakistani posts in Kurram, Bajaur and Chitral",
            "Afghan forces attacked 12 Pakistani posts along the Durand Line late on Monday and killed 31 soldiers, the "
            "defence ministry in Kabul said.",
        ),
        entry(
            "Unprovoked attacks at several points on border repulsed, 60 Afghan Taliban killed",
            "Pakistani troops exchanged fire with the Afghan Taliban at several points on the border in the early hours "
            "of Tuesday and killed 60 of them, ISPR said.",
            outlet="Indus Gazette",
            hours=2,
        ),
    ),
    "a funeral of the next day": (
        entry(
            "Two brothers killed by Pakistani drone in Khost",
            "A drone struck a house in Spera district of Khost late on Monday and killed two brothers, a spokesman said.",
        ),
        entry(
            "Khost family mourns brothers killed by Pakistani drone",
            "Hundreds joined the burial of two brothers in Spera on Wednesday.",
            outlet="Gulf Wire",
            hours=28,
        ),
    ),
    "a clash told from both sides of the line": (
        entry(
            "Three FC men killed in attack on Kurram post from Afghan side",
            "Three men of the Frontier Corps were killed in an exchange of fire with Afghan forces in Kurram on Monday.",
        ),
        entry(
            "Paktia police say Pakistani posts fired first",
            "Afghan and Pakistani forces exchanged fire on Monday in Paktia, the police command said.",
            outlet="Hindu Kush Times",
            hours=4,
        ),
    ),
    "one raid in Pashto": (
        entry(
            "Militants abduct five policemen in raid on post in Bajaur",
            "Militants who came from Kunar attacked a police post in Bajaur on Monday and abducted five policemen.",
        ),
        entry(
            "په باجوړ کې د پولیسو پر پوسته برید، پنځه پولیس تښتول شوي",
            "چارواکي وايي چې وسله‌والو پر پوسته برید وکړ او پنځه پولیس یې وتښتول.",
            outlet="Zarghoon Ghag",
            hours=5,
            lang="ps",
        ),
    ),
    "a toll without a place": (
        entry(
            "IED kills four policemen in Tank",
            "TANK: Four policemen were martyred by an IED in Tank on Monday. Police suspect militants based in Afghanistan.",
        ),
        entry("Roadside bomb kills four Pakistani police officers near Afghanistan", outlet="Gulf Wire", hours=3),
    ),
    "a condemnation from abroad that names no place": (
        RAID,
        entry(
            "Moscow deplores Pakistani bombing of Afghan homes",
            "Maria Zakharova voiced concern at the strikes and called on both neighbours to hold back.",
            outlet="Volga Post",
            hours=40,
        ),
    ),
    "a condemnation of a week later that names the province": (
        RAID,
        entry(
            "Tehran condemns raids on Khost",
            "Iran's foreign ministry condemned the Pakistani strikes in Khost and offered to mediate.",
            outlet="Gulf Wire",
            hours=150,
        ),
    ),
    "strikes that one side announces before the other says where": (
        entry(
            "Pakistan says it hit militant camps across the border overnight",
            "The information ministry said five hideouts of the TTP were targeted in precise air strikes.",
            outlet="Indus Gazette",
            hours=-3,
        ),
        RAID,
    ),
    "a report of the UN, and who rejects it": (
        entry(
            "UNAMA report: 64 civilian casualties in Afghanistan since August",
            "The mission said in a report that it had documented 64 civilian casualties of cross-border violence with Pakistan.",
            outlet="Relief Courier",
        ),
        entry(
            "Foreign Office finds UN mission's tally one-sided",
            "Islamabad rejected the report of UNAMA as biased, its spokesman said on Tuesday.",
            outlet="Indus Gazette",
            hours=9,
        ),
    ),
    "a claim, and who calls its number a lie": (
        entry(
            "Afghan forces kill 37 Pakistani soldiers in Dangam clash, Kabul says",
            "Afghan forces killed 37 Pakistani soldiers in a clash in Dangam of Kunar on Monday, Kabul said.",
        ),
        entry(
            "37 soldiers dead? A lie, says ISPR",
            "RAWALPINDI: The military's spokesman rejected the claim of 37 soldiers killed as fiction for viewers at home.",
            outlet="Indus Gazette",
            hours=20,
        ),
    ),
    "a count, exact and as nearly so many": (
        entry(
            "IOM: 57,400 Afghans returned from Pakistan in ten days",
            "The migration agency counted 57,400 Afghans who returned from Pakistan, most through Torkham.",
        ),
        entry(
            "Nearly 60,000 back in Afghanistan as Pakistan presses on with deportations",
            "Nearly 60,000 Afghans returned from Pakistan in ten days, UN figures show.",
            outlet="Gulf Wire",
            hours=6,
        ),
    ),
    "a truce that is kept, told again the next morning": (
        entry(
            "Pakistan and Afghan Taliban to uphold truce, Ankara says",
            "ANKARA - Pakistan and the Afghan Taliban agreed in Istanbul on Monday to uphold their ceasefire, the foreign "
            "ministry said.",
            hours=-10,
        ),
        entry(
            "Islamabad and Kabul agree to extend ceasefire as Turkish mediators save talks",
            "The delegations were brought back to the table in Istanbul and agreed to keep the truce.",
            outlet="Gulf Wire",
        ),
    ),
    "relief goods, and the gate that is opened for them": (
        entry(
            "Pakistan allows UN flour across to Afghanistan",
            "The commerce ministry told customs to let 120 containers of UN bodies cross in two phases. Trade stays suspended.",
            outlet="Indus Gazette",
        ),
        entry(
            "Islamabad opens border by a slit for UN relief",
            "Containers of the World Food Programme are let into Afghanistan, the foreign ministry said; trade is not "
            "resumed after a closure of six weeks.",
            hours=9,
        ),
    ),
    "one toll, called an attack by one side and a clash by the other": (
        entry(
            "Afghan forces and Pakistani guards clash in Dangam, 41 dead",
            "Afghan forces killed 41 Pakistani soldiers in a clash in Dangam of Kunar on Monday, Kabul said.",
        ),
        entry(
            "Stop shelling our villages, Taliban warn Islamabad",
            "The Taliban warned Pakistan against more bombing and said 41 soldiers were killed in revenge attacks.",
            outlet="Gulf Wire",
            hours=5,
        ),
    ),
    "a protest of one day, once in a few words": (
        entry(
            "Foreign Office calls in Afghan diplomat over Bannu assault",
            "ISLAMABAD: The Afghan deputy head of mission was called in on Monday over the assault in Bannu in which eight "
            "soldiers died.",
            outlet="Indus Gazette",
        ),
        entry("Pakistan protests to Taliban embassy", outlet="Gulf Wire", hours=4),
    ),
    "a truce, and who welcomes it": (
        entry(
            "Pakistan and Afghan Taliban agree to two-week truce, Oman says",
            "MUSCAT - Pakistan and the Afghan Taliban have agreed to hold their fire for 14 days, Oman's foreign ministry said.",
        ),
        entry(
            "Riyadh and Beijing hail truce on Afghan border",
            "Saudi Arabia and China welcomed the ceasefire between Pakistan and Afghanistan and asked both to make it last.",
            outlet="Gulf Wire",
            hours=20,
        ),
    ),
    "a raid, and the ministry that owns to an operation abroad": (
        RAID,
        entry(
            "Foreign Office confirms operation against militants inside Afghanistan",
            "The Foreign Office said an intelligence-based operation was carried out on Monday night against terrorists in "
            "Afghanistan.",
            outlet="Indus Gazette",
            hours=9,
        ),
    ),
    "shelling, and who denies a strike": (
        entry(
            "Pakistani mortar shells hit Kunar school, five dead",
            "Five people were killed when Pakistani forces shelled Marawara in Kunar on Monday, the police command said.",
        ),
        entry(
            "Islamabad rejects Afghan claim of strike on school as absurd",
            "The information ministry said no school had been hit and called the claim absurd.",
            outlet="Indus Gazette",
            hours=8,
        ),
    ),
    "people rounded up, exact and as more than a round number": (
        entry(
            "260 Afghans rounded up in Quetta",
            "Police in Quetta detained 260 Afghans without papers on Monday.",
        ),
        entry(
            "Hundreds of Afghans held in Quetta",
            "More than 250 Afghans were held in Quetta on Monday for deportation.",
            outlet="Gulf Wire",
            hours=5,
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("pair", TOGETHER.values(), ids=TOGETHER)
def test_reports_of_one_happening_meet(pair: tuple[Entry, Entry]) -> None:
    one, other = told(*pair)
    assert one.story == other.story, other.because


APART = {
    "a speech in New York on the day of a bombing": (
        entry(
            "Suicide bomber kills five policemen in Tank",
            "A suicide bomber killed five policemen in Tank on Monday; the bomber was Afghan, police said.",
        ),
        entry(
            "6,000 TTP fighters in Afghanistan, Pakistan tells Security Council",
            "Ambassador Asim Iftikhar told the UN Security Council on Monday that 6,000 fighters of the TTP were based on Afghan "
            "soil.",
            outlet="Gulf Wire",
            hours=10,
        ),
    ),
    "strikes told after the summons over those of a day before": (
        entry(
            "Kabul summons Pakistani diplomat over raid on Paktika",
            "The foreign ministry in Kabul summoned Pakistan's chargé on Monday to protest at an air raid on Paktika.",
        ),
        entry(
            "Second night of Pakistani strikes on Afghanistan kills five in Khost",
            "A drone hit a house in Spera of Khost on Monday night, a day after an air raid on neighbouring Paktika.",
            outlet="Gulf Wire",
            hours=12,
        ),
    ),
    "envoys in two capitals on one day": (
        entry(
            "Chinese envoy meets Muttaqi in Kabul, offers to mediate with Pakistan",
            "China's special envoy met Amir Khan Muttaqi in Kabul on Monday and offered to mediate with Pakistan.",
        ),
        entry(
            "Afghan diplomat called in by Pakistan",
            "The Afghan chargé d'affaires was called to the Foreign Office in Islamabad on Monday.",
            outlet="Gulf Wire",
            hours=5,
        ),
    ),
    "a gate that is opened, and who came by it days later": (
        entry(
            "Torkham reopens for stranded patients",
            "The Torkham crossing between Pakistan and Afghanistan was opened for patients on Monday after five weeks.",
        ),
        entry(
            "IOM: 1,900 Afghan families crossed at Torkham this week",
            "The IOM said on Friday that 1,900 families returned from Pakistan through Torkham this week.",
            outlet="Gulf Wire",
            hours=90,
        ),
    ),
    "an attack told after the summons over it": (
        entry(
            "Afghan envoy called in over Orakzai raid",
            "Islamabad called in the Afghan chargé on Monday and protested at the raid in Orakzai that killed four soldiers.",
        ),
        entry(
            "Four soldiers killed in raid on Orakzai post",
            "Fighters of the Pakistani Taliban raided a post in Orakzai on Monday and killed four soldiers.",
            outlet="Gulf Wire",
            hours=2,
        ),
    ),
    "a sniper and a mortar shell in one district on one day": (
        entry(
            "Sniper kills policeman in Bajaur",
            "A sniper of the Pakistani Taliban shot dead a policeman in Bajaur on Monday.",
        ),
        entry(
            "Mortar shell wounds three in Bajaur",
            "A mortar shell fired from Afghanistan hit a home in Bajaur on Monday and wounded three people.",
            outlet="Gulf Wire",
            hours=6,
        ),
    ),
    "two speeches of one day, told by one outlet": (
        entry(
            "PM Sharif: attackers from Afghanistan will be hunted down",
            "Prime Minister Shehbaz Sharif said at a funeral on Monday that attackers from Afghanistan would be hunted down.",
        ),
        entry(
            "PM Sharif thanks Riyadh for mediation with Kabul",
            "Prime Minister Shehbaz Sharif thanked the Saudi crown prince on Monday for his mediation with Kabul.",
            hours=6,
        ),
    ),
    "a summons of the same day": (
        entry(
            "Four soldiers killed in raid on Orakzai post",
            "Fighters of the Pakistani Taliban raided a post in Orakzai on Monday and killed four soldiers.",
        ),
        entry(
            "Afghan envoy called in over Orakzai raid",
            "Islamabad called in the Afghan chargé on Monday and protested at the raid in Orakzai that killed four soldiers.",
            outlet="Gulf Wire",
            hours=6,
        ),
    ),
    "a roadside bomb and a shooting in one district on one day": (
        entry(
            "Gunmen kill a head constable in Hangu",
            "Gunmen shot dead a head constable in Hangu on Monday; the Pakistani Taliban claimed it.",
        ),
        entry(
            "Roadside bomb hits army lorry in Hangu",
            "A roadside bomb of the Pakistani Taliban killed three soldiers in Hangu on Monday.",
            outlet="Gulf Wire",
            hours=5,
        ),
    ),
    "an operation of the army's own in the district of an attack": (
        entry(
            "Militants attack police station in Hangu",
            "Militants of the Pakistani Taliban attacked a police station in Hangu on Monday and wounded an officer.",
        ),
        entry(
            "Five militants killed in Hangu IBO",
            "Security forces killed five militants of the Pakistani Taliban in an intelligence-based operation in Hangu on "
            "Monday, ISPR said.",
            outlet="Gulf Wire",
            hours=5,
        ),
    ),
    "a truce, and the raid that breaks it": (
        entry(
            "Pakistan and Afghan Taliban agree to prolong truce",
            "Islamabad and Kabul agreed on Monday to prolong their truce by three days.",
        ),
        entry(
            "Truce broken by Pakistani raid on Paktika, Taliban say",
            "Pakistani aircraft bombed Paktika late on Monday, hours after the truce was prolonged, a Taliban spokesman said.",
            outlet="Gulf Wire",
            hours=9,
        ),
    ),
    "a truce that is signed days after another was prolonged": (
        entry(
            "Pakistan and Kabul prolong truce until talks in Doha end",
            "Islamabad and Kabul prolonged their truce on Monday until the talks in Doha are over.",
        ),
        entry(
            "Pakistan and Kabul sign lasting truce in Doha",
            "Ministers of both sides signed a truce in Doha on Wednesday night.",
            outlet="Gulf Wire",
            hours=62,
        ),
    ),
    "a minister who speaks twice in a week": (
        entry(
            "Asif: Kabul takes orders from Delhi",
            "Defence Minister Khawaja Asif told a news channel on Monday that the Taliban government takes orders from Delhi.",
        ),
        entry(
            "Asif: every Afghan refugee has to go",
            "Defence Minister Khawaja Asif told parliament on Wednesday that every Afghan refugee has to leave Pakistan.",
            hours=50,
        ),
    ),
    "summonses by either side": (
        entry(
            "Kabul calls in Pakistan's envoy over shelling",
            "The foreign ministry in Kabul called in Pakistan's chargé on Monday over shelling in Kunar.",
        ),
        entry(
            "Islamabad calls in Afghan envoy over raid",
            "The Foreign Office called in the Afghan chargé on Wednesday over a raid on a post in Bajaur.",
            outlet="Gulf Wire",
            hours=50,
        ),
    ),
    "the same headline of another city": (
        entry("Thousands rally in Khost against Pakistani bombing", "Thousands rallied in Khost on Monday."),
        entry("Thousands rally in Kabul against Pakistani bombing", "Thousands rallied in Kabul.", hours=24),
    ),
    "people rounded up in two cities": (
        entry(
            "Islamabad police round up 180 Afghans",
            "Police in Islamabad rounded up 180 Afghans without papers on Monday for deportation.",
        ),
        entry(
            "Karachi police round up 75 Afghans",
            "Police in Karachi rounded up 75 Afghans without papers on Tuesday for deportation.",
            outlet="Gulf Wire",
            hours=24,
        ),
    ),
    "a gate shut on the day after a clash": (
        entry("Pakistani and Afghan guards clash in Kurram", ""),
        entry("Kharlachi gate shut after clash", "", outlet="Gulf Wire", hours=30),
    ),
    "a protest of two days later is news of its own": (
        entry(
            "Seven policemen killed in Tank bombing",
            "A bomb killed seven policemen in Tank district on Friday, police said, and blamed the Pakistani Taliban.",
        ),
        entry(
            "Pakistan summons Afghan envoy over Tank bombing",
            "The Foreign Office in Islamabad summoned the Afghan envoy on Monday and protested over Friday's bombing in "
            "Tank, in which seven policemen were killed.",
            hours=70,
        ),
    ),
    "a digest of the week": (
        entry(
            "Drone strike kills five in Gurbuz",
            "A Pakistani drone killed five people in Gurbuz district of Khost on Monday, residents said.",
        ),
        entry(
            "The week on the frontier: a strike on Khost, a trade deal and a summons",
            "Pakistani drones hit Gurbuz in Khost, Kabul signed a trade deal, and Islamabad summoned an envoy.",
            outlet="Frontier Weekly",
            hours=30,
        ),
    ),
    "a list of what some days brought": (
        entry(
            "Drone strike kills five in Gurbuz",
            "A Pakistani drone killed five people in Gurbuz district of Khost on Monday, residents said.",
        ),
        entry(
            "Ten days on the line: a drone over Gurbuz, a shut gate, two summonses and a fatwa",
            "Pakistan bombed Gurbuz in Khost, and Torkham was shut.",
            outlet="Frontier Weekly",
            hours=30,
        ),
    ),
    "the same toll of two districts on one day": (
        entry(
            "Twelve militants killed in Kulachi raid",
            "Pakistani forces killed 12 militants in Kulachi on Monday, ISPR said.",
        ),
        entry(
            "Twelve militants killed in Datta Khel raid",
            "Pakistani forces killed 12 militants in Datta Khel on Monday, ISPR said.",
            hours=3,
        ),
    ),
    "clashes of one day in districts that do not face each other": (
        entry(
            "Three FC men killed in exchange of fire in Kurram",
            "Three men of the Frontier Corps were killed in an exchange of fire with Afghan forces in Kurram on Monday.",
        ),
        entry(
            "Two guards killed in exchange of fire in Helmand",
            "Two Afghan guards were killed in an exchange of fire with Pakistani forces in Helmand on Monday.",
            outlet="Hindu Kush Times",
            hours=4,
        ),
    ),
    "two nights running with one toll": (
        entry(
            "Pakistani drone kills five in Gurbuz",
            "A Pakistani drone killed five people in Gurbuz district of Khost on Sunday night, residents said.",
        ),
        entry(
            "Five killed as Pakistani drone hits Gurbuz",
            "A Pakistani drone killed five people in Gurbuz district of Khost overnight, residents said.",
            outlet="Gulf Wire",
            hours=3,
        ),
    ),
    "a summons of days later that names no day": (
        entry(
            "Seven policemen killed in Tank bombing",
            "A bomb killed seven policemen in Tank district on Friday, police said, and blamed the Pakistani Taliban.",
            hours=-84,
        ),
        entry("Pakistan summons Afghan envoy over Tank bombing"),
    ),
    "arrests of days later": (
        entry(
            "Seven policemen killed in Tank bombing",
            "A bomb killed seven policemen in Tank district on Friday, police said, and blamed the Pakistani Taliban.",
            hours=-84,
        ),
        entry(
            "Three Afghans arrested over Tank bombing, police say",
            "Police said on Tuesday they had arrested three Afghans over the bombing that killed seven policemen in Tank.",
        ),
    ),
    "a truce, and days later one that others hosted": (
        entry(
            "Pakistan and Afghanistan agree 48-hour ceasefire after new fighting",
            "A 48-hour ceasefire between Pakistan and Afghanistan took effect on Friday, the foreign ministry in Islamabad said.",
            hours=-84,
        ),
        entry(
            "Pakistan and Afghanistan agree immediate ceasefire in Doha",
            "Pakistan and the Afghan Taliban agreed an immediate ceasefire at talks in Doha, Qatar's foreign ministry said.",
            outlet="Gulf Wire",
        ),
    ),
    "a truce, and days later talks that others host": (
        entry(
            "Pakistan announces 48-hour truce with the Taliban",
            "A 48-hour truce between Pakistan and the Taliban took effect on Friday, the foreign ministry in Islamabad said.",
            hours=-60,
        ),
        entry(
            "Pakistan and the Taliban begin truce talks in Doha",
            "Delegations from Pakistan and the Taliban sat down in Doha on Monday with the 48-hour truce about to lapse.",
            outlet="Gulf Wire",
        ),
    ),
    "another gate, shut the same day": (
        entry(
            "Kharlachi crossing closed after firing",
            "The Kharlachi crossing was closed to trade on Monday after Pakistani and Afghan guards fired at each other, "
            "officials said.",
        ),
        entry(
            "Ghulam Khan gate closed as well",
            "Pakistan closed the Ghulam Khan crossing to trade on Monday too, customs officials said. Kharlachi was "
            "closed in the morning.",
            outlet="Indus Gazette",
            hours=4,
        ),
    ),
    "a strike and the bombing that it answers": (
        entry(
            "Car bomb kills nine soldiers in Lakki Marwat",
            "A car bomb killed nine soldiers in Lakki Marwat on Monday, the army said, blaming the Pakistani Taliban.",
        ),
        entry(
            "Pakistani jets hit Afghanistan hours after Lakki Marwat bombing",
            "Pakistani jets struck Kunar province late on Monday, hours after a car bomb killed nine soldiers in Lakki "
            "Marwat, Taliban officials said. Two herders died.",
            outlet="Gulf Wire",
            hours=10,
        ),
    ),
    "a truce extended, and breached the day after": (
        entry(
            "Taliban: truce with Pakistan extended by ten days",
            "The Afghan Taliban said the ceasefire with Pakistan had been extended by ten days.",
        ),
        entry(
            "Shells land in Dangam in breach of truce",
            "Kunar officials accused Pakistan of breaching the ceasefire with shells on Dangam that killed two.",
            outlet="Indus Gazette",
            hours=26,
        ),
    ),
    "a second night, in another district that recalls the first": (
        entry(
            "Pakistani jets kill twelve in Khost's Spera",
            "Pakistani jets bombed a house in Spera district of Khost on Monday night and killed 12 people, officials "
            "said on Tuesday.",
            hours=8,
        ),
        entry(
            "Second night of raids on Khost kills two",
            "Air raids hit Khost for a second night running, killing two in Gurbuz district, officials said on Wednesday. "
            "Kabul says 12 people died in Monday's raid on Spera.",
            outlet="Gulf Wire",
            hours=32,
        ),
    ),
    "the day on which a truce was first agreed is not that of its renewal": (
        entry(
            "Pakistan and Afghan Taliban agree three-day truce",
            "Pakistan and the Afghan Taliban agreed a three-day ceasefire on Monday, the Foreign Office said.",
        ),
        entry(
            "Kabul confirms extension of truce with Pakistan",
            "The truce with Pakistan, first agreed on Monday, will hold for another week, Zabihullah Mujahid said on "
            "Thursday.",
            outlet="Gulf Wire",
            hours=75,
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("pair", APART.values(), ids=APART)
def test_what_only_looks_alike_stays_apart(pair: tuple[Entry, Entry]) -> None:
    one, other = told(*pair)
    assert one.story != other.story, other.because


OTHER_RAID = entry(
    "Drone kills shepherd in Kunar's Dangam",
    "A Pakistani drone killed a shepherd in Dangam district of Kunar on Tuesday, residents said.",
    outlet="Indus Gazette",
    hours=12,
)


@pytest.mark.parametrize(
    "later",
    [
        entry(
            "Moscow deplores Pakistani bombing of Afghan homes",
            "Maria Zakharova voiced concern at the strikes and called on both neighbours to hold back.",
            outlet="Volga Post",
            hours=40,
        ),
        entry(
            "Pakistan says it hit militant camps across the border",
            "The information ministry said five hideouts of the TTP were targeted in precise air strikes.",
            outlet="Gulf Wire",
            hours=14,
        ),
    ],
    ids=["a condemnation", "a claim"],
)
def test_what_names_no_place_is_of_neither_of_two_strikes(later: Entry) -> None:
    *_, last = told(RAID, OTHER_RAID, later)
    assert "nothing else is meant" not in " ".join(last.because)


def test_an_attack_is_not_known_by_its_kind_alone() -> None:
    attack, answer = told(
        entry(
            "Seven policemen killed in Tank bombing",
            "A bomb killed seven policemen in Tank district on Monday, police said, and blamed the Pakistani Taliban.",
        ),
        entry(
            "Kabul rejects blame for attacks in Pakistan",
            "No attack is planned on Afghan soil, Zabihullah Mujahid said, and Islamabad should look at home.",
            outlet="Gulf Wire",
            hours=20,
        ),
    )
    assert attack.story != answer.story


def test_a_report_without_day_and_place_takes_them_from_its_story() -> None:
    first, later = told(
        entry(
            "Suicide bomber kills nine soldiers in Jandola",
            "Nine Pakistani soldiers were killed by a suicide bomber in Jandola on Sunday, ISPR said.",
        ),
        entry(
            "Nine soldiers killed by suicide bomber in Pakistan laid to rest",
            "The nine Pakistani soldiers killed by a suicide bomber were laid to rest.",
            outlet="Indus Gazette",
            hours=30,
        ),
    )
    assert first.story == later.story, later.because
    days = [decision.reading.when.start for decision in (first, later) if decision.reading.when]
    assert len(days) == 2
    assert days[0] == days[1]
    assert later.reading.where.places[0] == "Jandola"


def test_a_person_brings_the_office_along() -> None:
    terms = shipped().terms
    by_name = terms.sketch("Khawaja Asif gives Kabul ten days", "").vector
    by_office = terms.sketch("Pakistani defence minister gives Kabul ten days", "").vector
    assert "@office:Pakistan Ministry of Defence" in by_name.keys() & by_office.keys()


def test_two_attacks_by_other_means_do_not_merge_over_a_third_report() -> None:
    shooting, bomb, both = told(
        entry(
            "Gunmen kill two policemen in Hangu", "Gunmen of the TTP killed two policemen in Hangu on Monday."
        ),
        entry(
            "Roadside bomb in Hangu kills three soldiers",
            "A roadside bomb of the TTP killed three soldiers in Hangu on Monday.",
            outlet="Gulf Wire",
            hours=3,
        ),
        entry("TTP attack in Hangu", "The TTP attacked in Hangu on Monday.", outlet="Indus Gazette", hours=6),
    )
    assert shooting.story != bomb.story
    assert not any("same happening" in reason for reason in both.because)
