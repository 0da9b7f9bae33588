"""Load the shipped edition: our own plain words for every item, under the policy's numbers."""

from __future__ import annotations

from pathlib import Path

from policy_kb.clause import Clause, ClauseRef, Contact, Defect, EditionFacts, RoleTitle
from policy_kb.toml_entries import Entry, read_entries
from policy_kb.words import DefectId, DefectType, Force, ItemId, Kind, Role, Verdict

EDITION = Path(__file__).parent / "edition"

ITEM_FIELDS = (
    "id", "part", "heading", "kind", "force", "words", "answer", "unless", "verdict", "may_be", "opens",
    "decides", "together", "told", "exceptions", "neighbours", "defects",
)  # fmt: skip
DEFECT_FIELDS = ("id", "where", "type", "problem", "treatment", "note", "nursery_only")
ROLE_FIELDS = ("key", "title", "nursery", "undefined", "named_in")
CONTACT_FIELDS = ("key", "line", "title", "use", "reach", "source", "checked_by", "review_on")
FACT_FIELDS = ("title", "version", "adopted", "review", "review_last_day", "label")

# Numbers sort as the policy prints them; these have none.
SECTION_ORDER = ("front", "1", "2", "3", "4", "5", "6", "7", "A", "form", "checklist")


def load_items(folder: Path = EDITION) -> tuple[Clause, ...]:
    """
    Read every item of the edition, in the policy's own order.

    Raises:
        EditionError: a file has a slip; the error names the file and the line.
    """
    files = sorted((folder / "items").glob("*.toml"))
    found: dict[ClauseRef, Clause] = {}
    for entry in (entry for file in files for entry in read_entries(file, "item")):
        item = _item(entry)
        if item.ref in found:
            raise entry.wrong(f"{item.ref} stands twice in the edition; keep one.")
        found[item.ref] = item
    return tuple(sorted(found.values(), key=lambda item: printed_order(item.ref)))


def printed_order(ref: ClauseRef) -> tuple[int, tuple[int, ...], str]:
    """Return a key that sorts references as the policy prints them: 5.9 before 5.10 before A.1.1."""
    section, *numbers = ref.id.split(".")
    place = SECTION_ORDER.index(section) if section in SECTION_ORDER else len(SECTION_ORDER)
    return place, tuple(int(number) for number in numbers if number.isdigit()), ref.part


def load_defects(folder: Path = EDITION) -> tuple[Defect, ...]:
    """Read the register of known defects; raises EditionError like `load_items`."""
    return tuple(_defect(entry) for entry in read_entries(folder / "defects.toml", "defect"))


def load_facts(folder: Path = EDITION) -> EditionFacts:
    """Read the edition's front matter; raises EditionError like `load_items`."""
    (entry,) = read_entries(folder / "edition.toml", "edition")
    entry.check_only(*FACT_FIELDS)
    return EditionFacts(
        title=entry.text("title"),
        version=entry.text("version"),
        adopted=entry.text("adopted"),
        review=entry.text("review"),
        review_last_day=entry.day("review_last_day"),
        label=entry.text("label"),
    )


def load_roles(folder: Path = EDITION) -> tuple[RoleTitle, ...]:
    """Read the titles of the roles; raises EditionError like `load_items`."""
    return tuple(_role(entry) for entry in read_entries(folder / "roles.toml", "role"))


def load_contacts(folder: Path = EDITION) -> tuple[Contact, ...]:
    """Read whom to call when someone is at risk; raises EditionError like `load_items`."""
    return tuple(_contact(entry) for entry in read_entries(folder / "contacts.toml", "contact"))


def _item(entry: Entry) -> Clause:
    entry.check_only(*ITEM_FIELDS)
    return Clause(
        ref=ClauseRef(ItemId(entry.text("id")), entry.text("part", default="")),
        heading=entry.text("heading"),
        kind=entry.one_of("kind", Kind),
        force=entry.one_of("force", Force),
        words=entry.text("words"),
        answer=entry.text("answer"),
        unless=entry.text("unless", default=""),
        verdict=entry.one_of("verdict", Verdict),
        may_be=entry.some_of("may_be", Verdict),
        opens=entry.text("opens", default=""),
        decides=entry.some_of("decides", Role),
        together=entry.flag("together"),
        told=entry.some_of("told", Role),
        exceptions=entry.refs("exceptions"),
        neighbours=entry.refs("neighbours"),
        defects=tuple(DefectId(one) for one in entry.texts("defects")),
        official=False,
    )


def _defect(entry: Entry) -> Defect:
    entry.check_only(*DEFECT_FIELDS)
    return Defect(
        id=DefectId(entry.text("id")),
        where=entry.refs("where"),
        type=entry.one_of("type", DefectType),
        problem=entry.text("problem"),
        treatment=entry.text("treatment"),
        note=entry.text("note", default=""),
        nursery_only=entry.flag("nursery_only"),
    )


def _role(entry: Entry) -> RoleTitle:
    entry.check_only(*ROLE_FIELDS)
    return RoleTitle(
        role=entry.one_of("key", Role), title=entry.text("title"), nursery=entry.text("nursery", default="")
    )


def _contact(entry: Entry) -> Contact:
    entry.check_only(*CONTACT_FIELDS)
    return Contact(
        key=entry.text("key"),
        line=entry.text("line"),
        title=entry.text("title"),
        review_on=entry.day("review_on"),
    )
