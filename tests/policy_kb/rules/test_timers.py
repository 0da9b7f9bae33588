from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_kb.rules.timers import Rhythm, Timer, Whom, load_timers
from policy_kb.toml_entries import EditionError

if TYPE_CHECKING:
    from pathlib import Path

    from policy_kb.view import PolicyView

NUDGE = '[[nudge]]\ntimer = "draft_idle"\nto = "requester"\n'
DRAFT = "[[draft]]\nwarned_after = 53\ndeleted_after = 60\n"


def test_a_rhythm_goes_on_after_its_last_day_only_where_it_says_so() -> None:
    once = Rhythm(timer=Timer.DRAFT_IDLE, to=Whom.REQUESTER, days=(3, 10))
    weekly = Rhythm(timer=Timer.APPROVAL_PENDING, to=Whom.APPROVERS, days=(2, 5), then_every=5)

    assert [number for number in range(-5, 25) if once.falls_on(number)] == [3, 10]
    assert [number for number in range(-5, 25) if weekly.falls_on(number)] == [2, 5, 10, 15, 20]


def test_every_timer_of_the_shipped_edition_reminds_somebody(view: PolicyView) -> None:
    told = {rhythm.timer for rhythm in view.timers.rhythms}

    assert told == set(Timer) - {Timer.DRAFT_ENDS}  # which has two spans of its own


@pytest.mark.parametrize(
    ("slip", "complaint"),
    [
        (NUDGE + DRAFT, "'days' must be a list of whole numbers"),
        (NUDGE + "days = []\n" + DRAFT, "'days' must be a list of whole numbers"),
        (NUDGE + "days = [0]\n" + DRAFT, "0 is no reminder"),
        (NUDGE + 'days = ["3"]\n' + DRAFT, "'days' must be a list of whole numbers"),
        (NUDGE + "days = [3]\nthen_every = -1\n" + DRAFT, "so it is 1 or more"),
        (NUDGE + "days = [3]\nthen_very = 5\n" + DRAFT, "'then_very' is not a field here"),
        (NUDGE.replace("requester", "everybody") + "days = [3]\n" + DRAFT, "'everybody' is no to"),
        (NUDGE + "days = [3]\n", "exactly one [[draft]]"),
        (NUDGE + "days = [3]\n" + DRAFT + DRAFT, "exactly one [[draft]]"),
        (NUDGE + "days = [3]\n" + DRAFT.replace("53", "60"), "warn at least a day before deleting"),
    ],
)
def test_a_slip_in_the_timers_is_told_with_its_file(tmp_path: Path, slip: str, complaint: str) -> None:
    file = tmp_path / "timers.toml"
    file.write_text(slip, encoding="utf-8")

    with pytest.raises(EditionError, match=r"timers\.toml, line \d+") as found:
        load_timers(file)

    assert complaint in str(found.value)
