from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.request_words import RequestState
from policy_kb.words import Channel
from storage.audit import THE_BOT, THE_TRUST
from storage.chat_addresses import ChatAddress
from storage.database import Database
from storage.retention import Periods, Removed
from tests.storage.builders import ELM, ENTRY, NOW, a_person, a_say, an_answer, fill
from tests.storage.request_builders import PRIYA, PURPOSE, SITE, begun, sent, staff
from tests.storage.site_builders import the_site
from tests.storage.site_life import look_after_a_site

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

MOMENT = timedelta(seconds=1)
KEPT = Periods(
    events=timedelta(days=7),
    answers=timedelta(days=30),
    sent=timedelta(days=8),
    given_up=timedelta(days=31),
    drafts=timedelta(days=30),
    talks=timedelta(days=30),
    cards=timedelta(days=365),
    leavers=timedelta(days=90),
    links=timedelta(days=1),
    told=timedelta(days=60),
    absences=timedelta(days=365),
    slots=timedelta(days=1095),
)
NOTHING = Removed(**dict.fromkeys((one.name for one in fields(Removed)), 0))


def test_nothing_is_removed_before_its_time_and_everything_after_it(database: Database) -> None:
    _fill(database, events=NOW - KEPT.events, answers=NOW - KEPT.answers)

    early = database.tidy(KEPT, NOW)
    late = database.tidy(KEPT, NOW + MOMENT)

    assert early == NOTHING
    assert late == replace(NOTHING, events=1, answers=1)


def test_sent_notices_go_after_a_week_and_given_up_ones_after_a_month(database: Database) -> None:
    with database.begin() as work:
        work.outbox.put(a_say("sent"), Channel.SLACK, "D1", to=None, due_at=NOW, now=NOW)
        work.outbox.put(a_say("given up"), Channel.SLACK, "D2", to=None, due_at=NOW, now=NOW)
        sent, gone = work.outbox.claim(NOW, MOMENT, 10)
        work.outbox.sent(sent, NOW)
        work.outbox.give_up(gone, "the person left")

    after_a_week = database.tidy(KEPT, NOW + KEPT.sent + MOMENT)
    after_a_month = database.tidy(KEPT, NOW + KEPT.given_up + MOMENT)

    assert after_a_week == replace(NOTHING, sent=1)
    assert after_a_month == replace(NOTHING, given_up=1)


def test_what_was_never_sent_is_kept_however_old_it_is(database: Database) -> None:
    with database.begin() as work:
        work.outbox.put(a_say(), Channel.SLACK, "D1", to=None, due_at=NOW, now=NOW)

    removed = database.tidy(KEPT, NOW + timedelta(days=365))

    assert removed.sent == 0
    with database.begin() as work:
        assert len(work.outbox.claim(NOW, MOMENT, 10)) == 1


