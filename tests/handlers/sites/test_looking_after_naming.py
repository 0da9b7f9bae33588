"""People are named for a site, by a tap, from a list, or by a typed name; and whoever should hears where too few do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from handlers.sites.looking_after import watch
from policy_kb.bot_words import Action, SayKind
from policy_kb.site_words import SiteState
from tests.handlers.cover.rota_office import AISHA, CALLUM, DENISE, EWA, GRACE, LUCY, PRIYA, TOM, Rota
from tests.handlers.requests.mornings import leaves
from tests.handlers.requests.office import MARTIN, labels, option
from tests.handlers.sites.people_office import (
    ADMINISTRATOR,
    MODERATOR,
    RUTH,
    acting,
    audited,
    end_parts,
    move,
    name_for,
    parts,
    the_site,
)

if TYPE_CHECKING:
    from handlers.message import Message


def form(rota: Rota, who: str = AISHA, role: str = "site_moderator") -> Message:
    (shown,) = rota.press(who, Action.NAME_PEOPLE, f"{rota.site}:{role}")
    return shown


def look(rota: Rota) -> None:
    with rota.database.begin() as uow:
        watch(rota.site, acting(rota, uow))


def test_the_form_proposes_people_of_the_setting_who_do_not_have_the_part(rota: Rota) -> None:
    shown = form(rota)

    people = [one.label for one in shown.fields[0].options]
    assert shown.title == "Whom shall I ask to moderate Netball Instagram?"
    assert people[0] == "Aisha Sample (same department)"
    assert not any(one.startswith(("Tom", "Priya", "Callum", "Ewa")) for one in people)
    assert not any(one.startswith(("Martin", "Farah", "Owen")) for one in people)
    assert people[-1] == "Somebody else, named below"
    assert [(one.needed, one.filled) for one in shown.fields] == [(True, ()), (False, ())]


def test_whoever_is_chosen_is_asked_and_stands_on_the_card_as_asked(rota: Rota) -> None:
    shown = form(rota)

    (people,) = rota.push(AISHA, shown, "Ask them", who=option(shown, "who", "Lucy Example"))

    assert "Lucy Example (asked, has not accepted yet)" in plain_text(people)
    assert people.replaces
    assert parts(rota, LUCY, accepted=False) == {MODERATOR}
    assert [one.title for one in rota.inbox(LUCY)] == ["Do you moderate Netball Instagram? Please say yes or no."]
    assert audited(rota)[-1] == ("added", "A.5.4")


@pytest.mark.parametrize("typed", ["Lucy", "lucy example", "Lucy Exämple", LUCY, " Ms Lucy Example. "])
def test_somebody_is_named_as_one_writes_them(rota: Rota, typed: str) -> None:
    rota.push(AISHA, form(rota), "Ask them", by_name=typed)

    assert parts(rota, LUCY) == {MODERATOR}


@pytest.mark.parametrize(
    "typed", ["Ruth or so", "Lucey", "Nobody Atall", "Lucy and Ruth", "owen@nowhere.example", "Owen"]
)
def test_a_name_that_is_nobodys_for_certain_is_asked_for_again(rota: Rota, typed: str) -> None:
    before = audited(rota)

    (refused,) = rota.push(AISHA, form(rota), "Ask them", by_name=typed)

    assert refused.title.startswith("I do not find exactly one person of that name")
    assert audited(rota) == before


def test_somebody_who_is_not_among_the_proposed_is_named_by_their_name(rota: Rota) -> None:
    shown = form(rota)
    other = option(shown, "who", "Somebody else")
    (refused,) = rota.push(AISHA, shown, "Ask them", who=other)

    assert refused.title == "Choose somebody, or write a name, and press again."
    rota.push(AISHA, shown, "Ask them", who=other, by_name="Lucy Example")
    assert parts(rota, LUCY) == {MODERATOR}


def test_a_form_without_a_name_is_asked_for_one(rota: Rota) -> None:
    (refused,) = rota.push(AISHA, form(rota), "Ask them")

    assert refused.title == "Choose somebody, or write a name, and press again."


def test_somebody_who_has_left_or_has_the_part_is_not_named(rota: Rota) -> None:
    (left,) = rota.press(AISHA, Action.NAME_PEOPLE, f"{rota.site}:site_moderator:owen-example")
    (has,) = rota.press(AISHA, Action.NAME_PEOPLE, f"{rota.site}:site_moderator:tom-example")

    assert left.title.startswith("I do not find exactly one person of that name")
    assert has.title == "They do that for this site already, and have accepted it."


def test_whoever_names_themselves_is_asked_at_once_for_their_own_login(rota: Rota) -> None:
    _, asked = rota.push(AISHA, form(rota), "Ask them", by_name="me")

    assert asked.title == "Do you moderate Netball Instagram? Please say yes or no."
    rota.push(AISHA, asked, "I accept")
    assert parts(rota, AISHA, accepted=True) == {ADMINISTRATOR, MODERATOR}


def test_whoever_was_asked_before_is_asked_again_the_next_day_and_not_twice_on_one(rota: Rota) -> None:
    for _ in range(3):
        rota.press(AISHA, Action.NAME_PEOPLE, f"{rota.site}:site_moderator:lucy-example")
    once = len(rota.inbox(LUCY))

    rota.wait(timedelta(days=1))
    rota.press(PRIYA, Action.NAME_PEOPLE, f"{rota.site}:site_moderator:lucy-example")

    assert (once, len(rota.inbox(LUCY))) == (1, 1)


@pytest.mark.parametrize("who", [PRIYA, GRACE, DENISE])
def test_administrators_the_head_and_the_office_name_people_too(rota: Rota, who: str) -> None:
    rota.press(who, Action.NAME_PEOPLE, f"{rota.site}:site_administrator:lucy-example")

    assert parts(rota, LUCY) == {ADMINISTRATOR}


@pytest.mark.parametrize("who", [TOM, LUCY, MARTIN])
def test_nobody_else_does(rota: Rota, who: str) -> None:
    (refused,) = rota.press(who, Action.NAME_PEOPLE, f"{rota.site}:site_administrator:lucy-example")

    assert refused.title.startswith("Who looks after a site is for its author")
    assert parts(rota, LUCY) == set()


def test_for_a_site_that_is_over_nobody_is_named(rota: Rota) -> None:
    move(rota, SiteState.CLOSED)

    (refused,) = rota.press(AISHA, Action.NAME_PEOPLE, f"{rota.site}:site_moderator:lucy-example")

    assert refused.title == "This site is not in use any more, so nobody needs to look after it."


def test_who_looks_after_a_site_is_shown_to_those_who_have_a_part_in_it(rota: Rota) -> None:
    name_for(rota, LUCY, MODERATOR)

    (mine,) = rota.press(TOM, Action.NAME_PEOPLE, str(rota.site))
    (heads,) = rota.press(GRACE, Action.NAME_PEOPLE, str(rota.site))
    (others,) = rota.press(RUTH, Action.NAME_PEOPLE, str(rota.site))

    assert labels(mine) == ["Step down as moderator"]
    assert labels(heads) == ["Name an administrator", "Name a moderator", "Take somebody off"]
    assert "Author: Aisha Sample" in plain_text(heads)
    assert "Lucy Example (asked, has not accepted yet)" in plain_text(heads)
    assert others.title == "I cannot show you that."


def test_whoever_was_asked_and_cannot_be_reached_is_pointed_out(rota: Rota) -> None:
    name_for(rota, LUCY, MODERATOR)
    with rota.database.begin() as uow:
        uow.chat_addresses.forget([rota.person_in(uow, LUCY).id])

    shown = rota.told(AISHA, SayKind.SITE_PEOPLE, str(rota.site))

    assert "Lucy Example (not reached: ask them to say hello to me)" in plain_text(shown)


def test_that_few_different_people_look_after_a_site_is_said_and_refused_to_nobody(rota: Rota) -> None:
    end_parts(rota, TOM, CALLUM, EWA)
    name_for(rota, AISHA, MODERATOR)
    rota.press(AISHA, Action.ACCEPT_PART, f"{rota.site}:site_moderator")

    (shown,) = rota.press(AISHA, Action.NAME_PEOPLE, str(rota.site))

    assert "only 2 look after it in all" in plain_text(shown)


def test_below_two_is_told_at_once_to_author_and_head_with_people_to_ask_by_one_tap(rota: Rota) -> None:
    end_parts(rota, TOM, CALLUM)
    rota.clock.instant = rota.clock.instant.replace(hour=22)

    rota.press(EWA, Action.END_PART, f"{rota.site}:site_moderator:ewa-example:surely")

    for who in (AISHA, GRACE):
        alert = next(one for one in rota.inbox(who) if one.title.startswith("Netball"))
        assert alert.title == "Netball Instagram has 1 of 2 moderators. Please name somebody (A.5.4)."
        assert "Ewa Example has said that they do not moderate it." in plain_text(alert)
        assert labels(alert)[-1] == "Somebody else"
        assert len(labels(alert)) == 5
    asked = labels(alert)[0].removeprefix("Ask ")
    (people,) = rota.push(GRACE, alert, f"Ask {asked}")
    assert f"{asked} (asked, has not accepted yet)" in plain_text(people)


def test_the_alert_tells_who_was_asked_already_and_that_all_is_well_once_it_is(rota: Rota) -> None:
    end_parts(rota, TOM, CALLUM, EWA)
    name_for(rota, LUCY, MODERATOR)
    look(rota)
    alert = rota.inbox(GRACE)[-1]

    rota.press(LUCY, Action.ACCEPT_PART, f"{rota.site}:site_moderator")
    later = rota.told(GRACE, SayKind.BELOW_TWO, str(rota.site))

    assert "Asked as moderator, no answer yet: Lucy Example" in plain_text(alert)
    assert later.title == "Netball Instagram has the people it needs again."


def test_where_both_roles_lack_somebody_each_can_be_named(rota: Rota) -> None:
    end_parts(rota, PRIYA, TOM, CALLUM, EWA)

    look(rota)
    (alert,) = rota.inbox(GRACE)

    assert alert.title.startswith("Netball Instagram has 1 of 2 administrators and no moderator.")
    assert labels(alert) == ["Name an administrator", "Name a moderator", "Who looks after it"]
    (shown,) = rota.push(GRACE, alert, "Name a moderator")
    assert shown.title == "Whom shall I ask to moderate Netball Instagram?"


def test_the_same_fall_is_told_once_a_day_and_another_one_at_once(rota: Rota) -> None:
    end_parts(rota, TOM, CALLUM, EWA)
    look(rota)
    look(rota)
    once = len(rota.inbox(GRACE))
    end_parts(rota, PRIYA)
    look(rota)
    worse = len(rota.inbox(GRACE))
    rota.wait(timedelta(days=1))
    look(rota)

    assert (once, worse, len(rota.inbox(GRACE))) == (1, 1, 1)


def test_a_second_refusal_on_the_same_day_is_told_although_the_numbers_are_the_same(rota: Rota) -> None:
    end_parts(rota, TOM, CALLUM, EWA)
    for who in (LUCY, RUTH):
        name_for(rota, who, MODERATOR)
        rota.press(who, Action.REFUSE_PART, f"{rota.site}:site_moderator")

    told = [plain_text(one) for one in rota.inbox(GRACE)]

    assert ["Lucy Example" in told[0], "Ruth Sample has said" in told[1]] == [True, True]


def test_an_alert_reaches_the_office_where_neither_author_nor_head_can_be_told(rota: Rota) -> None:
    leaves(rota, AISHA, date(2026, 11, 20))
    leaves(rota, GRACE, date(2026, 11, 20))
    end_parts(rota, TOM, CALLUM, EWA)

    look(rota)

    assert [one.title[:21] for one in rota.inbox(DENISE)] == ["Netball Instagram has"]
    assert rota.inbox(AISHA) == rota.inbox(GRACE) == []


def test_where_enough_people_look_after_a_site_nobody_is_told(rota: Rota) -> None:
    look(rota)

    assert all(rota.inbox(who) == [] for who in (AISHA, GRACE, DENISE))


def test_a_site_that_is_still_to_come_alarms_nobody_about_people_who_were_only_just_asked(rota: Rota) -> None:
    end_parts(rota, TOM, CALLUM, EWA)
    name_for(rota, LUCY, MODERATOR)
    move(rota, SiteState.APPROVED)

    look(rota)
    assert rota.inbox(GRACE) == []

    rota.press(LUCY, Action.REFUSE_PART, f"{rota.site}:site_moderator")
    (alert,) = rota.inbox(GRACE)
    assert alert.title.startswith("Netball Instagram has 1 of 2 moderators.")


def test_the_alert_is_for_those_who_have_a_part_in_the_site(rota: Rota) -> None:
    end_parts(rota, TOM, CALLUM, EWA)

    assert rota.told(RUTH, SayKind.BELOW_TWO, str(rota.site)).title == "I cannot show you that."
    assert rota.told(GRACE, SayKind.BELOW_TWO, "99").title == "I cannot show you that."


def test_whoever_is_of_the_department_and_has_least_to_do_is_proposed_first(rota: Rota) -> None:
    end_parts(rota, TOM, CALLUM, EWA, PRIYA)
    site = the_site(rota)

    people = [one.label for one in form(rota).fields[0].options]

    assert site.author == "aisha-sample"
    assert {one.partition(" (")[0] for one in people[:4]} >= {"Callum Sample", "Ewa Example", "Priya Sample"}
