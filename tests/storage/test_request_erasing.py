"""Whoever is erased is gone from what they asked for and decided; the record of it stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.request_words import QuestionKey
from policy_kb.words import Channel, PersonId, Role, Verb
from storage.erasing import BLANK_NAME
from storage.request import Reassignment
from tests.storage.builders import ELM, ENTRY, NOW, a_person, everything, fill
from tests.storage.request_builders import HEAD, MANAGER, PURPOSE, asked, begun, said

if TYPE_CHECKING:
    from policy_kb.request_words import RequestId
    from storage.database import Database

UNIQUE = "Zephyrine"
ZEPHYRINE, TOM = a_person(UNIQUE), a_person("Tom")
NEXT_WEEK = NOW.date() + timedelta(days=7)
MODERATORS, WITH = QuestionKey("moderators"), QuestionKey("discussed_with")


def ask_for_things(database: Database) -> RequestId:
    """Let somebody be in every part of a request that was sent, and begin another."""
    ask, hers = replace(ENTRY, actor=ZEPHYRINE.id), ZEPHYRINE.id
    with database.begin() as work:
        fill(work, ZEPHYRINE, TOM)
        work.settings.put(replace(ELM, stands_in_id=hers, delegation_by=(hers, TOM.id)), entry=ENTRY)
        begun(work, hers)
        request_id = begun(work, hers)
        work.requests.answer(request_id, MODERATORS, (TOM.id, hers), by=hers, now=NOW)
        work.requests.send(request_id, from_version=0, go_live=None, entry=ask)
        work.requests.put_steps(request_id, (asked(hers, TOM.id), asked(hers, key=HEAD)), entry=ask)
        on_behalf = replace(said(by=TOM.id), acting_for=hers, facts={WITH: (hers,)})
        work.requests.decide(request_id, on_behalf, entry=ask)
        work.requests.decide(request_id, said(by=hers, step=HEAD), entry=ask)
        for giver, taker in ((hers, TOM.id), (TOM.id, hers)):
            passed = Reassignment(
                step=HEAD, from_id=giver, to_id=taker, role=Role.HEAD, by_id=hers, reason="away", at=NOW
            )
            work.requests.reassign(request_id, passed, entry=ask)
        work.requests.snooze(request_id, HEAD, hers, NEXT_WEEK)
        work.form_talks.begin(Channel.SLACK, "T1", f"D-{UNIQUE}", hers, request_id, NOW)
        work.cards.put(f"{request_id}:head", hers, Channel.SLACK, f"D-{UNIQUE}:1", NOW)
    return request_id


def erase(database: Database) -> None:
    with database.begin() as work:
        work.erasing.erase(ZEPHYRINE.id, entry=replace(ENTRY, verb=Verb.ERASED))


def test_what_they_asked_for_and_decided_is_in_no_table_under_their_name(database: Database) -> None:
    ask_for_things(database)
    assert UNIQUE.lower() in everything(database)

    erase(database)

    assert UNIQUE.lower() not in everything(database)


def test_a_request_that_was_sent_stays_as_the_record_without_their_name_and_a_draft_goes(database: Database) -> None:
    request_id = ask_for_things(database)

    erase(database)

    with database.begin() as work:
        facts = work.requests.facts(request_id)
        assert facts is not None
        stand_in = work.people.get(facts.requester)
        assert stand_in is not None
        assert stand_in.name == BLANK_NAME
        assert work.requests.of_person(stand_in.id) == (work.requests.get(request_id),)
    blank = stand_in.id
    assert facts.author == blank
    assert facts.answers[MODERATORS] == (TOM.id, blank)
    assert facts.answers[PURPOSE] == ("To show what we cook",)
    assert [(one.by, one.acting_for) for one in facts.decisions] == [(TOM.id, blank), (blank, None)]
    assert facts.decisions[0].facts == {WITH: (blank,)}
    assert [one.person for one in facts.step(MANAGER).asked] == [TOM.id]


def test_a_draft_of_somebody_else_that_names_them_stays(database: Database) -> None:
    with database.begin() as work:
        fill(work, ZEPHYRINE, TOM)
        request_id = begun(work, TOM.id)
        work.requests.answer(request_id, MODERATORS, (ZEPHYRINE.id,), by=TOM.id, now=NOW)

    erase(database)

    with database.begin() as work:
        draft = work.requests.get(request_id)
        assert draft is not None
        (named,) = draft.answers[MODERATORS]
        stand_in = work.people.get(PersonId(named))
    assert stand_in is not None
    assert stand_in.name == BLANK_NAME


def test_a_setting_has_nobody_to_stand_in_once_they_are_gone(database: Database) -> None:
    ask_for_things(database)

    erase(database)

    with database.begin() as work:
        elm = work.settings.get(ELM.id)
    assert elm is not None
    assert (elm.stands_in_id, elm.delegation_by) == (None, (TOM.id,))
