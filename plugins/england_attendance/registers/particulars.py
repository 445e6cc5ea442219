"""The admission register: particulars of pupils, emergency contacts, and identifiers that hold together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources

from checker.facts import check
from checker.findings import Level, Outcome, Row
from checker.registers.model import Register
from checker.registers.records import Contact
from checker.yaml_files import load_trusted
from england_attendance.registers.outcomes import at_fault, cannot_judge, counted, missing

# Each particular, the column that holds it, and whether its lack weighs as law.
PARTICULARS: Mapping[str, tuple[str, bool]] = {
    "surname": ("full name (surname)", True),
    "forename": ("full name (forename)", True),
    "sex": ("sex", False),
    "date_of_birth": ("date of birth", False),
    "address": ("address", True),
    "starting_day": ("starting day", True),
    "previous_school": ("last school attended", False),
}
NUMBER = "a parent with an emergency telephone number"
CONTACT_COLUMNS = ("pupil_id", "relationship", "telephone")
FEWEST_CONTACTS = 2


@check("register.admission-particulars")
def particulars_are_complete(register: Register) -> Outcome:
    """Each pupil has the particulars that regulation 8 is understood to require."""
    columns = [column for column in PARTICULARS if column in register.tables["pupils"].columns]
    lacking = [
        sentence
        for sentence in (missing(register, "pupils", PARTICULARS), missing(register, "contacts", CONTACT_COLUMNS))
        if sentence
    ]
    with_number = None if missing(register, "contacts", CONTACT_COLUMNS) else _pupils_with_a_parents_number(register)
    rows, heavy = [], False
    for pupil in register.roll.pupils:
        absent = [PARTICULARS[column] for column in columns if getattr(pupil, column) is None]
        if with_number is not None and pupil.pupil_id not in with_number:
            absent.append((NUMBER, True))
        if absent:
            heavy = heavy or any(law for _, law in absent)
            rows.append(Row(pupil.pupil_id, detail="not recorded: " + ", ".join(dict.fromkeys(n for n, _ in absent))))
    said = f"{counted(len(rows), 'pupil lacks', 'pupils lack')} a particular in the admission register."
    if lacking:
        return cannot_judge(" ".join([*lacking, said] if rows else lacking), tuple(rows))
    right = "Every pupil has the particulars that regulation 8 is understood to require."
    return at_fault(tuple(rows), said, right, level=Level.LAW if heavy else None)


@check("register.emergency-contacts")
def more_than_one_contact(register: Register) -> Outcome:
    """Each pupil has more than one emergency contact."""
    lacking = missing(register, "contacts", ("pupil_id", "telephone"))
    if lacking:
        return cannot_judge(lacking)
    contacts: defaultdict[str | None, set[Contact]] = defaultdict(set)
    for contact in register.tables["contacts"].records(Contact):
        if contact.telephone is not None:
            contacts[contact.pupil_id].add(contact)
    rows, none = [], 0
    for pupil in register.roll.pupils:
        count = len(contacts[pupil.pupil_id])
        none += count == 0
        if count < FEWEST_CONTACTS:
            rows.append(Row(pupil.pupil_id, detail="only one emergency contact" if count else "no emergency contact"))
    return at_fault(
        tuple(rows),
        f"{counted(len(rows), 'pupil has', 'pupils have')} fewer than two emergency contacts; {none} of them none.",
        "Every pupil has more than one emergency contact.",
        level=Level.LAW if none else None,
    )


def _pupils_with_a_parents_number(register: Register) -> frozenset[str | None]:
    return frozenset(
        contact.pupil_id
        for contact in register.tables["contacts"].records(Contact)
        if contact.telephone is not None and is_parent(contact.relationship)
    )


def is_parent(relationship: str | None) -> bool:
    """Whether a relationship, as schools write it, is that of a parent or of someone who has care of the pupil."""
    words = "".join(char if char.isalpha() else " " for char in (relationship or "").casefold()).split()
    known = _relationships()
    return not known["others"].intersection(words) and bool(known["parents"].intersection(words))


@cache
def _relationships() -> Mapping[str, frozenset[str]]:
    content = load_trusted(resources.files("england_attendance.registers") / "relationships.yaml")
    return {name: frozenset(words) for name, words in content.items()}
