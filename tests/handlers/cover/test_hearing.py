"""What people type about cover is understood; what they ask about the policy is left to the policy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.acting import Acting
from handlers.cover import hearing
from handlers.inbound import Actor, Conversation, TextSent
from policy_kb.bot_words import SayKind
from policy_kb.words import Channel
from tests.builders import a_new_event_id
from tests.handlers.cover.about_the_policy import ABOUT_THE_POLICY
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    FRIDAY,
    LUCY,
    MONDAY,
    NAME,
    PRIYA,
    THURSDAY,
    TOM,
    TUESDAY,
    WEDNESDAY,
    Rota,
)
from tests.handlers.requests.office import GRACE, MARTIN

if TYPE_CHECKING:
    from storage.says import SayFacts


def said_to(rota: Rota, who: str, *texts: str, private: bool = True) -> list[tuple[SayFacts, ...]]:
    """Return what our own words are taken for, each by itself; nothing is kept."""
    where = Conversation(channel=Channel.SLACK, tenant="T1", id="C1", private=private)
    person = rota.person(who).id
    heard = []
    with rota.database.begin() as uow:
        act = Acting(person=person, view=rota.desk.reading(uow).view, uow=uow, now=rota.clock())
        for text in texts:
            actor = Actor(channel=Channel.SLACK, tenant="T1", user="U1")
            event = TextSent(event_id=a_new_event_id(), actor=actor, conversation=where, text=text)
            heard.append(hearing.hear(event, act))
    return heard


def test_a_question_about_the_policy_is_never_taken_for_cover(rota: Rota) -> None:
    assert len(ABOUT_THE_POLICY) > 60

    for who in (TOM, AISHA, GRACE):
        heard = said_to(rota, who, *ABOUT_THE_POLICY)
        assert [text for text, says in zip(ABOUT_THE_POLICY, heard, strict=True) if says] == []


@pytest.mark.parametrize(
    ("kind", "about", "texts"),
    [
        (
            SayKind.ON_DUTY,
            MONDAY.isoformat(),
            (
                "who is on?",
                "Who’s on this week",
                "hi, who's on duty please",
                "who is on the rota?",
                "whose turn is it?",
                "cover",
                "Rota",
                "show me the rota",
                "Who is on next week?",
            ),
        ),
        (
            SayKind.ON_DUTY,
            f"{FRIDAY.isoformat()}:day",
            (
                "who is on on Friday?",
                "who is on duty Friday",
                "who's on 4 December",
                "rota on Friday",
                "WHO IS ON FRIDAY",
            ),
        ),
        (SayKind.ON_DUTY, "2026-11-29:day", ("who is on today?", "who's on now", "who is covering today")),
        (
            SayKind.MY_SLOTS,
            "",
            ("my slots", "My rota", "when am I on?", "when am i next on", "show me my slots", "am I on this week?"),
        ),
        (
            SayKind.OFF_ASKED,
            "2026-12-14:2026-12-19",
            (
                "I'm off 14 to 18 December",
                "I’m off 14–18 Dec",
                "i'm away from 14 December until the 18th",
                "I am on leave 14 to 18 Dec, thanks",
                "Hi, I'll be on holiday 14-18 December.",
                "on leave 14 to 18 dec",
                "I won't be in 14 to 18 December",
                "I've got leave 14 to 18 December",
            ),
        ),
        (
            SayKind.OFF_ASKED,
            "2026-11-30:2026-12-01",
            ("I'm off tomorrow", "I'm not in tomorrow morning", "im away tmrw", "sorry, I am off work tomorrow"),
        ),
        (
            SayKind.OFF_ASKED,
            "2026-11-29:2026-11-30",
            ("I'm ill", "off sick", "I'm off sick today", "I'm not well"),
        ),
        (
            SayKind.OFF_ASKED,
            "2026-12-01:2026-12-03",
            ("I'm away for 2 days from Tuesday", "off tuesday and wednesday"),
        ),
        (SayKind.OFF_ASKED, "", ("I'm away", "I'm off over half-term", "I'm on leave during the holidays")),
        (SayKind.OFF_ASKED, "back", ("cancel my leave", "I am not away after all", "cancel my days off please")),
    ],
)
def test_what_is_said_of_ones_own_cover_is_understood(
    rota: Rota, kind: SayKind, about: str, texts: tuple[str, ...]
) -> None:
    heard = said_to(rota, TOM, *texts)

    assert [(text, one.kind, one.about) for text, (one,) in zip(texts, heard, strict=True)] == [
        (text, kind, about) for text in texts
    ]


@pytest.mark.parametrize("name", ["netball instagram", "Netball Instagram", "the Netball Instagram", "S-{number}"])
def test_a_site_is_meant_by_its_name_or_number(rota: Rota, name: str) -> None:
    (says,) = said_to(rota, TOM, f"who is on for {name.format(number=rota.site)} on Friday?")

    assert [one.about for one in says] == [f"{FRIDAY.isoformat()}:day:{rota.site}"]


def test_one_slot_of_a_day_is_found(rota: Rota) -> None:
    texts = ("swap Thursday with Priya", "put Callum on Thursday", "find me cover")

    heard = said_to(rota, PRIYA, *texts[1:])
    (swap,) = said_to(rota, TOM, texts[0])

    assert swap[0].about == f"{rota.about(THURSDAY)}:swap:with:priya-sample"
    assert heard[0][0].about == f"{rota.about(THURSDAY)}:assign:with:callum-sample"
    assert heard[1][0].about.endswith(":find")


def test_only_who_may_give_slots_is_understood_to(rota: Rota) -> None:
    assert said_to(rota, CALLUM, f"put Priya on Thursday for {NAME}") == [()]


def test_who_takes_a_day_takes_what_is_free_on_it(rota: Rota) -> None:
    rota.leave_open(TUESDAY)

    (taken,) = rota.say(PRIYA, "I'll take Tuesday")
    (shown,) = rota.say(PRIYA, "I'll take Wednesday")

    assert taken.title == "You are on for Netball Instagram on Tuesday 1 December."
    assert rota.who(TUESDAY) == PRIYA
    assert shown.title == "On duty on Wednesday 2 December, Netball Instagram: Ewa Example."
    assert rota.who(WEDNESDAY) != PRIYA


def test_who_asks_for_cover_of_a_day_asks_at_once(rota: Rota) -> None:
    (shown,) = rota.say(TOM, "Can someone cover my slot on Thursday?")

    assert shown.title.startswith("I have asked 4 people")
    assert not shown.replaces


def test_an_older_card_changes_too_where_words_did_it(rota: Rota) -> None:
    rota.press(TOM, "cannot", rota.about(THURSDAY))  # type: ignore[arg-type]  # its word, as a platform sends it
    rota.inbox(CALLUM)

    rota.say(CALLUM, "I'll take Thursday")

    (card,) = rota.inbox(CALLUM)
    assert card.replaces
    assert card.title.startswith("You have it")


def test_in_front_of_others_only_who_is_on_is_answered(rota: Rota) -> None:
    texts = ("who is on this week?", "my slots", "I'm off tomorrow", "gaps", "find me cover")

    heard = said_to(rota, TOM, *texts, private=False)

    assert [bool(says) for says in heard] == [True, False, False, False, False]
    assert {one.audience for one in heard[0]} == {"actor"}


@pytest.mark.parametrize("who", [LUCY, MARTIN])
def test_whoever_has_no_part_in_a_site_is_not_shown_its_rota(rota: Rota, who: str) -> None:
    (says,) = said_to(rota, who, f"who is on for {NAME}?")

    assert says == ()


def test_a_bare_word_in_the_midst_of_a_form_is_its_answer(rota: Rota) -> None:
    (form, *_) = rota.say(TOM, "start the site form")

    answered = rota.say(TOM, "cover")

    assert form
    assert not any("On duty" in one.title for one in answered)


def test_nothing_is_heard_from_strangers(rota: Rota) -> None:
    with rota.database.begin() as uow:
        act = Acting(person=None, view=rota.desk.reading(uow).view, uow=uow, now=rota.clock())
        event = TextSent(
            event_id=a_new_event_id(),
            actor=Actor(channel=Channel.SLACK, tenant="T1", user="U1"),
            conversation=Conversation(channel=Channel.SLACK, tenant="T1", id="D1"),
            text="my slots",
        )
        assert hearing.hear(event, act) == ()
        assert hearing.hear(replace(event, text="who is on"), act) == ()


@pytest.mark.parametrize(
    "text",
    [
        "swap Thursday with Zebedee",
        "swap my soul with Priya",
        "put Callum on the naughty step",
        "I'll take my time",
        "who is on the ball",
        "my slots of fame",
        "I'm off the record",
        "cancel my leave of absence form",
        "find me cover for the wall",
        "swap Thursday with Priya for a song",
        "I'm off for zero days",
    ],
)
def test_what_is_half_understood_is_not_taken(rota: Rota, text: str) -> None:
    assert said_to(rota, TOM, text) == [()]


def test_so_much_is_open_on_a_day_that_each_is_shown(rota: Rota) -> None:
    rota.leave_open(TUESDAY, WEDNESDAY)

    shown = rota.say(PRIYA, "I can do Tuesday and Wednesday")

    assert [one.card for one in shown] == [f"slot:{rota.about(TUESDAY)}", f"slot:{rota.about(WEDNESDAY)}"]
    assert rota.who(TUESDAY) == rota.who(WEDNESDAY) == ""


def test_who_has_no_slot_on_a_day_is_shown_those_there_are(rota: Rota) -> None:
    (shown,) = rota.say(TOM, "find me cover for Friday")
    (swap,) = rota.say(TOM, "swap with Priya")

    assert shown.title == swap.title == "You are on next: Netball Instagram, Thursday 3 December."


def test_whom_one_cannot_give_a_day_to_is_answered_with_the_week(rota: Rota) -> None:
    (shown,) = rota.say(AISHA, "put Callum on Saturday")

    assert shown.title.startswith("On duty")
