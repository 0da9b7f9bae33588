"""The record on paper: an accessible PDF in which typed words are only words."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from handlers.paper.draw import NOTE, CannotBeDrawn, draw

MARKUP = '#let x = 1 *bold* _it_ <b>b</b> = heading $x^2$ @ref \\ "quoted" [x] // and'


def a_record(**changed: object) -> dict[str, Any]:
    row = {"label": "Purpose", "answer": "To show what our clubs do.", "ticks": []}
    record: dict[str, Any] = {
        "title": "Social Media Site Creation Approval Form",
        "reference": "R-12",
        "version": 2,
        "setting": "Elm Academy (sample)",
        "standing": "Approved, as of 3 December 2026, 14:02.",
        "notes": [],
        "sections": [{"title": "Purpose", "on_paper": True, "rows": [row]}],
        "boxes": [
            {"title": "Line Manager", "says": "I approve it.", "lines": [{"label": "Name", "value": "Aisha Sample"}]}
        ],
        "consulted": [],
        "history": [{"at": "24 November 2026, 18:20", "what": "Priya Sample sent version 1."}],
        "policy": "Policy adopted December 2022.",
        "made_at": 1_780_000_000,
        "code": "4F2A-91C0-77BE-12D4",
    }
    return {**record, **changed}


def with_answer(answer: str) -> dict[str, Any]:
    row = {"label": "Purpose", "answer": answer, "ticks": []}
    return a_record(sections=[{"title": "Purpose", "on_paper": True, "rows": [row]}])


def words(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_pdf_declares_itself_accessible_and_is_tagged() -> None:
    pdf = draw(a_record())

    root: Any = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert b"pdfuaid:part" in pdf
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root


def test_the_same_record_gives_the_same_bytes() -> None:
    assert draw(a_record()) == draw(a_record())


def test_typed_words_are_never_read_as_markup() -> None:
    pdf = draw(with_answer(MARKUP))

    assert "".join(MARKUP.split()) in "".join(words(pdf).split())


def test_a_long_answer_flows_over_the_end_of_the_page_and_loses_nothing() -> None:
    sentences = [f"Sentence number {number} of a long answer." for number in range(150)]

    pdf = draw(with_answer("\n".join(sentences)))

    read = words(pdf)
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 2
    assert all(sentence in read for sentence in sentences)


@pytest.mark.parametrize("name", ["Priya Şahin", "Nguyễn Thị Ánh", "Ελένη Παπαδοπούλου", "Анна Иванова", "Łukasz Żółć"])
def test_latin_greek_and_cyrillic_names_need_no_font_of_the_computer(name: str) -> None:
    pdf = draw(with_answer(name))

    assert name in words(pdf)
    assert NOTE not in words(pdf)


def test_a_letter_that_no_font_has_is_shown_as_its_number_with_a_note() -> None:
    unassigned = chr(0x10FFFD)

    pdf = draw(with_answer(f"Ask {unassigned} about it"))

    assert "Ask [U+10FFFD] about it" in words(pdf)
    assert NOTE in words(pdf)


def test_a_tick_is_told_in_words_beside_its_box() -> None:
    ages = {"label": "Age range", "value": "13 to 16"}
    ticks = [
        {"label": "Pupils of the Academy", "ticked": True, "details": [ages]},
        {"label": "Members of the public", "ticked": False, "details": []},
    ]
    row = {"label": "Proposed audience", "answer": "", "ticks": ticks}

    pdf = draw(a_record(sections=[{"title": "Audience", "on_paper": True, "rows": [row]}]))

    assert "Pupils of the Academy (ticked) Age range: 13 to 16" in words(pdf)
    assert "Members of the public (ticked)" not in words(pdf)


def test_a_record_without_a_part_is_refused() -> None:
    record = a_record()
    del record["boxes"]

    with pytest.raises(CannotBeDrawn):
        draw(record)
