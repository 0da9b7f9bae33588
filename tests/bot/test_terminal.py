"""The conversation in a shell."""

from __future__ import annotations

import io
import signal
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot.channels import terminal
from handlers.inbound import ButtonPressed, Installed, TextSent
from handlers.message import Button, Message, Paragraph
from policy_kb.bot_words import Action
from tests.contracts import terminal_contract
from tests.gallery import ANSWER_NO, GALLERY, HOSTILE_MESSAGE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.channels.base import Introduction
    from handlers.inbound import Actor, Inbound

WELCOME = Message(title="Hello. Ask me what the policy says.")
PLAIN = Message(title="Here is the clause.")


@dataclass
class ShellListener:
    heard: list[Inbound] = field(default_factory=list)
    broken: bool = False

    async def on_event(
        self, event: Inbound, introduce: Callable[[], Awaitable[Introduction]] | None = None
    ) -> tuple[Message, ...]:
        assert introduce is None
        self.heard.append(event)
        if self.broken:
            raise RuntimeError("my secret question")
        match event:
            case Installed():
                return (WELCOME,)
            case TextSent(text="two"):
                return (ANSWER_NO, Message(title="More", buttons=(SIXTH,)))
            case TextSent():
                return (ANSWER_NO,)
            case ButtonPressed():
                return (PLAIN,)

    async def news(self, actor: Actor, *, after: int) -> tuple[tuple[int, Message], ...]:
        raise NotImplementedError((actor, after))  # a shell looks for none


SIXTH = Button(label="The sixth", action=Action.CHOOSE, about="17:sixth")


class Typed(io.StringIO):
    """Input that claims a person types it."""

    def isatty(self) -> bool:
        return True


async def talk(listener: ShellListener, lines: str, *, by_hand: bool = False) -> str:
    """Hold a whole conversation and return what was printed."""
    screen = io.StringIO()
    await terminal.chat(listener, read=Typed(lines) if by_hand else io.StringIO(lines), write=screen)
    return screen.getvalue()


def what_happened(listener: ShellListener) -> list[str]:
    told = []
    for event in listener.heard:
        match event:
            case TextSent(text=text):
                told.append(f"said {text}")
            case ButtonPressed(action=action, about=about):
                told.append(f"pressed {action.value} {about}")
            case Installed():
                told.append("met")
    return told


async def test_a_question_through_a_pipe_prints_the_answer_and_its_numbered_buttons() -> None:
    printed = await talk(ShellListener(), "Can I add a parent?\n")

    assert printed.startswith(WELCOME.title)
    assert "Who can settle a doubt: Headteacher/Principal" in printed
    assert "\n[1] See 5.4\n[2] See 5.3(a)\n" in printed
    assert ">" not in printed
    assert terminal.HOW_TO not in printed


async def test_a_person_at_the_keys_is_prompted_and_told_how() -> None:
    printed = await talk(ShellListener(), "quit\n", by_hand=True)

    assert printed.endswith(f"{terminal.HOW_TO}\n{terminal.PROMPT}")


async def test_a_number_presses_the_button_shown_last() -> None:
    listener = ShellListener()

    await talk(listener, "Can I add a parent?\n 2 \n")

    assert what_happened(listener) == ["met", "said Can I add a parent?", "pressed see_clause 5.3(a)"]


@pytest.mark.parametrize("typed", ["0", "6", "99999999999999999999", "²", "1.", "5.4", "-1"])
async def test_a_number_that_is_not_on_the_screen_is_a_question(typed: str) -> None:
    listener = ShellListener()

    await talk(listener, f"Can I add a parent?\n{typed}\n")

    assert what_happened(listener)[-1] == f"said {typed}"


async def test_a_button_from_before_the_latest_message_is_gone() -> None:
    listener = ShellListener()

    await talk(listener, "Can I add a parent?\n1\n1\n")

    assert what_happened(listener)[-2:] == ["pressed see_clause 5.4", "said 1"]


async def test_two_messages_at_once_count_their_buttons_on() -> None:
    listener = ShellListener()

    printed = await talk(listener, "two\n6\n")

    assert "[6] The sixth" in printed
    assert what_happened(listener)[-1] == "pressed choose 17:sixth"


@pytest.mark.parametrize("goodbye", ["quit\n", "QUIT\n", "exit\n", ""])
async def test_quit_or_the_end_of_the_input_ends_it(goodbye: str) -> None:
    listener = ShellListener()

    await talk(listener, f"Can I add a parent?\n{goodbye}never read\n" if goodbye else "Can I add a parent?")

    assert what_happened(listener) == ["met", "said Can I add a parent?"]


async def test_empty_lines_ask_nothing() -> None:
    listener = ShellListener()

    await talk(listener, "\n   \n\x07\nCan I add a parent?\n")

    assert what_happened(listener) == ["met", "said Can I add a parent?"]


async def test_every_line_typed_is_an_event_of_its_own() -> None:
    listener = ShellListener()

    await talk(listener, "a\na\n1\n")

    assert len({event.event_id for event in listener.heard}) == len(listener.heard)
    assert len({event.conversation for event in listener.heard}) == 1


async def test_a_fault_is_told_with_a_reference_and_the_talk_goes_on() -> None:
    listener = ShellListener(broken=True)

    printed = await talk(listener, "my secret question\nagain\n")

    assert "Something went wrong on my side (reference " in printed
    assert "secret" not in printed
    assert what_happened(listener)[-1] == "said again"


async def test_ctrl_c_ends_it_quietly() -> None:
    class Interrupted(Typed):
        def readline(self, *_: object) -> str:  # type: ignore[override]  # the stub's own bases disagree
            signal.raise_signal(signal.SIGINT)
            return "a question nobody typed"

    listener = ShellListener()
    before = signal.getsignal(signal.SIGINT)

    await terminal.chat(listener, read=Interrupted(), write=io.StringIO())

    assert what_happened(listener) == ["met"]
    assert signal.getsignal(signal.SIGINT) is before


async def test_a_shell_without_our_letters_shows_the_rest() -> None:
    raw = io.BytesIO()
    screen = io.TextIOWrapper(raw, encoding="ascii")

    await terminal.chat(ShellListener(), read=io.StringIO("naïve ’quote’\n"), write=screen)

    assert raw.getvalue().decode("ascii").startswith(WELCOME.title)


@pytest.mark.parametrize("name", GALLERY)
@pytest.mark.parametrize("width", [20, 40, 80])
def test_no_line_is_wider_than_the_screen(name: str, width: int) -> None:
    printed = terminal.render(GALLERY[name], width=width)

    assert max(len(line) for line in printed.split("\n")) <= width


def test_nothing_printed_can_steer_the_terminal() -> None:
    tricky = "\x1b]0;title\x07\x1b[2Jgone\x9b31m\u202eback"

    printed = terminal.render(
        Message(
            title=tricky,
            blocks=(Paragraph(text=tricky),),
            buttons=(Button(label=f"a\n[2] {tricky}", action=Action.CHOOSE, about="x"),),
        )
    )

    assert "gone" in printed
    assert all(character.isprintable() or character == "\n" for character in printed)
    assert "\n[2]" not in printed


def test_hostile_words_are_printed_as_they_are() -> None:
    screen = terminal_contract.render(HOSTILE_MESSAGE)

    assert HOSTILE_MESSAGE.title in terminal_contract.text(screen)
    terminal_contract.check(screen)


async def test_the_shells_own_streams_will_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("Can I add a parent?\n"))

    await terminal.chat(ShellListener(), read=sys.stdin, write=sys.stdout, greet=False)

    assert capsys.readouterr().out.startswith("No. Staff must not")
