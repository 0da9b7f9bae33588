"""A form as data: its sections and questions, who decides in which order, and what each rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from policy_kb.request_words import AnswerKind, EditClass, StepKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_kb.clause import ClauseRef
    from policy_kb.request_words import FormKey, QuestionKey, StepKey
    from policy_kb.words import Role, SettingId, SettingType

Value: TypeAlias = tuple[str, ...]
"""
An answer, whatever its kind: nothing where the question was skipped; one text for a text, a number, a choice
(the option's key), `yes` or `no`, a person's id or a day (`2026-11-24`); several for ticks and people;
two for ages, the youngest first.
"""

Answers: TypeAlias = "Mapping[QuestionKey, Value]"
"""What was answered so far; a question that is missing was not asked yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that can be chosen or ticked; on a date it stands for having none."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Holds where the answer to a question, or one of its ticks, is among some values."""

    question: QuestionKey
    values: tuple[str, ...]

    def holds(self, answers: Answers) -> bool:
        """Tell whether it holds for what was answered so far."""
        return bool(set(self.values) & set(answers.get(self.question, ())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions that stand together on the form."""

    key: str
    title: str
    on_paper: bool  # False: the policy also asks you to think about this


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a form."""

    key: QuestionKey
    section: str
    label: str  # short, as printed where it is printed
    asks: str  # the question as the bot puts it
    hint: str  # what a good answer looks like; may be empty
    why: str  # why it is asked, in a sentence
    clause: ClauseRef  # what asks for it
    kind: AnswerKind
    options: tuple[Option, ...] = ()
    when: tuple[Condition, ...] = ()  # asked where any holds; always where there is none
    needed: bool = True
    default: str = ""  # whence a first suggestion comes: asker, line_manager, department or setting
    checks: tuple[str, ...] = ()  # names of checks in `form_checks`
    edit: EditClass = EditClass.MINOR

    def is_asked(self, answers: Answers) -> bool:
        """Tell whether the question applies to what was answered so far."""
        return not self.when or any(condition.holds(answers) for condition in self.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """
    One step of a route.

    `by` is a role, or one of the words of `BY`: the setting's final approver, or the person whom an answer names.
    `otherwise` has roles, or words of `OTHERWISE`: whom the setting names as final approver, or to stand in.
    """

    key: StepKey
    kind: StepKind
    by: Role | str
    after: tuple[StepKey, ...]  # the steps that must be done before this one is asked
    title: str  # "Line manager's approval"
    asks: str  # what the person is asked to say, as a sentence
    clause: ClauseRef
    box: str = ""  # the label of its box on paper
    facts: tuple[Question, ...] = ()  # what is recorded with it
    when: tuple[Condition, ...] = ()
    is_final: bool = False  # the last word: nothing is approved without it
    or_by: tuple[Role | str, ...] = ()  # who may say it as well: any one of them will do
    otherwise: tuple[Role | str, ...] = ()  # who can be chosen where nobody else may say it; never asked by itself

    def is_needed(self, answers: Answers) -> bool:
        """Tell whether what is asked for needs this step."""
        return not self.when or any(condition.holds(answers) for condition in self.when)


FINAL_APPROVER = "final_approver"
THE_LINE_MANAGER = "answer:line_manager"
THE_AUTHOR = "answer:author"
BY = (FINAL_APPROVER, THE_LINE_MANAGER, THE_AUTHOR)
STANDS_IN = "stands_in"
OTHERWISE = (FINAL_APPROVER, STANDS_IN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Who is asked, for some types of setting or for some settings by name."""

    steps: tuple[Step, ...]  # in the order the boxes are printed
    setting_types: tuple[SettingType, ...] = ()
    settings: tuple[SettingId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What can be asked for: its questions, and its routes."""

    key: FormKey
    title: str  # "Social media site"
    called: str  # in a sentence: "a new social media site"
    opens: str  # what is said before the first question
    clause: ClauseRef
    answers: tuple[ClauseRef, ...]  # the clauses under whose answers a button offers this form
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]  # in the form's order
    routes: tuple[Route, ...]
    goes_live: bool = False  # what is approved is created afterwards, and has a day it goes live

    def question(self, key: QuestionKey) -> Question:
        """Return one question; KeyError where the form has none of this name."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)

    def asked(self, answers: Answers) -> tuple[Question, ...]:
        """Return the questions that apply to what was answered so far, in order."""
        return tuple(question for question in self.questions if question.is_asked(answers))

    def route_for(self, setting_type: SettingType, setting_id: SettingId) -> Route:
        """Return the route of a setting: its own, else its type's; LookupError where there is none."""
        for route in self.routes:
            if setting_id in route.settings:
                return route
        for route in self.routes:
            if setting_type in route.setting_types:
                return route
        raise LookupError(f"the form '{self.key}' has no route for {setting_id}")
