"""The words that do something to a form, and those that ask about the policy instead."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy_kb.request_words import FormKey
    from policy_kb.rules.form import Form, Question

LONGEST_COMMAND = 120  # characters
LONGEST_WISH = 14  # words
LONGEST_SITE_WISH = 20
SITE = "site"  # the form that is meant where none is named
ADVERTISING = "advertising"


class Command(StrEnum):
    """What can be said to a form that is under way."""

    BACK = "back"
    WHY = "why"
    PAUSE = "pause"
    CANCEL = "cancel"
    CANCEL_SURELY = "cancel_surely"
    REVIEW = "review"
    SECTION = "section"
    SUBMIT = "submit"
    KEEP = "keep"


FORM = r"(?: (?:it|this|the form|this form|the request|this request|my form|my request))?"
COMMANDS = {
    Command.BACK: re.compile(r"(?:go )?back(?: one)?|previous(?: question)?|one back|the question before|undo"),
    Command.WHY: re.compile(r"(?:but )?why(?: (?:do you ask|are you asking|is that|do you need .{1,40}|this))?"),
    Command.PAUSE: re.compile(rf"pause{FORM}|stop(?: here)?|later|(?:i will|i'll) (?:do|finish) it later|save"),
    Command.CANCEL: re.compile(rf"cancel{FORM}|give up|abandon{FORM}|delete{FORM}|quit|exit"),
    Command.CANCEL_SURELY: re.compile(rf"yes,? (?:please )?cancel{FORM}|cancel{FORM} for good|really cancel{FORM}"),
    Command.REVIEW: re.compile(r"review|summary|(?:show (?:me )?)?(?:all )?(?:my|the) answers|overview"),
    Command.SECTION: re.compile(r"(?:the )?whole section(?: at once)?|all at once"),
    Command.SUBMIT: re.compile(rf"submit{FORM}(?: now)?|send (?:it|the form|the changes)(?: now| off)?"),
    Command.KEEP: re.compile(r"keep(?: (?:it|that|this|what i wrote|my answer|as it is|it as it is))?"),
}
REQUESTS = re.compile(
    r"(?:(?:show|list|see|where are|what are) (?:me )?)?(?:all )?(?:of )?my (?:requests|forms|applications)"
    r"|(?:where is|where's|what about|how is|what happened to|status of) my (?:request|form|application)(?: .{1,30})?"
    r"|(?:my )?request status|status"
)
RESUMES = re.compile(
    rf"(?:please )?(?:resume|continue|go on|carry on)(?: with)?{FORM}(?: please)?|(?:back to|finish) (?:the|my) form"
)
WISH = re.compile(
    r"(?:(?:please|ok|yes|let's|let us|we|i(?:'d| would)? (?:like|want|need) to) )*"
    r"(?:(?P<fills>start|begin|open|fill in|fill out|do|complete|use)|apply for|request|ask for)\b(?P<what> .+)"
)
SETS_UP = re.compile(
    r"(?:(?:please|hi|hello|ok|yes)[, ]+)*(?:i|we)(?:'d| would)? (?:like|want|wish|need) to "
    r"(?:set up|open|create|start|launch) (?P<what>(?:an?|our|another) (?:[a-z-]+ ){0,4}"
    r"(?:site|page|account|channel|profile)(?: (?:for|on) [^,.;:?!]+)?)"
)
# What is somebody's own, or asks something as well, is for the policy to answer.
NOT_A_SITE = re.compile(
    r"\b(?:personal|private|own|myself|me|fake|anonymous|parody|secret|bank|e-?mail|who|what|how|whether|if|is|are|allowed)\b"
)
BY_NAME = re.compile(r"(?P<what>(?:the |a |an |my |new |.{1,40} )?)form(?: please)?")
# As the form for a site says it to whoever means to advertise.
ADVERTISES = re.compile(r"(?:please )?advertise for (?:external |outside )?contributors")
A_FORM = re.compile(r"\b(?:form|application|approval|request)\b")
A_SITE = re.compile(r"\b(?:sites?|pages?|accounts?|channels?|profiles?)\b")
FORCED = re.compile(r"(?:my )?answer\s*:\s*(?P<words>.+)", re.IGNORECASE | re.DOTALL)
CHANGES = re.compile(r"(?:please )?(?:change|edit|correct|fix)(?: the| my)? (?P<what>.+)")
OPENS_A_QUESTION = re.compile(
    r"(?:(?:so|and|but|ok|wait|hang on|sorry)[, ]+)*"
    r"(?:(?:can|could|may|should|must|do|does|am|are|is|will|would|did|has|have) "
    r"(?:i|we|you|it|they|he|she|this|that|the|a|an|my|our|there|staff|pupils?|parents?|teachers?|anyone|somebody)\b"
    r"|(?:what|who|where|when|how|which|whose|why)(?:'s|’s)?\b)"
)
LONGEST_QUESTION = 25  # words; an answer may well open with "what" and go on


def read_command(text: str) -> Command | None:
    """Return what words do to the form; None where they do nothing to it."""
    plain = _plain(text)
    return next((command for command, words in COMMANDS.items() if words.fullmatch(plain)), None)


def asks_for_requests(text: str) -> bool:
    """Tell whether words ask where one's requests are."""
    return REQUESTS.fullmatch(_plain(text)) is not None


