"""A slip in a form's file is told in one sentence: which file, which line, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_kb.clause import ClauseRef
from policy_kb.request_words import FormKey
from policy_kb.rules.form_files import load_forms
from policy_kb.rules.hosts import load_hosts
from policy_kb.toml_entries import EditionError
from policy_kb.words import ItemId, SettingId, SettingType

if TYPE_CHECKING:
    from pathlib import Path

    from policy_kb.rules.form import Form

ITEMS = frozenset({ClauseRef(ItemId("4.5")), ClauseRef(ItemId("4.3"))})
GOOD = """\
[[form]]
title = "Badge"
called = "a badge"
opens = "Three questions."
clause = "4.5"
answers = ["4.5"]

[[section]]
key = "what"
title = "What"

[[section]]
key = "more"
title = "More"

[[question]]
key = "colour"
section = "what"
label = "Colour"
asks = "Which colour?"
why = "It matters."
clause = "4.5"
kind = "choice"
options = ["red: Red", "blue: Blue"]

[[question]]
key = "shade"
section = "what"
label = "Shade"
asks = "Which shade?"
why = "It matters."
clause = "4.5"
kind = "text"
when = ["colour is red or blue"]

[[question]]
key = "day"
section = "more"
label = "Day"
asks = "Which day?"
why = "It matters."
clause = "4.5"
kind = "date"
checks = ["not_past"]

[[step]]
key = "first"
kind = "records"
by = "slt"
title = "First"
asks = "Was it discussed?"
clause = "4.5"

[[fact]]
step = "first"
key = "when_discussed"
label = "When"
asks = "When?"
kind = "date"

[[step]]
key = "second"
kind = "decides"
by = "deputy_dpo"
after = ["first"]
title = "Second"
asks = "Yes?"
clause = "4.5"

[[step]]
key = "last"
kind = "decides"
by = "final_approver"
final = true
title = "Last"
asks = "Yes?"
clause = "4.5"

