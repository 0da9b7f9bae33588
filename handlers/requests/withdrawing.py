"""What the requester does with a request that was sent: take it back, tell that it is live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.requests.about import card_name
from policy_kb.bot_words import SayKind
from policy_kb.request_words import RequestState
from policy_kb.rules import requesting
from policy_kb.words import Verb
from storage.says import SayFacts

if TYPE_CHECKING:
    from handlers.requests.act import Act
    from handlers.requests.matter import Matter
    from policy_kb.words import PersonId


def ask_whether_surely(matter: Matter, person: PersonId) -> tuple[SayFacts, ...]:
    """Ask once more before a request is taken back; raises NotTheirs, NotSentYet, RequestClosed."""
    requesting.check_may_withdraw(matter.facts, person)
    return (SayFacts(kind=SayKind.WITHDRAW_ASKED, about=str(matter.facts.id), replaces=True),)


def withdraw(matter: Matter, person: PersonId, act: Act) -> tuple[SayFacts, ...]:
    """
    Take a request back, lock its cards and tell whoever was asked.

    Raises:
        NotTheirs, NotSentYet, RequestClosed: nothing was changed.
    """
    requesting.check_may_withdraw(matter.facts, person)
    if _has_moved(matter, RequestState.WITHDRAWN, act):
        asked = [one.person for step in matter.open_steps() for one in step.asked]
        said = [one.by for one in matter.facts.counting()]
        _tell(matter, "withdrawn", (*asked, *said), act)
    return _where_it_is(matter)


def go_live(matter: Matter, person: PersonId, act: Act) -> tuple[SayFacts, ...]:
    """
    Keep that what was approved is in use, and tell whoever approved it; nothing happens where a form has no such day.

    Raises:
        NotTheirs, NotApprovedYet, AlreadyLive: nothing was changed.

    Policy: A.3.3
    """
    requesting.check_may_go_live(matter.steps, matter.facts, person)
    if matter.form.goes_live and _has_moved(matter, RequestState.LIVE, act):
        _tell(matter, "live", tuple(one.by for one in matter.facts.counting()), act)
    return _where_it_is(matter)


def _has_moved(matter: Matter, to: RequestState, act: Act) -> bool:
    verb = Verb.WITHDRAWN if to is RequestState.WITHDRAWN else Verb.WENT_LIVE
    entry = act.entry(verb, str(matter.form.clause))
    moved = act.uow.requests.change_state(matter.facts.id, matter.facts.state, to, now=act.now, entry=entry)
    if moved:
        act.uow.form_talks.end_all(matter.facts.id)
        for step in matter.facts.steps:
            act.refresh_cards(card_name(matter.facts.id, step.key))
    return moved


def _tell(matter: Matter, key: str, people: tuple[PersonId, ...], act: Act) -> None:
    also = (matter.facts.requester, matter.facts.author)
    act.tell((*people, *also), SayFacts(kind=SayKind.NOTICE, about=f"{matter.facts.id}:{key}"))


def _where_it_is(matter: Matter) -> tuple[SayFacts, ...]:
    return (SayFacts(kind=SayKind.STATUS, about=str(matter.facts.id), replaces=True),)
