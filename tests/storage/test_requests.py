"""What somebody asks for: every answer kept as it was given, and nothing counted before it is sent."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.request_words import FormKey, QuestionKey, RequestId, RequestState
from policy_kb.words import PersonId, SettingId, SettingType, Verb
from storage.audit import Subject
from storage.audit_check import verify
from storage.errors import ChangeRefused
from tests.storage.builders import ELM, NOW, OAK
from tests.storage.request_builders import (
    ASKS,
    MANAGER,
    PRIYA,
    PURPOSE,
    SITE,
    TOM,
    TOM_SAYS,
    ZOE,
    asked,
    begun,
    said,
    sent,
    staff,
    waiting,
)

if TYPE_CHECKING:
    from storage.database import Database
    from storage.request import Draft
    from storage.unit_of_work import UnitOfWork

LATER = NOW + timedelta(hours=1)
HOST = QuestionKey("host")
NEVER_MADE = RequestId(4711)


def the(work: UnitOfWork, request_id: RequestId) -> Draft:
    found = work.requests.get(request_id)
    assert found is not None
    return found


def test_a_request_begins_as_its_requesters_draft_at_the_first_question(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = work.requests.start(SITE, ELM.id, PRIYA, at=PURPOSE, now=NOW, entry=ASKS)

    with database.begin() as work:
        draft = the(work, request_id)
    assert (draft.form, draft.setting_id, draft.requester_id, draft.author_id) == (SITE, ELM.id, PRIYA, PRIYA)
    assert (draft.state, draft.version, draft.at, draft.answers) == (RequestState.DRAFT, 0, PURPOSE, {})
    assert (draft.started_at, draft.touched_at, draft.submitted_at, draft.closed_at) == (NOW, NOW, None, None)


def test_of_several_answers_to_a_question_the_newest_that_was_accepted_counts(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = begun(work)
        work.requests.answer(request_id, PURPOSE, ("Recipes",), by=PRIYA, now=LATER)
        work.requests.answer(request_id, HOST, ("academy", "other"), by=PRIYA, now=LATER)
        number = work.requests.answer(request_id, PURPOSE, ("x",), by=PRIYA, now=LATER, refused="trivial")

        draft, refused = the(work, request_id), work.requests.given(number)

    assert draft.answers == {PURPOSE: ("Recipes",), HOST: ("academy", "other")}
    assert draft.touched_at == LATER
    assert refused is not None
    assert (refused.request_id, refused.question, refused.value) == (request_id, PURPOSE, ("x",))
    assert (refused.refused, refused.by, refused.at) == ("trivial", PRIYA, LATER)


def test_an_answer_that_was_doubted_stays_until_there_is_another(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = begun(work)
        work.requests.answer(request_id, PURPOSE, ("x",), by=PRIYA, now=NOW)
        work.requests.keep(request_id, PURPOSE, now=LATER)
        kept = the(work, request_id)
        work.requests.answer(request_id, PURPOSE, ("Recipes",), by=PRIYA, now=LATER)
        after = the(work, request_id)

    assert (kept.answers, kept.kept) == ({PURPOSE: ("x",)}, frozenset({PURPOSE}))
    assert (after.answers, after.kept) == ({PURPOSE: ("Recipes",)}, frozenset())


def test_to_keep_an_answer_takes_none_that_was_refused(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = begun(work)
        work.requests.answer(request_id, PURPOSE, ("x",), by=PRIYA, now=NOW, refused="trivial")
        work.requests.keep(request_id, PURPOSE, now=LATER)
        work.requests.keep(request_id, HOST, now=LATER)

        draft, stands = the(work, request_id), work.requests.answer_that_stands(request_id, PURPOSE)
        none = work.requests.answer_that_stands(request_id, HOST)

    assert (draft.answers, draft.kept) == ({PURPOSE: ("To show what we cook",)}, frozenset({PURPOSE}))
    assert stands is not None
    assert (stands.value, none) == (("To show what we cook",), None)


def test_a_skipped_question_is_answered_with_nothing(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = begun(work)
        work.requests.answer(request_id, HOST, (), by=PRIYA, now=NOW)

        assert the(work, request_id).answers[HOST] == ()


def test_a_form_can_be_taken_up_where_it_stood(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = begun(work)
        work.requests.stand_at(request_id, HOST, now=LATER)
        at_host = the(work, request_id)
        work.requests.stand_at(request_id, None, now=LATER)

    with database.begin() as work:
        assert (at_host.at, at_host.touched_at) == (HOST, LATER)
        assert the(work, request_id).at is None


def test_a_request_that_was_sent_is_what_was_sent_whatever_is_typed_since(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = sent(work)
        work.requests.answer(request_id, PURPOSE, ("Recipes",), by=PRIYA, now=LATER)
        work.requests.set_setting(request_id, OAK.id, now=LATER)
        work.requests.set_author(request_id, ZOE, now=LATER)

        draft, facts = the(work, request_id), work.requests.facts(request_id)

    assert (draft.answers[PURPOSE], draft.setting_id, draft.author_id) == (("Recipes",), OAK.id, ZOE)
    assert facts is not None
    assert facts.answers == {PURPOSE: ("To show what we cook",)}
    assert (facts.setting, facts.setting_type, facts.author) == (ELM.id, SettingType.ACADEMY, PRIYA)
    assert facts.steps == (asked(TOM, ZOE), waiting())


def test_a_draft_is_judged_as_it_stands(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = begun(work)
        work.requests.set_author(request_id, ZOE, now=LATER)

        facts = work.requests.facts(request_id)

    assert facts is not None
    assert (facts.version, facts.state, facts.author) == (0, RequestState.DRAFT, ZOE)
    assert facts.answers == {PURPOSE: ("To show what we cook",)}


def test_each_time_it_is_sent_a_version_is_kept(database: Database) -> None:
    day = date(2027, 1, 14)
    with database.begin() as work:
        staff(work)
        request_id = sent(work)
        work.requests.answer(request_id, PURPOSE, ("Recipes",), by=PRIYA, now=LATER)
        again = work.requests.send(request_id, from_version=1, go_live=day, entry=replace(ASKS, actor=ZOE, at=LATER))

    with database.begin() as work:
        draft, sendings = the(work, request_id), work.requests.sendings(request_id)
        assert work.requests.version(request_id, 2) == sendings[1]
        assert work.requests.version(request_id, 3) is None
    assert again
    assert (draft.version, draft.submitted_at, draft.touched_at, draft.go_live) == (2, NOW, LATER, day)
    assert [(one.version, one.by, one.at) for one in sendings] == [(1, PRIYA, NOW), (2, ZOE, LATER)]
    assert [one.answers[PURPOSE] for one in sendings] == [("To show what we cook",), ("Recipes",)]


@pytest.mark.parametrize("state", [RequestState.WITHDRAWN, RequestState.DECLINED, RequestState.LIVE])
def test_what_is_closed_cannot_be_sent_again(database: Database, state: RequestState) -> None:
    with database.begin() as work:
        staff(work)
        request_id = sent(work)
        assert work.requests.change_state(request_id, RequestState.SUBMITTED, state, now=LATER, entry=ASKS)

        assert not work.requests.send(request_id, from_version=1, go_live=None, entry=ASKS)

        assert (the(work, request_id).state, the(work, request_id).version) == (state, 1)


def test_a_request_changes_state_only_from_the_state_it_was_seen_in(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = begun(work)

        gone = work.requests.change_state(request_id, RequestState.DRAFT, RequestState.CANCELLED, now=LATER, entry=ASKS)
        once_more = work.requests.change_state(
            request_id, RequestState.DRAFT, RequestState.CANCELLED, now=LATER, entry=ASKS
        )

        draft = the(work, request_id)
    assert (gone, once_more) == (True, False)
    assert (draft.state, draft.closed_at) == (RequestState.CANCELLED, LATER)


def test_everybody_finds_what_they_asked_for_and_what_was_sent_for_them(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        first, second, other, unsent = begun(work), begun(work), begun(work, TOM), begun(work, ZOE)
        work.requests.set_author(other, PRIYA, now=NOW)
        work.requests.send(other, from_version=0, go_live=None, entry=TOM_SAYS)
        work.requests.set_author(other, ZOE, now=LATER)
        work.requests.set_author(unsent, PRIYA, now=NOW)

        assert [draft.id for draft in work.requests.of_person(PRIYA)] == [other, second, first]
        assert [draft.id for draft in work.requests.of_person(TOM)] == [other]
        assert [draft.id for draft in work.requests.of_person(ZOE)] == [unsent]


def test_requests_are_found_by_their_state(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        draft, waits = begun(work), sent(work)

        assert work.requests.in_states((RequestState.SUBMITTED,)) == (waits,)
        assert work.requests.in_states({RequestState.DRAFT, RequestState.SUBMITTED}) == (draft, waits)
        assert work.requests.in_states(()) == ()


def test_a_request_remembers_which_one_it_was_started_from(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        old = sent(work)
        new = work.requests.start(SITE, ELM.id, PRIYA, at=PURPOSE, now=NOW, entry=ASKS, started_from=old)

        assert the(work, new).started_from == old


@pytest.mark.parametrize("number", [0, -1, 4711, 2**31, 2**63, 10**30])
def test_a_number_that_somebody_made_up_is_no_request(database: Database, number: int) -> None:
    with database.begin() as work:
        assert work.requests.get(RequestId(number)) is None
        assert work.requests.facts(RequestId(number)) is None
        assert work.requests.version(RequestId(number), 1) is None
        assert work.requests.given(number) is None
        assert work.requests.decision(number) is None


def test_a_request_of_nobody_or_for_nowhere_is_refused(database: Database) -> None:
    with database.begin() as work:
        staff(work)

    for setting, person in ((SettingId("mars"), PRIYA), (ELM.id, PersonId("nobody"))):
        with pytest.raises(ChangeRefused), database.begin() as work:
            work.requests.start(SITE, setting, person, at=PURPOSE, now=NOW, entry=replace(ASKS, actor=None))
    with pytest.raises(ChangeRefused), database.begin() as work:
        work.requests.answer(NEVER_MADE, PURPOSE, ("x",), by=PRIYA, now=NOW)


def test_what_was_sent_cannot_be_removed_by_anybody(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        sent(work)

    with pytest.raises(ChangeRefused), database.begin() as work:
        work.requests.connection.exec_driver_sql("DELETE FROM requests")


def test_the_audit_tells_what_became_of_a_request_and_not_a_word_that_was_typed(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = sent(work)
        work.requests.decide(request_id, replace(said(), comment="Lovely"), entry=replace(TOM_SAYS, clause="6.2"))
        work.requests.ask_again(request_id, (MANAGER,), entry=ASKS)
        work.requests.change_state(request_id, RequestState.SUBMITTED, RequestState.WITHDRAWN, now=LATER, entry=ASKS)

    with database.begin() as work:
        rows = work.audit.chain(Subject.of_request(request_id))
        everything = tuple(work.audit.everything())
        tom = work.audit.reference(TOM)
    verbs = [Verb.STARTED, Verb.SUBMITTED, Verb.ASKED, Verb.DECIDED, Verb.VOIDED, Verb.WITHDRAWN]
    assert [row.verb for row in rows] == verbs
    assert (rows[3].actor, rows[3].clause) == (tom, "6.2")
    assert json.loads(rows[2].facts)["steps"] == ["line_manager:open", "head:waiting"]
    assert not any(word in row.facts for row in rows for word in ("Lovely", "cook", "priya", "tom"))
    assert verify(everything, {}).findings == ()


def test_an_entry_may_bring_facts_of_its_own(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        entry = replace(ASKS, facts={"channel": "slack"})
        request_id = work.requests.start(FormKey("logo"), ELM.id, PRIYA, at=PURPOSE, now=NOW, entry=entry)

        (row,) = work.audit.chain(Subject.of_request(request_id))

    facts = json.loads(row.facts)
    assert (facts["channel"], facts["form"], facts["setting"]) == ("slack", "logo", "elm")
