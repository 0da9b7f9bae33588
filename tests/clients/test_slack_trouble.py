"""What happens when something goes wrong between Slack and the bot, over signed HTTP and over Socket Mode."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.channels.base import Introduction, Sent, TryAgain
from tests.clients.slack_delivery import Kind
from tests.clients.slack_peer import Trip
from tests.clients.slack_stage import HTTP, SOCKET, Stage, slack_stage
from tests.gallery import ANSWER_NO

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TYPED = "a very private question about a colleague"


@pytest.fixture(params=[HTTP, SOCKET])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with slack_stage(request.param) as stage:
        stage.peer.patience = 0.3
        yield stage


async def test_an_event_is_acknowledged_well_within_a_second(stage: Stage) -> None:
    amira = stage.peer.user("Amira")

    deliveries = [await amira.says("may I tweet?"), await amira.runs("may I?"), await amira.opens_messages()]

    assert all(delivery.acknowledged and delivery.seconds < 0.3 for delivery in deliveries)


async def test_an_event_that_could_not_be_stored_is_delivered_again(stage: Stage) -> None:
    amira = stage.peer.user("Amira")
    stage.dispatch.faults.append(RuntimeError("the database is away"))

    delivery = await amira.says("may I tweet?")

    assert delivery.acknowledged
    assert delivery.attempts == 2
    assert len(stage.dispatch.events) == 1


async def test_a_repeated_delivery_is_acknowledged_and_carries_the_same_id(stage: Stage) -> None:
    amira = stage.peer.user("Amira")
    event = {"type": "message", "channel_type": "im", "user": amira.person.id, "text": "hi", "ts": "1.1"}
    payload = stage.peer.event_payload(event | {"channel": stage.peer.world.dm(amira.person.id).id})

    await stage.peer.deliver(Kind.EVENT, payload)
    again = await stage.peer.deliver(Kind.EVENT, payload)

    assert again.acknowledged
    first, second = stage.dispatch.arrived
    assert first.event_id == second.event_id == payload["event_id"]


async def test_a_press_that_fails_is_acknowledged_and_the_person_is_told(stage: Stage) -> None:
    amira = stage.peer.user("Amira")
    stage.dispatch.says = lambda _event: (ANSWER_NO,)
    await amira.says("may I?")
    await stage.send()
    await amira.reads()
    stage.dispatch.faults.append(RuntimeError(TYPED))

    delivery = await amira.presses("Helpful")

    told = await amira.reads()
    assert (delivery.acknowledged, delivery.attempts) == (True, 1)
    assert told.text.startswith("Something went wrong on my side (reference ")
    assert TYPED not in told.text


async def test_a_command_that_fails_is_acknowledged_and_the_person_is_told(stage: Stage) -> None:
    amira = stage.peer.user("Amira")
    hall = stage.peer.world.add_room("hall", amira.person, with_bot=False)
    stage.dispatch.faults.append(RuntimeError("the database is away"))

    delivery = await amira.runs("may I?", room=hall)

    assert delivery.acknowledged
    assert (await amira.reads(hall)).text.endswith("Nothing was lost by asking again.")


async def test_a_button_of_an_older_bot_is_refused_politely(stage: Stage) -> None:
    amira = stage.peer.user("Amira")
    stage.dispatch.says = lambda _event: (ANSWER_NO,)
    await amira.says("may I?")
    await stage.send()
    post = await amira.reads()
    old = post.buttons[0] | {"action_id": "dance:0"}

    delivery = await stage.peer.deliver(Kind.INTERACTION, amira.press_payload(post, old))

    assert delivery.acknowledged
    assert (await amira.reads()).text == "I do not know that button any more. Please ask me again."
    assert len(stage.dispatch.events) == 1


async def test_a_slow_apology_does_not_hold_up_the_acknowledgement(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.slack.listen.APOLOGY_WITHIN", 0.05)
    amira = stage.peer.user("Amira")
    stage.dispatch.says = lambda _event: (ANSWER_NO,)
    await amira.says("may I?")
    await stage.send()
    stage.dispatch.faults.append(RuntimeError("the database is away"))
    stage.peer.trip("chat.postMessage", Trip(wait=0.2))

    delivery = await amira.presses("Helpful")

    assert delivery.acknowledged


async def test_a_slow_introduction_does_not_hold_up_the_question(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.slack.listen.INTRODUCTION_WITHIN", 0.05)
    stage.dispatch.is_curious = True
    stage.peer.trip("users.info", Trip(wait=0.2))

    delivery = await stage.peer.user("Amira", email="amira@trust.example").says("hello")

    assert delivery.acknowledged
    assert stage.dispatch.introductions == [Introduction()]


async def test_an_answer_moved_to_a_private_message_goes_on_there(stage: Stage) -> None:
    amira = stage.peer.user("Amira")
    staffroom = stage.peer.world.add_room("staffroom", amira.person)
    stage.dispatch.says = lambda _event: (ANSWER_NO,)
    stage.peer.trip("chat.postEphemeral", Trip(error="user_not_in_channel"))
    await amira.mentions("may I?", room=staffroom)
    await stage.send()

    await amira.presses("Helpful")

    pressed = stage.dispatch.events[1].conversation
    assert (pressed.id, pressed.thread, pressed.private) == (stage.peer.world.dm(amira.person.id).id, "", True)


async def test_people_of_another_workspace_are_not_heard(stage: Stage) -> None:
    stranger = stage.peer.user("Stranger", team_id="T0OTHER")
    staffroom = stage.peer.world.add_room("staffroom", stranger.person)

    deliveries = [
        await stranger.says("hello"),
        await stranger.mentions("hello", room=staffroom),
        await stranger.runs("hello"),
        await stranger.opens_messages(),
    ]

    assert not any(delivery.acknowledged for delivery in deliveries)
    assert stage.dispatch.arrived == []


async def test_a_guest_through_a_shared_channel_is_not_heard(stage: Stage) -> None:
    amira = stage.peer.user("Amira")
    event = {"type": "app_mention", "user": amira.person.id, "text": "hi", "ts": "1.1", "channel": "C1"}

    delivery = await stage.peer.deliver_event("app_mention", event | {"user_team": "T0OTHER"})

    assert not delivery.acknowledged
    assert stage.dispatch.arrived == []


async def test_an_event_nobody_listens_to_is_acknowledged_and_forgotten(stage: Stage) -> None:
    event = {"type": "reaction_added", "user": "U1", "reaction": "smile", "event_ts": "1.1"}

    delivery = await stage.peer.deliver(Kind.EVENT, stage.peer.event_payload(event))

    assert (delivery.acknowledged, delivery.attempts) == (True, 1)
    assert stage.dispatch.arrived == []


async def test_a_message_slack_is_too_busy_for_is_sent_when_slack_says(stage: Stage) -> None:
    amira = stage.peer.user("Amira")
    stage.peer.trip("chat.postMessage", Trip(status=429, error="ratelimited", headers={"Retry-After": "7"}))
    await amira.says("may I?")
    address, message = stage.dispatch.outbox[0]

    (first,) = await stage.send()
    second = await stage.channel.send(address, message, key="of another row")

    assert first == TryAgain(why="ratelimited", after=timedelta(seconds=7))
    assert isinstance(second, Sent)
    assert (await amira.reads()).text == "Noted."


async def test_nothing_that_people_type_and_no_secret_reaches_the_log(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    amira = stage.peer.user("Amira")
    staffroom = stage.peer.world.add_room("staffroom", amira.person)
    stage.dispatch.says = lambda _event: (ANSWER_NO,)
    stage.dispatch.faults.append(RuntimeError(TYPED))
    stage.peer.trip("chat.postMessage", Trip(error="invalid_blocks"), Trip(status=500, body=TYPED))
    stage.peer.trip("response_url", Trip(status=500, body=TYPED))

    await amira.says(TYPED)
    await amira.mentions(TYPED, room=staffroom)
    await amira.runs(TYPED, room=staffroom)
    stage.dispatch.faults.append(RuntimeError(TYPED))
    await amira.runs(TYPED, room=staffroom)
    await stage.peer.deliver(Kind.EVENT, stage.peer.event_payload({"type": "strange", "text": TYPED}))
    await stage.peer.deliver(Kind.EVENT, {"type": "event_callback", "event": TYPED, "team_id": TYPED[:3]})
    await stage.peer.deliver(Kind.INTERACTION, {"type": "block_suggestion", "value": TYPED, "team": {"id": "T0TRUST"}})
    await stage.send()

    secrets = (TYPED, stage.peer.bot_token, stage.peer.app_token, stage.peer.signing_secret, "/response/")
    lines = [f"{record.getMessage()} {record.__dict__} {record.exc_text}" for record in caplog.records]
    assert any("A fault of ours" in line for line in lines)
    ours = [line for line in lines if "tests/clients" not in line]
    assert [(secret, line) for line in ours for secret in secrets if secret in line] == []
