"""Whether somebody accepts a part in looking after a site, asked and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import wording
from handlers.message import Fact, Facts, Message, Note, Paragraph, Tone
from handlers.people_and_days import day_in_words, name_of
from handlers.requests import in_words
from handlers.sites.looking_after_about import part_about, read_part
from handlers.sites.looking_after_in_words import DOES, PART, gone, joined
from policy_kb.bot_words import Action
from policy_kb.rules.site import LOOKS_AFTER, OWES_PEOPLE
from policy_kb.words import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.message import Button
    from handlers.scene import SayScene
    from policy_kb.rules.site import Member, Site

MEANS = {
    Role.SITE_ADMINISTRATOR: "Administrators review what is on the site, and do not post or take down what breaks "
    "its house rules (A.5.4).",
    Role.SITE_MODERATOR: "Moderators take turns in watching the site, in holidays too, so that somebody always "
    "does (A.5.4).",
}
OWN_LOGIN = (
    "Accept once you have a login of your own there: nobody shares one (A.3.2). "
    "I never ask for a password, and keep none; please never send me one."
)


def compose_part(about: str, scene: SayScene) -> Message:
    """Return the question whether the reader accepts, or how it stands by now: ``7:site_moderator``, ``7``."""
    part = read_part(about)
    site = scene.uow.sites.get(part.site) if part else None
    if part is None or site is None or scene.person is None:
        return gone()
    me = scene.person.id
    own = tuple(one for one in site.members_on(scene.today, part.role) if one.person == me)
    waiting = tuple(one for one in own if one.accepted_at is None)
    if site.state not in OWES_PEOPLE:
        return Message(title=f"{site.name} is not in use any more. There is nothing left to look after.")
    if not own:
        as_ = f" as {PART[part.role]}" if part.role else ""
        return Message(
            title=f"You are not down{as_} for {site.name}.",
            blocks=(
                Paragraph(text=f"Should you be? Ask {name_of(site.author, scene.uow)}, who answers for the site."),
            ),
        )
    return _question(site, waiting, scene) if waiting else _accepted(site, own)


def attest_buttons(site: Site) -> tuple[Button, ...]:
    """Return what somebody says this term of their login to a site."""
    return (
        in_words.button("My login is still my own", Action.ATTEST, str(site.id), is_main=True),
        in_words.button("Not any more", Action.ATTEST, f"{site.id}:no"),
    )


def _question(site: Site, waiting: Sequence[Member], scene: SayScene) -> Message:
    roles = [role for role in LOOKS_AFTER if any(one.role is role for one in waiting)]
    both = len(roles) > 1
    about = part_about(site.id, None if both else roles[0])
    accepts = "I accept both, with my own login" if both else "I accept and have my own login"
    setting = scene.uow.settings.get(site.setting)
    rows = (
        Fact(label="Site", value=f"{site.name}{f' on {site.host_name}' if site.host_name else ''}"),
        Fact(label="For", value=setting.name if setting else site.setting),
        Fact(label="Answers for it", value=name_of(site.author, scene.uow)),
    )
    one_only = (in_words.button("Only one of the two", Action.NAME_PEOPLE, str(site.id)),) if both else ()
    return Message(
        title=f"Do you {joined([DOES[role] for role in roles])} {site.name}? Please say yes or no.",
        tone=Tone.ASK,
        blocks=(Facts(rows=rows), *(Paragraph(text=MEANS[role]) for role in roles), Note(text=OWN_LOGIN)),
        buttons=(
            in_words.button(accepts, Action.ACCEPT_PART, about, is_main=True),
            in_words.button("Not me", Action.REFUSE_PART, about),
            *one_only,
        ),
    )


def _accepted(site: Site, own: Sequence[Member]) -> Message:
    parts = joined([PART[role] for role in LOOKS_AFTER if any(one.role is role for one in own)])
    said = max((one.attested_on for one in own if one.attested_on), default=None)
    again = f" You said so again on {day_in_words(said)}." if said else ""
    rule = wording.with_clause("with a login of your own", "A.3.2")
    return Message(
        title=f"You are {parts} of {site.name}, {rule}.",
        tone=Tone.YES,
        blocks=(Paragraph(text=f"Thank you.{again} Is it not your own any more? Then say so below."),),
        buttons=(
            in_words.button("The site", Action.SITE, str(site.id)),
            in_words.button("The plan for stepping in", Action.PLAN, str(site.id)),
            in_words.button("My login is not my own now", Action.ATTEST, f"{site.id}:no"),
        ),
    )
