"""Checks of the people that a form names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.request_words import AnswerKind
from policy_kb.rules.form_finding import Force
from policy_kb.words import PersonId

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_kb.rules.form_finding import CheckFacts, Finding, Look

AT_LEAST = 2
SAFER = 3


def twice(look: Look) -> Iterator[Finding]:
    """Find somebody who stands twice in one list."""
    for person in dict.fromkeys(look.value):
        if look.value.count(person) > 1:
            says = f"{name_of(person, look.facts)} is named twice. Please name each person once."
            yield look.says(Force.STOPS, says)


def at_least_two(look: Look) -> Iterator[Finding]:
    """
    Find a list of fewer than two people.

    Policy: A.5.4
    """
    if 0 < len(look.value) < AT_LEAST:
        says = "Please name at least two different people, so that one is there when the other is away."
        yield look.says(Force.STOPS, says)


def is_staff(look: Look) -> Iterator[Finding]:
    """
    Find people who are not in the staff list, who have left, or who work no day.

    Policy: A.3.1
    """
    for person in dict.fromkeys(look.value):
        yield from _about(look, PersonId(person))


def differs_from(look: Look) -> Iterator[Finding]:
    """Find the same person under two questions that need two people."""
    same = set(look.value) & set(look.other_value())
    if same and look.other:
        name = name_of(same.pop(), look.facts)
        says = f"{name} stands under “{look.label_of_other()}” as well. Nobody approves what they ask for themselves"
        yield look.says(Force.STOPS, f"{says}, so please name somebody else, here or there.", fix=(look.other,))


def not_the_requester(look: Look) -> Iterator[Finding]:
    """Find a requester who would decide on what they ask for."""
    if look.facts.requester in look.value:
        says = "You are asking for this, so you cannot approve it as the line manager as well. Name somebody else"
        yield look.says(Force.STOPS, f"{says}, or let the author ask for it themselves.")


def three_people(look: Look) -> Iterator[Finding]:
    """
    Find two lists that hold fewer than three different people.

    Policy: A.5.4
    """
    other = look.other_value()
    both_lists = min(len(set(look.value)), len(set(other))) >= AT_LEAST
    if both_lists and look.other and len({*look.value, *other}) < SAFER:
        says = "The same two people would do everything. That is allowed, and three are safer when somebody is away"
        yield look.says(Force.WARNS, f"{says}: add one if you can.", clause="A.5.4", fix=(look.other,))


def name_of(person: str, facts: CheckFacts) -> str:
    """Return what somebody is called."""
    known = facts.staff.get(PersonId(person))
    return known.name if known else "Somebody"


def _about(look: Look, person: PersonId) -> Iterator[Finding]:
    fact = look.facts.staff.get(person)
    runs_the_site = look.question.kind is AnswerKind.PEOPLE
    clause = "A.3.1" if runs_the_site else ""
    if fact is None:
        says = "Somebody here is not in the staff list. Pick from the list, or ask the policy owner to add them."
        yield look.says(Force.STOPS, says, clause=clause)
    elif not fact.in_post:
        yield look.says(Force.STOPS, f"{fact.name} does not work here now. Please name another.", clause=clause)
    elif runs_the_site and not fact.works:
        says = f"{fact.name} has no working day here, as a governor or volunteer has none. They need to be authorised"
        yield look.says(Force.WARNS, f"{says}, so please tell whoever gives the final approval.", clause=clause)
