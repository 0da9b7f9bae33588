"""The closed sets and ids of sites: their life, their people, their cover, and what is done to what stands on them."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

SiteId = NewType("SiteId", int)
"""A site from its approval on; people read it as S-7."""

SlotId = NewType("SlotId", int)
"""A stretch of one site's rota."""

OfferId = NewType("OfferId", int)
"""Somebody's wish that another takes one of their slots."""

CheckKey = NewType("CheckKey", str)
"""One line of a checklist, a key in `edition/site_checks.toml`: ``house_rules``."""


class SiteState(StrEnum):
    """Where a site is in its life; up to the approval, its request says so."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"
    PRE_LIVE = "pre_live"  # the checks before going live have begun
    LIVE = "live"
    REVIEW_DUE = "review_due"  # live, and a check or an evaluation waits
    CLOSING = "closing"
    CLOSED = "closed"
    SUSPENDED = "suspended"  # out of use until the head says otherwise
    LEGACY = "legacy"  # in use, with no approval on paper


class Round(StrEnum):
    """Which checklist a check belongs to."""

    PRE_LIVE = "pre_live"
    HEALTH = "health"  # the periodic compliance check (6.2)
    CLOSING = "closing"


class CheckAnswer(StrEnum):
    """What somebody said to a line of a checklist."""

    YES = "yes"
    NO = "no"


class SlotLength(StrEnum):
    """How a rota is cut."""

    DAY = "day"
    HALF_DAY = "half_day"
    WEEK = "week"


class SlotPart(StrEnum):
    """Which part of its days a slot is."""

    WHOLE = "whole"
    MORNING = "morning"
    AFTERNOON = "afternoon"


class CoverDays(StrEnum):
    """On which days a site owes cover; holidays and bank holidays are among them (A.5.4)."""

    WEEKDAYS = "weekdays"
    EVERY_DAY = "every_day"


class SlotHow(StrEnum):
    """How somebody came to have a slot."""

    PLANNED = "planned"
    TAKEN = "taken"
    SWAPPED = "swapped"
    ASSIGNED = "assigned"


class GapKind(StrEnum):
    """What makes an uncovered stretch an intended one; always somebody's recorded decision."""

    COMMENTS_OFF = "comments_off"
    PAUSED = "paused"


class OfferKind(StrEnum):
    """What somebody asks others for."""

    COVER = "cover"  # whoever is free first
    SWAP = "swap"  # one person, for one of their slots


class OfferState(StrEnum):
    """Where an offer stands."""

    OPEN = "open"
    TAKEN = "taken"
    TURNED_DOWN = "turned_down"
    CLOSED = "closed"  # the slot is over, or whoever asked keeps it


class TaskKind(StrEnum):
    """What is left to do when somebody leaves a site."""

    REMOVE_ACCESS = "remove_access"
    NEW_AUTHOR = "new_author"


class LogAction(StrEnum):
    """What a moderator did with what stood on a site."""

    KEPT = "kept"
    HIDDEN = "hidden"
    REMOVED = "removed"
    BLOCKED = "blocked"
    ESCALATED = "escalated"


class LogCategory(StrEnum):
    """What it was, in a word: never the content itself."""

    SPAM = "spam"
    RUDE = "rude"
    BULLYING = "bullying"
    PERSONAL_DETAILS = "personal_details"
    IMAGE = "image"  # of somebody who did not agree
    COMPLAINT = "complaint"
    EXTREME = "extreme"  # extreme offence, or a risk of harm (A.5.6)
    OTHER = "other"
