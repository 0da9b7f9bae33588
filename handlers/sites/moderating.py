"""What moderators do with what stands on a site: the log, extreme offence, the plan for stepping in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.sites.looking_after_about import read_site
from handlers.sites.looking_after_naming import GONE
from handlers.sites.looking_after_watch import who_acts
from handlers.sites.moderating_about import LogAbout, one_of, read_day_of, read_log
from handlers.sites.rights import parts_of
from policy_kb.bot_words import Action, SayKind
from policy_kb.rules.patterns import LogIncomplete, check_may_log, link_of
from policy_kb.rules.site import OWES_PEOPLE
from policy_kb.rules.site_people import NeedsNobody
from policy_kb.site_words import LogAction, LogCategory
from policy_kb.words import Verb
from storage.moderation import LogLine
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed
    from policy_kb.rules.site import Site

SITE, ACT, CATEGORY, LINK = "site", "act", "category", "link"
DOUBLE_CLICK = timedelta(seconds=5)  # the same line again within it is the same act


def show_log(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """Show the form for a line of the log."""
    del act
    return (SayFacts(kind=SayKind.LOG_FORM, about=read_log(event.about).about),)


def save_log(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Keep what was done with something on a site: never the content, and never a picture.

    What is passed on is told to the administrators at once, and extreme offence brings the steps to take.

    Raises:
        LogIncomplete, NotALink, NotYoursToLog, NeedsNobody: nothing was kept.

    Policy: A.5.3, A.5.4, A.5.6
    """
    filled = {name: next(iter(event.values.get(name, ())), "") for name in (SITE, ACT, CATEGORY, LINK)}
    number = read_site(event.about or filled[SITE])
    action, category = one_of(LogAction, filled[ACT]), one_of(LogCategory, filled[CATEGORY])
    if act.person is None or (event.about and number is None):
        return (GONE,)
    if number is None or action is None or category is None:
        raise LogIncomplete
    site = act.uow.sites.hold(number)
    if site is None:
        return (GONE,)
    check_may_log(parts_of(act.person, site, act.uow, act.today))
    if site.state not in OWES_PEOPLE:
        raise NeedsNobody
    link = link_of(filled[LINK])
    line = LogLine(site=site.id, action=action, category=category, link=link, by=act.person, at=act.now)
    if not _is_there(line, act):
        act.uow.moderation.write(line, entry=act.entry(Verb.LOGGED, "A.5.3"))
        act.uow.sites.touch(site.id, act.today)
        if action is LogAction.ESCALATED:
            _pass_on(line, site, act)
    said = LogAbout(site=site.id, action=action, category=category)
    extreme = (SayFacts(kind=SayKind.EXTREME, about=str(site.id)),) if category is LogCategory.EXTREME else ()
    return (SayFacts(kind=SayKind.LOGGED, about=said.about, replaces=True), *extreme)


def show_extreme(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Show at once what to do about extreme offence or a risk of harm; it never waits for anything.

    Policy: A.5.6, A.2.3
    """
    del act
    return (SayFacts(kind=SayKind.EXTREME, about=str(read_site(event.about) or "")),)


def show_plan(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Show the plan for stepping in that the form holds.

    Policy: A.5.5
    """
    del act
    return (SayFacts(kind=SayKind.PLAN, about=str(read_site(event.about) or "")),)


def show_patterns(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """Show what was logged in a term."""
    del act
    is_known = not event.about or read_day_of(event.about) is not None
    return (SayFacts(kind=SayKind.PATTERNS, about=event.about) if is_known else GONE,)


ACTIONS: Mapping[Action, Callable[[ButtonPressed, Acting], tuple[SayFacts, ...]]] = {
    Action.LOG: show_log,
    Action.SAVE_LOG: save_log,
    Action.EXTREME: show_extreme,
    Action.PLAN: show_plan,
    Action.PATTERNS: show_patterns,
}


def _is_there(line: LogLine, act: Acting) -> bool:
    """Tell whether the same person logged the same a moment ago: somebody pressed twice."""
    recent = act.uow.moderation.lines((line.site,), act.now - DOUBLE_CLICK, act.now + DOUBLE_CLICK)
    same = (line.action, line.category, line.link, line.by)
    return any((one.action, one.category, one.link, one.by) == same for one in recent)


def _pass_on(line: LogLine, site: Site, act: Acting) -> None:
    said = LogAbout(site=site.id, action=line.action, category=line.category, at=line.at)
    people = who_acts(site, act.uow, act.today, but=act.person)
    act.tell(people, SayFacts(kind=SayKind.LOGGED, about=said.about))
