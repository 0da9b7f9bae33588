"""A site is judged by its aims, said to be still needed, and given the address where people find it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.requests.reading import clean
from handlers.sites import living_about
from handlers.sites.living_checks import checks_about, review_done
from handlers.sites.living_moves import site_card
from handlers.sites.looking_after_about import read_site
from handlers.sites.looking_after_naming import GONE
from handlers.sites.rights import parts_of
from policy_kb.bot_words import Action, SayKind
from policy_kb.rules.london import london_date
from policy_kb.rules.site import IN_USE, OWES_PEOPLE, STARTING
from policy_kb.rules.site_dues import EvaluationIncomplete, a_year_after, address_of, next_evaluation
from policy_kb.rules.site_life import MAY_CHECK, MAY_CLOSE, check_doer
from policy_kb.site_words import Round, SiteState
from policy_kb.words import Verb
from storage.audit import Subject
from storage.says import SayFacts
from storage.site_work import Evaluation

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed
    from policy_kb.rules.site import Site
    from policy_kb.rules.site_life import Doer

REACHED, WORDS, ADDRESS = "reached", "words", "address"
HOW_FAR = {"fully": "Fully", "partly": "In part", "not": "Not"}
LONGEST_WORDS = 4_000  # characters
CAN_BE_JUDGED = IN_USE | {SiteState.SUSPENDED}


def evaluate(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Keep how far a site reached its aims, and when it is judged next; without fields, show the form.

    Raises:
        NotYourSite, EvaluationIncomplete: nothing was changed.

    Policy: A.1.7
    """
    site = _held(event, MAY_CLOSE, act)
    if site is None or act.person is None:
        return (GONE,)
    if site.state not in CAN_BE_JUDGED:
        return (site_card(site),)
    if REACHED not in event.values and WORDS not in event.values:
        return (SayFacts(kind=SayKind.SITE_FORM, about=f"{site.id}:evaluate"),)
    reached, words = _first(event, REACHED), clean(_first(event, WORDS))
    if reached not in HOW_FAR or not words or len(words) > LONGEST_WORDS:
        raise EvaluationIncomplete
    made = Evaluation(reached=reached, words=words, by=act.person, at=act.now)
    if not _is_there(site, made, act):
        act.uow.sites.evaluate(site.id, made, entry=act.entry(Verb.EVALUATED, "A.1.7"))
        again = replace(site, evaluate_on=next_evaluation(site, act.today))
        act.uow.sites.change(again, entry=act.entry(Verb.CHANGED, "A.1.7"))
        act.uow.sites.touch(site.id, act.today)
        review_done(site, Action.EVALUATE_SITE, act)
    if site.state is SiteState.CLOSING:
        return (checks_about(site, Round.CLOSING),)
    return (site_card(site, living_about.JUDGED),)


def keep_needed(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Keep that a site is still needed; a day on which that was to be asked moves on by a year.

    Raises:
        NotYourSite: nothing was changed.

    Policy: A.1.6
    """
    site = _held(event, MAY_CLOSE, act)
    if site is None:
        return (GONE,)
    is_over = site.review_on is not None and site.review_on <= act.today
    if site.state not in IN_USE:
        return (site_card(site),)
    if is_over or site.active_on != act.today:
        entry = act.entry(Verb.CHECKED, "A.1.6")
        act.uow.audit.write(Subject.of_site(site.id), replace(entry, facts={"still_needed": True}))
        act.uow.sites.touch(site.id, act.today)
        if is_over:
            act.uow.sites.change(replace(site, review_on=a_year_after(act.today)), entry=entry)
        review_done(site, Action.STILL_NEEDED, act)
    return (site_card(site, living_about.NEEDED),)


def keep_address(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Keep where people find a site; without the field, show the form.

    Raises:
        NotYourSite, NotAnAddress: nothing was changed.

    Policy: 6.2
    """
    site = _held(event, MAY_CHECK, act)
    if site is None:
        return (GONE,)
    if site.state not in OWES_PEOPLE:
        return (site_card(site),)
    if ADDRESS not in event.values:
        return (SayFacts(kind=SayKind.SITE_FORM, about=f"{site.id}:address"),)
    address = address_of(_first(event, ADDRESS))
    act.uow.sites.change(replace(site, address=address), entry=act.entry(Verb.CHANGED, "6.2"))
    if site.state in STARTING:
        return (checks_about(site, Round.PRE_LIVE),)
    return (site_card(site, living_about.ADDRESS),)


def _held(event: ButtonPressed, may: Collection[Doer], act: Acting) -> Site | None:
    number = read_site(event.about)
    site = act.uow.sites.hold(number) if number and act.person else None
    if site and act.person:
        check_doer(may, parts_of(act.person, site, act.uow, act.today))
    return site


def _first(event: ButtonPressed, name: str) -> str:
    return next(iter(event.values.get(name, ())), "").strip()


def _is_there(site: Site, made: Evaluation, act: Acting) -> bool:
    """Tell whether the same person said the same today: somebody pressed twice."""
    return any(
        (one.reached, one.words, one.by, london_date(one.at)) == (made.reached, made.words, made.by, act.today)
        for one in act.uow.sites.evaluations(site.id)
    )
