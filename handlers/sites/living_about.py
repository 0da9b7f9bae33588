"""What a button or a stored fact about the life of a site names; all of it comes from outside, and may not be so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_kb.site_words import CheckAnswer, CheckKey, Round, SiteId

CHECK = re.compile(r"([1-9][0-9]{0,8}):(pre_live|health|closing)(?::([a-z_]{1,30}))?(?::(yes|no))?")
CARD = re.compile(r"([1-9][0-9]{0,8})(?:(:more)|:(extended|address|judged|needed|kept))?")
WHAT = re.compile(r"([1-9][0-9]{0,8}):([a-z_]{1,20})(?::([^:|,]{1,60}))?")
MORE = "more"  # what is seldom done with a site
EXTENDED, ADDRESS, JUDGED, NEEDED = "extended", "address", "judged", "needed"  # what was just done with it
KEPT = "kept"  # it was asked whether to do something with it, and it is left as it is


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAbout:
    """The card of a site, or what is behind its “More”, or its card after something was done: ``7:extended``."""

    site: SiteId
    more: bool = False
    done: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAbout:
    """A checklist of a site, a line of it, and what was said to it: ``7:pre_live``, ``7:health:logo:yes``."""

    site: SiteId
    round: Round
    key: CheckKey | None = None
    answer: CheckAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatAbout:
    """Something of a site: a form, a question, a sentence, and what else that needs: ``7:check_no:privacy``."""

    site: SiteId
    what: str
    beside: str = ""


def read_card(about: str) -> CardAbout | None:
    """Return which card of a site is meant; None where it is something else."""
    found = CARD.fullmatch(about)
    return CardAbout(site=SiteId(int(found[1])), more=found[2] is not None, done=found[3] or "") if found else None


def read_check(about: str) -> CheckAbout | None:
    """Return what of a checklist is meant; None where it is something else."""
    found = CHECK.fullmatch(about)
    if found is None:
        return None
    site, round_, key, answer = found.groups()
    return CheckAbout(
        site=SiteId(int(site)),
        round=Round(round_),
        key=CheckKey(key) if key else None,
        answer=CheckAnswer(answer) if answer else None,
    )


def read_what(about: str) -> WhatAbout | None:
    """Return what of a site is meant; None where it is something else."""
    found = WHAT.fullmatch(about)
    return WhatAbout(site=SiteId(int(found[1])), what=found[2], beside=found[3] or "") if found else None
