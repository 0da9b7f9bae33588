"""One view of the policy: the shipped edition, with the trust's official words laid over it once imported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from policy_kb.cases import (
    Case,
    PartRule,
    QuestionBack,
    Rule,
    load_beyond,
    load_cases,
    load_misfits,
    load_named,
    load_parts,
    load_questions_back,
    load_red_lines,
)
from policy_kb.clause import Clause, ClauseRef, Contact, Defect, EditionFacts, RoleTitle
from policy_kb.edition_files import (
    EDITION,
    load_contacts,
    load_defects,
    load_facts,
    load_items,
    load_roles,
)
from policy_kb.follow_up import FollowUps
from policy_kb.frame import Frame, FrameReader
from policy_kb.golden import load_golden
from policy_kb.rules.form_files import load_forms
from policy_kb.rules.hosts import load_hosts
from policy_kb.rules.moderating import load_moderating
from policy_kb.rules.reminding import load_reminding
from policy_kb.rules.rota_hours import load_rota_hours
from policy_kb.rules.site_checks import load_site_checks
from policy_kb.rules.timers import load_timers
from policy_kb.words import DefectId, ItemId, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from policy_kb.golden import Golden
    from policy_kb.request_words import FormKey
    from policy_kb.rules.form import Form
    from policy_kb.rules.hosts import Host
    from policy_kb.rules.moderating import Moderating
    from policy_kb.rules.reminding import Reminding
    from policy_kb.rules.rota_hours import RotaHours
    from policy_kb.rules.site_checks import SiteChecks
    from policy_kb.rules.timers import Timers


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyView:
    """Everything an answer may rest on; read once and passed down."""

    facts: EditionFacts
    items: Mapping[ClauseRef, Clause]
    defects: Mapping[DefectId, Defect]
    roles: Mapping[Role, RoleTitle]
    contacts: tuple[Contact, ...]
    cases: tuple[Case, ...]
    red_lines: tuple[Rule, ...]
    misfits: tuple[Rule, ...]
    beyond: tuple[Rule, ...]  # what the policy does not say
    named: tuple[Rule, ...]  # what leads to one item by itself
    parts: Mapping[ItemId, PartRule]
    questions_back: tuple[QuestionBack, ...]
    frames: FrameReader
    follow_ups: FollowUps
    forms: Mapping[FormKey, Form]  # what can be asked for
    hosts: Mapping[str, Host]  # by name
    timers: Timers  # when people are reminded of requests
    reminding: Reminding  # when people are reminded of everything else
    moderating: Moderating  # how many look after a site, and what they choose from
    rota_hours: RotaHours  # when slots begin and end
    golden: tuple[Golden, ...]  # what staff ask, and what it has to come to
    site_checks: SiteChecks  # what is looked at of a site: before it goes live, each half-term, before it closes

    def case(self, ref: ClauseRef, frame: Frame) -> Case | None:
        """Return the reviewed case of an item, or of the whole it is part of, that governs; None where none does."""
        return next((case for case in self._cases(ref) if case.conditions.hold(frame)), None)

    def named_case(self, ref: ClauseRef, name: str) -> Case | None:
        """Return a case of an item, or of the whole it is part of, by name; None where an edit removed it since."""
        return next((case for case in self._cases(ref) if case.name == name), None)

    def _cases(self, ref: ClauseRef) -> Iterator[Case]:
        """Yield the cases of an item, its own before those of the whole it is part of."""
        for item in dict.fromkeys((ref, ClauseRef(ref.id))):
            yield from (case for case in self.cases if case.item == item)

    def ref_for(self, label: str, text: str, *, barred: bool) -> ClauseRef:
        """Turn a search label (``5.3``, ``checklist 2``) into the item, or the part, a text is about."""
        item, _, part = label.partition(" ")
        if part:
            return ClauseRef(ItemId(item), part)
        rule = self.parts.get(ItemId(item))
        return ClauseRef(ItemId(item), rule.part(text, barred=barred) if rule else "")

    def quoting(self, official: Mapping[ClauseRef, str], label: str) -> PolicyView:
        """Return this view with the official words in place of ours, wherever the document has them."""
        items = {ref: _official(clause, official) for ref, clause in self.items.items()}
        return replace(self, items=items, facts=replace(self.facts, label=label))


def load_view(folder: Path = EDITION) -> PolicyView:
    """
    Read the shipped edition whole; once, as it is never changed while the bot runs, and one in another folder anew.

    Raises:
        EditionError: a file has a slip; the error names the file and the line.
    """
    return _shipped() if folder == EDITION else _read(folder)


@cache
def _shipped() -> PolicyView:
    return _read(EDITION)


def _read(folder: Path) -> PolicyView:
    items = {item.ref: item for item in load_items(folder)}
    return PolicyView(
        facts=load_facts(folder),
        items=items,
        defects={defect.id: defect for defect in load_defects(folder)},
        roles={role.role: role for role in load_roles(folder)},
        contacts=load_contacts(folder),
        cases=load_cases(folder / "cases.toml"),
        red_lines=load_red_lines(folder / "cases.toml"),
        misfits=load_misfits(folder / "cases.toml"),
        beyond=load_beyond(folder / "cases.toml"),
        named=load_named(folder / "cases.toml"),
        parts={rule.item: rule for rule in load_parts(folder / "parts.toml")},
        questions_back=load_questions_back(folder / "questions_back.toml"),
        frames=FrameReader.load(folder / "frames.toml"),
        follow_ups=FollowUps.load(folder / "follow_ups.toml"),
        forms=load_forms(folder / "requests", items),
        hosts=load_hosts(folder / "hosts.toml"),
        timers=load_timers(folder / "timers.toml"),
        reminding=load_reminding(folder / "reminders.toml"),
        moderating=load_moderating(folder / "moderation.toml"),
        rota_hours=load_rota_hours(folder / "rota.toml"),
        golden=load_golden(folder / "golden.toml", items),
        site_checks=load_site_checks(folder / "site_checks.toml"),
    )


def _official(clause: Clause, official: Mapping[ClauseRef, str]) -> Clause:
    # A clause we split by force stays whole in the document: every part then quotes all of it.
    words = official.get(clause.ref) or official.get(ClauseRef(clause.ref.id))
    return replace(clause, words=words, official=True) if words else clause
