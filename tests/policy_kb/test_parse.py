"""The importer's parser, on an invented policy that has every oddity of the real family."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_kb.edition_files import load_items
from policy_kb.parse import DocumentError, OfficialDocument, OfficialItem, parse_document
from policy_kb.toml_entries import parse_ref

POLICY = (Path(__file__).parent / "documents" / "quirky-policy.txt").read_text(encoding="utf-8")


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
    kept = " ".join(item.words for item in official.items).split()
    printed = re.sub(r"\*|</?u>|\[|\]\([^)]*\)", "", POLICY).split()

    left = sorted(set(printed) - set(kept))

    assert [word for word in left if not word.isupper() and not re.fullmatch(r"[-\d.]+", word)] == [
        "(sample)",
        "Checklist",
        "Contributors",
        "Every",
        "Moderators",
        "considerations",
        "new",
        "start”",
        "tide,",
        "“Every",
    ] or left == []


# --- numbers and words ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ref", "printed"),
    [("1.1", "1.1"), ("5.2", "5.2"), ("5.5", "5.5"), ("A.1.8", "A. 1.8"), ("A.3.2", "A 3.2"), ("A.4.11", "A 4.11")],
)
def test_a_number_is_read_however_oddly_it_is_printed(official: OfficialDocument, ref: str, printed: str) -> None:
    assert _item(official, ref).printed == printed


def test_a_number_without_a_dash_starts_a_clause(official: OfficialDocument) -> None:
    assert _words(official, "5.2").startswith("Keep your own accounts apart from pupils")
    assert _words(official, "A.5.10").startswith("Posts keep to our Data Protection Policy.")


def test_tabs_hard_spaces_and_trailing_spaces_become_single_spaces(official: OfficialDocument) -> None:
    assert _words(official, "2.4").startswith("“Equipment” covers each computer")
    assert _words(official, "5.5").startswith("Talking to pupils")
    assert _words(official, "5.11") == "Private browsing waits until you are off duty"
    assert _words(official, "2.1").endswith("every company that it owns.")


def test_curly_and_straight_quotation_marks_stay_as_printed(official: OfficialDocument) -> None:
    assert "‘friends’, and some are bullied or ‘groomed’" in _words(official, "A.2.2")
    assert _words(official, "2.3").startswith('"Social media" covers')


def test_emphasis_underlining_and_links_leave_only_their_words(official: OfficialDocument) -> None:
    assert _words(official, "2.1").startswith("“The Trust” is Harbour")
    assert "Do not edit Wikipedia or its like" in _words(official, "5.10")
    assert "press desk at press@harbour.example, and say" in _words(official, "A.3.8")
    assert "Data Protection Officer The page keeps" in _words(official, "form.approval")


def test_bold_words_that_run_over_a_line_end_lose_their_stars(official: OfficialDocument) -> None:
    assert _words(official, "A.5.7").endswith("people we know and, where grown up, people whom we have checked.")


def test_text_on_the_next_line_belongs_to_the_clause(official: OfficialDocument) -> None:
    assert _words(official, "3.1").endswith(
        "for however many hours, and so does every visitor who signs in to our systems."
    )


def test_a_reference_that_a_line_break_put_first_is_no_clause(official: OfficialDocument) -> None:
    assert _words(official, "4.11").endswith("as explained in 4.12 below, and you have to help with it.")
    assert _words(official, "4.12").startswith("We can ask you to take a post down.")


def test_a_dash_that_a_line_break_put_first_stays_in_its_sentence() -> None:
    document = _parse("- A.5.1 Settle how far readers join in\n– words only, or pictures too")

    assert _words(document, "A.5.1") == "Settle how far readers join in – words only, or pictures too"


def test_clauses_that_the_edition_splits_stay_whole(official: OfficialDocument) -> None:
    whole = {str(item.ref) for item in official.items}

    assert {"4.2", "5.3", "5.5", "A.4.11"} <= whole
    assert not whole & {"4.2(a)", "5.3(a)", "5.5(a)", "A.4.11(a)"}


# --- lists ---------------------------------------------------------------------------------------


def test_the_list_of_5_1_becomes_six_parts_in_printed_order(official: OfficialDocument) -> None:
    assert _words(official, "5.1(a)") == "Sexual pictures, films or stories;"
    assert _words(official, "5.1(b)") == "A made-up claim that could harm the good name of any person or company;"
    assert _words(official, "5.1(c)").endswith("or anything that would leave our schools red-faced.")
    assert _words(official, "5.1(f)") == "Copied work, or prying into somebody's private life."


def test_5_1_itself_keeps_the_sentences_before_and_after_its_list(official: OfficialDocument) -> None:
    assert _words(official, "5.1") == (
        "We may look at how our systems are used for social media, and we act on what we find."
        " Each of these counts as gross misconduct wherever and however it is shared, and there may be others:"
        " Whoever does so will be dealt with under our discipline code, and may be dismissed."
    )


def test_the_list_of_a_5_10_becomes_three_parts_and_its_last_sentence_stays_outside(official: OfficialDocument) -> None:
    assert _words(official, "A.5.10(a)") == "Read it again, and only then press send"
    assert _words(official, "A.5.10(c)") == "See that clothes, kit and setting are fit to show"
    assert _words(official, "A.5.10").endswith("as well: Appendix 3 has the same three as a table.")


def test_a_list_under_any_other_clause_stays_in_its_words() -> None:
    document = _parse("6.2 A page needs:\n- a reason;\n• a keeper.\n(c) an end.")

    assert _words(document, "6.2") == "A page needs: a reason; a keeper. (c) an end."


def test_the_letters_of_a_lettered_list_are_what_is_printed() -> None:
    document = _parse("5.1 These count:\n(a) One thing;\n(b) Another.")

    assert [(str(item.ref), item.printed, item.words) for item in document.items] == [
        ("5.1", "5.1", "These count:"),
        ("5.1(a)", "(a)", "One thing;"),
        ("5.1(b)", "(b)", "Another."),
    ]


def test_a_sentence_between_two_bullets_belongs_to_the_first() -> None:
    document = _parse("A.5.10 Do these:\n- Look at the list.\n\nThe office keeps it.\n- Look at the kit")

    assert _words(document, "A.5.10(a)") == "Look at the list. The office keeps it."
    assert _words(document, "A.5.10") == "Do these:"


# --- headings, cover, form and checklist ---------------------------------------------------------


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
    assert _item(official, ref).heading == heading


def test_no_heading_strays_into_the_words_of_the_clause_above_it(official: OfficialDocument) -> None:
    assert _words(official, "4.12").endswith("a matter for discipline too.")
    assert _words(official, "7.1").endswith("within the law and our ICT policy")
    assert _words(official, "A.2.7").endswith("will advise you")


def test_a_heading_in_small_letters_is_a_heading_too() -> None:
    document = _parse("4.1 Be fair.\n\n5 Our own time\n\n5.1 We may look.")

    assert _words(document, "4.1") == "Be fair."
    assert _item(document, "5.1").heading == "Our own time"


def test_the_lines_on_adoption_and_review_are_the_front(official: OfficialDocument) -> None:
    assert _words(official, "front") == (
        "The trustees adopted this policy in September 2031 Its next review falls due in August 2034"
    )


def test_the_introduction_of_the_form_is_the_form_itself(official: OfficialDocument) -> None:
    assert _words(official, "form") == (
        "No page goes up until this form is signed. Hand it to the Headteacher when it is filled in"
    )


def test_a_field_has_its_label_and_every_option(official: OfficialDocument) -> None:
    assert _words(official, "form.line_manager") == "Author’s line manager"
    assert _words(official, "form.audience").startswith("PROPOSED AUDIENCE Tick each that fits. Our pupils")
    assert _words(official, "form.audience").endswith("Anyone Somebody else; tell us who")
    assert _words(official, "form.moderators") == "Names of moderators (two at the very least)"
    assert _words(official, "form.host") == ("Who will host the page? We shall Somebody else; give the provider's name")


def test_the_approval_boxes_are_one_item_even_with_a_stray_name_row(official: OfficialDocument) -> None:
    words = _words(official, "form.approval")

    assert words.startswith("APPROVAL (each signs below")
    assert words.count("Signature Date") == 3
    assert "Date Name Data Protection Officer" in words


def test_the_checklist_is_its_preamble_and_four_points(official: OfficialDocument) -> None:
    assert _words(official, "checklist").startswith("Behind each picture")
    assert _words(official, "checklist").endswith("Whoever posts ticks these off beforehand:")
    assert _words(official, "checklist 1") == "The post keeps to our Data Protection Policy Yes/No"
    assert _words(official, "checklist 4") == "Clothes, kit and setting are fit to show Yes/No"


def test_a_table_of_contents_is_not_read_as_the_policy() -> None:
    contents = "Contents\n\n1 WHY ........ 2\n4 SOCIAL MEDIA POLICY\t3\nAPPENDIX 2\t9\n\n"

    document = parse_document(POLICY.replace("1 WHY WE HAVE", f"{contents}1 WHY WE HAVE"))

    assert document.items == parse_document(POLICY).items
    assert document.problems[0] == "Left out as page numbers, page headers or contents: line 13, 14, 15."


def test_page_numbers_and_page_headers_are_left_out_and_reported() -> None:
    document = _parse("Social Media Policy\n\n4.1 Be fair\nPage 1 of 9\n\fSocial Media Policy\nto everyone.")

    assert _words(document, "4.1") == "Be fair to everyone."
    assert "Left out as page numbers, page headers or contents: line 4, 5." in document.problems


# --- problems the owner hears of -----------------------------------------------------------------


def test_a_number_that_stands_twice_is_reported_and_the_first_one_kept() -> None:
    document = _edited("- 5.9 Sign up", "- 5.8 Sign up")

    assert _words(document, "5.8").startswith("No picture or film")
    assert "Line 72 repeats 5.8, which stands on line 71; these words were left out." in document.problems
    assert "5.9 is missing: no line after line 71 (5.8) starts with that number." in document.problems


def test_a_missing_clause_is_reported_with_the_line_above_it() -> None:
    document = _edited("- 4.5 Our crest", "Our crest")

    assert "4.5 is missing: no line after line 36 (4.4) starts with that number." in document.problems


def test_a_clause_missing_from_a_section_of_the_trusts_own_is_reported_too() -> None:
    document = _parse("8.1 One.\n8.3 Three.")

    assert any(problem.startswith("8.2 is missing") for problem in document.problems)
    assert "Line 1: 8.1 is new, so no answer rests on it yet." in document.problems


def test_text_before_any_number_is_reported() -> None:
    document = _parse("This is a sentence that nobody numbered.\n\n1.1 A clause.")

    assert "Line 1 belongs to no numbered clause, so the words were left out; give them a number." in document.problems


def test_text_between_a_heading_and_the_first_number_is_reported() -> None:
    document = _edited("7 KEEPING WATCH\n", "7 KEEPING WATCH\n\nWe care about this.\nVery much.\n")

    assert (
        "Lines 87 to 88 belong to no numbered clause, so the words were left out; give them a number."
        in document.problems
    )


def test_clauses_out_of_order_are_reported() -> None:
    document = _parse("4.2 Second.\n4.1 First.")

    assert "Line 2: 4.1 comes after 4.2, out of order." in document.problems


def test_a_number_without_words_is_reported() -> None:
    document = _parse("4.1 First.\n4.2\n4.3 Third.")

    assert "Line 2 starts 4.2 but no words follow; check the document." in document.problems
    assert [str(item.ref) for item in document.items] == ["4.1", "4.3"]


def test_a_list_that_is_shorter_than_the_editions_is_reported() -> None:
    document = _edited("- Words that could make you or us liable for damages.\n", "")

    assert any("the list of 5.1 has 5 entries and the edition's has 6" in problem for problem in document.problems)


def test_a_word_cut_at_a_line_end_is_reported() -> None:
    document = _parse("4.1 Be courte-\nous.")

    assert document.problems[0].startswith("Line 1 ends with a hyphen; the next line was joined to it")


def test_a_field_whose_label_is_unknown_is_reported_with_what_to_do() -> None:
    document = _edited("Who will vet those from outside?", "Vetting is done by")

    assert (
        "form.vetting: no line of the form after line 198 (form.moderators) starts with a label for this;"
        " add the words that your document prints to form_labels.toml."
    ) in document.problems


def test_a_policy_without_form_checklist_or_dates_is_told_so() -> None:
    problems = " ".join(_parse("1.1 A clause.").problems)

    assert "The form was not found" in problems
    assert "The checklist was not found" in problems
    assert "says when the policy was adopted" in problems


# --- documents that cannot be used ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The document is empty. Choose the file"),
        (" \n\t\u00a0\n", "The document is empty. Choose the file"),
        ("%PDF-1.7\n1.1 A clause.", "not plain text. Save the policy as plain text"),
        ("PK\x03\x04 1.1 A clause.", "not plain text. Save the policy as plain text"),
        ("1.1 A clause.\x00", "not plain text. Save the policy as plain text"),
        ("1.1 \ufffd\ufffd\ufffd", "not plain text. Save the policy as plain text"),
        ("1.1 A clause. " * 50_000, "far longer than a policy. Choose the file"),
        ("Minutes of a meeting.\n\nWe met.", "No line starts with a clause number"),
        ("4 SOCIAL MEDIA POLICY\n\nBe fair.", "with its numbers kept"),
    ],
)
def test_a_document_that_cannot_be_used_is_refused_with_what_to_do(text: str, says: str) -> None:
    with pytest.raises(DocumentError, match=re.escape(says)):
        parse_document(text)


# --- whatever the text ---------------------------------------------------------------------------

_LINES = st.lists(
    st.one_of(
        st.sampled_from(POLICY.splitlines()),
        st.sampled_from(["- ", "5.1", "A. 5.10 *", "APPENDIX 2", "**", "(a) [", "](x)", "9.9 x", "Page 2", "–", "\f"]),
        st.text(max_size=30),
    ),
    max_size=40,
)


@given(st.one_of(st.text(), _LINES.map("\n".join)))
@settings(deadline=None)
def test_any_text_is_either_read_or_refused_and_always_in_the_same_way(text: str) -> None:
    assert _outcome(text) == _outcome(text)


@given(_LINES.map("\n".join))
@settings(deadline=None)
def test_whatever_is_read_has_words_and_no_item_twice(text: str) -> None:
    outcome = _outcome(text)

    if isinstance(outcome, OfficialDocument):
        refs = [item.ref for item in outcome.items]
        assert len(refs) == len(set(refs))
        assert all(item.words and item.words == " ".join(item.words.split()) for item in outcome.items)


@given(
    width=st.integers(min_value=30, max_value=130), blank=st.booleans(), ending=st.sampled_from(["\n", "\r\n", "\r"])
)
@settings(deadline=None, max_examples=40)
def test_where_the_lines_break_does_not_change_a_single_word(width: int, blank: bool, ending: str) -> None:
    clauses, appendix, form = POLICY.partition("\nAPPENDIX 2")
    broken = "\n".join(textwrap.fill(line, width, break_on_hyphens=False) or "" for line in _long_lines(clauses))
    if not blank:
        broken = re.sub(r"\n{2,}", "\n", broken)

    document = parse_document(f"{broken}\n{appendix}{form}".replace("\n", ending))

    assert _all_words(document) == _all_words(parse_document(POLICY))


def _parse(text: str) -> OfficialDocument:
    return parse_document(text)


def _edited(old: str, new: str) -> OfficialDocument:
    assert POLICY.count(old) == 1
    return parse_document(POLICY.replace(old, new))


def _item(document: OfficialDocument, ref: str) -> OfficialItem:
    return next(item for item in document.items if item.ref == parse_ref(ref))


def _words(document: OfficialDocument, ref: str) -> str:
    return _item(document, ref).words


def _all_words(document: OfficialDocument) -> dict[str, str]:
    return {str(item.ref): item.words for item in document.items}


def _outcome(text: str) -> OfficialDocument | str:
    try:
        return parse_document(text)
    except DocumentError as problem:
        return str(problem)


def _long_lines(text: str) -> list[str]:
    """Undo the few line breaks of the sample itself, so that only the test's own remain."""
    return re.sub(r"(?<=\S)\n(?=and what|and so does|as explained|4\.12 below|our schools|whom we)", " ", text).split(
        "\n"
    )
