"""Which sites somebody may see, and which of them are the most urgent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.sites.rights import heads_of, office_of, parts_of
from policy_kb.rules.site import OWES_PEOPLE

if TYPE_CHECKING:
    from datetime import date

    from handlers.acting import Acting
    from handlers.scene import SayScene
    from policy_kb.rules.site import Site
    from policy_kb.rules.site_life import Doer
    from policy_kb.site_words import SiteId
    from policy_kb.words import PersonId
    from storage.unit_of_work import UnitOfWork


def sites_to_see(person: PersonId, uow: UnitOfWork, on: date) -> tuple[Site, ...]:
    """Return the sites that are not over and that somebody looks after, wrote the form for or answers for, by name."""
    found = {one.id: one for one in uow.sites.of_person(person, on) if one.state in OWES_PEOPLE}
    for setting in uow.settings.listed():
        if person in heads_of(setting.id, uow, on) or person in office_of(setting.id, uow, on):
            found |= {one.id: one for one in uow.sites.listed(setting=setting.id, states=OWES_PEOPLE)}
    return tuple(sorted(found.values(), key=lambda one: (one.name.casefold(), one.id)))


def seen(site_id: SiteId | None, scene: SayScene) -> tuple[Site, frozenset[Doer]] | None:
    """Return a site with the parts its reader has in it; None where it is not there, or not for them."""
    site = scene.uow.sites.get(site_id) if site_id else None
    if site is None or scene.person is None:
        return None
    parts = parts_of(scene.person.id, site, scene.uow, scene.today)
    return (site, parts) if parts else None


def may_see(site: Site, act: Acting) -> bool:
    """Tell whether whoever acts has a part in a site."""
    return act.person is not None and bool(parts_of(act.person, site, act.uow, act.today))
