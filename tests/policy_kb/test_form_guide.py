"""The guide to writing a form tells the truth: its example can be read, and it lists every check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policy_kb.request_words import FormKey
from policy_kb.rules.form_checks import CHECKS, COMPARING
from policy_kb.rules.form_files import load_forms
from policy_kb.toml_entries import EditionError
from tests.policy_kb.forms import VIEW

GUIDE = (Path(__file__).parents[2] / "docs" / "requests.md").read_text(encoding="utf-8")
SLIP = 'when = ["prize_is_large is yes"]\n'


def code_block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    assert found
    return found[1]


def test_the_example_is_told_its_slip_in_the_words_of_the_guide(tmp_path: Path) -> None:
    (tmp_path / "competition.toml").write_text(code_block("toml"), encoding="utf-8")

    with pytest.raises(EditionError) as told:
        load_forms(tmp_path, VIEW.items)

    assert str(told.value) == code_block("text").strip()


def test_the_example_without_its_slip_is_an_approval_people_can_ask_for(tmp_path: Path) -> None:
    (tmp_path / "competition.toml").write_text(code_block("toml").replace(SLIP, ""), encoding="utf-8")

    form = load_forms(tmp_path, VIEW.items)[FormKey("competition")]

    assert [step.key for step in form.routes[0].steps] == ["line_manager", "deputy_ceo", "head"]


@pytest.mark.parametrize("check", [*CHECKS, *COMPARING])
def test_every_check_is_in_the_guide(check: str) -> None:
    assert re.search(rf"`{check}( X)?`", GUIDE)


@pytest.mark.parametrize("form", VIEW.forms)
def test_every_form_is_in_the_guide(form: FormKey) -> None:
    assert f"`{form}`" in GUIDE