def test_a_draft_that_was_given_up_goes_with_all_its_answers_and_one_that_was_sent_stays(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        given_up, under_way, withdrawn = begun(work), begun(work), sent(work)
        gone, back = RequestState.CANCELLED, RequestState.WITHDRAWN
        work.requests.change_state(given_up, RequestState.DRAFT, gone, now=NOW, entry=ENTRY)
        work.requests.change_state(withdrawn, RequestState.SUBMITTED, back, now=NOW, entry=ENTRY)
        work.requests.start(SITE, ELM.id, PRIYA, at=PURPOSE, now=NOW, entry=ENTRY, started_from=given_up)

    early = database.tidy(KEPT, NOW + KEPT.drafts)
    late = database.tidy(KEPT, NOW + KEPT.drafts + MOMENT)

    assert (early.drafts, late.drafts) == (0, 1)
    with database.begin() as work:
        copied, *others = work.requests.of_person(PRIYA)
        assert [draft.id for draft in others] == [withdrawn, under_way]
        assert copied.started_from is None
        assert work.requests.given(1) is None
        assert work.requests.given(2) is not None


def test_the_place_of_an_idle_form_and_of_an_old_card_is_forgotten_and_the_form_stays(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        request_id = begun(work)
        work.form_talks.begin(Channel.SLACK, "T1", "D1", PRIYA, request_id, NOW)
        work.cards.put("1:head", PRIYA, Channel.SLACK, "D1:1", NOW)

    a_month = database.tidy(KEPT, NOW + KEPT.talks + MOMENT)
    a_year = database.tidy(KEPT, NOW + KEPT.cards + MOMENT)

    assert a_month == replace(NOTHING, talks=1)
    assert a_year == replace(NOTHING, cards=1)
    with database.begin() as work:
        assert [draft.id for draft in work.requests.of_person(PRIYA)] == [request_id]


def test_links_and_visits_that_are_over_go_after_a_day(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        spent = work.secret_addresses.make_link(PRIYA, expires_at=NOW + timedelta(days=30))
        work.secret_addresses.spend_link(spent, now=NOW)
        work.secret_addresses.begin_session(PRIYA, expires_at=NOW)
        works = work.secret_addresses.new_feed(PRIYA, None, now=NOW)

    early = database.tidy(KEPT, NOW + KEPT.links)
    late = database.tidy(KEPT, NOW + KEPT.links + MOMENT)

    assert (early, late) == (NOTHING, replace(NOTHING, links=2))
    with database.begin() as work:
        assert work.secret_addresses.feed(works) is not None


def test_who_was_reminded_when_goes_after_two_months_and_what_was_stopped_for_good_stays(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        work.reminded.tell(PRIYA, NOW.date())
        work.reminded.put_off(PRIYA, "still_needed:1", NOW.date())
        work.reminded.put_off(PRIYA, "still_needed:2", None)

    early = database.tidy(KEPT, NOW + KEPT.told)
    late = database.tidy(KEPT, NOW + KEPT.told + timedelta(days=1))

    assert (early, late) == (NOTHING, replace(NOTHING, told=2))
    with database.begin() as work:
        assert work.reminded.is_put_off(PRIYA, "still_needed:2", (NOW + timedelta(days=9999)).date())


def test_absences_and_slots_go_in_their_time_and_the_register_and_its_log_stay(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        site = look_after_a_site(work, PRIYA)

    first = NOW + KEPT.absences + timedelta(days=1)  # the absences were over on the day after
    early, a_year = database.tidy(KEPT, first - timedelta(days=1)), database.tidy(KEPT, first)
    three_years = database.tidy(KEPT, NOW + KEPT.slots)

    assert (early.absences, early.slots) == (0, 0)
    assert (a_year.absences, a_year.slots) == (2, 0)
    assert (three_years.absences, three_years.slots) == (0, 1)  # last week's: it was over that day
    with database.begin() as work:
        assert len(work.rota.slots(NOW.date(), NOW.date() + timedelta(days=14))) == 2
        assert len(the_site(work, site).members) == 3
        assert len(work.moderation.lines((site,), NOW, NOW + MOMENT)) == 1


def test_leavers_are_forgotten_in_chat_when_their_time_is_up_and_stay_in_the_directory(database: Database) -> None:
    gone, here = a_person("Gone", ends_on=NOW.date()), a_person("Here")
    with database.begin() as work:
        fill(work, gone, here)
        for person in (gone, here):
            work.identities.remember(Channel.SLACK, "T1", person.id, person.id, NOW)
            work.chat_addresses.refresh(
                ChatAddress(person_id=person.id, channel=Channel.SLACK, tenant="T1", address=person.id, updated_at=NOW)
            )

    early = database.tidy(KEPT, NOW + KEPT.leavers - timedelta(days=1))
    late = database.tidy(KEPT, NOW + KEPT.leavers)

    assert (early.leavers, late.leavers) == (0, 2)
    with database.begin() as work:
        assert work.identities.find(Channel.SLACK, "T1", gone.id) is None
        assert work.chat_addresses.of(gone.id) == ()
        assert len(work.chat_addresses.of(here.id)) == 1
        assert len(work.people.everyone()) == 2


def test_what_was_removed_is_written_down_in_the_audit_without_a_word_of_it(database: Database) -> None:
    _fill(database, events=NOW, answers=NOW)

    removed = database.tidy(KEPT, NOW + timedelta(days=365))

    with database.begin() as work:
        (row,) = work.audit.chain(THE_TRUST)
    assert removed.total == 2
    assert (row.verb, row.actor) == ("tidied", THE_BOT)
    assert json.loads(row.facts) == {**asdict(NOTHING), "events": 1, "answers": 1}


def test_what_was_removed_cannot_be_read_in_the_file_any_more(sqlite_url: str, tmp_path: Path) -> None:
    marker = "a-name-nobody-should-find-later"
    database = Database(sqlite_url)
    database.upgrade()
    with database.begin() as work:
        work.answers.add(an_answer(facts={"about": marker}))
    assert marker.encode() in _bytes_on_disk(tmp_path)

    database.tidy(KEPT, NOW + KEPT.answers + MOMENT)

    assert marker.encode() not in _bytes_on_disk(tmp_path)
    database.close()


def _fill(database: Database, *, events: datetime, answers: datetime) -> None:
    with database.begin() as work:
        work.inbox.take(Channel.SLACK, "T1", "E1", events)
        work.answers.add(an_answer(at=answers))


def _bytes_on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
