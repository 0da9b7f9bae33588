"""The register as a page: what there is in numbers, what to look for, and a line for each site."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bot.channels.web.escape import safe
from bot.pages.door import PATH
from bot.pages.pieces import LEGEND, badges, strip, table
from bot.pages.plain import template
from handlers.cover.slots_said import count_of
from handlers.people_and_days import moment_in_words
from handlers.register import register_words as words
from handlers.register.asked import Asked, Order
from policy_kb.rules.register import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from handlers.register.reading import Line, Register, SettingLine

ORDERS = {
    Order.ATTENTION: "What needs attention first",
    Order.NAME: "By name",
    Order.SETTING: "By setting",
    Order.ENDS: "By the next date",
}
IN_NUMBERS = (Mark.IN_USE, Mark.UNCOVERED, Mark.BELOW_TWO, Mark.DUE, Mark.NEGLECTED, Mark.LEGACY, Mark.CLOSING)
NOTHING_YOURS = (
    "You have no part in a site, and you answer for no setting that has one. "
    "If that is wrong, ask the author of the site or your school's office."
)

PRINTING = '<p class="soft printing">Print this page from your browser: it fits A4 across.</p>'


def list_page(register: Register, *, at: datetime) -> str:
    """Return the page of what somebody looks for, as it stood then; one that says so where they see no site at all."""
    main = _sites(register) if register.settings else f"<h1>Register of sites</h1><p>{safe(NOTHING_YOURS)}</p>"
    return template("page.html").substitute(
        title="Register of sites", reader=safe(register.reader), main=main, at=moment_in_words(at)
    )


def _sites(register: Register) -> str:
    return template("list.html").substitute(
        heading=safe(_heading(register)),
        counts=_counts(register),
        settings=_by_setting(register),
        asked=_form(register),
        found=safe(_found(register)),
        csv=safe(_address(replace(register.asked, page=1), f"{PATH}/sites.csv")),
        table=_table(register) if register.lines else "",
        pages=_pages(register),
        printing=PRINTING if register.lines else "",
    )


def _heading(register: Register) -> str:
    """Return whose sites they are; whoever sees some of a setting alone reads that these are theirs."""
    has_whole = any(one.id and register.sight.has_whole(one.id) for one in register.settings)
    only = register.settings[0] if len(register.settings) == 1 and has_whole else None
    chosen = next((one for one in register.settings if one.id == register.asked.setting), only)
    if chosen is None:
        return "Register of sites" if has_whole else "Your sites"
    return f"{'Sites' if chosen.id and register.sight.has_whole(chosen.id) else 'Your sites'} of {chosen.name}"


def _counts(register: Register) -> str:
    """Return how many sites there are of each kind, each a link to them, for the setting that is looked at."""
    asked = register.asked
    numbers = next((one for one in register.settings if one.id == asked.setting), register.total)
    shown = [mark for mark in words.MARKS if numbers.marks[mark]]
    links = "".join(_count(mark, numbers, asked) for mark in shown)
    return f'<nav aria-label="Kinds of sites"><ul class="counts">{links}</ul></nav>'


def _count(mark: Mark, numbers: SettingLine, asked: Asked) -> str:
    current = ' aria-current="true"' if asked.mark is mark else ""
    # Pressed again, it takes its choice back.
    to = _address(Asked(setting=asked.setting, mark=None if asked.mark is mark else mark, order=asked.order))
    return (
        f'<li class="{mark.value}"><a href="{safe(to)}"{current}><b>{numbers.marks[mark]}</b> '
        f"<span>{safe(words.MARKS[mark])}</span></a></li>"
    )


def _by_setting(register: Register) -> str:
    """Return each setting in numbers, where there are several and nothing is looked for."""
    if len(register.settings) == 1 or not register.asked.is_everything:
        return ""
    heads = ("Setting", *(words.MARKS[mark] for mark in IN_NUMBERS), "Cover this week")
    cells = (_in_numbers(one) for one in (*register.settings, register.total))
    inner = table(cells, heads, caption="Sites of each setting", kind="numbers")
    return f"<details><summary>By setting</summary>{inner}</details>"


def _in_numbers(one: SettingLine) -> tuple[str, ...]:
    name = safe(one.name)
    first = f'<a href="{safe(_address(Asked(setting=one.id)))}">{name}</a>' if one.id else name
    share = f"{100 * one.covered // one.owed}% of {count_of(one.owed, 'slot')}" if one.owed else "No slots"
    return (first, *(str(one.marks[mark]) for mark in IN_NUMBERS), share)


def _form(register: Register) -> str:
    asked = register.asked
    settings = [("", "All settings"), *((one.id or "", one.name) for one in register.settings)]
    marks = [("", "All but closed"), *((mark.value, label) for mark, label in words.MARKS.items())]
    choices = (
        _select("setting", "Setting", settings, asked.setting or "") if len(register.settings) > 1 else "",
        _select("show", "Show", marks, asked.mark.value if asked.mark else ""),
        _select("sort", "Order", [(one.value, label) for one, label in ORDERS.items()], asked.order.value),
    )
    clear = "" if asked.is_everything else f'<a href="{PATH}">Clear</a>'
    return (
        '<div class="wide-field"><label for="q">Name, setting or host</label>'
        f'<input id="q" name="q" type="search" maxlength="100" value="{safe(asked.words)}"></div>'
        f'{"".join(choices)}<div class="go"><button type="submit" class="main">Find</button> {clear}</div>'
    )


def _select(name: str, label: str, options: Iterable[tuple[str, str]], chosen: str) -> str:
    inner = "".join(
        f'<option value="{safe(value)}"{" selected" if value == chosen else ""}>{safe(text)}</option>'
        for value, text in options
    )
    return f'<div><label for="{name}">{label}</label><select id="{name}" name="{name}">{inner}</select></div>'


def _found(register: Register) -> str:
    mark = register.asked.mark
    if not register.found:
        return "No site is like that. Clear the search to see all of them."
    if mark is None:
        return f"{count_of(register.found, 'site')}; closed ones are left out."
    explained = words.EXPLAINED.get(mark, "")
    return f"{count_of(register.found, 'site')}: {words.MARKS[mark].lower()}{explained and f', that is, {explained}'}."


def _table(register: Register) -> str:
    first = words.short_day(register.lines[0].weeks[0].starts_on, register.today)
    week = words.present_in_words(register.today)
    heads = ("Site", "Looked after by", week, f"13 weeks from {first}", "Dates")
    cells = (_line(one, register) for one in register.lines)
    return f"{table(cells, heads, caption='Sites', kind='sites')}{LEGEND}"


def _line(line: Line, register: Register) -> tuple[str, ...]:
    site, today = line.site, register.today
    name = (
        f'<a class="name" href="{PATH}/site/{site.id}">{safe(site.name)}</a>'
        f'<span class="soft">{safe(f"{line.setting} · {words.host_in_words(site)} · S-{site.id}")}</span>'
        f'<span class="state {site.state.value}">{safe(words.state_in_words(site, today))}</span>{badges(line)}'
    )
    dates = "".join(f"<li><span>{what}</span> {safe(day)}</li>" for what, day in words.dates_in_words(site, today))
    last = safe(words.activity_in_words(site, today))
    return (
        name,
        safe(words.people_in_words(site, today)),
        safe(words.week_in_words(line, register.names, today)),
        strip(line.weeks, register.names, today),
        f'<ul class="dates">{dates}<li><span>Last activity</span> {last}</li></ul>',
    )


def _pages(register: Register) -> str:
    if register.pages == 1:
        return ""
    page = register.asked.page
    back = f'<a rel="prev" href="{safe(_address(replace(register.asked, page=page - 1)))}">The page before</a>'
    on = f'<a rel="next" href="{safe(_address(replace(register.asked, page=page + 1)))}">The next page</a>'
    return (
        f'<nav class="pages" aria-label="Pages">{back if page > 1 else ""}<span>Page {page} of {register.pages}</span>'
        f"{on if page < register.pages else ''}</nav>"
    )


def _address(asked: Asked, path: str = PATH) -> str:
    """Return the address of the page that shows what is looked for."""
    said = {
        "q": asked.words,
        "setting": asked.setting or "",
        "show": asked.mark.value if asked.mark else "",
        "sort": asked.order.value if asked.order is not Order.ATTENTION else "",
        "page": str(asked.page) if asked.page > 1 else "",
    }
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{path}?{query}" if query else path
