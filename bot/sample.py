"""The sample trust: invented schools and staff, to try the bot with before a real directory is there."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from policy_kb.words import Role, SettingType
from storage.people import Person, PersonId, RoleHolding, Setting, SettingId

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

_FOLDER = Path(__file__).with_name("sample_trust")


def load_sample_trust(work: UnitOfWork) -> None:
    """
    Make the staff directory hold the sample trust and nothing else; a second time changes nothing.

    Policy: 2.2
    """
    settings = _settings()
    work.people.replace_all(settings=tuple(settings.values()), people=_people(settings))


def _settings() -> dict[str, Setting]:
    listed = tomllib.loads((_FOLDER / "settings.toml").read_text(encoding="utf-8"))
    return {
        slug: Setting(id=SettingId(slug), name=entry["name"], type=SettingType(entry["type"]), region=entry["region"])
        for slug, entry in listed.items()
    }


def _people(settings: dict[str, Setting]) -> tuple[Person, ...]:
    with (_FOLDER / "people.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_person(row, settings[row["setting"]]) for row in csv.DictReader(file))


def _person(row: dict[str, str], setting: Setting) -> Person:
    here = (RoleHolding(role=Role(role), setting_id=setting.id) for role in row["roles_here"].split())
    trust_wide = (RoleHolding(role=Role(role)) for role in row["roles_trust_wide"].split())
    return Person(
        id=PersonId(row["id"]),
        name=row["name"],
        email=row["email"],
        post=row["post"],
        setting=setting,
        held=(*here, *trust_wide),
    )
