"""On the last working day of a term, those who answer for a site hear how much was moderated on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from handlers.message import plain_text
from policy_kb.bot_words import Action, SayKind
from policy_kb.rules.periods import DAY
from policy_kb.site_words import LogAction, LogCategory, SiteId
from storage.moderation import LogLine
from tests.handlers.cover.rota_office import AISHA, CALLUM, GRACE, NAME, TOM
from tests.handlers.reminding.nudged import MORNING, NIGHT, look_at, told_on, whoever
from tests.handlers.requests.office import labels

if TYPE_CHECKING:
    from tests.handlers.cover.rota_office import Rota

LAST_DAY = date(2026, 12, 18)
AUTUMN, SUMMER = datetime(2026, 10, 5, 12, 0, tzinfo=UTC), datetime(2026, 6, 8, 12, 0, tzinfo=UTC)
SEVEN = "7 things moderated from 1 September 2026 to 18 December 2026 (A.5.3)."


def log(office: Rota, number: int, at: datetime = AUTUMN, site: SiteId | None = None) -> None:
    """Let Tom have removed some spam."""
    with office.database.begin() as uow:
        for count in range(number):
            line = LogLine(
                site=site or office.site,
                action=LogAction.REMOVED,
                category=LogCategory.SPAM,
                link="",
                by=office.person_in(uow, TOM).id,
                at=at + timedelta(hours=count),
            )
            uow.moderation.write(line, entry=office.entry())


def test_author_administrators_and_head_hear_of_it_on_the_last_working_day_and_nobody_else(netball: Rota) -> None:
    log(netball, 7)

    before = told_on(netball, LAST_DAY - DAY)
    told = told_on(netball, LAST_DAY)
    after = told_on(netball, date(2027, 1, 4))

    assert whoever(before, "moderated from") == set()
    assert whoever(told, SEVEN) | whoever(told, f"{NAME}: 7 things were logged") == {"aisha", "priya", "grace"}
    assert "Tom" not in told["grace"]
    assert whoever(after, "moderated from") == whoever(after, "were logged") == set()


def test_its_button_shows_the_whole_pattern_of_that_term(netball: Rota) -> None:
    log(netball, 7)
    subject = f"patterns:{netball.site}:{LAST_DAY.isoformat()}"

    (shown,) = netball.press(AISHA, Action.PATTERNS, subject.removeprefix("patterns:"))
    alone = netball.told(AISHA, SayKind.TODAY, subject)

    assert "Spam or advertising: 7 (the term before: 0)" in plain_text(shown)
    assert alone.title == shown.title
    assert "The term before" in labels(alone)


def test_a_term_in_which_nothing_was_logged_is_not_told_of(netball: Rota) -> None:
    log(netball, 3, SUMMER)

    told = told_on(netball, LAST_DAY)

    assert told
    assert whoever(told, "moderated from") == whoever(told, "logged") == set()


def test_whoever_answers_for_several_sites_reads_of_all_in_one_line(netball: Rota) -> None:
    with netball.database.begin() as uow:
        first = uow.sites.get(netball.site)
        assert first is not None
        other = uow.sites.open(replace(first, name="Hockey Instagram", members=()), entry=netball.entry())
    log(netball, 7)
    log(netball, 1, site=other)
    about = ",".join(f"patterns:{site}:{LAST_DAY.isoformat()}" for site in (netball.site, other))

    read = netball.told(GRACE, SayKind.TODAY, f"closure:{netball.site},{about}")

    assert "2 sites: Netball Instagram: 7 things moderated" in plain_text(read)
    assert "Hockey Instagram: 1 thing moderated" in plain_text(read)
    assert labels(read) == ["What was moderated: 2 sites"]


def test_who_only_moderates_reads_nothing_of_it_whatever_they_are_sent(netball: Rota) -> None:
    log(netball, 7)

    read = netball.told(CALLUM, SayKind.TODAY, f"patterns:{netball.site}:{LAST_DAY.isoformat()}")

    assert read.title.startswith("What I wanted to remind you of is done.")


def test_a_bot_that_was_down_on_that_day_tells_of_it_on_the_next_working_day(netball: Rota) -> None:
    log(netball, 7)
    look_at(netball, LAST_DAY, NIGHT)

    on_saturday = look_at(netball, LAST_DAY + DAY, MORNING)
    look_at(netball, date(2027, 1, 4), NIGHT)
    at_work_again = look_at(netball, date(2027, 1, 4), MORNING)

    assert "grace" not in on_saturday
    assert SEVEN in "".join(map(plain_text, at_work_again["grace"])) or any(
        "7 things were logged" in one.title for one in at_work_again["grace"]
    )
