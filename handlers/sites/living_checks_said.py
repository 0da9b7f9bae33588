"""A checklist of a site: one question at a time, and how every line stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import Fact, Facts, Message, Note, Paragraph, Tone
from handlers.people_and_days import name_of
from handlers.requests import in_words
from handlers.sites.living_about import read_check
from handlers.sites.living_checklist import checklist
from handlers.sites.living_checks import IN_STATES, MAY_ANSWER
from handlers.sites.living_in_words import STANDS
from handlers.sites.living_seen import seen
from handlers.sites.looking_after_in_words import gone, joined
from handlers.sites.rights import heads_of
from handlers.telling import can_be_reached
from policy_kb.bot_words import Action
from policy_kb.rules.hosts import OFTEN, hosts_named
from policy_kb.rules.site_checks import KnownBy, Standing
from policy_kb.rules.site_life import MAY_CLOSE, Doer
from policy_kb.site_words import CheckAnswer, Round
from policy_kb.words import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.message import Button
    from handlers.scene import SayScene
    from handlers.sites.living_checklist import Checklist
    from policy_kb.rules.site import Site
    from policy_kb.rules.site_checks import CheckLine

CALLED = {
    Round.PRE_LIVE: "checks before it goes live",
    Round.HEALTH: "half-termly check",
    Round.CLOSING: "list before it closes",
}
SAYS = {Standing.YES: "Yes", Standing.NO: "Not yet", Standing.OPEN: "Open"}
NO = "No"  # of a look at how things are, which is done whatever it finds
WAYS = {
    KnownBy.ADDRESS: ("Where people find it", Action.SITE_ADDRESS),
    KnownBy.OWN_LOGINS: ("Who looks after it", Action.NAME_PEOPLE),
    KnownBy.TWO_OF_EACH: ("Who looks after it", Action.NAME_PEOPLE),
    KnownBy.ROTA: ("What is not covered", Action.GAPS),
    KnownBy.EVALUATED: ("Judge it by its aims", Action.EVALUATE_SITE),
}
"""What helps with a line that the bot knows by itself."""

MOST_AGAIN = 3  # lines that are answered anew from one card


def compose_checks(about: str, scene: SayScene) -> Message:
    """Return a checklist as it stands, with the first open question, or the one that is named: ``7:health:logo``."""
    wanted = read_check(about)
    found = seen(wanted.site, scene) if wanted else None
    if wanted is None or found is None:
        return gone()
    site, parts = found
    if site.state not in IN_STATES[wanted.round]:
        return Message(
            title=f"{site.name} is {STANDS[site.state]}, so that list is not asked now.",
            buttons=(in_words.button("The site", Action.SITE, str(site.id)),),
        )
    made = checklist(site, wanted.round, scene.view, scene.uow, scene.today)
    may = bool(MAY_ANSWER[wanted.round] & parts)
    line = (_named(made, wanted.key) or made.next_open) if may else None
    if line:
        return _question(site, line, made, scene)
    return _stands(site, made, scene, may=may, parts=parts)


def _named(made: Checklist, key: str | None) -> CheckLine | None:
    return next((line for line, _ in made.asked if line.key == key), None)


def _question(site: Site, line: CheckLine, made: Checklist, scene: SayScene) -> Message:
    about = f"{site.id}:{made.round.value}:{line.key}"
    asked = [one for one, _ in made.asked]
    place = f"{site.name}, {CALLED[made.round]}: {asked.index(line) + 1} of {len(asked)}."
    return Message(
        title=f"{_filled(line, site, scene)} ({line.clause})",
        tone=Tone.ASK,
        blocks=(Paragraph(text=place), *_rows(made, but=line)),
        buttons=(
            in_words.button("Yes", Action.CHECK_SITE, f"{about}:{CheckAnswer.YES}", is_main=True),
            in_words.button("No", Action.CHECK_SITE, f"{about}:{CheckAnswer.NO}"),
            in_words.button("The site", Action.SITE, str(site.id)),
        ),
    )


def _stands(site: Site, made: Checklist, scene: SayScene, *, may: bool, parts: frozenset[Doer]) -> Message:
    """Return a list in which nothing is left to ask: what is so, and what helps where it is not."""
    not_so = made.not_so
    return Message(
        title=_title(site, made),
        tone=Tone.CARE if not_so else Tone.YES,
        blocks=(*_rows(made), *_who_was_told(site, made, scene)),
        buttons=(
            *(_way_on(site, made) if not not_so and made.round is not Round.HEALTH and may else ()),
            *(_again(site, made) if may else ()),
            *_leads_to(site, made, parts),
            in_words.button("The site", Action.SITE, str(site.id)),
        ),
    )


def _title(site: Site, made: Checklist) -> str:
    number = len(made.not_so)
    lines = "one line is" if number == 1 else f"{number} lines are"
    if made.round is Round.HEALTH:
        if made.next_open:
            return f"{site.name}: its half-termly check is not done yet."
        return f"{site.name} is checked: {lines} to put right." if number else f"{site.name} is checked. All is well."
    until = "goes live" if made.round is Round.PRE_LIVE else "is closed"
    if number:
        return f"{site.name}: {lines} open before it {until}."
    return f"{site.name}: everything is done. Now say when it {'is live' if made.round is Round.PRE_LIVE else until}."


def _rows(made: Checklist, but: CheckLine | None = None) -> tuple[Facts, ...]:
    rows = tuple(
        Fact(label=line.label, value=_says(line, stands)) for line, stands in made.lines.values() if line != but
    )
    return (Facts(rows=rows),) if rows else ()


def _says(line: CheckLine, stands: Standing) -> str:
    if stands is not Standing.NO:
        return SAYS[stands]
    return f"{NO if line.round is Round.HEALTH else SAYS[stands]}. {line.todo}"


def _who_was_told(site: Site, made: Checklist, scene: SayScene) -> Iterator[Note]:
    """Yield whether the head was told of what the head hears of; nothing to a head, who reads it here."""
    told_of = [line.label for line, stands in made.asked if line.tells_head and stands is Standing.NO]
    heads = heads_of(site.setting, scene.uow, scene.today)
    if made.round is not Round.HEALTH or not told_of or (scene.person and scene.person.id in heads):
        return
    reached = [name_of(one, scene.uow) for one in heads if can_be_reached(one, scene.uow)]
    if reached:
        yield Note(text=f"I have told {joined(reached)} of this, so that somebody helps: {joined(told_of)}.")
    elif heads:
        names = joined([name_of(one, scene.uow) for one in heads])
        yield Note(text=f"I could not reach {names}: please tell them of this yourself: {joined(told_of)}.")
    else:
        yield Note(text=f"I have told no head of this, as nobody is in post: {joined(told_of)}.")


def _way_on(site: Site, made: Checklist) -> Iterator[Button]:
    if made.round is Round.PRE_LIVE and site.request is not None:
        yield in_words.button("It is live", Action.IS_LIVE, str(site.request), is_main=True)
    if made.round is Round.CLOSING:
        yield in_words.button("It is closed", Action.SITE_CLOSED, str(site.id), is_main=True)


def _again(site: Site, made: Checklist) -> Iterator[Button]:
    """Yield a button for each line that was not so, for the day on which it is."""
    for line in [one for one in made.not_so if one.is_asked][:MOST_AGAIN]:
        about = f"{site.id}:{made.round.value}:{line.key}"
        yield in_words.button(f"Again: {line.label}", Action.SITE_CHECKS, about)


def _leads_to(site: Site, made: Checklist, parts: frozenset[Doer]) -> Iterator[Button]:
    ways = dict.fromkeys(WAYS[line.known_by] for line in made.not_so if line.known_by in WAYS)
    for label, action in ways:
        yield in_words.button(label, action, str(site.id))
    if made.round is Round.HEALTH and MAY_CLOSE & parts and any(one.key == "still_needed" for one in made.not_so):
        yield in_words.button("Close it", Action.CLOSE_SITE, str(site.id))
    if made.round is Round.CLOSING and Doer.HEAD in parts:
        yield in_words.button("Let it go on longer", Action.EXTEND_SITE, str(site.id))


def _filled(line: CheckLine, site: Site, scene: SayScene) -> str:
    """Return a question with what is named between its braces."""
    hosts = hosts_named(site.host_name, scene.view.hosts)
    people = [name_of(one, scene.uow) for one in site.people_on(scene.today, Role.SITE_ADMINISTRATOR)]
    return line.asks.format(
        site=site.name,
        host=site.host_name or "The host",
        age=max((host.youngest for host in hosts), default=OFTEN),
        administrators=joined(people) if people else "nobody",
    )
