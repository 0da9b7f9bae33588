"""What those who approve should see at a glance: the risks of a request, from its answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_kb.request_words import AnswerKind, QuestionKey
from policy_kb.rules.form_check_children import AGES, youngest_of
from policy_kb.rules.form_check_dates import working_days_until
from policy_kb.rules.form_check_names import seems_to_name_a_child
from policy_kb.rules.form_check_people import SAFER, name_of
from policy_kb.rules.form_check_words import will_advertise
from policy_kb.rules.form_finding import day_of
from policy_kb.rules.hosts import OFTEN, hosts_named
from policy_kb.words import PersonId

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_kb.rules.form import Answers, Form, Option, Value
    from policy_kb.rules.form_finding import CheckFacts

SOON = 10  # working days
OUTSIDE = ("families", "other_pupils", "organisations", "public", "others")  # all but our own pupils and staff
ANSWERS_THAT_MATTER = {
    ("vulnerable", "yes"): ("Somebody vulnerable may be among the pupils or children.", "A.2.7"),
    ("minimum_age_checked", "no"): ("Nobody has looked up the host's minimum age.", "A.2.5"),
    ("own_logins", "no"): ("Administrators or moderators would share a login.", "A.3.2"),
    ("closure", "none"): ("The site has no end date.", "A.1.6"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One risk, in a short sentence, and the clause it touches."""

    key: str
    says: str
    clause: str


def flags(form: Form, answers: Answers, facts: CheckFacts) -> tuple[Flag, ...]:
    """
    Return what stands out in a request, what concerns children first.

    Answers that the form no longer asks for do not count. Nothing is flagged that a form has no question for.

    Policy: A.2.5, A.2.7, A.5.5, A.5.7, A.3.7, A.1.6, A.5.4
    """
    counting = _Counting(form, answers)
    return (
        *_young(counting),
        *_plain_answers(counting),
        *_host(counting, facts),
        *_outside(counting),
        *_advertised(counting),
        *_names(counting),
        *_soon(counting, facts),
        *_logo(counting),
        *_people(counting, facts),
        *_line_manager(counting, facts),
    )


class _Counting:
    """The answers that count."""

    def __init__(self, form: Form, answers: Answers) -> None:
        self.questions = form.asked(answers)
        self.answers = {question.key: answers.get(question.key, ()) for question in self.questions}

    def of(self, key: str) -> Value:
        return self.answers.get(QuestionKey(key), ())

    def options(self, key: str) -> tuple[Option, ...]:
        return next((question.options for question in self.questions if question.key == key), ())


def _young(counting: _Counting) -> Iterator[Flag]:
    for key, who in AGES.items():
        age = youngest_of(counting.answers, key)
        if age is not None and age < OFTEN:
            yield Flag(key="under_13", says=f"Pupils or children as young as {age} are among {who}.", clause="A.2.5")


def _plain_answers(counting: _Counting) -> Iterator[Flag]:
    for (key, answer), (says, clause) in ANSWERS_THAT_MATTER.items():
        if answer in counting.of(key):
            yield Flag(key=key, says=says, clause=clause)


def _host(counting: _Counting, facts: CheckFacts) -> Iterator[Flag]:
    if "third_party" in counting.of("host"):
        named = hosts_named("".join(counting.of("host_name")), facts.hosts)
        host = " and ".join(one.name for one in named) or "A third party"
        yield Flag(key="third_party", says=f"{host} would host it, not the Academy.", clause="A.5.5")


def _outside(counting: _Counting) -> Iterator[Flag]:
    ticked = counting.of("contributors")
    who = [one.label for one in counting.options("contributors") if one.key in ticked and one.key in OUTSIDE]
    if who:
        yield Flag(key="outside", says=f"People from outside would contribute: {', '.join(who)}.", clause="A.5.7")


def _advertised(counting: _Counting) -> Iterator[Flag]:
    if will_advertise("".join(counting.of("advertise"))):
        says = "Contributors would be advertised for, which needs approval of its own."
        yield Flag(key="advertise", says=says, clause="A.5.8")


def _names(counting: _Counting) -> Iterator[Flag]:
    texts = [question for question in counting.questions if question.kind in (AnswerKind.TEXT, AnswerKind.LONG)]
    if any(seems_to_name_a_child("".join(counting.answers[question.key])) for question in texts):
        yield Flag(key="names_a_child", says="An answer may name a child. Please ask for it without.", clause="A.2.2")


def _soon(counting: _Counting, facts: CheckFacts) -> Iterator[Flag]:
    day = day_of(counting.of("go_live"))
    if day is None:
        return
    left = working_days_until(day, facts)
    if day < facts.today:
        yield Flag(key="go_live", says="The day it was to go live is over.", clause="A.3.7")
    elif left is not None and left < SOON:
        yield Flag(key="go_live", says=f"Working days left before it would go live: {left}.", clause="A.3.7")


def _logo(counting: _Counting) -> Iterator[Flag]:
    if "no" in counting.of("logo") and "academy" in counting.of("host"):
        yield Flag(key="logo", says="The Academy would host it, without its logo.", clause="A.4.7")


def _people(counting: _Counting, facts: CheckFacts) -> Iterator[Flag]:
    named = dict.fromkeys((*counting.of("administrators"), *counting.of("moderators")))
    if named and len(named) < SAFER:
        says = f"Fewer than {SAFER} people would look after the site."
        yield Flag(key="few_people", says=says, clause="A.5.4")
    for person in map(PersonId, named):
        fact = facts.staff.get(person)
        if fact is None or not fact.in_post:
            yield Flag(key="not_staff", says=f"{name_of(person, facts)} does not work here now.", clause="A.3.1")
        elif not fact.works:
            says = f"{fact.name} is no member of staff, and needs to be authorised."
            yield Flag(key="not_staff", says=says, clause="A.3.1")


def _line_manager(counting: _Counting, facts: CheckFacts) -> Iterator[Flag]:
    named = PersonId("".join(counting.of("line_manager")))
    author = facts.staff.get(PersonId("".join(counting.of("author")) or facts.requester))
    manager = facts.staff.get(named)
    if not named or (author and author.line_manager == named):
        return
    if author and author.line_manager:
        says = f"By the staff directory, the line manager is {name_of(author.line_manager, facts)}."
        yield Flag(key="line_manager", says=says, clause="form.line_manager")
    elif author:
        says = f"The staff directory names no line manager for {author.name}."
        yield Flag(key="no_line_manager", says=says, clause="form.line_manager")
    if manager and not manager.manages:
        says = f"By the staff directory, {manager.name} is no line manager here."
        yield Flag(key="manages_nobody", says=says, clause="form.line_manager")
