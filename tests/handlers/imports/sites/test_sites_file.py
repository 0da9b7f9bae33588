"""What each row of a list of sites may say, and what is said of one that cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.imports.sites_file import COLUMNS, SitesFile, read_sites_file
from policy_kb.rules.form import Option
from policy_kb.site_words import CoverDays, SlotLength
from policy_kb.words import SettingId

TODAY = date(2026, 9, 7)
OPTIONS = {
    "audience": (Option(key="pupils", label="Pupils of the Academy"), Option(key="families", label="Families")),
    "contributors": (Option(key="staff", label="The Academy's staff"),),
    "interaction": (Option(key="read", label="Read only"), Option(key="comments", label="Read and comment")),
}


def read(*lines: str) -> SitesFile:
    return read_sites_file("\n".join(lines).encode(), {SettingId("elm")}, OPTIONS, TODAY)


def one_cell(column: str, cell: str) -> list[str]:
    """Return what is wrong with a site of which one more cell says something."""
    data = f"name,setting,host,author,{column}\nBlog,elm,academy,anna@x.example,{cell}"
    return [str(problem) for problem in read(data).problems]


def test_a_row_with_every_column_is_read_whole() -> None:
    given = {
        "name": "PE Instagram", "setting": "ELM", "host": "Third party", "host_name": "Instagram",
        "address": "https://www.instagram.com/elm-pe", "author": "Anna@X.example",
        "administrators": "anna@x.example; 1002", "moderators": "1002;1003;1002", "own_logins": "yes",
        "live_since": "06/05/2024", "closure": "2027-07-21", "review_on": "2027-01-15", "evaluate_on": "2027-07-01",
        "last_active": "2026-09-04", "paper": "PE-7", "purpose": "Results", "aims": "Families know", "success": "Half",
        "exit_plan": "Delete it", "intervention_plan": "Hide it", "audience": "pupils; Families",
        "contributors": "the academy’s staff", "interaction": "Read and comment", "logo": "no", "rota": "Half-day",
        "days": "every day", "holidays_double": "y",
    }  # fmt: skip
    found = read(";".join(given), ";".join(f'"{cell}"' for cell in given.values()))

    (row,) = found.rows
    assert (found.problems, set(given)) == ((), set(COLUMNS.known))
    assert (row.setting, row.host, row.author) == ("elm", "third_party", "anna@x.example")
    assert (row.administrators, row.moderators) == (("anna@x.example", "1002"), ("1002", "1003"))
    assert (row.live_since, row.closure) == (date(2024, 5, 6), date(2027, 7, 21))
    assert (sorted(row.audience), sorted(row.contributors)) == (["families", "pupils"], ["staff"])
    assert row.interaction == "comments"
    assert (row.rota, row.days, row.holidays_double) == (SlotLength.HALF_DAY, CoverDays.EVERY_DAY, True)
    assert (row.own_logins, row.logo) == (True, False)


def test_what_is_left_out_is_a_weekly_rota_on_weekdays() -> None:
    (row,) = read("name,setting,host,author", "Blog,elm,academy,1001").rows

    assert (row.rota, row.days, row.holidays_double, row.own_logins) == ("week", "weekdays", False, False)


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("address", "elm blog", "is not an address such as"),
        ("address", "javascript:alert(1)", "is not an address such as"),
        ("address", "https://[elm", "is not an address such as"),
        ("moderators", "Bert!", "Use up to 64 plain letters"),
        ("moderators", "bert@x", "is not an e-mail address"),
        ("audience", "parents", "There is no “parents”. There are: pupils, families."),
        ("interaction", "read; comments", "There are: read, comments."),
        ("rota", "monthly", "There is no rota “monthly”. There are: day, half_day, week."),
        ("days", "sundays", "There are: weekdays, every_day."),
        ("logo", "perhaps", "is neither yes nor no"),
        ("live_since", "2026-12-01", "A site that is not there yet needs the form (A.3.3)"),
        ("live_since", "last year", "is not a date"),
        ("purpose", "Results\u200b", "a character in it that cannot be seen"),
        ("aims", "=1+1", "starts like a formula"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_told_with_its_row_and_column(column: str, cell: str, says: str) -> None:
    (told,) = one_cell(column, cell)

    assert told.startswith(f"Row 2, {column}: ")
    assert says in told


@pytest.mark.parametrize("column", ["closure", "review_on", "evaluate_on", "last_active"])
def test_no_date_of_a_site_lies_before_it_went_live(column: str) -> None:
    data = ("name,setting,host,author,live_since," + column, "Blog,elm,academy,1001,2025-09-01,2025-08-31")

    (problem,) = read(*data).problems

    assert str(problem) == f"Row 2, {column}: This day lies before the site went live: correct one of the two."


def test_a_kind_of_host_that_is_none_is_told_what_to_write() -> None:
    (problem,) = read("name,setting,host,author", "PE,elm,Instagram,1001").problems

    assert "Write academy or third party, and Instagram in host_name" in problem.says


def test_a_third_party_has_a_name() -> None:
    (problem,) = read("name,setting,host,author", "PE,elm,third party,1001").problems

    assert str(problem) == "Row 2, host_name: Write which third party hosts it, such as Instagram."


def test_what_every_site_needs_is_asked_for_where_it_is_empty() -> None:
    problems = read("name,setting,host,author", ",,,").problems
    assert [str(one) for one in problems] == ["There is no site in this file."]

    found = read("name,setting,host,author,logo", ",,,,yes").problems
    assert [one.column for one in found] == ["name", "setting", "host", "author"]


def test_a_column_that_is_not_known_is_named() -> None:
    (problem,) = read("name,setting,host,author,password", "Blog,elm,academy,1001,secret").problems

    assert (problem.column, problem.says.partition(":")[0]) == ("password", "There is no such column")


def test_two_rows_never_mean_one_site() -> None:
    found = read(
        "name,setting,host,author,address",
        "Blog,elm,academy,1001,https://www.elm.example/blog",
        "blog,elm,academy,1001,",
        "News,elm,academy,1001,http://elm.example/blog/",
    )

    assert [(one.row, one.column) for one in found.problems] == [(3, "name"), (4, "address")]
