"""The record of a request: the form as it is printed, and a code that changes with every word."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.paper.draw import draw
from handlers.requests.record import NoSuchRequest, record_of
from policy_kb.request_words import FormKey, QuestionKey, RequestId
from tests.handlers.requests.office import (
    AISHA,
    GRACE,
    HEAD,
    LM,
    PRIYA,
)
from tests.handlers.requests.paperwork import box, details, record, rows, words

if TYPE_CHECKING:
    from tests.handlers.requests.office import Office

DAY = timedelta(days=1)
EVERYTHING = {
    "audience": ("pupils", "staff", "families", "other_pupils", "organisations", "public", "others"),
    "audience_ages": ("13", "16"),
    "audience_schools": ("Birch School",),
    "audience_organisations": ("The county's hockey association",),
    "audience_others": ("Former pupils",),
    "contributors": ("families",),
}


def approved(office: Office) -> RequestId:
    """Let a request be approved, a day after it was sent."""
    request_id = office.sent()
    office.wait(DAY)
    office.up_to_the_head(request_id)
    office.push(GRACE, office.card(GRACE, HEAD), "Approve", comment="A good plan.")
    return request_id


@pytest.mark.parametrize("answers", [{}, EVERYTHING])
def test_every_label_of_the_form_for_a_site_can_be_read_in_the_pdf(
    office: Office, answers: dict[str, tuple[str, ...]]
) -> None:
    request_id = office.sent(PRIYA, AISHA, **answers)
    with office.database.begin() as uow:
        form = office.desk.reading(uow).view.forms[FormKey("site")]
    printed = {section.key for section in form.sections if section.on_paper}

    text = words(office, request_id)

    assert [section.title for section in form.sections if section.title not in text] == []
    labels = [question.label for question in form.questions if question.section in printed]
    options = [choice.label for question in form.questions if question.kind == "ticks" for choice in question.options]
    boxes = [step.box for route in form.routes for step in route.steps]
    assert [label for label in (*labels, *options, *boxes) if label not in text] == []


def test_the_details_of_a_tick_stand_beside_it(office: Office) -> None:
    request_id = office.sent(PRIYA, AISHA, **EVERYTHING)

    text = words(office, request_id)

    assert "Pupils of the Academy (ticked) Audience: age range of pupils: 13 to 16" in text
    assert "Pupils from other Schools (ticked) Audience: names of Schools: Birch School" in text


def test_what_was_not_asked_is_not_applicable_and_what_was_skipped_is_not_given(office: Office) -> None:
    answers = rows(record(office, office.sent()))

    assert answers["Who will vet external contributors?"] == "Not applicable"
    assert answers["Review date, where there is no end date"] == "Not applicable"
    assert answers["Hours a week"] == "Not given"


def test_what_the_policy_asks_beside_the_form_comes_after_the_boxes(office: Office) -> None:
    text = words(office, office.sent())

    order = (
        "Team details",
        "Administration of the site",
        "Not signed",
        "The policy also asks you to think about",
    )
    places = [text.index(title) for title in order]
    assert places == sorted(places)
    assert "Exit plan" in text[places[-1] :]


def test_the_boxes_stand_in_the_forms_order_each_with_the_day_it_was_truly_signed(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    office.wait(DAY)
    made = record(office, request_id)

    assert [one["title"] for one in made["boxes"]] == [
        "Line Manager",
        "Principal / Service Manager",
        "Deputy Data Protection Officer",
    ]
    signed = box(office, request_id, "Line Manager")
    assert signed["Name"] == "Aisha Sample, Line Manager"
    assert signed["Date"] == "24 November 2026, 09:30"
    assert signed["Signature"].startswith("Approved version 1. ")


def test_a_box_that_nobody_signed_says_so(office: Office) -> None:
    request_id = office.sent()

    assert box(office, request_id, "Principal / Service Manager") == {"Name": "", "Signature": "Not signed", "Date": ""}
    assert box(office, request_id, "Data Protection Officer consulted")["Signature"] == "Not recorded"


def test_the_consultations_stand_in_it_with_what_was_recorded(office: Office) -> None:
    request_id = approved(office)

    team = box(office, request_id, "Senior leadership team consulted")
    officer = box(office, request_id, "Data Protection Officer consulted")
    assert (team["Discussed on"], team["Discussed with"]) == ("23 November 2026", "Grace and Nadia")
    assert (officer["Name"], officer["Impact assessment needed"]) == ("Martin Example, Data Protection Officer", "No")


def test_while_nothing_happens_the_record_is_the_same_to_the_last_byte(office: Office) -> None:
    request_id = approved(office)
    before = record(office, request_id)
    office.wait(30 * DAY)

    assert record(office, request_id) == before
    assert draw(record(office, request_id)) == draw(before)


def test_every_change_of_what_it_says_changes_its_code(office: Office) -> None:
    request_id = office.sent()
    codes = [record(office, request_id)["code"]]
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    codes.append(record(office, request_id)["code"])
    office.change(request_id, aims=("Fewer letters home.",))
    codes.append(record(office, request_id)["code"])

    assert len(set(codes)) == len(codes)


def test_a_draft_has_a_record_that_calls_itself_one(office: Office) -> None:
    made = record(office, office.draft())

    assert made["standing"] == "A draft: it was not sent yet. Nothing was sent yet."
    assert made["version"] == 0
    assert rows(made)["Department"] == "PE"


def test_a_number_that_nobody_has_is_said_to_be_none(office: Office) -> None:
    with pytest.raises(NoSuchRequest, match="There is no request R-99"):
        record(office, RequestId(99))


def test_of_every_other_form_too_everything_that_was_asked_is_in_its_record(office: Office) -> None:
    with office.database.begin() as uow:
        forms = office.desk.reading(uow).view.forms
        for form in forms.values():
            request_id = uow.requests.start(
                form.key,
                office.person_in(uow, PRIYA).setting.id,
                office.person_in(uow, PRIYA).id,
                at=QuestionKey("purpose"),
                now=office.clock(),
                entry=office.entry(),
            )
            made = record_of(request_id, office.desk.reading(uow).view, uow)

            labels = [*rows(made), *(line["label"] for line in details(made))]
            missing = {question.label for question in form.asked({})} - set(labels)
            assert missing == set(), form.key
