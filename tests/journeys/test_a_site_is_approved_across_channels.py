"""One request, three platforms: each answers where they are, and every card locks where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.clients.teams_user import User as TeamsUser
from tests.clients.web_user import WebUser, open_web_user
from tests.journeys.site_bot import StoryClock, a_bot_everywhere
from tests.journeys.site_people import AtSlack, AtTeams, AtTheWeb
from tests.journeys.site_story import (
    EMAILS,
    STRAIGHT,
    all_locked,
    answers,
    approves,
    asks_first,
    everybody_else_says_yes,
    fills_in_the_rest,
    sends,
)
from tests.journeys.whole_bot import a_world

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.site_people import Worker
    from tests.journeys.whole_bot import World

TEN_MINUTES = 600  # seconds


async def test_a_request_made_on_the_web_is_decided_on_the_web_in_teams_and_in_slack(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        clock = StoryClock()
        async with a_bot_everywhere(world, clock) as link, open_web_user(link) as browser:
            office = await three_platforms(world, clock, browser)
            priya, aisha = office["Priya"], office["Aisha"]
            await asks_first(priya)
            await answers(priya, *STRAIGHT)
            await fills_in_the_rest(priya)
            await sends(priya)
            await approves(aisha, "Do you approve the aims and the content")
            await everybody_else_says_yes(office)
            told = await priya.is_told("You may create the site.")
            await all_locked(office)
            world.teams.check()

    assert "“Lovely idea.”" in told.text


async def three_platforms(world: World, clock: StoryClock, browser: WebUser) -> dict[str, Worker]:
    """Seat everybody where they work, and let them meet the bot."""
    office: dict[str, Worker] = {}
    for name in ("Priya", "Aisha"):
        seat = WebUser(browser.base, browser.client)
        await seat.become(f"{name.lower()}-sample")
        office[name] = AtTheWeb(name, clock, user=seat)
    for name in ("Daniel", "Nadia", "Martin", "Leila"):
        user = TeamsUser(world.teams, name)
        world.teams.members[user.id] |= {"email": EMAILS[name], "userPrincipalName": EMAILS[name]}
        await user.install()
        office[name] = AtTeams(name, clock, user=user)
    grace = AtSlack("Grace", clock, user=world.slack.user("Grace", email=EMAILS["Grace"]))
    await grace.user.opens_messages()
    return office | {"Grace": grace}
