"""A list of sites taken in: shown first, then done whole, in one transaction, with every change in the audit."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.cover.planning import plan_setting
from handlers.imports.sites_file import read_sites_file
from handlers.imports.sites_plan import plan_sites
from handlers.sites.looking_after_parts import end_part
from handlers.sites.looking_after_watch import ask_all
from policy_kb.request_words import FormKey, QuestionKey
from policy_kb.rules.site import Member
from policy_kb.rules.swapping import next_monday
from policy_kb.words import Verb
from storage.audit import THE_TRUST, Fact

if TYPE_CHECKING:
    from datetime import date

    from handlers.acting import Acting
    from handlers.imports.sites_plan import PlannedSite, SitesPlan
    from policy_kb.site_words import SiteId

TICKED = ("audience", "contributors", "interaction")


def import_sites(data: bytes, act: Acting, *, apply: bool, as_of: date | None = None) -> SitesPlan:
    """
    Work out what a list of sites changes, and do it where `apply` says so and nothing is wrong with it.

    No site is ever removed or closed: whatever is missing stays. Afterwards the rota of each setting is made, and
    whoever has still to accept is asked. `as_of` is the London day on which the list was
    true, today unless it is given: whoever it names must be in post then.
    """
    uow, form = act.uow, act.view.forms[FormKey("site")]
    options = {key: form.question(QuestionKey(key)).options for key in TICKED}
    today = as_of or act.today
    file = read_sites_file(data, {setting.id for setting in uow.settings.listed()}, options, today)
    plan = plan_sites(file, uow.sites.listed(), uow.people.everyone(), today)
    if apply and plan.changed and not plan.problems:
        _apply(plan, data, act, today)
    return plan


def _apply(plan: SitesPlan, data: bytes, act: Acting, today: date) -> None:
    site_ids = [_put(one, act, today) for one in plan.changed]
    facts: dict[str, Fact] = {
        "what": "sites",
        "sha256": hashlib.sha256(data).hexdigest(),
        "new": sum(one.before is None for one in plan.changed),
        "changed": sum(one.before is not None for one in plan.changed),
        "missing": len(plan.missing),
    }
    act.uow.audit.write(THE_TRUST, replace(act.entry(Verb.IMPORTED), facts=facts))
    for setting_id in sorted({one.after.setting for one in plan.changed}):
        plan_setting(setting_id, act)
    for one, site_id in zip(plan.changed, site_ids, strict=True):
        site = act.uow.sites.get(site_id)
        if site and one.joining:
            ask_all(site, act)


def _put(one: PlannedSite, act: Acting, today: date) -> SiteId:
    """Make a site what the list says it is, and return its number."""
    sites, entry = act.uow.sites, act.entry(Verb.CHANGED)
    site_id = sites.open(one.after, entry=entry) if one.before is None else one.before.id
    if one.before:
        sites.change(one.after, entry=entry)
        if one.after.state is not one.before.state:
            sites.move(site_id, one.before.state, one.after.state, on=today, entry=entry)
        if one.after.rota != one.before.rota:
            act.uow.rota.drop(site_id, start=next_monday(act.today))
        for part in one.leaving:
            end_part(one.before, part.person, part.role, act)
    for part in one.joining:
        accepted_at = act.now if one.own_logins else None
        member = Member(person=part.person, role=part.role, since=today, accepted_at=accepted_at)
        sites.add_member(site_id, member, entry=entry)
    for part in one.accepting:
        sites.accept(site_id, part.person, part.role, entry=entry)
    return site_id
