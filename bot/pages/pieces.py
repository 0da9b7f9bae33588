"""Pieces that both register pages are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.web.escape import safe
from handlers.register import register_words as words
from handlers.sites.living_in_words import put_right_in_words
from policy_kb.rules.register import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from handlers.register.reading import Line
    from policy_kb.rules.register import Week
    from policy_kb.words import PersonId

BADGES = (Mark.UNCOVERED, Mark.BELOW_TWO, Mark.DUE, Mark.AHEAD, Mark.NEGLECTED)
"""Marks that stand beside a site; what the others say, its state says already."""

SIGNS = "✓ covered, ! a gap, – left uncovered on purpose, ? no rota."
LEGEND = f'<p class="soft legend">{SIGNS}</p>'


def strip(weeks: Iterable[Week], names: Mapping[PersonId, str], today: date) -> str:
    """Return the weeks as signs in a row, each with its sentence for whoever points at it or hears the page."""
    signs = "".join(_week(one, words.strip_in_words(one, names, today)) for one in weeks)
    return f'<ol class="strip">{signs}</ol>'


def badges(line: Line) -> str:
    """Return what is to be done about a site, each a badge with its explanation."""
    found = (mark for mark in BADGES if mark in line.marks)
    shown = "".join(f'<li class="badge {one.value}">{safe(words.MARKS[one])}</li>' for one in found)
    if line.to_put_right:
        shown += f'<li class="badge to_put_right">{safe(put_right_in_words(line.to_put_right))}</li>'
    return f'<ul class="badges">{shown}</ul>' if shown else ""


def table(cells: Iterable[tuple[str, ...]], heads: tuple[str, ...], *, caption: str, kind: str = "") -> str:
    """
    Return a table; every cell is HTML, the first of a row is its heading.

    Roles are said in so many words, because a phone shows each row as a card, and browsers forget
    that something is a table once it does not look like one.
    """
    head = "".join(f'<th scope="col" role="columnheader">{safe(one)}</th>' for one in heads)
    body = "".join(_row(row, heads) for row in cells)
    return (
        f'<table role="table" class="{safe(kind)}"><caption>{safe(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(row: tuple[str, ...], heads: tuple[str, ...]) -> str:
    first = f'<th scope="row" role="rowheader">{row[0]}</th>'
    rest = "".join(
        f'<td role="cell"><span class="label" aria-hidden="true">{safe(head)}</span>{cell}</td>'
        for head, cell in zip(heads[1:], row[1:], strict=True)
    )
    return f'<tr role="row">{first}{rest}</tr>'


def _week(week: Week, said: str) -> str:
    sign = words.SIGNS[week.state]
    return (
        f'<li class="{week.state.value}" title="{safe(said)}"><span aria-hidden="true">{sign}</span>'
        f'<span class="unseen">{safe(said)}.</span></li>'
    )
