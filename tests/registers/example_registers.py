"""Writes the two fictional schools of ``registers/``: ``python tests/registers/example_registers.py`` from the root.

Hazelbeck is sound. At Millrace something is wrong for every requirement; ``registers/README.md`` lists what.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.registers.cases import upn  # noqa: E402 - the tests are found from here, wherever this is run
from tests.registers.reference import World  # noqa: E402


def _listed(text: str) -> list[str]:
    return text.split()


FORENAMES = _listed(
    "Aisha Ben Cara Dmitri Ela Finn Grace Hugo Ivy Jonas Kit Lila Marek Nora Oscar Priya Quinn Rosa Sami Tess "
    "Umar Vera Will Xenia Yusuf Zoe Arlo Bea Cyrus Dina Eddie Freya Gus Hana Idris Joan Kofi Lotte "
)
SURNAMES = _listed(
    "Alder Birch Cedar Dove Elder Finch Grove Heron Iris Jay Kestrel Linden Merlin Nettle Osier Plover Quill "
    "Rowan Sorrel Teal Umber Vetch Wren Yarrow "
)
STREETS = ("Mill Lane", "Orchard Row", "Station Road", "The Green", "Weir Street", "Chapel Hill")

COLUMNS = {
    "pupils": "pupil_id upn surname forename sex date_of_birth year_group starting_day entered_on address "
    "previous_school boarder has_social_worker has_ehcp looked_after",
    "marks": "pupil_id date session code arrived_at recorded_at note",
    "amendments": "pupil_id date session original_code amended_code reason amended_on amended_by position",
    "deletions": "pupil_id deleted_on ground destination parent_notified_on leave_ended_on enquiries_completed_on "
    "authority_agreed_on",
    "returns": "kind pupil_id made_on absence_from",
    "leave": "pupil_id from_date to_date code requested_on agreed_by review_on end_on",
    "contacts": "pupil_id name relationship telephone lives_with_pupil",
    "notices": "pupil_id parent_id kind issued_on ended_on amount_21_days amount_28_days withdrawn",
}
TERMS = """terms:
  - {name: autumn-1, start: 2026-09-01, end: 2026-10-23}
  - {name: autumn-2, start: 2026-11-02, end: 2026-12-18}
  - {name: spring-1, start: 2027-01-04, end: 2027-02-12}
  - {name: spring-2, start: 2027-02-22, end: 2027-03-25}
  - {name: summer-1, start: 2027-04-12, end: 2027-05-28}
  - {name: summer-2, start: 2027-06-07, end: 2027-07-22}
"""
HAZELBECK = f"""# The registers of a school where nothing is wrong. Everyone in it is invented.
school: {{name: Hazelbeck Community Primary School, urn: 999001, type: maintained, phase: primary}}
school_year: 2026-27
as_at: 2026-11-20
{TERMS}closures:
  - {{date: 2026-09-01, kind: inset}}
  - {{date: 2026-09-02, kind: planned, year_groups: [-1, 0]}}
  - {{date: 2026-10-07, kind: unplanned, sessions: [PM]}}          # the boiler broke down
  - {{date: 2027-02-22, kind: inset}}
  - {{date: 2027-05-03, kind: bank-holiday}}
  - {{date: 2027-07-22, kind: inset}}
registration: {{AM: {{opens: "08:50", closes: "09:15"}}, PM: {{opens: "13:10", closes: "13:35"}}}}
senior_year: 6
junior_year: -1
tables: {{pupils: pupils.csv, marks: marks.csv, amendments: amendments.csv, deletions: deletions.csv,
         returns: returns.csv, leave: leave.csv, contacts: contacts.csv, notices: notices.csv}}
"""
MILLRACE = f"""# The registers of a school where something is wrong for every requirement. Everyone in it is invented.
school: {{name: Millrace Junior School, urn: 999002, type: maintained, phase: primary}}
school_year: 2026-27
as_at: 2026-11-20
{TERMS}closures:
  - {{date: 2026-09-01, kind: inset}}
  - {{date: 2026-09-02, kind: inset}}
  - {{date: 2026-10-07, kind: unplanned, sessions: [PM]}}
  - {{date: 2027-01-04, kind: inset}}
  - {{date: 2027-02-22, kind: inset}}
  - {{date: 2027-03-25, kind: inset}}
  - {{date: 2027-05-03, kind: bank-holiday}}
  - {{date: 2027-06-07, kind: inset}}
  - {{date: 2027-07-22, kind: inset}}
