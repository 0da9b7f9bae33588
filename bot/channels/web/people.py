"""The sample people of the web chat: whoever is picked is who acts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody of the sample trust, as the picker shows them."""

    user: str  # the web's own id for this person
    name: str
    post: str  # and, in brackets, which sites they moderate
    setting: str
    email: str = ""  # by which the staff directory knows them; a visitor has none


VISITOR = SamplePerson("visitor", "Somebody the bot does not know", "", "Not on the staff list")
