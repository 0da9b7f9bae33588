"""What to do at once about extreme offence or a risk of harm, and the plan for stepping in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import wording
from handlers.directory import dsl_of
from handlers.message import Alert, Message, Paragraph, Tone
from handlers.requests import in_words
from handlers.sites.looking_after_about import read_site
from handlers.sites.looking_after_in_words import gone
from handlers.sites.moderating_about import sites_for
from handlers.sites.rights import parts_of
from policy_kb.bot_words import Action
from policy_kb.toml_entries import parse_ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.message import Block, Button
    from handlers.scene import SayScene
    from policy_kb.rules.site import Site
    from policy_kb.view import PolicyView
    from policy_kb.words import PersonId

MOST_SITES = 5  # a button each
OWN_HOST = "academy"  # an option of the form, which asks for a plan where somebody else hosts the site
NO_REPORT = "This is no report, and I have told nobody outside: only you can pass it on."
"""What the bot has not done, and so no step of the list."""

MISSING = (
    "The form holds no plan for stepping in. Whoever created the site is to plan it (A.5.5): please ask the "
    "author. Until then, take down what breaks the house rules (A.5.4), and report it to the host."
)
WITHOUT_HOST = (
    "We host this site ourselves, so the form asks for no plan beyond the house rules: "
    "take down what breaks them, and tell the administrators (A.5.4)."
)


def compose_extreme(about: str, scene: SayScene) -> Message:
    """Return what to do at once, with the people of the site's setting: nothing, or ``7``."""
    number = read_site(about)
    own = sites_for(scene.person.id, scene.uow, scene.today) if scene.person else ()
    named = next((one for one in own if one.id == number), None)
    site = named or (own[0] if len(own) == 1 and number is None else None)
    setting = site.setting if site else scene.person.setting.id if scene.person else None
    dsl = dsl_of(setting, scene.uow) if setting else ""
    return extreme(scene.view, dsl, site, may_log=bool(own))


def extreme(view: PolicyView, dsl: str, site: Site | None, *, may_log: bool) -> Message:
    """Return what to do at once; `dsl` is whom to tell at the setting, "" where nobody entered it."""
    lines = {one.key: one.line for one in view.contacts} | ({"dsl": dsl} if dsl else {})
    steps = tuple(said for step in view.moderating.extreme if (said := step.says or lines.get(step.contact, "")))
    number = str(site.id) if site else ""
    own = (
        in_words.button("Log it", Action.LOG, number, is_main=True),
        in_words.button("The plan for stepping in", Action.PLAN, number),
    )
    return Message(
        title="Extreme offence, or a risk of harm: take it off now, then tell your safeguarding lead (A.5.6, A.2.3).",
        tone=Tone.URGENT,
        urgent=Alert(title="Act now, in this order.", lines=steps, in_order=True),
        blocks=(Paragraph(text=NO_REPORT), *_quoted(view, "A.5.6")),
        buttons=(*(own if may_log else ()), *_sees(view)),
    )


def compose_plan(about: str, scene: SayScene) -> Message:
    """Return the plan for stepping in, to whoever has a part in the site: nothing, or ``7``."""
    if scene.person is None:
        return gone()
    number = read_site(about)
    own = sites_for(scene.person.id, scene.uow, scene.today)
    named = (scene.uow.sites.get(number),) if number else own
    wanted = tuple(one for one in named if one and _may_read(one, scene.person.id, scene))
    if not wanted:
        return gone()
    return plan(wanted[0], scene.view, may_log=wanted[0] in own) if len(wanted) == 1 else _which_plan(wanted)


def plan(site: Site, view: PolicyView, *, may_log: bool = True) -> Message:
    """Return the plan of one site as its form has it."""
    says = site.intervention_plan.strip()
    own_host = not says and site.host == OWN_HOST
    is_missing = not says and not own_host
    title = "no plan for stepping in is asked for" if own_host else "the plan for stepping in"
    return Message(
        title=f"{site.name}: {title}{' is missing' if is_missing else ''}.",
        tone=Tone.CARE if is_missing else Tone.PLAIN,
        blocks=(
            Paragraph(text=says or (WITHOUT_HOST if own_host else MISSING)),
            *_quoted(view, "A.5.4" if own_host else "A.5.5"),
        ),
        buttons=(
            *((in_words.button("Log what you did", Action.LOG, str(site.id), is_main=True),) if may_log else ()),
            in_words.button("Extreme: what to do", Action.EXTREME, str(site.id)),
        ),
    )


def _may_read(site: Site, person: PersonId, scene: SayScene) -> bool:
    return bool(parts_of(person, site, scene.uow, scene.today))


def _which_plan(sites: Sequence[Site]) -> Message:
    more = len(sites) - MOST_SITES
    blocks = (Paragraph(text=f"And {more} more: say “intervention plan for” and its name."),) if more > 0 else ()
    return Message(
        title="The plan of which site?",
        tone=Tone.ASK,
        blocks=blocks,
        buttons=tuple(in_words.button(one.name, Action.PLAN, str(one.id)) for one in sites[:MOST_SITES]),
    )


def _quoted(view: PolicyView, clause: str) -> tuple[Block, ...]:
    ref = parse_ref(clause)
    return (wording.quote(view, ref),) if ref in view.items else ()


def _sees(view: PolicyView) -> tuple[Button, ...]:
    refs = (ref for ref in (parse_ref("A.2.3"),) if ref in view.items)
    return tuple(in_words.button(f"See {ref}", Action.SEE_CLAUSE, str(ref)) for ref in refs)
