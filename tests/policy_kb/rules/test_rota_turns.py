"""Whose turn it is: what holds for every rota, and the cases people would argue about."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from policy_kb.rules.periods import DAY, days_between
from policy_kb.rules.reach import Reach, hindrance
from policy_kb.rules.rota_turns import assign, pool_of
from policy_kb.rules.site import Absence, Member, Site, Slot
from policy_kb.site_words import SiteState, SlotHow, SlotId
from policy_kb.words import PersonId, Role, SettingId
from tests.policy_kb.rules.rota_pools import (
    ALWAYS,
    NAMES,
    SETTLED,
    SITE,
    TODAY,
    a_slot,
    planned,
    pools,
    reaches,
    rotas,
    turns_of,
)

if TYPE_CHECKING:
    from random import Random

ADA, BEN, CLEO, DEV, *_ = NAMES
FOUR = dict.fromkeys((ADA, BEN, CLEO, DEV), ALWAYS)
WEEK = timedelta(weeks=1)


def empty(days: int, start: int = 0) -> tuple[Slot, ...]:
    return tuple(a_slot(number) for number in range(start, start + days))


def who(slots: tuple[Slot, ...]) -> list[str]:
    """Return whose the slots are, one after another, by their first letters."""
    return [slot.person[0] if slot.person else "-" for slot in slots]


def weights(slots: tuple[Slot, ...]) -> Counter[PersonId]:
    found = Counter[PersonId]()
    for slot in slots:
        if slot.person:
            found[slot.person] += slot.weight
    return found


@given(slots=rotas(), pool=pools())
def test_nobody_is_given_a_slot_they_cannot_have(slots: tuple[Slot, ...], pool: dict[PersonId, Reach]) -> None:
    for slot in assign(slots, turns_of(pool)):
        for one in (slot.person, slot.reserve):
            assert one is None or hindrance(slot, pool[one], today=TODAY) is None
        assert slot.person is None or slot.person != slot.reserve


@given(slots=rotas(), pool=pools())
def test_what_somebody_took_was_given_or_accepted_is_never_touched(
    slots: tuple[Slot, ...], pool: dict[PersonId, Reach]
) -> None:
    theirs = {slot.id for slot in slots if slot.person and (slot.how is not SlotHow.PLANNED or slot.accepted_at)}
    over = {slot.id for slot in slots if slot.ends_on <= TODAY}

    assert not {slot.id for slot in assign(slots, turns_of(pool))} & (theirs | over)


@given(slots=rotas(), pool=pools())
def test_planning_again_changes_nothing(slots: tuple[Slot, ...], pool: dict[PersonId, Reach]) -> None:
    once = planned(slots, turns_of(pool))

    assert assign(once, turns_of(pool)) == ()


@given(slots=rotas(), pool=pools(), random=st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_read_makes_no_difference(
    slots: tuple[Slot, ...], pool: dict[PersonId, Reach], random: Random
) -> None:
    people, mixed = list(pool), list(slots)
    random.shuffle(people)
    random.shuffle(mixed)

    assert assign(mixed, turns_of({one: pool[one] for one in people})) == assign(slots, turns_of(pool))


@given(slots=rotas(), pool=pools())
def test_a_plan_that_is_near_stays_with_whoever_can_have_it(
    slots: tuple[Slot, ...], pool: dict[PersonId, Reach]
) -> None:
    before = {slot.id: slot for slot in slots}

    for slot in assign(slots, turns_of(pool)):
        had = before[slot.id].person
        if slot.starts_on < SETTLED and had in pool and hindrance(slot, pool[had], today=TODAY) is None:
            assert slot.person == had


@given(slots=rotas(), pool=pools())
def test_a_slot_is_a_gap_only_where_nobody_can_have_it(slots: tuple[Slot, ...], pool: dict[PersonId, Reach]) -> None:
    for slot in planned(slots, turns_of(pool)):
        if slot.person is None and slot.ends_on > TODAY:
            assert all(hindrance(slot, reach, today=TODAY) is not None for reach in pool.values())


@given(
    double=st.lists(st.sampled_from([1, 1, 2]), min_size=1, max_size=65),
    always=st.integers(1, 3),
    others=st.tuples(*(reaches(one) for one in NAMES[3:])),
)
def test_whoever_is_always_there_serves_alike(double: list[int], always: int, others: tuple[Reach, ...]) -> None:
    pool = dict.fromkeys(NAMES[:always], ALWAYS) | dict(zip(NAMES[3:], others, strict=True))
    slots = tuple(a_slot(number, weight=weight) for number, weight in enumerate(double))

    served = weights(planned(slots, turns_of(pool)))

    counts = [served[one] for one in NAMES[:always]]
    assert max(counts) - min(counts) <= max(double)


@given(start=st.dates(date(2026, 9, 1), date(2028, 1, 1)), days=st.integers(1, 400), reach=reaches(ADA))
def test_whoever_is_always_there_is_hindered_for_nothing(start: date, days: int, reach: Reach) -> None:
    end = start + days * DAY

    if reach.is_always_there(start, end):
        slots = (Slot(id=SlotId(1), site=SITE, starts_on=day, ends_on=day + DAY) for day in days_between(start, end))
        assert all(hindrance(slot, reach, today=start) is None for slot in slots)


def test_four_people_take_turns_and_the_next_is_the_reserve() -> None:
    slots = planned(empty(8), turns_of(FOUR))

    assert who(slots) == ["a", "b", "c", "d", "a", "b", "c", "d"]
    assert [slot.reserve[0] for slot in slots if slot.reserve] == ["b", "c", "d", "a", "b", "c", "d", "a"]


def test_a_holiday_that_counts_double_is_made_up_for() -> None:
    slots = (a_slot(0, weight=2), *empty(4, start=1))

    assert who(planned(slots, turns_of({ADA: ALWAYS, BEN: ALWAYS}))) == ["a", "b", "b", "a", "b"]


def test_what_was_served_within_the_year_counts() -> None:
    served = tuple(a_slot(number, person=ADA) for number in range(-3, 0))

    slots = planned((*served, *empty(5)), turns_of({ADA: ALWAYS, BEN: ALWAYS}))

    assert who(slots)[3:] == ["b", "b", "b", "a", "b"]


def test_what_somebody_has_taken_for_later_counts_too() -> None:
    later = tuple(replace(a_slot(number, person=ADA), how=SlotHow.TAKEN) for number in (4, 5))

    slots = planned((*empty(4), *later), turns_of({ADA: ALWAYS, BEN: ALWAYS}))

    assert who(slots) == ["b", "b", "a", "b", "a", "a"]


def test_whoever_joins_is_not_swamped_and_takes_turns_from_the_next_fortnight_on() -> None:
    served = tuple(a_slot(number, person=(ADA, BEN)[number % 2]) for number in range(-100, 0))
    ahead = tuple(a_slot(number, person=(ADA, BEN)[number % 2]) for number in range(60))
    pool = {ADA: ALWAYS, BEN: ALWAYS, CLEO: Reach(in_post_from=TODAY)}

    slots = planned((*served, *ahead), turns_of(pool))

    near, far = slots[100:110], slots[110:]
    assert CLEO not in {slot.person for slot in near}
    assert 15 <= weights(far)[CLEO] <= 21
    assert not [one for one, other in pairwise(far[10:]) if one.person == other.person]


def test_whoever_comes_back_after_months_is_not_swamped() -> None:
    away = (Absence(id=1, person=CLEO, starts_on=TODAY - 20 * WEEK, ends_on=TODAY),)
    served = tuple(a_slot(number, person=(ADA, BEN)[number % 2]) for number in range(-100, 0))
    pool = {ADA: ALWAYS, BEN: ALWAYS, CLEO: Reach(absences=away)}

    slots = planned((*served, *empty(30)), turns_of(pool))

    assert sorted(weights(slots[100:]).values()) == [10, 10, 10]


def test_a_part_timer_has_a_share_of_the_days_they_work() -> None:
    pool = {ADA: ALWAYS, BEN: ALWAYS, CLEO: Reach(pattern="MT---")}

    slots = planned(empty(60), turns_of(pool))

    assert {slot.starts_on.weekday() for slot in slots if slot.person == CLEO} <= {0, 1}
    assert weights(slots)[CLEO] in range(6, 11)


def test_everybody_away_at_christmas_is_a_gap_and_nobody_is_made_up() -> None:
    pool = {one: Reach(absences=(Absence(id=1, person=one, starts_on=TODAY, ends_on=TODAY + WEEK),)) for one in FOUR}

    slots = planned(empty(10), turns_of(pool))

    assert who(slots)[:5] == ["-"] * 5
    assert "-" not in who(slots)[5:]
    assert {(slot.reserve, slot.how) for slot in slots[:5]} == {(None, None)}


def test_one_person_alone_has_no_reserve() -> None:
    (slot,) = planned(empty(1), turns_of({ADA: ALWAYS}))

    assert (slot.person, slot.reserve, slot.how) == (ADA, None, SlotHow.PLANNED)


def test_among_equals_whoever_is_on_elsewhere_comes_later() -> None:
    turns = replace(turns_of({ADA: ALWAYS, BEN: ALWAYS}), elsewhere=lambda one, day: (one, day) == (ADA, TODAY))

    assert who(planned(empty(2), turns)) == ["b", "a"]


def test_slots_that_are_let_alone_stay_gaps() -> None:
    turns = replace(turns_of(FOUR), left_alone={a_slot(0).id})

    assert who(planned(empty(2), turns)) == ["-", "a"]


def test_whoever_leaves_is_replaced_from_their_last_day_on() -> None:
    slots = tuple(a_slot(number, person=(ADA, BEN)[number % 2]) for number in range(20))
    pool = {ADA: Reach(in_post_until=TODAY + WEEK), BEN: ALWAYS, CLEO: ALWAYS}

    after = planned(slots, turns_of(pool))

    assert who(after)[:5] == ["a", "b", "a", "b", "a"]
    assert ADA not in {slot.person for slot in after[5:]}


def test_a_reserve_who_has_left_is_replaced_and_the_slot_stays() -> None:
    slots = tuple(replace(slot, reserve=DEV) for slot in planned(empty(6), turns_of({ADA: ALWAYS})))

    after = planned(slots, turns_of({ADA: ALWAYS, BEN: ALWAYS, CLEO: ALWAYS}))

    assert who(after) == ["a"] * 6
    assert Counter(slot.reserve for slot in after) == {BEN: 3, CLEO: 3}


def test_only_moderators_who_accepted_take_turns_from_that_day_on() -> None:
    accepted = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
    site = Site(
        id=SITE,
        request=None,
        setting=SettingId("elm-academy"),
        name="PE Instagram",
        state=SiteState.LIVE,
        state_since=TODAY,
        author=ADA,
        host="third_party",
        members=(
            Member(person=ADA, role=Role.SITE_ADMINISTRATOR, since=TODAY - WEEK, accepted_at=accepted),
            Member(person=BEN, role=Role.SITE_MODERATOR, since=date(2026, 9, 1), accepted_at=accepted),
            Member(person=CLEO, role=Role.SITE_MODERATOR, since=date(2026, 9, 1)),
            Member(person=DEV, role=Role.SITE_MODERATOR, since=date(2026, 9, 1), until=TODAY, accepted_at=accepted),
        ),
    )

    pool = pool_of(site, dict.fromkeys(NAMES, ALWAYS), today=TODAY)

    assert pool == {BEN: Reach(in_post_from=date(2026, 11, 10))}
