"""One register in every layout that it may come in is one register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from checker.errors import UnreadableError
from checker.registers.model import Register
from checker.registers.native import load
from tests.registers.build import register_of, write_register
from tests.registers.cases import Case
from tests.registers.reference import HALVES, World

SETTINGS = {"as_at": dt.date(2025, 9, 12), "school_year": "2025-26"}
CASE = Case("", "", {
    "register": SETTINGS,
    "pupils": {"A": None, "B": None, "C": {"starting_day": "2025-09-08"}},
    "marks": {
        "A": {"2025-09-03": "C1 Y4", "2025-09-04": "I I", "2025-09-05": ". \\"},
        "B": {"2025-09-02": "N .", "2025-09-09": "# \\", "2025-09-10": "J1 L"},
    },
})  # fmt: skip
Rows = list[list[Any]]


@pytest.fixture
def world() -> World:
    return CASE.world()


def read(folder: Path, world: World, marks: str | dict[str, Any], content: bytes | None = None) -> Register:
    """Reads the register with its marks in another file."""
    write_register(folder, {**world.settings, "tables": {"marks": marks}}, world.tables)
    (folder / "marks.csv").unlink()
    if content is not None:
        (folder / (marks if isinstance(marks, str) else marks["file"])).write_bytes(content)
    return load(folder, None)


def same(register: Register, world: World) -> bool:
    expected = register_of(world.settings, world.tables)
    mine, other = (
        {
            (one.ids[pupil], half, one.marks.alphabet[code])
            for cells in [one.marks.cells(one.marks.grid != 0) + one.marks.aside]
            for pupil, half, code in zip(cells.pupils, cells.halves, cells.codes, strict=True)
        }
        for one in (register, expected)
    )
    return mine == other


def text(rows: Rows, separator: str = ",", encoding: str = "utf-8") -> bytes:
    quoted = [[f'"{cell}"' if separator in str(cell) else str(cell) for cell in row] for row in rows]
    return "\r\n".join(separator.join(row) for row in quoted).encode(encoding)


def workbook(path: Path, rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path.read_bytes()


def long_rows(world: World, date: Callable[[dt.date], Any]) -> Rows:
    return [
        [row["pupil_id"], "Rowan, Alex", date(dt.date.fromisoformat(row["date"])), row["session"], row["code"] or "-"]
        for row in world.tables["marks"]
    ]


def grid(world: World) -> tuple[list[dt.date], dict[str, dict[tuple[str, str], str]]]:
    dates = sorted({row["date"] for row in world.tables["marks"]})
    cells: dict[str, dict[tuple[str, str], str]] = {row["pupil_id"]: {} for row in world.tables["pupils"]}
    for row in world.tables["marks"]:
        cells[row["pupil_id"]][row["date"], row["session"]] = row["code"]
    return [dt.date.fromisoformat(date) for date in dates], cells


def day_first(date: dt.date) -> str:
    return f"{date:%d/%m/%Y}"


GO4SCHOOLS = ["UPN", "Name", "Date", "Session", "Session.Mark"]


def test_a_long_file_of_another_system_with_title_footer_and_day_first_dates(tmp_path: Path, world: World) -> None:
    title: Rows = [["Attendance – St Élise"], [], ["From", "01/09/2025"], GO4SCHOOLS]
    rows = [*title, *long_rows(world, day_first), [], ["Total", "", "", "", "56"]]
    register = read(tmp_path / "r", world, {"file": "export.csv"}, text(rows, ";", "cp1252"))
    assert same(register, world)
    (understood,) = register.understood
    assert understood.layout == "long"
    assert dict(understood.columns) == {
        "pupil_id": "UPN", "date": "Date", "session": "Session", "code": "Session.Mark",
    }  # fmt: skip
    assert understood.left_out == 1
    assert any("rows at the end" in note for note in register.notes)


@pytest.mark.parametrize("ids", [("1007", "1008", "1009"), ("p01", "p02", "p03"), ("12 B", "9-3", "#4")])
def test_rows_that_begin_with_a_number_are_pupils_too(tmp_path: Path, ids: tuple[str, ...]) -> None:
    wanted = Case("", "", {
        "register": SETTINGS, "pupils": dict.fromkeys(ids), "marks": {ids[0]: {"2025-09-03": "C1 Y4"}},
    }).world()  # fmt: skip
    rows = [GO4SCHOOLS, *long_rows(wanted, day_first), ["Total", "", "", "", "56"]]
    register = read(tmp_path / "r", wanted, {"file": "export.csv"}, text(rows))
    assert same(register, wanted)
    assert register.understood[0].left_out == 1


@pytest.mark.parametrize(
    ("separator", "encoding", "date"),
    [
        (",", "utf-8-sig", dt.date.isoformat),
        ("\t", "utf-16", lambda date: f"{date:%d-%b-%y}"),
        (",", "utf-8", lambda date: f"{date:%Y-%m-%d}T00:00:00"),
        (";", "utf-8", lambda date: f"{date:%a %d %b %Y}"),
        ("|", "utf-8", lambda date: f"{date.day}.{date.month}.{date:%y}"),
        (",", "utf-8", lambda date: f"{date:%Y-%m-%d} 00:00:00.000000"),
    ],
)
def test_dates_encodings_and_separators(
    tmp_path: Path, world: World, separator: str, encoding: str, date: Callable[[dt.date], str]
) -> None:
    head: Rows = [["student_id", "Name", "AttendanceDate", "SessionName", "AttendanceMark"]]
    content = text(head + long_rows(world, date), separator, encoding)
    assert same(read(tmp_path / "r", world, {"file": "export.csv"}, content), world)


def test_a_saved_mapping_wins(tmp_path: Path, world: World) -> None:
    rows = [["Kennung", "x", "Tag", "Halbtag", "Zeichen"], *long_rows(world, dt.date.isoformat)]
    said = [[("vorm" if cell == "AM" else "nachm" if cell == "PM" else cell) for cell in row] for row in rows]
    said = [[("P+" if cell == "/" else cell) for cell in row] for row in said]
    mapping = {
        "file": "export.txt",
        "columns": {"pupil_id": "Kennung", "date": "Tag", "session": "Halbtag", "code": "Zeichen"},
        "sessions": {"vorm": "AM", "nachm": "PM"},
        "codes": {"P+": "/"},
        "header_row": 1,
    }
    register = read(tmp_path / "r", world, mapping, text(said))
    assert same(register, world)
    assert register.understood[0].read_as["P+"] == "/"


def test_a_row_a_day(tmp_path: Path, world: World) -> None:
    dates, cells = grid(world)
    rows: Rows = [["Adno", "Date", "AM", "PM"]]
    for pupil_id, marks in cells.items():
        for date in dates:
            rows.append([pupil_id, day_first(date), *(marks.get((date.isoformat(), half), "") for half in HALVES)])
    register = read(tmp_path / "r", world, {"file": "days.csv"}, text(rows))
    assert register.understood[0].layout == "daily"
    assert same(register, world)


def test_a_wide_sheet_with_one_row_of_headings(tmp_path: Path, world: World) -> None:
    dates, cells = grid(world)
    head = ["Admission Number", "Surname", *(f"{date:%a %d/%m} {half}" for date in dates for half in HALVES), "Total"]
    rows: Rows = [["Herringbone, autumn"], head]
    for pupil_id, marks in cells.items():
        rows.append([pupil_id, "Rowan", *(marks.get((d.isoformat(), half), "") for d in dates for half in HALVES), "9"])
    register = read(tmp_path / "r", world, {"file": "wide.csv"}, text([*rows, ["Total", "", "3"]]))
    assert register.understood[0].layout == "wide"
    assert register.understood[0].sessions == 2 * len(dates)
    assert same(register, world)


def test_a_wide_workbook_with_two_rows_of_headings_and_real_dates(tmp_path: Path, world: World) -> None:
    dates, cells = grid(world)
    first = ["UPN", "Name", *(cell for date in dates for cell in (dt.datetime.combine(date, dt.time()), None))]
    rows: Rows = [first, ["", "", *(half for _ in dates for half in HALVES)]]
    for pupil_id, marks in cells.items():
        rows.append([pupil_id, "Rowan", *(marks.get((d.isoformat(), half)) for d in dates for half in HALVES)])
    content = workbook(tmp_path / "book.xlsx", [["Register"], *rows])
    assert same(read(tmp_path / "r", world, {"file": "wide.xlsx"}, content), world)


def test_a_wide_sheet_with_both_marks_in_a_cell(tmp_path: Path, world: World) -> None:
    dates, cells = grid(world)
    rows: Rows = [["UPN", *(f"{date:%d %b %Y}" for date in dates)]]
    for pupil_id, marks in cells.items():
        rows.append([pupil_id, *("".join(marks.get((d.isoformat(), half)) or "-" for half in HALVES) for d in dates)])
    register = read(tmp_path / "r", world, {"file": "wide.csv"}, text(rows))
    assert same(register, world)


def test_the_first_pupils_marks_are_no_second_row_of_headings(tmp_path: Path) -> None:
    wanted = Case("", "", {
        "register": SETTINGS, "pupils": {"A": None, "B": None}, "marks": {"A": {"2025-09-03": "M M", "2025-09-04": "M ."}},
    }).world()  # fmt: skip
    dates, cells = grid(wanted)
    rows: Rows = [["UPN", *(f"{date:%d %b %Y}" for date in dates)]]
    for pupil_id, marks in cells.items():
        both = ["".join(dict.fromkeys(marks.get((d.isoformat(), half)) or "-" for half in HALVES)) for d in dates]
        rows.append([pupil_id, *both])
    assert same(read(tmp_path / "r", wanted, {"file": "wide.csv"}, text(rows)), wanted)


def test_small_tables_of_a_workbook_under_their_own_headings(tmp_path: Path, world: World) -> None:
    notices = [["pupil_id", "kind", "issued_on", "Amount 28 days"], ["A", "penalty", dt.date(2025, 9, 3), 160]]
    tables = {"notices": {"file": "notices.xlsx"}, "leave": {"file": "leave.csv"}}
    folder = write_register(tmp_path / "r", {**world.settings, "tables": tables}, world.tables)
    (folder / "notices.xlsx").write_bytes(workbook(tmp_path / "book.xlsx", notices))
    (folder / "leave.csv").write_text("pupil_id;from_date;to_date;agreed_by\n")
    register = load(folder, None)
    assert register.tables["notices"].values("amount_28_days") == [160]
    assert register.tables["leave"].frame.height == 0


def test_a_trusts_single_file_with_a_column_of_schools(tmp_path: Path, world: World) -> None:
    rows: Rows = [["School", *GO4SCHOOLS]]
    for number, row in enumerate(long_rows(world, dt.date.isoformat)):
        rows += [["Elm Bank", *row], ["Oak Road", f"Z{number}", *row[1:]]]
    (tmp_path / "trust.csv").write_bytes(text(rows))
    mapping = {"file": "../trust.csv", "rows": {"School": "Elm Bank"}}
    register = read(tmp_path / "r", world, mapping)
    assert same(register, world)
    assert register.marks.strangers == ()


def test_lower_case_and_question_marks_are_read_and_said(tmp_path: Path, world: World) -> None:
    rows = [GO4SCHOOLS, *long_rows(world, dt.date.isoformat)]
    said = [[("y4" if cell == "Y4" else cell) for cell in row] for row in rows]
    register = read(tmp_path / "r", world, {"file": "export.csv"}, text(said))
    assert same(register, world)
    assert any("'y4' as Y4" in note for note in register.notes)


def pupils_rows() -> Rows:
    return [
        ["Adno", "UPN", "Legal Surname", "Legal Forename", "DoB", "NC Year", "Date of Admission", "Boarder"],
        ["A", "", "Rowan", "Alex", "05/05/2016", "Year 4", "03/09/2020", "N"],
        ["B", "", "Rowan", "Bo", "05/05/2021", "Reception", "03/09/2025", "Yes"],
        ["B", "", "Rowan", "Bo", "05/05/2021", "Reception", "03/09/2025", "Yes"],
    ]  # fmt: skip


def test_pupils_of_another_system(tmp_path: Path, world: World) -> None:
    folder = tmp_path / "r"
    write_register(folder, {**world.settings, "tables": {"pupils": {"file": "adno.csv"}}}, world.tables)
    (folder / "adno.csv").write_bytes(text(pupils_rows()))
    roll = load(folder, None).roll
    assert roll.ids == ("A", "B")
    assert roll.year_groups.tolist() == [4, 0]
    assert roll.boarders.tolist() == [False, True]
    assert str(roll.born[0]) == "2016-05-05"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([GO4SCHOOLS, ["A", "x", "09/25/2025", "AM", "/"]], "export.csv, row 2, column 'Date': this is not understood"),
        ([GO4SCHOOLS, ["A", "x", "01/09/2025", "AM", "/"], ["A", "x", "soon", "AM", "/"]], "row 3, column 'Date'"),
        ([GO4SCHOOLS, ["A", "x", "01/09/2025", "period 3", "/"]], "row 2, column 'Session'"),
        ([GO4SCHOOLS, ["A", "x", "", "AM", "/"]], "row 2, column 'Date'"),
        ([["UPN", "Date", "Mark"], ["A", "01/09/2025", "/"]], "row 1: no heading for 'session' was found"),
        ([["some", "words"], ["and", "others"]], "no row of headings was understood"),
        ([["UPN", "Wed 02/09/2025 AM"], ["A", "/"]], "no row of headings was understood"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(tmp_path: Path, world: World, rows: Rows, says: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path / "r", world, {"file": "export.csv"}, text(rows))
    assert says in caught.value.message
    assert "soon" not in caught.value.message


def test_a_workbook_that_is_none_is_refused(tmp_path: Path, world: World) -> None:
    with pytest.raises(UnreadableError, match="cannot be opened as a workbook"):
        read(tmp_path / "r", world, {"file": "export.xlsx"}, b"PK\x03\x04 not a workbook")


def ctf_days(start: dt.date, seven: bool) -> list[dt.date]:
    days = [start + dt.timedelta(days=number) for number in range(28)]
    return [day for day in days if seven or day.weekday() < 5]


def ctf(world: World, start: dt.date, seven: bool) -> bytes:
    pupils = []
    for row in world.tables["pupils"]:
        mine = {
            (mark["date"], mark["session"]): mark["code"]
            for mark in world.tables["marks"]
            if mark["pupil_id"] == row["pupil_id"]
        }
        marks = ""
        for day in ctf_days(start, seven):
            held = any((day, half) in world.calendar_set for half in HALVES)
            marks += "".join(mine.get((day.isoformat(), half)) or "-" for half in HALVES) if held else "##"
        pupils.append(
            f"<Pupil><UPN>{row['pupil_id']}</UPN><Surname>Rowan</Surname><Forename>Alex</Forename><DOB>2016-05-05</DOB>"
            f"<Sex>F</Sex><BasicDetails><NCyearActual>4</NCyearActual></BasicDetails><Attendance><YearData><Year>2025</Year>"
            f"<AttendSessions><AttendanceStartDate>{start}</AttendanceStartDate><AttendanceMarks>{marks}</AttendanceMarks>"
            "</AttendSessions></YearData></Attendance></Pupil>"
        )
    return f"<CTfile><Header/><CTFpupilData>{''.join(pupils)}</CTFpupilData></CTfile>".encode("iso-8859-1")


@pytest.mark.parametrize("seven", [True, False])
def test_a_common_transfer_file_holds_marks_and_pupils(tmp_path: Path, world: World, seven: bool) -> None:
    folder = tmp_path / "r"
    tables = {name: rows for name, rows in world.tables.items() if name not in ("marks", "pupils")}
    write_register(folder, {**world.settings, "tables": {"marks": "ctf.xml"}}, tables)
    (folder / "ctf.xml").write_bytes(ctf(world, dt.date(2025, 9, 1), seven))
    register = load(folder, None)
    assert register.roll.ids == ("A", "B", "C")
    pupils = [{**row, "starting_day": "", "year_group": "4"} for row in world.tables["pupils"]]
    closed = [
        {**world.tables["marks"][0], "pupil_id": row["pupil_id"], "date": day.isoformat(), "session": half, "code": "#"}
        for row in pupils
        for day in ctf_days(dt.date(2025, 9, 1), seven)
        for half in HALVES
        if day <= world.as_at and not any((day, other) in world.calendar_set for other in HALVES)
    ]
    assert same(
        register, World(world.settings, {**world.tables, "pupils": pupils, "marks": world.tables["marks"] + closed})
    )
    assert any("weaker evidence" in note for note in register.notes)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<CTfile><CTFpupilData>", "is not well-formed XML"),
        (b"<CTfile/>", "holds no CTFpupilData/Pupil"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><CTfile><CTFpupilData><Pupil/></CTFpupilData></CTfile>', "document type"),
        (
            b"<CTfile><CTFpupilData><Pupil><UPN>A</UPN><Attendance><YearData><AttendSessions><AttendanceStartDate>"
            b"2025-09-01</AttendanceStartDate><AttendanceMarks>/\\/</AttendanceMarks></AttendSessions></YearData>"
            b"</Attendance></Pupil></CTFpupilData></CTfile>",
            "odd number of marks",
        ),
    ],
)
def test_a_broken_transfer_file_is_refused(tmp_path: Path, world: World, content: bytes, says: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path / "r", world, "ctf.xml", content)
    assert says in caught.value.message
