"""People at work in three clients: they type, fill in, press and read, and their effort is counted."""

from __future__ import annotations

import asyncio
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, TypeAlias

from tests.clients.teams_user import words_on
from tests.contracts.adaptive_cards import elements_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet

    from tests.clients.slack_user import User as SlackUser
    from tests.clients.teams_user import User as TeamsUser
    from tests.clients.web_user import Shown, WebUser
    from tests.journeys.site_bot import StoryClock

Fills: TypeAlias = "Mapping[str, str | tuple[str, ...]]"  # by label: a text or a day, or the labels of what is chosen

WORDS_READ = 4.0  # a second: 240 a minute
LETTERS_TYPED = 3.3  # a second: 40 words a minute
A_PRESS = 2  # seconds to find a button and press it
A_FILL = 4  # seconds to tick, to choose, or to pick a day
PATIENCE = 15  # seconds until a person gives up on the bot
A_BREATH = 10  # seconds that pass, at least, between two things a person does


@dataclass(slots=True)
class Effort:
    """What a request costs one person."""

    messages: int = 0
    presses: int = 0
    fills: int = 0
    letters: int = 0
    words: int = 0

    @property
    def seconds(self) -> float:
        """Return a guess of how long this takes somebody who reads and types at an everyday pace."""
        return self.words / WORDS_READ + self.seconds_at_work

    @property
    def seconds_at_work(self) -> float:
        """Return a guess of how long the typing, pressing and filling in take, without the reading."""
        return self.letters / LETTERS_TYPED + A_PRESS * (self.presses + self.messages) + A_FILL * self.fills


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it stands on a person's screen now."""

    text: str
    labels: tuple[str, ...]
    key: str  # tells it from the others on this screen
    changes: int = 0  # how often it was drawn anew in its place, where the client tells


@dataclass(slots=True)
class Worker(ABC):
    """Somebody in front of a client."""

    name: str
    clock: StoryClock
    effort: Effort = field(default_factory=Effort)
    _known: set[str] = field(default_factory=set)

    async def says(self, text: str) -> None:
        """Type something to the bot."""
        self._takes_time()
        self.effort.messages += 1
        self.effort.letters += len(text)
        await self._say(text)

    async def presses(self, label: str, *, on: str = "", fills: Fills | None = None) -> None:
        """Fill in what stands on the latest message that has this button and these words, and press it."""
        self._takes_time()
        self.effort.presses += 1
        self._count_fills(fills or {})
        found = [seen for seen in await self.screen() if label in seen.labels and on in seen.text]
        assert found, f"{self.name} sees no '{label}' on '{on}'"
        self._reads(found[-1])
        await self._press(found[-1], label, fills or {})

    async def reads(self, words: str) -> Seen:
        """Wait until the last message on the screen says this."""
        seen = await self._until(lambda screen: screen[-1:] if words in screen[-1].text else [], words)
        self._reads(seen)
        return seen

    async def is_told(self, words: str) -> Seen:
        """Wait until any message on the screen says this; return the latest that does."""
        seen = await self._until(lambda screen: [seen for seen in screen if words in seen.text], words)
        self._reads(seen)
        return seen

    async def sees_none(self, labels: AbstractSet[str]) -> None:
        """Wait until no button of these is on the screen."""
        told = f"none of {sorted(labels)}"
        await self._until(lambda screen: screen if all(not labels & set(seen.labels) for seen in screen) else [], told)

    @abstractmethod
    async def screen(self) -> list[Seen]:
        """Return what the bot has put on the screen, as it stands now, oldest first."""

    async def catches_up(self) -> list[Seen]:
        """Return the screen once everything is on it that has been sent."""
        return await self.screen()

    async def fills_in_section(self, fills: Fills) -> None:
        """Ask for a whole section, fill it in and save it."""
        await self.presses("Whole section at once")
        await self.is_told("Fill in what you can.")
        await self.presses("Save the section", fills=fills)

    @abstractmethod
    async def _say(self, text: str) -> None: ...

    @abstractmethod
    async def _press(self, seen: Seen, label: str, fills: Fills) -> None: ...

    async def _until(self, wanted: Callable[[list[Seen]], list[Seen]], words: str) -> Seen:
        screen: list[Seen] = []
        for _ in range(PATIENCE * 50):
            screen = await self.screen()
            if screen and (found := wanted(screen)):
                return found[-1]
            await asyncio.sleep(0.02)
        raise AssertionError(f"{self.name} waits for '{words}' and sees: {[seen.text for seen in screen[-2:]]}")

    def _takes_time(self) -> None:
        self.clock.advance(seconds=A_BREATH)

    def _count_fills(self, fills: Fills) -> None:
        for value in fills.values():
            if isinstance(value, str) and not value[:1].isdigit():
                self.effort.letters += len(value)
            else:
                self.effort.fills += 1 if isinstance(value, str) else len(value)

    def _reads(self, seen: Seen) -> None:
        """Count the words of a message the first time it is looked at."""
        if seen.text not in self._known:
            self._known.add(seen.text)
            self.effort.words += len(seen.text.split())


