"""A head who will be away, and what was written down about it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from handlers.message import Message
    from policy_kb.words import Role
    from tests.handlers.requests.office import Office

MONDAY_MORNING = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
SENTENCE = "Nadia acts for me 14 to 18 October"
ABOUT = "nadia-example:grace-sample:2026-10-14:2026-10-19"


@pytest.fixture
def monday(office: Office) -> Office:
    office.clock.instant = MONDAY_MORNING
    return office


def made(office: Office) -> set[tuple[Role, str | None, date, date]]:
    """Return what was written down in the chat; the sample trust has one of its own."""
    with office.database.begin() as uow:
        everything_made = uow.delegations.everything()
    ours = [one for one in everything_made if one.from_id != "ngozi-example"]
    return {(one.role, one.setting_id, one.starts_on, one.ends_on) for one in ours}


def agreed(office: Office, who: str, text: str) -> Message:
    """Say a sentence, press the button, and return what is shown then."""
    (asked,) = office.say(who, text)
    (shown,) = office.push(who, asked, "Yes, write it down")
    return shown
