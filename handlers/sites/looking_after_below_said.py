"""A site has too few people: which role lacks how many, and whom one could ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import Fact, Facts, Message, Paragraph, Tone
from handlers.people_and_days import name_of
from handlers.requests import in_words
from handlers.sites.looking_after_about import part_about, read_fall
from handlers.sites.looking_after_in_words import A_PART, PART, does, gone, how_many, joined
from handlers.sites.looking_after_naming import candidates
from handlers.sites.rights import parts_of
from policy_kb.bot_words import Action
from policy_kb.rules.site_people import MAY_NAME, to_be_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handlers.message import Button
    from handlers.scene import SayScene
    from handlers.sites.looking_after_about import PartAbout
    from policy_kb.rules.site import Site
    from policy_kb.rules.site_people import Candidate
    from policy_kb.words import Role

MOST_ASKED = 4  # each a button, beside the one for everybody else
MOST_NAMED = 5  # in a sentence, where two roles lack somebody
LED_TO_IT = {
    "refused": "{who} has said that they do not {does} it.",
    "left": "{who} has left the trust.",
}


def compose_below_two(about: str, scene: SayScene) -> Message:
    """Return what a site lacks as things stand: ``7``, ``7:refused:site_moderator:tom-example``."""
    fall = read_fall(about)
    site = scene.uow.sites.get(fall[0]) if fall else None
    if fall is None or site is None or scene.person is None:
        return gone()
    parts = parts_of(scene.person.id, site, scene.uow, scene.today)
    if not parts:
        return gone()
    minimum = scene.view.moderating.minimum
    missing = to_be_told(site, scene.today, minimum)
    why = tuple(_led_to_it(fall[1], scene))
    people = in_words.button("Who looks after it", Action.NAME_PEOPLE, str(site.id))
    if not missing:
        return Message(title=f"{site.name} has the people it needs again.", blocks=why, buttons=(people,))
    found = {role: candidates(site, role, scene.uow, scene.today) for role in missing}
    named = tuple(_buttons(site, found)) if MAY_NAME & parts else ()
    return Message(
        title=f"{site.name} has {how_many(missing, minimum)}. Please name somebody (A.5.4).",
        tone=Tone.CARE,
        blocks=(*why, Facts(rows=tuple(_rows(site, found, scene)))),
        buttons=named or (people,),
    )


def _led_to_it(cause: PartAbout | None, scene: SayScene) -> Iterator[Paragraph]:
    if cause and cause.person and cause.what in LED_TO_IT:
        who = name_of(cause.person, scene.uow)
        yield Paragraph(text=LED_TO_IT[cause.what].format(who=who, does=does(cause.role)))


def _rows(site: Site, found: Mapping[Role, tuple[Candidate, ...]], scene: SayScene) -> Iterator[Fact]:
    for role, people in found.items():
        waiting = [one.person for one in site.members_on(scene.today, role) if one.accepted_at is None]
        if waiting:
            names = joined([name_of(one, scene.uow) for one in waiting])
            yield Fact(label=f"Asked as {PART[role]}, no answer yet", value=names)
        if people:
            names = joined([one.name for one in people[:MOST_NAMED]])
            yield Fact(label=f"You could ask as {PART[role]}", value=names)


def _buttons(site: Site, found: Mapping[Role, tuple[Candidate, ...]]) -> Iterator[Button]:
    if len(found) == 1:
        for role, people in found.items():
            for one in people[:MOST_ASKED]:
                about = part_about(site.id, role, one.person)
                yield in_words.button(f"Ask {one.name}", Action.NAME_PEOPLE, about, is_main=one is people[0])
            yield in_words.button("Somebody else", Action.NAME_PEOPLE, part_about(site.id, role))
        return
    for role in found:
        yield in_words.button(f"Name {A_PART[role]}", Action.NAME_PEOPLE, part_about(site.id, role), is_main=True)
    yield in_words.button("Who looks after it", Action.NAME_PEOPLE, str(site.id))
