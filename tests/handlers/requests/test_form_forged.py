"""Buttons that nobody was shown, and other people's forms: nothing breaks, nothing is told, nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.requests.drafting import ACTIONS
from policy_kb.bot_words import Action
from tests.handlers.requests.filler import TUESDAY, Filler, begin, fill_in

if TYPE_CHECKING:
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile, Talk

GONE = "I cannot show you that request."
ABOUTS = [
    "",
    "0",
    "-1",
    "1e9",
    "99999999999999999999",
    "999999999",
    "٣",
    "1:",
    "1::",
    "1:purpose",
    "1:purpose:",
    "1:no_such_question",
    "1:host:no_such_option",
    "1:audience:+",
    "1:administrators:99999999999999+priya-sample",
    "1:administrators:1+priya-sample",
    "1:" + "x" * 500,
    "1:purpose:" + "x" * 500,
    "1:purpose:\x00\ud800",
    "site:99999999999",
    "site:x",
    "\ud800",
    "nonsense",
]
VALUES = {
    "purpose": ("\x00\ud800",),
    "audience": tuple(f"v{number}" for number in range(10_000)),
    "question": ("no_such_question", *map(str, range(10_000))),
    "administrators": ("owen-example", "", "nobody"),
    "go_live": ("2026-02-31",),
    "x" * 500: ("y" * 100_000,),
}


@pytest.fixture
def priya(talk: Talk, clock: FakeClock, sample_trust: None) -> Filler:  # noqa: ARG001 - the people the form is about
    clock.instant = TUESDAY
    return Filler(talk)


@pytest.mark.parametrize("action", sorted(ACTIONS - {Action.START, Action.CANCEL_SURELY}))
def test_no_forged_button_breaks_a_form_or_sends_it(priya: Filler, action: Action, database_file: DatabaseFile) -> None:
    begin(priya)

    for about in ABOUTS:
        for values in ({}, VALUES):
            priya.send(action, about, values)

    assert database_file.column("requests", "state") == ["draft"]
    assert priya.send(Action.RESUME, "1").title


@pytest.mark.parametrize("about", ABOUTS)
def test_a_form_nobody_has_is_not_started(priya: Filler, about: str, database_file: DatabaseFile) -> None:
    assert priya.send(Action.START, about).title == GONE
    assert database_file.rows("requests") == 0


def test_somebody_else_s_form_is_as_if_it_did_not_exist(priya: Filler, database_file: DatabaseFile) -> None:
    fill_in(priya)
    before = database_file.table("requests"), database_file.table("request_answers")
    callum = Filler(priya.talk, email="callum.sample@elm-academy.example")
    values = {"purpose": ("Mine now, all of it.",), "question": ("aims",)}

    told = {callum.send(action, "1:purpose:x", values).title for action in ACTIONS - {Action.START}}

    assert told == {GONE}
    assert (database_file.table("requests"), database_file.table("request_answers")) == before


def test_an_answer_to_what_is_not_asked_changes_nothing(priya: Filler, database_file: DatabaseFile) -> None:
    begin(priya)
    count = database_file.rows("request_answers")

    told = priya.send(Action.ANSWER, "1:audience_ages", {"audience_ages": ("11-14",)})

    assert told.title == "Why do you want this site, and what will be on it?"
    assert database_file.rows("request_answers") == count


def test_a_form_is_not_moved_to_a_setting_where_its_requester_does_not_work(
    priya: Filler, database_file: DatabaseFile
) -> None:
    begin(priya)

    priya.send(Action.ANSWER, "1:setting:oak-academy")

    assert database_file.column("requests", "setting_id") == ["elm-academy"]


def test_a_cancelled_form_stays_cancelled_whatever_is_pressed(priya: Filler, database_file: DatabaseFile) -> None:
    fill_in(priya)
    priya.send(Action.CANCEL_SURELY, "1")

    for action in ACTIONS - {Action.START}:
        priya.send(action, "1:purpose", {"purpose": ("Something quite new for all of us.",)})

    assert database_file.column("requests", "state") == ["cancelled"]
    assert b"Something quite new" not in database_file.bytes()
