"""Gather the lines of a policy document under the item each belongs to."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from itertools import zip_longest
from string import ascii_lowercase
from typing import TYPE_CHECKING

from policy_kb.clause import ClauseRef
from policy_kb.form_labels import FormLabels, Place
from policy_kb.gathered import SENTENCE_END, Block, Remark, cut_word
from policy_kb.line_marks import Bullet, ClauseStart, Heading, appendix_heading, bullet, clause_start, heading
from policy_kb.words import ItemId

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy_kb.edition_shape import EditionShape
    from policy_kb.printed_lines import PrintedLine

LONGEST_COVER_LINE = 12
"""Words; anything longer before the first number is text that somebody may miss."""

_NEARLY = 0.85  # of the longest line: a line this long was broken for want of room
_PAGE = re.compile(r"page \d+(?: (?:of|/) \d+)?", re.IGNORECASE)


class Gatherer:
    """
    Reads lines in order; what it found stands in `blocks`, `remarks`, `left_out` and `noise`.

    It changes as it reads: which item a line belongs to rests on all the lines above it.
    """

    def __init__(self, labels: FormLabels, shape: EditionShape) -> None:
        """Start with nothing read."""
        self.blocks: list[Block] = []
        self.cover: list[PrintedLine] = []
        self.remarks: list[Remark] = []
        self.left_out: list[int] = []  # numbers of lines that belong to no item
        self.noise: list[int] = []  # numbers of lines taken for page numbers, page headers or contents
        self._labels = labels
        self._shape = shape
        self._heading = ""
        self._sections: set[str] = set()
        self._seen: dict[ItemId, int] = {}
        self._sure: set[ItemId] = set()  # numbers that somewhere stand before a sentence of their own
        self._widest = 0  # characters of the longest line
        self._above: PrintedLine | None = None
        self._last: ClauseStart | None = None
        self._whole: Block | None = None
        self._part: Block | None = None
        self._mark = ""  # of the list being read
        self._since = 0  # texts of `_whole` before the latest entry of its list
        self._take: Callable[[PrintedLine], None] = self._take_cover

    @cached_property
    def title(self) -> str:
        """The line of the cover that names the policy; its first line where none does."""
        lines = [line.text for line in self.cover if not self._labels.marks(line, Place.FRONT)]
        named = [text for text in lines if "policy" in text.casefold() and len(text.split()) <= LONGEST_COVER_LINE]
        return next(iter([*named[:1], *lines[:1]]), "")

    def read(self, lines: tuple[PrintedLine, ...]) -> None:
        """Put every line of a document where it belongs."""
        starts = [found for line in lines if (found := clause_start(line))]
        self._sure = {found.id for found in starts if not found.reads_on}
        self._widest = max((len(line.text) for line in lines), default=0)
        for line, after in zip_longest(lines, lines[1:]):
            self._read(line)
            self._above = line
            if cut_word(line, after):
                self._remark(
                    line, "ends with a hyphen; the next line was joined to it with a space, so check the words."
                )

    def _read(self, line: PrintedLine) -> None:
        if self._is_noise(line):
            self.noise.append(line.number)
        elif not (self._starts_place(line) or self._starts_section(line) or self._starts_clause(line)):
            self._take(line)

    # --- what a line can start -------------------------------------------------------------------

    def _is_noise(self, line: PrintedLine) -> bool:
        if self._take == self._take_cover and line.contents:
            return not self._labels.marks(line, Place.FRONT)
        header = self._take == self._take_clause and line.text == self.title
        return header or _PAGE.fullmatch(line.text) is not None

    def _starts_place(self, line: PrintedLine) -> bool:
        """Start an appendix, the form, a field of it, or the checklist."""
        if self._last is None:  # a table of contents names the appendices too
            return False
        if found := appendix_heading(line):
            self._open_heading(found.text, self._take_below_heading)
            self._starts_titled(replace(line, text=found.text, first_cell=found.text))
            return True
        if (line.after_blank or self._take == self._take_below_heading) and self._starts_titled(line):
            return True
        return self._take == self._take_form and self._starts_field(line)

    def _starts_titled(self, line: PrintedLine) -> bool:
        for place, id_, take in (
            (Place.FORM_TITLE, ItemId("form"), self._take_form),
            (Place.CHECKLIST_TITLE, ItemId("checklist"), self._take_checklist),
        ):
            if self._labels.marks(line, place) and id_ not in self._seen:
                self._open_heading(line.text, take)
                self._open(ClauseRef(id_), line)
                return True
        return False

    def _starts_field(self, line: PrintedLine) -> bool:
        if self._labels.marks(line, Place.FORM_SECTION):
            self._heading = line.text
            self._whole = None
            return True
        found = self._labels.field(line)
        if found is None or found in self._seen:
            return False
        if line.first_cell.split("(")[0].isupper():
            self._heading = line.first_cell.split("(")[0].strip()
        self._open(ClauseRef(found), line, text=line.text)
        return True

    def _starts_section(self, line: PrintedLine) -> bool:
        found = heading(line)
        if found is None or (not found.section and self._take in (self._take_cover, self._take_checklist)):
            return False
        if found.section and not self._is_section(found, line):
            return False
        if not found.section and self._take == self._take_form:
            self._heading = found.text
            self._whole = None
            return True
        self._sections.add(found.section)
        self._open_heading(found.text, self._take_below_heading)
        return True

    def _is_section(self, found: Heading, line: PrintedLine) -> bool:
        if found.text.isupper():
            return line.after_blank or found.section in self._shape.sections
        return found.section in self._shape.sections - self._sections

    def _starts_clause(self, line: PrintedLine) -> bool:
        found = clause_start(line)
        if found is None:
            return False
        if found.id in self._seen and not found.reads_on:
            self._repeat(found, line)
            return True
        if not self._is_new(found):
            self._remark(line, f"starts with {found.printed} but reads on from the line above; it was kept there.")
            return False
        self._open(ClauseRef(found.id), line, printed=found.printed, text=found.text)
        self._last = found
        self._take = self._take_clause
        return True

    def _is_new(self, found: ClauseStart) -> bool:
        if found.id in self._seen:
            return False
        if found.reads_on:  # a reference, where the clause itself stands elsewhere
            return found.id not in self._sure and self._is_next(found)
        return self._is_next(found) or self._fits(found)

    def _is_next(self, found: ClauseStart) -> bool:
        if self._last is not None and found.section == self._last.section:
            return found.clause == self._last.clause + 1
        return found.clause == 1 and (found.section in self._sections or found.section in self._shape.sections)

    def _fits(self, found: ClauseStart) -> bool:
        same = self._last is not None and found.section == self._last.section
        return same or found.clause == 1 or found.section in self._sections or found.id in self._shape.ids

    # --- where a line goes that starts nothing ---------------------------------------------------

    def _take_cover(self, line: PrintedLine) -> None:
        self.cover.append(line)
        front = self._whole
        if self._labels.marks(line, Place.FRONT):
            self._whole = front or self._open(ClauseRef(ItemId("front")), line)
            self._whole.texts.append(line.text)
        elif front and front.texts and not line.after_blank and not any(map(str.isdigit, front.texts[-1])):
            front.texts.append(line.text)
        elif line.text.endswith(".") or len(line.text.split()) > LONGEST_COVER_LINE:
            self.left_out.append(line.number)

    def _take_below_heading(self, line: PrintedLine) -> None:
        wrapped = not line.after_blank and self._heading.isupper() == line.text.isupper()
        if (wrapped or not self._heading) and not line.text.endswith(SENTENCE_END):
            self._heading = f"{self._heading} {line.text}".strip()
        else:
            self.left_out.append(line.number)

    def _take_clause(self, line: PrintedLine) -> None:
        entry = bullet(line)
        if self._whole is None:
            self.left_out.append(line.number)
        elif entry and not self._is_dash(entry, self._part or self._whole):
            self._take_entry(self._whole, entry, line)
        elif self._part and self._reads_on(self._part, line):
            self._part.texts.append(line.text)
        else:
            self._part = None
            self._whole.texts.append(line.text)

    def _take_entry(self, whole: Block, entry: Bullet, line: PrintedLine) -> None:
        self._mark = entry.mark
        entries = [block for block in self.blocks if block.ref.id == whole.ref.id and block.ref.part]
        if whole.ref.id not in self._shape.lists or len(entries) == len(ascii_lowercase):
            whole.texts.append(f"{entry.letter} {entry.text}")
            return
        if entries and whole.texts[self._since :] and not whole.texts[-1].endswith(":"):
            entries[-1].texts.extend(whole.texts[self._since :])  # the list went on: they were its words
            del whole.texts[self._since :]
        self._since = len(whole.texts)
        part = f"({ascii_lowercase[len(entries)]})"
        self._part = self._add(ClauseRef(whole.ref.id, part), line, printed=entry.letter)
        self._part.texts.append(entry.text)

    def _is_dash(self, entry: Bullet, before: Block) -> bool:
        """Tell whether a bullet is but a dash inside a sentence that goes on from the line above."""
        return entry.maybe_dash and entry.mark != self._mark and not before.ended

    def _reads_on(self, part: Block, line: PrintedLine) -> bool:
        """Tell whether a line after a bullet belongs to it rather than to the clause around the list."""
        if line.text[0].islower():
            return not (line.after_blank and part.ended)
        full = self._above is None or len(f"{self._above.text} {line.text.split()[0]}") > _NEARLY * self._widest
        return full and not line.after_blank

    def _take_form(self, line: PrintedLine) -> None:
        entry = bullet(line)
        if self._whole is None:
            self.left_out.append(line.number)
        elif not self._whole.texts and not line.after_blank and line.text[0].islower():
            self._heading = self._whole.heading = f"{self._heading} {line.text}"  # a title on two lines
        else:
            self._whole.texts.append(entry.text if entry else line.text)

    def _take_checklist(self, line: PrintedLine) -> None:
        if self._labels.marks(line, Place.CHECKLIST_TABLE):
            self._heading = line.text
            self._take = self._take_points
        elif self._labels.marks(line, Place.CHECKLIST_ANSWER) or bullet(line):
            self._take = self._take_points
            self._take_points(line)
        else:
            self._take_form(line)

    def _take_points(self, line: PrintedLine) -> None:
        entry = bullet(line)
        if self._part is None or entry:
            number = sum(block.ref.id == "checklist" for block in self.blocks)
            self._part = self._add(ClauseRef(ItemId("checklist"), str(number)), line)
        self._part.texts.append(entry.text if entry else line.text)
        if self._labels.marks(line, Place.CHECKLIST_ANSWER):
            self._part = None

    # --- keeping the books -----------------------------------------------------------------------

    def _open_heading(self, text: str, take: Callable[[PrintedLine], None]) -> None:
        self._heading = text
        self._whole = self._part = None
        self._take = take

    def _open(self, ref: ClauseRef, line: PrintedLine, *, printed: str = "", text: str = "") -> Block:
        self._seen[ref.id] = line.number
        self._whole = self._add(ref, line, printed=printed)
        self._part = None
        self._mark = ""
        self._whole.texts.extend([text] if text else [])
        return self._whole

    def _add(self, ref: ClauseRef, line: PrintedLine, *, printed: str = "") -> Block:
        self.blocks.append(Block(ref, self._heading, printed, line.number))
        return self.blocks[-1]

    def _repeat(self, found: ClauseStart, line: PrintedLine) -> None:
        first = self._seen[found.id]
        self._remark(line, f"repeats {found.printed}, which stands on line {first}; these words were left out.")
        self._whole = self._part = None
        self._take = self._take_clause

    def _remark(self, line: PrintedLine, sentence: str) -> None:
        self.remarks.append(Remark(line.number, f"Line {line.number} {sentence}"))
