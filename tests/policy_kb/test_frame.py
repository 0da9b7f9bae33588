from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from policy_kb.classifier import MODEL
from policy_kb.edition_files import EDITION
from policy_kb.frame import BY_DEVICE, PERHAPS_OTHERS, FrameReader, Slot
from policy_kb.phrases import compile_words
from policy_kb.toml_entries import EditionError, read_entries

if TYPE_CHECKING:
    from pathlib import Path

    from policy_kb.view import PolicyView


@pytest.mark.parametrize(
    ("question", "slot", "value"),
    [
        ("Can I friend a parent on Facebook?", Slot.WHO, "pupils_family"),
        ("one of my y10s sent me a follow request", Slot.WHO, "pupil"),
        ("My nephew is in Year 8, can he follow me?", Slot.WHO, "own_family"),
        ("my older sister has a child here", Slot.WHO, "own_family"),
        ("An ex-pupil added me", Slot.WHO, "former_pupil"),
        ("A journalist rang about our page", Slot.WHO, "press"),
        ("can I use my own account for it", Slot.CHANNEL, "personal"),
        ("we post it on the school Instagram", Slot.CHANNEL, "official"),
        ("Can I e-mail a pupil from my school email?", Slot.CHANNEL, "school_email"),
        ("could I text them from my own phone", Slot.CHANNEL, "own_phone"),
        ("a quick look at lunchtime", Slot.MOMENT, "break"),
        ("I leave in July", Slot.MOMENT, "leaving"),
        ("Can I skip the form?", Slot.FORM, "skip"),
        ("How many moderators are there?", Slot.FORM, "how_many"),
    ],
)
def test_a_question_says_who_how_and_when(view: PolicyView, question: str, slot: Slot, value: str) -> None:
    assert view.frames.read(question).says(slot, value)


@pytest.mark.parametrize(
    "question",
    ["my best mate's kid has just joined my school", "my pupil's mum", "my friend's daughter", "my colleague's son"],
)
def test_somebody_elses_family_is_not_the_askers_own(view: PolicyView, question: str) -> None:
    assert not view.frames.read(question).says(Slot.WHO, "own_family")


def test_the_askers_own_parent_is_not_a_pupils_parent(view: PolicyView) -> None:
    frame = view.frames.read("Can my mum follow me on Instagram?")

    assert frame.says(Slot.WHO, "own_family")
    assert not frame.says(Slot.WHO, "pupils_family")


def test_a_follow_up_changes_what_it_says_and_keeps_the_rest(view: PolicyView) -> None:
    before = view.frames.read("Can I message a pupil from my own account?")

    carried = before.carried_on_by(view.frames.read("what about her mum?"))

    assert carried.of(Slot.WHO) == {"pupils_family"}
    assert carried.says(Slot.CHANNEL, "personal")


def test_whoever_asks_for_another_way_leaves_the_way_before_behind(view: PolicyView) -> None:
    before = view.frames.read("Can I message a parent on my own Facebook?")

    carried = before.carried_on_by(view.frames.read("so what do I do instead?"))

    assert carried.leaves_open(Slot.CHANNEL)
    assert carried.leaves_open(Slot.ACT)
    assert carried.says(Slot.WHO, "pupils_family")


def test_words_match_whole_words_only() -> None:
    pattern = compile_words(("pm", "photo*"))

    assert pattern.search("send a pm")
    assert pattern.search("photographs")
    assert not pattern.search("at 3.30pmish")


def test_a_slip_in_the_phrases_names_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "frames.toml"
    file.write_text('# a comment\n\n[[phrase]]\nslot = "whom"\nvalue = "pupil"\nwords = ["pupil"]\n', encoding="utf-8")

    with pytest.raises(EditionError) as slip:
        FrameReader.load(file)

    assert str(slip.value).startswith("frames.toml, line 3: 'whom' is no slot; use one of: who")


def test_a_phrase_that_begins_with_no_word_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "frames.toml"
    file.write_text('[[phrase]]\nslot = "who"\nvalue = "pupil"\nwords = ["pupil", "* pupil"]\n', encoding="utf-8")

    with pytest.raises(EditionError, match=r"frames.toml, line 1: each phrase must begin with a letter or a digit"):
        FrameReader.load(file)


def test_every_value_that_a_rule_asks_for_can_be_read_in_some_question(view: PolicyView) -> None:
    read = {(one.one_of("slot", Slot), one.text("value")) for one in read_entries(EDITION / "frames.toml", "phrase")}
    meant = json.loads((MODEL / "encoder.json").read_text("utf-8"))["labels"]
    known = (
        read
        | {(slot, value) for slot in Slot for value in meant.get(slot, ())}
        | {(Slot.ACT, BY_DEVICE), (Slot.ACT, PERHAPS_OTHERS)}
    )

    conditions = [case.conditions for case in view.cases]
    conditions += [rule.conditions for rule in (*view.red_lines, *view.misfits, *view.beyond, *view.named)]
    asked = {(slot, value) for one in conditions for slot, values in (*one.needed, *one.barred) for value in values}
    asked |= {(switch.slot, value) for switch in view.follow_ups.switches for value in switch.values}

    assert asked <= known
