"""CSV files as spreadsheets really save them, and what people are told of those that cannot be read."""

from __future__ import annotations

import pytest

from handlers.imports.sheet import Columns, Sheet, read_sheet

COLUMNS = Columns(
    known=("name", "email", "line_manager", "pattern"),
    needed=("name", "email"),
    may_start_with_a_sign=frozenset({"pattern"}),
)


def read(text: str | bytes) -> Sheet:
    return read_sheet(text if isinstance(text, bytes) else text.encode(), COLUMNS)


def told(text: str | bytes) -> list[str]:
    return [str(problem) for problem in read(text).problems]


@pytest.mark.parametrize(
    "text",
    [
        "name,email\nAnna Şahin,a@x.example\n",
        "\ufeffname,email\r\nAnna Şahin,a@x.example\r\n",
        " Name ,E-Mail\nAnna Şahin , a@x.example\n".replace("E-Mail", "EMAIL"),
        '"name","email"\n"Anna Şahin","a@x.example"\n',
        "name,email\n\n , \nAnna Şahin,a@x.example\n",
    ],
)
def test_a_list_reads_the_same_however_it_was_saved(text: str) -> None:
    sheet = read(text)

    assert [row.cells for row in sheet.rows] == [{"name": "Anna Şahin", "email": "a@x.example"}]
    assert sheet.problems == ()
    assert sheet.notes == ()


@pytest.mark.parametrize(("separator", "called"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_other_separators_are_understood_and_told(separator: str, called: str) -> None:
    sheet = read(f"name{separator}email\nAnna, the first{separator}a@x.example\n")

    assert [row.cells["name"] for row in sheet.rows] == ["Anna, the first"]
    assert sheet.notes == (f"The columns of this file are parted by {called}.",)


def test_rows_are_numbered_as_the_spreadsheet_shows_them() -> None:
    sheet = read('name,email\n\n"Anna\nof two lines",a@x.example\nBert,b@x.example\n')

    assert [row.number for row in sheet.rows] == [3, 4]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04 and so on", "This is a spreadsheet, not a CSV file"),
        ("name,email\n".encode("utf-16"), "UTF-16"),
        ("name,email\nAnna,a@x.example\nCafé,c@x.example\n".encode("latin-1"), "Row 3: This row has letters that"),
        (b"name,email\nAn\0na,a@x.example\n", "not a text file"),
        (b"", "name, email is missing. It has: nothing"),
        (b"name,mail\n", "email is missing. It has: name, mail"),
        (b'name,email\nAnna,a@x.example\n"Bert,b@x.example\n', "Row 3: This row cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence_that_says_where_and_why(data: bytes, says: str) -> None:
    (problem,) = told(data)

    assert says in problem


def test_columns_nobody_reads_and_columns_given_twice_are_refused() -> None:
    assert told("name,email,phone,name\nAnna,a@x.example,1,Anna\n") == [
        "Row 1, name: This column is there twice: take one out.",
        "Row 1, phone: There is no such column: take it out. The columns are name, email, line_manager, pattern.",
    ]


def test_empty_columns_at_the_end_do_no_harm() -> None:
    assert told("name,email,,\nAnna,a@x.example,,\n") == []


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("Anna", "This row has 1 cells and the first row 2"),
        ("Smith, Anna,a@x.example", "This row has more cells than the first row names"),
    ],
)
def test_a_row_of_the_wrong_length_is_not_guessed_at(row: str, says: str) -> None:
    sheet = read(f"name,email\n{row}\nBert,b@x.example\n")

    (problem,) = sheet.problems
    assert problem.row == 2
    assert says in problem.says
    assert [one.number for one in sheet.rows] == [3]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_a_cell_that_a_spreadsheet_would_run_is_refused(sign: str) -> None:
    (problem,) = told(f'name,email\n"{sign}HYPERLINK(1)",a@x.example\n')

    assert problem.startswith("Row 2, name: This cell starts like a formula")


def test_a_week_that_begins_with_a_day_off_is_no_formula() -> None:
    assert told("name,email,pattern\nAnna,a@x.example,-TWTF\n") == []


def test_a_cell_without_end_is_refused() -> None:
    (problem,) = told(f"name,email\n{'A' * 1001},a@x.example\n")

    assert "more than 1000 letters" in problem
