"""Gaps are shown, settled by a decision that is written down, or given to somebody; a rota is cut anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from policy_kb.site_words import GapKind, SiteState
from storage.audit import Subject
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    DENISE,
    FRIDAY,
    GRACE,
    LUCY,
    MONDAY,
    PRIYA,
    THURSDAY,
    TOM,
    TUESDAY,
    WEEK,
    Rota,
)
from tests.handlers.requests.office import everything, labels, option

if TYPE_CHECKING:
    from handlers.message import Message


def intended(rota: Rota) -> list[tuple[GapKind, date, date]]:
    with rota.database.begin() as uow:
        found = uow.rota.intended_gaps(date(2026, 1, 1), date(2030, 1, 1), sites=(rota.site,))
    return [(one.kind, one.starts_on, one.ends_on) for one in found]


def test_a_gap_is_told_in_days_and_slots(rota: Rota) -> None:
    rota.leave_open(THURSDAY, FRIDAY, *(one + WEEK for one in (TUESDAY,)))

    (shown,) = rota.press(AISHA, Action.GAPS, str(rota.site))

    text = plain_text(shown)
    assert shown.title == "Netball Instagram: 3 of 40 slots in the next 13 weeks are not covered."
    assert "Gap 1: Thursday 3 December to Friday 4 December: 2 days" in text
    assert "Gap 2: Tuesday 8 December" in text
    assert labels(shown) == ["Give it to somebody", "Comments are off", "Pause the site", "Change the rota"]


def test_an_empty_rota_says_so_loudest(rota: Rota) -> None:
    with rota.database.begin() as uow:
        uow.rota.drop(rota.site, start=date(2026, 11, 1))

    (shown,) = rota.press(AISHA, Action.GAPS, str(rota.site))

    assert shown.title == "Nobody looks after Netball Instagram: its rota is empty for 13 weeks."


def settled_by(rota: Rota, who: str, gaps: Message, label: str, **values: str) -> Message:
    """Press the button of a decision, and say yes to what is read back."""
    (asked,) = rota.push(who, gaps, label, **values)
    (shown,) = rota.push(who, asked, "Yes")
    return shown


def test_a_decision_is_read_back_before_it_is_made(rota: Rota) -> None:
    rota.leave_open(THURSDAY, FRIDAY)
    (gaps,) = rota.press(AISHA, Action.GAPS, str(rota.site))

    (asked,) = rota.push(AISHA, gaps, "Comments are off")
    before = intended(rota)
    (shown,) = rota.push(AISHA, asked, "No")

    assert shown.replaces  # so that the question does not stay open
    assert asked.title == "Comments off on Netball Instagram, Thursday 3 December to Friday 4 December?"
    assert before == intended(rota) == []
    assert "2 of 40 slots" in shown.title


def test_comments_off_is_a_decision_with_a_name_and_a_day(rota: Rota) -> None:
    rota.leave_open(THURSDAY, FRIDAY)
    (gaps,) = rota.press(AISHA, Action.GAPS, str(rota.site))

    shown = settled_by(rota, AISHA, gaps, "Comments are off")

    assert intended(rota) == [(GapKind.COMMENTS_OFF, THURSDAY, FRIDAY.replace(day=5))]
    assert "Decided by Aisha Sample on 29 November 2026" in plain_text(shown)
    assert shown.title.startswith("Netball Instagram: no gap is left in the next 13 weeks.")
    rota.leave_open(MONDAY + WEEK)
    (gaps,) = rota.press(AISHA, Action.GAPS, str(rota.site))
    assert gaps.title == "Netball Instagram: 1 of 38 slots in the next 13 weeks are not covered."
    told = everything(rota.inbox(GRACE))
    assert "Comments are off on Netball Instagram, Thursday 3 December to Friday 4 December" in told
    assert "Aisha Sample decided that." in told
    with rota.database.begin() as uow:
        assert "gap_settled" in [row.verb for row in uow.audit.chain(Subject.of_site(rota.site))]


def test_of_several_gaps_the_one_that_is_chosen_is_settled(rota: Rota) -> None:
    rota.leave_open(TUESDAY, THURSDAY)
    (gaps,) = rota.press(GRACE, Action.GAPS, str(rota.site))

    settled_by(rota, GRACE, gaps, "Pause", gap=option(gaps, "gap", "Thursday"))

    assert intended(rota) == [(GapKind.PAUSED, THURSDAY, FRIDAY)]


def test_deciding_twice_is_deciding_once(rota: Rota) -> None:
    rota.leave_open(THURSDAY)
    (gaps,) = rota.press(AISHA, Action.GAPS, str(rota.site))

    (asked,) = rota.push(AISHA, gaps, "Comments are off")
    for _ in range(2):
        rota.push(AISHA, asked, "Yes")
    rota.push(AISHA, gaps, "Comments are off")

    assert len(intended(rota)) == 1


def test_a_decision_can_be_taken_back(rota: Rota) -> None:
    rota.leave_open(THURSDAY)
    (gaps,) = rota.press(AISHA, Action.GAPS, str(rota.site))
    settled = settled_by(rota, AISHA, gaps, "Comments are off")

    (asked,) = rota.push(AISHA, settled, "Take back: 3 Dec")
    before = intended(rota)
    (shown,) = rota.push(AISHA, asked, "Yes")
    (again,) = rota.push(AISHA, asked, "Yes")

    assert asked.title == "Take it back: comments off on Netball Instagram, Thursday 3 December?"
    assert "Aisha Sample decided it on 29 November 2026." in plain_text(asked)
    assert (len(before), intended(rota)) == (1, [])
    assert "1 of 40 slots" in shown.title
    assert again.title == "I cannot show you that any more."


def test_a_decision_that_is_not_taken_back_after_all_stands(rota: Rota) -> None:
    rota.leave_open(THURSDAY)
    (gaps,) = rota.press(AISHA, Action.GAPS, str(rota.site))
    settled = settled_by(rota, AISHA, gaps, "Comments are off")
    (asked,) = rota.push(AISHA, settled, "Take back: 3 Dec")

    (shown,) = rota.push(AISHA, asked, "No")

    assert shown == settled
    assert len(intended(rota)) == 1


def test_those_who_answer_for_a_site_and_whoever_decided_hear_who_took_it_back(rota: Rota) -> None:
    rota.leave_open(THURSDAY)
    (gaps,) = rota.press(PRIYA, Action.GAPS, str(rota.site))
    settled = settled_by(rota, PRIYA, gaps, "Comments are off")
    for who in (AISHA, GRACE):
        rota.inbox(who)

    (asked,) = rota.push(AISHA, settled, "Take back: 3 Dec")
    rota.push(AISHA, asked, "Yes")

    for who in (PRIYA, GRACE):
        (told,) = rota.inbox(who)
        assert (
            told.title == "Aisha Sample took a decision back. Netball Instagram: comments off on Thursday 3 December."
        )
        assert "Cover is owed then again" in plain_text(told)
    assert rota.inbox(AISHA) == rota.inbox(TOM) == []


def test_of_days_that_are_decided_anew_nobody_reads_that_cover_is_owed(rota: Rota) -> None:
    rota.leave_open(THURSDAY)
    (gaps,) = rota.press(PRIYA, Action.GAPS, str(rota.site))
    settled = settled_by(rota, PRIYA, gaps, "Comments are off")
    (asked,) = rota.push(PRIYA, settled, "Take back: 3 Dec")
    rota.push(PRIYA, asked, "Yes")
    settled_by(rota, PRIYA, gaps, "Pause")

    told = everything(rota.inbox(GRACE))

    assert "Priya Sample took a decision back." in told
    assert "Cover is owed then again" not in told


@pytest.mark.parametrize(("days_later", "why"), [(0, "that decision was taken back"), (20, "those days are over")])
def test_whoever_reads_late_of_a_decision_is_told_which_it_was(rota: Rota, days_later: int, why: str) -> None:
    rota.leave_open(THURSDAY)
    rota.press(AISHA, Action.SETTLE_GAP_SURELY, f"{rota.site}:2026-12-03:2026-12-04:comments_off")
    (gaps,) = rota.press(AISHA, Action.GAPS, str(rota.site))
    (asked,) = rota.push(AISHA, gaps, "Take back: 3 Dec")
    rota.push(AISHA, asked, "Yes")
    rota.clock.advance(days=days_later)

    told, after = rota.inbox(GRACE)

    assert after.title.startswith("Aisha Sample took a decision back.")
    assert told.title == f"Netball Instagram: comments off on Thursday 3 December: {why}."


@pytest.mark.parametrize("who", [TOM, CALLUM, DENISE, LUCY])
def test_only_author_administrators_and_head_decide(rota: Rota, who: str) -> None:
    rota.leave_open(THURSDAY)

    (shown,) = rota.press(who, Action.SETTLE_GAP_SURELY, f"{rota.site}:2026-12-03:2026-12-04:comments_off")

    assert shown.title.startswith("Only the site's author, its administrators or the head")
    assert intended(rota) == []


def test_there_is_nothing_to_decide_about_days_that_are_covered(rota: Rota) -> None:
    (shown,) = rota.press(AISHA, Action.SETTLE_GAP_SURELY, f"{rota.site}:2026-12-03:2026-12-04:paused")

    assert shown.title.startswith("These days are not without cover any more")
    assert intended(rota) == []


def test_moderators_see_gaps_and_how_to_help(rota: Rota) -> None:
    rota.leave_open(THURSDAY)

    (shown,) = rota.press(CALLUM, Action.GAPS, str(rota.site))

    assert "I'll take Friday" in plain_text(shown)
    assert labels(shown) == ["Who is on"]


def test_whoever_has_no_part_in_the_site_sees_nothing(rota: Rota) -> None:
    (shown,) = rota.press(LUCY, Action.GAPS, str(rota.site))

    assert shown.title == "I cannot show you that any more."


def test_the_head_sees_the_gaps_of_every_site_the_emptiest_first(rota: Rota) -> None:
    rota.leave_open(THURSDAY)

    (shown,) = rota.say(GRACE, "gaps")

    assert "sites" in shown.title
    assert all(one.label.startswith(("Gaps of", "Open the register")) for one in shown.buttons)


def test_gaps_of_sites_that_are_all_left_on_purpose_can_be_read(rota: Rota) -> None:
    with rota.database.begin() as uow:
        days = [one.starts_on for one in uow.rota.slots(MONDAY, date(2027, 9, 1), sites=(rota.site,))]
        netball = uow.sites.get(rota.site)
        assert netball is not None
        uow.sites.open(replace(netball, name="Another", state=SiteState.APPROVED), entry=rota.entry())
    rota.leave_open(*days)
    rota.press(
        AISHA, Action.SETTLE_GAP_SURELY, f"{rota.site}:{days[0].isoformat()}:{date(2027, 9, 1).isoformat()}:paused"
    )

    (shown,) = rota.press(AISHA, Action.GAPS, "")

    assert shown.title == "1 of 2 sites has gaps in the next 13 weeks."
    assert "Netball" not in plain_text(shown)


def test_a_week_that_has_begun_is_left_on_purpose_whole_and_once(rota: Rota) -> None:
    rota.clock.instant = datetime(2026, 12, 2, 10, 0, tzinfo=UTC)  # a Wednesday
    with rota.database.begin() as uow:
        uow.rota.drop(rota.site, start=date(2026, 11, 1))
    rota.lay_out(MONDAY, 5, PRIYA)
    rota.leave_open(MONDAY)
    (gaps,) = rota.press(AISHA, Action.GAPS, str(rota.site))

    shown = settled_by(rota, AISHA, gaps, "Comments are off")
    (again,) = rota.push(AISHA, gaps, "Comments are off")

    assert again == shown
    assert intended(rota) == [(GapKind.COMMENTS_OFF, MONDAY, MONDAY + 5 * DAY)]
    assert shown.title.startswith("Netball Instagram: no gap is left in the next 13 weeks.")
