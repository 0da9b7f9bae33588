"""The secret address of a calendar feed: who is given one, when it is shown, when it stops."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.inbound import Actor, ButtonPressed, Conversation, TextSent
from handlers.message import plain_text
from handlers.turn import Named, Turns
from policy_kb.bot_words import Action
from policy_kb.words import Channel, Role
from tests.builders import a_new_event_id
from tests.handlers.cover.rota_office import AISHA, CALLUM, GRACE, LUCY, PRIYA, TOM, Rota
from tests.handlers.register.calendar_office import ADDRESS
from tests.handlers.requests.office import HARRIET, MARTIN, labels

if TYPE_CHECKING:
    from tests.handlers.register.calendar_office import Calendars
    from tests.stage import DatabaseFile

IN_PUBLIC = Conversation(channel=Channel.SLACK, tenant="T1", id="C-staffroom", private=False)


def test_an_address_is_shown_once_with_how_to_use_it(calendars: Calendars) -> None:
    (shown,) = calendars.say(TOM, "my calendar")

    assert shown.title == "Your calendar address for your own slots:"
    assert f"{ADDRESS}/calendar/" in plain_text(shown)
    assert "I show it this once" in plain_text(shown)
    assert calendars.file(calendars.secret(shown)) is not None


def test_whoever_has_one_is_told_so_and_may_have_a_new_one(calendars: Calendars) -> None:
    first = calendars.subscribe(TOM)

    (asked,) = calendars.say(TOM, "my calendar")

    assert asked.title == "You already have a calendar address for your own slots."
    assert ADDRESS not in plain_text(asked)
    assert calendars.file(first) is not None

    (new,) = calendars.push(TOM, asked, "Get a new address")

    assert "The address you had before has stopped." in plain_text(new)
    assert calendars.file(first) is None
    assert calendars.file(calendars.secret(new)) is not None


@pytest.mark.parametrize("words", ["new calendar link", "a new calendar link please", "change my calendar address"])
def test_a_new_address_can_be_asked_for_in_words(calendars: Calendars, words: str) -> None:
    first = calendars.subscribe(TOM)

    second = calendars.subscribe(TOM, words)

    assert calendars.file(first) is None
    assert calendars.file(second) is not None


@pytest.mark.parametrize(
    "words",
    [
        "My calendar",
        "calendar link",
        "Can I have a calendar link please?",
        "show me my rota calendar",
        "subscribe to my calendar",
        "add my slots to my calendar",
        "where's my calendar link?",
        "my calendar feed, thanks",
        "calendar for me",
        "ical",
    ],
)
def test_the_ways_people_ask_for_their_own(calendars: Calendars, words: str) -> None:
    (shown,) = calendars.say(TOM, words)

    assert shown.title == "Your calendar address for your own slots:"


@pytest.mark.parametrize(
    "words", ["calendar for Netball Instagram", "the calendar of netball instagram", "calendar link for S-{site}"]
)
def test_the_ways_people_ask_for_a_sites(calendars: Calendars, words: str) -> None:
    (shown,) = calendars.say(TOM, words.format(site=calendars.site))

    assert shown.title == "Your calendar address for Netball Instagram:"


@pytest.mark.parametrize(
    "words",
    [
        "Can I put the school calendar on Instagram?",
        "Can I post my calendar on Facebook?",
        "is my calendar private?",
        "the calendar of events of year 7",
    ],
)
def test_a_question_about_the_policy_stays_one(calendars: Calendars, words: str) -> None:
    shown = calendars.say(TOM, words)

    assert all("calendar address" not in one.title for one in shown)


def test_whoever_names_a_site_that_is_not_theirs_is_asked_which_one(calendars: Calendars) -> None:
    (shown,) = calendars.say(TOM, "calendar for Chess Club")

    assert shown.title == "I do not know which site you mean."
    assert labels(shown) == ["Calendar of my own slots", "My slots", "Calendar of Netball Instagram"]


def test_whoever_looks_after_no_site_is_told_so(calendars: Calendars) -> None:
    (shown,) = calendars.say(MARTIN, "my calendar")

    assert shown.title == "You look after no site at the moment, so there is nothing to put in a calendar."


def test_my_slots_lead_to_the_address_and_on_to_the_sites(calendars: Calendars) -> None:
    (slots,) = calendars.say(TOM, "my slots")
    (own,) = calendars.push(TOM, slots, "Calendar link")
    assert labels(own) == ["My slots", "Calendar of Netball Instagram"]

    (of_site,) = calendars.push(TOM, own, "Calendar of Netball Instagram")

    assert of_site.title == "Your calendar address for Netball Instagram:"
    assert labels(of_site) == ["My slots", "Calendar of my own slots"]
    assert calendars.secret(own) != calendars.secret(of_site)
    assert calendars.file(calendars.secret(own)) is not None


@pytest.mark.parametrize("who", [AISHA, PRIYA, CALLUM, GRACE])
def test_a_sites_calendar_is_for_everybody_with_a_part_in_it(calendars: Calendars, who: str) -> None:
    secret = calendars.subscribe(who, "calendar for Netball Instagram")

    assert calendars.file(secret) is not None


@pytest.mark.parametrize("who", [LUCY, MARTIN, HARRIET])
def test_a_sites_calendar_is_for_nobody_else(calendars: Calendars, who: str) -> None:
    for action in (Action.CALENDAR, Action.NEW_CALENDAR):
        (shown,) = calendars.press(who, action, str(calendars.site))

        assert ADDRESS not in plain_text(shown)


def test_where_others_read_it_nobody_is_given_an_address(calendars: Calendars) -> None:
    turns, actor = Turns(calendars.database, calendars.desk), Actor(channel=Channel.SLACK, tenant="T1", user="U-tom")
    typed = TextSent(event_id=a_new_event_id(), actor=actor, conversation=IN_PUBLIC, text="my calendar")
    pressed = ButtonPressed(
        event_id=a_new_event_id(), actor=actor, conversation=IN_PUBLIC, action=Action.NEW_CALENDAR, about=""
    )

    for event in (typed, pressed):
        (shown,) = turns.take(event, Named(email=TOM), now=calendars.clock())

        assert shown.title == "Please write to me directly for this."
        assert ADDRESS not in plain_text(shown)


def test_where_no_web_address_is_known_the_bot_says_so_and_makes_none(rota: Rota) -> None:
    (shown,) = rota.say(TOM, "my calendar")

    assert shown.title == "I cannot give you a calendar address yet."
    tom = rota.person(TOM).id
    with rota.database.begin() as uow:
        assert not uow.secret_addresses.has_feed(tom, None)


@pytest.mark.parametrize(
    "about",
    ["0", "new", "new:", "new:7", ":", "7:", "x", "999999999", "⁷", "-1", "private", "1" * 150, "'; drop table sites"],
)
@pytest.mark.parametrize("action", [Action.CALENDAR, Action.NEW_CALENDAR])
def test_whatever_a_press_is_about_it_makes_no_address(calendars: Calendars, action: Action, about: str) -> None:
    (shown,) = calendars.press(TOM, action, about)

    assert shown.title == "I cannot show you that any more."
    assert ADDRESS not in plain_text(shown)


def test_the_database_holds_no_address_that_was_given(calendars: Calendars, database_file: DatabaseFile) -> None:
    secret = calendars.subscribe(TOM)

    assert secret.encode() not in database_file.bytes()
    assert calendars.person(TOM).id in database_file.column("calendar_feeds", "person_id")


def test_through_the_outbox_the_address_is_made_when_it_is_sent(calendars: Calendars) -> None:
    event = TextSent(
        event_id=a_new_event_id(),
        actor=Actor(channel=Channel.SLACK, tenant="T1", user="U-tom"),
        conversation=Conversation(channel=Channel.SLACK, tenant="T1", id="D-tom"),
        text="my calendar",
        reply_to=f"dm-{TOM}",
    )
    Turns(calendars.database, calendars.desk).take(event, Named(email=TOM), now=calendars.clock())

    (shown,) = calendars.inbox(TOM)

    assert calendars.file(calendars.secret(shown)) is not None


def test_what_never_was_an_address_opens_nothing(calendars: Calendars) -> None:
    calendars.subscribe(TOM)

    assert [calendars.file(secret) for secret in ("", "a", "new", "0" * 32, "é" * 32)] == [None] * 5


def test_whoever_leaves_the_trust_reads_nothing_any_more(calendars: Calendars) -> None:
    own, of_site = calendars.subscribe(TOM), calendars.subscribe(TOM, "calendar for Netball Instagram")

    calendars.let_go(TOM)

    assert (calendars.file(own), calendars.file(of_site)) == (None, None)


def test_whoever_no_longer_looks_after_a_site_keeps_their_own_calendar_alone(calendars: Calendars) -> None:
    own, of_site = calendars.subscribe(TOM), calendars.subscribe(TOM, "calendar for Netball Instagram")

    tom, until = calendars.person(TOM).id, calendars.clock().date()
    with calendars.database.begin() as uow:
        uow.sites.end_member(calendars.site, tom, Role.SITE_MODERATOR, until=until, entry=calendars.entry())

    assert calendars.file(own) is not None
    assert calendars.file(of_site) is None


def test_an_address_works_for_as_long_as_it_is_wanted(calendars: Calendars) -> None:
    secret = calendars.subscribe(TOM)

    calendars.wait(timedelta(days=360))

    assert calendars.file(secret) is not None
