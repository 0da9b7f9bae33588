"""What whoever decides should see at a glance: risks, one person asked twice, somebody asked in another's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import wording
from handlers.calendars import school_calendar
from handlers.message import Alert, Note
from handlers.people_and_days import name_of
from handlers.requests import in_words
from handlers.requests.approvers import LINE_MANAGER, is_the_final_approvers_own, line_manager_asked
from policy_kb.request_words import AnswerKind, StepKind
from policy_kb.rules import form_flags
from policy_kb.rules.form import FINAL_APPROVER, THE_LINE_MANAGER
from policy_kb.rules.form_finding import CheckFacts, StaffFact
from policy_kb.rules.periods import CalendarError
from policy_kb.words import PersonId, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handlers.requests.matter import Matter
    from handlers.scene import SayScene
    from policy_kb.rules.form import Step
    from policy_kb.rules.school_calendar import SchoolCalendar

OF_PEOPLE = frozenset({AnswerKind.PERSON, AnswerKind.PEOPLE})


def flags(matter: Matter, scene: SayScene) -> tuple[Alert, ...]:
    """
    Return the risks of what is asked for, in one block; nothing where there are none.

    Policy: A.2.5, A.2.7, A.5.5, A.5.7
    """
    found = form_flags.flags(matter.form, matter.facts.answers, _check_facts(matter, scene))
    lines = tuple(wording.with_clause(flag.says, flag.clause) for flag in found)
    return (Alert(title="Look at this first:", lines=lines),) if lines else ()


def notes_for(matter: Matter, step: Step, scene: SayScene) -> tuple[Note, ...]:
    """Return what is unusual about asking this very person."""
    return (
        *_asked_twice(matter, step, scene),
        *_in_anothers_place(matter, step, scene),
        *_chosen(matter, step, scene),
    )


def _asked_twice(matter: Matter, step: Step, scene: SayScene) -> Iterator[Note]:
    reader = scene.person.id if scene.person else None
    others = [one for one in matter.steps if one.key != step.key and one.kind is StepKind.DECIDES]
    said = {decision.step for decision in matter.facts.counting() if decision.by == reader}
    asked = {one.key for one in matter.facts.steps if reader in {approver.person for approver in one.asked}}
    titles = [one.title for one in others if one.key in said or (one.key in asked and _is_for_one(one))]
    if titles:
        yield Note(
            text=f"You are also asked for: {', '.join(titles)}. Each is said by itself, and the record shows that "
            "one person said both."
        )


def _is_for_one(step: Step) -> bool:
    """Tell whether a step asks one person: where a whole group is asked, somebody else may well answer."""
    return step.by in {FINAL_APPROVER, THE_LINE_MANAGER}


def _in_anothers_place(matter: Matter, step: Step, scene: SayScene) -> Iterator[Note]:
    facts = matter.facts
    reader = scene.person.id if scene.person else None
    if step.by == THE_LINE_MANAGER:
        named = next(iter(facts.answers.get(LINE_MANAGER, ())), "")
        asked = line_manager_asked(facts, scene.uow, scene.today)
        if named and asked and asked.id == reader != named:
            yield Note(
                text=f"The form names {name_of(PersonId(named), scene.uow)} as line manager, who cannot decide here: "
                "so the next line manager above is asked."
            )
    setting = scene.uow.settings.get(facts.setting)
    if step.by == FINAL_APPROVER and setting and is_the_final_approvers_own(facts, setting):
        who = "whoever stands in decides" if setting.stands_in_id == reader else "somebody else decides"
        yield Note(text=f"The final approver of {setting.name} asks for this, so {who}.")


def _chosen(matter: Matter, step: Step, scene: SayScene) -> Iterator[Note]:
    """Yield who had the reader asked, why, and that the step is another role's where it is."""
    reader = scene.person.id if scene.person else None
    to_them = [
        one for one in scene.uow.requests.reassignments(matter.facts.id) if (one.step, one.to_id) == (step.key, reader)
    ]
    if not to_them:
        return
    handed, kind = to_them[-1], matter.facts.setting_type
    yield Note(text=f"{name_of(handed.by_id, scene.uow)} had you asked for this: “{handed.reason}”.")
    if isinstance(step.by, Role) and handed.role not in (step.by, *step.or_by):
        asks, signs = (in_words.role_title(role, kind, scene) for role in (step.by, handed.role))
        yield Note(text=f"This is for the {asks} to say ({step.clause}). You sign as {signs}, and the record shows it.")


def _check_facts(matter: Matter, scene: SayScene) -> CheckFacts:
    setting = scene.uow.settings.get(matter.facts.setting)
    return CheckFacts(
        today=scene.today,
        setting=setting.name if setting else matter.facts.setting,
        setting_type=matter.facts.setting_type,
        requester=matter.facts.requester,
        staff=_staff(matter, scene),
        hosts=scene.view.hosts,
        calendar=_calendar(matter, scene),
    )


def _staff(matter: Matter, scene: SayScene) -> Mapping[PersonId, StaffFact]:
    keys = [question.key for question in matter.form.questions if question.kind in OF_PEOPLE]
    named = [PersonId(one) for key in keys for one in matter.facts.answers.get(key, ())]
    people = (scene.uow.people.get(one) for one in dict.fromkeys((*named, matter.facts.author)))
    return {
        one.id: StaffFact(
            name=one.name,
            in_post=one.is_in_post(scene.today),
            works=one.pattern.strip("-") != "",
            line_manager=one.line_manager_id,
            manages=any(
                held.role is Role.LINE_MANAGER and held.setting_id in {None, matter.facts.setting}
                for held in one.held_on(scene.today)
            ),
        )
        for one in people
        if one
    }


def _calendar(matter: Matter, scene: SayScene) -> SchoolCalendar | None:
    setting = scene.uow.settings.get(matter.facts.setting)
    try:
        return school_calendar(setting, scene.uow.settings.calendar(setting.id)) if setting else None
    except CalendarError:
        return None
