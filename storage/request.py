"""A request as it is stored: the form under way, one answer, one version that was sent, who was asked instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from policy_kb.request_words import FormKey, QuestionKey, RequestId, RequestState, StepKey
    from policy_kb.words import Channel, PersonId, Role, SettingId


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A request as whoever fills it in sees it, in whatever state it is."""

    id: RequestId
    form: FormKey
    setting_id: SettingId
    requester_id: PersonId
    author_id: PersonId  # the requester, for most
    state: RequestState
    version: int  # 0 until it is sent
    at: QuestionKey | None  # the question it stands at; None: the review
    answers: Mapping[QuestionKey, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    kept: frozenset[QuestionKey] = frozenset()  # questions whose answer was doubted, and stays
    started_at: datetime
    touched_at: datetime  # when whoever fills it in last did something
    submitted_at: datetime | None = None  # the first time
    closed_at: datetime | None = None
    started_from: RequestId | None = None
    go_live: date | None = None  # as it was sent last


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One answer as it was given, accepted or not."""

    number: int
    request_id: RequestId
    question: QuestionKey
    value: tuple[str, ...]
    refused: str = ""  # the check that did not let it through
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A request as it was sent once."""

    version: int
    answers: Mapping[QuestionKey, tuple[str, ...]]
    setting_id: SettingId
    author_id: PersonId
    by: PersonId  # who sent it
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassignment:
    """Somebody is asked in the place of somebody else, or where nobody was asked."""

    step: StepKey
    from_id: PersonId | None  # None: nobody was asked
    to_id: PersonId
    role: Role  # in which whoever takes it over is asked
    by_id: PersonId
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A message that shows how something stands, and is changed when it stands otherwise."""

    person_id: PersonId
    channel: Channel
    address: str  # only the channel reads it; it leads to that one message
