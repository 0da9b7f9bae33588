"""The shipped edition is whole: nothing of the policy is missing, doubled, dangling or allowed by accident."""

from __future__ import annotations

import pytest

from policy_kb.clause import Clause, ClauseRef
from policy_kb.edition_files import load_items, load_roles
from policy_kb.toml_entries import parse_ref
from policy_kb.view import PolicyView, load_view
from policy_kb.words import Force, Role, Verdict

# Written out by hand from the policy, so that an item lost from the edition cannot take its number with it.
NUMBERS = (
    "1.1",
    *("2.1", "2.2", "2.3", "2.4"),
    "3.1",
    *("4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8", "4.9", "4.10", "4.11", "4.12"),
    *("5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "5.8", "5.9", "5.10", "5.11", "5.12", "5.13"),
    *("6.1", "6.2", "6.3", "6.4"),
    "7.1",
    *("A.1.1", "A.1.2", "A.1.3", "A.1.4", "A.1.5", "A.1.6", "A.1.7", "A.1.8"),
    *("A.2.1", "A.2.2", "A.2.3", "A.2.4", "A.2.5", "A.2.6", "A.2.7"),
    *("A.3.1", "A.3.2", "A.3.3", "A.3.4", "A.3.5", "A.3.6", "A.3.7", "A.3.8"),
    *("A.4.1", "A.4.2", "A.4.3", "A.4.4", "A.4.5", "A.4.6", "A.4.7", "A.4.8", "A.4.9", "A.4.10", "A.4.11"),
    *("A.5.1", "A.5.2", "A.5.3", "A.5.4", "A.5.5", "A.5.6", "A.5.7", "A.5.8", "A.5.9", "A.5.10"),
)
LIST_POINTS = (
    *("5.1(a)", "5.1(b)", "5.1(c)", "5.1(d)", "5.1(e)", "5.1(f)"),
    *("A.5.10(a)", "A.5.10(b)", "A.5.10(c)"),
)
FORM = (
    *("form", "form.department", "form.author", "form.line_manager"),
    *("form.purpose", "form.aims", "form.content", "form.audience", "form.contributors"),
    *("form.administrators", "form.moderators", "form.vetting", "form.host", "form.go_live", "form.closure"),
    *("form.advertise", "form.consent", "form.security", "form.approval"),
)
CHECKLIST = ("checklist", "checklist 1", "checklist 2", "checklist 3", "checklist 4")

# A clause that speaks with more than one force is several items, each with its own.
MIXED = {
    "4.2": {"(a)": Force.MUST_NOT, "(b)": Force.SHOULD_NOT},
    "5.3": {"(a)": Force.MAY, "(b)": Force.MUST_NOT},
    "5.5": {"(a)": Force.MUST_NOT, "(b)": Force.MUST},
    "A.4.11": {"(a)": Force.MUST_NOT, "(b)": Force.MAY, "(c)": Force.MUST},
}
# The only items that permit anything. Adding one here is a decision for the policy owner.
PERMISSIONS = {"4.1", "5.3(a)", "A.4.11(b)"}
# A.3.1 speaks of authorised people and leaves open who authorises them (I-51).
NOBODY_NAMED_TO_APPROVE = {"A.3.1"}
# Elsewhere any one of those named is enough, as in 4.3.
ALL_MUST_APPROVE = {"A.3.5", "form.approval"}


@pytest.fixture(scope="module")
def view() -> PolicyView:
    return load_view()


@pytest.fixture(scope="module")
def items(view: PolicyView) -> tuple[Clause, ...]:
    return tuple(view.items.values())


def test_the_policy_has_eighty_numbered_clauses() -> None:
    assert len(set(NUMBERS)) == len(NUMBERS) == 80


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_of_the_policy_has_its_item(number: str, items: tuple[Clause, ...]) -> None:
    assert number in {item.ref.id for item in items}


@pytest.mark.parametrize("point", [*LIST_POINTS, *FORM, *CHECKLIST, "front"])
def test_every_list_point_form_field_and_checklist_point_has_its_item(point: str, view: PolicyView) -> None:
    assert parse_ref(point) in view.items


def test_the_edition_holds_nothing_the_policy_does_not_have(items: tuple[Clause, ...]) -> None:
    parts = {f"{number}{part}" for number, forces in MIXED.items() for part in forces}
    known = {*NUMBERS, *LIST_POINTS, *FORM, *CHECKLIST, "front", *parts} - MIXED.keys()

    assert {str(item.ref) for item in items} == known


def test_items_stand_in_the_order_the_policy_prints_them() -> None:
    numbers = list(dict.fromkeys(str(item.ref.id) for item in load_items() if not item.ref.id.startswith("form")))

    assert numbers == ["front", *NUMBERS, "checklist"]


def test_no_item_points_at_an_item_that_is_not_there(view: PolicyView, items: tuple[Clause, ...]) -> None:
    pointed_at = {ref for item in items for ref in (*item.exceptions, *item.neighbours)}

    assert pointed_at - view.items.keys() == set()


def test_no_case_rule_follow_up_or_question_back_points_at_an_item_that_is_not_there(view: PolicyView) -> None:
    cases = {ref for case in view.cases for ref in (case.item, *case.also)}
    rules = {ref for rule in (*view.red_lines, *view.misfits, *view.beyond, *view.named) for ref in rule.items}
    options = {option.leads for question in view.questions_back for option in question.options}
    switches = view.follow_ups.switches
    led = {ref for one in switches for ref in one.leaves} | {one.leads for one in switches if one.leads}

    assert (cases | rules | options | led) - view.items.keys() == set()


def test_every_part_a_question_can_be_about_is_an_item(view: PolicyView) -> None:
    choices = {
        ClauseRef(item, part)
        for item, rule in view.parts.items()
        for part in (rule.default, *(part for part, _ in rule.choices))
    }

    assert choices - view.items.keys() == set()


def test_no_item_is_its_own_neighbour_or_exception(items: tuple[Clause, ...]) -> None:
    assert [str(item.ref) for item in items if item.ref in (*item.exceptions, *item.neighbours)] == []


def test_an_item_and_the_register_agree_on_where_each_defect_stands(view: PolicyView) -> None:
    by_item = {(str(item.ref), defect) for item in view.items.values() for defect in item.defects}
    by_register = {(str(ref), defect.id) for defect in view.defects.values() for ref in defect.where}

    assert by_item == by_register


def test_the_register_of_defects_counts_on_without_a_gap(view: PolicyView) -> None:
    assert list(view.defects) == [f"I-{number:02}" for number in range(1, 56)]


@pytest.mark.parametrize("number", MIXED)
def test_a_clause_of_mixed_force_is_in_parts_each_with_its_own(number: str, items: tuple[Clause, ...]) -> None:
    assert {item.ref.part: item.force for item in items if item.ref.id == number} == MIXED[number]


def test_nobody_is_named_to_approve_what_the_policy_forbids(items: tuple[Clause, ...]) -> None:
    forbidden = [item for item in items if item.verdict is Verdict.NO]

    assert forbidden
    assert [str(item.ref) for item in forbidden if item.decides] == []


def test_whatever_needs_approval_names_who_gives_it_unless_the_policy_does_not(items: tuple[Clause, ...]) -> None:
    unnamed = {str(item.ref) for item in items if item.verdict is Verdict.APPROVAL and not item.decides}

    assert unnamed == NOBODY_NAMED_TO_APPROVE


def test_one_approval_is_enough_except_where_the_policy_asks_for_several(items: tuple[Clause, ...]) -> None:
    assert {str(item.ref) for item in items if item.together} == ALL_MUST_APPROVE


def test_only_the_reviewed_items_permit_anything(items: tuple[Clause, ...]) -> None:
    assert {str(item.ref) for item in items if item.verdict is Verdict.YES} == PERMISSIONS


def test_a_prohibition_never_answers_with_a_permission_or_mere_advice(items: tuple[Clause, ...]) -> None:
    barred = [item for item in items if item.force in {Force.MUST_NOT, Force.SHOULD_NOT}]
    firm = {Verdict.NO, Verdict.APPROVAL, Verdict.REQUIRED}

    assert barred
    assert [str(item.ref) for item in barred if item.verdict not in firm] == []


def test_an_item_that_permits_says_under_what_conditions(items: tuple[Clause, ...]) -> None:
    assert [str(item.ref) for item in items if item.verdict is Verdict.YES and not item.unless] == []


def test_an_answer_is_one_sentence_and_a_heading_at_most_six_words(items: tuple[Clause, ...]) -> None:
    assert [str(item.ref) for item in items if not item.answer.endswith(".") or ". " in item.answer] == []
    assert [item.heading for item in items if len(item.heading.split()) > 6] == []


def test_the_shipped_words_never_pass_for_the_trusts_own(items: tuple[Clause, ...]) -> None:
    assert [str(item.ref) for item in items if item.official] == []


def test_every_role_has_one_title() -> None:
    assert sorted(role.role for role in load_roles()) == sorted(Role)


def test_no_way_of_putting_a_question_makes_an_item_permit_or_leave_it_open(view: PolicyView) -> None:
    plain = {Verdict.NO, Verdict.APPROVAL, Verdict.REQUIRED, Verdict.ADVISED, Verdict.INFO}

    for item in view.items.values():
        assert set(item.may_be) <= plain - {item.verdict}, item.ref
