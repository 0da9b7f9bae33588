"""A site is opened once its request is approved, and follows it until it goes live."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from handlers.sites.living_moves import let_everybody_go
from handlers.sites.looking_after_parts import end_part
from handlers.sites.looking_after_watch import ask_all, watch
from policy_kb.request_words import FormKey, QuestionKey, RequestState
from policy_kb.rules.site import LOOKS_AFTER, STARTING, Member, Site
from policy_kb.rules.site_life import OVER
from policy_kb.site_words import SiteId, SiteState
from policy_kb.words import PersonId, Role, Verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.acting import Acting
    from policy_kb.request_words import RequestId
    from policy_kb.rules.request import RequestFacts

FORM = FormKey("site")
NEW = SiteId(0)  # until storage gives it a number
NAMED = {Role.SITE_ADMINISTRATOR: "administrators", Role.SITE_MODERATOR: "moderators"}
LONGEST_NAME = 80  # characters
FOLLOWS = {
    RequestState.SUBMITTED: SiteState.SUBMITTED,
    RequestState.CHANGES_ASKED: SiteState.SUBMITTED,
    RequestState.DECLINED: SiteState.DECLINED,
    RequestState.WITHDRAWN: SiteState.WITHDRAWN,
    RequestState.APPROVED: SiteState.APPROVED,
}
"""Where a site is while its request is in some state, until it goes live."""


def open_approved(act: Acting) -> int:
    """
    Open a site for each approved request that has none, ask its people, and return how many were opened.

    A site that is not in use yet follows its request: where that was changed in substance and is decided on anew,
    was declined or was taken back. What was done before is not done again, by whoever calls this at once.

    Policy: A.3.3, A.3.2
    """
    for site in act.uow.sites.listed(states=STARTING | {SiteState.SUBMITTED}):
        if site.request is not None:
            _follow(site, site.request, act)
    return sum(_open(request_id, act) for request_id in act.uow.sites.not_opened(FORM))


def _open(request_id: RequestId, act: Acting) -> bool:
    act.uow.requests.hold(request_id)
    facts = act.uow.requests.facts(request_id)
    if facts is None or facts.state is not RequestState.APPROVED or act.uow.sites.of_request(request_id):
        return False  # somebody was faster while we waited for the request
    site = replace(_site_of(facts, act), members=tuple(_members(facts, act)))
    site_id = act.uow.sites.open(site, entry=act.entry(Verb.OPENED, "A.3.3"))
    _ask(site_id, act)
    return True


def _follow(site: Site, request_id: RequestId, act: Acting) -> None:
    request = act.uow.requests.get(request_id)
    wanted = FOLLOWS.get(request.state) if request else None
    if wanted is None or _where(site) is wanted:
        return
    act.uow.requests.hold(request_id)
    held, facts = act.uow.sites.hold(site.id), act.uow.requests.facts(request_id)
    wanted = FOLLOWS.get(facts.state) if facts else None
    if facts is None or held is None or wanted is None or _where(held) is wanted:
        return
    act.uow.sites.move(held.id, held.state, wanted, on=act.today, entry=act.entry(Verb.CHANGED, "A.3.3"))
    if wanted in OVER:
        let_everybody_go(held, act, "A.3.3")
    if wanted is SiteState.APPROVED:
        _fill_in_again(held, facts, act)


def _where(site: Site) -> SiteState:
    """Return where a site is as its request sees it: checks that have begun make no difference to that."""
    return SiteState.APPROVED if site.state in STARTING else site.state


def _fill_in_again(site: Site, facts: RequestFacts, act: Acting) -> None:
    """Let a site be as it was approved anew; whoever is not named any more no longer looks after it."""
    made = replace(_site_of(facts, act), id=site.id, name=site.name, address=site.address, rota=site.rota)
    act.uow.sites.change(made, entry=act.entry(Verb.CHANGED, "A.3.3"))
    named = {(one.person, one.role): one for one in _members(facts, act)}
    there = {(one.person, one.role) for one in site.members_on(act.today)}
    for key in sorted(named.keys() - there):
        act.uow.sites.add_member(site.id, named[key], entry=act.entry(Verb.ADDED, "A.3.3"))
    for person, role in sorted(there - named.keys()):
        end_part(site, person, role, act)
    _ask(site.id, act)


def _ask(site_id: SiteId, act: Acting) -> None:
    site = act.uow.sites.get(site_id)
    if site:
        ask_all(site, act)
        watch(site_id, act)


def _site_of(facts: RequestFacts, act: Acting) -> Site:
    """Return a site as its form has it, without its people; what the form leaves open stays empty."""
    return Site(
        id=NEW,
        request=facts.id,
        setting=facts.setting,
        name=_name(facts, act),
        state=SiteState.APPROVED,
        state_since=act.today,
        author=facts.author,
        host=_first(facts, "host"),
        host_name=_first(facts, "host_name"),
        purpose=_first(facts, "purpose"),
        aims=_first(facts, "aims"),
        success=_first(facts, "success"),
        exit_plan=_first(facts, "exit_plan"),
        intervention_plan=_first(facts, "intervention_plan"),
        audience=frozenset(_all(facts, "audience")),
        contributors=frozenset(_all(facts, "contributors")),
        interaction=_first(facts, "interaction"),
        uses_logo=_first(facts, "logo") == "yes",
        go_live=_day(facts, "go_live"),
        closure=_day(facts, "closure"),
        review_on=_day(facts, "review_on"),
        evaluate_on=_day(facts, "success_on"),
        active_on=act.today,
    )


def _name(facts: RequestFacts, act: Acting) -> str:
    """Return what a site is called, for the form does not ask: ``PE Instagram``; the second of a name has a number."""
    where = _first(facts, "host_name") if _first(facts, "host") == "third_party" else "site"
    name = " ".join(f"{_first(facts, 'department')} {where}".split())[:LONGEST_NAME] or "Site"
    taken = {one.name.casefold() for one in act.uow.sites.listed(setting=facts.setting)}
    return f"{name} (R-{facts.id})" if name.casefold() in taken else name


def _members(facts: RequestFacts, act: Acting) -> Iterator[Member]:
    """Yield the people whom the form names and who still work for the trust; none has accepted yet."""
    for role in LOOKS_AFTER:
        for named in dict.fromkeys(_all(facts, NAMED[role])):
            person = act.uow.people.get(PersonId(named))
            if person and person.is_in_post(act.today):
                yield Member(person=person.id, role=role, since=act.today)


def _all(facts: RequestFacts, key: str) -> tuple[str, ...]:
    return tuple(facts.answers.get(QuestionKey(key), ()))


def _first(facts: RequestFacts, key: str) -> str:
    return next(iter(_all(facts, key)), "")


def _day(facts: RequestFacts, key: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(_first(facts, key))
    return None
