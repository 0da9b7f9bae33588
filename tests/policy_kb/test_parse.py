"""The importer reads an invented policy: its numbers, words and lists."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from policy_kb.edition_files import load_items
from policy_kb.parse import OfficialDocument, parse_document
from tests.policy_kb.quirky import POLICY, item, words

UNUSED = (
    "Harbour Learning Trust (sample) “Every tide, a new start” Social Media Policy"
    " How a school gets a page of its own TEAM DETAILS ADMINISTRATION OF THE SITE APPENDIX APPENDIX"
)
"""What the sample prints on its cover and in headings that head no item."""


@pytest.fixture(scope="module")
def official() -> OfficialDocument:
    return parse_document(POLICY)


# --- the whole document --------------------------------------------------------------------------


def test_every_item_of_the_edition_gets_official_words(official: OfficialDocument) -> None:
    found = {item.ref for item in official.items}
    whole = {ref.id for ref in found}

    without = [item.ref for item in load_items() if item.ref not in found and item.ref.id not in whole]

    assert without == []


def test_no_item_is_found_twice(official: OfficialDocument) -> None:
    refs = [item.ref for item in official.items]

    assert len(refs) == len(set(refs)) == 114


def test_the_only_doubt_about_the_document_is_the_reference_that_starts_a_line(official: OfficialDocument) -> None:
    assert official.problems == ("Line 44 starts with 4.12 but reads on from the line above; it was kept there.",)


def test_the_title_is_the_line_of_the_cover_that_names_the_policy(official: OfficialDocument) -> None:
    assert official.title == "Social Media Policy"


def test_every_word_lands_in_one_item_save_for_cover_headings_and_numbers(official: OfficialDocument) -> None:
    printed = Counter(re.sub(r"\*|</?u>|\[|\]\([^)]*\)", "", POLICY).split())

    printed.subtract(" ".join(item.words for item in official.items).split())

    left = +printed
    headings = " ".join({item.heading for item in official.items if not item.ref.id.startswith("form.")})
    left.subtract(f"{headings} {UNUSED}".split())
    assert [word for word in +left if not re.fullmatch(r"-|A\.?|(A\.)?[\d.]+", word)] == []
    assert -printed == Counter(), "a word stands in two items"


# --- numbers and words ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ref", "printed"),
    [("1.1", "1.1"), ("5.2", "5.2"), ("5.5", "5.5"), ("A.1.8", "A. 1.8"), ("A.3.2", "A 3.2"), ("A.4.11", "A 4.11")],
)
def test_a_number_is_read_however_oddly_it_is_printed(official: OfficialDocument, ref: str, printed: str) -> None:
    assert item(official, ref).printed == printed


def test_a_number_without_a_dash_starts_a_clause(official: OfficialDocument) -> None:
    assert words(official, "5.2").startswith("Keep your own accounts apart from pupils")
    assert words(official, "A.5.10").startswith("Posts keep to our Data Protection Policy.")


def test_tabs_hard_spaces_and_trailing_spaces_become_single_spaces(official: OfficialDocument) -> None:
    assert words(official, "2.4").startswith("“Equipment” covers each computer")
    assert words(official, "5.5").startswith("Talking to pupils")
    assert words(official, "5.11") == "Private browsing waits until you are off duty"
    assert words(official, "2.1").endswith("every company that it owns.")


def test_curly_and_straight_quotation_marks_stay_as_printed(official: OfficialDocument) -> None:
    assert "‘friends’, and some are bullied or ‘groomed’" in words(official, "A.2.2")
    assert words(official, "2.3").startswith('"Social media" covers')


def test_emphasis_underlining_and_links_leave_only_their_words(official: OfficialDocument) -> None:
    assert words(official, "2.1").startswith("“The Trust” is Harbour")
    assert "Do not edit Wikipedia or its like" in words(official, "5.10")
    assert "press desk at press@harbour.example, and say" in words(official, "A.3.8")
    assert "Data Protection Officer The page keeps" in words(official, "form.approval")


def test_bold_words_that_run_over_a_line_end_lose_their_stars(official: OfficialDocument) -> None:
    assert words(official, "A.5.7").endswith("people we know and, where grown up, people whom we have checked.")


def test_text_on_the_next_line_belongs_to_the_clause(official: OfficialDocument) -> None:
    assert words(official, "3.1").endswith(
        "for however many hours, and so does every visitor who signs in to our systems."
    )


def test_a_reference_that_a_line_break_put_first_is_no_clause(official: OfficialDocument) -> None:
    assert words(official, "4.11").endswith("as explained in 4.12 below, and you have to help with it.")
    assert words(official, "4.12").startswith("We can ask you to take a post down.")


def test_a_dash_that_a_line_break_put_first_stays_in_its_sentence() -> None:
    document = parse_document("- A.5.1 Settle how far readers join in\n– words only, or pictures too")

    assert words(document, "A.5.1") == "Settle how far readers join in – words only, or pictures too"


def test_clauses_that_the_edition_splits_stay_whole(official: OfficialDocument) -> None:
    whole = {str(item.ref) for item in official.items}

    assert {"4.2", "5.3", "5.5", "A.4.11"} <= whole
    assert not whole & {"4.2(a)", "5.3(a)", "5.5(a)", "A.4.11(a)"}


# --- lists ---------------------------------------------------------------------------------------


def test_the_list_of_5_1_becomes_six_parts_in_printed_order(official: OfficialDocument) -> None:
    assert words(official, "5.1(a)") == "Sexual pictures, films or stories;"
    assert words(official, "5.1(b)") == "A made-up claim that could harm the good name of any person or company;"
    assert words(official, "5.1(c)").endswith("or anything that would leave our schools red-faced.")
    assert words(official, "5.1(f)") == "Copied work, or prying into somebody's private life."


def test_5_1_itself_keeps_the_sentences_before_and_after_its_list(official: OfficialDocument) -> None:
    assert words(official, "5.1") == (
        "We may look at how our systems are used for social media, and we act on what we find."
        " Each of these counts as gross misconduct wherever and however it is shared, and there may be others:"
        " Whoever does so will be dealt with under our discipline code, and may be dismissed."
    )


def test_the_list_of_a_5_10_becomes_three_parts_and_its_last_sentence_stays_outside(official: OfficialDocument) -> None:
    assert words(official, "A.5.10(a)") == "Read it again, and only then press send"
    assert words(official, "A.5.10(c)") == "See that clothes, kit and setting are fit to show"
    assert words(official, "A.5.10").endswith("as well: Appendix 3 has the same three as a table.")


def test_a_list_under_any_other_clause_stays_in_its_words() -> None:
    document = parse_document("6.2 A page needs:\n- a reason;\n• a keeper.\n(c) an end.")

    assert words(document, "6.2") == "A page needs: a reason; a keeper. (c) an end."


def test_the_letters_of_a_lettered_list_are_what_is_printed() -> None:
    document = parse_document("5.1 These count:\n(a) One thing;\n(b) Another.")

    assert [(str(one.ref), one.printed, one.words) for one in document.items] == [
        ("5.1", "5.1", "These count:"),
        ("5.1(a)", "(a)", "One thing;"),
        ("5.1(b)", "(b)", "Another."),
    ]


def test_a_list_with_long_dashes_is_a_list() -> None:
    document = parse_document("5.1 These count:\n– one thing\n– another")

    assert words(document, "5.1") == "These count:"
    assert words(document, "5.1(b)") == "another"


def test_the_last_bullet_goes_on_where_its_line_was_full() -> None:
    document = parse_document("A.5.10 Do these:\n- Look at the list that is kept by\nMrs Gull\nThat is all.")

    assert words(document, "A.5.10(a)") == "Look at the list that is kept by Mrs Gull"
    assert words(document, "A.5.10") == "Do these: That is all."


def test_a_sentence_between_two_bullets_belongs_to_the_first() -> None:
    document = parse_document("A.5.10 Do these:\n- Look at the list.\n\nThe office keeps it.\n- Look at the kit")

    assert words(document, "A.5.10(a)") == "Look at the list. The office keeps it."
    assert words(document, "A.5.10") == "Do these:"
