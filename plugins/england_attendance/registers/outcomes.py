"""How checks of registers say what they found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from checker.findings import Fault, Outcome, Row, failed, passed, review
from checker.levels import Level
from checker.registers.evidence import MarkRows
from checker.registers.model import Register

BOARDERS_UNKNOWN = (
    "The school has boarders, but the table 'pupils' lacks the column 'boarder', so it is not known who must be marked."
)


def at_fault(rows: Sequence[Row], wrong: str, right: str, *, level: Level | None = None) -> Outcome:
    """A failure where there are rows, else a pass.

    Args:
        rows: What is at fault.
        wrong: What to say of the rows.
        right: What to say where there is none.
        level: The level of the fault, where it is not the requirement's own.
    """
    outcome = failed(Fault(wrong, level)) if len(rows) else passed(right)
    return replace(outcome, rows=rows)


def to_decide(rows: Sequence[Row], found: str, none: str) -> Outcome:
    """A review that lists rows about which a person must decide, else a pass."""
    return replace(review(found) if len(rows) else passed(none), rows=rows)


def cannot_judge(message: str, rows: Sequence[Row] = ()) -> Outcome:
    """A review because something is missing; rows that could be judged are shown all the same."""
    return replace(review(message), rows=rows)


def missing(register: Register, table: str, columns: Iterable[str] = ()) -> str | None:
    """Returns a sentence that names a table or columns which the register lacks, or ``None``."""
    if table == "marks":
        lacking = tuple(column for column in columns if column not in register.mark_columns)
    elif table not in register.tables:
        return f"The register has no table {table!r}, so this cannot be judged."
    else:
        lacking = register.tables[table].lacks(columns)
    if not lacking:
        return None
    named = " and ".join(repr(column) for column in lacking)
    plural = "s" if len(lacking) > 1 else ""
    return f"The table {table!r} lacks the column{plural} {named}, so this cannot be judged."


def boarders_unknown(register: Register) -> bool:
    """Whether the school has boarders, and nothing tells who they are."""
    return register.settings.boarding and "boarder" not in register.tables["pupils"].columns


def sessions_of(rows: MarkRows, thing: str = "session") -> str:
    """Returns how many sessions (or days) of how many pupils rows name."""
    return f"{counted(len(rows), thing)} of {counted(rows.pupils, 'pupil')}"


def counted(number: int, thing: str, things: str | None = None) -> str:
    """Returns a number with its noun: ``1 session``, ``2 sessions``."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