def resumes(text: str) -> bool:
    """Tell whether words go on with a form that was left."""
    return RESUMES.fullmatch(_plain(text)) is not None


def form_wished_for(text: str, forms: Mapping[FormKey, Form]) -> FormKey | None:
    """
    Return the form that words clearly wish to start: "site form", "start the form", "apply for a page".

    Whether something may be set up at all is a question about the policy, and starts nothing.
    """
    plain = _plain(text)
    if len(plain.split()) > LONGEST_WISH or looks_like_a_question(text):
        return None
    if ADVERTISES.fullmatch(plain):
        return next((key for key in forms if key == ADVERTISING), None)
    wish = WISH.fullmatch(plain)
    if wish is None:
        named = BY_NAME.fullmatch(plain)
        return _form_named(named["what"], forms) if named else None
    if wish["fills"] and A_FORM.search(plain) is None:
        return None
    return _form_named(wish["what"], forms) if wish["fills"] or _words(wish["what"]) else None


def site_wished_for(text: str, forms: Mapping[FormKey, Form]) -> FormKey | None:
    """
    Return the form for a site where words clearly wish for one: "we would like to set up a page for our choir".

    Such words answer some questions of a form as well: ask only where none is under way.
    """
    plain = _plain(text)
    if len(plain.split()) > LONGEST_SITE_WISH or len(text) > LONGEST_COMMAND or looks_like_a_question(text):
        return None
    wish = SETS_UP.fullmatch(plain)
    is_clear = wish is not None and NOT_A_SITE.search(wish["what"]) is None
    return next((key for key in forms if is_clear and key == SITE), None)


def looks_like_a_question(text: str) -> bool:
    """Tell whether words ask something, rather than answer."""
    plain = text.strip().casefold()
    if plain.endswith("?"):
        return True
    return len(plain.split()) <= LONGEST_QUESTION and OPENS_A_QUESTION.match(plain) is not None


def forced_answer(text: str) -> str | None:
    """Return the words after "answer:", which are one whatever they look like; None where there is none."""
    found = FORCED.fullmatch(text.strip())
    return found["words"].strip() if found else None


def question_named(text: str, questions: Iterable[Question]) -> Question | None:
    """Return the question that words name to be changed: "change the purpose", "purpose"; None where none is."""
    plain = _plain(text)
    change = CHANGES.fullmatch(plain)
    words = _words(change["what"] if change else plain)
    if not words:
        return None
    asked = tuple(questions)
    exact = [one for one in asked if words == _words(one.key.replace("_", " ")) or words == _words(one.label)]
    close = [one for one in asked if change and words <= _words(f"{one.key.replace('_', ' ')} {one.label}")]
    return next(iter((*exact, *close)), None)


def _form_named(what: str, forms: Mapping[FormKey, Form]) -> FormKey | None:
    """Return the form whose own words are named; a site, or the form by itself, is the form for a site."""
    said = _words(what)
    for key, form in forms.items():
        if said and (
            said == _words(key.replace("_", " ")) or said == _words(form.title) or said == _words(form.called)
        ):
            return key
    if not said or A_SITE.search(what):
        return next((key for key in forms if key == SITE), None)
    return next((key for key, form in forms.items() if said <= _words(f"{form.title} {form.called}")), None)


def _words(text: str) -> set[str]:
    small = {"the", "a", "an", "of", "for", "my", "our", "please", "form", "application", "approval", "request", "new"}
    return {word for word in re.findall(r"[a-z0-9]+", text.casefold()) if word not in small}


def _plain(text: str) -> str:
    return " ".join(text[:LONGEST_COMMAND].casefold().replace("’", "'").strip(" .!?").split())
