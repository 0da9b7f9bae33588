"""Too few people, logins of one's own, vacant posts, another document: told on their days, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from policy_kb.words import ItemId, Role
from storage.editions import OfficialItem
from tests.handlers.cover.rota_office import CALLUM, EWA, FRIDAY, MONDAY, TOM, TUESDAY, WEDNESDAY, WEEK
from tests.handlers.reminding.nudged import MORNING, NIGHT, look_at, told_on, whoever
from tests.handlers.requests.mornings import leaves
from tests.handlers.requests.office import AISHA, DPO, HARRIET, LM, MARTIN
from tests.handlers.sites.life_office import accept_all
from tests.handlers.sites.people_office import end_parts, name_for, the_site

if TYPE_CHECKING:
    from tests.handlers.cover.rota_office import Rota

TOO_FEW = "Netball Instagram has 1 of 2 moderators"
LOGIN = "Is your login to Netball Instagram still your own"
FIFTH_DAY, FIFTEENTH_DAY = date(2027, 1, 11), date(2027, 1, 25)  # after the INSET day with which the term begins
FOLLOWS = "I know of nobody who follows"
NOTHING: set[str] = set()


def let_ewa_leave(office: Rota, day: date) -> None:
    """Let a day be the first without her, so that Priya is the only one left who moderates."""
    end_parts(office, CALLUM, TOM)
    leaves(office, EWA, day)


def test_too_few_people_are_told_of_at_once_in_the_night_and_not_again_that_morning(netball: Rota) -> None:
    let_ewa_leave(netball, MONDAY)

    at_once = look_at(netball, MONDAY, NIGHT)
    in_the_morning = look_at(netball, MONDAY, MORNING)

    assert {name for name, read in at_once.items() if any(TOO_FEW in one.title for one in read)} == {"aisha", "grace"}
    assert "of 2 moderators" not in str(in_the_morning)


def test_too_few_people_are_told_of_again_every_monday_until_there_are_enough(netball: Rota) -> None:
    let_ewa_leave(netball, MONDAY)
    told_on(netball, MONDAY)

    between = told_on(netball, FRIDAY)
    a_week_later = told_on(netball, MONDAY + WEEK)
    name_for(netball, CALLUM, Role.SITE_MODERATOR)
    accept_all(netball, the_site(netball))
    then = told_on(netball, MONDAY + 2 * WEEK)

    assert whoever(between, "of 2 moderators") == NOTHING
    assert whoever(a_week_later, "of 2 moderators") == {"aisha", "grace"}
    assert whoever(then, "of 2 moderators") == NOTHING


def test_everybody_who_looks_after_a_site_is_asked_about_their_login_in_the_second_week_of_term(netball: Rota) -> None:
    before = told_on(netball, FIFTH_DAY - 3 * DAY)
    told = told_on(netball, FIFTH_DAY)

    assert whoever(before, LOGIN) == NOTHING
    assert whoever(told, LOGIN) == {"aisha", "priya", "callum", "ewa", "tom"}


def test_whoever_has_said_so_is_not_asked_again_and_the_others_are(netball: Rota) -> None:
    told_on(netball, FIFTH_DAY)
    netball.press(TOM, Action.ATTEST, str(netball.site))

    between = told_on(netball, FIFTEENTH_DAY - 3 * DAY)
    again = told_on(netball, FIFTEENTH_DAY)

    assert whoever(between, LOGIN) == NOTHING
    assert whoever(again, LOGIN) == {"aisha", "priya", "callum", "ewa"}


def test_a_post_that_falls_vacant_is_told_of_twenty_and_five_working_days_before(netball: Rota) -> None:
    leaves(netball, MARTIN, date(2027, 2, 1))
    days = (date(2026, 12, 30), date(2027, 1, 4), date(2027, 1, 25))  # weekdays of the trust, without bank holidays

    told = {day: whoever(told_on(netball, day), FOLLOWS) for day in (date(2026, 12, 29), *days, date(2027, 1, 26))}

    assert [day for day, who in told.items() if who] == [date(2027, 1, 4), date(2027, 1, 25)]
    assert all("harriet" in who for who in told.values() if who)


def test_a_post_that_somebody_follows_in_is_not_told_of(netball: Rota) -> None:
    leaves(netball, MARTIN, date(2027, 2, 1))
    look_at(netball, date(2027, 1, 25), NIGHT)
    martin, harriet = netball.person(MARTIN), netball.person(HARRIET)
    (held,) = [one for one in martin.held if one.role is Role.DPO]
    with netball.database.begin() as uow:
        follows = replace(held, ends_on=None)
        uow.people.put((replace(harriet, held=(*harriet.held, follows)),), entry=netball.entry())

    told = look_at(netball, date(2027, 1, 25), MORNING)

    assert not any(FOLLOWS in str(read) for read in told.values())


def test_after_their_last_day_they_are_not_asked_for_approvals(netball: Rota) -> None:
    leaves(netball, MARTIN, WEDNESDAY)
    netball.clock.advance(days=4)
    request_id = netball.sent()

    netball.push(AISHA, netball.card(AISHA, LM), "Approve")

    assert MARTIN not in netball.asked(request_id, DPO)


def test_another_official_document_is_told_of_on_the_next_morning_and_once(netball: Rota) -> None:
    before = told_on(netball, MONDAY)
    entry = netball.entry()
    with netball.database.begin() as uow:
        items = (OfficialItem(id=ItemId("5.4"), words="Somebody else's words."),)
        uow.editions.import_edition(source_name="policy.txt", sha256="0" * 64, items=items, entry=entry)

    told = told_on(netball, TUESDAY)
    after = told_on(netball, WEDNESDAY)

    assert whoever(before, "I quote policy.txt") == NOTHING
    assert whoever(told, "I quote policy.txt") == {"harriet"}
    assert whoever(after, "I quote policy.txt") == NOTHING


def test_what_another_document_says_otherwise_is_told_and_shown(netball: Rota) -> None:
    for words in ("Never.", "Never, ever."):
        with netball.database.begin() as uow:
            items = (OfficialItem(id=ItemId("5.4"), words=words), OfficialItem(id=ItemId("5.5"), words="Ask."))
            uow.editions.import_edition(source_name="p.txt", sha256="0" * 64, items=items, entry=netball.entry())
    look_at(netball, MONDAY, NIGHT)

    (told,) = (one for one in look_at(netball, MONDAY, MORNING)["harriet"] if "I quote p.txt" in plain_text(one))
    (shown,) = netball.push(HARRIET, told, "What changed")

    assert "Of the document before, 1 item has other words. 1 of the 88 golden questions are" in plain_text(told)
    assert "5.4 is: “Never, ever.”" in plain_text(shown)
    assert "5.5" not in plain_text(shown)


def test_a_document_that_another_has_replaced_by_the_morning_is_not_told_of(netball: Rota) -> None:
    with netball.database.begin() as uow:
        uow.editions.import_edition(source_name="old.txt", sha256="0" * 64, items=(), entry=netball.entry())
    look_at(netball, MONDAY, NIGHT)
    with netball.database.begin() as uow:
        uow.editions.import_edition(source_name="new.txt", sha256="1" * 64, items=(), entry=netball.entry())

    told = look_at(netball, MONDAY, MORNING)

    assert "old.txt" not in str(told)
