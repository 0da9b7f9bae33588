"""What the person who asks may do with a request: change it, send it, take it back, put it into practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.request_words import RequestState
from policy_kb.rules.refusal import ProductRule, Refusal
from policy_kb.rules.routing import state_after

if TYPE_CHECKING:
    from policy_kb.rules.form import Step
    from policy_kb.rules.request import RequestFacts
    from policy_kb.words import PersonId

CAN_BE_CHANGED = frozenset(
    {RequestState.DRAFT, RequestState.SUBMITTED, RequestState.CHANGES_ASKED, RequestState.APPROVED}
)
CAN_BE_WITHDRAWN = CAN_BE_CHANGED - {RequestState.DRAFT}


class NotTheirs(Refusal):
    """Somebody handles what others ask for."""

    key = "not_theirs"
    says = "Only the person who asked for this can do that. Please ask them."
    because = ProductRule.ONLY_THE_REQUESTER


class NotApprovedYet(Refusal):
    """A site is said to be live that nobody approved, or not everybody."""

    key = "not_approved_yet"
    says = "This is not approved yet, so please do not create the site. We tell you as soon as it is."
    because = "A.3.3"


class AlreadyLive(Refusal):
    """A site is said to be live twice."""

    key = "already_live"
    says = "We know that this is live already, thank you. There is nothing more to do."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


def check_may_go_live(steps: tuple[Step, ...], request: RequestFacts, person: PersonId) -> None:
    """
    Refuse to call a site live before every step is done.

    The decisions are looked at anew; the state alone is not believed.

    Raises:
        NotTheirs, AlreadyLive, NotApprovedYet: as they say.

    Policy: A.3.3, A.3.7
    """
    _check_theirs(request, person)
    if request.state is RequestState.LIVE:
        raise AlreadyLive(str(request.id))
    if request.state is not RequestState.APPROVED or state_after(steps, request) is not RequestState.APPROVED:
        raise NotApprovedYet(str(request.id))


class NotSentYet(Refusal):
    """There is nothing to take back."""

    key = "not_sent_yet"
    says = "You have not sent this yet, so there is nothing to take back. To give it up, say “cancel”."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


class RequestClosed(Refusal):
    """A request that was declined, taken back, given up or put into practice stays as it is."""

    key = "request_closed"
    says = "This request is closed, so it stays as it is. You can start a new one from its answers."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


def check_may_withdraw(request: RequestFacts, person: PersonId) -> None:
    """Refuse to withdraw what is not theirs, not sent or closed; raises NotTheirs, NotSentYet, RequestClosed."""
    _check_theirs(request, person)
    if request.state is RequestState.DRAFT:
        raise NotSentYet(str(request.id))
    if request.state not in CAN_BE_WITHDRAWN:
        raise RequestClosed(str(request.id))


def check_may_change(request: RequestFacts, person: PersonId) -> None:
    """Refuse to change answers of what is not theirs or is closed; raises NotTheirs, RequestClosed."""
    _check_theirs(request, person)
    if request.state not in CAN_BE_CHANGED:
        raise RequestClosed(str(request.id))


def check_may_submit(request: RequestFacts, person: PersonId) -> None:
    """Refuse to send what may not be changed, the first time and every later one; raises as `check_may_change`."""
    check_may_change(request, person)


def _check_theirs(request: RequestFacts, person: PersonId) -> None:
    if not request.is_theirs(person):
        raise NotTheirs(str(request.id))
