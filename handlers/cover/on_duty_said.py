"""Who is on duty in a week or on a day, one line a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover.about import read_week
from handlers.cover.gaps_said import whole_trust
from handlers.cover.seen import sites_of
from handlers.cover.slot_said import gone
from handlers.cover.slots_said import count_of, days, upper, whose
from handlers.covers import covers_of
from handlers.message import Fact, Facts, Message, Paragraph, Tone
from handlers.requests.in_words import button
from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY, WEEK, days_between, monday_of
from policy_kb.rules.rota_cut import owes_on
from policy_kb.site_words import GapKind, SlotPart

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from handlers.cover.about import WeekAbout
    from handlers.message import Button
    from handlers.scene import SayScene
    from policy_kb.rules.cover import Cover
    from policy_kb.rules.site import Site, Slot
    from policy_kb.site_words import SiteId

MOST_SITES = 12
NO_SITES = "You look after no site, and you answer for none, so there is no rota I can show you."
ON_PURPOSE = {GapKind.COMMENTS_OFF: "comments off", GapKind.PAUSED: "paused"}
HALVES = {SlotPart.WHOLE: "", SlotPart.MORNING: " am", SlotPart.AFTERNOON: " pm"}


def compose_on_duty(about: str, scene: SayScene) -> Message:
    """Return who looks after the reader's sites in a week, ``2026-11-30``, or on a day alone, ``2026-12-04:day``."""
    asked = read_week(about)
    if asked is None or scene.person is None:
        return gone()
    sites = [one for one in sites_of(scene.person.id, scene.uow, scene.today) if asked.site in {None, one.id}]
    if not sites:
        return Message(title=NO_SITES, blocks=whole_trust(scene))
    start = asked.day if asked.alone else monday_of(asked.day)
    end = start + (DAY if asked.alone else WEEK)
    covers = covers_of((one.id for one in sites), start, end, scene.uow)
    sites = [one for one in sites if covers[one.id].slots or _owes(one, start, end)]
    if not sites:
        return _day_off(asked, scene)
    open_ones = {one.id for one in sites if _is_open(one, covers[one.id], is_past=end <= scene.today)}
    # Where not all of them fit, those that lack somebody are seen.
    shown = sorted(sites, key=lambda one: one.id not in open_ones)[:MOST_SITES]
    rows = tuple(Fact(label=one.name, value=_line(covers[one.id], end, scene, alone=asked.alone)) for one in shown)
    more = len(sites) - len(rows)
    rest = f"And {count_of(more, 'more site')}: the register page shows them all."
    return Message(
        title=_title(sites, covers, len(open_ones), start, end, scene),
        tone=Tone.CARE if open_ones else Tone.PLAIN,
        blocks=(
            Facts(rows=rows),
            *((Paragraph(text=rest),) if more > 0 else ()),
        ),
        buttons=(
            *_weeks(asked),
            button("My slots", Action.MY_SLOTS, ""),
            *_gaps(sites, covers),
            *_register(more),
        ),
    )


def _day_off(asked: WeekAbout, scene: SayScene) -> Message:
    """Return that nobody is on, because the rotas have nobody on that day of the week."""
    return Message(
        title=f"Nobody has to be on duty on {days(asked.day, asked.day + DAY, scene.today)}.",
        blocks=(Paragraph(text="What you look after or answer for has somebody on from Monday to Friday."),),
        buttons=(*_weeks(asked), button("My slots", Action.MY_SLOTS, "")),
    )


def _owes(site: Site, start: date, end: date) -> bool:
    return any(owes_on(site.rota, day) for day in days_between(start, end))


def _is_open(site: Site, cover: Cover, *, is_past: bool) -> bool:
    """Tell whether a site lacks somebody; days before any rota was laid out are not known to have lacked one."""
    return bool(cover.gaps) or (site.is_in_use and not cover.slots and not is_past)


def _title(
    sites: list[Site], covers: Mapping[SiteId, Cover], open_ones: int, start: date, end: date, scene: SayScene
) -> str:
    called = f"On duty {'on ' if end - start == DAY else ''}{days(start, end, scene.today)}"
    if len(sites) == 1:
        (only,) = sites
        slots = covers[only.id].slots
        if len({one.person for one in slots}) == 1:
            return f"{called}, {only.name}: {whose(slots[0].person, scene)}."
        return f"{called}: {only.name}."
    if open_ones:
        return f"{called}: {open_ones} of {len(sites)} sites {'is' if open_ones == 1 else 'are'} not fully covered."
    return f"{called}: {len(sites)} sites."


def _line(cover: Cover, end: date, scene: SayScene, *, alone: bool) -> str:
    if not cover.slots:
        return "No rota is known for then" if end <= scene.today else "NOBODY: no slots are laid out"
    runs: list[tuple[str, str, str]] = []  # who, from, to
    for slot in cover.slots:
        who, first, last = _who(slot, cover, scene), _first(slot), _last(slot)
        if runs and runs[-1][0] == who:
            runs[-1] = (who, runs[-1][1], last)
        else:
            runs.append((who, first, last))
    if len(runs) == 1:
        return upper(runs[0][0])
    if alone:
        return ", ".join(f"{first.partition(' ')[2] or first} {who}" for who, first, _ in runs)
    return ", ".join(f"{first if first == last else f'{first} to {last}'} {who}" for who, first, last in runs)


def _who(slot: Slot, cover: Cover, scene: SayScene) -> str:
    if slot.person is not None:
        return whose(slot.person, scene)
    decided = next((one for one in cover.intended if one.covers(slot.starts_on)), None)
    is_gap = any(slot in gap.slots for gap in cover.gaps)
    return ON_PURPOSE[decided.kind] if decided and not is_gap else "NOBODY"


def _first(slot: Slot) -> str:
    return f"{slot.starts_on:%a}{HALVES[slot.part]}"


def _last(slot: Slot) -> str:
    return f"{slot.ends_on - DAY:%a}{HALVES[slot.part]}"


def _weeks(asked: WeekAbout) -> tuple[Button, ...]:
    beside = f":{asked.site}" if asked.site else ""
    monday = monday_of(asked.day)
    before, this, after = (f"{one.isoformat()}{beside}" for one in (monday - WEEK, monday, monday + WEEK))
    first = ("The whole week", this) if asked.alone else ("The week before", before)
    return tuple(button(label, Action.ON_DUTY, about) for label, about in (first, ("The week after", after)))


def _gaps(sites: list[Site], covers: Mapping[SiteId, Cover]) -> tuple[Button, ...]:
    if not any(one.gaps for one in covers.values()):
        return ()
    return (button("What is not covered", Action.GAPS, str(sites[0].id) if len(sites) == 1 else ""),)


def _register(more: int) -> tuple[Button, ...]:
    return (button("Open the register", Action.REGISTER, ""),) if more > 0 else ()
