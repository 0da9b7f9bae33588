"""A site is approved, checked, goes live, is looked after and closes, in front of Slack, Teams and the web chat."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from policy_kb.rules.periods import DAY
from policy_kb.site_words import SiteState
from tests.journeys import life_story as story
from tests.journeys.seats import a_room, everywhere

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policy_kb.rules.site import Site, Slot
    from tests.journeys.site_people import Worker

SEATS = everywhere("Priya", "Daniel", "Callum", "Tom", "Grace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What people read, and what became of the site."""

    too_early: str
    early_site: Site
    live_site: Site
    taps: int
    author_read: str
    head_read: str
    site: Site
    slots: list[Slot]  # that were to begin after the day on which it closed
    presses: Mapping[str, int]


@pytest.fixture(scope="module", params=SEATS)
def life(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Life:
    return asyncio.run(play(tmp_path_factory.mktemp("life"), SEATS[request.param]))


async def play(folder: Path, seats: Mapping[str, type[Worker]]) -> Life:
    """Let everybody do their part."""
    async with a_room(folder, seats, story.decided_but_by_the_head) as room:
        await story.is_approved(room)
        too_early = await story.is_too_early(room)
        early_site = room.site(story.SITE)
        await story.all_accept(room)
        await story.goes_live(room)
        live_site = room.site(story.SITE)
        taps = await story.is_looked_at(room)
        author_read, head_read = await story.one_leaves(room)
        await story.another_is_named(room)
        await story.comes_to_its_end(room)
        site = room.site(story.SITE)
        with room.records() as uow:
            slots = uow.rota.slots(site.state_since + DAY, date.max, sites=(site.id,))
        return Life(
            too_early=too_early,
            early_site=early_site,
            live_site=live_site,
            taps=taps,
            author_read=author_read,
            head_read=head_read,
            site=site,
            slots=[one for one in slots if one.starts_on > site.state_since],
            presses={name: worker.effort.presses for name, worker in room.people.items()},
        )


def test_a_site_does_not_go_live_while_something_is_open(life: Life) -> None:
    assert "Please leave it switched off until then." in life.too_early
    assert life.early_site.state is SiteState.APPROVED


def test_a_site_whose_people_have_accepted_and_whose_rota_is_full_goes_live(life: Life) -> None:
    assert life.live_site.state is SiteState.LIVE
    assert all(one.accepted_at for one in life.live_site.members)


def test_a_half_termly_check_is_six_taps(life: Life) -> None:
    assert life.taps == 6


def test_author_and_head_are_told_who_has_left_and_whom_they_could_ask(life: Life) -> None:
    for read in (life.author_read, life.head_read):
        assert "PE Instagram has 1 of 2 administrators. Please name somebody (A.5.4)." in read
        assert "Daniel Example has left the trust." in read
        assert "Callum Sample" in read


def test_a_site_that_is_closed_is_looked_after_by_nobody(life: Life) -> None:
    assert life.site.state is SiteState.CLOSED
    assert not life.site.members_on(life.site.state_since)
    assert life.slots == []


def test_whoever_only_moderates_presses_once(life: Life) -> None:
    assert life.presses["Tom"] == 1
