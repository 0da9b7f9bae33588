"""Checks that keep children safe: ages, hosts, nurseries, and those who need more care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.request_words import QuestionKey
from policy_kb.rules.form_finding import Force
from policy_kb.rules.hosts import OFTEN, hosts_named
from policy_kb.words import SettingType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_kb.rules.form import Answers
    from policy_kb.rules.form_finding import Finding, Look
    from policy_kb.rules.hosts import Host

YOUNGEST, OLDEST = 2, 19  # years, in any of our settings
AGES = {QuestionKey("audience_ages"): "the audience", QuestionKey("contributor_ages"): "the contributors"}
HOST_NAME = QuestionKey("host_name")


def ages(look: Look) -> Iterator[Finding]:
    """Find ages that no pupil has, or the oldest before the youngest."""
    if not look.value:
        return
    youngest, oldest = (int(age) for age in look.value)
    if youngest > oldest:
        yield look.says(Force.STOPS, f"{youngest} is more than {oldest}. Please give the youngest age first.")
    elif not YOUNGEST <= youngest <= oldest <= OLDEST:
        yield look.says(Force.STOPS, f"Pupils and children are {YOUNGEST} to {OLDEST}. Please give ages in between.")


def minimum_age(look: Look) -> Iterator[Finding]:
    """
    Find pupils who are too young for the host; an unknown host is taken to ask for 13, and warned of.

    Policy: A.2.5, 6.3
    """
    if "third_party" not in look.of("host") or not look.of(HOST_NAME):
        return
    named = hosts_named(look.of(HOST_NAME)[0], look.facts.hosts)
    for key, who in AGES.items():
        age = youngest_of(look.answers, key)
        if age is not None and age < _needed(named):
            yield _too_young(look, key, f"{who} would start at {age}", named)


def no_nursery_contributors(look: Look) -> Iterator[Finding]:
    """
    Find children of a nursery among the contributors.

    Policy: A.2.5
    """
    if look.facts.setting_type is SettingType.NURSERY and "pupils" in look.value:
        says = "Children of a nursery are too young to contribute to a site. Take the tick away"
        yield look.says(Force.STOPS, f"{says}; staff can show what the children do.", clause="A.2.5")


def age_looked_up(look: Look) -> Iterator[Finding]:
    """
    Find a minimum age that nobody has looked up.

    Policy: A.2.5
    """
    if "no" in look.value:
        yield look.says(Force.WARNS, "Please look it up in the host's terms before the site goes live.")


def vulnerable(look: Look) -> Iterator[Finding]:
    """
    Find a site that somebody vulnerable may be on.

    Policy: A.2.7
    """
    if "yes" in look.value:
        says = "Please talk to the line manager on your senior leadership team before you send this."
        yield look.says(Force.WARNS, says)


def youngest_of(answers: Answers, key: QuestionKey) -> int | None:
    """Return the youngest age in years that an answer gives; None where it gives none."""
    value = answers.get(key, ())
    return min(map(int, value)) if value and all(age.isdigit() for age in value) else None


def _needed(named: tuple[Host, ...]) -> int:
    return max((host.youngest for host in named), default=OFTEN)


def _too_young(look: Look, key: QuestionKey, starts: str, named: tuple[Host, ...]) -> Finding:
    fix = tuple(one for one in (key, HOST_NAME) if one != look.question.key)
    if not named:
        says = f"I do not know the minimum age of this host. It is often {OFTEN}, and {starts}: please look it up."
        return look.says(Force.WARNS, says, clause="A.2.5", fix=fix)
    host = max(named, key=lambda one: one.youngest)
    says = f"{host.name} asks for an age of at least {host.youngest}, and {starts}. Choose another host"
    return look.says(
        Force.STOPS, f"{says}, or make it for older pupils, or for families instead.", clause="A.2.5", fix=fix
    )
