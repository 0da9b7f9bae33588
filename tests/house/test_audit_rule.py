"""Whatever changes a row that matters takes an audit entry; what does not matter is listed here, with the reason."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.house.repository import ROOT, name, python_files, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

STATEMENTS = {"insert", "update", "delete"}
SQL = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
ENTRY = "entry"

OPERATIONAL = {
    "storage/inbox.py": "ids of events, gone after days; they say nothing of what anybody decided",
    "storage/outbox.py": "the queue of what is to be said; what it tells of has its own entry",
    "storage/answers.py": "answers as facts, gone after weeks; the clauses they show are in the edition",
    "storage/identities.py": "which account is whose, looked up anew by itself",
    "storage/chat_addresses.py": "where somebody can be reached, renewed with each word they say",
    "storage/due.py": "the calendar of the bot's own duties; what a duty changes has its own entry",
    "storage/request_answers.py": "a form being filled in; nothing of it counts before it is sent, with an entry",
    "storage/form_talks.py": "which form somebody is filling in where; the form itself stays",
    "storage/cards.py": "where messages are that show how a step stands; what they show has its own entry",
    "storage/offers.py": "who is asked to take a slot; that it changed hands has an entry",
    "storage/secret_addresses.py": "ways to read what somebody may read anyway; nothing is changed through them",
    "storage/reminded.py": "on which days somebody was reminded, gone after weeks, and what they put off",
    "storage/audit.py": "the audit itself",
}
WITHOUT_ENTRY = {
    "storage/erasing.py:Erasing.forget_leavers": "the nightly tidying writes how many rows went",
    "storage/sites.py:Sites.touch": "the day of the latest entry, kept beside it",
    "storage/rota.py:Rota.lay_out": "the planner's own work: the same rows come out however often it is done",
    "storage/rota.py:Rota.plan": "the planner's own work, by rule; what a person has taken or given it leaves alone",
    "storage/rota.py:Rota.set_reserve": "the planner's own work: somebody to ask, who decides on being asked",
    "storage/rota.py:Rota.drop": "slots to come of a site whose state or shape was changed, with an entry",
    "storage/rota.py:Rota.forget_slots_before": "the nightly tidying writes how many rows went",
    "storage/not_covered.py:NotCovered.forget_absences_before": "the same tidying",
    "storage/copying.py:copy_rows": "a copy in memory to try things out on; the database itself is only read",
    "storage/health.py:check_writable": "a trial that is taken back",
    "storage/health.py:findings": "the same trial",
}
# What writes on behalf of repositories; whoever calls it counts as writing.
BEHIND = ("storage/conflict.py", "storage/people_writing.py", "storage/request_erasing.py")


def writers() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield every public function of storage that changes rows, itself or through what it calls in its file."""
    for file in python_files("storage"):
        path = name(file)
        if path in OPERATIONAL or path in BEHIND or path.startswith("storage/migrations/"):
            continue
        yield from ((f"{path}:{where}", found) for where, found in writing_functions(tree(file)))


def writing_functions(module: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield the public functions of one module that change rows, with their names."""
    functions, ready = dict(_functions(module)), _ready_made(module)
    writing = {where for where, function in functions.items() if _writes(function) or _names(function) & ready}
    while True:
        called = {where.rpartition(".")[2] for where in writing}
        more = {where for where, function in functions.items() if _calls(function) & called} - writing
        if not more:
            break
        writing |= more
    public = (where for where in writing if not any(part.startswith("_") for part in where.split(".")))
    yield from ((where, functions[where]) for where in sorted(public))


def test_there_are_writers_to_look_at() -> None:
    found = {where for where, _ in writers()}

    assert {
        "storage/editions.py:Editions.import_edition",
        "storage/people.py:People.put",
        "storage/settings.py:Settings.put",
        "storage/erasing.py:Erasing.erase",
    } <= found


def test_every_write_that_matters_takes_an_audit_entry() -> None:
    without = [
        where
        for where, function in writers()
        if where not in WITHOUT_ENTRY and ENTRY not in {one.arg for one in _arguments(function)}
    ]

    assert without == []


def test_whoever_takes_an_entry_writes_it_or_hands_it_on() -> None:
    kept_to_themselves = [
        where
        for where, function in writers()
        if ENTRY in {one.arg for one in _arguments(function)}
        and not any(isinstance(node, ast.Name) and node.id == ENTRY for node in ast.walk(function))
    ]

    assert kept_to_themselves == []


def test_an_entry_is_what_its_name_says() -> None:
    wrong = [
        where
        for where, function in writers()
        for one in _arguments(function)
        if one.arg == ENTRY and (one.annotation is None or ast.unparse(one.annotation) != "AuditEntry")
    ]

    assert wrong == []


def test_no_exception_outlives_its_reason() -> None:
    found = {f"{name(file)}:{where}" for file in python_files("storage") for where, _ in writing_functions(tree(file))}
    files = {where.partition(":")[0] for where in found}

    assert sorted(set(OPERATIONAL) - files) == []
    assert sorted(set(WITHOUT_ENTRY) - found) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("class A:\n    def put(self):\n        self.connection.execute(insert(t))", ["A.put"]),
        ("class A:\n    def put(self):\n        self._put()\n    def _put(self):\n        update(t)", ["A.put"]),
        (
            "class A:\n  def put(self):\n    self._a()\n  def _a(self):\n    _b()\ndef _b():\n  delete(t)",
            ["A.put"],
        ),
        ("def put(connection):\n    connection.execute(tables.t.insert())", ["put"]),
        ("def put(connection):\n    connection.execute(text('UPDATE people SET name = 1'))", ["put"]),
        ("def put(connection):\n    insert_or_change(connection, t, [])", ["put"]),
        ("_PUT = insert(t).values(a=1)\ndef put(connection):\n    connection.execute(_PUT)", ["put"]),
        ("class A:\n    def get(self):\n        return self.connection.execute(select(t))", []),
    ],
)
def test_what_counts_as_a_write(code: str, found: list[str]) -> None:
    assert [where for where, _ in writing_functions(ast.parse(code))] == found


def _functions(module: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{one.name}", one) for one in node.body if isinstance(one, ast.FunctionDef))


def _writes(function: ast.FunctionDef) -> bool:
    return bool(_calls(function) & _behind()) or any(_is_statement(node) for node in ast.walk(function))


def _is_statement(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=called)):
            return called in STATEMENTS
        case ast.Call(func=ast.Attribute(attr=called), args=[]):  # table.insert(); a dict's own update has arguments
            return called in STATEMENTS
        case ast.Constant(value=str(words)):
            return words.lstrip().startswith(SQL)
        case _:
            return False


def _ready_made(module: ast.Module) -> set[str]:
    """Return the names of statements that are built once, beside the functions, and change rows."""
    built = [node for node in module.body if isinstance(node, ast.Assign) and any(map(_is_statement, ast.walk(node)))]
    return {target.id for node in built for target in node.targets if isinstance(target, ast.Name)}


def _names(function: ast.FunctionDef) -> set[str]:
    return {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}


@cache
def _behind() -> frozenset[str]:
    return frozenset(
        where for path in BEHIND for where, _ in _functions(tree(ROOT / path)) if not where.startswith("_")
    )


def _calls(function: ast.FunctionDef) -> set[str]:
    called = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    names = {one.id for one in called if isinstance(one, ast.Name)}
    return names | {one.attr for one in called if isinstance(one, ast.Attribute)}


def _arguments(function: ast.FunctionDef) -> list[ast.arg]:
    return [*function.args.args, *function.args.kwonlyargs]
