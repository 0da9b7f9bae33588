"""The form by itself, without any chat: which question comes next, how far along it is, what is missing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.requests import conversation
from handlers.requests.commands import (
    Command,
    asks_for_requests,
    form_wished_for,
    looks_like_a_question,
    read_command,
    resumes,
    site_wished_for,
)
from policy_kb.request_words import AnswerKind, FormKey, Outcome, QuestionKey, RequestId, RequestState, StepKey
from policy_kb.rules.request import Decision, RequestFacts
from policy_kb.view import load_view
from policy_kb.words import PersonId, Role, SettingId, SettingType

if TYPE_CHECKING:
    from policy_kb.rules.form import Question, Value

FORMS = load_view().forms
SITE = FORMS[FormKey("site")]
AIMS, CONTENT, HOST, HOST_NAME = map(QuestionKey, ("aims", "content", "host", "host_name"))


def any_answer(question: Question) -> st.SearchStrategy[Value]:
    """Return some answer of a question's kind, as far as conditions look at it."""
    keys = [option.key for option in question.options]
    if question.kind is AnswerKind.TICKS:
        return st.lists(st.sampled_from(keys), min_size=1, unique=True).map(tuple)
    return st.sampled_from(keys).map(lambda key: (key,)) if keys else st.just(("an answer",))


@given(st.data(), st.sampled_from(sorted(FORMS)))
def test_whatever_is_answered_the_form_ends_and_every_question_was_asked_in_order(
    data: st.DataObject, key: FormKey
) -> None:
    form, answers = FORMS[key], dict[QuestionKey, tuple[str, ...]]()
    asked = []

    while question := conversation.next_question(form, answers):
        standing = conversation.progress(form, answers, question)
        assert 1 <= standing.number <= standing.total
        asked.append(question.key)
        answers[question.key] = data.draw(any_answer(question))

    assert asked == [question.key for question in form.asked(answers)]
    assert conversation.missing(form, answers) == ()


@given(st.data())
def test_back_leads_through_every_question_to_the_first(data: st.DataObject) -> None:
    answers = {question.key: data.draw(any_answer(question)) for question in SITE.questions}
    passed: list[QuestionKey] = []

    at = conversation.question_before(SITE, answers, None)
    while at:
        passed.append(at.key)
        at = conversation.question_before(SITE, answers, at.key)

    assert passed[::-1] == [question.key for question in SITE.asked(answers)]


@pytest.mark.parametrize(
    ("seconds", "line"),
    [
        (170, "Question 7 of 25 · about 3 minutes left"),
        (70, "Question 7 of 25 · about a minute left"),
        (20, "Question 7 of 25 · less than a minute left"),
    ],
)
def test_progress_is_told_in_words(seconds: int, line: str) -> None:
    assert conversation.progress_line(conversation.Progress(number=7, total=25, seconds=seconds)) == line


def test_a_question_that_was_skipped_is_not_asked_again_and_may_be_missing() -> None:
    department = QuestionKey("department")

    assert conversation.next_question(SITE, {QuestionKey("setting"): ("elm",), department: ()}) is not None
    assert department in {question.key for question in conversation.missing(SITE, {department: ()})}


def asked_for(*which: tuple[str, ...]) -> RequestFacts:
    """Return a request of which each of some decisions asks for changes to some answers."""
    at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    return RequestFacts(
        id=RequestId(1),
        form=SITE.key,
        setting=SettingId("elm-academy"),
        setting_type=SettingType.ACADEMY,
        requester=PersonId("priya-sample"),
        author=PersonId("priya-sample"),
        state=RequestState.CHANGES_ASKED,
        version=1,
        answers=ANSWERED,
        decisions=tuple(
            Decision(
                step=StepKey(f"step_{number}"),
                outcome=Outcome.CHANGES_ASKED,
                by=PersonId("aisha-sample"),
                role=Role.LINE_MANAGER,
                at=at,
                version=1,
                facts={conversation.ASKED_TO_CHANGE: keys},
            )
            for number, keys in enumerate(which)
        ),
    )


