"""Whoever is asked to look after a site accepts or refuses, in one part or in both."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.message import plain_text
from handlers.sites.looking_after import ask_all
from policy_kb.bot_words import Action, SayKind
from policy_kb.site_words import SiteState
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    GRACE,
    LUCY,
    PRIYA,
    TOM,
    Rota,
)
from tests.handlers.requests.mornings import leaves
from tests.handlers.requests.office import labels
from tests.handlers.sites.people_office import (
    ADMINISTRATOR,
    MODERATOR,
    acting,
    audited,
    change,
    end_parts,
    move,
    name_for,
    parts,
    the_site,
)

KINDLY = ("I cannot show", "You are not", "Only", "Who ")


def ask_everybody(rota: Rota) -> None:
    site = the_site(rota)
    with rota.database.begin() as uow:
        ask_all(site, acting(rota, uow))


def test_whoever_is_named_is_asked_and_accepts_with_a_login_of_their_own(rota: Rota) -> None:
    name_for(rota, LUCY, MODERATOR)
    ask_everybody(rota)
    (asked,) = rota.inbox(LUCY)

    (accepted,) = rota.push(LUCY, asked, "I accept")

    assert asked.title == "Do you moderate Netball Instagram? Please say yes or no."
    assert labels(asked) == ["I accept and have my own login", "Not me"]
    assert "never send me one" in plain_text(asked)
    assert accepted.title == "You are moderator of Netball Instagram, with a login of your own (A.3.2)."
    assert accepted.replaces
    assert parts(rota, LUCY, accepted=True) == {MODERATOR}
    assert audited(rota)[-1] == ("accepted", "A.3.2")


def test_accepting_twice_is_the_same_as_once(rota: Rota) -> None:
    name_for(rota, LUCY, MODERATOR)
    ask_everybody(rota)
    (asked,) = rota.inbox(LUCY)

    rota.push(LUCY, asked, "I accept")
    before = audited(rota)
    (again,) = rota.push(LUCY, asked, "I accept")

    assert again.title.startswith("You are moderator of Netball Instagram")
    assert audited(rota) == before


def test_somebody_named_for_both_parts_is_asked_once_and_accepts_both_by_one_tap(rota: Rota) -> None:
    name_for(rota, LUCY, ADMINISTRATOR, MODERATOR)
    ask_everybody(rota)
    (asked,) = rota.inbox(LUCY)

    (accepted,) = rota.push(LUCY, asked, "I accept both")

    assert asked.title == "Do you administer and moderate Netball Instagram? Please say yes or no."
    assert accepted.title.startswith("You are administrator and moderator of Netball Instagram")
    assert parts(rota, LUCY, accepted=True) == {ADMINISTRATOR, MODERATOR}


def test_of_two_parts_one_alone_can_be_accepted(rota: Rota) -> None:
    name_for(rota, LUCY, ADMINISTRATOR, MODERATOR)
    ask_everybody(rota)
    (asked,) = rota.inbox(LUCY)

    (people,) = rota.push(LUCY, asked, "Only one of the two")
    rota.push(LUCY, people, "I accept as moderator")
    (left,) = rota.push(LUCY, people, "Not as administrator")

    assert parts(rota, LUCY) == parts(rota, LUCY, accepted=True) == {MODERATOR}
    assert left.title == "You are not down as administrator for Netball Instagram."


def test_whoever_refuses_is_off_the_site_and_author_and_head_are_told(rota: Rota) -> None:
    name_for(rota, LUCY, ADMINISTRATOR, MODERATOR)
    ask_everybody(rota)
    (asked,) = rota.inbox(LUCY)

    (refused,) = rota.push(LUCY, asked, "Not me")

    assert refused.title == "You are not down for Netball Instagram."
    assert "Ask Aisha Sample, who answers for the site." in plain_text(refused)
    assert parts(rota, LUCY) == set()
    for who in (AISHA, GRACE):
        (told,) = rota.inbox(who)
        assert told.title == "Lucy Example has said that they do not look after Netball Instagram."
        assert "has the people it needs without them" in plain_text(told)


def test_refusing_twice_tells_once(rota: Rota) -> None:
    name_for(rota, LUCY, MODERATOR)
    ask_everybody(rota)
    (asked,) = rota.inbox(LUCY)

    rota.push(LUCY, asked, "Not me")
    rota.push(LUCY, asked, "Not me")

    assert len(rota.inbox(GRACE)) == 1


def test_whoever_presses_a_card_of_a_part_they_have_no_longer_is_told_so_kindly(rota: Rota) -> None:
    name_for(rota, LUCY, MODERATOR)
    ask_everybody(rota)
    (asked,) = rota.inbox(LUCY)
    end_parts(rota, LUCY)

    (shown,) = rota.push(LUCY, asked, "I accept")

    assert shown.title == "You are not down as moderator for Netball Instagram."
    assert parts(rota, LUCY) == set()


def test_of_a_site_that_is_over_nothing_is_left_to_accept(rota: Rota) -> None:
    name_for(rota, LUCY, MODERATOR)
    ask_everybody(rota)
    (asked,) = rota.inbox(LUCY)
    move(rota, SiteState.CLOSED)

    (shown,) = rota.push(LUCY, asked, "I accept")

    assert shown.title == "Netball Instagram is not in use any more. There is nothing left to look after."


def test_nobody_is_asked_who_accepted_or_has_left(rota: Rota) -> None:
    name_for(rota, LUCY, MODERATOR)
    leaves(rota, LUCY, date(2026, 11, 20))

    ask_everybody(rota)

    assert all(rota.inbox(one) == [] for one in (LUCY, TOM, PRIYA))


@pytest.mark.parametrize(
    "about",
    ["", "0", "x", "99", "7:head", "7:site_moderator:tom|example:surely", "7:site_moderator:", "7:all", "9" * 30],
)
@pytest.mark.parametrize(
    "action", [Action.ACCEPT_PART, Action.REFUSE_PART, Action.NAME_PEOPLE, Action.END_PART, Action.ATTEST]
)
def test_a_button_that_is_about_nothing_is_answered_kindly_and_changes_nothing(
    rota: Rota, action: Action, about: str
) -> None:
    before = audited(rota)

    said = rota.press(LUCY, action, about)

    assert [
        one.title for one in said if not one.title.startswith(("I cannot show", "You are not", "Only", "Who "))
    ] == []
    assert audited(rota) == before


def test_the_author_of_a_site_is_named_to_somebody_who_is_not_down_for_it(rota: Rota) -> None:
    change(rota, author=rota.person(CALLUM).id)

    shown = rota.told(LUCY, SayKind.PART_ASKED, str(rota.site))

    assert "Ask Callum Sample, who answers for the site." in plain_text(shown)
