"""What is said with the address of a calendar feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover.seen import parts, sites_of, with_rota
from handlers.cover.slot_said import gone
from handlers.message import Message, Note, Paragraph, Tone
from handlers.register.calendars import IN_PRIVATE, NOTHING, WHICH, CalendarAbout, read_calendar
from handlers.requests.in_words import button
from policy_kb.bot_words import Action, SayKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.message import Button
    from handlers.scene import SayScene
    from policy_kb.rules.site import Site
    from policy_kb.words import PersonId

MOST_SITES = 3  # with a button each; the words name any of them
HOW = (
    "Copy it into your calendar program. Outlook: Add calendar, Subscribe from web. Google Calendar: Other calendars, "
    "From URL. iPhone: Settings, Calendar accounts, Add subscribed calendar."
)
ONCE = (
    "I show it this once and keep no copy. Whoever has it can read this calendar, so pass it on to nobody; "
    "if it gets about, say “new calendar link”, and this one stops."
)
FRESH = "It follows the rota by itself; most programs look every hour or so, some once a day."


def compose_calendar(about: str, scene: SayScene) -> Message:
    """Return the address of a feed, made now and shown once, or what is known of the one that somebody has."""
    if about in WITHOUT_ADDRESS:
        return WITHOUT_ADDRESS[about](scene)
    asked = read_calendar(about)
    if asked is None or scene.person is None:
        return gone()
    site = with_rota(asked.site, scene.uow) if asked.site else None
    if asked.site and (site is None or not parts(scene.person.id, site, scene.uow, scene.today)):
        return gone()
    if not scene.address:
        return _no_address()
    if asked.is_new:
        return _made(scene.person.id, asked, site, scene)
    return _known(scene.person.id, asked, site, scene)


def _made(person: PersonId, asked: CalendarAbout, site: Site | None, scene: SayScene) -> Message:
    had_one = scene.uow.secret_addresses.has_feed(person, asked.site)
    secret = scene.uow.secret_addresses.new_feed(person, asked.site, now=scene.now)
    return Message(
        title=f"Your calendar address for {_what(site)}:",
        blocks=(
            Paragraph(text=f"{scene.address.rstrip('/')}/calendar/{secret}.ics"),
            Paragraph(text=HOW),
            Note(text=ONCE),
            Note(text=FRESH),
            *((Note(text="The address you had before has stopped."),) if had_one else ()),
        ),
        buttons=_others(person, asked, scene),
    )


def _known(person: PersonId, asked: CalendarAbout, site: Site | None, scene: SayScene) -> Message:
    about = str(asked.site or "")
    if not scene.uow.secret_addresses.has_feed(person, asked.site):
        return Message(
            title=f"You have no calendar address for {_what(site)} at the moment.",
            buttons=(button("Get an address", Action.NEW_CALENDAR, about), *_others(person, asked, scene)),
        )
    return Message(
        title=f"You already have a calendar address for {_what(site)}.",
        tone=Tone.ASK,
        blocks=(
            Paragraph(
                text="I keep no copy of it, so I cannot show it again: your calendar program knows it. "
                "You can have a new one; the old one stops at once."
            ),
        ),
        buttons=(button("Get a new address", Action.NEW_CALENDAR, about), *_others(person, asked, scene)),
    )


def _what(site: Site | None) -> str:
    return site.name if site else "your own slots"


def _others(person: PersonId, asked: CalendarAbout, scene: SayScene) -> tuple[Button, ...]:
    """Offer the other feeds somebody may have."""
    others = [one for one in sites_of(person, scene.uow, scene.today) if one.id != asked.site]
    return (
        button("My slots", Action.MY_SLOTS, ""),
        *((button("Calendar of my own slots", Action.CALENDAR, ""),) if asked.site else ()),
        *(button(f"Calendar of {one.name}", Action.CALENDAR, str(one.id)) for one in others[:MOST_SITES]),
    )


def _which(scene: SayScene) -> Message:
    theirs = _others(scene.person.id, CalendarAbout(), scene) if scene.person else ()
    return Message(
        title="I do not know which site you mean.",
        blocks=(Paragraph(text="I can give you a calendar of your own slots, and of each site you have a part in."),),
        buttons=(button("Calendar of my own slots", Action.CALENDAR, ""), *theirs),
    )


def _nothing(_: SayScene) -> Message:
    return Message(title="You look after no site at the moment, so there is nothing to put in a calendar.")


def _no_address() -> Message:
    return Message(
        title="I cannot give you a calendar address yet.",
        blocks=(
            Paragraph(
                text="I have not been told under which web address calendars find me. "
                "Whoever runs Ask First for your trust can set it. Until then, “my slots” shows what is yours."
            ),
        ),
        buttons=(button("My slots", Action.MY_SLOTS, ""),),
    )


def _in_private(_: SayScene) -> Message:
    return Message(
        title="Please write to me directly for this.",
        blocks=(
            Paragraph(
                text="A calendar address opens for whoever reads it, so I give it to you alone. "
                "Open a chat with me and type “my calendar”."
            ),
        ),
    )


WITHOUT_ADDRESS: Mapping[str, Callable[[SayScene], Message]] = {
    IN_PRIVATE: _in_private,
    NOTHING: _nothing,
    WHICH: _which,
}
COMPOSED: Mapping[SayKind, Callable[[str, SayScene], Message]] = {SayKind.CALENDAR: compose_calendar}