registration: {{AM: {{opens: "08:50", closes: "09:25"}}, PM: {{opens: "13:15", closes: "13:45"}}}}
senior_year: 6
junior_year: 3
earlier_years: {{2025-26: ../millrace-2025-26}}
"""

Table = list[dict[str, Any]]


class School:
    """A school in the making: everyone is present until something else is said."""

    def __init__(self, settings: str, letter: str, years: list[int], seed: int) -> None:
        import yaml

        self.settings = settings
        self.tables: dict[str, Table] = {name: [] for name in COLUMNS}
        self.content = yaml.safe_load(settings)
        self.rng = random.Random(seed)
        for number, year in enumerate(years, 1):
            self._enrol(f"{letter}{number:03d}", number + seed * 100, year)
        self.codes: dict[tuple[str, dt.date, str], tuple[str, str]] = {}
        self.extra: list[dict[str, Any]] = []

    def _enrol(self, pupil_id: str, number: int, year: int) -> None:
        rng = self.rng
        born = dt.date(2026 - year - 5, 9, 1) + dt.timedelta(days=rng.randint(5, 355))
        first = dt.date(2026 - max(year - self.content["junior_year"], 0), 9, 3)
        surname = rng.choice(SURNAMES)
        self.tables["pupils"].append(
            {
                "pupil_id": pupil_id,
                "upn": upn(number),
                "surname": surname,
                "forename": FORENAMES[number % len(FORENAMES)],
                "sex": rng.choice("FM"),
                "date_of_birth": born,
                "year_group": year,
                "starting_day": first,
                "address": f"{rng.randint(1, 90)} {rng.choice(STREETS)}, Caldermere",
                "previous_school": rng.choice(["Little Acorns Nursery", "none", "Weirside Infant School"]),
                "boarder": "false",
            }
        )
        for relationship, forename in (("mother", "Robin"), ("father", "Sasha")):
            self.add("contacts", pupil_id=pupil_id, name=f"{forename} {surname}", relationship=relationship,
                     telephone=f"01632 960{rng.randint(100, 999)}", lives_with_pupil="true")  # fmt: skip

    def pupil(self, pupil_id: str) -> dict[str, Any]:
        return next(row for row in self.tables["pupils"] if row["pupil_id"] == pupil_id)

    def add(self, table: str, **row: Any) -> None:
        self.tables[table].append(row)

    def mark(self, pupil_id: str, when: str, codes: str, arrived: str = "") -> None:
        """Marks a day or a span with the codes of morning and afternoon; ``.`` leaves a session without a row."""
        first, _, last = when.partition("..")
        day = dt.date.fromisoformat(first)
        pair = codes.split()
        while day <= dt.date.fromisoformat(last or first):
            for half, code in zip(("AM", "PM"), pair, strict=True):
                self.codes[pupil_id, day, half] = (code, arrived if code in "LU" else "")
            day += dt.timedelta(days=1)

    def close_on_7_october(self) -> None:
        """Marks everyone in the unplanned closure of that afternoon."""
        for pupil in self.tables["pupils"]:
            self.extra.append({"pupil_id": pupil["pupil_id"], "date": "2026-10-07", "session": "PM", "code": "Y4"})

    def files(self) -> dict[str, str]:
        """Returns the text of each file of the register's folder."""
        cells = {
            name: [{column: str(row.get(column, "")) for column in COLUMNS[name].split()} for row in rows]
            for name, rows in self.tables.items()
        }
        cells["marks"] = [
            {column: str(row.get(column, "")) for column in COLUMNS["marks"].split()} for row in self._marks(cells)
        ]
        return {"register.yaml": self.settings, **{f"{name}.csv": _text(name, rows) for name, rows in cells.items()}}

    def _marks(self, cells: dict[str, list[dict[str, str]]]) -> Table:
        world = World(self.content, {**cells, "marks": []})
        rows: Table = list(self.extra)
        for pupil_id, sessions in world.expected.items():
            for date, half, _ in sessions:
                code, arrived = self.codes.get((pupil_id, date, half), ("/" if half == "AM" else "\\", ""))
                if code != ".":
                    rows.append(
                        {"pupil_id": pupil_id, "date": date, "session": half, "code": code, "arrived_at": arrived}
                    )
        return sorted(rows, key=lambda row: (row["pupil_id"], str(row["date"]), row["session"]))


