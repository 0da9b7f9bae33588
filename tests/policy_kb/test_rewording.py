"""What one document says otherwise than another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.clause import ClauseRef
from policy_kb.rewording import LEFT_OUT, Reworded, reworded, where_they_differ
from policy_kb.words import ItemId

FIRST, SECOND, THIRD = (ClauseRef(ItemId(number)) for number in ("1.1", "1.2", "1.3"))
LONG = "Staff must not accept any request to become a friend of a parent or of any other carer of a pupil here."
words = st.lists(st.sampled_from(("must", "not", "may", "staff", "ask")), max_size=30).map(" ".join)


def test_other_words_new_items_and_those_that_are_gone_are_told_apart() -> None:
    before = {FIRST: "Be kind.", SECOND: "Ask first.", THIRD: "Stay safe."}
    after = {FIRST: "Be  kind.\n", ClauseRef(ItemId("1.4")): "New.", SECOND: "Always ask first."}

    assert reworded(before, after) == (
        Reworded(ref=ClauseRef(ItemId("1.4")), was="", now="New."),
        Reworded(ref=SECOND, was="Ask first.", now="Always ask first."),
        Reworded(ref=THIRD, was="Stay safe.", now=""),
    )


@pytest.mark.parametrize(
    ("now", "old_part", "new_part"),
    [
        (LONG.replace("must not", "should not"), "Staff must not accept any request to become a friend …",
         "Staff should not accept any request to become a friend …"),
        (LONG + " Ever.", "… of any other carer of a pupil here.", "… of any other carer of a pupil here. Ever."),
        (LONG.replace(" any other", ""), "… become a friend of a parent or of any other carer of a pupil here.",
         "… become a friend of a parent or of carer of a pupil here."),
    ],
)  # fmt: skip
def test_only_what_differs_is_shown_with_some_words_around_it(now: str, old_part: str, new_part: str) -> None:
    assert where_they_differ(LONG, now) == (old_part, new_part)


@given(words, words)
def test_what_is_left_out_is_the_same_in_both(was: str, now: str) -> None:
    old_part, new_part = where_they_differ(was, now)

    begins = [part.startswith(LEFT_OUT) for part in (old_part, new_part)]
    ends = [part.endswith(LEFT_OUT) for part in (old_part, new_part)]
    shown = [part.replace(LEFT_OUT, "").split() for part in (old_part, new_part)]
    assert begins[0] == begins[1]
    assert ends[0] == ends[1]
    assert len(was.split()) - len(shown[0]) == len(now.split()) - len(shown[1])
    for whole, part in zip((was, now), shown, strict=True):
        assert " ".join(part) in " ".join(whole.split())
