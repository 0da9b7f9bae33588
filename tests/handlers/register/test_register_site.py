"""The page of one site, as far as its reader may see."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from policy_kb.bot_words import Action
from policy_kb.rules.site_dues import Due
from policy_kb.site_words import CheckAnswer, CheckKey, Round, TaskKind
from storage.site_work import Check, Evaluation
from tests.handlers.cover.rota_office import TUESDAY, WEEK
from tests.handlers.requests.office import AISHA, DENISE, GRACE, HARRIET, PRIYA, TOM

if TYPE_CHECKING:
    from tests.handlers.register.register_office import Readers

A_NEXT_MONDAY = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)


def test_the_page_of_a_site_shows_its_people_gaps_decisions_and_shares(readers: Readers) -> None:
    readers.clock.instant = A_NEXT_MONDAY
    readers.leave_open(TUESDAY + WEEK)

    found = readers.shown(GRACE)

    assert [gap.starts_on for gap in found.standing.forecast.gaps] == [TUESDAY + WEEK]
    shares = {found.names[one.person]: (one.served, one.ahead) for one in found.shares}
    assert shares["Priya Sample"] == (2, 14)
    assert shares["Callum Sample"] == (1, 6)
    assert shares["Aisha Sample"] == (0, 0)


def test_what_was_moderated_is_told_in_numbers_to_those_who_may_read_patterns(readers: Readers) -> None:
    form = {"act": ("removed",), "category": ("spam",), "link": ("https://www.instagram.com/p/1",)}
    readers.press(TOM, Action.SAVE_LOG, str(readers.site), form)

    pattern = readers.shown(GRACE).pattern

    assert pattern is not None
    assert pattern.total == 1
    assert readers.shown(HARRIET).pattern == pattern
    assert readers.shown(AISHA).pattern == pattern
    assert readers.shown(TOM).pattern is None
    assert readers.shown(DENISE).pattern is None


def test_only_the_latest_run_through_a_checklist_is_shown_with_its_own_words(readers: Readers) -> None:
    by = readers.person(AISHA).id
    with readers.database.begin() as uow:
        for began, answer in ((date(2026, 9, 7), CheckAnswer.NO), (date(2026, 11, 2), CheckAnswer.YES)):
            check = Check(
                round=Round.HEALTH,
                round_on=began,
                key=CheckKey("house_rules"),
                answer=answer,
                by=by,
                at=readers.clock(),
            )
            uow.sites.answer_check(readers.site, check, entry=readers.entry())

    found = readers.shown(GRACE)

    (check,) = found.checks[Round.HEALTH]
    assert (check.round_on, check.answer) == (date(2026, 11, 2), CheckAnswer.YES)
    assert found.labels[Round.HEALTH, check.key]
    assert found.names[by] == "Aisha Sample"
    assert found.checks[Round.CLOSING] == ()


def test_what_was_answered_with_no_and_what_is_due_is_left_to_do(readers: Readers) -> None:
    readers.press(PRIYA, Action.CHECK_SITE, f"{readers.site}:health:privacy:no")

    found = readers.shown(GRACE)

    assert [one.label for one in found.line.to_put_right] == ["Privacy"]
    assert Due.HEALTH in found.waits
    readers.press(PRIYA, Action.CHECK_SITE, f"{readers.site}:health:privacy:yes")
    assert readers.shown(GRACE).line.to_put_right == ()


def test_evaluations_and_what_is_left_to_do_are_shown_with_names(readers: Readers) -> None:
    author, gone = readers.person(AISHA).id, readers.person(PRIYA).id
    with readers.database.begin() as uow:
        for reached in ("partly", "fully"):
            judged = Evaluation(reached=reached, words="More families came.", by=author, at=readers.clock())
            uow.sites.evaluate(readers.site, judged, entry=readers.entry())
        uow.sites.open_task(readers.site, TaskKind.REMOVE_ACCESS, gone, entry=readers.entry())

    found = readers.shown(TOM)

    assert [one.reached for one in found.evaluations] == ["fully", "partly"]
    assert [(one.kind, found.names[one.about]) for one in found.tasks] == [(TaskKind.REMOVE_ACCESS, "Priya Sample")]
