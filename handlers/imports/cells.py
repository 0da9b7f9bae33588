"""From the text of one cell to what it means; what it cannot mean is a sentence for whoever typed it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from policy_kb.words import BotRole, Role, SettingId
from storage.person import DAY_OFF, FULL_WEEK, BotRoleHolding, RoleHolding

if TYPE_CHECKING:
    from collections.abc import Collection
    from enum import StrEnum

DAY = timedelta(days=1)
YEARS = range(1940, 2100)
LONGEST = 200  # letters of a name, a post, an address

# Held at one place: for the whole trust, one person would be the head of every school.
LOCAL = frozenset(
    {
        Role.HEAD,
        Role.HEAD_OF_SERVICE,
        Role.SERVICE_MANAGER,
        Role.LINE_MANAGER,
        Role.SLT,
        Role.SLT_LINE_MANAGER,
        Role.SITE_ADMINISTRATOR,
        Role.SITE_MODERATOR,
        Role.SITE_AUTHOR,
    }
)
NOBODY_S = frozenset({Role.AUTHORITIES, Role.OWNERS_OF_WORK})  # people outside the trust

_EMAIL = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+\.[^@\s,;<>\"'.]+")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_BRITISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_HELD = re.compile(
    r"(?P<role>[a-z_ -]+?)\s*(?:@\s*(?P<setting>[\w-]+))?(?:\s+from\s+(?P<first>\S+))?(?:\s+to\s+(?P<last>\S+))?",
    re.IGNORECASE,
)
Closed = TypeVar("Closed", bound="StrEnum")


class CellRefused(ValueError):  # noqa: N818 - the name is the sentence: the cell was refused
    """A cell cannot mean anything; the text says why and what to do. It never leaves this package."""


def read_text(text: str) -> str:
    """Return a name or the like, composed as Unicode wants it; raises CellRefused."""
    if len(text) > LONGEST:
        raise CellRefused(f"This is longer than {LONGEST} letters: shorten it.")
    if any(unicodedata.category(letter).startswith("C") for letter in text):
        raise CellRefused("There is a character in it that cannot be seen: type the cell anew.")
    return unicodedata.normalize("NFC", text)


def read_email(text: str) -> str:
    """Return an address in lower case; raises CellRefused."""
    if len(text) > LONGEST or not _EMAIL.fullmatch(text):
        raise CellRefused(f"“{text}” is not an e-mail address such as priya@school.example.")
    return text.lower()


def read_key(text: str) -> str:
    """Return a staff number or directory id; raises CellRefused."""
    if not _KEY.fullmatch(text):
        raise CellRefused("Use up to 64 plain letters, digits, dots and dashes.")
    return text


def read_day(text: str) -> date:
    """Return a London day written 2026-09-01 or 01/09/2026; raises CellRefused."""
    if found := _ISO_DAY.fullmatch(text):
        year, month, day = found.groups()
    elif found := _BRITISH_DAY.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise CellRefused(f"“{text}” is not a date. Write 2026-09-01 or 01/09/2026.")
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        raise CellRefused(f"There is no day {text}: correct it.") from None
    if read.year not in YEARS:
        raise CellRefused(f"{text} is too far away: correct the year.")
    return read


def read_pattern(text: str) -> str:
    """Return the days somebody works, as five letters with a dash for each day off; raises CellRefused."""
    pattern = text.upper().replace(".", DAY_OFF).replace("–", DAY_OFF)
    fits = len(pattern) == len(FULL_WEEK) and all(
        letter in (day, DAY_OFF) for letter, day in zip(pattern, FULL_WEEK, strict=True)
    )
    if not fits:
        raise CellRefused(f"“{text}” is not a week. Write {FULL_WEEK} with a - or a . for each day off, such as MT.TF.")
    return pattern


def read_yes_or_no(text: str) -> bool:
    """Return whether it says yes; raises CellRefused."""
    if text.lower() in ("yes", "y", "true", "1"):
        return True
    if text.lower() in ("no", "n", "false", "0"):
        return False
    raise CellRefused(f"“{text}” is neither yes nor no.")


def read_setting(text: str, known: Collection[SettingId]) -> SettingId:
    """Return a setting the trust has; raises CellRefused."""
    setting = SettingId(text.strip().lower())
    if setting not in known:
        there_are = ", ".join(sorted(known)) or "none yet: import the settings first"
        raise CellRefused(f"There is no setting “{text}”. There are: {there_are}.")
    return setting


def read_settings(text: str, known: Collection[SettingId]) -> tuple[SettingId, ...]:
    """Return several settings, parted by semicolons, each once and by id; raises CellRefused."""
    return tuple(sorted({read_setting(part, known) for part in _parts(text)}))


def read_roles(text: str, known: Collection[SettingId]) -> tuple[RoleHolding, ...]:
    """
    Return roles of the policy, parted by semicolons: `slt@elm-academy from 2026-09-01 to 2027-08-31; dpo`.

    The last day is one on which the role is still held.

    Raises:
        CellRefused: a role or setting is unknown, a date is wrong, or a role is there twice.
    """
    held = tuple(_role(part, known) for part in _parts(text))
    for number, one in enumerate(held):
        if any(one.overlaps(other) for other in held[:number]):
            raise CellRefused(f"{one.role.value} is there twice for the same days: take one out.")
    return held


def read_bot_roles(text: str, known: Collection[SettingId]) -> tuple[BotRoleHolding, ...]:
    """Return what somebody looks after: `policy_owner; setting_administrator@elm-academy`; raises CellRefused."""
    held = dict.fromkeys(_bot_role(part, known) for part in _parts(text))
    return tuple(held)


def read_word(text: str, words: type[Closed], *, what: str) -> Closed:
    """Return a word of a closed set, however it is spaced; raises CellRefused with all there are."""
    wanted = "_".join(text.strip().lower().replace("-", " ").replace("_", " ").split())
    found = next((word for word in words if word == wanted), None)
    if found is None:
        raise CellRefused(f"There is no {what} “{text}”. There are: {', '.join(words)}.")
    return found


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _role(text: str, known: Collection[SettingId]) -> RoleHolding:
    found = _HELD.fullmatch(text)
    if not found:
        raise CellRefused(f"“{text}” cannot be read. Write head@elm-academy, or dpo from 2026-09-01 to 2027-08-31.")
    role = read_word(found["role"], Role, what="role")
    if role in NOBODY_S:
        raise CellRefused(f"{role.value} is nobody in the trust: take it out.")
    if role in LOCAL and not found["setting"]:
        raise CellRefused(f"{role.value} belongs to one setting: write {role.value}@ and the setting.")
    first = read_day(found["first"]) if found["first"] else None
    last = read_day(found["last"]) if found["last"] else None
    if first and last and last < first:
        raise CellRefused(f"{role.value} would end before it starts: correct the dates.")
    setting = read_setting(found["setting"], known) if found["setting"] else None
    return RoleHolding(role=role, setting_id=setting, starts_on=first, ends_on=last + DAY if last else None)


def _bot_role(text: str, known: Collection[SettingId]) -> BotRoleHolding:
    word, _, place = text.partition("@")
    role = read_word(word, BotRole, what="role in the bot")
    if (role is BotRole.SETTING_ADMINISTRATOR) != bool(place):
        raise CellRefused(
            f"Only a {BotRole.SETTING_ADMINISTRATOR.value} belongs to one setting, and always does: correct “{text}”."
        )
    return BotRoleHolding(role=role, setting_id=read_setting(place, known) if place else None)
