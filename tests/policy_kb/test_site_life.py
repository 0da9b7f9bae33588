"""A site moves along its table and nowhere else, and only those move it who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.bot_words import Action
from policy_kb.request_words import RequestId
from policy_kb.rules.refusal import Refusal
from policy_kb.rules.site import Site
from policy_kb.rules.site_life import LIFE, OVER, Doer, NotInThisState, NotYourSite, OnlyTheHead, check_move, home
from policy_kb.site_words import SiteId, SiteState
from policy_kb.view import load_view
from policy_kb.words import PersonId, SettingId
from tests.house.repository import read
from tests.policy_kb.life_diagram import diagram

PARTS = st.frozensets(st.sampled_from(Doer))
PRESSES = sorted({one.by for one in LIFE if one.by})
RUNNING = (SiteState.LIVE, SiteState.REVIEW_DUE, SiteState.LEGACY)


def a_site(state: SiteState = SiteState.LIVE, *, request: int | None = 3, paper: str = "") -> Site:
    return Site(
        id=SiteId(7),
        request=None if request is None else RequestId(request),
        setting=SettingId("elm-academy"),
        name="PE Instagram",
        state=state,
        state_since=date(2026, 9, 1),
        author=PersonId("priya-sample"),
        host="third_party",
        paper=paper,
    )


@given(
    presses=st.lists(st.tuples(st.sampled_from(Action), PARTS), max_size=60),
    begins=st.sampled_from([SiteState.DRAFT, SiteState.LEGACY]),
)
def test_whatever_anybody_presses_a_site_moves_only_along_its_table(
    presses: list[tuple[Action, frozenset[Doer]]], begins: SiteState
) -> None:
    site = a_site(begins, request=None if begins is SiteState.LEGACY else 3)
    for action, parts in presses:
        try:
            made = check_move(site, action, parts)
        except Refusal:
            continue
        assert made in LIFE
        assert made.from_ is site.state
        assert made.by is action
        assert made.doers & parts
        assert site.state not in OVER
        paper = "Approved" if action is Action.TAKE_IN_SITE else site.paper
        site = replace(site, state=made.to, paper=paper)


@given(state=st.sampled_from(SiteState), action=st.sampled_from(Action))
def test_nobody_without_a_part_moves_a_site(state: SiteState, action: Action) -> None:
    for parts in (frozenset[Doer](), frozenset({Doer.MODERATOR}), frozenset({Doer.OFFICE})):
        with pytest.raises((NotYourSite, OnlyTheHead)):
            check_move(a_site(state), action, parts)


@pytest.mark.parametrize("action", [Action.EXTEND_SITE, Action.RESUME_SITE, Action.TAKE_IN_SITE])
def test_only_the_head_extends_lets_be_used_again_and_takes_in(action: Action) -> None:
    everybody_else = frozenset(Doer) - {Doer.HEAD}

    assert all(one.doers == {Doer.HEAD} for one in LIFE if one.by is action)
    with pytest.raises(OnlyTheHead):
        check_move(a_site(SiteState.CLOSING), action, everybody_else)


@pytest.mark.parametrize("state", RUNNING)
@pytest.mark.parametrize("who", [Doer.AUTHOR, Doer.ADMINISTRATOR, Doer.HEAD])
def test_author_administrators_and_head_may_close_a_site_in_use(state: SiteState, who: Doer) -> None:
    assert check_move(a_site(state), Action.CLOSE_SITE_SURELY, {who}).to is SiteState.CLOSING
    assert check_move(a_site(SiteState.CLOSING), Action.SITE_CLOSED, {who}).to is SiteState.CLOSED


def test_a_site_goes_live_from_its_checks_alone() -> None:
    assert {one.from_ for one in LIFE if one.by is Action.IS_LIVE} == {SiteState.PRE_LIVE}
    with pytest.raises(NotInThisState):
        check_move(a_site(SiteState.APPROVED), Action.IS_LIVE, {Doer.AUTHOR})


@pytest.mark.parametrize("action", [Action.RESUME_SITE, Action.EXTEND_SITE])
@pytest.mark.parametrize(
    ("request_id", "paper", "to"),
    [(3, "", SiteState.LIVE), (None, "Form of 2019", SiteState.LIVE), (None, "", SiteState.LEGACY)],
)
def test_after_a_pause_a_site_is_what_it_was(action: Action, request_id: int | None, paper: str, to: SiteState) -> None:
    from_ = SiteState.SUSPENDED if action is Action.RESUME_SITE else SiteState.CLOSING
    site = a_site(from_, request=request_id, paper=paper)

    assert home(site) is to
    assert check_move(site, action, {Doer.HEAD}).to is to


def test_every_state_is_reached_and_only_those_that_are_over_lead_nowhere() -> None:
    leads_on = {one.from_ for one in LIFE}

    assert {one.to for one in LIFE} | {SiteState.DRAFT} == set(SiteState)
    assert set(SiteState) - leads_on == OVER


def test_every_way_has_somebody_who_takes_it_and_a_clause_of_the_policy() -> None:
    known = {ref.id for ref in load_view().items}

    assert all(one.doers for one in LIFE)
    assert {one.clause for one in LIFE} <= known
    assert all((one.doers == {Doer.CLOCK}) is (one.by is None) for one in LIFE)
    assert len({(one.from_, one.to, one.by) for one in LIFE}) == len(LIFE)
    assert PRESSES


def test_the_diagram_in_the_documentation_is_the_table() -> None:
    assert f"```mermaid\n{diagram()}\n```" in read("docs/sites.md")
