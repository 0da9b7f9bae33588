"""Filling in fields and windows in Slack, the same over signed HTTP and over Socket Mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.channels.base import Sent
from handlers.inbound import ButtonPressed, Inbound
from handlers.message import Message
from policy_kb.bot_words import Action
from tests.clients.slack_delivery import Kind
from tests.clients.slack_filling import ClientRefuses, inputs_in
from tests.clients.slack_peer import Trip
from tests.clients.slack_stage import HTTP, SOCKET, Stage, slack_stage
from tests.gallery_form import DECIDE, DECIDED, SECTION, TICKS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.clients.slack_user import User

NEXT = Message(title="When should the site go live?")
SAVED = Message(title="I have saved that section.", replaces=True)


@pytest.fixture(params=[HTTP, SOCKET])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with slack_stage(request.param) as stage:
        stage.dispatch.says = form
        yield stage


@pytest.fixture
async def amira(stage: Stage) -> User:
    """Return somebody who is being asked a question of the form."""
    amira = stage.peer.user("Amira")
    await amira.says("I want a new site")
    await stage.send()
    await amira.reads()
    return amira


def form(event: Inbound) -> tuple[Message, ...]:
    match event:
        case ButtonPressed(action=Action.WHY):
            return (SECTION,)
        case ButtonPressed(action=Action.SAVE_SECTION):
            return (SAVED,)
        case ButtonPressed():
            return (NEXT,)
        case _:
            return (TICKS,)


async def test_what_somebody_ticks_comes_with_the_button_they_press(stage: Stage, amira: User) -> None:
    amira.fills_in("Audience", "Our staff", "Everybody")

    await amira.presses("Save and go on")

    pressed = stage.dispatch.events[-1]
    assert isinstance(pressed, ButtonPressed)
    assert (pressed.action, pressed.about) == (Action.ANSWER, "12:audience")
    assert pressed.values == {"audience": ("staff", "public")}


async def test_two_people_who_read_one_card_fill_it_in_apart(stage: Stage) -> None:
    amira, ben = stage.peer.user("Amira"), stage.peer.user("Ben")
    stage.dispatch.says = lambda _event: (DECIDE,)
    for person in (amira, ben):
        await person.says("what waits for me?")
        await stage.send()
        await person.reads()

    amira.fills_in("Your comment", "Too wide.\nPlease narrow it.")
    await ben.presses("Approve")
    await amira.presses("Decline")

    said = [event.values for event in stage.dispatch.events if isinstance(event, ButtonPressed)]
    assert said == [{"comment": ()}, {"comment": ("Too wide.\nPlease narrow it.",)}]


async def test_picking_something_without_pressing_a_button_says_nothing_and_is_not_answered(
    stage: Stage, amira: User
) -> None:
    post = amira.sees()[-1]
    (block,) = inputs_in(post.blocks)
    picked = {"block_id": block["block_id"], "action_id": block["element"]["action_id"], "type": "checkboxes"}
    events = len(stage.dispatch.events)

    delivery = await stage.peer.deliver(Kind.INTERACTION, amira.press_payload(post, picked))

    assert delivery.acknowledged
    assert len(stage.dispatch.events) == events
    assert amira.sees() == [post]


async def test_a_section_is_filled_in_in_a_window_and_its_card_changes(stage: Stage, amira: User) -> None:
    await amira.presses("Why do you ask?")
    await stage.send()

    amira.fills_in_window("Aims", "More help.\nBetter marks.")
    amira.fills_in_window("Audience", "Our own pupils")
    amira.fills_in_window("Moderators", "Person 3 Sample", "Person 60 Sample")
    amira.fills_in_window("First day", "2027-01-11")
    delivery = await amira.sends_window()
    await stage.send()

    sent = stage.dispatch.events[-1]
    assert delivery.acknowledged
    assert isinstance(sent, ButtonPressed)
    assert (sent.action, sent.about) == (Action.SAVE_SECTION, "12:purpose")
    assert sent.values == {
        "purpose": ("Revision help",),
        "aims": ("More help.\nBetter marks.",),
        "audience": ("pupils",),
        "audience_schools": (),
        "moderators": ("person-3-sample", "person-60-sample"),
        "host": ("academy",),
        "line_manager": (),
        "go_live": ("2027-01-11",),
    }
    assert sent.conversation.private
    assert [post.text for post in amira.sees()] == ["I have saved that section."]
    with pytest.raises(ClientRefuses):
        _ = amira.window


async def test_a_window_asks_for_what_is_needed_before_it_is_sent(stage: Stage, amira: User) -> None:
    await amira.presses("Why do you ask?")
    await stage.send()
    amira.fills_in_window("Purpose")

    with pytest.raises(ClientRefuses, match=r"Purpose.*Audience"):
        await amira.sends_window()


async def test_fields_that_came_too_late_for_a_window_stand_in_a_message(stage: Stage, amira: User) -> None:
    stage.peer.world.trigger_life = -1

    await amira.presses("Why do you ask?")
    await stage.send()

    post = amira.sees()[-1]
    amira.fills_in("Aims", "More help.")
    amira.fills_in("Audience", "Our own pupils")
    await amira.presses("Save the section", on=post)
    sent = stage.dispatch.events[-1]
    assert isinstance(sent, ButtonPressed)
    assert (sent.action, sent.values["aims"], sent.values["audience"]) == (
        Action.SAVE_SECTION,
        ("More help.",),
        ("pupils",),
    )


@pytest.mark.parametrize("error", ["exchanged_trigger_id", "invalid_arguments", "view_too_large"])
async def test_fields_for_which_slack_opens_no_window_stand_in_a_message(stage: Stage, amira: User, error: str) -> None:
    stage.peer.trip("views.open", Trip(error=error))

    await amira.presses("Why do you ask?")
    await stage.send()

    assert amira.sees()[-1].labels == ["Save the section"]


async def test_a_window_that_cannot_be_stored_stays_open_and_says_so(stage: Stage, amira: User) -> None:
    await amira.presses("Why do you ask?")
    await stage.send()
    amira.fills_in_window("Audience", "Our staff")
    stage.dispatch.faults.append(RuntimeError("the database is away"))

    await amira.sends_window()
    (says,) = amira.window.errors.values()
    await amira.sends_window()

    assert "Something went wrong on my side" in says
    sent = stage.dispatch.events[-1]
    assert isinstance(sent, ButtonPressed)
    assert sent.values["audience"] == ("staff",)


async def test_a_window_that_somebody_else_opened_is_not_theirs_to_send(stage: Stage, amira: User) -> None:
    await amira.presses("Why do you ask?")
    await stage.send()
    eve, events = stage.peer.user("Eve"), len(stage.dispatch.events)

    delivery = await stage.peer.deliver(Kind.INTERACTION, eve.submission_payload(amira.window))

    assert delivery.acknowledged
    assert len(stage.dispatch.events) == events


async def test_a_window_of_another_kind_is_acknowledged_and_left_alone(stage: Stage, amira: User) -> None:
    await amira.presses("Why do you ask?")
    await stage.send()
    amira.window.view |= {"private_metadata": "{}"}
    amira.fills_in_window("Audience", "Our staff")
    events = len(stage.dispatch.events)

    delivery = await amira.sends_window()

    assert delivery.acknowledged
    assert len(stage.dispatch.events) == events


async def test_a_question_asked_again_in_the_same_card_does_not_show_what_was_ticked_for_the_last(
    stage: Stage, amira: User
) -> None:
    stage.dispatch.says = lambda _event: (
        Message(title=TICKS.title, fields=TICKS.fields, buttons=TICKS.buttons, replaces=True),
    )
    amira.fills_in("Audience", "Everybody")
    await amira.presses("Save and go on")
    await stage.send()

    await amira.presses("Save and go on")

    pressed = stage.dispatch.events[-1]
    assert isinstance(pressed, ButtonPressed)
    assert pressed.values == {"audience": ("pupils", "families")}


async def test_a_card_that_was_decided_changes_for_everybody_who_holds_it(stage: Stage) -> None:
    amira, ben = stage.peer.user("Amira"), stage.peer.user("Ben")
    stage.dispatch.says = lambda _event: (DECIDE,)
    cards = []
    for person in (amira, ben):
        await person.says("what waits for me?")
        address, _ = stage.dispatch.outbox[0]
        (sent,) = await stage.send()
        assert isinstance(sent, Sent)
        cards.append(stage.channel.card(address, sent.message_id))

    for card in cards:
        await stage.channel.send(card, DECIDED, key=card)

    for person in (amira, ben):
        (post,) = person.sees()
        assert post.labels == ["Whole form"]
        assert "Jo Sample approved this" in post.text


async def test_a_section_too_large_for_a_message_says_how_to_go_on(stage: Stage, amira: User) -> None:
    stage.peer.trip("views.open", Trip(error="expired_trigger_id"))
    stage.peer.trip("chat.postMessage", Trip(error="msg_blocks_too_long"))

    await amira.presses("Why do you ask?")
    await stage.send()

    post = amira.sees()[-1]
    assert post.text.startswith(SECTION.title)
    assert "Press the button again to open a window" in post.text
    assert "Person 7 Sample" not in post.text