@dataclass(slots=True, kw_only=True)
class AtSlack(Worker):
    """Somebody at Slack."""

    user: SlackUser

    async def screen(self) -> list[Seen]:
        return [Seen(post.text, tuple(post.labels), post.ts, post.edits) for post in self.user.sees()]

    async def fills_in_section(self, fills: Fills) -> None:
        await self.presses("Whole section at once")
        await self._until(lambda screen: screen if self.user.has_window else [], "a window")
        self._count_fills(fills)
        for label, value in fills.items():
            self.user.fills_in_window(label, *_texts(value))
        self.effort.presses += 1
        delivery = await self.user.sends_window()
        assert delivery.acknowledged
        assert not self.user.has_window, "the window came back with something to mend"

    async def _say(self, text: str) -> None:
        assert (await self.user.says(text)).acknowledged

    async def _press(self, seen: Seen, label: str, fills: Fills) -> None:
        post = next(post for post in self.user.sees() if post.ts == seen.key)
        for what, value in fills.items():
            self.user.fills_in(what, *_texts(value), on=post)
        assert (await self.user.presses(label, on=post)).acknowledged


@dataclass(slots=True, kw_only=True)
class AtTeams(Worker):
    """Somebody at Teams; a button is that of the latest card which has it."""

    user: TeamsUser

    async def screen(self) -> list[Seen]:
        return [Seen(words_on(card), tuple(_titles(card)), str(place)) for place, card in enumerate(self.user.sees())]

    async def _say(self, text: str) -> None:
        assert await self.user.say(text) < 300

    async def _press(self, seen: Seen, label: str, fills: Fills) -> None:
        drawn = [element["label"] for element in elements_of(self.user.sees()[int(seen.key)]) if "label" in element]
        # What is needed, and a hint, stand behind the label itself.
        whole = {what: next(one for one in drawn if one.startswith(what)) for what in fills}
        await self.user.press(label, fills={whole[what]: value for what, value in fills.items()})


@dataclass(slots=True, kw_only=True)
class AtTheWeb(Worker):
    """Somebody at the web chat; what replaces a card, or the message that was pressed, takes its place."""

    user: WebUser
    _shown: list[Shown] = field(default_factory=list)
    _last: int = 0

    async def screen(self) -> list[Seen]:
        for shown in await self.user.news(self._last):
            self._last = shown.id
            self._put(shown, self._place_of(shown))
        return [
            Seen(unescape(shown.text), tuple(shown.buttons()), str(place)) for place, shown in enumerate(self._shown)
        ]

    async def _say(self, text: str) -> None:
        for shown in await self.user.say(text):
            self._put(shown, None)

    async def _press(self, seen: Seen, label: str, fills: Fills) -> None:
        pressed = int(seen.key)
        self.user.last = (self._shown[pressed],)
        values = dict(_named(self._shown[pressed].html, what, value) for what, value in fills.items())
        for shown in await self.user.press(label, values):
            self._put(shown, pressed if shown.replaces else None)

    def _place_of(self, shown: Shown) -> int | None:
        places = [place for place, old in enumerate(self._shown) if shown.card and old.card == shown.card]
        return places[-1] if places else None

    def _put(self, shown: Shown, place: int | None) -> None:
        if place is None:
            self._shown.append(shown)
        else:
            self._shown[place] = shown


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _titles(card: dict[str, object]) -> list[str]:
    return [element["title"] for element in elements_of(card) if element["type"] == "Action.Execute"]


def _named(html: str, label: str, value: str | tuple[str, ...]) -> tuple[str, list[str]]:
    """Return the name of the field with this label, and what the page would send of it."""
    written = re.escape(label)
    single = re.search(rf'<label for="[0-9a-f]{{8}}-(\w+)">{written}', unescape(html))
    group = re.search(rf'<fieldset class="fill" data-name="(\w+)"[^>]*><legend>{written}', unescape(html))
    found = single or group
    assert found, f"the page has no field '{label}'"
    if isinstance(value, str):
        return found[1], [value]
    options = re.findall(r'value="([^"]*)"[^>]*>(?:<span>)?([^<]*)<', unescape(html))
    by_title = {title: option for option, title in options}
    return found[1], [by_title[title] for title in value]
