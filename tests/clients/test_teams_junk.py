"""Whatever stands in a signed activity, the bot answers and is never at a loss."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from handlers.message import Message
from tests.clients.teams_bot import FakeListener, running_bot
from tests.clients.teams_peer import TeamsPeer
from tests.clients.teams_user import User

if TYPE_CHECKING:
    from collections.abc import Iterator

JUNK: tuple[object, ...] = (None, "", "x", 7, True, [], {}, [[]], {"id": None}, {"id": ["x"]}, "é" * 300, "\ud800")
ANSWERS = {200, 400, 401, 403, 501}
KINDS: dict[str, dict[str, Any]] = {
    "a message": {"type": "message", "text": "hello", "entities": [{"type": "mention", "mentioned": {"id": "x"}}]},
    "a press": {
        "type": "invoke",
        "name": "adaptiveCard/action",
        "replyToId": "said-1",
        "value": {"action": {"verb": "helpful", "data": {"about": "1", "home": "x.y"}}},
    },
    "an installation": {"type": "conversationUpdate", "membersAdded": [{"id": "29:x"}]},
    "a reaction": {"type": "messageReaction", "reactionsAdded": [{"type": "like"}]},
}


@pytest.mark.parametrize("kind", KINDS)
async def test_junk_in_any_place_of_an_activity_never_breaks_the_bot(kind: str) -> None:
    listener = FakeListener(lambda _: (Message(title="Hello."),))
    async with TeamsPeer() as teams, running_bot(teams, listener):
        priya = User(teams, "Priya")
        good = priya.activity(priya.own, **KINDS[kind])

        statuses = {(await teams.deliver(activity))[0] for activity in spoilt(good)}

        assert statuses <= ANSWERS
        assert 200 in statuses
        assert 400 in statuses
        assert await priya.say("still there?") == 200


def spoilt(good: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the activity with junk in the place of each part, and of each part of a part."""
    for path in paths(good):
        for junk in JUNK:
            activity = copy.deepcopy(good)
            holder: Any = activity
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = junk
            yield activity


def paths(value: object) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        parts: list[tuple[Any, object]] = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    else:
        return
    for name, part in parts:
        yield (name,)
        yield from ((name, *rest) for rest in paths(part))
