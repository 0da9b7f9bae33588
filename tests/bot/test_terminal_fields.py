"""Filling in a form in a shell: each field asked for in turn, at the keys or through a pipe."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from bot.channels import terminal
from bot.channels.base import Introduction
from bot.channels.terminal_fields import HOW_TO_FILL_IN
from tests.contracts.terminal_contract import OneMessage
from tests.gallery_form import DATE, DECIDE, PEOPLE, SECTION, TICKS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from handlers.inbound import Actor, ButtonPressed, Inbound
    from handlers.message import Message


class Typed(io.StringIO):
    """Input that claims a person types it."""

    def isatty(self) -> bool:
        return True


async def fill_in(message: Message, *lines: str, by_hand: bool = False) -> tuple[str, list[ButtonPressed]]:
    """Have a message shown, type some lines, and return what was printed and what was pressed."""
    listener, screen = OneMessage(message), io.StringIO()
    typed = "\n".join(("Show it", *lines, ""))
    read = Typed(typed) if by_hand else io.StringIO(typed)
    await terminal.chat(listener, read=read, write=screen, greet=False)
    return screen.getvalue(), listener.pressed


async def test_a_form_shows_its_fields_with_their_choices_by_number_before_its_buttons() -> None:
    printed, _ = await fill_in(TICKS)

    assert (
        "Audience (needed): Our own pupils, Families of our pupils\n"
        "Take everybody who can read it.\n"
        "1. Our own pupils\n"
        "2. Our staff\n"
    ) in printed
    assert printed.index("7. Somebody else") < printed.index("[1] Save and go on")


async def test_each_field_is_asked_for_on_a_line_of_its_own() -> None:
    printed, (pressed,) = await fill_in(SECTION, "1", "Revision", "Better marks", "1,3", "", "2", "2", "4", "1/2/2027")

    assert "\nPurpose (Enter keeps what stands there):\n" in printed
    assert "\nAudience, by numbers, such as 1,3 (leave empty to skip):\n" in printed
    assert pressed.values == {
        "purpose": ("Revision",),
        "aims": ("Better marks",),
        "audience": ("pupils", "families"),
        "audience_schools": (),
        "moderators": ("person-2-sample",),
        "host": ("third_party",),
        "line_manager": ("person-4-sample",),
        "go_live": ("2027-02-01",),
    }


async def test_a_person_at_the_keys_is_told_how_and_types_beside_the_question() -> None:
    printed, _ = await fill_in(DECIDE, "2", "Who moderates it?", by_hand=True)

    assert HOW_TO_FILL_IN in printed
    assert "\nYour comment (leave empty to skip): " in printed


async def test_a_full_stop_leaves_the_rest_as_it_stands() -> None:
    _, (pressed,) = await fill_in(SECTION, "1", "Revision", ".")

    assert pressed.values["purpose"] == ("Revision",)
    assert pressed.values["aims"] == ("Help before mocks",)
    assert pressed.values["host"] == ("academy",)


@pytest.mark.parametrize("wrong", ["0", "8", "1,9", "one", "²", "1-3"])
async def test_a_number_that_is_no_choice_is_asked_for_again(wrong: str) -> None:
    printed, (pressed,) = await fill_in(TICKS, "1", wrong, "2 7")

    assert "Please give numbers from 1 to 7." in printed
    assert pressed.values == {"audience": ("staff", "others")}


@pytest.mark.parametrize("wrong", ["soon", "31/2/2027", "1/2", "2027-13-01", "1/2/27/3"])
async def test_a_day_that_is_none_is_asked_for_again(wrong: str) -> None:
    printed, (pressed,) = await fill_in(DATE, "1", wrong, "2027-02-01")

    assert "Please give the day as 2026-11-24 or 24/11/2026." in printed
    assert pressed.values == {"go_live": ("2027-02-01",)}


async def test_of_one_choice_only_one_can_be_taken() -> None:
    printed, (pressed,) = await fill_in(PEOPLE, "1", "", "1,2", "3")

    assert "Please give numbers from 1 to 60." in printed
    assert pressed.values["line_manager"] == ("person-3-sample",)


async def test_an_input_that_ends_in_the_middle_of_a_form_presses_nothing() -> None:
    _, pressed = await fill_in(SECTION, "1", "Revision")

    assert pressed == []


async def test_what_is_typed_for_a_field_cannot_steer_the_terminal_and_a_goodbye_is_an_answer_like_any_other() -> None:
    _, (pressed,) = await fill_in(DECIDE, "3", "\x1b[2Jquit\u202e")

    assert pressed.values == {"comment": ("[2Jquit",)}


async def test_a_message_without_fields_asks_for_nothing() -> None:
    printed, (pressed,) = await fill_in(replace(DECIDE, fields=()), "1")

    assert "leave empty" not in printed
    assert pressed.values == {}


@dataclass
class Reception:
    """Asks everybody who they are."""

    met: list[tuple[Actor, Introduction | None]] = field(default_factory=list)

    async def on_event(
        self, event: Inbound, introduce: Callable[[], Awaitable[Introduction]] | None = None
    ) -> tuple[Message, ...]:
        self.met.append((event.actor, await introduce() if introduce else None))
        return ()

    async def news(self, actor: Actor, *, after: int) -> tuple[tuple[int, Message], ...]:
        raise NotImplementedError((actor, after))  # a shell looks for none


@pytest.mark.parametrize(
    ("email", "user", "introduced"),
    [("priya@elm.example", "priya@elm.example", Introduction(email="priya@elm.example")), ("", "terminal", None)],
)
async def test_whoever_talks_is_introduced_by_their_address(
    email: str, user: str, introduced: Introduction | None
) -> None:
    reception = Reception()

    await terminal.chat(reception, read=io.StringIO("hello\n"), write=io.StringIO(), email=email)

    assert {(actor.user, introduction) for actor, introduction in reception.met} == {(user, introduced)}
