from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.models import shipped_models
from policy_kb.word_pieces import END, MOST_PIECES, START, UNKNOWN, WordPieces

KNOWN = ("[UNK]", "[CLS]", "[SEP]", "head", "##teacher", "##s", "cafe", "?", "a")
PIECES = WordPieces({piece: row for row, piece in enumerate(KNOWN)})


def cut(text: str) -> list[str]:
    return [KNOWN[row] for row in PIECES.cut(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("headteachers?", ["head", "##teacher", "##s", "?"]),
        ("  A HEAD ", ["a", "head"]),
        ("café", ["cafe"]),
        ("headmaster", [UNKNOWN]),
        ("", []),
        ("a" * 41, [UNKNOWN]),
    ],
)
def test_a_word_is_cut_into_the_longest_pieces_known_and_one_that_cannot_be_is_unknown(
    text: str, pieces: list[str]
) -> None:
    assert cut(text) == [START, *pieces, END]


def test_of_a_long_text_its_head_and_its_tail_are_read() -> None:
    pieces = cut("head " * 200 + "cafe " * 200)

    assert len(pieces) == MOST_PIECES
    assert (pieces[1], pieces[-2]) == ("head", "cafe")


@given(st.text(max_size=300))
def test_any_text_is_cut_into_rows_that_the_encoder_has(text: str) -> None:
    encoder = shipped_models().heads.encoder

    rows = encoder.pieces.cut(text)

    assert 2 <= len(rows) <= MOST_PIECES
    assert all(0 <= row < len(encoder.vocabulary) for row in rows)
