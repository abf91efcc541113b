"""A new state of a gate, a truce or talks is told, and steers the headline; both voices are kept."""

from __future__ import annotations

from tests.news.test_stances import told

SHUT = ("Khaama Press", "Torkham crossing closed after fire", "The Torkham crossing was closed to all traffic on Monday, officials said.")  # fmt: skip
OPEN = ("APP", "Torkham crossing reopens fully", "The Torkham crossing has been fully opened for trade and people, customs officials said.")  # fmt: skip
AGAIN = ("Dawn", "Torkham crossing closed on Monday", "The Torkham crossing was closed to all traffic on Monday, officials said, with lorries waiting.")  # fmt: skip
ROUND = ("Anadolu English", "Third round of Pakistan-Afghanistan talks begins in Doha", "The third round of talks between Pakistan and Afghanistan began in Doha.")  # fmt: skip
FAILED = ("Geo News", "Pakistan-Afghanistan talks in Doha collapse", "The talks between Pakistan and Afghanistan in Doha collapsed, sources said.")  # fmt: skip
SIGNED = ("APP", "Pakistan, Afghanistan sign truce in Doha", "Pakistan and Afghanistan signed a ceasefire agreement in Doha, Qatar said.")  # fmt: skip


def last(*reports: tuple[str, str, str]) -> tuple[str, tuple[str, ...]]:
    found = [decision.alert for decision in told(*reports) if decision.alert]
    return found[-1].headline, found[-1].changed


def test_a_gate_that_opens_is_told_beside_the_state_before() -> None:
    title, changed = last(SHUT, OPEN)
    assert title == OPEN[1]
    assert any(line.startswith("Torkham: open") and "before: closed" in line for line in changed)


def test_the_same_state_again_is_no_change() -> None:
    assert not any("Torkham:" in line for line in last(SHUT, AGAIN)[1])


def test_of_two_gates_the_one_that_changed_last_leads() -> None:
    both = ("Dawn", "Torkham and Chaman crossings closed after clashes", "Torkham and Chaman were closed to all traffic on Monday, customs officials said.")  # fmt: skip
    few = ("Khaama Press", "Torkham reopens for patients", "The Torkham crossing was reopened on Monday afternoon for patients. It remains closed to trade, officials said.")  # fmt: skip
    title, changed = last(both, few)
    assert title == few[1]
    assert any(line.startswith("Torkham: open to patients only") for line in changed)
    assert last(both, few, OPEN)[0] == OPEN[1]


def test_talks_that_failed_and_a_truce_after_them_lead_the_headline() -> None:
    assert last(ROUND, FAILED)[0] == FAILED[1]
    title, changed = last(ROUND, FAILED, SIGNED)
    assert title == SIGNED[1]
    assert any(line.startswith("truce made") for line in changed)


def test_a_state_is_told_by_who_says_it_in_the_text_and_an_outlet_only_reports() -> None:
    title = "Pakistan and Afghanistan agree ceasefire in Doha"
    bare = "Pakistan and Afghanistan agreed to an immediate ceasefire during talks in Doha"
    named = ("Reuters", title, f"{bare}, Qatar's foreign ministry said on Sunday.")
    assert "truce made — Qatar foreign ministry" in last(ROUND, named)[1]
    assert "truce made (reported by Reuters)" in last(ROUND, ("Reuters", title, f"{bare}."))[1]
    shut = ("Dawn", "Torkham crossing closed", "The Torkham crossing was closed on Monday.")
    assert "Torkham: closed (reported by Dawn); before: open — customs officials" in last(OPEN, shut)[1]


def test_a_gate_that_opens_for_some_is_told() -> None:
    some = ("TOLOnews", "Torkham reopens for patients and stranded travellers", "Torkham's commissioner said the crossing was reopened on Tuesday afternoon for patients and stranded travellers. It remains closed to trade.")  # fmt: skip
    title, changed = last(SHUT, some)
    assert title == some[1]
    assert any(line.startswith("Torkham: open to patients") and "before: closed" in line for line in changed)
