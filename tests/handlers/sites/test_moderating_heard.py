"""What people type about moderation is understood; questions about the policy and cries for help are not taken."""

from __future__ import annotations

import pytest

from handlers import doing
from handlers.acting import Acting
from handlers.inbound import Actor, Conversation, TextSent
from handlers.sites import moderating_heard
from policy_kb.bot_words import Action, SayKind
from policy_kb.words import Channel
from storage.says import SayFacts
from tests.builders import a_new_event_id
from tests.handlers.cover.about_the_policy import ABOUT_THE_POLICY
from tests.handlers.cover.rota_office import AISHA, GRACE, NAME, TOM, Rota
from tests.handlers.requests.office import DANIEL

ABOUT_MODERATION = (
    "log in",
    "log in to instagram",
    "how do I log in?",
    "can I log on to the school page at home?",
    "may I remove spam?",
    "can I remove a comment",
    "who removes rude comments",
    "removed",
    "left",
    "I left a complaint",
    "left a picture on the school page",
    "blocked",
    "can I block a parent?",
    "should I have blocked a parent on netball instagram",
    "I removed a pupil's picture from my own page, was that right?",
    "what is extreme offence",
    "extreme sports club wants a page",
    "is extreme content illegal?",
    "what happens with extreme posts by pupils",
    "do we need an intervention plan?",
    "what is an intervention plan",
    "the intervention plan says I should answer, must I?",
    "patterns of behaviour online",
    "what patterns are allowed on the logo",
    "someone posted something nice",
    "someone posted something horrible about me on their own page",
    "there is an awful comment on twitter about the head",
    "a parent wrote something awful, may I answer?",
    "something else",
    "a complaint",
    "complaint",
    "rude",
    "spam",
    "can I log what pupils say",
)
URGENT = (
    "someone posted something horrible and she wants to kill herself",
    "log removed a post of a pupil who says he wants to die tonight",
    "extreme: a pupil sends naked pictures of a girl in year 8",
    "log removed bullying, a girl is being groomed by a man",
    "a parent wrote that he will stab the head tomorrow",
    "there is a horrible post, a child is being abused",
)


def said_to(rota: Rota, who: str, *texts: str, private: bool = True) -> list[tuple[SayFacts, ...]]:
    """Return what words are taken for, each by itself; nothing is kept."""
    where = Conversation(channel=Channel.SLACK, tenant="T1", id="C1", private=private)
    person = rota.person(who).id
    heard = []
    with rota.database.begin() as uow:
        act = Acting(person=person, view=rota.desk.reading(uow).view, uow=uow, now=rota.clock())
        for text in texts:
            actor = Actor(channel=Channel.SLACK, tenant="T1", user="U1")
            event = TextSent(event_id=a_new_event_id(), actor=actor, conversation=where, text=text)
            heard.append(moderating_heard.hear(event, act))
    return heard


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("log removed spam on Netball Instagram", "{site}:removed:spam"),
        ("Log removed spam for the netball page, please", "{site}:removed:spam"),
        ("please log hidden rude comment on S-{site}", "{site}:hidden:rude"),
        ("log I deleted swearing", "{site}:removed:rude"),
        ("I've just removed a rude comment on Netball", "{site}:removed:rude"),
        ("took down an advert from netball instagram", "{site}:removed:spam"),
        ("blocked spam", "{site}:blocked:spam"),
        ("log kept a complaint", "{site}:kept:complaint"),
        ("log spam", "{site}::spam"),
        ("log something on Netball Instagram", "{site}"),
        ("log it", "{site}"),
        ("LOG", "{site}"),
    ],
)
def test_what_was_done_is_typed_as_one_says_it_and_the_form_has_it_filled_in(rota: Rota, text: str, about: str) -> None:
    (form,) = rota.say(TOM, text.format(site=rota.site))

    _, *words = about.split(":")
    assert form.title == f"What did you do on {NAME}?"
    assert [one.filled for one in form.fields[:2]] == [(word,) if word else () for word in [*words, "", ""][:2]]


def test_what_was_typed_is_saved_by_one_press(rota: Rota) -> None:
    (form,) = rota.say(TOM, "log removed spam on Netball Instagram")
    filled = {one.name: one.filled for one in form.fields}

    (logged,) = rota.press(TOM, Action.SAVE_LOG, form.buttons[0].about, filled)

    assert logged.title == f"Logged for {NAME}: removed, spam or advertising."


@pytest.mark.parametrize(
    "text",
    ["extreme", "Extreme!", "extreme offence", "extreme comment"],
)
@pytest.mark.parametrize("who", [TOM, DANIEL])
def test_one_word_brings_what_to_do_about_extreme_offence(rota: Rota, text: str, who: str) -> None:
    (said,) = rota.say(who, text)

    assert said.urgent is not None
    assert said.title.startswith("Extreme offence, or a risk of harm: take it off now")


