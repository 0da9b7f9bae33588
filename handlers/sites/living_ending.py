"""The end of a site, and what stops it for a while: closed with a checklist, extended, suspended, used again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.calendars import calendar_of
from handlers.heard.days import read_day
from handlers.people_and_days import day_in_words
from handlers.sites.living_about import EXTENDED
from handlers.sites.living_checklist import checklist
from handlers.sites.living_checks import checks_about
from handlers.sites.living_moves import let_everybody_go, move, news, site_card, tell_of
from handlers.sites.looking_after_about import read_site
from handlers.sites.looking_after_naming import GONE
from handlers.sites.rights import parts_of
from policy_kb.bot_words import Action, SayKind
from policy_kb.rules.site_checks import NotAllDone, check_all_so
from policy_kb.rules.site_dues import check_extension
from policy_kb.rules.site_life import LIFE, Doer, check_doer, check_move
from policy_kb.site_words import Round, SiteState
from policy_kb.words import Verb
from storage.says import SayFacts

if TYPE_CHECKING:
    from datetime import date

    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed
    from policy_kb.rules.site import Site
    from policy_kb.rules.site_life import Move

UNTIL = "until"
CAN_BE_EXTENDED = frozenset({SiteState.LIVE, SiteState.REVIEW_DUE, SiteState.LEGACY, SiteState.CLOSING})


def ask_to_close(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """Ask once more before a site is closed; raises NotYourSite, NotInThisState."""
    site = _held(event, act)
    return whether_to_close(site, act) if site else (GONE,)


def whether_to_close(site: Site, act: Acting) -> tuple[SayFacts, ...]:
    """Return the question whether a site shall close; its list, where it does already; raises as `ask_to_close`."""
    return _asked(site, "close") if _way(site, Action.CLOSE_SITE_SURELY, act) else _closing(site)


def close(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Let a site close: its list of what is to be done first is shown, and those who answer for it are told.

    Raises:
        NotYourSite, NotInThisState: nothing was changed.

    Policy: A.1.6
    """
    site = _held(event, act)
    if site is None:
        return (GONE,)
    way = _way(site, Action.CLOSE_SITE_SURELY, act)
    if way and move(site, way, Verb.CHANGED, act):
        act.uow.sites.change(replace(site, closure=act.today), entry=act.entry(Verb.CHANGED, "A.1.6"))
        tell_of(site, "closing", act)
    return _closing(site)


