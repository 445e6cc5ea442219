"""Identifiers that hold together: UPNs with their check letter, each pupil once, and dates of birth that can be."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import compress

import numpy as np

from checker.facts import check
from checker.findings import Outcome, Row
from checker.registers.calendar import EPOCH, Array
from checker.registers.model import Register
from england_attendance.registers.outcomes import at_fault, cannot_judge, counted, missing

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
UPN = re.compile(f"[A-Z][0-9]{{11}}[0-9{LETTERS}]")
LENGTH = 13
WEIGHTS = np.arange(2, LENGTH + 1)  # of the characters after the check letter
CHECK_LETTERS = np.array([ord(letter) for letter in LETTERS], dtype=np.uint32)
BEYOND = 127  # stands for itself and all later characters
VALUES = np.zeros(BEYOND + 1, dtype=np.int64)  # of a character in the sum: of a digit itself, of a letter its place
VALUES[[ord(digit) for digit in "0123456789"]] = range(10)
VALUES[CHECK_LETTERS] = range(len(LETTERS))
NEITHER, DIGIT, LETTER = range(3)
KINDS = np.full(BEYOND + 1, NEITHER)
KINDS[[ord(digit) for digit in "0123456789"]] = DIGIT
KINDS[CHECK_LETTERS] = LETTER
SEPTEMBER = 9
YOUNGEST, OLDEST = 2, 19  # on 1 September of the school year
RECEPTION_AGE = 5  # turned during the year


@check("register.identifiers")
def identifiers_hold_together(register: Register) -> Outcome:
    """UPNs are sound, each pupil stands once, every row belongs to a pupil, and dates of birth are possible."""
    wrong: defaultdict[str, list[str]] = defaultdict(list)
    table = register.tables["pupils"]
    ids, upns = table.values("pupil_id"), table.values("upn")
    born = table.frame["date_of_birth"].to_numpy().astype("datetime64[D]")
    for pupil_id, what in (*_doubled(ids, upns), *_malformed(ids, upns), *_ages(register, born), *_strangers(register)):
        if what not in wrong[pupil_id]:
            wrong[pupil_id].append(what)
    order, last = register.places, len(register.ids)
    rows = tuple(
        Row(pupil_id, detail="; ".join(wrong[pupil_id]))
        for pupil_id in sorted(wrong, key=lambda pupil_id: (order.get(pupil_id, last), pupil_id))
    )
    said = (
        f"{counted(len(rows), 'pupil_id has', 'pupil_ids have')} an identifier or a date of birth that cannot be right."
    )
    needed = {name: "upn" if name == "pupils" else "pupil_id" for name in register.tables}
    lacking = [sentence for name, column in needed.items() if (sentence := missing(register, name, [column]))]
    if lacking:
        return cannot_judge(" ".join([*lacking, said] if rows else lacking), rows)
    misfits = _misfits(register, born)
    return at_fault(rows, said, "Identifiers are sound, and every row belongs to a pupil of the table.").noting(
        f"{counted(misfits, 'pupil has', 'pupils have')} a birthday that does not fit the year group"
        if misfits
        else None
    )


def are_upns(upns: Sequence[str]) -> Array:
    """Returns which unique pupil numbers, as written, have the right form and check letter."""
    whole = np.fromiter(map(len, upns), dtype=np.int64, count=len(upns)) == LENGTH
    characters = np.array(upns, dtype=f"U{LENGTH}").view(np.uint32).reshape(-1, LENGTH)
    kinds = KINDS[np.minimum(characters, BEYOND)]
    formed = whole & (kinds[:, 1:-1] == DIGIT).all(axis=1) & (kinds[:, -1] != NEITHER)
    sound: Array = formed & (characters[:, 0] == _check_letters(characters))
    return sound


def check_letters(upns: Sequence[str]) -> Array:
    """Returns the check letters that well-formed unique pupil numbers should have."""
    return _check_letters(np.array(upns, dtype=f"U{LENGTH}").view(np.uint32).reshape(-1, LENGTH)).view("U1")


def _check_letters(characters: Array) -> Array:
    letters: Array = CHECK_LETTERS[VALUES[np.minimum(characters[:, 1:], BEYOND)] @ WEIGHTS % len(LETTERS)]
    return letters


def _doubled(ids: Sequence[str], upns: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    given = [upn for upn in upns if upn is not None]
    if len(set(ids)) == len(ids) and len(set(given)) == len(given):
        return
    same_id, same_upn = Counter(ids), Counter(given)
    for pupil_id, upn in zip(ids, upns, strict=True):
        if same_id[pupil_id] > 1:
            yield pupil_id, f"this pupil_id stands {same_id[pupil_id]} times in the table 'pupils'"
        if upn is not None and same_upn[upn] > 1:
            yield pupil_id, "another row of the table 'pupils' has the same UPN"


def _malformed(ids: Sequence[str], upns: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    sound = are_upns([upn or "" for upn in upns])
    for pupil_id, upn in compress(zip(ids, upns, strict=True), (~sound).tolist()):
        if upn is None:
            continue
        if UPN.fullmatch(upn) is None:
            yield pupil_id, "the UPN is not a letter and twelve digits (a temporary one ends in a letter)"
        else:
            yield pupil_id, f"the UPN's check letter is wrong: it should be {check_letters([upn])[0]}"


def _ages(register: Register, born: Array) -> Iterator[tuple[str, str]]:
    """Yields pupils whose date of birth lies in the future, or makes them too young or too old on 1 September."""
    year = register.school_year
    ids = register.tables["pupils"].values("pupil_id")
    future = born > np.datetime64(register.as_at)
    young = ~future & (born > np.datetime64(dt.date(year - YOUNGEST, SEPTEMBER, 1)))
    old = born <= np.datetime64(dt.date(year - OLDEST - 1, SEPTEMBER, 1))
    for place in np.flatnonzero(future).tolist():
        yield ids[place], "the date of birth lies in the future"
    for wrong, word in ((young, f"younger than {YOUNGEST}"), (old, f"older than {OLDEST}")):
        for place in np.flatnonzero(wrong).tolist():
            yield ids[place], f"the date of birth makes the pupil {word} on 1 September {year}"


def _strangers(register: Register) -> Iterator[tuple[str, str]]:
    known = register.tables["pupils"].pupil_ids
    for pupil_id in register.marks.strangers:
        yield pupil_id, _not_held("marks")
    for name, table in register.tables.items():
        for pupil_id in table.pupil_ids - known:
            yield pupil_id, _not_held(name)


def _not_held(table: str) -> str:
    return f"stands in the table {table!r}, but 'pupils' does not hold it"


def _misfits(register: Register, born: Array) -> int:
    """Returns how many birthdays do not fit the year group: reception holds those who turn five during the year."""
    groups = register.tables["pupils"].frame["year_group"].cast(float).to_numpy()
    months = born.astype("datetime64[M]").astype(np.int64)
    year_of_birth = (months - (SEPTEMBER - 1)) // 12 + EPOCH.year
    fitting = register.school_year - year_of_birth - RECEPTION_AGE
    return int(np.count_nonzero(~np.isnat(born) & ~np.isnan(groups) & (groups != fitting)))