@pytest.mark.parametrize(
    "text",
    [
        "someone posted something horrible",
        "Somebody has just written something really nasty on our page",
        "someone posted something disgusting on Netball Instagram",
        "there's a vile comment on the netball page!",
        "I have seen an awful picture",
        "a parent has posted something shocking under our post",
    ],
)
def test_whoever_looks_after_a_site_is_told_at_once_what_to_do_about_something_horrible(rota: Rota, text: str) -> None:
    (said,) = rota.say(TOM, text)

    assert said.title.startswith("Extreme offence, or a risk of harm: take it off now")


def test_something_horrible_is_a_question_about_the_policy_for_everybody_else(rota: Rota) -> None:
    (said,) = rota.say(DANIEL, "someone posted something horrible")

    assert any(button.action is Action.SEE_CLAUSE for button in said.buttons)
    assert not said.title.startswith("Extreme offence")


def test_of_a_site_that_is_named_it_is_that_sites(rota: Rota) -> None:
    (said,) = rota.say(TOM, "extreme post on the netball page")

    assert [one.about for one in said.buttons if one.action is Action.LOG] == [str(rota.site)]


def test_logging_something_extreme_says_first_what_to_do(rota: Rota) -> None:
    what_to_do, form = rota.say(TOM, "log removed extreme on Netball Instagram")

    assert what_to_do.urgent is not None
    assert form.title == f"What did you do on {NAME}?"


@pytest.mark.parametrize("text", ["intervention plan", "the plan for stepping in", "show me the plan for stepping in"])
def test_the_plan_is_asked_for_by_its_name(rota: Rota, text: str) -> None:
    (said,) = rota.say(TOM, text)

    assert said.title.startswith(f"{NAME}: the plan for stepping in")


def test_patterns_are_asked_for_by_those_who_may_read_them(rota: Rota) -> None:
    every, one = said_to(rota, AISHA, "moderation patterns", "patterns for netball")

    assert every == (SayFacts(kind=SayKind.PATTERNS),)
    assert one == (SayFacts(kind=SayKind.PATTERNS, about=str(rota.site)),)


def test_who_may_not_read_patterns_is_told_whose_they_are(rota: Rota) -> None:
    (said,) = rota.say(TOM, "patterns")

    assert said.title == "What a term's log shows is for the author, the administrators and the head of a site."
    assert said_to(rota, TOM, "patterns for netball") == [()]
    assert said_to(rota, DANIEL, "patterns") == [()]


def test_whoever_looks_after_no_site_is_told_so_when_they_want_to_log(rota: Rota) -> None:
    (said,) = rota.say(DANIEL, "log")

    assert said.title == "You look after no site, so there is nothing for you to log."
    assert said_to(rota, DANIEL, "log spam", "removed spam") == [(), ()]


@pytest.mark.parametrize("who", [TOM, AISHA, GRACE])
def test_a_question_about_the_policy_is_never_taken_for_moderation(rota: Rota, who: str) -> None:
    questions = (*ABOUT_MODERATION, *ABOUT_THE_POLICY)

    heard = said_to(rota, who, *questions)

    assert [text for text, says in zip(questions, heard, strict=True) if says] == []


@pytest.mark.parametrize("text", URGENT)
def test_a_cry_for_help_is_never_taken_for_a_command(rota: Rota, text: str) -> None:
    assert said_to(rota, TOM, text) == [()]

    said = rota.say(TOM, text)

    assert said[0].urgent is not None
    assert not any(one.fields for one in said)


def test_where_others_read_along_nothing_is_taken_for_a_command(rota: Rota) -> None:
    assert said_to(rota, TOM, "log removed spam", "extreme", private=False) == [(), ()]


def test_a_site_that_somebody_has_no_part_in_is_not_logged_for(rota: Rota) -> None:
    assert said_to(rota, TOM, "log removed spam on Drama Instagram", "log spam on the moon") == [(), ()]
    assert said_to(rota, DANIEL, "log removed spam") == [()]


def test_a_single_word_answers_the_form_that_is_under_way(rota: Rota) -> None:
    rota.say(TOM, "site form")

    assert not any(one.title.startswith("What did you do") for one in rota.say(TOM, "log"))


def test_words_that_two_of_us_could_take_are_taken_by_one(rota: Rota) -> None:
    texts = ("log", "extreme", "intervention plan", "patterns", "log removed spam")
    where = Conversation(channel=Channel.SLACK, tenant="T1", id="C1")
    person = rota.person(AISHA).id
    with rota.database.begin() as uow:
        act = Acting(person=person, view=rota.desk.reading(uow).view, uow=uow, now=rota.clock())
        for text in texts:
            actor = Actor(channel=Channel.SLACK, tenant="T1", user="U1")
            event = TextSent(event_id=a_new_event_id(), actor=actor, conversation=where, text=text)
            assert sum(bool(heard(event, act)) for heard in doing.HEARING) == 1, text