def finish(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Close a site for good once its list is done: nobody looks after it any more, and its rota ends.

    Raises:
        NotYourSite, NotInThisState: nothing was changed.

    Policy: A.1.6, A.1.7, A.3.2
    """
    site = _held(event, act)
    if site is None:
        return (GONE,)
    way = _way(site, Action.SITE_CLOSED, act)
    if way is None:
        return (replace(news(site, "closed"), replaces=True),)
    try:
        check_all_so(checklist(site, Round.CLOSING, act.view, act.uow, act.today).standings, NotAllDone)
    except NotAllDone as refusal:
        return (checks_about(site, Round.CLOSING), SayFacts(kind=SayKind.REFUSED, about=f"{refusal.key}:"))
    if move(site, way, Verb.CLOSED, act):
        tell_of(site, "closed", act, members=True)
        let_everybody_go(site, act, way.clause)
        act.uow.sites.touch(site.id, act.today)
    return (replace(news(site, "closed"), replaces=True),)


def extend(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Let a site go on until a later day, which the head alone decides; without a day, show the form.

    Raises:
        OnlyTheHead, NotInThisState, NotADay, NotLater, TooFar: nothing was changed.

    Policy: A.1.6
    """
    site = _held(event, act)
    if site is None or act.person is None:
        return (GONE,)
    asked = until_when(site, act)
    if UNTIL not in event.values or site.state not in CAN_BE_EXTENDED:
        return asked
    until = check_extension(day_in(next(iter(event.values[UNTIL]), ""), site, act), act.today)
    if until != site.closure:
        act.uow.sites.change(replace(site, closure=until), entry=act.entry(Verb.EXTENDED, "A.1.6"))
        way = _way(site, Action.EXTEND_SITE, act) if site.state is SiteState.CLOSING else None
        if way:
            move(site, way, Verb.EXTENDED, act)
        tell_of(site, "extended", act)
    return (site_card(site, EXTENDED),)


def until_when(site: Site, act: Acting, day: date | None = None) -> tuple[SayFacts, ...]:
    """
    Return the form that asks until when a site goes on, with a day in it; its card, where that is not asked of it.

    Raises:
        OnlyTheHead: that is for the head to decide.

    Policy: A.1.6
    """
    check_doer({Doer.HEAD}, parts_of(act.person, site, act.uow, act.today) if act.person else ())
    if site.state not in CAN_BE_EXTENDED:
        return (site_card(site),)
    beside = f":{day.isoformat()}" if day else ""
    return (SayFacts(kind=SayKind.SITE_FORM, about=f"{site.id}:extend{beside}"),)


def day_in(text: str, site: Site, act: Acting) -> date | None:
    """Return the day that words mean at a site; None where they name no day."""
    setting = act.uow.settings.get(site.setting)
    return read_day(text, today=act.today, calendar=calendar_of(setting, act.uow) if setting else None)


def ask_to_suspend(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """Ask once more before a site is taken out of use; raises NotYourSite, NotInThisState."""
    site = _held(event, act)
    if site is None:
        return (GONE,)
    return _asked(site, "suspend") if _way(site, Action.SUSPEND_SITE_SURELY, act) else (site_card(site),)


def suspend(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Take a site out of use until the head says otherwise, and tell all who look after it.

    Raises:
        NotYourSite, NotInThisState: nothing was changed.

    Policy: A.5.6, A.2.1
    """
    return _moved(event, Action.SUSPEND_SITE_SURELY, Verb.SUSPENDED, "suspended", act)


def resume(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Let a suspended site be used again, which the head alone decides.

    Raises:
        OnlyTheHead, NotInThisState: nothing was changed.

    Policy: A.3.3
    """
    return _moved(event, Action.RESUME_SITE, Verb.RESUMED, "resumed", act)


def take_in(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Approve a site that was in use without an approval on paper, which the head alone does.

    Raises:
        OnlyTheHead, NotInThisState: nothing was changed.

    Policy: A.3.3
    """
    site = _held(event, act)
    if site is None:
        return (GONE,)
    way = _way(site, Action.TAKE_IN_SITE, act)
    if way and move(site, way, Verb.DECIDED, act):
        paper = f"Approved here on {day_in_words(act.today)}"
        act.uow.sites.change(replace(site, paper=paper), entry=act.entry(Verb.DECIDED, "A.3.3"))
        act.uow.sites.touch(site.id, act.today)
        tell_of(site, "taken_in", act)
    return (site_card(site),)


def _held(event: ButtonPressed, act: Acting) -> Site | None:
    number = read_site(event.about)
    return act.uow.sites.hold(number) if number and act.person else None


def _way(site: Site, by: Action, act: Acting) -> Move | None:
    """
    Return the way that a press moves a site; None where it is already where such a press leads.

    Raises:
        OnlyTheHead, NotYourSite, NotInThisState: as `check_move` does.
    """
    parts = parts_of(act.person, site, act.uow, act.today) if act.person else frozenset()
    ways = [one for one in LIFE if one.by is by]
    if not any(one.from_ is site.state for one in ways) and any(one.to is site.state for one in ways):
        check_doer(frozenset().union(*(one.doers for one in ways)), parts)
        return None
    return check_move(site, by, parts)


def _moved(event: ButtonPressed, by: Action, verb: Verb, key: str, act: Acting) -> tuple[SayFacts, ...]:
    site = _held(event, act)
    if site is None:
        return (GONE,)
    way = _way(site, by, act)
    if way and move(site, way, verb, act):
        act.uow.sites.touch(site.id, act.today)
        tell_of(site, key, act, members=True)
    return (site_card(site),)


def _closing(site: Site) -> tuple[SayFacts, ...]:
    return (checks_about(site, Round.CLOSING),)


def _asked(site: Site, what: str) -> tuple[SayFacts, ...]:
    return (SayFacts(kind=SayKind.SITE_ASKED, about=f"{site.id}:{what}", replaces=True),)
