"""Who looks after a site, with whom one could ask; the little forms for naming somebody and for ending a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import Fact, Facts, Field, InputKind, Message, Note, Option, Paragraph, Tone
from handlers.people_and_days import name_of
from handlers.requests import in_words
from handlers.sites.looking_after_about import part_about, read_people
from handlers.sites.looking_after_in_words import A_PART, DOES, PART, PARTS, gone, how_many
from handlers.sites.looking_after_naming import BY_NAME, SOMEBODY_ELSE, WHO, candidates
from handlers.sites.looking_after_parts import PART as PART_FIELD
from handlers.sites.rights import parts_of
from handlers.telling import can_be_reached
from policy_kb.bot_words import Action
from policy_kb.rules.site import LOOKS_AFTER, OWES_PEOPLE
from policy_kb.rules.site_people import MAY_END, MAY_NAME, are_few, shortage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.message import Block, Button
    from handlers.scene import SayScene
    from handlers.sites.looking_after_about import PartAbout
    from policy_kb.rules.site import Member, Site
    from policy_kb.rules.site_life import Doer
    from policy_kb.rules.site_people import Candidate
    from policy_kb.words import PersonId, Role

OPTION = 75  # characters of an option's label
MOST = 99  # people to choose from, beside somebody else


def compose_people(about: str, scene: SayScene) -> Message:
    """Return who looks after a site, or one of the forms for changing it; to nobody who has no part in it."""
    wanted = read_people(about)
    site = scene.uow.sites.get(wanted.site) if wanted else None
    if wanted is None or site is None or scene.person is None:
        return gone()
    parts = parts_of(scene.person.id, site, scene.uow, scene.today)
    over = site.state not in OWES_PEOPLE
    if wanted.what == "end" and wanted.role and wanted.person:
        is_own = wanted.person == scene.person.id
        return _surely(site, wanted, scene) if is_own or MAY_END & parts else gone()
    if not parts:
        return gone()
    if wanted.what == "name" and wanted.role and MAY_NAME & parts and not over:
        return _naming(site, wanted.role, scene)
    if wanted.what == "end" and MAY_END & parts and site.members_on(scene.today):
        return _ending(site, scene)
    return _people(site, scene, parts, scene.person.id)


def people_fields(found: tuple[Candidate, ...], label: str) -> tuple[Field, ...]:
    """Return the fields that name somebody: one to choose from, and one for a name that is not among them."""
    if not found:
        return (Field(name=BY_NAME, label=label, kind=InputKind.LINE, needed=True),)
    options = (
        *(Option(value=one.person, label=in_words.short(f"{one.name}{_why(one)}", OPTION)) for one in found[:MOST]),
        Option(value=SOMEBODY_ELSE, label="Somebody else, named below"),
    )
    return (
        Field(name=WHO, label=label, kind=InputKind.ONE, options=options, needed=True),
        Field(name=BY_NAME, label="Somebody else, by name or e-mail address", kind=InputKind.LINE),
    )


def _why(one: Candidate) -> str:
    """Return why somebody is proposed, where there is a reason."""
    reasons = ("moderates elsewhere" if one.moderates else "", "same department" if one.same_department else "")
    found = ", ".join(reason for reason in reasons if reason)
    return f" ({found})" if found else ""


def _people(site: Site, scene: SayScene, parts: frozenset[Doer], me: PersonId) -> Message:
    missing = shortage(site, scene.today, scene.view.moderating.minimum)
    rows = (
        Fact(label="Author", value=name_of(site.author, scene.uow)),
        *(
            Fact(label=PARTS[role].capitalize(), value=_listed(site.members_on(scene.today, role), scene))
            for role in LOOKS_AFTER
        ),
    )
    return Message(
        title=f"Who looks after {site.name}",
        tone=Tone.CARE if missing else Tone.PLAIN,
        blocks=(Facts(rows=rows), *_worries(site, scene)),
        buttons=(*_own(site, scene, me, may_end=bool(MAY_END & parts)), *_of_others(site, parts, scene)),
    )


def _listed(members: tuple[Member, ...], scene: SayScene) -> str:
    return "; ".join(_member(one, scene) for one in members) or "nobody"


def _member(one: Member, scene: SayScene) -> str:
    name = name_of(one.person, scene.uow)
    if one.accepted_at:
        return name
    if not can_be_reached(one.person, scene.uow):
        return f"{name} (not reached: ask them to say hello to me)"
    return f"{name} (asked, has not accepted yet)"


def _worries(site: Site, scene: SayScene) -> Iterator[Block]:
    words = scene.view.moderating
    missing = shortage(site, scene.today, words.minimum)
    if missing:
        there = how_many(missing, words.minimum)
        yield Paragraph(text=f"Accepted so far: {there}. {words.minimum} of each are asked for (A.5.4).")
    elif are_few(site, scene.today, words.distinct):
        number = len(site.people_on(scene.today))
        yield Note(
            text=f"The same people may be administrators and moderators, but only {number} look after it in all. "
            f"With {words.distinct} or more there is cover when somebody is away (A.5.4)."
        )


def _own(site: Site, scene: SayScene, me: PersonId, *, may_end: bool) -> Iterator[Button]:
    if site.state not in OWES_PEOPLE:
        return
    for one in site.members_on(scene.today):
        about = part_about(site.id, one.role)
        if one.person == me and one.accepted_at is None:
            yield in_words.button(f"I accept as {PART[one.role]}, own login", Action.ACCEPT_PART, about, is_main=True)
            yield in_words.button(f"Not as {PART[one.role]}", Action.REFUSE_PART, about)
        elif one.person == me and not may_end:
            yield in_words.button(f"Step down as {PART[one.role]}", Action.END_PART, f"{about}:{me}")


def _of_others(site: Site, parts: frozenset[Doer], scene: SayScene) -> Iterator[Button]:
    if MAY_NAME & parts and site.state in OWES_PEOPLE:
        for role in LOOKS_AFTER:
            yield in_words.button(f"Name {A_PART[role]}", Action.NAME_PEOPLE, part_about(site.id, role))
    if MAY_END & parts and site.members_on(scene.today):
        yield in_words.button("Take somebody off", Action.END_PART, str(site.id))


def _naming(site: Site, role: Role, scene: SayScene) -> Message:
    found = candidates(site, role, scene.uow, scene.today)
    return Message(
        title=f"Whom shall I ask to {DOES[role]} {site.name}?",
        tone=Tone.ASK,
        blocks=(
            Paragraph(
                text="I ask them whether they accept, with a login of their own (A.3.2). "
                "Only people of the staff list can be asked (A.3.1)."
            ),
        ),
        fields=people_fields(found, "Who"),
        buttons=(
            in_words.button("Ask them", Action.NAME_PEOPLE, part_about(site.id, role), is_main=True),
            in_words.button("Leave it as it is", Action.NAME_PEOPLE, str(site.id)),
        ),
    )


def _ending(site: Site, scene: SayScene) -> Message:
    options = tuple(
        Option(
            value=f"{one.role}:{one.person}",
            label=in_words.short(f"{name_of(one.person, scene.uow)}, {PART[one.role]}", OPTION),
        )
        for one in site.members_on(scene.today)
    )
    return Message(
        title=f"Who shall not look after {site.name} any more?",
        tone=Tone.ASK,
        fields=(Field(name=PART_FIELD, label="Who", kind=InputKind.ONE, options=options, needed=True),),
        buttons=(
            in_words.button("Go on", Action.END_PART, str(site.id), is_main=True),
            in_words.button("Leave it as it is", Action.NAME_PEOPLE, str(site.id)),
        ),
    )


def _surely(site: Site, wanted: PartAbout, scene: SayScene) -> Message:
    if wanted.role is None or wanted.person not in site.people_on(scene.today, wanted.role):
        return Message(title=f"That is done: they do not look after {site.name} in that part any more.")
    is_own = scene.person is not None and wanted.person == scene.person.id
    who, their = ("you", "Your") if is_own else (name_of(wanted.person, scene.uow), "Their")
    yes = "Yes, I step down" if is_own else "Yes, take them off"
    return Message(
        title=f"Shall {who} stop being {A_PART[wanted.role]} of {site.name}, from today?",
        tone=Tone.ASK,
        blocks=(
            Paragraph(
                text=f"{their} turns on its rota fall open at once, where they are the moderator's. "
                "The administrators are asked to take the login away."
            ),
        ),
        buttons=(
            in_words.button(
                yes, Action.END_PART, f"{part_about(site.id, wanted.role, wanted.person)}:surely", is_main=True
            ),
            in_words.button("Leave it as it is", Action.NAME_PEOPLE, str(site.id)),
        ),
    )
