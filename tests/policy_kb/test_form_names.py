"""Texts that seem to name a child are noticed, and ordinary school words are not taken for names."""

from __future__ import annotations

import pytest

from policy_kb.rules.form_check_names import seems_to_name_a_child


@pytest.mark.parametrize(
    "text",
    [
        "A film by Year 9 pupil Jayden about rivers",
        "Jayden Smith in Year 7 will write the blog",
        "Jayden Smith (Y7) took the pictures",
        "Photos of my pupil Amy",
        "the student called Ben",
        "our head boy, Oluwaseun",
        "pupils Amy and Ben",
        "Poems by Zoë, aged 7",
        "Poems by Amy (7)",
        "Amy's mum runs the page",
        "the child Łukasz",
        "a pupil named O’Brien",
    ],
)
def test_a_named_child_is_noticed(text: str) -> None:
    assert seems_to_name_a_child(text)


@pytest.mark.parametrize(
    "text",
    [
        "News for pupils and their families.",
        "How we spend the Pupil Premium",
        "Run by the Student Council",
        "Sports Day in Year 7, and Science in Year 8",
        "Every pupil. We show their work.",
        "Advice on Child Protection",
        "Results of the Year 9 team",
        "The Summer Fair in July (5 pm)",
        "For pupils in Year 10 and Year 11",
        "Mrs Green in the office answers",
        "What children’s parents need to know",
        "",
    ],
)
def test_ordinary_school_words_are_no_names(text: str) -> None:
    assert not seems_to_name_a_child(text)
