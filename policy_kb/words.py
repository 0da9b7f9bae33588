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


class Action(StrEnum):
    """What a button does; the subject beside it says to what."""

    SEE_CLAUSE = "see_clause"  # about a clause reference: 5.3(a)
    CHOOSE = "choose"  # about an answer and one choice of its question back: 01J…:official
    SHARE = "share"  # about an answer
    HELPFUL = "helpful"  # about an answer
    NOT_RIGHT = "not_right"  # about an answer

    # The form. About a request, and what follows a colon: 12, 12:purpose, 12:host:third_party
    START = "start"  # about a form: site; or a form and the request it starts from: site:7
    ANSWER = "answer"  # about a question and an option of it, or about a question whose fields come along
    KEEP = "keep"  # about a question whose answer was doubted, and stays
    EDIT = "edit"  # about a question to answer anew
    BACK = "back"  # about a request: one question back
    WHY = "why"  # about a question: why it is asked
    SECTION = "section"  # about a question: its whole section at once
    SAVE_SECTION = "save_section"  # about a question, with every field of its section
    PAUSE = "pause"  # about a request
    RESUME = "resume"  # about a request
    CANCEL = "cancel"  # about a request; asked twice
    CANCEL_SURELY = "cancel_surely"
    REVIEW = "review"  # about a request: all answers
    SUBMIT = "submit"  # about a request
    MY_REQUESTS = "my_requests"  # about nothing
    STATUS = "status"  # about a request: where it is
    WITHDRAW = "withdraw"  # about a request; asked twice
    WITHDRAW_SURELY = "withdraw_surely"
    IS_LIVE = "is_live"  # about a request: the approved site has gone live

    # Deciding. About a request, a step and the version that was shown: 12:head:2
    APPROVE = "approve"
    ASK_CHANGES = "ask_changes"
    DECLINE = "decline"
    NOT_ME = "not_me"
    RECORD = "record"  # a consultation took place; the fields tell of it
    RECORD_MORE = "record_more"  # what a recorded consultation lacked: the reference of an assessment
    CARD = "card"  # the card again, as things stand
    WHOLE_FORM = "whole_form"
    PAPER = "paper"  # about a request: its record as a PDF
    SNOOZE = "snooze"
    REASSIGN = "reassign"  # with a field that names somebody
    WAITING = "waiting"  # about nothing: what waits for me
    DELEGATE = "delegate"  # about whom and the days: priya-sample:2026-10-14:2026-10-19


class DueKind(StrEnum):
    """What the bot does by itself when its moment comes."""

    OWNER_FINDINGS = "owner_findings"  # what people and settings lack, told to the policy owner
    CHASING = "chasing"  # what waits for decisions, changes and answers, looked at on a morning of one setting


class SayKind(StrEnum):
    """The things the bot says; the sentence is chosen at the moment of sending."""

    ANSWER = "answer"
    CLAUSE = "clause"
    SHARED = "shared"
    FEEDBACK_TAKEN = "feedback_taken"
    WELCOME = "welcome"
    SMALL_TALK = "small_talk"
    HELP = "help"
    NOTHING_ASKED = "nothing_asked"
    NOT_ENGLISH = "not_english"
    FINDINGS = "findings"
    GONE = "gone"  # a button of an answer that was tidied away

    # The form; about as on the buttons
    QUESTION = "question"  # 12:purpose, and what came before it: 12:purpose:saved, 12:purpose:47
    ANSWERED = "answered"  # 12:purpose, in the place of the card that asked
    WHY = "why"
    SECTION = "section"
    REVIEW = "review"
    PAUSED = "paused"
    CANCEL_ASKED = "cancel_asked"
    CANCELLED = "cancelled"
    SUBMITTED = "submitted"
    MY_REQUESTS = "my_requests"  # of the person who reads it
    STATUS = "status"
    WITHDRAW_ASKED = "withdraw_asked"
    NOT_STARTED = "not_started"  # why nobody can ask for this here: elm-academy, or unknown
    REFUSED = "refused"  # a refusal's key, and what it is about
    IN_PRIVATE = "in_private"  # a form is never filled in in front of others

    # Deciding
    STEP_CARD = "step_card"  # 12:head; the card of one step as things stand, for the person who reads it
    STEP_FORM = "step_form"  # 12:head:2:decline; what a decision needs to be said with it
    WHOLE_FORM = "whole_form"
    PAPER = "paper"  # 12; its record as a PDF
    NEWS = "news"  # 12:31, what the requester hears of a decision
    NOTICE = "notice"  # 12:edited …, what others hear: the key of a sentence, and its request
    WAITING = "waiting"
    CHASE = "chase"  # the morning's reminders of one person, merged
    DELEGATION_ASKED = "delegation_asked"
    DELEGATED = "delegated"


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
    EXPORTED = "exported"
