"""What a button or a stored fact is about: a request, a step of it, the version that was shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_kb.request_words import RequestId, StepKey

REQUEST = re.compile(r"[1-9][0-9]{0,8}")
STEP = re.compile(r"([1-9][0-9]{0,8}):([a-z][a-z0-9_]{0,39})(?::([1-9][0-9]{0,5}))?(?::([a-z_]{1,20}))?")
NEWS = re.compile(r"([1-9][0-9]{0,8}):([1-9][0-9]{0,8})")

OF_A_REQUEST = "request"  # what a GONE is about, where it is no answer that is gone


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAbout:
    """A step of a request, as a button names it; nothing of it is known to be so."""

    request: RequestId
    step: StepKey
    version: int = 0  # 0: none was named
    what: str = ""  # the action a form is for, the key of a notice

    @property
    def card(self) -> str:
        """Return the name of the step's card."""
        return card_name(self.request, self.step)


def card_name(request: RequestId, step: StepKey) -> str:
    """Return the name under which the cards of a step are known: ``12:head``."""
    return f"{request}:{step}"


def read_request(about: str) -> RequestId | None:
    """Return the request that is meant; None where none can be."""
    return RequestId(int(about)) if REQUEST.fullmatch(about) else None


def read_step(about: str) -> StepAbout | None:
    """Return the step that is meant: ``12:head``, ``12:head:2``, ``12:head:2:decline``; None where none can be."""
    found = STEP.fullmatch(about)
    if found is None:
        return None
    request, step, version, what = found.groups()
    return StepAbout(request=RequestId(int(request)), step=StepKey(step), version=int(version or 0), what=what or "")


def read_news(about: str) -> tuple[RequestId, int] | None:
    """Return a request and the number of one of its decisions: ``12:31``; None where there can be none."""
    found = NEWS.fullmatch(about)
    return (RequestId(int(found[1])), int(found[2])) if found else None
