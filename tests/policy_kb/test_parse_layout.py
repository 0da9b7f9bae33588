"""The importer reads an invented policy: its cover, headings, form and checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_kb.form_labels import load_form_labels
from policy_kb.parse import OfficialDocument, parse_document
from policy_kb.toml_entries import EditionError
from tests.policy_kb.quirky import POLICY, edited, item, words

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def official() -> OfficialDocument:
    return parse_document(POLICY)


@pytest.mark.parametrize(
    ("ref", "heading"),
    [
        ("2.1", "WHAT OUR WORDS MEAN"),
        ("4.2", "SOCIAL MEDIA POLICY"),
        ("5.1(b)", "OUR OWN TIME AND OUR OWN ACCOUNTS"),
        ("A.3.2", "WHO SAYS YES"),
        ("form", "Harbour Site Creation Approval Form"),
        ("form.author", "TEAM DETAILS"),
        ("form.host", "ADMINISTRATION OF THE SITE"),
        ("checklist 2", "Page Contributors and Moderators Checklist"),
    ],
)
def test_a_section_heading_is_the_heading_of_what_stands_under_it(
    official: OfficialDocument, ref: str, heading: str
) -> None:
    assert item(official, ref).heading == heading


def test_no_heading_strays_into_the_words_of_the_clause_above_it(official: OfficialDocument) -> None:
    assert words(official, "4.12").endswith("a matter for discipline too.")
    assert words(official, "7.1").endswith("within the law and our ICT policy")
    assert words(official, "A.2.7").endswith("will advise you")


def test_a_heading_in_small_letters_is_a_heading_too() -> None:
    document = parse_document("4.1 Be fair.\n\n5 Our own time\n\n5.1 We may look.")

    assert words(document, "4.1") == "Be fair."
    assert item(document, "5.1").heading == "Our own time"


def test_the_lines_on_adoption_and_review_are_the_front(official: OfficialDocument) -> None:
    assert words(official, "front") == (
        "The trustees adopted this policy in September 2031 Its next review falls due in August 2034"
    )


def test_the_introduction_of_the_form_is_the_form_itself(official: OfficialDocument) -> None:
    assert words(official, "form") == (
        "No page goes up until this form is signed. Hand it to the Headteacher when it is filled in"
    )


def test_a_field_has_its_label_and_every_option(official: OfficialDocument) -> None:
    assert words(official, "form.line_manager") == "Author’s line manager"
    assert words(official, "form.audience").startswith("PROPOSED AUDIENCE Tick each that fits. Our pupils")
    assert words(official, "form.audience").endswith("Anyone Somebody else; tell us who")
    assert words(official, "form.moderators") == "Names of moderators (two at the very least)"
    assert words(official, "form.host") == ("Who will host the page? We shall Somebody else; give the provider's name")


def test_the_approval_boxes_are_one_item_even_with_a_stray_name_row(official: OfficialDocument) -> None:
    boxes = words(official, "form.approval")

    assert boxes.startswith("APPROVAL (each signs below")
    assert boxes.count("Signature Date") == 3
    assert "Date Name Data Protection Officer" in boxes


def test_the_checklist_is_its_preamble_and_four_points(official: OfficialDocument) -> None:
    assert words(official, "checklist").startswith("Behind each picture")
    assert words(official, "checklist").endswith("Whoever posts ticks these off beforehand:")
    assert words(official, "checklist 1") == "The post keeps to our Data Protection Policy Yes/No"
    assert words(official, "checklist 4") == "Clothes, kit and setting are fit to show Yes/No"


def test_a_checklist_of_bullets_without_boxes_is_read_too() -> None:
    before, table, _ = POLICY.partition("Page Contributors and Moderators Checklist")

    document = parse_document(f"{before.rstrip()}\n- The post is fair\n- The face is\non the list")

    assert table
    assert words(document, "checklist 1") == "The post is fair"
    assert words(document, "checklist 2") == "The face is on the list"
    assert any("the list of checklist has 2 entries and the edition's has 4" in one for one in document.problems)


def test_a_title_that_runs_over_two_lines_stays_out_of_the_words() -> None:
    document = edited(
        "Data Protection considerations for those who post\n",
        "Data Protection considerations for those\nwho post\n",
    )

    assert item(document, "checklist").heading == "Data Protection considerations for those who post"
    assert words(document, "checklist").startswith("Behind each picture")


def test_a_section_heading_that_runs_over_two_lines_is_one_heading() -> None:
    document = parse_document("5 OUR OWN TIME AND\nOUR OWN ACCOUNTS\n\n5.1 We may look.")

    assert item(document, "5.1").heading == "OUR OWN TIME AND OUR OWN ACCOUNTS"


def test_an_appendix_and_the_title_of_its_form_may_share_a_line() -> None:
    document = edited(
        "APPENDIX 2\n\nHarbour Site Creation Approval Form", "Appendix B: Harbour Site Creation Approval Form"
    )

    assert words(document, "form").startswith("No page goes up")
    assert words(document, "form.host").startswith("Who will host the page?")


def test_a_heading_inside_the_form_that_is_no_label_ends_the_field_above_it() -> None:
    document = edited("APPROVAL\n\n(each", "FOR THE OFFICE\n\nWrite nothing here.\n\nAPPROVAL\n\n(each")

    assert words(document, "form.security") == "What security measures keep strangers out?"
    assert any("belongs to no numbered clause" in problem for problem in document.problems)


def test_a_date_on_the_line_below_its_label_belongs_to_the_front() -> None:
    document = parse_document("Social Media Policy\nNext review:\n1 March 2030\n\n1.1 A clause.")

    assert words(document, "front") == "Next review: 1 March 2030"


def test_a_table_of_contents_is_not_read_as_the_policy() -> None:
    contents = "Contents\n\n1 WHY ........ 2\n4 SOCIAL MEDIA POLICY\t3\nAPPENDIX 2\t9\n\n"

    document = parse_document(POLICY.replace("1 WHY WE HAVE", f"{contents}1 WHY WE HAVE"))

    assert document.items == parse_document(POLICY).items
    assert document.problems[0] == "Left out as page numbers, page headers or contents: line 14, 15, 16."


def test_page_numbers_and_page_headers_are_left_out_and_reported() -> None:
    document = parse_document("Social Media Policy\n\n4.1 Be fair\nPage 1 of 9\n\fSocial Media Policy\nto everyone.")

    assert words(document, "4.1") == "Be fair to everyone."
    assert "Left out as page numbers, page headers or contents: line 4, 5." in document.problems


def test_a_label_list_without_labels_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "form_labels.toml").write_text('[[label]]\nof = "form.host"\nprinted = []\n', encoding="utf-8")

    with pytest.raises(EditionError, match=r"form_labels.toml, line 1: 'printed' must list at least one label"):
        load_form_labels(tmp_path)
