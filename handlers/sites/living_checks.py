"""The checklists of a site are answered, and a site goes live once everything before that is so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.requests import withdrawing
from handlers.requests.about import OF_A_REQUEST, read_request
from handlers.requests.act import Act
from handlers.sites.living_about import read_check
from handlers.sites.living_checklist import RUNNING, checklist, waits_for
from handlers.sites.living_moves import is_there, move, news, site_card, tell_heads
from handlers.sites.looking_after_naming import GONE
from handlers.sites.rights import parts_of
from policy_kb.bot_words import Action, SayKind
from policy_kb.rules import requesting
from policy_kb.rules.site import STARTING
from policy_kb.rules.site_checks import NotReady, check_all_so
from policy_kb.rules.site_dues import next_evaluation
from policy_kb.rules.site_life import MAY_CHECK, MAY_CLOSE, Doer, NotInThisState, check_doer, check_move
from policy_kb.site_words import CheckAnswer, Round, SiteState
from policy_kb.words import Verb
from storage.says import SayFacts
from storage.site_work import Check

if TYPE_CHECKING:
    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed
    from handlers.requests.matter import Matter
    from policy_kb.rules.site import Site
    from policy_kb.rules.site_checks import CheckLine
    from policy_kb.words import PersonId

IN_STATES = {
    Round.PRE_LIVE: STARTING,
    Round.HEALTH: RUNNING,
    Round.CLOSING: frozenset({SiteState.CLOSING}),
}
"""In which states a site has which checklist."""

MAY_ANSWER = {Round.PRE_LIVE: MAY_CHECK, Round.HEALTH: MAY_CHECK, Round.CLOSING: MAY_CLOSE}


def checks_about(site: Site, round_: Round) -> SayFacts:
    """Return the card of a checklist."""
    return SayFacts(kind=SayKind.SITE_CHECKS, about=f"{site.id}:{round_.value}", replaces=True)


def show_checks(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Show a checklist of a site, or one line of it again; its card, where it has none of that kind now.

    Raises:
        NotYourSite: they do not answer for it.
    """
    about = read_check(event.about)
    site = act.uow.sites.get(about.site) if about else None
    if about is None or site is None or act.person is None:
        return (GONE,)
    check_doer(MAY_ANSWER[about.round] | MAY_CLOSE, parts_of(act.person, site, act.uow, act.today))
    if site.state not in IN_STATES[about.round]:
        return (site_card(site),)
    line = f":{about.key}" if about.key else ""
    return (SayFacts(kind=SayKind.SITE_CHECKS, about=f"{site.id}:{about.round.value}{line}", replaces=True),)


def answer(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Keep what somebody says to a line of a checklist; the same again changes nothing.

    The first answer before going live begins the checks; the last one of a half-termly check ends its being due.
    The head hears of a no where it matters.

    Raises:
        NotYourSite: nothing was changed.

    Policy: A.4.1, 6.2, A.1.6
    """
    about = read_check(event.about)
    site = act.uow.sites.hold(about.site) if about else None
    if about is None or site is None or act.person is None:
        return (GONE,)
    check_doer(MAY_ANSWER[about.round], parts_of(act.person, site, act.uow, act.today))
    if site.state not in IN_STATES[about.round]:
        return (site_card(site),)
    made = checklist(site, about.round, act.view, act.uow, act.today)
    line = next((one for one, _ in made.asked if one.key == about.key), None)
    said = about.answer
    if line and said and made.run.answers.get(line.key) is not said:
        check = Check(
            round=about.round, round_on=made.run.round_on, key=line.key, answer=said, by=act.person, at=act.now
        )
        _keep(site, line, check, act)
    return (checks_about(site, about.round),)


def go_live(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Keep that an approved site is in use, once all is so that has to be before; its request follows.

    Until then the checks are shown, and a refusal says that they come first.

    Raises:
        NotTheirs, NotApprovedYet, AlreadyLive: nothing was changed.

    Policy: A.3.3, A.4.1, A.5.4
    """
    number = read_request(event.about)
    if number is None or act.person is None:
        return (SayFacts(kind=SayKind.GONE, about=OF_A_REQUEST),)
    asking = Act(person=act.person, view=act.view, uow=act.uow, now=act.now, channel=act.channel)
    matter = asking.hold(number)
    if matter is None:
        return (SayFacts(kind=SayKind.GONE, about=OF_A_REQUEST),)
    found = act.uow.sites.of_request(number)
    site = act.uow.sites.hold(found.id) if found else None
    if site is None:  # what is asked for is no site, or nobody has approved it
        return withdrawing.go_live(matter, act.person, asking)
    parts = parts_of(act.person, site, act.uow, act.today)
    asks = _who_says_so(matter, act.person, parts)
    requesting.check_may_go_live(matter.steps, matter.facts, asks)
    made = checklist(site, Round.PRE_LIVE, act.view, act.uow, act.today)
    try:
        check_all_so(made.standings, NotReady)
        way = check_move(site, Action.IS_LIVE, parts | {Doer.AUTHOR})
    except (NotReady, NotInThisState) as refusal:
        return (checks_about(site, Round.PRE_LIVE), SayFacts(kind=SayKind.REFUSED, about=f"{refusal.key}:"))
    # Whoever asks for the site, and whoever looks after it, passes the check before this one alone.
    _begin(site, act)
    move(site, way, Verb.WENT_LIVE, act)
    withdrawing.go_live(matter, asks, asking)
    hear_of_the_request = {matter.facts.requester, matter.facts.author, *(one.by for one in matter.facts.counting())}
    others = (one for one in site.people_on(act.today) if one not in hear_of_the_request and is_there(one, act))
    act.tell(others, news(site, "live"))
    return (site_card(site),)


def review_done(site: Site, by: Action, act: Acting) -> None:
    """Let a site be live again once nothing is due of it any more; `site` is as it was read before."""
    now = act.uow.sites.get(site.id)
    if now and now.state is SiteState.REVIEW_DUE and not waits_for(now, act.view, act.uow, act.today) and act.person:
        parts = parts_of(act.person, now, act.uow, act.today)
        move(now, check_move(now, by, parts), Verb.CHECKED, act)


def _keep(site: Site, line: CheckLine, check: Check, act: Acting) -> None:
    act.uow.sites.answer_check(site.id, check, entry=act.entry(Verb.CHECKED, str(line.clause)))
    act.uow.sites.touch(site.id, act.today)
    if site.state is SiteState.APPROVED and act.person:
        parts = parts_of(act.person, site, act.uow, act.today)
        move(site, check_move(site, Action.CHECK_SITE, parts), Verb.CHECKED, act)
    if check.round is Round.HEALTH:
        if check.answer is CheckAnswer.NO and line.tells_head:
            tell_heads(site, line.key, act)
        review_done(site, Action.CHECK_SITE, act)


def _who_says_so(matter: Matter, person: PersonId, parts: frozenset[Doer]) -> PersonId:
    """Return in whose place somebody says that it is live: whoever checks the site speaks for whoever asked."""
    return matter.facts.requester if MAY_CHECK & parts else person


def _begin(site: Site, act: Acting) -> None:
    """Keep the day on which a site went live, and when it is judged."""
    evaluate_on = site.evaluate_on or next_evaluation(site, act.today)
    begun = replace(site, live_on=act.today, evaluate_on=evaluate_on)
    act.uow.sites.change(begun, entry=act.entry(Verb.WENT_LIVE, "A.3.3"))
    act.uow.sites.touch(site.id, act.today)
