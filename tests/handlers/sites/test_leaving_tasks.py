"""What is left to do where somebody has gone is handed out by day, and ticked off."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.site_words import TaskKind
from policy_kb.words import Verb
from storage.audit import Subject
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    DENISE,
    EWA,
    GRACE,
    LUCY,
    MONDAY,
    PRIYA,
    TOM,
    Rota,
)
from tests.handlers.requests.mornings import leaves
from tests.handlers.requests.office import everything, labels, option
from tests.handlers.sites.leaving_days import (
    morning_after,
    night,
    of,
    others_have_left_before,
)
from tests.handlers.sites.people_office import (
    audited,
    end_parts,
    tasks,
    the_site,
)

__all__ = ["others_have_left_before"]


def test_administrators_are_told_by_day_to_take_the_login_away_and_tick_it_off(rota: Rota) -> None:
    leaves(rota, TOM, MONDAY)
    night(rota, MONDAY)
    assert rota.inbox(PRIYA) == []

    morning_after(rota, MONDAY)
    (told,) = rota.inbox(PRIYA)
    (done,) = rota.push(PRIYA, told, "Done")

    assert told.title.startswith("Tom Example does not look after Netball Instagram any more")
    assert "change any password they know, on the host's own page (A.3.2)" in plain_text(told)
    assert done.title == "That is done, or not yours to do. Nothing is left of it."
    assert tasks(rota) == ()
    (last,) = audited(rota)[-1:]
    assert last == ("removed", "A.3.2")


def test_in_a_holiday_nobody_is_told_of_a_login_before_the_first_working_day(rota: Rota) -> None:
    first_of_the_holiday, back_at_work = date(2026, 12, 19), date(2027, 1, 4)
    leaves(rota, TOM, first_of_the_holiday)
    night(rota, first_of_the_holiday)

    morning_after(rota, first_of_the_holiday)
    assert rota.inbox(PRIYA) == []
    morning_after(rota, back_at_work)
    (told,) = rota.inbox(PRIYA)

    assert told.title.startswith("Tom Example does not look after Netball Instagram any more")


@pytest.mark.parametrize("who", [CALLUM, LUCY])
def test_nobody_else_ticks_it_off(rota: Rota, who: str) -> None:
    leaves(rota, TOM, MONDAY)
    night(rota, MONDAY)
    (task,) = tasks(rota)

    (refused,) = rota.press(who, Action.TASK_DONE, str(task.id))

    assert refused.title.startswith("A login is for the administrators or the author to take away")
    assert len(tasks(rota)) == 1


def test_too_few_people_are_told_of_to_author_and_head_with_who_has_left(rota: Rota) -> None:
    end_parts(rota, TOM, CALLUM)
    leaves(rota, EWA, MONDAY)

    night(rota, MONDAY)

    for who in (AISHA, GRACE):
        (alert,) = rota.inbox(who)
        assert alert.title == "Netball Instagram has 1 of 2 moderators. Please name somebody (A.5.4)."
        assert "Ewa Example has left the trust." in plain_text(alert)


def test_the_only_administrator_has_gone_so_author_and_head_take_the_login_away(rota: Rota) -> None:
    end_parts(rota, AISHA)
    leaves(rota, PRIYA, MONDAY)
    night(rota, MONDAY)
    morning_after(rota, MONDAY)

    titles = {who: [one.title for one in rota.inbox(who)] for who in (AISHA, GRACE)}

    assert all(any("take their login away" in one for one in some) for some in titles.values())
    (task,) = of(rota, TaskKind.REMOVE_ACCESS)
    rota.press(GRACE, Action.TASK_DONE, str(task.id))
    assert of(rota, TaskKind.REMOVE_ACCESS) == []


def test_of_several_who_leave_one_site_in_one_night_author_and_head_hear_once(rota: Rota) -> None:
    end_parts(rota, TOM)
    leaves(rota, EWA, MONDAY)
    leaves(rota, CALLUM, MONDAY)

    night(rota, MONDAY)

    for who in (AISHA, GRACE):
        assert [one.title for one in rota.inbox(who)] == [
            "Netball Instagram has 1 of 2 moderators. Please name somebody (A.5.4)."
        ]


def test_where_the_author_has_gone_the_head_names_another(rota: Rota) -> None:
    leaves(rota, AISHA, MONDAY)
    night(rota, MONDAY)
    morning_after(rota, MONDAY)
    told = next(one for one in rota.inbox(GRACE) if "author" in one.title)

    (done,) = rota.push(GRACE, told, "Make them its author", who=option(told, "who", "Priya Sample"))

    assert told.title == "Netball Instagram needs a new author: Aisha Sample has left."
    assert done.title.startswith("That is done")
    assert the_site(rota).author == "priya-sample"
    assert of(rota, TaskKind.NEW_AUTHOR) == []
    assert "You are down as the author of Netball Instagram from now on." in [one.title for one in rota.inbox(PRIYA)]


def test_those_who_look_after_the_site_are_proposed_first_as_its_author(rota: Rota) -> None:
    leaves(rota, AISHA, MONDAY)
    night(rota, MONDAY)
    morning_after(rota, MONDAY)
    told = next(one for one in rota.inbox(GRACE) if "author" in one.title)

    first = {one.label.partition(" (")[0] for one in told.fields[0].options[:4]}

    assert first == {"Priya Sample", "Callum Sample", "Ewa Example", "Tom Example"}


def test_an_author_is_named_by_name_and_only_one_of_the_staff(rota: Rota) -> None:
    leaves(rota, AISHA, MONDAY)
    night(rota, MONDAY)
    morning_after(rota, MONDAY)
    told = next(one for one in rota.inbox(GRACE) if "author" in one.title)

    (nobody,) = rota.push(GRACE, told, "Make them its author")
    (left,) = rota.push(GRACE, told, "Make them its author", by_name="Aisha Sample")
    assert the_site(rota).author == "aisha-sample"
    rota.push(GRACE, told, "Make them its author", by_name="lucy example")

    assert nobody.title == "Choose somebody, or write a name, and press again."
    assert left.title.startswith("I do not find exactly one person of that name")
    assert the_site(rota).author == "lucy-example"


@pytest.mark.parametrize("who", [PRIYA, TOM, LUCY])
def test_a_new_author_is_for_the_head_to_name(rota: Rota, who: str) -> None:
    leaves(rota, AISHA, MONDAY)
    night(rota, MONDAY)
    (task,) = of(rota, TaskKind.NEW_AUTHOR)

    (refused,) = rota.press(who, Action.TASK_DONE, str(task.id), {"who": ("tom-example",), "by_name": ()})

    assert refused.title.endswith("and a new author for the head to name.")
    assert the_site(rota).author == "aisha-sample"


def test_where_there_is_no_head_the_office_finds_an_author(rota: Rota) -> None:
    leaves(rota, GRACE, MONDAY)
    leaves(rota, AISHA, MONDAY)
    night(rota, MONDAY)
    morning_after(rota, MONDAY)
    told = next(one for one in rota.inbox(DENISE) if "author" in everything([one]))
    task = next(one for one in of(rota, TaskKind.NEW_AUTHOR))

    rota.press(DENISE, Action.TASK_DONE, str(task.id), {"who": ("priya-sample",), "by_name": ()})

    assert told.fields
    assert the_site(rota).author == "priya-sample"


def test_the_head_is_told_of_all_that_is_theirs_to_do_in_one_message(rota: Rota) -> None:
    for one in (AISHA, PRIYA):
        leaves(rota, one, MONDAY)
    end_parts(rota, TOM, CALLUM, EWA)
    night(rota, MONDAY)
    morning_after(rota, MONDAY)

    (told,) = [message for message in rota.inbox(GRACE) if "left to do" in message.title]

    assert told.title == "3 things are left to do, because somebody has gone."
    assert len(labels(told)) == 3
    (task,) = of(rota, TaskKind.NEW_AUTHOR)
    assert f"Author of {the_site(rota).name}" in labels(told)
    (after,) = rota.push(GRACE, told, "Done: Priya")
    assert after.title == "2 things are left to do, because somebody has gone."
    assert task in tasks(rota)


def test_whoever_ticks_off_what_another_did_meanwhile_is_shown_what_is_left(rota: Rota) -> None:
    leaves(rota, TOM, MONDAY)
    night(rota, MONDAY)
    (task,) = tasks(rota)

    rota.press(PRIYA, Action.TASK_DONE, str(task.id))
    (shown,) = rota.press(AISHA, Action.TASK_DONE, f"{task.id}:{task.id}")

    assert shown.title == "That is done, or not yours to do. Nothing is left of it."
    with rota.database.begin() as uow:
        chain = uow.audit.chain(Subject.of_site(rota.site))
    assert sum(row.verb == Verb.REMOVED and "remove_access" in row.facts for row in chain) == 1


@pytest.mark.parametrize("about", ["", "x", "0", "1:", "99999", "1,2", "1:x"])
def test_a_task_that_is_none_is_answered_kindly(rota: Rota, about: str) -> None:
    (said,) = rota.press(PRIYA, Action.TASK_DONE, about)

    assert said.title.startswith(("I cannot show you that", "That is done"))
