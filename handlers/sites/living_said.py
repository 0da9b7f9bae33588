"""What is said of a site and its life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.sites.living_checks_said import compose_checks
from handlers.sites.living_forms_said import compose_asked, compose_form
from handlers.sites.living_news_said import compose_news
from handlers.sites.living_site_said import compose_site
from handlers.sites.living_sites_said import compose_sites
from policy_kb.bot_words import SayKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.message import Message
    from handlers.scene import SayScene

COMPOSED: Mapping[SayKind, Callable[[str, SayScene], Message]] = {
    SayKind.SITES: compose_sites,
    SayKind.SITE: compose_site,
    SayKind.SITE_CHECKS: compose_checks,
    SayKind.SITE_FORM: compose_form,
    SayKind.SITE_ASKED: compose_asked,
    SayKind.SITE_NEWS: compose_news,
}
