"""What the importer reports about a document, what it refuses, and that it holds for any text."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_kb.parse import DocumentError, OfficialDocument, parse_document
from tests.policy_kb.quirky import POLICY, edited, words

# --- problems the owner hears of -----------------------------------------------------------------


def test_a_number_that_stands_twice_is_reported_and_the_first_one_kept() -> None:
    document = edited("- 5.9 Sign up", "- 5.8 Sign up")

    assert words(document, "5.8").startswith("No picture or film")
    assert "Line 70 repeats 5.8, which stands on line 69; these words were left out." in document.problems
    assert "5.9 is missing: no line after line 69 (5.8) starts with that number." in document.problems


def test_a_missing_clause_is_reported_with_the_line_above_it() -> None:
    document = edited("- 4.5 Our crest", "Our crest")

    assert "4.5 is missing: no line after line 35 (4.4) starts with that number." in document.problems


def test_a_clause_missing_from_a_section_of_the_trusts_own_is_reported_too() -> None:
    document = parse_document("8.1 One.\n8.3 Three.")

    assert any(problem.startswith("8.2 is missing") for problem in document.problems)
    assert "Line 1: 8.1 is new, so no answer rests on it yet." in document.problems


def test_text_before_any_number_is_reported() -> None:
    document = parse_document("This is a sentence that nobody numbered.\n\n1.1 A clause.")

    assert "Line 1 belongs to no numbered clause, so the words were left out; give them a number." in document.problems


def test_text_between_a_heading_and_the_first_number_is_reported() -> None:
    document = edited("7 KEEPING WATCH\n", "7 KEEPING WATCH\n\nWe care about this.\nVery much.\n")

    assert (
        "Lines 86 to 87 belong to no numbered clause, so the words were left out; give them a number."
        in document.problems
    )


def test_clauses_out_of_order_are_reported() -> None:
    document = parse_document("4.2 Second.\n4.1 First.")

    assert "Line 2: 4.1 comes after 4.2, out of order." in document.problems


def test_a_number_without_words_is_reported() -> None:
    document = parse_document("4.1 First.\n4.2\n4.3 Third.")

    assert "Line 2 starts 4.2 but no words follow; check the document." in document.problems
    assert [str(one.ref) for one in document.items] == ["4.1", "4.3"]


def test_a_list_that_is_shorter_than_the_editions_is_reported() -> None:
    document = edited("- Words that could make you or us liable for damages.\n", "")

    assert any("the list of 5.1 has 5 entries and the edition's has 6" in problem for problem in document.problems)


def test_a_word_cut_at_a_line_end_is_reported() -> None:
    document = parse_document("4.1 Be courte-\nous.")

    assert any(problem.startswith("Line 1 ends with a hyphen; the next line") for problem in document.problems)


def test_a_field_whose_label_is_unknown_is_reported_with_what_to_do() -> None:
    document = edited("Who will vet those from outside?", "Vetting is done by")

    assert (
        "form.vetting: no line of the form after line 204 (form.moderators) starts with a label for this;"
        " add the words that your document prints to form_labels.toml."
    ) in document.problems


def test_a_policy_without_form_checklist_or_dates_is_told_so() -> None:
    problems = " ".join(parse_document("1.1 A clause.").problems)

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
@settings(deadline=None, max_examples=60)
def test_any_text_is_either_read_or_refused_and_always_in_the_same_way(text: str) -> None:
    assert _outcome(text) == _outcome(text)


@given(_LINES.map("\n".join))
@settings(deadline=None, max_examples=60)
def test_whatever_is_read_has_words_and_no_item_twice(text: str) -> None:
    outcome = _outcome(text)

    if isinstance(outcome, OfficialDocument):
        refs = [item.ref for item in outcome.items]
        assert len(refs) == len(set(refs))
        assert all(item.words and item.words == " ".join(item.words.split()) for item in outcome.items)


@given(
    width=st.integers(min_value=30, max_value=130), blank=st.booleans(), ending=st.sampled_from(["\n", "\r\n", "\r"])
)
@settings(deadline=None, max_examples=25)
def test_where_the_lines_break_does_not_change_a_single_word(width: int, blank: bool, ending: str) -> None:
    clauses, appendix, form = POLICY.partition("\nAPPENDIX 2")
    broken = "\n".join(
        textwrap.fill(line, width, break_on_hyphens=False, break_long_words=False) or ""
        for line in _long_lines(clauses)
    )
    if not blank:
        broken = re.sub(r"\n{2,}", "\n", broken)

    document = parse_document(f"{broken}\n{appendix}{form}".replace("\n", ending))

    assert _all_words(document) == _all_words(parse_document(POLICY))


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
