"""Watching that enough people look after each site, and asking each of them whether they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import telling
from handlers.sites.looking_after_about import part_about
from handlers.sites.rights import heads_of, office_of
from policy_kb.bot_words import SayKind
from policy_kb.rules.periods import DAY
from policy_kb.rules.site_people import to_be_told
from policy_kb.words import Role
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from handlers.acting import Acting
    from policy_kb.rules.site import Site
    from policy_kb.site_words import SiteId
    from policy_kb.words import PersonId
    from storage.unit_of_work import UnitOfWork


def ask_all(site: Site, act: Acting) -> None:
    """
    Ask everybody who looks after a site and has not accepted; somebody with two parts is asked once.

    Policy: A.3.2
    """
    waiting = [one for one in site.members_on(act.today) if one.accepted_at is None]
    for person in dict.fromkeys(one.person for one in waiting):
        roles = [one.role for one in waiting if one.person == person]
        ask(site.id, person, act, about=part_about(site.id, roles[0] if len(roles) == 1 else None))


def ask(site_id: SiteId, person: PersonId, act: Acting, *, about: str = "") -> None:
    """Ask one person whether they accept; whoever acts among them, for a list may have named them."""
    say = SayFacts(kind=SayKind.PART_ASKED, about=about or str(site_id))
    telling.tell(person, say, act.uow, now=act.now)


def watch(site_id: SiteId, act: Acting, because: str = "") -> bool:
    """
    Tell author and head at once where too few people look after a site; False, and nothing, where it is well.

    The office is told where neither is in post or can be reached. At once means at any hour. What led to it
    (``refused:site_moderator:tom-example``) is said; where nothing new did, the same numbers are told once a day.

    Policy: A.5.4, A.1.5
    """
    site = act.uow.sites.get(site_id)
    missing = to_be_told(site, act.today, act.view.moderating.minimum) if site else {}
    if site is None or not missing:
        return False
    say = SayFacts(kind=SayKind.BELOW_TWO, about=f"{site_id}:{because}" if because else str(site_id))
    subject = _subject(site_id, missing)
    for person in answer_for(site, act.uow, act.today):
        if because or not act.uow.reminded.is_put_off(person, subject, act.today):
            act.uow.reminded.put_off(person, subject, act.today + DAY)
            act.tell((person,), say)
    return True


def is_told_today(site: Site, person: PersonId, act: Acting) -> bool:
    """Tell whether somebody was told on this London day, by `watch`, that a site lacks as many as it lacks now."""
    missing = to_be_told(site, act.today, act.view.moderating.minimum)
    return act.uow.reminded.is_put_off(person, _subject(site.id, missing), act.today)


def answer_for(site: Site, uow: UnitOfWork, on: date) -> tuple[PersonId, ...]:
    """Return who hears of trouble at a site: author and heads; the office where none of them can be told."""
    author = uow.people.get(site.author)
    own = (site.author,) if author and author.is_in_post(on) else ()
    people = _once((*own, *heads_of(site.setting, uow, on)))
    if any(telling.can_be_reached(one, uow) for one in people):
        return people
    return _once((*people, *office_of(site.setting, uow, on)))


def who_acts(site: Site, uow: UnitOfWork, on: date, *, but: PersonId | None) -> tuple[PersonId, ...]:
    """
    Return who is to act on a site: its administrators but one; whoever answers for it where none can be told.

    Policy: A.5.4, A.3.2
    """
    people = (uow.people.get(one) for one in site.people_on(on, Role.SITE_ADMINISTRATOR) if one != but)
    there = tuple(one.id for one in people if one and one.is_in_post(on))
    if any(telling.can_be_reached(one, uow) for one in there):
        return there
    return _once((*there, *(one for one in answer_for(site, uow, on) if one != but)))


def _subject(site_id: SiteId, missing: Mapping[Role, int]) -> str:
    numbers = ":".join(f"{role.value}={number}" for role, number in sorted(missing.items()))
    return f"below_two:{site_id}:{numbers}"


def _once(people: Iterable[PersonId]) -> tuple[PersonId, ...]:
    return tuple(dict.fromkeys(people))
