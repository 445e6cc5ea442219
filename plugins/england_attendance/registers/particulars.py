"""The admission register: particulars of pupils, emergency contacts, and identifiers that hold together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources

from checker.facts import check
from checker.findings import Outcome, Row
from checker.levels import Level
from checker.registers.model import Register
from checker.yaml_files import load_trusted
from england_attendance.registers.outcomes import at_fault, cannot_judge, counted, missing

# Each particular, the column that holds it, and whether its lack weighs as law.
PARTICULARS: Mapping[str, tuple[str, bool]] = {
    "surname": ("surname", True),
    "forename": ("forename", True),
    "sex": ("sex", False),
    "date_of_birth": ("date of birth", False),
    "address": ("address", True),
    "starting_day": ("starting day", True),
    "previous_school": ("last school attended", False),
}
NUMBER = "a parent with an emergency telephone number"
CONTACT_COLUMNS = ("pupil_id", "relationship", "telephone")


@check("register.admission-particulars")
def particulars_are_complete(register: Register) -> Outcome:
    """Each pupil has the particulars that regulation 8 is understood to require."""
    table = register.roll.table
    absent: defaultdict[int, list[str]] = defaultdict(list)
    heavy = False
    for column, (particular, law) in PARTICULARS.items():
        if column in table.columns:
            blank = table.frame[column]
            places = blank.is_null().arg_true().to_list() if blank.null_count() else []
            heavy = heavy or (law and bool(places))
            for place in places:
                absent[place].append(particular)
    lacking = [missing(register, "pupils", PARTICULARS), missing(register, "contacts", CONTACT_COLUMNS)]
    if lacking[1] is None:
        without = table.pupil_ids - _pupils_with_a_parents_number(register)
        heavy = heavy or bool(without)
        for pupil_id in without:
            absent[register.roll.places[pupil_id]].append(NUMBER)
    rows = tuple(
        Row(register.roll.ids[place], detail="not recorded: " + ", ".join(absent[place])) for place in sorted(absent)
    )
    said = f"{counted(len(rows), 'pupil lacks', 'pupils lack')} a particular in the admission register."
    if any(lacking):
        return cannot_judge(" ".join(part for part in (*lacking, said if rows else None) if part), rows)
    right = "Every pupil has the particulars that regulation 8 is understood to require."
    return at_fault(rows, said, right, level=Level.LAW if heavy else None)


@check("register.emergency-contacts")
def more_than_one_contact(register: Register) -> Outcome:
    """Each pupil has more than one emergency contact."""
    lacking = missing(register, "contacts", ("pupil_id", "telephone"))
    if lacking:
        return cannot_judge(lacking)
    table = register.tables["contacts"]
    columns = (table.values(column) for column in ("pupil_id", "name", "relationship", "telephone"))
    first: dict[str, tuple[str | None, ...]] = {}
    several = {
        contact[0] for contact in zip(*columns, strict=True)
        if contact[-1] is not None and first.setdefault(contact[0], contact) != contact
    }  # fmt: skip
    rows = tuple(
        Row(pupil_id, detail="only one emergency contact" if pupil_id in first else "no emergency contact")
        for pupil_id in register.roll.ids
        if pupil_id not in several
    )
    none = sum(row.pupil not in first for row in rows)
    return at_fault(
        rows,
        f"{counted(len(rows), 'pupil has', 'pupils have')} fewer than two emergency contacts; {none} of them none.",
        "Every pupil has more than one emergency contact.",
        level=Level.LAW if none else None,
    )


def _pupils_with_a_parents_number(register: Register) -> frozenset[str | None]:
    table = register.tables["contacts"]
    parents = {word for word in set(table.values("relationship")) if is_parent(word)}
    columns = zip(*(table.values(column) for column in CONTACT_COLUMNS), strict=True)
    return frozenset([pupil for pupil, relation, number in columns if number is not None and relation in parents])


def is_parent(relationship: str | None) -> bool:
    """Whether a relationship, as schools write it, is that of a parent or of someone who has care of the pupil."""
    words = "".join(char if char.isalpha() else " " for char in (relationship or "").casefold()).split()
    known = _relationships()
    return not known["others"].intersection(words) and bool(known["parents"].intersection(words))


@cache
def _relationships() -> Mapping[str, frozenset[str]]:
    content = load_trusted(resources.files("england_attendance.registers") / "relationships.yaml")
    return {name: frozenset(words) for name, words in content.items()}
