"""Amendments of marks keep what was there, what replaced it, why, when, and who did it: guidance on regulation 6."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from checker.facts import check
from checker.findings import Outcome, Row
from checker.registers.calendar import SESSIONS, day_number
from checker.registers.model import Register
from checker.registers.records import Amendment
from england_attendance.registers.outcomes import at_fault, cannot_judge, counted, missing

NEEDED = (
    "pupil_id", "date", "session", "original_code", "amended_code", "reason", "amended_on", "amended_by", "position",
)  # fmt: skip
PARTS: Mapping[str, str] = {
    "original_code": "the original entry",
    "amended_code": "the amended entry",
    "reason": "the reason",
    "amended_on": "the date of the amendment",
    "amended_by": "the name of who made it",
    "position": "the position of who made it",
}
OF_AN_UNRESOLVED_MARK = ("original_code", "amended_code", "amended_on")
UNRESOLVED = "N"

Key = tuple[str, dt.date | None, str | None]


@check("register.amendments")
def amendments_are_whole(register: Register) -> Outcome:
    """Each amendment has its five parts, starts from the entry before it, and the last ends in the mark that stands."""
    lacking = missing(register, "amendments", NEEDED)
    if lacking:
        return cannot_judge(lacking)
    chains: defaultdict[Key, list[Amendment]] = defaultdict(list)
    for amendment in register.tables["amendments"].records(Amendment):
        if amendment.date is None or amendment.date <= register.as_at:
            chains[amendment.pupil_id or "", amendment.date, amendment.session].append(amendment)
    standing = _standing(register, chains)
    rows = []
    for key, chain in chains.items():
        wrong = list(dict.fromkeys(_what_is_wrong(_in_order(chain), standing.get(key))))
        if wrong:
            pupil_id, day, session = key
            rows.append(Row(pupil_id, day.isoformat() if day else None, session, detail="; ".join(wrong)))
    return at_fault(
        tuple(rows),
        f"{counted(len(rows), 'amended mark lacks', 'amended marks lack')} a part of the record, or the record does "
        "not lead to the mark that stands.",
        "Each amendment has its five parts and leads to the mark that stands.",
    )


def _in_order(chain: Sequence[Amendment]) -> Sequence[Amendment]:
    """Returns the amendments of a mark by their dates; where one has none, in the order of the file."""
    if len(chain) == 1 or any(amendment.amended_on is None for amendment in chain):
        return chain
    return sorted(chain, key=lambda amendment: amendment.amended_on or dt.date.min)


def _what_is_wrong(chain: Sequence[Amendment], standing: str | None) -> Iterator[str]:
    before: str | None = None
    for amendment in chain:
        if None in amendment:
            for part in _parts(amendment):
                if getattr(amendment, part) is None:
                    yield f"{PARTS[part]} is not recorded"
        if before is not None and amendment.original_code is not None and amendment.original_code != before:
            yield f"starts from {amendment.original_code}, but the entry before it was {before}"
        before = amendment.amended_code
    if before is not None and before != (standing or ""):
        yield f"ends in {before}, but the mark that stands is {standing or 'blank'}"


def _parts(amendment: Amendment) -> tuple[str, ...]:
    """Returns what must be recorded: of an N that becomes another code, as it must, only its dates."""
    resolved = amendment.original_code == UNRESOLVED and amendment.amended_code not in (None, UNRESOLVED)
    return OF_AN_UNRESOLVED_MARK if resolved else tuple(PARTS)


def _standing(register: Register, keys: Mapping[Key, object]) -> Mapping[Key, str]:
    """Returns the marks that stand for amended sessions; a session without a row is left out."""
    whole = [(pupil_id, day, session) for pupil_id, day, session in keys if day is not None and session is not None]
    places = register.places
    known = [key for key in whole if key[0] in places]
    codes = register.marks.standing(
        np.array([places[pupil_id] for pupil_id, _, _ in known], dtype=np.int64),
        np.array([2 * day_number(day) + SESSIONS.index(session) for _, day, session in known], dtype=np.int64),
    )
    return {key: register.marks.alphabet[code] for key, code in zip(known, codes.tolist(), strict=True)}
