"""The closed sets and ids that every package shares, in the policy's own words."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

ItemId = NewType("ItemId", str)
"""A printed number without stray spaces: ``5.4``, ``A.4.11``, ``form.host``, ``checklist``, ``front``."""

DefectId = NewType("DefectId", str)
"""A known defect of the policy's text: ``I-15``."""

SettingId = NewType("SettingId", str)
"""A short slug: ``elm-academy``."""

PersonId = NewType("PersonId", str)
"""Ours, not a platform's: ``priya-sample``."""


class Kind(StrEnum):
    """What an item of the policy is."""

    RULE = "rule"
    APPROVAL = "approval"
    CONSULTATION = "consultation"
    DUTY = "duty"
    GUIDANCE = "guidance"
    CONSEQUENCE = "consequence"
    DEFINITION = "definition"


class Force(StrEnum):
    """How strongly an item binds: the strongest modal word of its main sentence."""

    MUST = "must"
    MUST_NOT = "must_not"
    MAY = "may"
    SHOULD = "should"
    SHOULD_NOT = "should_not"
    STATES = "states"


class Verdict(StrEnum):
    """What an answer says first."""

    YES = "yes"
    ADVISED = "advised"
    APPROVAL = "approval"
    REQUIRED = "required"
    NO = "no"
    ASK_FIRST = "ask_first"
    INFO = "info"
    SILENT = "silent"
    URGENT = "urgent"
    UNSURE = "unsure"


class Tier(StrEnum):
    """How sure an answer is: a verdict, the closest clauses, or 'the policy does not say'."""

    SURE = "sure"
    NOT_SURE = "not_sure"
    SILENT = "silent"


class Role(StrEnum):
    """Whom the policy names to decide, to be consulted or to be told."""

    HEAD = "head"
    HEAD_OF_SERVICE = "head_of_service"
    SERVICE_MANAGER = "service_manager"
    LINE_MANAGER = "line_manager"
    SLT = "slt"
    SLT_LINE_MANAGER = "slt_line_manager"
    DPO = "dpo"
    DEPUTY_DPO = "deputy_dpo"
    DEPUTY_CEO = "deputy_ceo"
    BRAND_TEAM = "brand_team"
    SITE_ADMINISTRATOR = "site_administrator"
    SITE_MODERATOR = "site_moderator"
    SITE_AUTHOR = "site_author"
    AUTHORITIES = "authorities"
    OWNERS_OF_WORK = "owners_of_work"


class BotRole(StrEnum):
    """What somebody may look after in the bot itself; it never lets them decide on a request."""

    POLICY_OWNER = "policy_owner"
    SETTING_ADMINISTRATOR = "setting_administrator"
    AUDITOR = "auditor"


class DefectType(StrEnum):
    """Why the text is defective, which decides how an answer treats it."""

    EDITORIAL = "editorial"
    SUBSTANTIVE = "substantive"
    DATED = "dated"
    GAP = "gap"


class SettingType(StrEnum):
    """The kinds of setting a trust has (2.2)."""

    ACADEMY = "academy"
    NURSERY = "nursery"
    CENTRAL_SERVICE = "central_service"


class DayKind(StrEnum):
    """What a day is for one setting; the first four are imported, the others follow."""

    TERM = "term"
    HALF_TERM = "half_term"
    INSET = "inset"  # staff work, pupils stay at home
    CLOSURE = "closure"  # nobody comes in: snow, a strike, a nursery's week off
    WEEKEND = "weekend"
    BANK_HOLIDAY = "bank_holiday"
    HOLIDAY = "holiday"  # between two terms
    OPEN = "open"  # an ordinary day of a setting that has no terms


class Channel(StrEnum):
    """Where people talk to the bot."""

    SLACK = "slack"
    TEAMS = "teams"
    WEB = "web"
    TERMINAL = "terminal"


class SubjectKind(StrEnum):
    """What a chain of the audit is about."""

    PERSON = "person"
    SETTING = "setting"
    EDITION = "edition"
    REQUEST = "request"
    SITE = "site"
    TRUST = "trust"  # what concerns everybody: tidying, restoring, importing


class Verb(StrEnum):
    """What was done to the subject of an audit row, in the past tense."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    MOVED = "moved"  # a person to another setting
    LEFT = "left"
    ERASED = "erased"
    ROLE_GIVEN = "role_given"
    ROLE_ENDED = "role_ended"
    DELEGATED = "delegated"
    DELEGATION_ENDED = "delegation_ended"
    CALENDAR_SET = "calendar_set"
    IMPORTED = "imported"
    TIDIED = "tidied"
    RESTORED = "restored"
    STARTED = "started"
    SUBMITTED = "submitted"
    ASKED = "asked"  # somebody was asked to decide
    DECIDED = "decided"
    VOIDED = "voided"  # an earlier decision no longer counts: what it was about has changed
    REASSIGNED = "reassigned"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    WENT_LIVE = "went_live"
    OPENED = "opened"  # a site, once it is approved or taken in
    CLOSED = "closed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXTENDED = "extended"
    CHECKED = "checked"
    EVALUATED = "evaluated"
    ACCEPTED = "accepted"  # a part in looking after a site, with a login of one's own; or one slot of its rota
    ATTESTED = "attested"
    LOGGED = "logged"  # what a moderator did
    AWAY = "away"
    BACK = "back"
    SLOT_GIVEN = "slot_given"
    SLOT_OPENED = "slot_opened"  # whoever had it does not any more
    GAP_SETTLED = "gap_settled"
    GAP_REOPENED = "gap_reopened"
    EXPORTED = "exported"
