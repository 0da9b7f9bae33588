"""Who may decide, on what, and when; each function that says no stands beside the ways it says it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policy_kb.request_words import Outcome, RequestState, StepKind, StepState
from policy_kb.rules.refusal import ProductRule, Refusal
from policy_kb.rules.routing import counting_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy_kb.request_words import QuestionKey, StepKey
    from policy_kb.rules.form import Step, Value
    from policy_kb.rules.request import Approver, RequestFacts, StepStanding
    from policy_kb.words import PersonId

MAY_BE_SAID = {
    StepKind.DECIDES: frozenset({Outcome.APPROVED, Outcome.CHANGES_ASKED, Outcome.DECLINED, Outcome.NOT_ME}),
    StepKind.RECORDS: frozenset({Outcome.RECORDED, Outcome.NOT_ME}),  # whoever is consulted never decides
    StepKind.CONFIRMS: frozenset({Outcome.CONFIRMED, Outcome.DECLINED}),
}
NEED_A_REASON = frozenset({Outcome.CHANGES_ASKED, Outcome.DECLINED, Outcome.NOT_ME})
SAY_YES = frozenset({Outcome.APPROVED, Outcome.RECORDED, Outcome.CONFIRMED})


class NotAsked(Refusal):
    """Somebody answers who was not asked."""

    key = "not_asked"
    says = (
        "You are not among the people who were asked about this. "
        "If it should come to you, ask one of them to pass it on to you."
    )
    because = ProductRule.ONLY_WHO_IS_ASKED


class StepGone(Refusal):
    """What is asked for now does not need the step."""

    key = "step_gone"
    says = "What was asked for has changed, so this is no longer needed. There is nothing for you to do."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


class OwnRequest(Refusal):
    """Somebody decides on what they ask for, or in the name of whoever asks for it, or chooses who does."""

    key = "own_request"
    says = (
        "Nobody decides on their own request, in the name of the person who makes it, or by that person's choice. "
        "Please leave this to somebody else; the policy owner can help if there is nobody."
    )
    because = ProductRule.NOBODY_DECIDES_ON_THEIR_OWN


def approver_for(person: PersonId, request: RequestFacts, step_key: StepKey) -> Approver:
    """
    Return by what right somebody answers: their own before another's.

    Raises:
        StepGone: the request no longer has this step.
        OwnRequest: they ask for it themselves, and were not asked to confirm it.
        NotAsked: they are not among those who were asked.
    """
    rights = [one for one in _step(request, step_key).asked if one.person == person]
    if not rights:
        refused = OwnRequest if request.is_theirs(person) else NotAsked
        raise refused(_about(request, step_key))
    return min(rights, key=lambda right: (not _is_independent(right, request), right.acting_for is not None))


def independent(approvers: Iterable[Approver], request: RequestFacts) -> tuple[Approver, ...]:
    """
    Leave out whoever asks for this, themselves or through another, and whoever would act in their name.

    Whom somebody who asks has made act for another, or had asked, has no right to this from that: else people would
    pick who decides on their own request. It rests on ProductRule.NOBODY_DECIDES_ON_THEIR_OWN.
    A confirmation is the author's own: do not ask this about it.
    """
    return tuple(approver for approver in approvers if _is_independent(approver, request))


class OnlyTheAuthor(Refusal):
    """Somebody confirms in the author's place."""

    key = "only_the_author"
    says = "Only the person this is asked for can confirm it, and nobody can do that for them. Please ask them."
    because = ProductRule.ONLY_WHO_IS_ASKED


class AlreadyAnswered(Refusal):
    """A second answer to one step: a double click, or somebody was faster."""

    key = "already_answered"
    says = "This has been answered already, so there is nothing left for you to do. The card shows what was said."
    because = ProductRule.ONE_DECISION_A_STEP


class NotUnderWay(Refusal):
    """The request is with its requester, or it is closed."""

    key = "not_under_way"
    says = "This request is not waiting for anybody's decision now. Look at the card again to see where it stands."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


class ChangedSince(Refusal):
    """The decision is about a version that is no longer the current one."""

    key = "changed_since"
    says = "The request has changed since you were shown it. Please read it as it is now, and then decide."
    because = ProductRule.WHAT_WAS_SHOWN


class NotYetAsked(Refusal):
    """The steps before this one are not done."""

    key = "not_yet_asked"
    says = "Others have their say before you on this one. We ask you as soon as they have had it."
    because = "form.approval"


