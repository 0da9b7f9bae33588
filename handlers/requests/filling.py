"""A form that somebody is filling in: whose it is, what it knows, and what its questions offer to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.calendars import school_calendar
from handlers.requests.reading import OF_PEOPLE, Surroundings
from policy_kb.request_words import AnswerKind, QuestionKey, RequestId
from policy_kb.rules.form import Option
from policy_kb.rules.form_checks import CheckFacts, Finding, Force, StaffFact, check_all, check_answer
from policy_kb.rules.london import london_date
from policy_kb.rules.periods import CalendarError
from policy_kb.words import PersonId

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from policy_kb.rules.form import Form, Question, Value
    from policy_kb.rules.school_calendar import SchoolCalendar
    from policy_kb.view import PolicyView
    from storage.person import Person
    from storage.request import Draft
    from storage.settings import Setting
    from storage.unit_of_work import UnitOfWork

SETTING = QuestionKey("setting")
AUTHOR = QuestionKey("author")
ABOUT = re.compile(r"([1-9][0-9]{0,8})(?::([a-z][a-z0-9_]{0,39}))?(?::(.{0,400}))?", re.DOTALL)
MOST_OFFERED = 100  # people in one control; anybody else can be typed


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAbout:
    """What a button of a form, or something said of it, is about; nothing of it is known to be so."""

    request: RequestId
    question: str = ""
    what: str = ""  # an option, or what came before


def read_about(about: str) -> FormAbout | None:
    """Return what is meant: ``12``, ``12:host``, ``12:host:third_party``; None where it can be nothing of the kind."""
    found = ABOUT.fullmatch(about)
    if found is None:
        return None
    return FormAbout(request=RequestId(int(found[1])), question=found[2] or "", what=found[3] or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A request as whoever fills it in has it before them."""

    draft: Draft
    form: Form
    person: Person  # who fills it in
    view: PolicyView
    uow: UnitOfWork
    now: datetime

    @property
    def today(self) -> date:
        """Return the day it is in London."""
        return london_date(self.now)

    def setting(self) -> Setting:
        """Return the setting that is asked for."""
        found = self.uow.settings.get(self.draft.setting_id)
        return found or self.person.setting

    def calendar(self) -> SchoolCalendar | None:
        """Return the calendar of the setting; None where it contradicts itself or nobody imported one."""
        try:
            found = school_calendar(self.setting(), self.uow.settings.calendar(self.draft.setting_id))
        except CalendarError:
            return None
        return found if found.periods or found.is_open_all_year else None

    def options(self, question: Question) -> tuple[Option, ...]:
        """Return what can be chosen: the form's own options, or the settings this person works in."""
        if question.key == SETTING:
            return tuple(Option(key=one.id, label=one.name) for one in self.person.settings)
        return question.options

    def staff(self) -> tuple[Person, ...]:
        """Return everybody in post: of the department first, then of the setting, then of the trust."""
        here = self.draft.setting_id

        def far(person: Person) -> tuple[bool, bool, str]:
            at_setting = any(place.id == here for place in person.settings)
            same = person.department == self.person.department
            return not at_setting, not (at_setting and same), person.name

        return tuple(sorted(self.uow.people.in_post(self.today), key=far))

    def offered(self) -> tuple[Person, ...]:
        """Return the people a control offers: those of the setting, those of the department first."""
        here = self.draft.setting_id
        of_setting = (one for one in self.staff() if any(place.id == here for place in one.settings))
        return tuple(of_setting)[:MOST_OFFERED]

    def surroundings(self, question: Question) -> Surroundings:
        """Return what reading an answer to a question needs."""
        return Surroundings(
            today=self.today,
            asker=self.person,
            setting=self.draft.setting_id,
            options=self.options(question),
            people=self.staff() if question.kind in OF_PEOPLE else (),
            calendar=self.calendar() if question.kind is AnswerKind.DATE else None,
        )

    def findings(self, question: Question, value: Value) -> tuple[Finding, ...]:
        """Return what the checks have to say to an answer."""
        people = value if question.kind in OF_PEOPLE else ()
        return check_answer(self.form, question, value, self.draft.answers, self._facts(people))

    def all_findings(self) -> tuple[tuple[Question, Finding], ...]:
        """Return what the checks have to say to the whole form."""
        return check_all(self.form, self.draft.answers, self._facts(()))

    def stopping(self) -> tuple[tuple[Question, Finding], ...]:
        """Return what keeps the form from being sent: what stops it, and doubts that nobody has settled."""
        return tuple(
            (question, finding)
            for question, finding in self.all_findings()
            if finding.force is Force.STOPS or (finding.force is Force.DOUBTS and question.key not in self.draft.kept)
        )

    def suggestion(self, question: Question) -> tuple[str, Value]:
        """Return what is most likely the answer, in words and as one; nothing where nobody knows."""
        author = self.uow.people.get(self.draft.author_id) or self.person
        if question.default == "department":
            return author.department, (author.department,) if author.department else ()
        if question.default == "asker":
            return _called(self.person), (self.person.id,)
        manager = self.uow.people.get(author.line_manager_id) if author.line_manager_id else None
        if question.default == "line_manager" and manager and manager.is_in_post(self.today):
            return _called(manager), (manager.id,)
        return "", ()

    def before(self, question: Question) -> Value | None:
        """Return the answer to a question in the request this one was started from."""
        older = self.uow.requests.facts(self.draft.started_from) if self.draft.started_from else None
        return older.answers.get(question.key) if older else None

    def _facts(self, people: Iterable[str]) -> CheckFacts:
        setting = self.setting()
        return CheckFacts(
            today=self.today,
            setting=setting.name,
            setting_type=setting.type,
            requester=self.draft.requester_id,
            staff=self._staff_facts(people),
            hosts=self.view.hosts,
            calendar=self.calendar(),
        )

    def _staff_facts(self, more: Iterable[str]) -> Mapping[PersonId, StaffFact]:
        about_people = (question for question in self.form.questions if question.kind in OF_PEOPLE)
        named = [one for question in about_people for one in self.draft.answers.get(question.key, ())]
        people = (self.uow.people.get(PersonId(one)) for one in dict.fromkeys((*named, *more)))
        return {one.id: _staff_fact(one, self.today) for one in people if one}


def filling_of(
    request_id: RequestId, person: Person | None, view: PolicyView, uow: UnitOfWork, *, now: datetime
) -> Filling | None:
    """
    Return a request to fill in; None where there is none, or it is somebody else's.

    What was never sent is the requester's alone; what was sent is also that of whom it was sent for.
    """
    draft = uow.requests.get(request_id)
    if person is None or draft is None or draft.form not in view.forms:
        return None
    sent = uow.requests.version(request_id, draft.version)
    if person.id not in {draft.requester_id, sent.author_id if sent else draft.requester_id}:
        return None
    return Filling(draft=draft, form=view.forms[draft.form], person=person, view=view, uow=uow, now=now)


def person_label(person: Person) -> str:
    """Return somebody as a control offers them: the name and the post."""
    return _called(person)[:75]


def _called(person: Person) -> str:
    return f"{person.name}, {person.post}" if person.post else person.name


def _staff_fact(person: Person, today: date) -> StaffFact:
    return StaffFact(
        name=person.name,
        in_post=person.is_in_post(today),
        works=person.pattern.strip("-") != "",
        line_manager=person.line_manager_id,
    )
