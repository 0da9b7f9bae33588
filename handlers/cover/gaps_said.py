"""What of a site is not covered in the next 13 weeks, and what was decided about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover.about import GAP_FIELD, days_about, read_gap, read_number
from handlers.cover.seen import parts, sites_of, with_rota
from handlers.cover.settling import REOPEN, SURELY, intended
from handlers.cover.slot_said import gone
from handlers.cover.slots_said import count_of, days, gap_in_words
from handlers.cover.standing import standing_of
from handlers.message import Fact, Facts, Field, InputKind, Message, Option, Paragraph, Tone
from handlers.people_and_days import day_in_words, name_of
from handlers.requests.in_words import button, short
from policy_kb.bot_words import Action
from policy_kb.rules.london import london_date
from policy_kb.rules.periods import DAY
from policy_kb.rules.site import STARTING
from policy_kb.rules.swapping import DECIDE, MANAGE
from policy_kb.site_words import GapKind, SiteId

if TYPE_CHECKING:
    from datetime import date

    from handlers.message import Button
    from handlers.scene import SayScene
    from policy_kb.rules.cover import Cover, Gap
    from policy_kb.rules.forecast import Forecast, HolidayCover
    from policy_kb.rules.site import IntendedGap, Site
    from policy_kb.rules.site_life import Doer

MOST_GAPS = 10
MOST_SITES = 4
MOST_DECISIONS = 3  # that can be taken back from one card
OPTION = 75  # characters
WHOLE_TRUST = "The register has every site that you see: say “register”."
ASKED = {GapKind.COMMENTS_OFF: "Comments off on", GapKind.PAUSED: "A pause of"}
KINDS = {GapKind.COMMENTS_OFF: "Comments are off", GapKind.PAUSED: "The site is paused"}


def compose_gaps(about: str, scene: SayScene) -> Message:
    """Return the gaps of a site, or those of every site the reader looks after or answers for."""
    if scene.person is None:
        return gone()
    if about.startswith(REOPEN):
        return _take_back(read_number(about.removeprefix(REOPEN)), scene)
    asked = read_gap(about, {})
    if asked and asked.days and asked.kind:
        return _surely(asked.site, asked.days, asked.kind, scene)
    number = read_number(about)
    if number is None:
        return _overview(scene)
    site = with_rota(SiteId(number), scene.uow)
    theirs = parts(scene.person.id, site, scene.uow, scene.today) if site else frozenset()
    return _of_site(site, theirs, scene) if site and theirs else gone()


def whole_trust(scene: SayScene) -> tuple[Paragraph, ...]:
    """Return where all sites are, for a reader with a part in the trust or the bot; others see none there either."""
    person = scene.person
    if person is None:
        return ()
    sees = bool(person.bot_roles) or any(one.setting_id is None for one in person.held_on(scene.today))
    return (Paragraph(text=WHOLE_TRUST),) if sees else ()


def holiday_in_words(one: HolidayCover) -> str:
    """Return how much of a holiday nobody covers: 8 of 10 weekdays uncovered."""
    return f"{one.uncovered} of {count_of(one.days, 'weekday' if one.weekdays_only else 'day')} uncovered"


def _overview(scene: SayScene) -> Message:
    sites = sites_of(scene.person.id, scene.uow, scene.today) if scene.person else ()
    if not sites:
        return Message(
            title="You look after no site, and you answer for none, so I have no gaps to show you.",
            blocks=whole_trust(scene),
        )
    standing = standing_of(sites, scene.uow, scene.view, scene.today)
    found = [(one, here) for one in sites if (here := standing[one.id].forecast).gaps or here.is_empty]
    found.sort(key=lambda one: (one[1].covered > 0, one[1].gaps[0].starts_on if one[1].gaps else scene.today))
    if not found:
        return Message(
            title="Every site you look after or answer for is covered for 13 weeks.",
            tone=Tone.YES,
            buttons=(button("Who is on", Action.ON_DUTY, ""),),
        )
    rows = tuple(Fact(label=one.name, value=_first_of(here, scene)) for one, here in found[:MOST_GAPS])
    more = len(found) - len(rows)
    return Message(
        title=f"{len(found)} of {len(sites)} sites {'has' if len(found) == 1 else 'have'} gaps in the next 13 weeks.",
        tone=Tone.CARE,
        blocks=(Facts(rows=rows), *((Paragraph(text=f"And {count_of(more, 'more site')}."),) if more > 0 else ())),
        buttons=(
            *(button(f"Gaps of {one.name}", Action.GAPS, str(one.id)) for one, _ in found[:MOST_SITES]),
            *((button("Open the register", Action.REGISTER, ""),) if len(found) > MOST_SITES else ()),
        ),
    )


def _surely(site_id: SiteId, those: tuple[date, date], kind: GapKind, scene: SayScene) -> Message:
    """Return the question whether nobody is to cover some days on purpose."""
    site = with_rota(site_id, scene.uow)
    if site is None or not DECIDE & parts(scene.person.id if scene.person else None, site, scene.uow, scene.today):
        return gone()
    about = f"{site.id}:{days_about(*those)}:{kind}"
    return Message(
        title=f"{ASKED[kind]} {site.name}, {days(*those, scene.today)}?",
        tone=Tone.ASK,
        blocks=(
            Paragraph(
                text="Nobody looks after it then, and that is on purpose. I write down that you decided it, tell the "
                "head, the author and the administrators, and the register shows it (A.5.4)."
            ),
        ),
        buttons=(
            button("Yes, I decide that", Action.SETTLE_GAP_SURELY, about, is_main=True),
            _no(site, those),
        ),
    )


def _take_back(number: int | None, scene: SayScene) -> Message:
    """Return the question whether a decision to leave days uncovered is taken back."""
    made = intended(number, scene.uow, scene.today) if number else None
    site = with_rota(made.site, scene.uow) if made else None
    reader = scene.person.id if scene.person else None
    if made is None or site is None or not DECIDE & parts(reader, site, scene.uow, scene.today):
        return gone()
    those = (made.starts_on, made.ends_on)
    return Message(
        title=f"Take it back: {ASKED[made.kind].lower()} {site.name}, {days(*those, scene.today)}?",
        tone=Tone.ASK,
        blocks=(
            Paragraph(
                text=f"{name_of(made.by, scene.uow)} decided it on {day_in_words(london_date(made.at))}. Taken back, "
                "cover is owed then again. I tell the head, the author and the administrators that it was you (A.5.4)."
            ),
        ),
        buttons=(
            button("Yes, take it back", Action.REOPEN_GAP, f"{made.id}{SURELY}", is_main=True),
            _no(site, those),
        ),
    )


def _no(site: Site, those: tuple[date, date]) -> Button:
    """Return the button that puts the gaps in the place of a question about some days."""
    return button("No", Action.GAPS, f"{site.id}:{days_about(*those)}")


def _of_site(site: Site, theirs: frozenset[Doer], scene: SayScene) -> Message:
    standing = standing_of((site,), scene.uow, scene.view, scene.today)[site.id]
    cover = standing.cover
    rows = tuple(
        Fact(label="Gap" if len(cover.gaps) == 1 else f"Gap {count}", value=gap_in_words(one, scene.today))
        for count, one in enumerate(cover.gaps[:MOST_GAPS], 1)
    )
    rows += tuple(
        Fact(label=one.holiday.name, value=holiday_in_words(one)) for one in standing.forecast.holidays if one.uncovered
    )
    rows += tuple(Fact(label=KINDS[one.kind], value=_decided(one, scene)) for one in cover.intended)
    more = len(cover.gaps) - MOST_GAPS
    is_choice = len(cover.gaps) > 1 and bool(MANAGE & theirs)
    return Message(
        title=_title(site, cover, standing.forecast),
        tone=Tone.CARE if cover.gaps or standing.forecast.is_empty else Tone.YES,
        blocks=(
            *((Facts(rows=rows),) if rows else ()),
            *((Paragraph(text=f"And {count_of(more, 'more gap')}."),) if more > 0 else ()),
            *_what_helps(cover, theirs),
        ),
        fields=(_field(cover.gaps, scene),) if is_choice else (),
        buttons=(*_about_gaps(site, cover, theirs), *_about_the_rota(site, cover, theirs)),
    )


def _title(site: Site, cover: Cover, ahead: Forecast) -> str:
    if ahead.is_empty:
        soon = "will look after" if site.state in STARTING else "looks after"
        return f"Nobody {soon} {site.name}: its rota is empty for 13 weeks."
    if not cover.gaps and cover.intended:
        return f"{site.name}: no gap is left in the next 13 weeks. Some days are left uncovered on purpose."
    if not cover.gaps:
        return f"{site.name} is covered for 13 weeks."
    return f"{site.name}: {ahead.owed - ahead.covered} of {ahead.owed} slots in the next 13 weeks are not covered."


def _what_helps(cover: Cover, theirs: frozenset[Doer]) -> tuple[Paragraph, ...]:
    if not cover.slots:
        text = "It needs people who have accepted a part in it: then I lay out its rota (A.5.4)."
        return (Paragraph(text=text),)
    if not cover.gaps:
        return ()
    if DECIDE & theirs:
        text = (
            "Cover is owed in the holidays too (A.5.4). Give the days to somebody, or decide that comments are off or "
            "the site is paused in them: I write down who decided that, and the register shows it."
        )
        return (Paragraph(text=text),)
    return (Paragraph(text="Say “I'll take Friday 4 December” if one of these days suits you."),)


def _about_gaps(site: Site, cover: Cover, theirs: frozenset[Doer]) -> tuple[Button, ...]:
    if not cover.gaps or not MANAGE & theirs:
        return ()
    only = cover.gaps[0] if len(cover.gaps) == 1 else None
    about = f"{site.id}:{days_about(only.starts_on, only.ends_on)}" if only else str(site.id)
    give = button("Give it to somebody", Action.ASSIGN, about, is_main=True)
    if not DECIDE & theirs:
        return (give,)
    return (
        give,
        button("Comments are off", Action.SETTLE_GAP, f"{about}:{GapKind.COMMENTS_OFF}"),
        button("Pause the site", Action.SETTLE_GAP, f"{about}:{GapKind.PAUSED}"),
    )


def _about_the_rota(site: Site, cover: Cover, theirs: frozenset[Doer]) -> tuple[Button, ...]:
    if not DECIDE & theirs:
        return (button("Who is on", Action.ON_DUTY, ""),)
    most = 1 if cover.gaps else MOST_DECISIONS
    reopen = tuple(button(f"Take back: {_short(one)}", Action.REOPEN_GAP, str(one.id)) for one in cover.intended[:most])
    return (*reopen, button("Change the rota", Action.ROTA_SHAPE, str(site.id)))


def _field(gaps: tuple[Gap, ...], scene: SayScene) -> Field:
    options = tuple(
        Option(value=days_about(one.starts_on, one.ends_on), label=short(gap_in_words(one, scene.today), OPTION))
        for one in gaps[:100]
    )
    return Field(
        name=GAP_FIELD, label="Which gap", kind=InputKind.ONE, options=options, filled=(options[0].value,), needed=True
    )


def _first_of(here: Forecast, scene: SayScene) -> str:
    if here.is_empty:
        return "NOBODY: the rota is empty"
    more = len(here.gaps) - 1
    return gap_in_words(here.gaps[0], scene.today) + (f", and {count_of(more, 'more gap')}" if more else "")


def _decided(one: IntendedGap, scene: SayScene) -> str:
    when = days(one.starts_on, one.ends_on, scene.today)
    return f"{when}. Decided by {name_of(one.by, scene.uow)} on {day_in_words(london_date(one.at))}"


def _short(one: IntendedGap) -> str:
    """Return the days of a decision as a button has them: 21 Dec to 1 Jan."""
    last = one.ends_on - DAY
    first = f"{one.starts_on.day} {one.starts_on:%b}"
    return first if last == one.starts_on else f"{first} to {last.day} {last:%b}"
