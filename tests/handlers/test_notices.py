"""What the bot says, checked for every item of the edition: no false permission, always a person to ask."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers import notices, wording
from handlers.answer_facts import to_facts
from handlers.message import Alert, Fact, Facts, Message, Note, Tone, plain_text
from handlers.notices import Scene
from handlers.requests import deciding_said, form_said
from handlers.router import compose
from handlers.wording import TONES, VERDICT_WORDS, Reader
from policy_kb.answer import Reply, Talk
from policy_kb.bot_words import Action, SayKind
from policy_kb.clause import ClauseRef
from policy_kb.decide import Answer, Choice
from policy_kb.verdict import own_verdict
from policy_kb.view import PolicyView, load_view
from policy_kb.words import Channel, ItemId, SettingType, Tier, Verdict
from storage.answers import AnswerId, StoredAnswer
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.desk import Desk
    from policy_kb.cases import QuestionBack
    from storage.database import Database
    from tests.fakes import FakeClock

TODAY = date(2026, 9, 7)
VIEW = load_view()
ANSWER_ID = "0123456789abcdef" * 2
UNKNOWN = Reader()
READERS = (UNKNOWN, Reader(setting=SettingType.NURSERY, name="Ellie Sample"))
EVERY_ITEM = pytest.mark.parametrize("ref", VIEW.items, ids=str)


def a_scene(view: PolicyView = VIEW, *, reader: Reader = UNKNOWN, today: date = TODAY) -> Scene:
    return Scene(view=view, reader=reader, today=today)


def a_reply(*answers: Answer, urgent: bool = False) -> Reply:
    return Reply(talk=Talk.QUESTION, urgent=urgent, answers=answers)


def an_answer(ref: ClauseRef, verdict: Verdict, *, case: str = "") -> Answer:
    """Answer from one item with its exceptions beside it, as a question that finds it would be."""
    cited = (ref, *VIEW.items[ref].exceptions)[:3]
    return Answer(verdict=verdict, tier=Tier.SURE, clauses=cited, case=case)


def said(*answers: Answer, urgent: bool = False, reader: Reader = UNKNOWN, private: bool = False) -> Message:
    return notices.compose_answer(a_reply(*answers, urgent=urgent), ANSWER_ID, a_scene(reader=reader), private=private)


def silent(*near: str) -> Answer:
    return Answer(verdict=Verdict.SILENT, tier=Tier.SILENT, clauses=tuple(ClauseRef(ItemId(one)) for one in near))


def answers_that_say_no() -> Iterator[Answer]:
    for ref, item in VIEW.items.items():
        if item.verdict is Verdict.NO:
            yield an_answer(ref, Verdict.NO)
    for case in VIEW.cases:
        if case.verdict is Verdict.NO:
            yield an_answer(case.item, Verdict.NO, case=case.name)


@pytest.mark.parametrize(
    "answer", [*answers_that_say_no()], ids=lambda answer: f"{answer.clauses[0]} {answer.case}".strip()
)
@pytest.mark.parametrize("reader", READERS, ids=["unknown", "nursery"])
def test_under_a_no_nobody_is_shown_as_able_to_permit_it(answer: Answer, reader: Reader) -> None:
    message = said(answer, reader=reader)

    assert message.title.startswith("No. ")
    assert message.tone is Tone.NO
    assert "Who decides" not in plain_text(message)
    assert "Who can settle a doubt" in plain_text(message)


@pytest.mark.parametrize(
    ("item", "reviewed", "verdict", "opens"),
    [
        (
            "A.3.3",
            Verdict.APPROVAL,
            Verdict.NO,
            "No. Not like that. You must have the Headteacher/Principal's approval",
        ),
        ("A.3.7", Verdict.REQUIRED, Verdict.NO, "No. Not like that. Before a site is created, you must"),
        ("4.1", Verdict.YES, Verdict.ASK_FIRST, "Ask first. What you describe may go further than the policy allows."),
    ],
)
def test_where_the_question_brings_another_verdict_the_answer_says_so_before_its_words(
    item: str, reviewed: Verdict, verdict: Verdict, opens: str
) -> None:
    answer = replace(an_answer(ClauseRef(ItemId(item)), verdict), reviewed=reviewed)

    assert said(answer).title.startswith(opens)


@pytest.mark.parametrize("ref", [ref for ref, item in VIEW.items.items() if item.verdict is Verdict.NO], ids=str)
def test_a_prohibition_read_by_itself_names_nobody_who_could_permit_it(ref: ClauseRef) -> None:
    message = notices.compose_clauses((ref,), a_scene())

    assert "Who decides" not in plain_text(message)


@EVERY_ITEM
def test_every_item_answers_with_its_verdict_its_words_and_the_edition_it_is_from(ref: ClauseRef) -> None:
    item = VIEW.items[ref]

    message = said(an_answer(ref, own_verdict(item, {})))

    text = plain_text(message)
    assert item.answer in message.title
    assert f"{wording.number(ref)} {item.heading} (our plain words): {item.words}" in text
    assert item.unless in text
    assert VIEW.facts.label in text


@EVERY_ITEM
def test_buttons_fit_every_platform_and_lead_somewhere(ref: ClauseRef) -> None:
    answer, clause = said(an_answer(ref, Verdict.INFO)), notices.compose_clauses((ref,), a_scene())

    buttons = (*answer.buttons, *clause.buttons)
    assert [one.label for one in buttons if not 0 < len(one.label) <= 40] == []
    assert [one.about for one in buttons if not 0 < len(one.about) <= 150] == []
    seen = {one.about for one in buttons if one.action is Action.SEE_CLAUSE}
    assert seen <= {str(known) for known in VIEW.items}


@pytest.mark.parametrize("question", VIEW.questions_back, ids=lambda question: question.asks)
def test_the_choices_of_a_question_back_fit_every_platform(question: QuestionBack) -> None:
    choices = tuple(
        Choice(label=one.label, value=one.value, answer=an_answer(one.leads, Verdict.INFO)) for one in question.options
    )
    leads = tuple(one.leads for one in question.options)

    message = said(
        Answer(verdict=Verdict.UNSURE, tier=Tier.NOT_SURE, clauses=leads, asks=question.asks, choices=choices)
    )

    buttons = [one for one in message.buttons if one.action is Action.CHOOSE]
    assert message.title.endswith(question.asks)
    assert [one.label for one in buttons] == [one.label for one in question.options]
    assert [one for one in buttons if len(one.label) > 40 or len(one.about) > 150] == []


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_its_word_and_its_look(verdict: Verdict) -> None:
    assert verdict in VERDICT_WORDS
    assert verdict in TONES


def test_an_approval_names_who_decides_and_whether_all_of_them_must() -> None:
    alone = said(an_answer(ClauseRef(ItemId("A.3.3")), Verdict.APPROVAL))
    together = said(an_answer(ClauseRef(ItemId("form.approval")), Verdict.APPROVAL))

    assert "Who decides: Headteacher/Principal" in plain_text(alone)
    assert VIEW.items[ClauseRef(ItemId("form.approval"))].together
    assert " and " in _fact(together, "Who decides")


def test_the_escalation_block_names_whom_to_call_and_says_that_nobody_was_told() -> None:
    message = said(an_answer(ClauseRef(ItemId("A.2.3")), Verdict.URGENT), urgent=True)

    assert message.tone is Tone.URGENT
    assert isinstance(message.urgent, Alert)
    text = "\n".join((message.urgent.title, *message.urgent.lines))
    for needed in ("999", "designated safeguarding lead", "DSL", "101", "CEOP", "I keep nothing"):
        assert needed in text
    assert re.search("I have (told nobody|not told anyone)", text)
    assert plain_text(message).startswith(message.urgent.title)


def test_an_urgent_message_about_something_else_still_comes_with_the_escalation_block() -> None:
    message = said(an_answer(ClauseRef(ItemId("5.8")), Verdict.NO), urgent=True)

    assert message.urgent is not None
    assert message.tone is Tone.URGENT
    assert message.title.startswith("No. ")


@pytest.mark.parametrize("answer", [silent(), silent("4.9", "5.4")], ids=["nothing near", "something near"])
def test_where_the_policy_is_silent_a_person_to_ask_is_named(answer: Answer) -> None:
    message = said(answer)

    assert message.title == "The policy does not say."
    assert _fact(message, "Whom to ask") == "Headteacher/Principal"
    assert [number for number in ("4.9", "5.4") if f"See {number}" in {one.label for one in message.buttons}] == [
        str(ref) for ref in answer.clauses
    ]


def test_silence_quotes_nothing_as_if_it_answered() -> None:
    text = plain_text(said(silent("5.4")))

    assert "does not answer this" in text
    assert VIEW.items[ClauseRef(ItemId("5.4"))].words not in text


def test_an_unsure_answer_gives_no_verdict_and_names_a_person() -> None:
    message = said(Answer(verdict=Verdict.UNSURE, tier=Tier.NOT_SURE, clauses=(ClauseRef(ItemId("5.8")),)))

    assert message.title == "I am not sure which rule you mean."
    assert _fact(message, "Whom to ask") == "Headteacher/Principal"


def test_two_questions_in_one_message_each_get_their_verdict() -> None:
    message = said(
        an_answer(ClauseRef(ItemId("5.4")), Verdict.NO), an_answer(ClauseRef(ItemId("4.5")), Verdict.APPROVAL)
    )

    assert message.title.startswith("No. ")
    assert "And: Only with approval. " in plain_text(message)
    assert {"See 5.4", "See 4.5"} <= {one.label for one in message.buttons}


def test_an_overdue_review_is_told_from_the_first_day_after_it() -> None:
    last_day = VIEW.facts.review_last_day
    reply = a_reply(an_answer(ClauseRef(ItemId("5.4")), Verdict.NO))

    on_time = notices.compose_answer(reply, ANSWER_ID, a_scene(today=last_day), private=True)
    late = notices.compose_answer(
        reply, ANSWER_ID, a_scene(today=last_day.replace(year=2027, month=1, day=1)), private=True
    )

    assert "this edition still stands" not in plain_text(on_time)
    assert "this edition still stands" in plain_text(late)


def test_a_known_defect_of_the_policy_is_told_beside_its_clause() -> None:
    ref = next(ref for ref, item in VIEW.items.items() if any(VIEW.defects[one].note for one in item.defects))

    message = notices.compose_clauses((ref,), a_scene())

    told = [VIEW.defects[one].note for one in VIEW.items[ref].defects if VIEW.defects[one].note]
    assert [note for note in told if Note(text=note) not in message.blocks] == []


ABOUT_REQUESTS = form_said.KINDS | deciding_said.KINDS


@pytest.mark.parametrize("kind", [kind for kind in SayKind if kind not in ABOUT_REQUESTS])
def test_everything_the_bot_may_say_becomes_a_message(
    kind: SayKind, database: Database, desk: Desk, clock: FakeClock
) -> None:
    about = {SayKind.CLAUSE: "5.3(a)", SayKind.FEEDBACK_TAKEN: "helpful", SayKind.GONE: ""}.get(kind, ANSWER_ID)
    with database.begin() as uow:
        uow.answers.add(_kept(clock))
        message = compose(SayFacts(kind=kind, about=about), desk.shipped_reading(), uow, None, now=clock())

    assert message.title
    assert (kind is SayKind.GONE) is (message == notices.compose_gone())


@pytest.mark.parametrize("kind", [SayKind.ANSWER, SayKind.SHARED, SayKind.CLAUSE])
def test_a_clause_that_a_newer_edition_dropped_is_gone_and_breaks_nothing(
    kind: SayKind, database: Database, desk: Desk, clock: FakeClock
) -> None:
    view = replace(VIEW, items={ref: item for ref, item in VIEW.items.items() if ref.id != "5.4"})
    reading = replace(desk.shipped_reading(), view=view)
    about = "5.4" if kind is SayKind.CLAUSE else ANSWER_ID

    with database.begin() as uow:
        uow.answers.add(_kept(clock))
        message = compose(SayFacts(kind=kind, about=about), reading, uow, None, now=clock())

    assert message == notices.compose_gone()


def _kept(clock: FakeClock) -> StoredAnswer:
    reply = a_reply(an_answer(ClauseRef(ItemId("5.4")), Verdict.NO))
    return StoredAnswer(
        id=AnswerId(ANSWER_ID),
        channel=Channel.SLACK,
        tenant="T1",
        conversation_id="D1",
        thread="",
        actor="U1",
        at=clock(),
        facts={**to_facts(reply), "private": True},
    )


def _fact(message: Message, label: str) -> str:
    rows: list[Fact] = [row for block in message.blocks if isinstance(block, Facts) for row in block.rows]
    (value,) = (row.value for row in rows if row.label == label)
    return value
