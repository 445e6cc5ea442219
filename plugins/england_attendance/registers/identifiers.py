"""Identifiers that hold together: UPNs with their check letter, each pupil once, and dates of birth that can be."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from checker.facts import check
from checker.findings import Outcome, Row
from checker.registers.model import Register
from checker.registers.records import Pupil
from england_attendance.registers.outcomes import at_fault, cannot_judge, counted, missing

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
UPN = re.compile(f"[A-Z][0-9]{{11}}[0-9{LETTERS}]")
FIRST_WEIGHT = 2
YOUNGEST, OLDEST = 2, 19  # on 1 September of the school year
RECEPTION_AGE = 5  # turned during the year


@check("register.identifiers")
def identifiers_hold_together(register: Register) -> Outcome:
    """UPNs are sound, each pupil stands once, every row belongs to a pupil, and dates of birth are possible."""
    wrong: defaultdict[str, list[str]] = defaultdict(list)
    pupils = register.tables["pupils"].records(Pupil)
    for pupil_id, what in (*_doubled(pupils), *_malformed(pupils), *_ages(register, pupils), *_strangers(register)):
        if what not in wrong[pupil_id]:
            wrong[pupil_id].append(what)
    order = {pupil_id: place for place, pupil_id in enumerate(register.ids)}
    last = len(order)
    rows = tuple(
        Row(pupil_id, detail="; ".join(wrong[pupil_id]))
        for pupil_id in sorted(wrong, key=lambda pupil_id: (order.get(pupil_id, last), pupil_id))
    )
    said = (
        f"{counted(len(rows), 'pupil_id has', 'pupil_ids have')} an identifier or a date of birth that cannot be right."
    )
    lacking = missing(register, "pupils", ["upn"])
    if lacking:
        return cannot_judge(f"{lacking} {said}" if rows else lacking, rows)
    misfits = sum(_misfits(register, pupil) for pupil in pupils)
    return at_fault(rows, said, "Identifiers are sound, and every row belongs to a pupil of the table.").noting(
        f"{counted(misfits, 'pupil has', 'pupils have')} a birthday that does not fit the year group"
        if misfits
        else None
    )


def is_upn(upn: str) -> bool:
    """Whether a unique pupil number, as written, has the right form and check letter."""
    return UPN.fullmatch(upn) is not None and upn[0] == _check_letter(upn)


def _check_letter(upn: str) -> str:
    values = (int(char) if char.isdigit() else LETTERS.index(char) for char in upn[1:])
    return LETTERS[sum(weight * value for weight, value in enumerate(values, FIRST_WEIGHT)) % len(LETTERS)]


def _doubled(pupils: tuple[Pupil, ...]) -> Iterator[tuple[str, str]]:
    ids = Counter(pupil.pupil_id for pupil in pupils)
    upns = Counter(pupil.upn for pupil in pupils if pupil.upn is not None)
    for pupil in pupils:
        if ids[pupil.pupil_id] > 1:
            yield pupil.pupil_id, f"this pupil_id stands {ids[pupil.pupil_id]} times in the table 'pupils'"
        if pupil.upn is not None and upns[pupil.upn] > 1:
            yield pupil.pupil_id, "another row of the table 'pupils' has the same UPN"


def _malformed(pupils: tuple[Pupil, ...]) -> Iterator[tuple[str, str]]:
    for pupil in pupils:
        if pupil.upn is not None and UPN.fullmatch(pupil.upn) is None:
            yield pupil.pupil_id, "the UPN is not a letter and twelve digits (a temporary one ends in a letter)"
        elif pupil.upn is not None and not is_upn(pupil.upn):
            yield pupil.pupil_id, f"the UPN's check letter is wrong: it should be {_check_letter(pupil.upn)}"


def _ages(register: Register, pupils: tuple[Pupil, ...]) -> Iterator[tuple[str, str]]:
    september = dt.date(register.school_year, 9, 1)
    for pupil in pupils:
        born = pupil.date_of_birth
        if born is None:
            continue
        if born > register.as_at:
            yield pupil.pupil_id, "the date of birth lies in the future"
            continue
        age = september.year - born.year - ((september.month, september.day) < (born.month, born.day))
        if not YOUNGEST <= age <= OLDEST:
            yield pupil.pupil_id, f"the date of birth makes the pupil {age} years old on {september}"


def _strangers(register: Register) -> Iterator[tuple[str, str]]:
    known = set(register.roll.ids)
    for pupil_id in register.marks.strangers:
        yield pupil_id, _not_held("marks")
    for name, table in register.tables.items():
        for pupil_id in table.pupil_ids - known:
            yield pupil_id, _not_held(name)


def _not_held(table: str) -> str:
    return f"stands in the table {table!r}, but 'pupils' does not hold it"


def _misfits(register: Register, pupil: Pupil) -> bool:
    """Whether a birthday does not fit the year group: reception holds those who turn five during the school year."""
    born, group = pupil.date_of_birth, pupil.year_group
    if born is None or group is None:
        return False
    september = dt.date(register.school_year, 9, 1)
    year_of_birth = born.year if (born.month, born.day) >= (september.month, september.day) else born.year - 1
    return register.school_year - year_of_birth - RECEPTION_AGE != group
