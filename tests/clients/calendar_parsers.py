"""Two calendar parsers that know nothing of each other, and what each understands of one file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import vobject

HERE = Path(__file__).parent
NODE = shutil.which("node") or "node"
SECONDS = 60  # for a start of Node on a busy machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One event as a parser understands it."""

    uid: str
    summary: str
    description: str
    begins: datetime  # UTC
    ends: datetime  # UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCalendar:
    """A calendar as a parser understands it."""

    name: str
    has_method: bool
    alarms: int
    events: tuple[Read, ...]  # the earliest first


def read_with_vobject(file: bytes) -> ReadCalendar:
    """Read a calendar with vobject, which makes its zone from the rules in the file."""
    calendar = vobject.readOne(file.decode())
    events = [
        Read(
            uid=event.uid.value,
            summary=event.summary.value,
            description=event.description.value,
            begins=event.dtstart.value.astimezone(UTC),
            ends=event.dtend.value.astimezone(UTC),
        )
        for event in calendar.contents.get("vevent", ())
    ]
    return ReadCalendar(
        name=calendar.x_wr_calname.value,
        has_method="method" in calendar.contents,
        alarms=sum("valarm" in event.contents for event in calendar.contents.get("vevent", ())),
        events=_in_order(events),
    )


def read_with_ical_js(file: bytes) -> ReadCalendar:
    """Read a calendar with Mozilla's ical.js, on a machine whose own clock is on the other side of the earth."""
    ran = subprocess.run(  # noqa: S603 - our own script, given a file of our own
        [NODE, HERE / "ical" / "read.mjs"],
        input=file,
        capture_output=True,
        check=False,
        timeout=SECONDS,
        env={**os.environ, "TZ": "Pacific/Auckland"},
    )
    assert ran.returncode == 0, ran.stderr.decode()
    found = json.loads(ran.stdout)
    events = [
        Read(
            uid=one["uid"],
            summary=one["summary"],
            description=one["description"],
            begins=datetime.fromisoformat(one["begins"]),
            ends=datetime.fromisoformat(one["ends"]),
        )
        for one in found["events"]
    ]
    return ReadCalendar(
        name=found["name"],
        has_method=found["method"] is not None,
        alarms=sum(one["alarms"] for one in found["events"]),
        events=_in_order(events),
    )


def _in_order(events: list[Read]) -> tuple[Read, ...]:
    return tuple(sorted(events, key=lambda one: (one.begins, one.uid)))
