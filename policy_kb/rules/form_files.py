"""Load the forms of an edition; every slip is told with the file, the line and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.request_words import FormKey
from policy_kb.rules.form import Form, Section
from policy_kb.rules.form_questions import read_question
from policy_kb.rules.form_routes import read_routes
from policy_kb.toml_entries import EditionError, Entry, read_entries

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from pathlib import Path

    from policy_kb.clause import ClauseRef
    from policy_kb.rules.form import Question

TABLES = ("form", "section", "question", "step", "fact", "route")
FORM_FIELDS = ("title", "called", "opens", "clause", "answers", "goes_live")
SECTION_FIELDS = ("key", "title", "supporting")


def load_forms(folder: Path, items: Container[ClauseRef]) -> Mapping[FormKey, Form]:
    """
    Read every form of a folder; a form's key is the name of its file.

    Args:
        folder: `edition/requests`.
        items: the clauses there are.

    Raises:
        EditionError: a file has a slip; the error names the file and the line.
    """
    found: dict[FormKey, Form] = {}
    offered: dict[ClauseRef, FormKey] = {}
    for file in sorted(folder.glob("*.toml")):
        form = load_form(file, items)
        for ref in form.answers:
            if offered.setdefault(ref, form.key) != form.key:
                raise _only_form(file).wrong(f"answers on {ref} offer the form '{offered[ref]}' already; keep one.")
        found[form.key] = form
    return found


def load_form(file: Path, items: Container[ClauseRef]) -> Form:
    """Read one form; raises EditionError like `load_forms`."""
    entry = _only_form(file)
    entry.check_only(*FORM_FIELDS)
    sections = tuple(_section(one) for one in _entries(file, "section"))
    questions = _questions(file, sections)
    form = Form(
        key=FormKey(file.stem),
        title=entry.text("title"),
        called=entry.text("called"),
        opens=entry.text("opens"),
        clause=entry.ref(entry.text("clause")),
        answers=entry.refs("answers"),
        sections=sections,
        questions=questions,
        routes=read_routes(_entries(file, "step"), _entries(file, "fact"), _entries(file, "route"), questions),
        goes_live=entry.flag("goes_live"),
    )
    _check_clauses(file, items)
    return form


def _entries(file: Path, table: str) -> tuple[Entry, ...]:
    return tuple(read_entries(file, table, beside=tuple(name for name in TABLES if name != table)))


def _only_form(file: Path) -> Entry:
    entries = _entries(file, "form")
    if len(entries) != 1:
        raise EditionError(file, 1, f"write [[form]] once; it stands here {len(entries)} times.")
    return entries[0]


def _section(entry: Entry) -> Section:
    entry.check_only(*SECTION_FIELDS)
    return Section(key=entry.text("key"), title=entry.text("title"), on_paper=not entry.flag("supporting"))


def _questions(file: Path, sections: tuple[Section, ...]) -> tuple[Question, ...]:
    """Read the questions in order; a section's questions must stand together, or progress would jump about."""
    found: list[Question] = []
    keys = [section.key for section in sections]
    all_keys = frozenset(str(entry.fields.get("key")) for entry in _entries(file, "question"))
    for entry in _entries(file, "question"):
        question = read_question(entry, earlier=tuple(found), all_keys=all_keys)
        if any(question.key == other.key for other in found):
            raise entry.wrong(f"the question '{question.key}' stands twice; give one of them another key.")
        if question.section not in keys:
            raise entry.wrong(f"'{question.section}' is no section here; use one of: {', '.join(keys)}.")
        if found and keys.index(question.section) < keys.index(found[-1].section):
            raise entry.wrong(f"'{question.key}' belongs further up, with the section '{question.section}'.")
        found.append(question)
    if not found:
        raise EditionError(file, 1, "a form needs at least one [[question]].")
    return tuple(found)


def _check_clauses(file: Path, items: Container[ClauseRef]) -> None:
    for entry in (entry for table in TABLES for entry in _entries(file, table)):
        for ref in (entry.ref(text) for text in _clauses(entry)):
            if ref not in items:
                raise entry.wrong(f"there is no clause {ref}; write the number of an item of the edition.")


def _clauses(entry: Entry) -> Iterator[str]:
    if "clause" in entry.fields:
        yield entry.text("clause")
    yield from entry.texts("answers")
