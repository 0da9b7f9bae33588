"""The forms that ship: what the policy's own form prints is asked, and who decides is who the policy names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_kb.form_labels import load_form_labels
from policy_kb.request_words import AnswerKind, EditClass, FormKey, QuestionKey, StepKind
from policy_kb.rules.form import FINAL_APPROVER, THE_AUTHOR, THE_LINE_MANAGER
from policy_kb.words import Role, SettingId, SettingType, Verdict
from tests.policy_kb.forms import SITE, VIEW, answered

if TYPE_CHECKING:
    from policy_kb.clause import ClauseRef
    from policy_kb.request_words import StepKey
    from policy_kb.rules.form import Form, Step

FORMS = tuple(VIEW.forms.values())
TICKS = ["pupils", "staff", "families", "other_pupils", "organisations", "public", "others"]
PRINTED = [
    "setting", "department", "author", "line_manager",
    "purpose", "aims", "content",
    "audience", "audience_ages", "audience_schools", "audience_organisations", "audience_others",
    "contributors", "contributor_ages", "contributor_schools", "contributor_others",
    "administrators", "moderators", "vetting", "host", "host_name", "go_live", "closure", "review_on",
    "no_end_reason", "advertise", "learning_disabilities", "consent", "security",
]  # fmt: skip
SUPPORTING = [
    "interaction", "hours", "exit_plan", "success", "success_on", "rules_draft", "minimum_age_checked",
    "vulnerable", "intervention_plan", "own_logins", "logo", "logo_where", "guidance_2008",
]  # fmt: skip
MATERIAL = [
    "purpose", "aims", "content", "audience", "audience_ages", "contributors", "contributor_ages", "vetting",
    "host", "host_name", "closure", "consent", "security",
]  # fmt: skip


def the_site_steps() -> dict[StepKey, Step]:
    return {step.key: step for step in SITE.routes[0].steps}


def keys_asked(**changes: tuple[str, ...]) -> list[str]:
    return [question.key for question in SITE.asked(answered(**changes))]


def test_there_are_eight_approvals_to_ask_for() -> None:
    assert sorted(VIEW.forms) == [
        "advertising", "commitment", "content", "friend", "logo", "site", "speaking", "third_party",
    ]  # fmt: skip


@pytest.mark.parametrize("field", [field for field in load_form_labels().fields if field != "form.approval"])
def test_every_field_of_the_policys_own_form_is_asked_under_its_printed_label(field: str) -> None:
    pattern = next(pattern for name, pattern in load_form_labels().fields.items() if name == field)

    labels = [question.label.casefold() for question in SITE.questions]

    assert any(pattern.fullmatch(label.rstrip(" :")) for label in labels)


def test_the_site_form_asks_in_the_order_of_the_paper_form_and_then_what_else_the_policy_asks() -> None:
    assert [question.key for question in SITE.questions] == [*PRINTED, *SUPPORTING]


def test_what_the_paper_form_does_not_print_stands_under_a_heading_of_its_own() -> None:
    on_paper = {section.key for section in SITE.sections if section.on_paper}

    assert [question.key for question in SITE.questions if question.section in on_paper] == PRINTED
    assert SITE.sections[-1].title == "The policy also asks you to think about"


@pytest.mark.parametrize("key", ["audience", "contributors"])
def test_audience_and_contributors_have_the_seven_boxes_of_the_form(key: str) -> None:
    assert [option.key for option in SITE.question(QuestionKey(key)).options] == TICKS


@pytest.mark.parametrize("key", MATERIAL)
def test_a_change_of_what_was_approved_asks_everybody_again(key: str) -> None:
    assert SITE.question(QuestionKey(key)).edit is EditClass.MATERIAL


@pytest.mark.parametrize("key", ["administrators", "moderators", "go_live"])
def test_other_people_or_another_first_day_need_one_tap_of_the_head(key: str) -> None:
    assert SITE.question(QuestionKey(key)).edit is EditClass.PEOPLE


def test_another_department_is_only_told() -> None:
    assert SITE.question(QuestionKey("department")).edit is EditClass.MINOR


def test_an_ordinary_form_has_about_25_questions() -> None:
    assert len(keys_asked()) in range(22, 30)


def test_a_site_for_pupils_asks_for_ages_and_for_their_safety() -> None:
    asked = keys_asked(audience=("pupils",), contributors=("pupils",))

    assert {"audience_ages", "contributor_ages", "consent", "minimum_age_checked", "vulnerable"} <= set(asked)


def test_a_site_only_staff_and_families_read_asks_no_ages_and_no_consent() -> None:
    asked = keys_asked()

    assert not {"audience_ages", "contributor_ages", "consent", "vetting", "advertise", "vulnerable"} & set(asked)


@pytest.mark.parametrize("tick", ["families", "other_pupils", "organisations", "public", "others"])
def test_everybody_but_our_pupils_and_staff_counts_as_external(tick: str) -> None:
    asked = keys_asked(contributors=(tick,))

    assert {"vetting", "advertise"} <= set(asked)


def test_adults_with_learning_disabilities_bring_the_question_of_consent() -> None:
    assert "consent" in keys_asked(learning_disabilities=("yes",))


def test_no_end_date_yet_asks_for_a_review_day_and_a_reason() -> None:
    assert {"review_on", "no_end_reason"} <= set(keys_asked(closure=("none",)))
    assert not {"review_on", "no_end_reason"} & set(keys_asked())


def test_a_third_party_is_named_and_needs_a_plan_and_the_academy_is_not() -> None:
    assert {"host_name", "intervention_plan"} <= set(keys_asked(host=("third_party",)))
    assert not {"host_name", "intervention_plan"} & set(keys_asked(host=("academy",)))


def test_the_line_manager_is_asked_first_and_the_head_after_everybody_else() -> None:
    steps = the_site_steps()

    assert [key for key, step in steps.items() if step.after == ("line_manager",)] == [
        "deputy_dpo", "slt_consulted", "dpo_consulted", "brand",
    ]  # fmt: skip
    assert [key for key, step in steps.items() if step.is_final] == ["head"]
    assert next(step.after for key, step in steps.items() if key == "head") == tuple(
        key for key in steps if key != "head"
    )


def test_the_three_boxes_print_in_the_order_of_the_form() -> None:
    boxes = [step.box for step in SITE.routes[0].steps if step.box]

    assert boxes == ["Line Manager", "Principal / Service Manager", "Deputy Data Protection Officer"]


def test_each_step_goes_to_whom_the_policy_names() -> None:
    asked = {str(key): (step.kind, step.by) for key, step in the_site_steps().items()}

    assert asked == {
        "author_confirms": (StepKind.CONFIRMS, THE_AUTHOR),
        "line_manager": (StepKind.DECIDES, THE_LINE_MANAGER),
        "head": (StepKind.DECIDES, FINAL_APPROVER),
        "deputy_dpo": (StepKind.DECIDES, Role.DEPUTY_DPO),
        "slt_consulted": (StepKind.RECORDS, Role.SLT),
        "dpo_consulted": (StepKind.RECORDS, Role.DPO),
        "brand": (StepKind.DECIDES, Role.SLT),
    }


def test_the_senior_leadership_team_approves_the_brand_only_where_it_is_used() -> None:
    brand = next(step for step in SITE.routes[0].steps if step.key == "brand")

    assert brand.is_needed(answered(logo=("yes",)))
    assert not brand.is_needed(answered(logo=("no",)))


def test_what_was_said_in_the_consultations_is_recorded() -> None:
    facts = {str(step.key): [fact.key for fact in step.facts] for step in SITE.routes[0].steps if step.facts}

    assert facts == {"slt_consulted": ["discussed_on", "discussed_with"], "dpo_consulted": ["dpia", "dpia_reference"]}


@pytest.mark.parametrize(
    ("form", "asked"),
    [
        ("logo", [FINAL_APPROVER]),
        ("speaking", [FINAL_APPROVER, Role.HEAD_OF_SERVICE]),
        ("commitment", [Role.DEPUTY_CEO]),
        ("third_party", [FINAL_APPROVER]),
        ("content", [THE_LINE_MANAGER, FINAL_APPROVER]),
        ("advertising", [FINAL_APPROVER]),
        ("friend", [FINAL_APPROVER]),
    ],
)
def test_the_other_approvals_go_to_whom_their_clause_names(form: str, asked: list[str]) -> None:
    steps = VIEW.forms[FormKey(form)].routes[0].steps

    assert [by for step in steps for by in (step.by, *step.or_by)] == asked


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
@pytest.mark.parametrize("setting_type", SettingType)
def test_every_approval_can_be_asked_for_in_every_kind_of_setting(form: Form, setting_type: SettingType) -> None:
    assert form.route_for(setting_type, SettingId("elm-academy")).steps


@pytest.mark.parametrize("form", [form for form in FORMS if form.key != "site"], ids=lambda form: form.key)
def test_every_approval_but_a_site_has_a_day_it_ends(form: Form) -> None:
    assert form.question(QuestionKey("until")).kind is AnswerKind.DATE


@pytest.mark.parametrize("form", [form for form in FORMS if form.key != "site"], ids=lambda form: form.key)
def test_the_other_approvals_are_short(form: Form) -> None:
    assert len(form.questions) <= 10


ONLY_THE_OWNERS = "A.4.6"  # whoever made the work is asked, and they are not in the staff list


@pytest.mark.parametrize("ref", [ref for ref, item in VIEW.items.items() if item.verdict is Verdict.APPROVAL], ids=str)
def test_every_clause_that_asks_for_approval_offers_exactly_one_form(ref: ClauseRef) -> None:
    offered = [form.key for form in FORMS if ref in form.answers]

    assert len(offered) == (0 if str(ref) == ONLY_THE_OWNERS else 1)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_question_is_short_ends_as_a_sentence_and_says_why(form: Form) -> None:
    for question in form.questions:
        assert question.asks[-1] in ".?", question.key
        assert len(question.asks) <= 130, question.key
        assert question.why.endswith("."), question.key


def test_a_host_is_found_by_any_of_its_names_in_any_spelling() -> None:
    twitter = VIEW.hosts["X"]

    assert all(twitter.is_named_in(text) for text in ("x", "X", "twitter", "our Twitter page", "https://x.com/pe"))
    assert not any(twitter.is_named_in(text) for text in ("Box", "plan x for PE", "twittering"))


def test_every_host_in_the_table_has_an_age_that_could_be_one() -> None:
    assert all(host.youngest in range(13, 19) for host in VIEW.hosts.values())
