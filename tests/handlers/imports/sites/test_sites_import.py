"""A list of sites compared with the register and taken in, as whoever looks after the register meets it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.imports.sites_report import sites_lines
from policy_kb.rules.periods import DAY
from policy_kb.rules.site import Slot
from policy_kb.site_words import SiteState, SlotId
from policy_kb.words import PersonId, Role, SettingId, Verb
from storage.audit import THE_TRUST, AuditEntry, Subject
from tests.handlers.imports.sites.lists import NOW, register, take_in

if TYPE_CHECKING:
    from handlers.imports.sites_plan import SitesPlan
    from storage.database import Database

BLOG = "Blog,elm,academy,,anna@x.example,anna@x.example; 1002,1002,yes,Form of May 2024"
SETTINGS = {SettingId("elm"): "Elm Academy", SettingId("acorns"): "Little Acorns"}
TODAY = NOW.date()


def told(plan: SitesPlan) -> list[str]:
    return [str(problem) for problem in plan.problems]


def lines(database: Database, plan: SitesPlan) -> list[str]:
    with database.begin() as work:
        people = {person.id: person.name for person in work.people.everyone()}
    return list(sites_lines(plan, people, SETTINGS))


def changed(old: str, new: str) -> str:
    """Return the row of the blog with something else in it."""
    assert old in BLOG
    return BLOG.replace(old, new)


def test_a_site_with_a_paper_form_is_live_and_its_people_have_accepted(database: Database) -> None:
    plan = take_in(database, BLOG)

    blog = register(database)["Blog"]
    assert lines(database, plan) == [
        "New (row 2): Blog, Elm Academy; 2 administrators, 1 moderator",
        "1 new, 0 changed, 0 as they were, 0 missing from the file.",
    ]
    assert (blog.state, blog.paper, blog.author) == (SiteState.LIVE, "Form of May 2024", "1001")
    assert blog.people_on(TODAY, Role.SITE_ADMINISTRATOR) == (PersonId("1001"), PersonId("1002"))
    assert {one.accepted_at for one in blog.members} == {NOW}
    assert any("Fewer than two administrators or two moderators (A.5.4): row 2." in note for note in plan.notes)


def test_a_site_without_a_paper_form_is_a_legacy_site_and_the_report_says_so(database: Database) -> None:
    plan = take_in(database, changed("Form of May 2024", ""))

    assert register(database)["Blog"].state is SiteState.LEGACY
    assert "No approval on paper (A.3.3), so in the register as a legacy site: row 2." in plan.notes
    assert lines(database, plan)[0].startswith("New (row 2): Blog, Elm Academy, legacy;")


def test_a_paper_form_that_is_found_later_makes_a_legacy_site_live(database: Database) -> None:
    take_in(database, changed("Form of May 2024", ""))

    plan = take_in(database, BLOG)

    blog = register(database)["Blog"]
    assert (blog.state, blog.state_since, blog.paper) == (SiteState.LIVE, TODAY, "Form of May 2024")
    assert lines(database, plan)[0] == "Changed (row 2): Blog, Elm Academy: approved on paper; paper form"


def test_an_empty_cell_takes_no_approval_back(database: Database) -> None:
    take_in(database, BLOG)

    plan = take_in(database, changed("Form of May 2024", ""))

    assert plan.changed == ()
    assert register(database)["Blog"].paper == "Form of May 2024"


def test_the_same_list_a_second_time_changes_nothing(database: Database) -> None:
    def everything() -> list[object]:
        with database.begin() as work:
            return [*work.audit.everything(), *work.sites.listed()]

    take_in(database, BLOG)
    before = everything()

    plan = take_in(database, BLOG)

    assert (plan.changed, everything()) == ((), before)


def test_nothing_is_kept_while_one_row_is_wrong_or_until_it_is_meant(database: Database) -> None:
    take_in(database, BLOG, apply=False)
    take_in(database, BLOG, "News,elm,academy,,nobody@x.example,,,,")

    assert register(database) == {}


def test_a_changed_row_changes_its_site_and_the_audit_keeps_what(database: Database) -> None:
    take_in(database, BLOG)
    row = BLOG.replace("anna@x.example; 1002,1002", "1001,1002; 1003")

    plan = take_in(database, f"{row},https://elm.example/blog", columns=_and("address"))

    blog = register(database)["Blog"]
    with database.begin() as work:
        kept = work.audit.chain(Subject.of_site(blog.id))
    assert lines(database, plan)[0] == (
        "Changed (row 2): Blog, Elm Academy: address; Cleo Sample becomes moderator; "
        "Bert Sample is no longer administrator"
    )
    assert blog.address == "https://elm.example/blog"
    assert blog.people_on(TODAY, Role.SITE_ADMINISTRATOR) == ("1001",)
    assert blog.people_on(TODAY, Role.SITE_MODERATOR) == ("1002", "1003")
    assert [entry.verb for entry in kept][-3:] == [Verb.CHANGED, Verb.REMOVED, Verb.ADDED]


def test_a_column_that_the_list_has_not_got_stays_as_it_is(database: Database) -> None:
    take_in(database, f"{BLOG},day,https://elm.example", columns=_and("rota,address"))
    before = register(database)["Blog"]

    plan = take_in(database, "BLOG,elm,academy,1001", columns="name,setting,host,author")

    assert (plan.changed, register(database)["Blog"]) == ((), before)


def test_whoever_was_asked_has_accepted_once_the_list_says_so(database: Database) -> None:
    take_in(database, changed(",yes,", ",no,"))
    asked = register(database)["Blog"].members

    plan = take_in(database, BLOG)

    assert {one.accepted_at for one in asked} == {None}
    assert {one.accepted_at for one in register(database)["Blog"].members} == {NOW}
    assert "Bert Sample has accepted as moderator" in lines(database, plan)[0]


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("nobody@x.example", "Nobody in the staff list is “nobody@x.example”: correct it, or import the staff list"),
        ("1004", "Dora Sample has left: name somebody else, or take them out."),
        ("emil@x.example", "Emil Sample is not in post yet: name somebody who is."),
    ],
)
@pytest.mark.parametrize("column", ["author", "administrators", "moderators"])
def test_only_people_in_post_look_after_a_site(database: Database, column: str, who: str, says: str) -> None:
    row = {"author": "1001", "administrators": "1001", "moderators": "1002"} | {column: who}

    plan = take_in(database, f"Blog,elm,academy,{','.join(row.values())}", columns=f"name,setting,host,{','.join(row)}")

    (problem,) = told(plan)
    assert problem.startswith(f"Row 2, {column}: {says}")


def test_a_list_that_was_true_on_an_earlier_day_may_name_whoever_was_in_post_then(database: Database) -> None:
    plan = take_in(database, changed("1002,1002", "1002,1004"), as_of=date(2026, 7, 1))

    (dora,) = register(database)["Blog"].members_on(date(2026, 7, 1), Role.SITE_MODERATOR)
    assert (told(plan), dora.person) == ([], "1004")


def test_a_rota_that_is_cut_anew_begins_next_monday(database: Database) -> None:
    take_in(database, f"{BLOG},day", columns=_and("rota"))
    friday, monday = date(2026, 9, 11), date(2026, 9, 14)
    with database.begin() as work:
        (blog,) = work.sites.listed()
        days = (Slot(id=SlotId(0), site=blog.id, starts_on=day, ends_on=day + DAY) for day in (friday, monday))
        work.rota.lay_out(days)

    take_in(database, f"{BLOG},week", columns=_and("rota"))

    with database.begin() as work:
        slots = work.rota.slots(TODAY, TODAY + 14 * DAY)
    assert friday in {slot.starts_on for slot in slots}
    assert not [slot for slot in slots if slot.starts_on == monday and slot.ends_on == monday + DAY]


def test_a_site_that_is_missing_is_told_and_stays(database: Database) -> None:
    take_in(database, BLOG)

    plan = take_in(database, "News,acorns,academy,,1003,,,,")

    assert "Missing: Blog, Elm Academy. Nothing is changed about it." in lines(database, plan)
    assert set(register(database)) == {"Blog", "News"}


def test_a_closed_site_stays_closed(database: Database) -> None:
    take_in(database, BLOG)
    with database.begin() as work:
        (blog,) = work.sites.listed()
        entry = AuditEntry(actor=None, verb=Verb.CLOSED, at=NOW)
        work.sites.move(blog.id, SiteState.LIVE, SiteState.CLOSED, on=TODAY, entry=entry)

    plan = take_in(database, changed("1002,1002", "1002,1003"))

    assert "Closed (row 2): Blog, Elm Academy. Nothing is changed about it." in lines(database, plan)
    assert register(database)["Blog"].people_on(TODAY, Role.SITE_MODERATOR) == ("1002",)


def test_a_site_that_only_has_a_new_name_is_not_taken_in_twice(database: Database) -> None:
    take_in(database, f"{BLOG},https://elm.example/blog", columns=_and("address"))

    plan = take_in(database, f"{changed('Blog', 'Our blog')},https://elm.example/blog", columns=_and("address"))

    (problem,) = told(plan)
    assert problem.startswith("Row 2, address: This is the address of “Blog” (S-1) already")


def test_one_row_of_the_trusts_own_chain_tells_what_was_taken_in(database: Database) -> None:
    take_in(database, BLOG, "News,acorns,academy,,1003,,,,")

    with database.begin() as work:
        last = work.audit.chain(THE_TRUST)[-1]
    facts = json.loads(last.facts)
    assert last.verb == Verb.IMPORTED
    assert facts | {"sha256": ""} == {"what": "sites", "sha256": "", "new": 2, "changed": 0, "missing": 0}


def _and(columns: str) -> str:
    return f"name,setting,host,host_name,author,administrators,moderators,own_logins,paper,{columns}"
