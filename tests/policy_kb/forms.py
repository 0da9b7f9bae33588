"""What tests of forms share: an answered site form, and what is known beside it."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from policy_kb.request_words import FormKey, QuestionKey
from policy_kb.rules.form_checks import CheckFacts, Finding, StaffFact, check_answer
from policy_kb.view import load_view
from policy_kb.words import PersonId, SettingType
from tests.policy_kb.rules.calendars import ELM_PARK

if TYPE_CHECKING:
    from policy_kb.rules.form import Answers, Value

VIEW = load_view()
SITE = VIEW.forms[FormKey("site")]
TODAY = date(2026, 11, 24)  # a Tuesday in term

TEACHER = PersonId("tom-sample")
MANAGER = PersonId("lin-example")
SAM = PersonId("sam-example")
PRIYA = PersonId("priya-sample")
GOVERNOR = PersonId("gus-example")
LEAVER = PersonId("lee-sample")

STAFF = {
    TEACHER: StaffFact(name="Tom Sample", in_post=True, works=True, line_manager=MANAGER),
    MANAGER: StaffFact(name="Lin Example", in_post=True, works=True),
    SAM: StaffFact(name="Sam Example", in_post=True, works=True),
    PRIYA: StaffFact(name="Priya Sample", in_post=True, works=True),
    GOVERNOR: StaffFact(name="Gus Example", in_post=True, works=False),
    LEAVER: StaffFact(name="Lee Sample", in_post=False, works=False),
}

GOOD_ANSWERS: Answers = MappingProxyType(
    {
        QuestionKey("setting"): ("elm-academy",),
        QuestionKey("department"): ("PE",),
        QuestionKey("author"): (TEACHER,),
        QuestionKey("line_manager"): (MANAGER,),
        QuestionKey("purpose"): ("To tell families about fixtures and results of our teams.",),
        QuestionKey("aims"): ("More families at matches and fewer phone calls.",),
        QuestionKey("content"): ("Fixtures, results and photos of trophies.",),
        QuestionKey("audience"): ("staff", "families"),
        QuestionKey("contributors"): ("staff",),
        QuestionKey("administrators"): (TEACHER, SAM),
        QuestionKey("moderators"): (SAM, PRIYA),
        QuestionKey("host"): ("third_party",),
        QuestionKey("host_name"): ("Instagram",),
        QuestionKey("go_live"): ("2027-01-18",),
        QuestionKey("closure"): ("2027-07-20",),
        QuestionKey("learning_disabilities"): ("no",),
        QuestionKey("security"): ("A private account, and every follower is looked at.",),
        QuestionKey("interaction"): ("comments",),
        QuestionKey("exit_plan"): ("Tell the followers, save the photos, remove the page.",),
        QuestionKey("intervention_plan"): ("Whoever is on duty hides the comment and tells the head.",),
        QuestionKey("own_logins"): ("yes",),
        QuestionKey("logo"): ("yes",),
    }
)


def answered(**changes: Value) -> dict[QuestionKey, Value]:
    """Return a site form that raises no finding, with some answers given differently."""
    return {**GOOD_ANSWERS, **{QuestionKey(key): value for key, value in changes.items()}}


def facts(
    *, setting_type: SettingType = SettingType.ACADEMY, requester: PersonId = TEACHER, today: date = TODAY
) -> CheckFacts:
    return CheckFacts(
        today=today,
        setting="Elm Academy (sample)",
        setting_type=setting_type,
        requester=requester,
        staff=STAFF,
        hosts=VIEW.hosts,
        calendar=ELM_PARK if setting_type is SettingType.ACADEMY else None,
    )


def found(key: str, *value: str, known: CheckFacts | None = None, **others: Value) -> tuple[Finding, ...]:
    """Return what is found when one question of the site form is answered, the others as in a good form."""
    return check_answer(SITE, SITE.question(QuestionKey(key)), value, answered(**others), known or facts())


def names(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.check, finding.force) for finding in findings]
