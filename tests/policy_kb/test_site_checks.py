"""What is checked of a site, and when it falls due."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.edition_files import EDITION
from policy_kb.rules.cover import cover_of
from policy_kb.rules.periods import DAY, Period
from policy_kb.rules.school_calendar import SchoolCalendar
from policy_kb.rules.site import IntendedGap, Member, RotaShape, Site, Slot
from policy_kb.rules.site_checks import (
    Known,
    NotReady,
    Standing,
    check_all_so,
    is_filled,
    lines_of,
    load_site_checks,
    standing,
)
from policy_kb.rules.site_dues import (
    Due,
    Said,
    a_year_after,
    dues,
    evaluation_due_on,
    half_terms,
    health_done_on,
    health_due_on,
    next_evaluation,
    run_under_way,
    runs,
    state_by_clock,
)
from policy_kb.site_words import CheckAnswer, CheckKey, CoverDays, GapKind, Round, SiteId, SiteState, SlotId
from policy_kb.toml_entries import EditionError
from policy_kb.view import load_view
from policy_kb.words import DayKind, PersonId, Role, SettingType
from tests.policy_kb.test_site_life import a_site

if TYPE_CHECKING:
    from pathlib import Path

CHECKS = load_site_checks(EDITION / "site_checks.toml")
TODAY = date(2026, 11, 30)  # a Monday
MONTH = TODAY + 28 * DAY
ELM = SchoolCalendar(
    setting="Elm",
    setting_type=SettingType.ACADEMY,
    periods=(
        Period(kind=DayKind.TERM, starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 19)),
        Period(kind=DayKind.HALF_TERM, starts_on=date(2026, 10, 26), ends_on=date(2026, 10, 31)),
        Period(kind=DayKind.TERM, starts_on=date(2027, 1, 4), ends_on=date(2027, 3, 26)),
        Period(kind=DayKind.HALF_TERM, starts_on=date(2027, 2, 15), ends_on=date(2027, 2, 20)),
    ),
)
UNKNOWN = SchoolCalendar(setting="Oak", setting_type=SettingType.ACADEMY)
DAYS = st.dates(date(2026, 9, 1), date(2027, 3, 25))


def keys(site: Site, round_: Round = Round.PRE_LIVE, kind: SettingType = SettingType.ACADEMY) -> set[str]:
    return {line.key for line in lines_of(CHECKS, round_, site, kind)}


def known(site: Site, *slots: Slot) -> Known:
    del site
    return Known(
        setting_type=SettingType.ACADEMY,
        today=TODAY,
        minimum=2,
        cover=cover_of(slots, ()),
        cover_from=TODAY,
        cover_until=MONTH,
        evaluated=False,
    )


def slot(day: date, days: int = 5, who: str | None = "priya-sample") -> Slot:
    person = PersonId(who) if who else None
    return Slot(id=SlotId(day.toordinal()), site=SiteId(7), starts_on=day, ends_on=day + days * DAY, person=person)


def test_the_edition_asks_what_the_policy_asks_and_each_line_names_a_clause_there_is() -> None:
    items = load_view().items

    assert [len([line for line in CHECKS[one] if line.is_asked]) for one in Round] == [5, 6, 4]
    assert [line.clause for lines in CHECKS.values() for line in lines if line.clause not in items] == []


def test_only_what_concerns_a_site_is_asked() -> None:
    plain, hosted = a_site(), replace(a_site(), host="academy")
    pupils = replace(a_site(), audience=frozenset({"pupils"}))

    assert {"logo", "privacy", "minimum_age", "nursery"} & keys(plain) == set()
    assert "logo" in keys(hosted)
    assert {"privacy", "minimum_age"} <= keys(pupils)
    assert "minimum_age" not in keys(replace(pupils, host="academy"))
    assert "nursery" in keys(plain, kind=SettingType.NURSERY)


def test_a_nursery_child_who_contributes_is_never_right() -> None:
    site = replace(a_site(), contributors=frozenset({"pupils"}))
    (line,) = (one for one in lines_of(CHECKS, Round.PRE_LIVE, site, SettingType.NURSERY) if one.key == "nursery")

    assert standing(line, site, {}, known(site)) is Standing.NO
    assert standing(line, replace(site, contributors=frozenset({"staff"})), {}, known(site)) is Standing.YES


def test_an_asked_line_stands_as_somebody_said() -> None:
    (line, *_) = lines_of(CHECKS, Round.PRE_LIVE, a_site(), SettingType.ACADEMY)
    said = {answer: standing(line, a_site(), {line.key: answer}, known(a_site())) for answer in CheckAnswer}

    assert said == {CheckAnswer.YES: Standing.YES, CheckAnswer.NO: Standing.NO}
    assert standing(line, a_site(), {}, known(a_site())) is Standing.OPEN


def test_nobody_s_word_makes_own_logins_so_but_those_who_accepted() -> None:
    lines = {line.key: line for line in lines_of(CHECKS, Round.PRE_LIVE, a_site(), SettingType.ACADEMY)}
    accepted = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    one = Member(person=PersonId("priya-sample"), role=Role.SITE_MODERATOR, since=date(2026, 9, 1))
    site = replace(a_site(), members=(one,))
    own_logins = lines[CheckKey("own_logins")]
    says_yes = {CheckKey("own_logins"): CheckAnswer.YES}

    assert standing(own_logins, site, says_yes, known(site)) is Standing.NO
    assert standing(own_logins, a_site(), says_yes, known(site)) is Standing.NO
    with_login = replace(site, members=(replace(one, accepted_at=accepted),))
    assert standing(own_logins, with_login, {}, known(site)) is Standing.YES


def test_cover_is_whole_when_each_weekday_has_somebody_or_was_left_open_on_purpose() -> None:
    site = replace(a_site(), rota=RotaShape(days=CoverDays.WEEKDAYS))
    weeks = [slot(TODAY + 7 * number * DAY) for number in range(4)]
    decided = IntendedGap(
        id=1,
        site=site.id,
        kind=GapKind.COMMENTS_OFF,
        starts_on=weeks[3].starts_on,
        ends_on=weeks[3].ends_on,
        by=PersonId("grace-sample"),
        at=datetime(2026, 11, 1, 9, 0, tzinfo=UTC),
    )
    open_ = replace(weeks[3], person=None)

    assert is_filled(site, cover_of(weeks, ()), TODAY, MONTH)
    assert not is_filled(site, cover_of(weeks[:3], ()), TODAY, MONTH)
    assert not is_filled(site, cover_of([*weeks[:3], open_], ()), TODAY, MONTH)
    assert is_filled(site, cover_of([*weeks[:3], open_], [decided]), TODAY, MONTH)
    assert not is_filled(site, cover_of((), ()), TODAY, MONTH)


def test_a_site_that_owes_every_day_is_not_covered_by_weekdays() -> None:
    site = replace(a_site(), rota=RotaShape(days=CoverDays.EVERY_DAY))

    assert not is_filled(site, cover_of([slot(TODAY + 7 * n * DAY) for n in range(4)], ()), TODAY, MONTH)
    assert is_filled(site, cover_of([slot(TODAY + 7 * n * DAY, 7) for n in range(4)], ()), TODAY, MONTH)


@given(st.lists(st.sampled_from(Standing), max_size=8))
def test_one_line_that_is_not_so_keeps_all_back(standings: list[Standing]) -> None:
    if all(one is Standing.YES for one in standings):
        check_all_so(standings, NotReady)
    else:
        with pytest.raises(NotReady):
            check_all_so(standings, NotReady)


def test_half_terms_begin_with_a_term_or_after_its_break_on_a_working_day() -> None:
    assert half_terms(ELM, TODAY) == (date(2026, 9, 1), date(2026, 11, 2), date(2027, 1, 4), date(2027, 2, 22))
    assert half_terms(UNKNOWN, TODAY) == ()


@pytest.mark.parametrize(
    ("checked", "due"),
    [
        (date(2026, 9, 10), date(2026, 11, 2)),
        (date(2026, 10, 18), date(2026, 11, 2)),
        (date(2026, 10, 19), date(2027, 1, 4)),  # two weeks before the half-term counts for it
        (date(2026, 11, 10), date(2027, 1, 4)),
        (date(2027, 1, 4), date(2027, 2, 22)),
    ],
)
def test_a_check_is_due_with_the_next_half_term(checked: date, due: date) -> None:
    assert health_due_on(a_site(), checked, TODAY, ELM) == due


def test_where_no_half_terms_are_known_it_is_due_after_six_weeks() -> None:
    assert health_due_on(a_site(), date(2026, 11, 2), TODAY, UNKNOWN) == date(2026, 12, 14)
    live = replace(a_site(), live_on=date(2026, 11, 9))
    assert health_due_on(live, None, TODAY, UNKNOWN) == date(2026, 12, 21)


@given(checked=DAYS, today=DAYS)
def test_a_check_is_never_due_on_the_day_it_was_done_or_before(checked: date, today: date) -> None:
    assert health_due_on(a_site(), checked, today, ELM) > checked


def test_a_run_goes_on_until_it_is_whole_or_four_weeks_old() -> None:
    one, two = CheckKey("logo"), CheckKey("privacy")
    begun = Said(round_on=TODAY, key=one, answer=CheckAnswer.NO, on=TODAY)
    whole = (begun, Said(round_on=TODAY, key=two, answer=CheckAnswer.YES, on=TODAY + DAY))

    def run(said: tuple[Said, ...], on: date, *, is_due: bool = False) -> date:
        return run_under_way(Round.HEALTH, a_site(), runs(said), (one, two), on, is_due=is_due).round_on

    assert run((begun,), TODAY + 27 * DAY, is_due=True) == TODAY
    assert run((begun,), TODAY + 28 * DAY) == TODAY + 28 * DAY
    assert run(whole, TODAY + 5 * DAY) == TODAY
    assert run(whole, TODAY + 5 * DAY, is_due=True) == TODAY + 5 * DAY
    assert health_done_on(runs(whole), (one, two)) == TODAY + DAY
    assert health_done_on(runs((begun,)), (one, two)) is None


def test_a_later_answer_of_a_run_counts() -> None:
    said = [
        Said(round_on=TODAY, key=CheckKey("logo"), answer=answer, on=TODAY + number * DAY)
        for number, answer in enumerate((CheckAnswer.NO, CheckAnswer.YES))
    ]

    (run,) = runs(said)
    assert run.answers == {"logo": CheckAnswer.YES}


def test_a_site_is_judged_on_its_day_or_after_a_year_and_not_when_it_closes_before() -> None:
    site = replace(a_site(), live_on=date(2026, 9, 7))

    assert evaluation_due_on(replace(site, evaluate_on=date(2027, 6, 30)), None) == date(2027, 6, 30)
    assert evaluation_due_on(site, None) == date(2027, 9, 7)
    assert evaluation_due_on(site, date(2026, 11, 1)) == date(2027, 11, 1)
    assert evaluation_due_on(replace(site, closure=date(2027, 7, 21)), None) is None
    assert evaluation_due_on(a_site(), None) is None
    assert next_evaluation(replace(site, state=SiteState.CLOSING), TODAY) is None
    assert next_evaluation(site, date(2028, 2, 29)) == date(2029, 2, 28)
    assert a_year_after(date(2028, 2, 29), 4) == date(2032, 2, 29)


@given(state=st.sampled_from(SiteState), health=DAYS, closure=st.none() | DAYS, review=st.none() | DAYS, today=DAYS)
def test_days_move_only_sites_in_use_and_never_back(
    state: SiteState, health: date, closure: date | None, review: date | None, today: date
) -> None:
    site = replace(a_site(state), closure=closure, review_on=review)
    waits = dues(site, health=health, judged_on=None, today=today)
    to = state_by_clock(site, waits, today)

    running = {SiteState.LIVE, SiteState.REVIEW_DUE, SiteState.LEGACY}
    assert to is state or state in running
    assert to in {state, SiteState.REVIEW_DUE, SiteState.CLOSING}
    assert state_by_clock(replace(site, state=to), waits, today) is to
    if state in running and closure and closure <= today:
        assert to is SiteState.CLOSING
    assert not waits or state in running


def test_what_is_due_is_told_by_its_day() -> None:
    site = replace(a_site(), evaluate_on=TODAY, review_on=TODAY + DAY)

    assert dues(site, health=TODAY + DAY, judged_on=None, today=TODAY) == {Due.EVALUATION}
    assert dues(site, health=TODAY, judged_on=None, today=TODAY + timedelta(days=1)) == set(Due)


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ('key = "logo"', 'key = "house_rules"', "'house_rules' stands twice in pre_live; keep one."),
        ("{host} asks", "{owner} asks", "between braces in 'asks' only these can stand"),
        ('known_by = "rota"', 'known_by = "hope"', "'hope' is no known_by"),
        ('when = ["academy"]', 'when = ["sunday"]', "'sunday' is no when"),
        ('clause = "A.4.8"', 'clause = "A 4 8"', "is not a clause number"),
    ],
)
def test_a_slip_in_the_lists_is_told_with_its_line(tmp_path: Path, wrong: str, right: str, says: str) -> None:
    written = (EDITION / "site_checks.toml").read_text(encoding="utf-8")
    assert wrong in written
    file = tmp_path / "site_checks.toml"
    file.write_text(written.replace(wrong, right, 1), encoding="utf-8")

    with pytest.raises(EditionError, match=r"site_checks\.toml, line \d+: ") as slip:
        load_site_checks(file)

    assert says in str(slip.value)


def test_a_list_in_which_nothing_is_asked_is_told(tmp_path: Path) -> None:
    written = (EDITION / "site_checks.toml").read_text(encoding="utf-8")
    file = tmp_path / "site_checks.toml"
    file.write_text(written.replace('round = "closing"', 'round = "health"').replace('"kept"', '"k"'), encoding="utf-8")

    with pytest.raises(EditionError, match="nothing is asked in 'closing'"):
        load_site_checks(file)
