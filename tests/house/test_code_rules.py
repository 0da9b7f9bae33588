"""Rules of the house that no linter keeps."""

from __future__ import annotations

import ast
import re
import tokenize
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from handlers import doing
from handlers.requests import deciding, deciding_said, drafting, form_said
from policy_kb.bot_words import Action, SayKind
from policy_kb.view import load_view
from tests.house.repository import PACKAGES, ROOT, name, python_files, tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

HANDLERS = tuple(python_files("handlers"))
HANDLING = ("handle", "_handled", "_heard")
MOST_LINES = 300
EXCUSE = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no)")
WITH_REASON = re.compile(
    r"# (noqa: [A-Z]+\d+(, [A-Z]+\d+)* - |type: ignore\[[\w-]+(, [\w-]+)*\]  # |pragma: no cover - )\S.{7,}"
)
POLICY_LINE = re.compile(r"^\s*Policy:(.*)$", re.MULTILINE)
ABOUT_ANSWERS = (Action.SEE_CLAUSE, Action.CHOOSE, Action.SHARE, Action.HELPFUL, Action.NOT_RIGHT)
DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def test_there_is_code_to_look_at() -> None:
    assert {name(file).split("/")[0] for file in python_files()} >= {*PACKAGES, "tests"}


@pytest.mark.parametrize("package", [package for package in PACKAGES if package != "bot"])
def test_only_the_bot_waits(package: str) -> None:
    waiting = [
        f"{name(file)}:{node.lineno}"
        for file in python_files(package)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith)
    ]

    assert waiting == []


def test_no_file_is_longer_than_a_person_reads_in_one_go() -> None:
    lengths = {name(file): len(file.read_text("utf-8").splitlines()) for file in python_files()}

    assert {file: length for file, length in lengths.items() if length > MOST_LINES} == {}


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    assert [name(file) for file in python_files() if file.stem in {"utils", "util", "helpers", "misc", "common"}] == []


def test_whoever_silences_a_check_says_which_and_why() -> None:
    excuses = [(place, comment) for place, comment in _comments() if EXCUSE.search(comment)]

    assert excuses
    assert [f"{place} {comment}" for place, comment in excuses if not WITH_REASON.search(comment)] == []


@pytest.mark.parametrize(
    ("comment", "enough"),
    [
        ("# noqa: S311 - nothing secret rests on it", True),
        ("# noqa: PLR0911, C901 - one line for each kind", True),
        ("# type: ignore[arg-type]  # the SDK carries no types", True),
        ("# pragma: no cover - only on Windows", True),
        ("# noqa", False),
        ("# noqa: S311", False),
        ("# noqa: S311 - ok", False),
        ("# type: ignore", False),
        ("# type: ignore  # the SDK carries no types", False),
        ("# type: ignore[arg-type]", False),
        ("# pragma: no cover", False),
    ],
)
def test_what_counts_as_a_reason(comment: str, enough: bool) -> None:
    assert EXCUSE.search(comment)
    assert bool(WITH_REASON.search(comment)) is enough


def test_no_test_uses_mocks() -> None:
    mocking = [
        f"{name(file)}:{node.lineno}"
        for file in python_files()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Import | ast.ImportFrom) and "mock" in ".".join(_imported(node)).split(".")
    ]

    assert mocking == []


def test_every_clause_a_docstring_rests_on_is_in_the_policy() -> None:
    known = {str(ref) for ref in load_view().items} | {ref.id for ref in load_view().items}
    cited = list(_clauses_cited())

    assert cited
    assert [f"{place} {clause}" for place, clause in cited if clause not in known] == []


def test_everything_the_bot_can_say_is_said_by_some_handler() -> None:
    acting = [file for file in HANDLERS if not _is_worded_in(file) and file.name != "router.py"]
    said = _mentioned("SayKind", [*map(tree, acting), *(_function("handlers/router.py", one) for one in HANDLING)])

    assert said == {kind.name for kind in SayKind}


def test_everything_the_bot_can_say_is_put_into_words_in_one_place() -> None:
    worded = _mentioned("SayKind", [_function("handlers/router.py", "_composed")])
    others = (form_said.KINDS, deciding_said.KINDS, doing.COMPOSED)
    composed = [*worded, *(kind.name for some in others for kind in some)]

    assert _more_than_once(composed) == []
    assert set(composed) == {kind.name for kind in SayKind}


def test_every_action_stands_on_some_button_and_is_done_in_one_place() -> None:
    worded = [tree(file) for file in HANDLERS if _is_worded_in(file)]

    assert _mentioned("Action", worded) == {action.name for action in Action}
    done = [action for some in (ABOUT_ANSWERS, drafting.ACTIONS, deciding.ACTIONS, doing.ACTIONS) for action in some]
    assert _more_than_once(done) == []
    assert set(done) == set(Action)


@pytest.mark.parametrize("table", ["ACTIONS", "COMPOSED"])
def test_of_two_modules_that_do_or_word_the_same_none_wins_unseen(table: str) -> None:
    parts = [getattr(part, table) for part in vars(doing).values() if hasattr(part, table)]

    assert parts
    assert _more_than_once(one for part in parts for one in part) == []
    assert {one for part in parts for one in part} == set(getattr(doing, table))


def _is_worded_in(file: Path) -> bool:
    """Tell whether a module composes what people read, rather than doing what they ask."""
    return file.name.endswith("_said.py") or file.name in {"notices.py", "controls.py", "status.py", "chasing_items.py"}


def _more_than_once(names: Iterable[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)


def _comments() -> Iterator[tuple[str, str]]:
    for file in python_files():
        with file.open("rb") as source:
            for token in tokenize.tokenize(source.readline):
                if token.type == tokenize.COMMENT:
                    yield f"{name(file)}:{token.start[0]}", token.string


def _imported(node: ast.Import | ast.ImportFrom) -> tuple[str, ...]:
    module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
    return (module, *(one.name for one in node.names))


def _clauses_cited() -> Iterator[tuple[str, str]]:
    for file in python_files():
        for node in ast.walk(tree(file)):
            if isinstance(node, DOCUMENTED):
                for line in POLICY_LINE.findall(ast.get_docstring(node) or ""):
                    yield from ((name(file), clause.strip()) for clause in line.split(","))


def _mentioned(closed_set: str, parts: Iterable[ast.AST]) -> set[str]:
    """Return which members of a closed set are named in some code."""
    return {
        node.attr
        for part in parts
        for node in ast.walk(part)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == closed_set
    }


def _function(file: str, wanted: str) -> ast.FunctionDef:
    found = (node for node in ast.walk(tree(ROOT / file)) if isinstance(node, ast.FunctionDef) and node.name == wanted)
    return next(found)
