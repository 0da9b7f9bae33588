"""People as others write them: "Sam and Priya", a full name, an e-mail address."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_kb.words import PersonId, SettingId
    from storage.person import Person

LONGEST_READ = 2_000  # characters
MOST_NAMES = 30
MOST_MEANT = 4  # people offered for one name; more would be a list to read
LIKE = 0.75  # how much a misspelt name has to resemble the right one
JOINTS = re.compile(r"[,;&+/\n]|\band\b|\bplus\b|\bwith\b", re.IGNORECASE)
TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "rev"}
OF_ONESELF = {"me", "myself", "i", "just me", "i am", "i will", "it is me", "it's me"}
AROUND = re.compile(r"\(.*?\)|[.!?\"“”]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """A name that is nobody's for certain, and those who may be meant; nobody, where none is like it."""

    name: str
    meant: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The people that words name, each once, and the names that did not lead to one person."""

    found: tuple[Person, ...] = ()
    unsure: tuple[Unsure, ...] = ()


def read_people(
    text: str, people: Sequence[Person], *, setting: SettingId, asker: Person, picked: Iterable[PersonId] = ()
) -> Named:
    """
    Return whom words name, in their order: by first name, full name or e-mail address.

    Somebody of the setting comes before everybody else. A name that several have is settled where one is
    among those picked, and is unsure otherwise. A misspelt name is never taken for somebody, only offered.
    """
    chosen = set(picked)
    found: dict[PersonId, Person] = {}
    unsure: list[Unsure] = []
    for name in _names(text):
        meant = (asker,) if name.casefold() in OF_ONESELF else _meant(name, people, setting)
        settled = tuple(one for one in meant if one.id in chosen) or meant
        if len(settled) == 1 and (settled[0].id in chosen or _is_named(settled[0], name) or settled[0] is asker):
            found[settled[0].id] = settled[0]
        else:
            unsure.append(Unsure(name=name, meant=meant[:MOST_MEANT]))
    return Named(found=tuple(found.values()), unsure=tuple(unsure))


def _names(text: str) -> list[str]:
    parts = (" ".join(AROUND.sub(" ", part).split()) if "@" not in part else part.strip() for part in _parts(text))
    return [part for part in dict.fromkeys(parts) if part][:MOST_NAMES]


def _parts(text: str) -> list[str]:
    return JOINTS.split(text[:LONGEST_READ])


def _meant(name: str, people: Sequence[Person], setting: SettingId) -> tuple[Person, ...]:
    """Return those a name may mean: of the setting, else of the trust, else those whose name is like it."""
    if "@" in name:
        return tuple(one for one in people if one.email == name.casefold().strip(" .<>"))
    named = [one for one in people if _is_named(one, name)]
    whole = [one for one in named if _plain(one.name) == _spoken(name)]
    for some in (whole, _of(setting, named), named):
        if some:
            return tuple(some)
    return tuple(_alike(name, _of(setting, people)) or _alike(name, people))


def _of(setting: SettingId, people: Iterable[Person]) -> list[Person]:
    return [one for one in people if any(place.id == setting for place in one.settings)]


def _alike(name: str, people: Sequence[Person]) -> list[Person]:
    spoken = _spoken(name)
    by_name = {form: one for one in people for form in (_plain(one.name), _plain(one.name).split(" ")[0])}
    close = get_close_matches(spoken, by_name, n=MOST_MEANT, cutoff=LIKE) if spoken else []
    return list({by_name[form].id: by_name[form] for form in close}.values())


def _is_named(person: Person, name: str) -> bool:
    """Tell whether every word of a name is one of somebody's names, or it is their address."""
    if "@" in name:
        return True
    words = _spoken(name).split()
    return bool(words) and set(words) <= set(_plain(person.name).split())


def _spoken(name: str) -> str:
    return " ".join(word for word in _plain(name).split() if word not in TITLES)


def _plain(text: str) -> str:
    """Return a text without capitals and accents, as people type names in a hurry."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(one for one in parts if not unicodedata.combining(one)).replace("-", " ").split())
