"""What is filled in about a site, and what is asked once more before it is done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers import wording
from handlers.message import Fact, Facts, Field, InputKind, Message, Note, Option, Paragraph, Tone
from handlers.people_and_days import day_in_words
from handlers.requests import in_words
from handlers.sites.living_about import KEPT, read_what
from handlers.sites.living_ending import UNTIL
from handlers.sites.living_judging import ADDRESS, HOW_FAR, REACHED, WORDS
from handlers.sites.living_seen import seen
from handlers.sites.looking_after_in_words import gone
from policy_kb.bot_words import Action
from policy_kb.rules.site_dues import LONGEST_EXTENSION, a_year_after
from policy_kb.rules.site_life import MAY_CHECK, MAY_CLOSE, MAY_SUSPEND, Doer
from policy_kb.toml_entries import parse_ref

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.message import ClauseQuote
    from handlers.scene import SayScene
    from policy_kb.rules.site import Site

    Composer = Callable[[Site, SayScene], Message]

LONGEST_SHOWN = 600  # characters of an answer; the whole form has the rest
NO_AIMS = "Its aims are not written down here."
NOT_SAID = "Nobody wrote down how that would be judged."


def compose_form(about: str, scene: SayScene) -> Message:
    """
    Return a little form of a site, for whoever may fill it in: ``7:evaluate``, ``7:extend``, ``7:address``.

    The day that somebody named stands in it already: ``7:extend:2027-06-30``.
    """
    form, wanted = _composed(about, FORMS, scene), read_what(about)
    day = wanted.beside if wanted else ""
    fields = (replace(one, filled=(day,)) if day and one.kind is InputKind.DATE else one for one in form.fields)
    return replace(form, fields=tuple(fields))


def compose_asked(about: str, scene: SayScene) -> Message:
    """Return the question whether something is meant, for whoever may do it: ``7:close``, ``7:suspend``."""
    return _composed(about, ASKED, scene)


def _composed(about: str, known: Mapping[str, tuple[frozenset[Doer], Composer]], scene: SayScene) -> Message:
    wanted = read_what(about)
    found = seen(wanted.site, scene) if wanted else None
    if wanted is None or found is None or wanted.what not in known:
        return gone()
    site, parts = found
    may, composed = known[wanted.what]
    return composed(site, scene) if may & parts else gone()


def _evaluate(site: Site, scene: SayScene) -> Message:
    judged = site.success or NOT_SAID
    return Message(
        title=f"How far has {site.name} reached its aims?",
        tone=Tone.ASK,
        blocks=(
            Facts(
                rows=(
                    Fact(label="Its aims were", value=site.aims or NO_AIMS),
                    Fact(label="To be judged by", value=judged),
                )
            ),
            *_quote("A.1.7", scene),
        ),
        fields=(
            Field(
                name=REACHED,
                label="Reached",
                kind=InputKind.ONE,
                options=tuple(Option(value=key, label=label) for key, label in HOW_FAR.items()),
                needed=True,
            ),
            Field(
                name=WORDS,
                label="How do you know?",
                kind=InputKind.LONG,
                hint="A sentence or two, such as numbers you counted. No names of pupils.",
                needed=True,
            ),
        ),
        buttons=(
            in_words.button("Keep this", Action.EVALUATE_SITE, str(site.id), is_main=True),
            in_words.button("The site", Action.SITE, str(site.id)),
        ),
    )


def _extend(site: Site, scene: SayScene) -> Message:
    ahead = site.closure if site.closure and site.closure > scene.today else None
    closes = f"It closes on {day_in_words(ahead)}. " if ahead else ""
    says = f"{closes}It can go on for three years at most, and then you are asked again (A.1.6)."
    latest = day_in_words(a_year_after(scene.today, LONGEST_EXTENSION))
    return Message(
        title=f"Until when shall {site.name} go on?",
        tone=Tone.ASK,
        blocks=(Paragraph(text=says),),
        fields=(Field(name=UNTIL, label="Until", kind=InputKind.DATE, hint=f"At the latest {latest}.", needed=True),),
        buttons=(
            in_words.button("Let it go on", Action.EXTEND_SITE, str(site.id), is_main=True),
            in_words.button("Leave it as it is", Action.SITE, f"{site.id}:{KEPT}"),
        ),
    )


def _address(site: Site, scene: SayScene) -> Message:
    del scene
    return Message(
        title=f"Where do people find {site.name}?",
        tone=Tone.ASK,
        fields=(
            Field(
                name=ADDRESS,
                label="Its address",
                kind=InputKind.LINE,
                filled=(site.address,) if site.address else (),
                hint="It begins with https://, as the browser shows it.",
                needed=True,
            ),
        ),
        buttons=(
            in_words.button("Keep this", Action.SITE_ADDRESS, str(site.id), is_main=True),
            in_words.button("The site", Action.SITE, str(site.id)),
        ),
    )


def _close(site: Site, scene: SayScene) -> Message:
    plan = in_words.short(site.exit_plan, LONGEST_SHOWN)
    return Message(
        title=f"Shall {site.name} close?",
        tone=Tone.ASK,
        blocks=(
            Paragraph(text="I show you a short list of what is to be done first, and tell those who answer for it."),
            *((Facts(rows=(Fact(label="The plan for its end", value=plan),)),) if plan else ()),
            *_quote("A.1.6", scene),
        ),
        buttons=(
            in_words.button("Yes, close it", Action.CLOSE_SITE_SURELY, str(site.id), is_main=True),
            in_words.button("Leave it as it is", Action.SITE, f"{site.id}:{KEPT}"),
        ),
    )


def _suspend(site: Site, scene: SayScene) -> Message:
    del scene
    return Message(
        title=f"Shall {site.name} be taken out of use now?",
        tone=Tone.ASK,
        blocks=(
            Paragraph(
                text="Everybody who looks after it is told to switch it off, or hide it. "
                "Only the head can let it be used again."
            ),
            Note(text="Could somebody be at risk? Then press “Extreme: what to do” first."),
        ),
        buttons=(
            in_words.button("Yes, suspend it", Action.SUSPEND_SITE_SURELY, str(site.id), is_main=True),
            in_words.button("Extreme: what to do", Action.EXTREME, str(site.id)),
            in_words.button("Leave it as it is", Action.SITE, f"{site.id}:{KEPT}"),
        ),
    )


def _quote(clause: str, scene: SayScene) -> tuple[ClauseQuote, ...]:
    ref = parse_ref(clause)
    return (wording.quote(scene.view, ref),) if ref in scene.view.items else ()


FORMS: Mapping[str, tuple[frozenset[Doer], Composer]] = {
    "evaluate": (MAY_CLOSE, _evaluate),
    "extend": (frozenset({Doer.HEAD}), _extend),
    "address": (MAY_CHECK, _address),
}
ASKED: Mapping[str, tuple[frozenset[Doer], Composer]] = {
    "close": (MAY_CLOSE, _close),
    "suspend": (MAY_SUSPEND, _suspend),
}
