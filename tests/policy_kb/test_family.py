"""Who is one's own family in a message, and whether anybody else is in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from policy_kb.edition_files import EDITION
from policy_kb.family import FamilyReader
from policy_kb.frame import PERHAPS_OTHERS, Slot
from policy_kb.toml_entries import EditionError
from policy_kb.words import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from policy_kb.answer import Answerer
    from policy_kb.view import PolicyView

FILE = EDITION / "family.toml"


@pytest.fixture(scope="module")
def family() -> FamilyReader:
    return FamilyReader.load(FILE)


@pytest.mark.parametrize(
    "text",
    [
        "my nephew starts in year 7",
        "My own flesh-and-blood daughter is in the Year 9 squad",
        "niece in year 9 wants to add me on insta",
        "Grandson's in Year 10. Okay if I message him?",
        "Half-sister, Year 12, same dad. OK to have her on Snapchat?",
        "is a grandad allowed to whatsapp his own granddaughter",
        "auntie to a year 9. can we talk on whatsapp?",
        "Am I allowed to answer him, being his stepmum?",
        "I've an adopted daughter in Year 9",
        "a nephew of mine has joined us",
        "hello. auntie to a year 4, can we talk on whatsapp",
        "ok? nephew in year 8 wants to add me",
        "we're cousins",
        "Son-in-law's a Year 1 dad here",
    ],
)
def test_a_relative_is_known_however_people_say_it(family: FamilyReader, text: str) -> None:
    assert family.names_family(text)


@pytest.mark.parametrize(
    "text",
    [
        "a pupil's brother wants to add me",
        "Niece of a colleague is in my form",
        "his sister is in year 9",
        "her mum has messaged me",
        "I moved here from our sister academy",
        "I've two brothers in my form who both want to add me",
        "can I add the head's nephew",
        "can I add the head's own nephew",
        "Can I message Kayleigh as her mum is ill?",
        "Gran to a Year 2 wants to message me on Facebook",
        "I have a mum in Reception who wants to add me",
        "my youngest prefect wants to add me",
        "my twins in 9B want to add me, I teach them",
        "Can I add our parents on Facebook?",
    ],
)
def test_somebody_elses_relative_is_not_ones_own(family: FamilyReader, text: str) -> None:
    assert not family.names_family(text)


@pytest.mark.parametrize(
    "text",
    [
        "my niece wants me in the snapchat group she has with the netball girls",
        "ok to follow my son on insta and his pal who practically lives at ours",
        "can I chat to my nephew and Theo on discord",
        "my daughter's boyfriend goes here",
        "I can message my cousin, and her mate who needs the same worksheet",
        "my nephew's football lads are all Year 8s at ours",
        "my son and the five he games with",
        "he's my brother in all but name",
        "my nephew's mate told me to join their chat",
        "My nephew and his mate asked to add me, can I accept both",
        "can I add my nephew and theo",
        "can I add my nephew and the class I teach",
        "my niece is in a chat with the whole class",
        "can I add my niece and two pupils here",
        "Theo’s dad and my nephew are on there",
        "can I message April and my niece",
        "someone my nephew games with said I should add him",
    ],
)
def test_whoever_is_named_beside_a_relative_is_noticed(family: FamilyReader, text: str) -> None:
    assert family.names_others(text)


@pytest.mark.parametrize(
    "text",
    [
        "My sister's lad has landed in my Year 10 geography set. Just the two of us on WhatsApp.",
        "a mate in science told me I have to block my nephew",
        "my daughter's in Y8 and the rule about pupils worries me",
        "Sister-in-law, mum to a Year 4. Fine to be Facebook friends with her?",
        "My nephew is in the yr 10 form i support, it's only me and him on there",
        "my niece is on my Snapchat, no one else in it",
        "can I stay in the family whatsapp with my niece and my sister",
        "My little sister Amy is in sixth form, can I message her on Saturday and Sunday?",
        "my sister and her husband are on my Facebook, and I am on theirs",
        "my niece is a pupil here and we're friends on facebook",
    ],
)
def test_where_a_relative_is_at_school_and_who_spoke_of_it_names_nobody_else(family: FamilyReader, text: str) -> None:
    assert not family.names_others(text)


def test_others_are_only_read_beside_ones_own_family(view: PolicyView) -> None:
    assert view.frames.read("can I add my nephew and his mate").says(Slot.ACT, PERHAPS_OTHERS)
    assert not view.frames.read("can I add a girl from my class").says(Slot.ACT, PERHAPS_OTHERS)


@pytest.mark.parametrize(
    "question",
    [
        "niece in year 9 wants to add me on insta, im her uncle and the caretaker, ok to accept at home tonight?",
        "Snapchat with my step-son in Year 12, from home: alright?",
        "auntie to a year 9. can we talk on whatsapp outside work?",
        "Grandson's in Year 10. Okay if I message him happy birthday on Facebook?",
        "Half-sister, Year 12, same dad. OK to have her on Snapchat, only using it off shift?",
        "cousin in yr 13, we swap fpl tips on whatsapp at the weekend. ok? im the IT tech",
    ],
)
def test_family_told_without_a_my_is_excepted_all_the_same(answerer: Answerer, question: str) -> None:
    (answer,) = answerer.reply(question).answers

    assert answer.verdict is Verdict.YES


def test_a_yes_to_one_question_permits_nobody_who_is_named_in_the_next(answerer: Answerer) -> None:
    question = (
        "Can my grandson in Y8 stay on my Facebook? And my old friend Pauline's grandson in his class, he's on there"
    )

    assert all(answer.verdict is not Verdict.YES for answer in answerer.reply(question).answers)


def test_a_slip_in_the_words_is_told_with_its_file(tmp_path: Path) -> None:
    slip = tmp_path / "family.toml"
    slip.write_text(FILE.read_text("utf-8").replace("by_themselves", "by_themself"), "utf-8")

    with pytest.raises(EditionError, match=r"family\.toml"):
        FamilyReader.load(slip)


@pytest.mark.parametrize("field", ["kin", "by_themselves", "words", "safe"])
def test_an_empty_list_is_told_and_makes_nobody_family(tmp_path: Path, field: str) -> None:
    slip = tmp_path / "family.toml"
    slip.write_text(re.sub(rf"(?ms)^{field} = \[.*?^\]", f"{field} = []", FILE.read_text("utf-8")), "utf-8")

    with pytest.raises(EditionError, match=f"'{field}' must list at least one word"):
        FamilyReader.load(slip)
