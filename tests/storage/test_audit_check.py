"""Whatever was done to the audit by hand is found, and named by subject and number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.audit_check import Finding, Flaw, verify
from tests.storage.histories import a_chain, relinked, renumbered, sealed, with_cell

if TYPE_CHECKING:
    from storage.audit_chain import ChainRow
    from storage.audit_check import Recorded

    Chains = tuple[tuple[ChainRow, ...], ...]

ELM = ("setting", "elm")
TEXTS = ("at", "actor", "verb", "clause", "facts", "previous_hash", "hash")


def found(rows: tuple[ChainRow, ...], recorded: Recorded | None = None) -> list[tuple[Flaw, int]]:
    findings = verify(rows, recorded or {}).findings
    assert all(finding.subject == ELM for finding in findings)
    return [(finding.flaw, finding.number) for finding in findings]


def heads(*chains: tuple[ChainRow, ...]) -> Recorded:
    return {chain[-1].subject: {chain[-1].number: chain[-1].hash} for chain in chains}


def test_a_chain_nobody_touched_is_whole() -> None:
    chain, other = a_chain(5), a_chain(2, about="oak")

    looked = verify((*chain, *other), heads(chain, other))

    assert looked.findings == ()
    assert (looked.chains, looked.rows) == (2, 7)


@pytest.mark.parametrize("column", TEXTS)
@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_changed_cell_is_found_wherever_it_is(column: str, number: int) -> None:
    chain = list(a_chain(5))
    chain[number - 1] = with_cell(chain[number - 1], column, "another")

    assert found(tuple(chain)) == [(Flaw.CHANGED, number)]


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_missing_row_is_found(number: int) -> None:
    chain = a_chain(5)

    assert found((*chain[: number - 1], *chain[number:])) == [(Flaw.MISSING, number)]


def test_a_missing_row_whose_gap_was_closed_is_found() -> None:
    chain = a_chain(5)

    assert found(renumbered((*chain[:2], *chain[3:]))) == [(Flaw.MOVED, 3), (Flaw.MOVED, 4)]


def test_rows_that_changed_places_are_found() -> None:
    one, two, three, four = a_chain(4)

    assert found(renumbered((one, three, two, four))) == [(Flaw.MOVED, 2), (Flaw.MOVED, 3)]


def test_a_row_put_in_between_is_found_where_it_stands() -> None:
    one, two, three = a_chain(3)
    put_in = sealed(replace(two, number=2, facts='{"rows":9}', previous_hash=one.hash))

    assert found(renumbered((one, put_in, two, three))) == [(Flaw.MOVED, 3), (Flaw.MOVED, 4)]


def test_a_row_put_in_before_the_first_is_found() -> None:
    chain = a_chain(3)

    assert found((sealed(replace(chain[0], number=0)), *chain)) == [(Flaw.INSERTED, 0)]


@pytest.mark.parametrize("number", [1, 2])
def test_a_row_replaced_with_its_hash_is_found_by_the_row_after_it(number: int) -> None:
    chain = list(a_chain(3))
    chain[number - 1] = sealed(replace(chain[number - 1], verb="erased"))

    assert found(tuple(chain)) == [(Flaw.REPLACED, number)]


def test_a_cut_off_tail_shows_only_beside_the_heads() -> None:
    chain = a_chain(5)

    assert found(chain[:3]) == []
    assert found(chain[:3], heads(chain)) == [(Flaw.CUT_OFF, 4)]


def test_a_chain_written_anew_shows_only_beside_the_heads() -> None:
    chain = a_chain(5)
    anew = relinked((*chain[:2], replace(chain[2], verb="erased"), *chain[3:]))

    assert found(anew) == []
    assert found(anew, heads(chain)) == [(Flaw.REWRITTEN, 5)]


def test_a_chain_that_is_gone_shows_only_beside_the_heads() -> None:
    chain = a_chain(5)

    assert found((), heads(chain)) == [(Flaw.GONE, 5)]


def test_a_chain_that_grew_since_the_heads_were_kept_is_whole() -> None:
    assert found(a_chain(5), heads(a_chain(3))) == []


@pytest.mark.parametrize("flaw", Flaw)
def test_every_flaw_says_what_and_where(flaw: Flaw) -> None:
    says = str(Finding(flaw=flaw, subject=ELM, number=7, other=6))

    assert "7" in says
    assert says.endswith(".")


def changed(  # noqa: PLR0911 - one line for each way to tamper
    draw: st.DrawFn, chain: tuple[ChainRow, ...], at: int
) -> tuple[ChainRow, ...]:
    """Do one thing to a chain, at one row of it."""
    row, before, after = chain[at], chain[:at], chain[at + 1 :]
    text = draw(st.text(min_size=1).filter(lambda typed: typed not in repr(row)))
    match draw(st.sampled_from(("cell", "replace", "remove", "close gap", "insert", "swap", "cut", "rewrite"))):
        case "cell":
            return (*before, with_cell(row, draw(st.sampled_from(TEXTS)), text), *after)
        case "replace":
            return (*before, sealed(replace(row, facts=text)), *after)
        case "remove":
            return (*before, *after)
        case "close gap":
            return renumbered((*before, *after))
        case "insert":
            return renumbered((*before, sealed(replace(row, facts=text)), row, *after))
        case "swap" if len(chain) > 1:
            first = min(at, len(chain) - 2)
            return renumbered((*chain[:first], chain[first + 1], chain[first], *chain[first + 2 :]))
        case "rewrite":
            return relinked((*before, replace(row, facts=text), *after))
        case _:
            return before


@st.composite
def tampered(draw: st.DrawFn) -> tuple[Chains, Chains, int]:
    """Return chains, the same after one thing was done to one of them, and which of them."""
    lengths = draw(st.lists(st.integers(1, 8), min_size=1, max_size=4))
    chains = tuple(a_chain(length, about=f"s{index}") for index, length in enumerate(lengths))
    which = draw(st.integers(0, len(chains) - 1))
    after = changed(draw, chains[which], draw(st.integers(0, len(chains[which]) - 1)))
    return chains, (*chains[:which], after, *chains[which + 1 :]), which


@given(tampered())
def test_any_one_change_to_any_history_is_found_and_named(case: tuple[Chains, Chains, int]) -> None:
    chains, after, which = case

    findings = verify((row for chain in after for row in chain), heads(*chains)).findings

    first_change = next(
        (row.number for row, now in zip(chains[which], after[which], strict=False) if row != now),
        min(len(chains[which]), len(after[which])) + 1,
    )
    assert findings
    assert {finding.subject for finding in findings} == {("setting", f"s{which}")}
    assert any(finding.number >= first_change for finding in findings)
