"""Priya fills in one form after the other in the web chat, and remembers what was acknowledged to her."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import uuid4

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.request import Draft
    from tests.clients.web_user import Shown, WebUser

    Value = tuple[str, ...]

START, LOOK, CHANGE, SEND = "site form", "resume", "change purpose", "Send it"
AGAIN = "I say again: "
KNOWN = MappingProxyType({"setting": ("elm-academy",)})  # before anything is asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """How one question is answered, and what is kept of it."""

    says: str = ""  # typed; or else:
    presses: str = ""  # the label of a button
    fills: Value = ()  # the field beside it
    kept: Value | None = None  # what was typed, where it is not said

    @property
    def value(self) -> Value:
        return (self.says,) if self.kept is None else self.kept


# In the order in which they are asked; {} is a number, so that no two answers are the same.
REPLIES: Mapping[str, Reply] = MappingProxyType(
    {
        "department": Reply(says="PE, group {}"),
        "author": Reply(presses="Priya Sample, Teacher of PE", kept=("priya-sample",)),
        "line_manager": Reply(says="Aisha Sample", kept=("aisha-sample",)),
        "purpose": Reply(says="Share match results with families, so that more of them come to game {}."),
        "aims": Reply(says="More families at matches and at open evenings, {} of them."),
        "content": Reply(says="Results, photos of displays and the dates of {} matches."),
        "audience": Reply(presses="Save", fills=("families", "staff"), kept=("staff", "families")),
        "contributors": Reply(says="staff", kept=("staff",)),
        "administrators": Reply(says="Daniel and Priya", kept=("daniel-example", "priya-sample")),
        "moderators": Reply(says="Priya, Callum, Aisha", kept=("priya-sample", "callum-sample", "aisha-sample")),
        "host": Reply(presses="Third party", kept=("third_party",)),
        "host_name": Reply(says="Instagram"),
        "go_live": Reply(presses="Save", fills=("2027-01-18",), kept=("2027-01-18",)),
        "closure": Reply(says="21 July 2027", kept=("2027-07-21",)),
        "learning_disabilities": Reply(presses="No", kept=("no",)),
        "security": Reply(says="A private account; comment {} is held until one of us has read it."),
        "interaction": Reply(says="read only", kept=("read",)),
        "hours": Reply(presses="Skip", kept=()),
        "exit_plan": Reply(says="We tell our {} followers, save what matters and remove the page."),
        "success": Reply(says="skip", kept=()),
        "success_on": Reply(presses="Skip", kept=()),
        "rules_draft": Reply(says="skip", kept=()),
        "intervention_plan": Reply(says="We meet in room {} and agree what the three of us do."),
        "own_logins": Reply(presses="Yes", kept=("yes",)),
        "logo": Reply(says="no", kept=("no",)),
    }
)
TYPED = tuple(key for key, reply in REPLIES.items() if "{}" in reply.says)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """How one form stands."""

    answers: Mapping[str, Value]
    at: str  # the question it stands at; "" for the review
    version: int = 0

    @property
    def is_reworded(self) -> bool:
        """Tell whether one answer was given a second time."""
        return AGAIN in self.answers.get("purpose", ("",))[0]

    @classmethod
    def of(cls, draft: Draft) -> Paper:
        answers = {str(key): value for key, value in draft.answers.items()}
        return cls(answers=answers, at=draft.at or "", version=draft.version)

    def with_answer(self, value: Value) -> Paper:
        answers = {**self.answers, self.at: value}
        return replace(self, answers=answers, at=next((key for key in REPLIES if key not in answers), ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing Priya does, and how her forms stand once it is done."""

    reply: Reply
    after: tuple[Paper, ...]
    is_answer: bool = False
    event_id: str = field(default_factory=lambda: uuid4().hex)


class ServerGone(Exception):  # noqa: N818 - the name is the sentence: the server is gone
    """No answer came, as the server is no more; `was_sent` where it had got the call."""

    def __init__(self, *, was_sent: bool) -> None:
        super().__init__()
        self.was_sent = was_sent


@dataclass(slots=True)
class Priya:
    """She goes by what was acknowledged to her, and holds the bot to it."""

    web: WebUser
    papers: tuple[Paper, ...] = ()  # as she was told that they stand, the oldest first
    doing: Act | None = None  # what nobody has acknowledged yet
    acknowledged: int = 0  # answers
    number: int = 0
    hears: bool = True  # False: what the server says to her is lost on the way

    async def go_on(self) -> None:
        """Do what comes next; raises ServerGone where nobody acknowledges it."""
        act = self.doing = self.doing or self._next()
        last, shown = self.web.last, await self._do(act)
        if not self.hears:
            self.web.last = last
            raise ServerGone(was_sent=True)
        self.doing, self.papers = None, act.after
        self.acknowledged += act.is_answer
        self._is_as_it_should(shown)

    def look(self) -> None:
        """Do nothing again, but ask where the form stands."""
        self.doing = Act(reply=Reply(says=LOOK), after=self.papers)

    def _next(self) -> Act:
        paper = self.papers[-1] if self.papers else None
        if paper is None or paper.version:
            begun = Paper(answers=KNOWN, at=next(iter(REPLIES)))
            return Act(reply=Reply(says=START), after=(*self.papers, begun))
        if paper.at:
            reply = self._reply(paper.at)
            return Act(reply=reply, after=self._with(paper.with_answer(reply.value)), is_answer=True)
        if len(self.papers) % 2 and not paper.is_reworded:
            return Act(reply=Reply(says=CHANGE), after=self._with(replace(paper, at="purpose")))
        return Act(reply=Reply(presses=SEND), after=self._with(replace(paper, version=1)))

    def _reply(self, question: str) -> Reply:
        self.number += 1
        reply = REPLIES[question]
        again = AGAIN if question in self.papers[-1].answers else ""
        return replace(reply, says=again + reply.says.format(self.number))

    def _with(self, paper: Paper) -> tuple[Paper, ...]:
        return (*self.papers[:-1], paper)

    async def _do(self, act: Act) -> tuple[Shown, ...]:
        reply = act.reply
        try:
            if reply.presses:
                filled = {self.papers[-1].at: [*reply.fills]} if reply.fills else {}
                return await self.web.press(reply.presses, filled, event_id=act.event_id)
            return await self.web.say(reply.says, event_id=act.event_id)
        except aiohttp.ClientConnectorError:
            raise ServerGone(was_sent=False) from None
        except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError):
            raise ServerGone(was_sent=True) from None

    def _is_as_it_should(self, shown: tuple[Shown, ...]) -> None:
        """Look that the bot asks what is to be asked next, and shows on the review what was typed."""
        paper = self.papers[-1] if self.papers else None
        buttons = {label: about for one in shown for label, (_, about) in one.buttons().items()}
        if paper is None or paper.version:
            assert "Why?" not in buttons
        elif paper.at:
            assert buttons["Why?"].partition(":")[2] == paper.at, (
                paper.at,
                [(one.text, one.buttons()) for one in shown],
            )
        else:
            text = "\n".join(one.text for one in shown)
            assert SEND in buttons
            assert [paper.answers[key][0] for key in TYPED if paper.answers[key][0] not in text] == []