ANSWERED = {question.key: ("academy",) if question.key == HOST else ("x",) for question in SITE.questions}


def test_where_changes_are_asked_for_what_is_named_is_open_with_what_hangs_on_it() -> None:
    may = conversation.may_be_changed(SITE, asked_for(("aims",), ("content",)), ANSWERED)
    host = conversation.may_be_changed(SITE, asked_for(("host",)), {**ANSWERED, HOST: ("third_party",)})

    assert {AIMS, CONTENT} <= may
    assert HOST not in may
    assert {HOST, HOST_NAME} <= host


def test_where_somebody_asks_for_changes_and_names_none_everything_is_open() -> None:
    assert HOST in conversation.may_be_changed(SITE, asked_for(("aims",), ()), ANSWERED)


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("back", Command.BACK),
        ("go back", Command.BACK),
        ("Why?", Command.WHY),
        ("why are you asking", Command.WHY),
        ("pause", Command.PAUSE),
        ("I'll finish it later", Command.PAUSE),
        ("cancel the form", Command.CANCEL),
        ("Yes, cancel it", Command.CANCEL_SURELY),
        ("my answers", Command.REVIEW),
        ("whole section", Command.SECTION),
        ("send it", Command.SUBMIT),
        ("keep what I wrote", Command.KEEP),
        ("back to school evening", None),
        ("pause for thought, a weekly post", None),
        ("we keep it private", None),
        ("why families should come", None),
    ],
)
def test_a_command_is_one_only_where_it_is_all_that_was_said(words: str, command: Command | None) -> None:
    assert read_command(words) == command


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("site form", "site"),
        ("start the form", "site"),
        ("I'd like to apply for a page", "site"),
        ("start the logo form", "logo"),
        ("advertise for contributors", "advertising"),
        ("advertise for a cleaner", None),
        ("advertising form", "advertising"),
        ("apply for permission to speak for the Academy", "speaking"),
        ("request time off", None),
        ("apply for a job", None),
        ("can I start the form", None),
        ("what is the form", None),
        ("I want to set up an Instagram page for PE", None),
    ],
)
def test_only_a_clear_wish_starts_a_form(words: str, form: str | None) -> None:
    assert form_wished_for(words, FORMS) == form


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("I want to set up a site for our choir", "site"),
        ("We would like to open a new social media page", "site"),
        ("Please, I'd like to create an Instagram account for Year 9 history.", "site"),
        ("we need to start a channel on YouTube", "site"),
        ("Can I set up a page for my class", None),
        ("who approves a new page", None),
        ("I want to set up a page, who approves it", None),
        ("I want to set up a page for our choir?", None),
        ("I want to create a personal account", None),
        ("I want to open an account for myself", None),
        ("I want to open a page for what we do, if it is allowed", None),
        ("I would like to open a bank account", None),
        ("I want to set up a meeting", None),
        ("I want to create a page to advertise for a cleaner", None),
    ],
)
def test_a_site_is_wished_for_in_plain_words_and_not_asked_about(words: str, form: str | None) -> None:
    assert site_wished_for(words, FORMS) == form


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("Can I post photos", True),
        ("who approves it", True),
        ("Is it ok?", True),
        ("so what's the age limit", True),
        ("Results of our matches, week by week.", False),
        ("When we win, and when we lose", True),
        ("the families of our pupils", False),
    ],
)
def test_a_question_is_told_from_an_answer(words: str, asks: bool) -> None:
    assert looks_like_a_question(words) is asks


@pytest.mark.parametrize("words", ["where is my request?", "My requests", "show me my forms", "status"])
def test_ones_requests_are_asked_for_in_words(words: str) -> None:
    assert asks_for_requests(words)


@pytest.mark.parametrize("words", ["resume", "Continue.", "carry on with the form", "go on"])
def test_a_form_is_gone_on_with_in_words(words: str) -> None:
    assert resumes(words)
