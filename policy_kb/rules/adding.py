"""Words of somebody who was a moment too late to send a request back: they decide nothing, and are not lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.request_words import Outcome, RequestState, StepState

if TYPE_CHECKING:
    from policy_kb.rules.request import Decision, RequestFacts

SENT_BACK = frozenset({RequestState.CHANGES_ASKED, RequestState.DECLINED})
SEND_BACK = frozenset({Outcome.CHANGES_ASKED, Outcome.DECLINED})


def may_add(request: RequestFacts, late: Decision) -> bool:
    """
    Tell whether a reason is passed on to the requester although another has sent the request back, or ended it.

    It is the reason of somebody who was asked in that version, and is said once. ProductRule.REASONS_ARE_GIVEN.
    """
    was_asked = any(one.key == late.step and one.state is not StepState.WAITING for one in request.steps)
    is_reason = late.outcome in SEND_BACK and bool(late.comment.strip())
    known = {(one.step, one.by, one.version, one.comment) for one in request.decisions}
    is_new = (late.step, late.by, late.version, late.comment) not in known
    return request.state in SENT_BACK and late.version == request.version and was_asked and is_reason and is_new


def decided_nothing(said: Decision, request: RequestFacts) -> bool:
    """Tell whether something was added after another had sent the same version back, or ended it."""
    if said.outcome not in SEND_BACK:
        return False
    return said != next(one for one in request.decisions if one.version == said.version and one.outcome in SEND_BACK)
