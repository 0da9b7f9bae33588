"""The log of what was moderated: its form, what was logged, and what is passed on to administrators."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.message import Fact, Facts, Field, InputKind, Message, Note, Option, Paragraph, Tone
from handlers.people_and_days import moment_in_words, name_of
from handlers.requests import in_words
from handlers.sites.looking_after_in_words import gone, joined
from handlers.sites.looking_after_watch import who_acts
from handlers.sites.moderating import ACT, CATEGORY, LINK, SITE
from handlers.sites.moderating_about import read_log, sites_for
from handlers.sites.rights import parts_of
from handlers.telling import can_be_reached
from policy_kb.bot_words import Action
from policy_kb.rules.patterns import LONGEST_LINK, MAY_LOG
from policy_kb.rules.site_people import MAY_NAME
from policy_kb.site_words import LogAction, LogCategory

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.scene import SayScene
    from handlers.sites.moderating_about import LogAbout
    from policy_kb.rules.moderating import Moderating
    from policy_kb.rules.site import Site

OPTION = 75  # characters of an option's label
MOST_SITES = 100
MOST_NAMED = 4
SECOND = timedelta(seconds=1)
NEVER = "Never what it said, and never a picture: I keep these two words, the link and the time."
AT_RISK = "Could somebody be at risk, or is it extreme? Press “Extreme: what to do” first."


def compose_log_form(about: str, scene: SayScene) -> Message:
    """Return the form for a line of the log, with what is known filled in: nothing, ``7``, ``7:removed:spam``."""
    if scene.person is None:
        return gone()
    sites = sites_for(scene.person.id, scene.uow, scene.today)
    if not sites:
        return Message(
            title="You look after no site, so there is nothing for you to log.",
            blocks=(Paragraph(text="Whoever administers or moderates a site, or is its author, logs what they did."),),
        )
    known = read_log(about)
    return log_form(tuple(one for one in sites if one.id == known.site) or sites, known, scene.view.moderating)


def log_form(sites: Sequence[Site], known: LogAbout, words: Moderating) -> Message:
    """Return the form for one of some sites."""
    one = sites[0] if len(sites) == 1 else None
    number = str(one.id) if one else ""
    return Message(
        title=f"What did you do on {one.name}?" if one else "What did you do, and on which site?",
        tone=Tone.ASK,
        blocks=(Paragraph(text=AT_RISK), Note(text=NEVER)),
        fields=(*(() if one else (_which(sites),)), *_fields(known, words)),
        buttons=(
            in_words.button("Save", Action.SAVE_LOG, number, is_main=True),
            in_words.button("Extreme: what to do", Action.EXTREME, number),
            in_words.button("The plan for stepping in", Action.PLAN, number),
        ),
    )


def compose_logged(about: str, scene: SayScene) -> Message:
    """Return that something was logged: ``7:removed:spam``; or was passed on to whoever reads it."""
    known = read_log(about)
    site = scene.uow.sites.get(known.site) if known.site else None
    if site is None or known.action is None or known.category is None or scene.person is None:
        return gone()
    parts = parts_of(scene.person.id, site, scene.uow, scene.today)
    if known.at:
        return _passed_on(site, known, scene) if MAY_NAME & parts else gone()
    if not MAY_LOG & parts:
        return gone()
    told = _told(site, scene) if known.action is LogAction.ESCALATED else ""
    return logged(site, known, scene.view.moderating, told)


def logged(site: Site, known: LogAbout, words: Moderating, told: str = "") -> Message:
    """Return that a line was logged; `told` is a sentence on whom it was passed on to."""
    act = words.acts[known.action] if known.action else ""
    category = words.categories[known.category] if known.category else ""
    thanks = " ".join(part for part in ("Thank you.", told, "The log keeps no word of what it said.") if part)
    return Message(
        title=f"Logged for {site.name}: {_first_words(act)}, {_small(category)}.",
        tone=Tone.YES,
        blocks=(Paragraph(text=thanks),),
        buttons=(
            in_words.button("Log another", Action.LOG, str(site.id)),
            in_words.button("The plan for stepping in", Action.PLAN, str(site.id)),
        ),
    )


def _passed_on(site: Site, known: LogAbout, scene: SayScene) -> Message:
    words = scene.view.moderating
    lines = scene.uow.moderation.lines((site.id,), known.at, known.at + SECOND) if known.at else ()
    line = next((one for one in lines if (one.action, one.category) == (known.action, known.category)), None)
    if line is None:
        return gone()
    is_extreme = line.category is LogCategory.EXTREME
    where = (Fact(label="Where", value=line.link),) if line.link else ()
    return Message(
        title=f"{site.name}: {name_of(line.by, scene.uow)} asks you to decide on something "
        f"({_small(words.categories[line.category])}).",
        tone=Tone.CARE,
        blocks=(
            Facts(rows=(Fact(label="Passed on", value=moment_in_words(line.at)), *where)),
            Paragraph(text="Administrators review what is on the site, and take down what breaks its rules (A.5.4)."),
        ),
        buttons=(
            *(
                (in_words.button("Extreme: what to do", Action.EXTREME, str(site.id), is_main=True),)
                if is_extreme
                else ()
            ),
            in_words.button("Log what you did", Action.LOG, str(site.id), is_main=not is_extreme),
            in_words.button("The plan for stepping in", Action.PLAN, str(site.id)),
        ),
    )


def _told(site: Site, scene: SayScene) -> str:
    """Return who decides on what was passed on; whoever passed it on is told where nobody could be reached."""
    me = scene.person.id if scene.person else None
    people = who_acts(site, scene.uow, scene.today, but=me)
    reached = [name_of(one, scene.uow) for one in people if can_be_reached(one, scene.uow)]
    if not reached:
        return "I could reach nobody who decides on it: please tell the head yourself."
    return f"I have told {joined(reached[:MOST_NAMED])}."


def _which(sites: Sequence[Site]) -> Field:
    options = tuple(Option(value=str(site.id), label=in_words.short(site.name, OPTION)) for site in sites[:MOST_SITES])
    return Field(name=SITE, label="On which site?", kind=InputKind.ONE, options=options, needed=True)


def _fields(known: LogAbout, words: Moderating) -> tuple[Field, ...]:
    acts = {key.value: label for key, label in words.acts.items()}
    categories = {key.value: label for key, label in words.categories.items()}
    return (
        _choice(ACT, "What did you do?", acts, known.action or ""),
        _choice(CATEGORY, "What was it?", categories, known.category or ""),
        Field(
            name=LINK,
            label="A link to it, if you have one",
            kind=InputKind.LINE,
            hint=f"It begins with https:// and has at most {LONGEST_LINK} characters.",
        ),
    )


def _choice(name: str, label: str, labels: Mapping[str, str], filled: str) -> Field:
    options = tuple(Option(value=key, label=in_words.short(text, OPTION)) for key, text in labels.items())
    stands = (filled,) if filled else ()
    return Field(name=name, label=label, kind=InputKind.ONE, options=options, filled=stands, needed=True)


def _first_words(label: str) -> str:
    """Return what an act is called in a sentence: ``kept``, without what its label explains."""
    return _small(label.partition(":")[0])


def _small(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}"
