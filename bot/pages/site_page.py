"""The page of one site: its people, its cover, what was checked and judged, and what is left to do."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from bot.channels.web.escape import safe
from bot.pages.door import PATH
from bot.pages.pieces import LEGEND, badges, strip, table
from bot.pages.plain import template
from handlers.cover.gaps_said import holiday_in_words
from handlers.cover.slots_said import count_of, days, gap_in_words, when
from handlers.people_and_days import day_in_words, moment_in_words
from handlers.register import register_words as words
from handlers.sites.living_in_words import put_right_in_words, what_waits
from policy_kb.rules.london import london_date
from policy_kb.rules.periods import DAY, monday_of
from policy_kb.site_words import CheckAnswer, Round, TaskKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from handlers.register.site_reading import SiteRecord
    from policy_kb.rules.site import Slot
    from storage.site_work import Check

ROUNDS = {Round.PRE_LIVE: "Before going live", Round.HEALTH: "Half-termly check", Round.CLOSING: "Closing"}
ANSWERS = {CheckAnswer.YES: "Yes", CheckAnswer.NO: "No"}
TASKS = {TaskKind.REMOVE_ACCESS: "Remove the access of", TaskKind.NEW_AUTHOR: "Find a new author in the place of"}
REACHED = {"fully": "Aims fully reached", "partly": "Aims partly reached", "not": "Aims not reached"}
NOT_LOGGED = "Nothing was logged."


def site_page(record: SiteRecord, *, at: datetime) -> str:
    """Return the page of one site, as it stood then."""
    site = record.line.site
    state = words.state_in_words(site, record.today)
    main = template("site.html").substitute(
        name=safe(site.name),
        where=safe(f"{record.line.setting} · {words.host_in_words(site)} · S-{site.id}"),
        state=f'<span class="state {site.state.value}">{safe(state)}</span>{badges(record.line)}',
        sections="".join(_sections(record)),
        register=PATH,
    )
    return template("page.html").substitute(
        title=safe(site.name), reader=safe(record.reader), main=main, at=moment_in_words(at)
    )


def _sections(record: SiteRecord) -> Iterator[str]:
    yield _section("about", "About it", _about(record), kind="across")
    yield _section("cover", "Cover of 13 weeks", "".join(_cover(record)), kind="across")
    yield _section("people", "Who looks after it", _people(record), kind="across")
    yield _section("shares", "How it is shared", _shares(record))
    yield _section("tasks", "Left to do", _tasks(record))
    yield _section("evaluations", "Evaluations", _evaluations(record))
    yield _section("checks", "Checks", "".join(_checks(record)))
    if record.pattern is not None:
        yield _section("moderation", "Moderation this term", _moderation(record))


def _section(name: str, title: str, inner: str, *, kind: str = "") -> str:
    """Return a section; the long ones go across, so that what stands in two columns ends at about the same height."""
    return f'<section class="{kind}" aria-labelledby="{name}"><h2 id="{name}">{title}</h2>{inner}</section>'


def _about(record: SiteRecord) -> str:
    site = record.line.site
    facts = [
        ("Author", record.names[site.author]),
        ("Address", site.address or "Not known yet"),
        ("What it is for", site.purpose),
        ("Aims", site.aims),
        ("How it will be judged", site.success),
        *words.dates_in_words(site, record.today),
        ("Last activity", words.activity_in_words(site, record.today)),
        ("Approval on paper", site.paper),
    ]
    inner = "".join(f"<div><dt>{safe(label)}</dt><dd>{safe(value)}</dd></div>" for label, value in facts if value)
    return f'<dl class="facts">{inner}</dl>'


def _people(record: SiteRecord) -> str:
    site, today = record.line.site, record.today
    cells = [
        (
            safe(record.names[one.person]),
            safe(words.ROLES[one.role]),
            safe(_since(one.since, one.until, record)),
            safe(words.member_in_words(one) if one.holds_on(today) else "No longer"),
        )
        for one in sorted(site.members, key=lambda one: not one.holds_on(today))
    ]
    if not cells:
        return "<p>Nobody yet.</p>"
    heads = ("Who", "As", "Since", "Accepted, with a login of their own")
    return table(cells, heads, caption="People", kind="small")


def _since(start: date, until: date | None, record: SiteRecord) -> str:
    said = words.short_day(start, record.today)
    return f"{said} to {words.short_day(until - DAY, record.today)}" if until else said


def _cover(record: SiteRecord) -> Iterator[str]:
    yield strip(record.line.weeks, record.names, record.today) + LEGEND
    if not record.line.cover.slots:
        yield "<p>No rota is laid out.</p>"
        return
    forecast = record.standing.forecast
    gaps = [gap_in_words(one, record.today) for one in forecast.gaps]
    gaps += [f"{one.holiday.name}: {holiday_in_words(one)}" for one in forecast.holidays if one.uncovered]
    decided = [
        f"{days(one.starts_on, one.ends_on, record.today)}: {words.decision_in_words(one, record.names, record.today)}"
        for one in record.line.cover.intended
    ]
    yield f"<h3>Gaps</h3>{_list(gaps, 'None.')}"
    yield f"<h3>Left uncovered on purpose</h3>{_list(decided, 'Nothing.')}"
    yield f"<details><summary>Every slot</summary>{_slots(record)}</details>"


def _slots(record: SiteRecord) -> str:
    by_week = groupby(record.line.cover.slots, key=lambda slot: monday_of(slot.starts_on))
    cells = (
        (safe(f"Week of {words.short_day(monday, record.today)}"), _list([_slot(one, record) for one in slots], ""))
        for monday, slots in by_week
    )
    return table(cells, ("Week", "Who is on"), caption="Slots", kind="small")


def _slot(slot: Slot, record: SiteRecord) -> str:
    decided = any(one.covers(slot.starts_on) for one in record.line.cover.intended)
    nobody = "nobody, on purpose" if decided else "NOBODY"
    return f"{when(slot, record.today)}: {record.names[slot.person] if slot.person else nobody}"


def _shares(record: SiteRecord) -> str:
    if not record.shares:
        return "<p>Nobody has had a slot yet.</p>"
    cells = ((safe(record.names[one.person]), str(one.served), str(one.ahead)) for one in record.shares)
    doubled = "; a slot in a holiday counts as two" if record.line.site.rota.holidays_double else ""
    heads = ("Who", f"Since {words.short_day(record.year_from, record.today)}", "From today on")
    return table(cells, heads, caption=f"Slots of each person{doubled}", kind="small titled")


def _tasks(record: SiteRecord) -> str:
    lines = record.line.to_put_right
    said = [put_right_in_words(lines)] if lines else []
    said += [f"{text[:1].upper()}{text[1:]}" for text in what_waits(record.waits)]
    said += [
        f"{TASKS[one.kind]} {record.names[one.about]}, since {day_in_words(london_date(one.opened_at))}"
        for one in record.tasks
    ]
    return _list(said, "Nothing.")


def _checks(record: SiteRecord) -> Iterator[str]:
    done = {one: checks for one, checks in record.checks.items() if checks}
    if not done:
        yield "<p>None was made yet.</p>"
    for kind, checks in done.items():
        cells = (
            (safe(_label(one, record)), ANSWERS[one.answer], safe(record.names[one.by]), safe(moment_in_words(one.at)))
            for one in checks
        )
        began = words.short_day(checks[0].round_on, record.today)
        caption = f"{ROUNDS[kind]}, begun on {began}"
        yield table(cells, ("What", "Answer", "By", "When"), caption=caption, kind="small titled")


def _label(check: Check, record: SiteRecord) -> str:
    """Return what was checked; an edition may have dropped a line that was answered once."""
    return record.labels.get((check.round, check.key)) or check.key.replace("_", " ").capitalize()


def _evaluations(record: SiteRecord) -> str:
    said = [
        f"{REACHED.get(one.reached, one.reached)}. {one.words} ({record.names[one.by]}, "
        f"{day_in_words(london_date(one.at))})"
        for one in record.evaluations
    ]
    return _list(said, "None yet.")


def _moderation(record: SiteRecord) -> str:
    pattern, term = record.pattern, record.term
    if pattern is None or not pattern.total:
        return f"<p>{NOT_LOGGED}</p>"
    said = (
        f"{count_of(pattern.total, 'act')} since {day_in_words(term.starts_on)}; {pattern.before} in the term before."
    )
    cells = (
        (safe(record.categories[category]), str(now), str(before))
        for category, (now, before) in pattern.categories.items()
    )
    inner = table(cells, ("What", "This term", "The term before"), caption="Acts by what they were about", kind="small")
    return f"<p>{safe(said)}</p>{inner}"


def _list(said: Iterable[str], nothing: str) -> str:
    inner = "".join(f"<li>{safe(one)}</li>" for one in said)
    return f'<ul class="plain-list">{inner}</ul>' if inner else f"<p>{nothing}</p>"
