"""A site moves on in its life, and those who answer for it hear of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.sites.looking_after_slots import drop_slots
from handlers.sites.rights import heads_of
from policy_kb.bot_words import SayKind
from policy_kb.words import Role, Verb
from storage.says import SayFacts

if TYPE_CHECKING:
    from handlers.acting import Acting
    from policy_kb.rules.site import Site
    from policy_kb.rules.site_life import Move
    from policy_kb.site_words import CheckKey
    from policy_kb.words import PersonId


def move(site: Site, made: Move, verb: Verb, act: Acting) -> bool:
    """Move a site from the state it was read in; False where it is elsewhere by now."""
    entry = act.entry(verb, made.clause)
    return act.uow.sites.move(site.id, site.state, made.to, on=act.today, entry=entry)


def site_card(site: Site, done: str = "") -> SayFacts:
    """Return the card of a site, in the place of the message that was pressed; it says first what was done."""
    return SayFacts(kind=SayKind.SITE, about=f"{site.id}:{done}" if done else str(site.id), replaces=True)


def news(site: Site, key: str, beside: str | None = None) -> SayFacts:
    """Return what is heard of a site, with whoever did it or what it is about: ``7:closed``, ``7:check_no:privacy``."""
    return SayFacts(kind=SayKind.SITE_NEWS, about=f"{site.id}:{key}:{beside}" if beside else f"{site.id}:{key}")


def tell_of(site: Site, key: str, act: Acting, *, members: bool = False) -> None:
    """
    Tell author, administrators and heads what somebody did with a site; its moderators too where it is theirs to know.

    Whoever has left is told nothing.
    """
    people = site.people_on(act.today, None if members else Role.SITE_ADMINISTRATOR)
    others = (site.author, *people, *heads_of(site.setting, act.uow, act.today))
    act.tell(tuple(one for one in others if is_there(one, act)), news(site, key, act.person))


def tell_heads(site: Site, found: CheckKey, act: Acting) -> None:
    """Tell the heads and the author which line of a check was answered with no."""
    others = (site.author, *heads_of(site.setting, act.uow, act.today))
    act.tell(tuple(one for one in others if is_there(one, act)), news(site, "check_no", found))


def let_everybody_go(site: Site, act: Acting, clause: str) -> None:
    """
    End the parts of all who look after a site that is over, and take its slots to come out of the rota.

    Policy: A.1.6, A.3.2
    """
    for one in site.members_on(act.today):
        until = max(act.today, one.since)
        entry = act.entry(Verb.REMOVED, clause)
        act.uow.sites.end_member(site.id, one.person, one.role, until=until, entry=entry)
    drop_slots(site.id, act)


def is_there(person: PersonId, act: Acting) -> bool:
    """Tell whether somebody still works for the trust."""
    found = act.uow.people.get(person)
    return found is not None and found.is_in_post(act.today)
