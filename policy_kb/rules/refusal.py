"""The policy, or a rule of the product where the policy is silent, saying no: a sentence, and what is behind it."""

from __future__ import annotations

from enum import StrEnum


class ProductRule(StrEnum):
    """What we hold to where the policy is silent."""

    NOBODY_DECIDES_ON_THEIR_OWN = "nobody_decides_on_their_own"
    ONLY_WHO_IS_ASKED = "only_who_is_asked"
    ONE_DECISION_A_STEP = "one_decision_a_step"
    WHAT_WAS_SHOWN = "what_was_shown"
    REASONS_ARE_GIVEN = "reasons_are_given"
    ONLY_THE_REQUESTER = "only_the_requester"
    EVERYTHING_IN_ITS_STATE = "everything_in_its_state"
    ONE_LEVEL_OF_DELEGATION = "one_level_of_delegation"
    NO_CONTENT_IS_KEPT = "no_content_is_kept"


class Refusal(Exception):  # noqa: N818 - it is no error: the name is what it is
    """
    Somebody asked for what cannot be; the router turns it into what they read.

    Each kind has a key that a stored reply can hold, a sentence, and a clause or a product rule behind it.
    """

    key: str
    says: str
    because: str | ProductRule
    kinds: dict[str, type[Refusal]] = {}  # noqa: RUF012 - the register of all kinds, filled as they are defined

    def __init_subclass__(cls) -> None:
        """Enter a kind in the register, so that a stored key finds its sentence again."""
        Refusal.kinds[cls.key] = cls

    def __init__(self, about: str = "") -> None:
        super().__init__(self.says)
        self.about = about  # a request and its step: 12:head
