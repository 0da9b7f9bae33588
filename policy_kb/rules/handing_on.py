"""Who may have somebody else asked for a step, and when; who holds the right to it, the staff list says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.request_words import RequestState, StepState
from policy_kb.rules.deciding import ChangedSince, NotUnderWay, OwnRequest, ReasonMissing

if TYPE_CHECKING:
    from policy_kb.rules.request import RequestFacts, StepStanding
    from policy_kb.words import PersonId


def check_may_look_again(request: RequestFacts, step: StepStanding, *, version: int) -> None:
    """
    Refuse to ask anew for a step that waits for nobody's word, or in a version that is not the current one.

    Whoever asks for it themselves may have it looked at again: that chooses nobody.

    Raises:
        NotUnderWay, ChangedSince: as they say.
    """
    about = f"{request.id}:{step.key}"
    if request.state is not RequestState.SUBMITTED or step.state is not StepState.OPEN:
        raise NotUnderWay(about)
    if version != request.version:
        raise ChangedSince(about)


def check_may_choose(request: RequestFacts, step: StepStanding, *, by: PersonId, version: int, reason: str) -> None:
    """
    Refuse to have a certain person asked for a step.

    Nobody chooses who decides on what they ask for, whatever they look after.
    It rests on ProductRule.NOBODY_DECIDES_ON_THEIR_OWN and REASONS_ARE_GIVEN.

    Raises:
        OwnRequest: they ask for it, themselves or through another.
        NotUnderWay, ChangedSince, ReasonMissing: as they say.
    """
    about = f"{request.id}:{step.key}"
    if request.is_theirs(by):
        raise OwnRequest(about)
    check_may_look_again(request, step, version=version)
    if not reason.strip():
        raise ReasonMissing(about)
