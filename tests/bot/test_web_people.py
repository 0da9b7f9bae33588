"""Whom the demo offers to be: enough of them that one can take over from another, and what each of them does."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from bot.sample import PICKED, people_to_be
from policy_kb.site_words import SlotLength
from policy_kb.words import Role
from tests.stage import LOADED_AT

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

TODAY = LOADED_AT.date()


def test_on_two_sites_with_a_slot_each_day_one_offered_person_can_take_over_from_another(trust: UnitOfWork) -> None:
    offered = {person.id for person in people_to_be(trust, now=lambda: LOADED_AT)}
    daily = [site for site in trust.sites.listed() if site.rota.length is SlotLength.DAY]

    playable = {
        site.name
        for site in daily
        for pair in combinations(site.people_on(TODAY, Role.SITE_MODERATOR), 2)
        if offered.issuperset(pair) and offered.intersection(site.people_on(TODAY, Role.SITE_ADMINISTRATOR))
    }

    assert playable == {"School Facebook page", "Computing Discord"}


@pytest.mark.parametrize(
    ("person", "says"),
    [
        ("priya-sample", "Teacher of PE"),
        ("ellie-sample", "Nursery practitioner (moderates Nursery Facebook page)"),
        ("zara-sample", "Teacher of mathematics (moderates Computing Discord and Maths Challenge blog)"),
        ("prakash-sample", "Teacher of computing (moderates Computing Discord, School Facebook page and 3 more)"),
    ],
)
def test_beside_a_post_stands_what_somebody_moderates(trust: UnitOfWork, person: str, says: str) -> None:
    posts = {str(one.id): one.post for one in people_to_be(trust, now=lambda: LOADED_AT)}

    assert posts[person] == says
    assert len(posts) == len(PICKED)
