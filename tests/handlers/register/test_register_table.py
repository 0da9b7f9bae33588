"""The register as a table: everything that was found, nothing that computes, and who took it away."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from policy_kb.bot_words import Action
from policy_kb.words import SubjectKind
from storage.audit import THE_TRUST
from tests.handlers.cover.rota_office import NAME, TUESDAY
from tests.handlers.register.register_office import HANNA
from tests.handlers.requests.office import AISHA, GRACE, PRIYA

if TYPE_CHECKING:
    from tests.handlers.register.register_office import Readers


def test_the_table_has_every_site_that_was_found_and_its_weeks(readers: Readers) -> None:
    readers.leave_open(TUESDAY)

    table = list(csv.DictReader(io.StringIO(readers.table(GRACE, q=NAME).removeprefix("\ufeff"))))

    (row,) = table
    assert (row["number"], row["name"], row["state"]) == (f"S-{readers.site}", NAME, "Live")
    assert (row["administrators accepted"], row["moderators accepted"]) == ("2", "4")
    assert row["week of 2026-11-30"] == "Gap"
    assert row["week of 2026-12-07"] == "Covered"


def test_the_table_says_which_lines_of_a_check_are_to_put_right(readers: Readers) -> None:
    readers.press(PRIYA, Action.CHECK_SITE, f"{readers.site}:health:privacy:no")

    (row,) = csv.DictReader(io.StringIO(readers.table(GRACE, q=NAME).removeprefix("\ufeff")))

    assert row["marks"].endswith("; 1 line to put right: Privacy")


def test_no_cell_of_the_table_computes_anything(readers: Readers) -> None:
    for name in ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(1)", "  =1", "\t=1", "|cmd", "＝1"):
        readers.open_site(name, HANNA, AISHA)

    table = readers.table(HANNA)

    assert table.startswith("\ufeff")
    cells = [row["name"] for row in csv.DictReader(io.StringIO(table.removeprefix("\ufeff")))]
    assert len(cells) == 8
    assert all(cell.startswith("'") for cell in cells)


def test_who_took_the_register_away_is_written_down(readers: Readers) -> None:
    readers.table(GRACE)

    with readers.database.begin() as uow:
        (row,) = [one for one in uow.audit.chain(THE_TRUST) if one.verb == "exported"]
    assert row.subject_kind == SubjectKind.TRUST
    assert '"what":"register"' in row.facts.replace(" ", "")
