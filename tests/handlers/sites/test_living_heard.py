"""What people type about their sites: understood where it says nothing else, and left to the policy where it does."""

from __future__ import annotations

from datetime import date

import pytest

from policy_kb.bot_words import Action
from policy_kb.site_words import SiteState
from tests.handlers.cover.rota_office import AISHA, CALLUM, GRACE, LUCY, PRIYA, Rota
from tests.handlers.requests.office import everything
from tests.handlers.sites.people_office import move, the_site


@pytest.mark.parametrize("text", ["my sites", "Sites", "show me my sites please", "Which sites do I look after?"])
def test_my_sites_are_shown(rota: Rota, text: str) -> None:
    assert "You look after, or answer for," in everything(rota.say(AISHA, text))


@pytest.mark.parametrize(
    "text",
    [
        "site netball instagram",
        "Site Netball",
        "S-{site}",
        "site {site}",
        "is Netball Instagram live?",
        "Is the netball instagram closed yet",
        "how is netball instagram?",
        "Netball Instagram",
        "our netball instagram, please",
    ],
)
def test_a_site_is_shown_by_its_name_a_part_of_it_or_its_number(rota: Rota, text: str) -> None:
    assert "Netball Instagram is live." in everything(rota.say(AISHA, text.format(site=rota.site)))


@pytest.mark.parametrize("text", ["health check for Netball Instagram", "checks for netball", "checklist for Netball"])
def test_the_checks_of_a_site_are_begun(rota: Rota, text: str) -> None:
    assert "Netball Instagram, half-termly check: 1 of 6." in everything(rota.say(PRIYA, text))


def test_the_checks_are_those_of_the_state_it_is_in(rota: Rota) -> None:
    move(rota, SiteState.CLOSING)

    assert "Netball Instagram, list before it closes" in everything(rota.say(PRIYA, "checks for netball"))


@pytest.mark.parametrize("text", ["evaluate Netball Instagram", "judge netball", "evaluation of netball"])
def test_a_site_is_judged_on_request(rota: Rota, text: str) -> None:
    assert "How far has Netball Instagram reached its aims?" in everything(rota.say(PRIYA, text))


@pytest.mark.parametrize("text", ["close Netball Instagram", "Shut down netball instagram please"])
def test_closing_is_asked_and_not_done(rota: Rota, text: str) -> None:
    assert "Shall Netball Instagram close?" in everything(rota.say(PRIYA, text))

    assert the_site(rota).state is SiteState.LIVE


@pytest.mark.parametrize("text", ["extend Netball Instagram", "Please extend the netball instagram site"])
def test_the_head_is_asked_until_when_a_site_goes_on(rota: Rota, text: str) -> None:
    (form,) = rota.say(GRACE, text)

    assert form.title == "Until when shall Netball Instagram go on?"
    assert [one.filled for one in form.fields] == [()]
    assert the_site(rota).closure is None


@pytest.mark.parametrize("text", ["extend Netball Instagram until 30 June", "prolong netball to 30 June 2027 please"])
def test_the_day_that_the_head_names_stands_in_the_form_and_nothing_is_decided(rota: Rota, text: str) -> None:
    (form,) = rota.say(GRACE, text)
    before = the_site(rota).closure
    rota.push(GRACE, form, "Let it go on", until=form.fields[0].filled[0])

    assert (before, the_site(rota).closure) == (None, date(2027, 6, 30))


@pytest.mark.parametrize("who", [AISHA, CALLUM])
def test_others_are_told_that_the_head_extends_a_site(rota: Rota, who: str) -> None:
    assert "for the head of the setting to decide" in everything(
        rota.say(who, "extend netball instagram until 30 June")
    )


@pytest.mark.parametrize(
    "text",
    [
        "extend German Exchange until 30 June",
        "extend the deadline",
        "extend netball instagram until everybody has read it",
        "extend netball instagram because it goes well",
    ],
)
def test_what_extends_no_site_is_a_question_about_the_policy(rota: Rota, text: str) -> None:
    said = everything(rota.say(GRACE, text))

    assert "Until when shall" not in said
    assert "Netball Instagram is " not in said


def test_a_site_that_cannot_be_extended_now_shows_its_card(rota: Rota) -> None:
    move(rota, SiteState.SUSPENDED)

    assert "Netball Instagram is suspended." in everything(rota.say(GRACE, "extend netball instagram"))


def test_a_moderator_is_told_who_closes_a_site(rota: Rota) -> None:
    assert "those who answer for the site" in everything(rota.say(CALLUM, "close netball instagram"))


@pytest.mark.parametrize(
    "text",
    [
        "close Netball Instagram on Friday because nobody reads it",
        "is netball instagram live and can I post a photo of pupils?",
        "can I close the school's Facebook page?",
        "site",
        "what is a site?",
        "evaluate",
        "health check of my heart",
        "close",
    ],
)
def test_what_says_more_or_something_else_is_a_question_about_the_policy(rota: Rota, text: str) -> None:
    said = everything(rota.say(PRIYA, text))

    assert "Shall Netball" not in said
    assert "half-termly check" not in said
    assert "How far has" not in said
    assert "Netball Instagram is " not in said


def test_the_name_of_a_site_may_be_an_answer_while_a_form_is_filled_in(rota: Rota) -> None:
    rota.press(PRIYA, Action.START, "site:new")

    assert "Netball Instagram is live." not in everything(rota.say(PRIYA, "Netball Instagram"))


def test_a_site_of_others_is_not_found_by_its_name(rota: Rota) -> None:
    for text in (
        "site netball instagram",
        "is netball instagram live?",
        "netball instagram",
        "close netball instagram",
        "extend netball instagram",
        "sites",
    ):
        assert "Netball Instagram is" not in everything(rota.say(LUCY, text))
