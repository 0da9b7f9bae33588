"""The closed sets and ids of requests: what is asked for, its questions, its steps, and what was said to them."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

FormKey = NewType("FormKey", str)
"""What is asked for, the name of a file in `edition/requests`: ``site``, ``logo``."""

QuestionKey = NewType("QuestionKey", str)
"""A question of a form: ``purpose``, ``go_live``."""

StepKey = NewType("StepKey", str)
"""A step of a route: ``line_manager``, ``head``."""

RequestId = NewType("RequestId", int)
"""A request from its first answer on; people read it as R-12."""


class AnswerKind(StrEnum):
    """How a question of a form is answered."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    TICKS = "ticks"
    YES_NO = "yes_no"
    PERSON = "person"
    PEOPLE = "people"
    DATE = "date"
    AGES = "ages"  # a youngest and an oldest, in years
    NUMBER = "number"


class RequestState(StrEnum):
    """Where a request stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # with those who decide
    CHANGES_ASKED = "changes_asked"  # with the requester again
    APPROVED = "approved"
    LIVE = "live"  # the approved site has been created
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"  # a draft that was given up


class StepKind(StrEnum):
    """What a step of a route asks for."""

    DECIDES = "decides"
    RECORDS = "records"  # that somebody was consulted; it never decides
    CONFIRMS = "confirms"  # the author, where somebody else asks for them


class StepState(StrEnum):
    """Where one step of a request stands."""

    WAITING = "waiting"  # for the steps before it
    OPEN = "open"  # somebody is asked
    DONE = "done"  # approved, recorded or confirmed
    CHANGES_ASKED = "changes_asked"
    DECLINED = "declined"


class Outcome(StrEnum):
    """What somebody said to a step."""

    APPROVED = "approved"
    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    CHANGES_ASKED = "changes_asked"
    DECLINED = "declined"
    NOT_ME = "not_me"  # the step stays open


class EditClass(StrEnum):
    """What a change of an answer does to decisions that were made before it, the gravest first."""

    MATERIAL = "material"  # all are asked again
    PEOPLE = "people"  # the final approver confirms by one tap
    MINOR = "minor"  # all are told
