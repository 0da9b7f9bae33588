"""How many people a site needs, who may change them, and whom one could ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.edition_files import EDITION
from policy_kb.rules.moderating import load_moderating
from policy_kb.rules.site import LOOKS_AFTER, OWES_PEOPLE, Member, Site
from policy_kb.rules.site_life import Doer
from policy_kb.rules.site_people import (
    MAY_DO,
    Candidate,
    NeedsNobody,
    NotYoursToEnd,
    NotYoursToName,
    NotYourTask,
    are_few,
    attestation_due,
    check_may_do,
    check_may_end,
    check_may_name,
    shortage,
    suggested,
    to_be_told,
    vacancies,
)
from policy_kb.site_words import LogAction, LogCategory, SiteId, SiteState, TaskKind
from policy_kb.toml_entries import EditionError
from policy_kb.words import PersonId, Role, SettingId

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TODAY = date(2026, 11, 24)
TERM = date(2026, 9, 2)
IN_JULY = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
IN_OCTOBER = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
ADMINISTRATOR, MODERATOR = Role.SITE_ADMINISTRATOR, Role.SITE_MODERATOR
PRIYA, TOM, RUTH, AISHA = (PersonId(f"{one}-sample") for one in ("priya", "tom", "ruth", "aisha"))


def member(person: PersonId, role: Role = MODERATOR, *, accepted: bool = True, until: date | None = None) -> Member:
    at = IN_JULY if accepted else None
    return Member(person=person, role=role, since=date(2026, 7, 1), until=until, accepted_at=at)


def a_site(members: Iterable[Member], state: SiteState = SiteState.LIVE) -> Site:
    return Site(
        id=SiteId(7),
        request=None,
        setting=SettingId("elm-academy"),
        name="PE Instagram",
        state=state,
        state_since=date(2026, 7, 1),
        author=PRIYA,
        host="third_party",
        members=tuple(members),
    )


ADMINISTRATORS = (member(PRIYA, ADMINISTRATOR), member(AISHA, ADMINISTRATOR))


def test_two_administrators_and_two_moderators_who_accepted_are_enough() -> None:
    assert shortage(a_site((*ADMINISTRATORS, member(TOM), member(RUTH))), TODAY) == {}


def test_the_same_two_people_may_be_administrators_and_moderators_and_that_is_said() -> None:
    site = a_site((*ADMINISTRATORS, member(PRIYA), member(AISHA)))

    assert shortage(site, TODAY) == {}
    assert are_few(site, TODAY, distinct=3)
    assert not are_few(a_site((*ADMINISTRATORS, member(TOM), member(RUTH))), TODAY, distinct=3)


def test_whoever_has_not_accepted_does_not_count_yet() -> None:
    site = a_site((*ADMINISTRATORS, member(TOM), member(RUTH, accepted=False)))

    assert shortage(site, TODAY) == {MODERATOR: 1}
    assert vacancies(site, TODAY) == {}


def test_whoever_has_stopped_does_not_count() -> None:
    site = a_site((*ADMINISTRATORS, member(TOM), member(RUTH, until=TODAY)))

    assert shortage(site, TODAY) == {MODERATOR: 1}
    assert shortage(site, date(2026, 11, 23)) == {}


def test_a_site_that_is_over_needs_nobody() -> None:
    assert shortage(a_site((), SiteState.CLOSED), TODAY) == {}
    assert not are_few(a_site((), SiteState.CLOSED), TODAY, distinct=3)


def test_a_site_without_anybody_lacks_two_of_each() -> None:
    assert shortage(a_site((), SiteState.SUSPENDED), TODAY) == {ADMINISTRATOR: 2, MODERATOR: 2}
    assert shortage(a_site(()), TODAY, 3) == {ADMINISTRATOR: 3, MODERATOR: 3}


def test_before_a_site_is_live_nobody_is_alarmed_by_people_who_have_only_just_been_asked() -> None:
    asked = [replace(one, accepted_at=None) for one in (*ADMINISTRATORS, member(TOM), member(RUTH))]

    assert to_be_told(a_site(asked, SiteState.APPROVED), TODAY) == {}
    assert to_be_told(a_site(asked[:3], SiteState.APPROVED), TODAY) == {MODERATOR: 1}
    assert to_be_told(a_site(asked), TODAY) == {ADMINISTRATOR: 2, MODERATOR: 2}


def test_a_login_is_said_to_be_ones_own_once_a_term() -> None:
    accepted = member(TOM)

    assert attestation_due(accepted, TODAY, TERM)
    assert not attestation_due(replace(accepted, attested_on=TERM), TODAY, TERM)
    assert attestation_due(replace(accepted, attested_on=date(2026, 7, 20)), TODAY, TERM)
    assert not attestation_due(replace(accepted, accepted_at=IN_OCTOBER), TODAY, TERM)


def test_nobody_is_asked_about_a_login_they_never_accepted_or_have_no_longer() -> None:
    assert not attestation_due(member(TOM, accepted=False), TODAY, TERM)
    assert not attestation_due(member(TOM, until=TODAY), TODAY, TERM)
    assert not attestation_due(member(TOM), date(2026, 8, 1), TERM)


@pytest.mark.parametrize("part", [Doer.AUTHOR, Doer.ADMINISTRATOR, Doer.HEAD, Doer.OFFICE])
def test_author_administrators_head_and_office_name_people(part: Doer) -> None:
    check_may_name({part}, a_site(()))


def test_a_moderator_names_nobody_and_nobody_is_named_for_a_site_that_is_over() -> None:
    with pytest.raises(NotYoursToName):
        check_may_name({Doer.MODERATOR}, a_site(()))
    with pytest.raises(NeedsNobody):
        check_may_name({Doer.HEAD}, a_site((), SiteState.CLOSED))


def test_everybody_may_step_down_themselves_and_the_office_takes_nobody_off() -> None:
    check_may_end((), own=True)
    check_may_end({Doer.HEAD}, own=False)
    with pytest.raises(NotYoursToEnd):
        check_may_end({Doer.OFFICE, Doer.MODERATOR}, own=False)


@pytest.mark.parametrize("part", list(Doer))
def test_a_login_is_taken_away_by_those_who_answer_for_it_and_an_author_is_found_by_the_head(part: Doer) -> None:
    may = {kind: part in MAY_DO[kind] for kind in TaskKind}

    for kind, allowed in may.items():
        if allowed:
            check_may_do(kind, {part})
        else:
            with pytest.raises(NotYourTask):
                check_may_do(kind, {part})
    assert may[TaskKind.REMOVE_ACCESS] is (part in {Doer.AUTHOR, Doer.ADMINISTRATOR, Doer.HEAD, Doer.OFFICE})
    assert may[TaskKind.NEW_AUTHOR] is (part in {Doer.HEAD, Doer.OFFICE})


@given(
    st.lists(st.tuples(st.sampled_from((PRIYA, TOM, RUTH, AISHA)), st.sampled_from(LOOKS_AFTER), st.booleans())),
    st.sampled_from(SiteState),
    st.integers(2, 4),
)
def test_whoever_is_asked_never_lets_a_site_lack_more_and_a_site_that_needs_nobody_lacks_nobody(
    people: list[tuple[PersonId, Role, bool]], state: SiteState, minimum: int
) -> None:
    site = a_site((member(person, role, accepted=accepted) for person, role, accepted in people), state)
    lacks, to_name = shortage(site, TODAY, minimum), vacancies(site, TODAY, minimum)

    assert all(0 < number <= minimum for number in (*lacks.values(), *to_name.values()))
    assert all(number <= lacks[role] for role, number in to_name.items())
    if state not in OWES_PEOPLE:
        assert not lacks


def test_whoever_moderates_already_or_is_of_the_department_is_proposed_first_and_the_least_burdened_of_them() -> None:
    ordered = suggested(
        (
            Candidate(person=PersonId("a"), name="Ada"),
            Candidate(person=PersonId("b"), name="Ben", sites=3, moderates=True),
            Candidate(person=PersonId("c"), name="Cai", same_department=True),
            Candidate(person=PersonId("d"), name="Dee", sites=1, moderates=True),
        ),
        TODAY,
    )

    assert [one.name for one in ordered] == ["Cai", "Dee", "Ben", "Ada"]


def test_nobody_is_proposed_who_is_away_or_leaves_soon() -> None:
    away = Candidate(person=PersonId("a"), name="Ada", is_away=True)
    leaves = Candidate(person=PersonId("b"), name="Ben", ends_on=date(2026, 12, 19))
    later = Candidate(person=PersonId("c"), name="Cai", ends_on=date(2027, 9, 1))

    assert suggested((away, leaves, later), TODAY) == (later,)


def test_the_shipped_words_of_moderation_ask_for_two_people_and_name_everything() -> None:
    words = load_moderating(EDITION / "moderation.toml")

    assert (words.minimum, words.distinct) == (2, 3)
    assert set(words.acts) == set(LogAction)
    assert set(words.categories) == set(LogCategory)
    assert [one.contact for one in words.extreme if one.contact] == ["emergency", "dsl", "police", "ceop"]


@pytest.mark.parametrize(
    ("slip", "mended", "says"),
    [
        ("minimum = 2", "minimum = 1", "A.5.4 asks for 2 at least"),
        ("distinct = 3", "distinct = 1", "no less than 'minimum'"),
        ('key = "kept"', 'key = "hidden"', "'hidden' stands twice"),
        ('key = "spam"', 'key = "junk"', "'junk' is no key"),
        ('contact = "police"', 'contact = "police"\nsays = "Ring them."', "either 'says' or 'contact'"),
        ("[[people]]", "[[persons]]", "'persons' is no heading here"),
        ("[[people]]\nminimum = 2\ndistinct = 3", "", "exactly one [[people]]"),
        ('[[category]]\nkey = "other"\nlabel = "Something else"', "", "has no 'other'"),
    ],
)
def test_a_slip_in_the_words_of_moderation_is_told_with_what_to_do(
    tmp_path: Path, slip: str, mended: str, says: str
) -> None:
    written = (EDITION / "moderation.toml").read_text(encoding="utf-8")
    file = tmp_path / "moderation.toml"
    file.write_text(written.replace(slip, mended, 1), encoding="utf-8")

    with pytest.raises(EditionError) as told:
        load_moderating(file)

    assert says in str(told.value)


def test_steps_against_extreme_offence_cannot_be_left_out(tmp_path: Path) -> None:
    written = (EDITION / "moderation.toml").read_text(encoding="utf-8")
    file = tmp_path / "moderation.toml"
    file.write_text(written[: written.index("[[step]]")], encoding="utf-8")

    with pytest.raises(EditionError, match="there is no"):
        load_moderating(file)
