"""What moderators did is kept as an act, a category, a link and a time; the audit has the link nowhere."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.site_words import LogAction, LogCategory, SiteId
from policy_kb.words import Verb
from storage.audit import Subject
from storage.errors import ChangeRefused
from storage.moderation import LogLine
from tests.storage.builders import NOW
from tests.storage.site_builders import BY_TOM, NEVER_MADE, NOBODY, PRIYA, TOM, a_site, opened

if TYPE_CHECKING:
    from storage.database import Database

LINK = "https://photos.example/p/81"
HOUR = timedelta(hours=1)


def a_line(site: SiteId, **what: object) -> LogLine:
    line = LogLine(site=site, action=LogAction.HIDDEN, category=LogCategory.RUDE, link=LINK, by=TOM, at=NOW)
    return replace(line, **what)  # type: ignore[arg-type]  # each case names its own


def test_the_lines_of_some_sites_are_read_back_from_one_instant_up_to_another(database: Database) -> None:
    with database.begin() as work:
        site, other, third = (opened(work, a_site(name)) for name in "ABC")
        early, first, last = (a_line(site, at=NOW + hours * HOUR, by=PRIYA) for hours in (-1, 0, 2))
        beside = a_line(other, at=NOW + HOUR, action=LogAction.KEPT, category=LogCategory.OTHER, link="")
        for line in (last, beside, a_line(third), first, early):
            work.moderation.write(line, entry=BY_TOM)

        def lines(*sites: SiteId) -> tuple[LogLine, ...]:
            return work.moderation.lines(sites, NOW, NOW + 2 * HOUR)

        assert lines(site, other) == (first, beside)
        assert lines(other) == (beside,)
        assert lines() == ()
        assert work.moderation.lines((site,), NOW, NOW + 3 * HOUR) == (first, last)


def test_the_audit_is_told_the_act_and_the_category_and_not_the_link(database: Database) -> None:
    with database.begin() as work:
        site = opened(work)
        work.moderation.write(a_line(site), entry=BY_TOM)

        row = work.audit.chain(Subject.of_site(site))[-1]
    assert row.verb == Verb.LOGGED
    assert json.loads(row.facts) == {"action": "hidden", "category": "rude"}


def test_every_act_and_every_category_can_be_kept(database: Database) -> None:
    with database.begin() as work:
        site = opened(work)
        every = [a_line(site, action=action, category=category) for action in LogAction for category in LogCategory]
        for line in every:
            work.moderation.write(line, entry=BY_TOM)

        assert list(work.moderation.lines((site,), NOW, NOW + HOUR)) == every


def test_a_line_of_a_site_or_by_somebody_that_is_not_there_is_refused(database: Database) -> None:
    with database.begin() as work:
        site = opened(work)

    for wrong in (a_line(SiteId(NEVER_MADE)), a_line(site, by=NOBODY)):
        with pytest.raises(ChangeRefused), database.begin() as work:
            work.moderation.write(wrong, entry=BY_TOM)

    with database.begin() as work:
        assert work.moderation.lines((site,), NOW, NOW + HOUR) == ()
