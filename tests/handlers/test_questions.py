"""What is typed is answered, what is pressed is done, and whose answer it is decides who may press."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.retention import read_periods
from handlers import doing
from handlers.answer_facts import to_facts
from handlers.message import Audience, ClauseQuote, Tone, plain_text
from handlers.requests import deciding, drafting
from policy_kb.answer import Reply
from policy_kb.answer import Talk as MessageKind
from policy_kb.bot_words import Action
from policy_kb.decide import Answer, Choice
from policy_kb.toml_entries import parse_ref
from policy_kb.words import Channel, Tier, Verdict
from storage.answers import AnswerId, StoredAnswer
from tests.builders import a_conversation, a_press, a_text, an_actor
from tests.stage import button

if TYPE_CHECKING:
    from handlers.inbound import Actor, Conversation
    from storage.database import Database
    from tests.stage import DatabaseFile, Talk

GONE = "That answer is no longer kept. Please ask again."
TOM = an_actor("U-tom")
STAFF_ROOM = a_conversation("C-staff", private=False)
PARENT = "Can I friend a parent on Facebook?"
AND_ON_TWITTER = "and on Twitter?"
"""Only after a question about a parent does this ask about 5.4."""


def test_a_question_is_answered_with_the_verdict_and_the_words_of_the_clause(talk: Talk) -> None:
    answer = talk.reply(a_text(PARENT))

    quoted = [block.number for block in answer.blocks if isinstance(block, ClauseQuote)]
    assert answer.title.startswith("No. ")
    assert answer.tone is Tone.NO
    assert quoted[0] == "5.4"
    assert [one.label for one in answer.buttons][-2:] == ["Helpful", "Not right"]


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("hello", "Happy to help."),
        ("   ", "What would you like to know?"),
        ("???", "What would you like to know?"),
        ("\N{THUMBS UP SIGN}", "What would you like to know?"),
    ],
)
def test_what_asks_nothing_gets_a_kind_word_and_nothing_is_kept(
    talk: Talk, database_file: DatabaseFile, typed: str, begins: str
) -> None:
    reply = talk.reply(a_text(typed))

    assert reply.title.startswith(begins)
    assert database_file.rows("answers") == 0


def test_a_follow_up_is_taken_with_the_question_before_it(talk: Talk) -> None:
    talk.take(a_text(PARENT))
    talk.clock.advance(minutes=29)

    answer = talk.reply(a_text(AND_ON_TWITTER))

    assert answer.title.startswith("No. ")
    assert "5.4" in plain_text(answer)


@pytest.mark.parametrize(
    ("actor", "conversation"),
    [
        pytest.param(TOM, STAFF_ROOM, id="somebody else in the same place"),
        pytest.param(an_actor(), a_conversation("C-staff", thread="other", private=False), id="another thread"),
        pytest.param(an_actor(), a_conversation(), id="another conversation"),
        pytest.param(an_actor(tenant="T2"), STAFF_ROOM, id="the same id in another workspace"),
        pytest.param(an_actor(channel=Channel.TEAMS), STAFF_ROOM, id="the same id on another platform"),
    ],
)
def test_nobody_is_answered_from_what_someone_else_or_another_thread_spoke_of(
    talk: Talk, actor: Actor, conversation: Conversation
) -> None:
    alone = talk.reply(a_text(AND_ON_TWITTER, actor=an_actor("U-alone"), conversation=STAFF_ROOM))
    talk.take(a_text(PARENT, conversation=STAFF_ROOM))

    answer = talk.reply(a_text(AND_ON_TWITTER, actor=actor, conversation=conversation))

    assert answer.title == alone.title
    assert talk.reply(a_text(AND_ON_TWITTER, conversation=STAFF_ROOM)).title != alone.title


def test_after_half_an_hour_a_short_message_is_a_new_question(talk: Talk) -> None:
    alone = talk.reply(a_text(AND_ON_TWITTER, actor=TOM))
    talk.take(a_text(PARENT))
    talk.clock.advance(minutes=31)

    answer = talk.reply(a_text(AND_ON_TWITTER))

    assert answer.title == alone.title


def test_see_brings_the_clause_itself(talk: Talk) -> None:
    answer = talk.reply(a_text(PARENT))

    clause = talk.reply(a_press(button(answer, "See 5.4")))

    assert clause.title.startswith("5.4 ")
    assert any(isinstance(block, ClauseQuote) and block.number == "5.4" for block in clause.blocks)
    assert not clause.replaces


@pytest.mark.parametrize(("label", "helpful"), [("Helpful", True), ("Not right", False)])
def test_saying_whether_it_helped_is_noted_on_the_answer(
    talk: Talk, database: Database, label: str, helpful: bool
) -> None:
    pressed = button(talk.reply(a_text(PARENT)), label)

    thanks = talk.reply(a_press(pressed))

    with database.begin() as uow:
        kept = uow.answers.kept(AnswerId(pressed.about))
    assert kept is not None
    assert kept.helpful is helpful
    assert thanks.title.startswith("Thank you.")
    assert ("not right" in thanks.title) is not helpful


def test_an_answer_is_shared_with_everyone_only_by_who_asked(talk: Talk) -> None:
    answer = talk.reply(a_text(PARENT, conversation=STAFF_ROOM))

    shared = talk.reply(a_press(button(answer, "Share here"), conversation=STAFF_ROOM))

    assert answer.audience is Audience.ACTOR
    assert shared.audience is Audience.EVERYONE
    assert shared.title == answer.title
    assert {one.action for one in shared.buttons} == {Action.SEE_CLAUSE}


def test_in_a_private_chat_there_is_nobody_to_share_with(talk: Talk) -> None:
    answer = talk.reply(a_text(PARENT))

    assert Action.SHARE not in {one.action for one in answer.buttons}


def test_an_answer_about_someone_at_risk_can_be_neither_shared_nor_rated(talk: Talk) -> None:
    urgent = talk.reply(a_text("A pupil wrote in our comments that she is scared to go home", conversation=STAFF_ROOM))

    assert urgent.urgent is not None
    assert {one.action for one in urgent.buttons} == {Action.SEE_CLAUSE}


def test_choosing_settles_the_question_back_and_takes_the_place_of_its_card(talk: Talk, database: Database) -> None:
    asked = a_question_back(talk, database)

    answer = talk.reply(a_press(action=Action.CHOOSE, about=f"{asked}:official"))

    assert answer.replaces
    assert answer.title.startswith("Required. ")
    assert any(isinstance(block, ClauseQuote) and block.number == "A.5.10(b)" for block in answer.blocks)


def test_a_choice_that_was_never_offered_settles_nothing(talk: Talk, database: Database) -> None:
    asked = a_question_back(talk, database)

    answer = talk.reply(a_press(action=Action.CHOOSE, about=f"{asked}:everything"))

    assert answer.title == GONE


@pytest.mark.parametrize("action", [Action.SHARE, Action.HELPFUL, Action.NOT_RIGHT])
@pytest.mark.parametrize(
    "actor",
    [TOM, an_actor(tenant="T2"), an_actor(channel=Channel.TEAMS)],
    ids=["a colleague", "the same id in another workspace", "the same id on another platform"],
)
def test_another_persons_answer_is_out_of_reach(talk: Talk, database: Database, actor: Actor, action: Action) -> None:
    answer_id = button(talk.reply(a_text(PARENT)), "Helpful").about

    reply = talk.reply(a_press(action=action, about=answer_id, actor=actor))

    assert reply.title == GONE
    assert reply.audience is Audience.ACTOR
    with database.begin() as uow:
        kept = uow.answers.kept(AnswerId(answer_id))
    assert kept is not None
    assert kept.helpful is None


def test_a_button_of_an_answer_that_was_tidied_away_says_so(talk: Talk, database: Database) -> None:
    pressed = button(talk.reply(a_text(PARENT)), "Helpful")
    talk.clock.advance(days=31)
    database.tidy(read_periods(None), talk.clock())

    assert talk.reply(a_press(pressed)).title == GONE


@pytest.mark.parametrize(
    "action", [one for one in Action if one not in drafting.ACTIONS | deciding.ACTIONS | doing.ACTIONS.keys()]
)
@pytest.mark.parametrize(
    "about",
    [
        "",
        ":",
        "9" * 500,
        "a" * 500,
        "5.4; DROP TABLE answers",
        "' OR 1=1 --",
        "5.4\x00",
        "\x1b[31m\r\n\u202e5.4",
        "\ud800",
        "5.99",
        "(a)",
        "../../etc/passwd",
        "%s{0}${x}",
    ],
)
def test_a_forged_button_does_nothing(talk: Talk, database_file: DatabaseFile, action: Action, about: str) -> None:
    talk.take(a_text(PARENT))

    reply = talk.reply(a_press(action=action, about=about))

    assert reply.title == GONE
    assert database_file.rows("answers") == 1


def a_question_back(talk: Talk, database: Database) -> AnswerId:
    """Keep an answer to U-priya that asks whose account it is, and return its id."""
    actor, conversation, asked = an_actor(), a_conversation(), AnswerId("a" * 32)
    choices = (
        Choice(label="My own account", value="personal", answer=_sure(Verdict.NO, "5.8")),
        Choice(label="The Academy's account", value="official", answer=_sure(Verdict.REQUIRED, "A.5.10(b)")),
    )
    unsure = Answer(
        verdict=Verdict.UNSURE,
        tier=Tier.NOT_SURE,
        clauses=(parse_ref("5.8"), parse_ref("A.5.10(b)")),
        asks="Is that your own account?",
        choices=choices,
    )
    reply = Reply(talk=MessageKind.QUESTION, urgent=False, answers=(unsure,))
    kept = StoredAnswer(
        id=asked,
        channel=actor.channel,
        tenant=actor.tenant,
        conversation_id=conversation.id,
        thread=conversation.thread,
        actor=actor.user,
        at=talk.clock(),
        facts={**to_facts(reply), "private": True},
    )
    with database.begin() as uow:
        uow.answers.add(kept)
    return asked


def _sure(verdict: Verdict, ref: str) -> Answer:
    return Answer(verdict=verdict, tier=Tier.SURE, clauses=(parse_ref(ref),))
