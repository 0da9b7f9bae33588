"""The record of a request: the printed form again, who signed what by which right, and all that happened."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from handlers.paper.draw import draw
from handlers.requests.record import NoSuchRequest, record_of
from policy_kb.words import Action, FormKey, QuestionKey, RequestId, Role, StepKey
from tests.handlers.requests.office import (
    AISHA,
    DANIEL,
    DENISE,
    GRACE,
    HEAD,
    LM,
    PRIYA,
    TOM,
    option,
)
from tests.handlers.requests.test_approvers import CONFIRM, THIS_WEEK

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def record(office: Office, request_id: RequestId) -> dict[str, Any]:
    with office.database.begin() as uow:
        return record_of(request_id, office.desk.reading(uow).view, uow)


def words(office: Office, request_id: RequestId) -> str:
    """Return everything that can be read in the PDF, with its lines run together."""
    pages = PdfReader(io.BytesIO(draw(record(office, request_id)))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def box(office: Office, request_id: RequestId, title: str) -> dict[str, str]:
    """Return the lines of a box of the record, wherever it stands."""
    made = record(office, request_id)
    (found,) = [one for one in (*made["boxes"], *made["consulted"]) if one["title"] == title]
    return {line["label"]: line["value"] for line in found["lines"]}


def rows(made: Mapping[str, Any]) -> dict[str, str]:
    return {row["label"]: row["answer"] for section in made["sections"] for row in section["rows"]}


def history(office: Office, request_id: RequestId) -> list[str]:
    return [one["what"] for one in record(office, request_id)["history"]]


def approved(office: Office, **changed: tuple[str, ...]) -> RequestId:
    """Let a request be approved, a day after it was sent."""
    request_id = office.sent(**changed)
    office.wait(DAY)
    office.up_to_the_head(request_id)
    office.push(GRACE, office.card(GRACE, HEAD), "Approve", comment="A good plan.")
    return request_id


@pytest.mark.parametrize("answers", [{}, EVERYTHING])
def test_every_label_of_the_form_for_a_site_can_be_read_in_the_pdf(
    office: Office, answers: dict[str, tuple[str, ...]]
) -> None:
    request_id = office.sent(**answers)
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
    request_id = office.sent(**EVERYTHING)

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


def test_whoever_signs_for_somebody_is_named_with_whom_they_act_for(office: Office) -> None:
    office.delegate(Role.HEAD, GRACE, DANIEL, THIS_WEEK)
    request_id = office.sent()
    office.up_to_the_head(request_id)
    office.push(DANIEL, office.card(DANIEL, HEAD), "Approve")

    signed = box(office, request_id, "Principal / Service Manager")

    assert signed["Name"].startswith("Daniel Example, Headteacher")
    assert signed["Acting for"] == "Grace Sample"
    assert "(acting for Grace Sample), approved version 1: Final approval." in history(office, request_id)[-1]


def test_two_boxes_that_one_person_signed_are_noted(office: Office) -> None:
    request_id = office.sent(DENISE, GRACE)
    office.up_to_the_head(request_id, GRACE)
    assert record(office, request_id)["notes"] == []

    office.push(GRACE, office.card(GRACE, HEAD), "Approve")

    (note,) = record(office, request_id)["notes"]
    assert note == "Grace Sample signed more than once, each time by an action of its own."


def test_who_filled_it_in_for_whom_is_noted_and_the_author_confirms(office: Office) -> None:
    request_id = office.draft(author=TOM)
    office.send(request_id)
    office.push(TOM, office.card(TOM, CONFIRM), "Confirm")

    made = record(office, request_id)

    assert made["notes"] == ["Priya Sample filled it in, in the name of Tom Example."]
    assert box(office, request_id, "Author's confirmation")["Signature"].startswith("Confirmed version 1. ")


def test_handing_on_is_told_with_who_asked_whom_instead_of_whom_and_why(office: Office) -> None:
    request_id = office.sent()
    (form,) = office.push(AISHA, office.card(AISHA, LM), "Not me")
    who = option(form, "who", "Daniel Example")
    office.push(AISHA, form, "Pass it on", comment="I have moved to English.", who=who)
    office.wait(DAY)
    office.push(DANIEL, office.card(DANIEL, LM), "Approve")

    told = history(office, request_id)

    assert told[1].startswith("Aisha Sample, Line Manager, said that it is not theirs to decide on version 1")
    assert told[1].endswith("Comment: I have moved to English.")
    assert told[2] == "Aisha Sample had Daniel Example asked, in the place of Aisha Sample: Line manager's approval."
    assert told[3].startswith("Daniel Example, Line Manager, approved version 1")
    assert box(office, request_id, "Line Manager")["Name"] == "Daniel Example, Line Manager"


def test_whom_an_administrator_had_asked_is_told_with_the_reason(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Not me", comment="Not mine.")
    (notice,) = office.inbox(DENISE)
    who = option(notice, "who", "Daniel Example")

    office.push(DENISE, notice, "Look again", comment="He manages PE now.", who=who)

    assert history(office, request_id)[-1] == (
        "Denise Sample had Daniel Example asked: Line manager's approval.\nReason: He manages PE now."
    )


def test_a_refusal_stands_in_its_box_with_its_reason(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Decline", comment="We have such a page.\nUse that one.")

    signed = box(office, request_id, "Line Manager")

    assert record(office, request_id)["standing"].startswith("Declined. ")
    assert signed["Signature"].startswith("Declined version 1. ")
    assert signed["Comment"] == "We have such a page.\nUse that one."


def test_what_was_asked_again_leaves_its_box_and_stays_in_the_history(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Ask for changes", comment="Say who takes the photos.")
    office.change(request_id, content=("Pictures that Mr Sample takes of equipment.",))

    told = history(office, request_id)

    assert box(office, request_id, "Line Manager")["Signature"] == "Not signed"
    assert [line.split(":")[0] for line in told] == [
        "Priya Sample sent version 1.",
        "Aisha Sample, Line Manager, asked for changes to version 1",
        "Priya Sample sent version 2.",
    ]
    assert "no longer counts" in told[1]
    assert told[1].endswith("Comment: Say who takes the photos.")


@pytest.mark.parametrize("action", [Action.IS_LIVE, Action.WITHDRAW_SURELY])
def test_how_it_ended_is_told_too(office: Office, action: Action) -> None:
    request_id = approved(office)
    office.wait(DAY)
    before = record(office, request_id)

    office.press(PRIYA, action, str(request_id))

    after = record(office, request_id)
    assert len(after["history"]) == len(before["history"]) + 1
    assert after["history"][-1]["at"] == "26 November 2026, 09:30"
    assert after["code"] != before["code"]


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


@pytest.mark.parametrize("name", ["Ελένη Παπαδοπούλου", "Анна Иванова", "Nguyễn Thị Ánh"])
def test_a_name_in_other_letters_stands_in_the_pdf_as_it_is_written(office: Office, name: str) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    with office.database.begin() as uow:
        uow.people.put((replace(office.person_in(uow, AISHA), name=name),), entry=office.entry())

    assert f"{name}, Line Manager" in words(office, request_id)


def test_a_comment_longer_than_a_page_is_in_the_pdf_to_its_last_word(office: Office) -> None:
    request_id = office.sent()
    comment = " ".join(f"Reason number {number} against it." for number in range(1, 120))[:3000]
    office.push(AISHA, office.card(AISHA, LM), "Decline", comment=comment)

    text = words(office, request_id)

    last = comment[-60:].strip()
    assert text.count(last) == 2  # in the box, and in the history


def test_a_draft_has_a_record_that_calls_itself_one(office: Office) -> None:
    made = record(office, office.draft())

    assert made["standing"] == "A draft: it was not sent yet. Nothing was sent yet."
    assert made["version"] == 0
    assert rows(made)["Department"] == "PE"


def test_a_step_that_is_not_needed_any_more_keeps_its_name_in_the_history(office: Office) -> None:
    request_id = office.sent(logo=("yes",))
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    office.push(GRACE, office.card(GRACE, StepKey("brand")), "Approve")

    office.change(request_id, logo=("no",))

    (line,) = [line for line in history(office, request_id) if line.startswith("Grace Sample")]
    assert "Approval of brand and logo." in line


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


def details(made: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        line
        for section in made["sections"]
        for row in section["rows"]
        for tick in row["ticks"]
        for line in tick["details"]
    ]