[[route]]
for = ["academy", "nursery"]
steps = ["first", "second", "last"]
"""


def test_a_form_without_slips_is_read(tmp_path: Path) -> None:
    form = the_form(tmp_path, GOOD)

    assert form.key == "badge"
    assert [question.key for question in form.questions] == ["colour", "shade", "day"]
    assert [step.key for step in form.routes[0].steps] == ["first", "second", "last"]


def test_the_final_step_waits_for_every_other_step_without_saying_so(tmp_path: Path) -> None:
    last = the_form(tmp_path, GOOD).routes[0].steps[-1]

    assert last.after == ("first", "second")


def test_a_setting_may_have_a_route_of_its_own(tmp_path: Path) -> None:
    form = the_form(tmp_path, GOOD + '\n[[route]]\nsettings = ["elm-academy"]\nsteps = ["last"]\n')

    assert len(form.route_for(SettingType.ACADEMY, SettingId("elm-academy")).steps) == 1
    assert len(form.route_for(SettingType.ACADEMY, SettingId("oak-academy")).steps) == 3


def test_a_step_waits_for_what_a_left_out_step_would_have_waited_for(tmp_path: Path) -> None:
    third = '\n[[step]]\nkey = "third"\nkind = "decides"\nby = "dpo"\nafter = ["second"]\n'
    third += 'title = "Third"\nasks = "Yes?"\nclause = "4.5"\n'
    written = GOOD.replace("\n[[route]]", f"{third}\n[[route]]").replace(
        '"first", "second", "last"', '"first", "third", "last"'
    )

    steps = the_form(tmp_path, written).routes[0].steps

    assert steps[1].after == ("first",)


@pytest.mark.parametrize(
    ("good", "slipped", "told"),
    [
        ('title = "Badge"', 'titel = "Badge"', "line 1: 'titel' is not a field here;"),
        ("[[section]]", "[[sektion]]", "line 1: 'sektion' is no heading here;"),
        ('kind = "text"', 'kind = "poem"', "line 26: 'poem' is no kind;"),
        ('asks = "Which shade?"', 'asks = ""', "line 26: 'asks' must be a text in quotes."),
        ('key = "shade"', 'key = "colour"', "line 26: the question 'colour' stands twice;"),
        ('key = "shade"', 'key = "The shade"', "line 26: 'The shade' is no key;"),
        ('section = "more"', 'section = "less"', "line 36: 'less' is no section here; use one of: what, more."),
        ("colour is red or blue", "taste is sweet", "line 26: 'taste is sweet' asks about 'taste', which is"),
        ("colour is red or blue", "day is none", "line 26: 'day is none' asks about 'day', which is"),
        ("colour is red or blue", "colour is pink", "line 26: 'colour is pink': 'colour' has no option 'pink';"),
        ("colour is red or blue", "if it is red", "line 26: 'if it is red' is no condition;"),
        ('"red: Red"', '"Red"', "line 16: 'Red' is no option;"),
        ('"blue: Blue"', '"red: Blue"', "line 16: two options have the same key;"),
        ('options = ["red: Red", "blue: Blue"]', "", "line 16: a question of the kind 'choice' needs options"),
        ('kind = "text"', 'kind = "text"\noptions = ["a: A"]', "line 26: a question of the kind 'text' has no"),
        ('kind = "text"', 'kind = "text"\ndefault = "me"', "line 26: 'me' is no default;"),
        ('"not_past"', '"not_pasta"', "line 36: 'not_pasta' is no check;"),
        ('"not_past"', '"later_than"', "line 36: the check 'later_than' is not written as it should be"),
        ('"not_past"', '"not_past day"', "line 36: the check 'not_past day' is not written as it should be"),
        ('"not_past"', '"later_than week"', "line 36: the check 'later_than week' names 'week', which is"),
        ('by = "slt"', 'by = "mayor"', "line 46: nobody is called 'mayor';"),
        ('by = "slt"', 'by = "answer:author"', "line 46: 'answer:author' names the question 'author', which this"),
        ('step = "first"', 'step = "none"', "line 54: 'none' is no step here; the steps are: first, second, last."),
        ('after = ["first"]', 'after = ["zeroth"]', "line 61: 'second' comes after 'zeroth', which is no step here"),
        ('after = ["first"]', 'after = ["second"]', "line 61: 'second' would wait for itself;"),
        ('by = "slt"', 'by = "slt"\nafter = ["second"]', "line 46: 'first' would wait for itself;"),
        ('key = "second"', 'key = "first"', "line 61: the step 'first' stands twice;"),
        ("final = true\n", "", "line 78: a route needs each step once, and exactly one that has final = true."),
        ('"second", "last"]', '"second"]', "line 79: a route needs each step once, and exactly one"),
        ('"second", "last"]', '"second", "second", "last"]', "line 79: a route needs each step once"),
        ('"second", "last"]', '"sixth", "last"]', "line 79: 'sixth' is no step here;"),
        ('for = ["academy", "nursery"]\n', "", "line 79: say for whom:"),
        ('for = ["academy", "nursery"]', 'for = ["shop"]', "line 79: 'shop' is no for;"),
        ('answers = ["4.5"]', 'answers = ["4.6"]', "line 1: there is no clause 4.6;"),
        ('clause = "4.5"\nkind = "date"', 'clause = "9.9"\nkind = "date"', "line 36: there is no clause 9.9;"),
        ('clause = "4.5"\nkind = "date"', 'clause = "four"\nkind = "date"', "line 36: there is no clause four;"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_line_and_what_to_do(tmp_path: Path, good: str, slipped: str, told: str) -> None:
    written = GOOD.replace(good, slipped, 1)
    assert written != GOOD

    assert slip(tmp_path, written).startswith(f"badge.toml, {told}")


def test_a_form_that_opens_twice_is_told(tmp_path: Path) -> None:
    twice = GOOD + '\n[[form]]\ntitle = "Again"\n'

    assert slip(tmp_path, twice) == "badge.toml, line 1: write [[form]] once; it stands here 2 times."


def test_a_form_that_asks_nothing_is_told(tmp_path: Path) -> None:
    nothing = GOOD[: GOOD.index("[[question]]")] + GOOD[GOOD.index("[[step]]") :]

    assert slip(tmp_path, nothing) == "badge.toml, line 1: a form needs at least one [[question]]."


def test_a_question_that_stands_away_from_its_section_is_told(tmp_path: Path) -> None:
    apart = GOOD.replace('key = "colour"\nsection = "what"', 'key = "colour"\nsection = "more"')

    assert slip(tmp_path, apart) == "badge.toml, line 26: 'shade' belongs further up, with the section 'what'."


def test_two_forms_cannot_be_offered_under_one_clause(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")

    assert slip(tmp_path, GOOD) == "badge.toml, line 1: answers on 4.5 offer the form 'a' already; keep one."


def test_a_host_that_stands_twice_is_told(tmp_path: Path) -> None:
    hosts = tmp_path / "hosts.toml"
    hosts.write_text(a_host("Chirp", '"Chirper"') + a_host("chirper", ""), encoding="utf-8")

    with pytest.raises(EditionError) as told:
        load_hosts(hosts)

    assert str(told.value) == "hosts.toml, line 6: 'chirper' stands twice among the hosts; keep one."


def test_an_age_in_quotes_is_told(tmp_path: Path) -> None:
    hosts = tmp_path / "hosts.toml"
    hosts.write_text(a_host("Chirp", "").replace("13", '"13"'), encoding="utf-8")

    with pytest.raises(EditionError) as told:
        load_hosts(hosts)

    assert str(told.value) == "hosts.toml, line 1: 'youngest' must be a whole number, without quotes."


def a_host(name: str, aliases: str) -> str:
    return f'[[host]]\nname = "{name}"\naliases = [{aliases}]\nyoungest = 13\n\n'


def the_form(folder: Path, written: str) -> Form:
    (folder / "badge.toml").write_text(written, encoding="utf-8")
    return load_forms(folder, ITEMS)[FormKey("badge")]


def slip(folder: Path, written: str) -> str:
    """Return what the policy owner is told when the form is read."""
    with pytest.raises(EditionError) as told:
        the_form(folder, written)
    return str(told.value)
