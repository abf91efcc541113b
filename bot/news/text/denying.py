"""The words of who denies, wherever the judgement listens for them."""

from __future__ import annotations

from bot.news.text.words import word_set

DENY = word_set("denied denies deny rejected rejects reject dismissed dismisses refuted refutes refute")
DISPUTE = DENY | {"disputed", "disputes"}  # of a claim; "the disputed post" is denied by nobody
DENYING = word_set("denying rejecting refuting dismissing")
DENIALS = ("reject", "dismiss", "den")  # how such words begin among those of saying
NOT = word_set("not never nor neither cannot without")
NEGATION = NOT | word_set("no none isnt wasnt arent werent hasnt havent hadnt didnt wont")
