"""What a term's log shows: how much, what, and whether it grows; in numbers, and without a name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.site_words import LogAction, LogCategory
from policy_kb.words import PersonId
from storage.moderation import LogLine
from tests.handlers.cover.rota_office import AISHA, DENISE, GRACE, LUCY, NAME, PRIYA, TOM, Rota
from tests.handlers.requests.office import labels
from tests.handlers.sites.people_office import end_parts

if TYPE_CHECKING:
    from handlers.message import Message

AUTUMN = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
SUMMER = datetime(2026, 6, 8, 12, 0, tzinfo=UTC)


def write(rota: Rota, at: datetime, number: int, *what: tuple[LogAction, LogCategory]) -> None:
    with rota.database.begin() as uow:
        for count in range(number):
            for action, category in what:
                line = LogLine(
                    site=rota.site,
                    action=action,
                    category=category,
                    link="",
                    by=PersonId("tom-example"),
                    at=at + timedelta(hours=count),
                )
                uow.moderation.write(line, entry=rota.entry())


def shown(rota: Rota, who: str = AISHA) -> Message:
    (said,) = rota.press(who, Action.PATTERNS, str(rota.site))
    return said


@pytest.mark.parametrize("who", [AISHA, PRIYA, GRACE])
def test_author_administrators_and_head_see_the_term_in_numbers(rota: Rota, who: str) -> None:
    write(rota, AUTUMN, 6, (LogAction.REMOVED, LogCategory.SPAM))
    write(rota, AUTUMN, 2, (LogAction.HIDDEN, LogCategory.RUDE))
    write(rota, SUMMER, 1, (LogAction.REMOVED, LogCategory.SPAM), (LogAction.KEPT, LogCategory.COMPLAINT))

    said = shown(rota, who)

    text = plain_text(said)
    assert said.title.startswith(f"{NAME}: 8 things were logged from ")
    assert said.title.endswith("to 29 November 2026.")
    assert "Spam or advertising: 6 (the term before: 1)" in text
    assert "A complaint: 0 (the term before: 1)" in text
    assert "What was done: removed 6; hidden 2" in text
    assert "more than in the term before" in text
    assert "In the term before, 2 things were logged." in text
    assert "Tom" not in text


def test_that_nothing_was_logged_is_said_as_it_is(rota: Rota) -> None:
    said = shown(rota)

    assert said.title.startswith(f"{NAME}: nothing was logged from ")
    assert "whether it grows" not in plain_text(said)
    assert "A quiet term, or one in which nobody logged: I cannot tell which." in plain_text(said)


def test_one_thing_is_called_one(rota: Rota) -> None:
    write(rota, AUTUMN, 1, (LogAction.REMOVED, LogCategory.SPAM))

    assert shown(rota).title.startswith(f"{NAME}: one thing was logged from ")


def test_the_term_before_is_a_tap_away(rota: Rota) -> None:
    write(rota, SUMMER, 3, (LogAction.REMOVED, LogCategory.SPAM))

    (before,) = rota.push(AISHA, shown(rota), "The term before")

    assert "3 things were logged" in before.title or "nothing was logged" in before.title
    assert before.title != shown(rota).title


def test_a_day_to_come_shows_no_more_than_today(rota: Rota) -> None:
    (said,) = rota.press(AISHA, Action.PATTERNS, f"{rota.site}:2031-01-01")

    assert said.title == shown(rota).title


@pytest.mark.parametrize("who", [TOM, LUCY, DENISE])
def test_nobody_else_reads_them(rota: Rota, who: str) -> None:
    assert shown(rota, who).title == "I cannot show you that."


def test_whoever_is_no_administrator_any_more_reads_them_no_longer(rota: Rota) -> None:
    end_parts(rota, PRIYA)

    assert shown(rota, PRIYA).title == "I cannot show you that."


def test_the_head_of_many_sites_chooses_one_or_says_its_name(rota: Rota) -> None:
    (which,) = rota.press(GRACE, Action.PATTERNS, "")
    (said,) = rota.push(GRACE, which, labels(which)[0])
    (named,) = rota.say(GRACE, "patterns for netball instagram")

    assert which.title == "The patterns of which site?"
    assert "say “patterns for” and its name" in plain_text(which)
    assert said.title.startswith(labels(which)[0])
    assert named.title.startswith(NAME)
