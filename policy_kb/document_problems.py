"""What the policy owner should look at in an official document, in plain sentences."""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from policy_kb.clause import ClauseRef
from policy_kb.edition_files import printed_order
from policy_kb.gathered import Remark
from policy_kb.words import ItemId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_kb.edition_shape import EditionShape
    from policy_kb.gather import Gatherer
    from policy_kb.gathered import Block

_NEAR = 2  # lines with one empty line between them are one run
_ADD_LABEL = "add the words that your document prints to form_labels.toml"


def problems(gatherer: Gatherer, shape: EditionShape) -> tuple[str, ...]:
    """Return every problem of a document that has been read, by line."""
    wholes = [block for block in gatherer.blocks if not block.ref.part]
    found = [
        *gatherer.remarks,
        *_left_out(gatherer),
        *_empty(gatherer.blocks),
        *_out_of_order(wholes),
        *_missing(wholes, shape),
        *_unknown(wholes, shape),
        *_miscounted(gatherer.blocks, shape),
    ]
    return tuple(remark.sentence for remark in sorted(found))


def _left_out(gatherer: Gatherer) -> Iterator[Remark]:
    for first, last in _runs(gatherer.left_out):
        lines = f"Line {first} belongs" if first == last else f"Lines {first} to {last} belong"
        yield Remark(first, f"{lines} to no numbered clause, so the words were left out; give them a number.")
    if gatherer.noise:
        numbers = ", ".join(map(str, gatherer.noise))
        yield Remark(0, f"Left out as page numbers, page headers or contents: line {numbers}.")


def _empty(blocks: Iterable[Block]) -> Iterator[Remark]:
    for block in blocks:
        if not block.texts:
            yield Remark(block.line, f"Line {block.line} starts {block.ref} but no words follow; check the document.")


def _out_of_order(wholes: Iterable[Block]) -> Iterator[Remark]:
    numbered = [block for block in wholes if block.printed]
    for before, after in pairwise(numbered):
        if printed_order(after.ref) < printed_order(before.ref):
            yield Remark(after.line, f"Line {after.line}: {after.ref} comes after {before.ref}, out of order.")


def _missing(wholes: Iterable[Block], shape: EditionShape) -> Iterator[Remark]:
    at = {block.ref.id: block.line for block in wholes}
    above = ""
    line = 0
    for missing, run in groupby(_expected(at, shape), key=lambda id_: id_ not in at):
        ids = list(run)
        if missing:
            yield from (Remark(line, sentence) for sentence in _missing_sentences(ids, above))
        else:
            line = at[ids[-1]]
            above = f" after line {line} ({ids[-1]})"


def _missing_sentences(ids: list[ItemId], above: str) -> Iterator[str]:
    numbers = [id_ for id_ in ids if id_[-1].isdigit()]
    if numbers:
        verb = "is" if len(numbers) == 1 else "are"
        yield f"{', '.join(numbers)} {verb} missing: no line{above} starts with that number."
    if "front" in ids:
        yield f"Nothing before the first number says when the policy was adopted or is to be reviewed; {_ADD_LABEL}."
    fields = [id_ for id_ in ids if id_.startswith("form.")]
    if "form" in ids:
        yield f"The form was not found: no line after the clauses is its title; {_ADD_LABEL}."
    elif fields:
        yield f"{', '.join(fields)}: no line of the form{above} starts with a label for this; {_ADD_LABEL}."
    if "checklist" in ids:
        yield f"The checklist was not found: no line after the clauses is its title; {_ADD_LABEL}."


def _expected(at: Iterable[ItemId], shape: EditionShape) -> list[ItemId]:
    """Return the edition's ids, and every number below the highest of a section the document has."""
    highest: dict[str, int] = {}
    for section, _, clause in (id_.rpartition(".") for id_ in at if id_[-1].isdigit()):
        highest[section] = max(int(clause), highest.get(section, 0))
    gaps = [ItemId(f"{section}.{clause}") for section, most in highest.items() for clause in range(1, most + 1)]
    return sorted(dict.fromkeys([*shape.ids, *gaps]), key=lambda id_: printed_order(ClauseRef(id_)))


def _unknown(wholes: Iterable[Block], shape: EditionShape) -> Iterator[Remark]:
    for block in wholes:
        if block.ref.id not in shape.ids:
            yield Remark(block.line, f"Line {block.line}: {block.ref} is new, so no answer rests on it yet.")


def _miscounted(blocks: Iterable[Block], shape: EditionShape) -> Iterator[Remark]:
    found = list(blocks)
    parts = Counter(block.ref.id for block in found if block.ref.part)
    lines = {block.ref.id: block.line for block in found if not block.ref.part}
    for id_, line in lines.items():
        if id_ in shape.lists and parts[id_] != shape.lists[id_]:
            yield Remark(
                line,
                f"Line {line}: the list of {id_} has {parts[id_]} entries and the edition's has {shape.lists[id_]};"
                " check that each entry still stands for the same thing.",
            )


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Join line numbers that follow each other, with at most one empty line between."""
    run: tuple[int, int] | None = None
    for number in numbers:
        if run and number - run[1] <= _NEAR:
            run = (run[0], number)
            continue
        if run:
            yield run
        run = (number, number)
    if run:
        yield run
