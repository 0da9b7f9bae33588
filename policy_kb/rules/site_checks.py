"""What is checked of a site: before it goes live, each half-term, and before it is closed; as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from policy_kb.rules.periods import days_between
from policy_kb.rules.refusal import Refusal
from policy_kb.rules.site_people import shortage
from policy_kb.site_words import CheckAnswer, CheckKey, CoverDays, Round
from policy_kb.toml_entries import EditionError, read_entries
from policy_kb.words import SettingType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from policy_kb.clause import ClauseRef
    from policy_kb.rules.cover import Cover
    from policy_kb.rules.site import Site
    from policy_kb.toml_entries import Entry

FIELDS = ("round", "key", "label", "asks", "todo", "clause", "when", "known_by", "tells_head")
FILLED = ("site", "host", "age", "administrators")
"""What a question may name between braces."""

SATURDAY = 5
PUPILS = frozenset({"pupils", "other_pupils"})


class NotReady(Refusal):
    """A site is said to be live before everything is as it has to be."""

    key = "not_ready"
    says = "It cannot go live yet: the card shows what is still open. Please leave it switched off until then."
    because = "A.4.1"


class NotAllDone(Refusal):
    """A site is said to be closed before its list is done."""

    key = "not_all_done"
    says = "It is not closed yet: the card shows what is still to do."
    because = "A.1.6"


class When(StrEnum):
    """Of which sites a line is asked."""

    ACADEMY = "academy"  # we host it
    THIRD_PARTY = "third_party"
    PUPILS = "pupils"
    NURSERY = "nursery"


class KnownBy(StrEnum):
    """How it is known whether a line is so."""

    ASKED = "asked"
    ADDRESS = "address"
    NURSERY = "nursery"  # no child of a nursery contributes
    OWN_LOGINS = "own_logins"
    TWO_OF_EACH = "two_of_each"
    ROTA = "rota"
    EVALUATED = "evaluated"


class Standing(StrEnum):
    """How a line stands."""

    YES = "yes"
    NO = "no"
    OPEN = "open"  # nobody has said


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One line of a checklist."""

    round: Round
    key: CheckKey
    label: str
    asks: str  # with what is in `FILLED` between braces
    todo: str  # what helps where it is not so
    clause: ClauseRef
    when: tuple[When, ...] = ()  # all of them hold
    known_by: KnownBy = KnownBy.ASKED
    tells_head: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether somebody has to say so; the others the bot knows by itself."""
        return self.known_by is KnownBy.ASKED


SiteChecks = dict[Round, tuple[CheckLine, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the bot knows of a site on a London day, beside the site itself."""

    setting_type: SettingType
    today: date
    minimum: int  # people in each role
    cover: Cover  # of [cover_from, cover_until)
    cover_from: date
    cover_until: date
    evaluated: bool  # by its aims, for this closing


def load_site_checks(file: Path) -> SiteChecks:
    """
    Read the checklists.

    Raises:
        EditionError: the file has a slip; the error names the line.
    """
    found: SiteChecks = dict.fromkeys(Round, ())
    for entry in read_entries(file, "check"):
        line = _line(entry)
        if any(other.key == line.key for other in found[line.round]):
            raise entry.wrong(f"'{line.key}' stands twice in {line.round}; keep one.")
        found[line.round] = (*found[line.round], line)
    empty = [one.value for one in Round if not any(line.is_asked for line in found[one])]
    if empty:
        raise EditionError(file, 1, f"nothing is asked in '{empty[0]}': write at least one [[check]] of it.")
    return found


def lines_of(checks: SiteChecks, round_: Round, site: Site, setting_type: SettingType) -> tuple[CheckLine, ...]:
    """
    Return the lines of a checklist that concern a site, in their order.

    Policy: A.2.5, A.4.1, A.4.7, A.4.8, A.5.2, A.5.4
    """
    holds = {
        When.ACADEMY: site.host == "academy",
        When.THIRD_PARTY: site.host == "third_party",
        When.PUPILS: site.has_pupils,
        When.NURSERY: setting_type is SettingType.NURSERY,
    }
    return tuple(line for line in checks[round_] if all(holds[one] for one in line.when))


def standing(line: CheckLine, site: Site, answers: Mapping[CheckKey, CheckAnswer], known: Known) -> Standing:
    """Return how a line stands: as somebody said, or as the bot knows."""
    if line.is_asked:
        said = answers.get(line.key)
        return Standing(said.value) if said else Standing.OPEN
    return Standing.YES if _is_so(line.known_by, site, known) else Standing.NO


def is_filled(site: Site, cover: Cover, start: date, end: date) -> bool:
    """
    Tell whether somebody is on for each day of [start, end) for which a site owes cover, or left it open on purpose.

    Policy: A.5.4
    """
    if cover.gaps:
        return False
    every_day = site.rota.days is CoverDays.EVERY_DAY
    owed = (day for day in days_between(start, end) if every_day or day.weekday() < SATURDAY)
    return all(any(slot.starts_on <= day < slot.ends_on for slot in cover.slots) for day in owed)


def check_all_so(standings: Iterable[Standing], refusal: type[Refusal]) -> None:
    """Refuse to go on where a line is not so; raises what it is given: NotReady, NotAllDone."""
    if any(one is not Standing.YES for one in standings):
        raise refusal


def _is_so(known_by: KnownBy, site: Site, known: Known) -> bool:
    on = site.members_on(known.today)
    return {
        KnownBy.ADDRESS: bool(site.address),
        KnownBy.NURSERY: not site.contributors & PUPILS,
        KnownBy.OWN_LOGINS: bool(on) and all(one.accepted_at for one in on),
        KnownBy.TWO_OF_EACH: not shortage(site, known.today, known.minimum),
        KnownBy.ROTA: is_filled(site, known.cover, known.cover_from, known.cover_until),
        KnownBy.EVALUATED: known.evaluated,
    }[known_by]


def _line(entry: Entry) -> CheckLine:
    entry.check_only(*FIELDS)
    asks = entry.text("asks")
    try:
        asks.format(**dict.fromkeys(FILLED, ""))
    except (KeyError, IndexError, ValueError):
        raise entry.wrong(f"between braces in 'asks' only these can stand: {', '.join(FILLED)}.") from None
    return CheckLine(
        round=entry.one_of("round", Round),
        key=CheckKey(entry.text("key")),
        label=entry.text("label"),
        asks=asks,
        todo=entry.text("todo"),
        clause=entry.ref(entry.text("clause")),
        when=entry.some_of("when", When),
        known_by=entry.one_of("known_by", KnownBy, default=KnownBy.ASKED),
        tells_head=entry.flag("tells_head"),
    )