class OtherAnswers(Refusal):
    """The step asks for something else."""

    key = "other_answers"
    says = "This step asks for another kind of answer. Please use the buttons of its card."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


class ReasonMissing(Refusal):
    """Whoever asks for changes, declines or passes it on has to say why."""

    key = "reason_missing"
    says = "Please add a sentence that says why, so that the others know what to do."
    because = ProductRule.REASONS_ARE_GIVEN


class FactsMissing(Refusal):
    """A record lacks what it is there to hold."""

    key = "facts_missing"
    says = "Something is still missing from the record. Please fill in every field that is needed, and send it again."
    because = ProductRule.REASONS_ARE_GIVEN


def check_may_say(
    request: RequestFacts,
    step: Step,
    approver: Approver,
    said: Outcome,
    *,
    version: int,
    comment: str,
    facts: Mapping[QuestionKey, Value],
) -> None:
    """
    Refuse an answer to a step that may not be given.

    The version is the request's, as it was shown to whoever answers.

    Raises:
        OwnRequest, OnlyTheAuthor, NotAsked, StepGone: not by them.
        AlreadyAnswered, NotUnderWay, ChangedSince, NotYetAsked: not now.
        OtherAnswers, ReasonMissing, FactsMissing: not so.

    Policy: A.3.3, A.1.8, form.approval
    """
    _check_who(request, step, approver)
    _check_when(request, step, version)
    about = _about(request, step.key)
    if said not in MAY_BE_SAID[step.kind]:
        raise OtherAnswers(about)
    if said in NEED_A_REASON and not comment.strip():
        raise ReasonMissing(about)
    if said in SAY_YES:
        check_is_complete(request, step, facts)


def check_is_complete(request: RequestFacts, step: Step, facts: Mapping[QuestionKey, Value]) -> None:
    """Refuse a record that lacks something it needs; raises FactsMissing."""
    if _is_incomplete(step, facts):
        raise FactsMissing(_about(request, step.key))


def flag_same_person(request: RequestFacts) -> tuple[PersonId, ...]:
    """Return the people who made two decisions that count, or more, in the order of their first."""
    made = Counter(decision.by for decision in request.counting())
    return tuple(person for person, count in made.items() if count > 1)


def _is_independent(approver: Approver, request: RequestFacts) -> bool:
    concerned = (approver.person, approver.acting_for, approver.given_by)
    return not any(person is not None and request.is_theirs(person) for person in concerned)


def _check_who(request: RequestFacts, step: Step, approver: Approver) -> None:
    about = _about(request, step.key)
    if step.kind is StepKind.CONFIRMS:
        if approver.person != request.author or approver.acting_for is not None:
            raise OnlyTheAuthor(about)
    elif not _is_independent(approver, request):
        raise OwnRequest(about)
    if approver not in _step(request, step.key).asked:
        raise NotAsked(about)


def _check_when(request: RequestFacts, step: Step, version: int) -> None:
    about = _about(request, step.key)
    if step.key in counting_for(request):
        raise AlreadyAnswered(about)  # first: a double click on the last word finds the request approved
    if request.state is not RequestState.SUBMITTED:
        raise NotUnderWay(about)
    if version != request.version:
        raise ChangedSince(about)
    if _step(request, step.key).state is not StepState.OPEN or not _are_done(_steps_before(request, step), request):
        raise NotYetAsked(about)


def _steps_before(request: RequestFacts, step: Step) -> set[StepKey]:
    """Return what has to be done first; the last word comes after everything, whatever the route's data say."""
    others = {other.key for other in request.steps} - {step.key}
    return others if step.is_final else others & set(step.after)


def _are_done(keys: set[StepKey], request: RequestFacts) -> bool:
    """Look at what was decided, so that no slip in what is kept of a step lets anybody decide too early."""
    counts = counting_for(request)
    return all(key in counts and counts[key].outcome in SAY_YES for key in keys)


def _is_incomplete(step: Step, facts: Mapping[QuestionKey, Value]) -> bool:
    return any(
        question.needed and not any(text.strip() for text in facts.get(question.key, ()))
        for question in step.facts
        if question.is_asked(facts)
    )


def _step(request: RequestFacts, key: StepKey) -> StepStanding:
    for step in request.steps:
        if step.key == key:
            return step
    raise StepGone(f"{request.id}:{key}")


def _about(request: RequestFacts, key: StepKey) -> str:
    return f"{request.id}:{key}"
