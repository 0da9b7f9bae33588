"""What is wrong with a file, collected so that a person can mend all of it at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend: where it is, what is wrong and what to do."""

    row: int = 0  # as a spreadsheet counts, the header being 1; 0 where it concerns the whole file
    column: str = ""  # or, in a TOML file, the key
    says: str

    def __str__(self) -> str:
        where = ", ".join(part for part in (f"Row {self.row}" if self.row else "", self.column) if part)
        return f"{where}: {self.says}" if where else self.says
