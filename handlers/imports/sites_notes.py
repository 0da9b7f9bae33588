"""What the policy asks of sites and a list of them has not got: told to whoever takes the list in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.site_words import SiteState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handlers.imports.sites_file import SiteRow
    from policy_kb.rules.site import Site

TWO = 2  # administrators, and as many moderators


def notes_on(rows: Sequence[SiteRow], sites: Sequence[Site]) -> Iterator[str]:
    """
    Yield a sentence for each thing that is missing, with the rows it is missing in; `sites` are what they become.

    Policy: A.1.6, A.1.7, A.3.3, A.5.4
    """
    both = list(zip(rows, sites, strict=True))
    legacy = [row.number for row, site in both if site.state is SiteState.LEGACY]
    endless = [row.number for row, site in both if not site.closure and not site.review_on]
    unjudged = [row.number for row, site in both if not site.evaluate_on]
    few = [row.number for row in rows if min(len(row.administrators), len(row.moderators)) < TWO]
    unaccepted = [row.number for row in rows if not row.own_logins and (row.administrators or row.moderators)]
    if legacy:
        yield f"No approval on paper (A.3.3), so in the register as a legacy site: {_rows(legacy)}."
    if endless:
        yield f"Neither a closing date nor a day to look at it again (A.1.6): {_rows(endless)}."
    if unjudged:
        yield f"No day on which it is evaluated (A.1.7): {_rows(unjudged)}."
    if few:
        yield f"Fewer than two administrators or two moderators (A.5.4): {_rows(few)}."
    if unaccepted:
        yield f"Its people are asked to accept, each with a login of their own (A.3.2): {_rows(unaccepted)}."


def _rows(numbers: Sequence[int]) -> str:
    return ("row " if len(numbers) == 1 else "rows ") + ", ".join(map(str, numbers))