def _text(name: str, rows: list[dict[str, str]]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS[name].split(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def hazelbeck() -> School:
    """A sound register, with everything that a school's ordinary term holds."""
    school = School(HAZELBECK, "h", [-1, -1, -1, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6], 1)
    for number in range(1, 4):
        school.mark(f"h{number:03d}", "2026-09-01..2026-11-20", "/ X")  # mornings only, below compulsory school age
    school.mark("h008", "2026-09-21..2026-09-22", "I I")
    school.mark("h009", "2026-09-23", "M \\")
    school.mark("h010", "2026-10-01", "L \\", "09:07")
    school.mark("h011", "2026-10-01", "U \\", "09:40")
    school.mark("h012", "2026-10-05..2026-10-09", "V V")
    school.mark("h013", "2026-11-12", "C C")
    school.add("leave", pupil_id="h013", from_date="2026-11-12", to_date="2026-11-12", code="C",
               requested_on="2026-10-20", agreed_by="Headteacher")  # fmt: skip
    school.add("leave", pupil_id="h014", from_date="2026-09-15", to_date="2026-10-09", code="C2", end_on="2026-10-09",
               requested_on="2026-09-10", agreed_by="Headteacher", review_on="2026-09-25")  # fmt: skip
    school.mark("h014", "2026-09-15..2026-09-21", "/ C2")
    school.mark("h015", "2026-10-12", "I I")
    school.add("amendments", pupil_id="h015", date="2026-10-12", session="AM", original_code="N", amended_code="I",
               amended_on="2026-10-13")  # fmt: skip
    school.add("amendments", pupil_id="h015", date="2026-10-12", session="PM", original_code="O", amended_code="I",
               reason="parent telephoned", amended_on="2026-10-13", amended_by="F Prosser",
               position="Attendance officer")  # fmt: skip
    school.mark("h016", "2026-11-19", "N N")
    school.mark("h017", "2026-11-09..2026-11-11", "E E")
    joiner = school.pupil("h018")
    joiner.update(starting_day="2026-09-21", entered_on="2026-09-18", previous_school="Weirside Infant School")
    school.add("returns", kind="new-pupil", pupil_id="h018", made_on="2026-09-22")
    school.add(
        "deletions", pupil_id="h019", deleted_on="2026-10-12", ground="1(a)", destination="Millrace Junior School"
    )
    school.add("returns", kind="deletion", pupil_id="h019", made_on="2026-10-09")
    school.add("deletions", pupil_id="h020", deleted_on="2026-11-09", ground="1(f)", parent_notified_on="2026-11-06")
    school.add("returns", kind="deletion", pupil_id="h020", made_on="2026-11-09")
    for number in (1, 2, 3):
        school.pupil(f"h{number:03d}")["starting_day"] = "2026-04-13"
    school.close_on_7_october()
    return school


def millrace() -> School:
    """A register with a fault for every requirement; most have a pupil of their own."""
    school = School(MILLRACE, "m", [3] * 8 + [4] * 8 + [5] * 8 + [6] * 8, 2)
    school.mark("m001", "2026-11-10", "/ .")
    school.mark("m002", "2026-09-15", "H \\")
    school.mark("m003", "2026-09-16", "/ /")
    school.extra.append({"pupil_id": "m004", "date": "2026-09-17", "session": "AM", "code": "L"})
    school.extra.append({"pupil_id": "m005", "date": "2026-09-02", "session": "AM", "code": "/"})
    school.mark("m006", "2026-09-21", "X \\")
    school.mark("m007", "2026-10-01", "C \\")
    school.mark("m008", "2026-11-04", "N \\")
    school.mark("m009", "2026-10-02", "L \\", "09:31")
    school.mark("m010", "2026-10-05", "I I")
    school.add("amendments", pupil_id="m010", date="2026-10-05", session="AM", original_code="O", amended_code="I",
               amended_on="2026-10-06", amended_by="G Ferrante", position="Attendance officer")  # fmt: skip
    school.pupil("m011")["address"] = ""
    school.tables["contacts"].remove(next(row for row in school.tables["contacts"] if row["pupil_id"] == "m012"))
    school.pupil("m013")["upn"] = "Z" + school.pupil("m013")["upn"][1:]
    school.add("deletions", pupil_id="m014", deleted_on="2026-10-12", ground="poor attendance")
    school.add("returns", kind="deletion", pupil_id="m014", made_on="2026-10-12")
    school.add("deletions", pupil_id="m015", deleted_on="2026-10-19", ground="1(a)", destination="Oakfield School")
    school.pupil("m016")["starting_day"] = "2026-09-14"
    school.add("returns", kind="new-pupil", pupil_id="m016", made_on="2026-09-25")
    school.mark("m017", "2026-09-14..2026-09-25", "O O")
    school.add("notices", pupil_id="m017", parent_id="p1", kind="notice-to-improve", issued_on="2026-10-05",
               ended_on="2026-10-19")  # fmt: skip
    school.mark("m018", "2026-11-02..2026-11-20", "I I")
    school.mark("m019", "2026-09-14..2026-09-18", "G G")
    school.add("notices", pupil_id="m019", parent_id="p2", kind="penalty", issued_on="2026-10-05", amount_21_days=60,
               amount_28_days=120)  # fmt: skip
    school.mark("m020", "2026-09-21..2026-10-20", "O O")
    school.add("returns", kind="attendance", pupil_id="m020", made_on="2026-10-12")
    school.mark("m021", "2026-09-03..2026-10-16", "T T")
    school.mark("m022", "2026-11-09..2026-11-16", "E B")
    school.mark("m023", "2026-10-12..2026-10-16", "/ C2")
    school.add("leave", pupil_id="m023", from_date="2026-10-12", to_date="2026-10-16", code="C2",
               requested_on="2026-10-01", agreed_by="Headteacher", review_on="2026-10-16")  # fmt: skip
    school.add("notices", pupil_id="m024", parent_id="p3", kind="penalty", issued_on="2026-11-02", amount_21_days=80,
               amount_28_days=160)  # fmt: skip
    school.mark("m024", "2026-10-19", "G G")
    school.close_on_7_october()
    return school


def folders() -> dict[str, dict[str, str]]:
    """Returns the files of both folders by name."""
    return {"hazelbeck": hazelbeck().files(), "millrace": millrace().files()}


if __name__ == "__main__":
    for folder, files in folders().items():
        for name, text in files.items():
            target = ROOT / "registers" / folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
