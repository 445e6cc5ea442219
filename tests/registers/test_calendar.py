"""Calendars: closures by session and year group, ICS files, inference from the marks, and what is said of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from checker.errors import UnreadableError
from checker.registers.calendar import Closure, Term, calendar_of, day_number
from checker.registers.calendar_notes import bank_holidays
from checker.registers.model import Register
from checker.registers.native import load
from checker.registers.term_dates import read_term_dates
from checker.registers.written_dates import read_date
from tests.registers.build import register_of, write_register
from tests.registers.cases import Case

TERM = Term("autumn", dt.date(2025, 9, 1), dt.date(2025, 9, 12))
DAY = dt.date(2025, 9, 3)


def register(**content: object) -> Register:
    world = Case("", "", {"register": {"as_at": dt.date(2025, 9, 12)}, **content}).world()
    return register_of(world.settings, world.tables)


def test_a_calendar_holds_weekdays_of_its_terms_less_closures() -> None:
    closures = (Closure(DAY, "inset"), Closure(dt.date(2025, 9, 5), "planned", (1,)))
    calendar = calendar_of((TERM,), closures, dt.date(2025, 9, 8))
    assert len(calendar.days) == 5
    assert len(calendar.halves) == 9
    assert calendar.school_day_after(dt.date(2025, 9, 2)) == dt.date(2025, 9, 4)
    assert calendar.school_day_after(dt.date(2025, 9, 8)) is None
    assert calendar.school_days_between(dt.date(2025, 9, 2), dt.date(2025, 9, 8)) == 2
    assert calendar.week_of.tolist() == [0] * 7 + [1] * 2


def test_a_closure_for_some_year_groups_closes_for_them_alone() -> None:
    calendar = calendar_of((TERM,), (Closure(DAY, "planned", (0,), frozenset({0, 1})),))
    held = calendar.held_for(np.array([0, 1, 2]))
    column = calendar.columns_of(np.array([2 * day_number(DAY)]))[0]
    assert held[:, column].tolist() == [False, False, True]
    assert held.sum() == 3 * 20 - 2


def test_half_days_outside_a_calendar_have_no_place() -> None:
    calendar = calendar_of((TERM,), ())
    far = np.array([0, 2 * day_number(dt.date(2025, 9, 6)), 2 * day_number(dt.date(9999, 12, 31))])
    assert calendar.columns_of(far).tolist() == [-1, -1, -1]
    assert calendar_of((), ()).columns_of(far).tolist() == [-1, -1, -1]


ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//
{events}
END:VCALENDAR
"""


def ics(tmp_path: Path, *events: tuple[str, str, str]) -> Path:
    blocks = [
        f"BEGIN:VEVENT\nUID:{number}\nDTSTAMP:20250101T000000Z\nSUMMARY:{name}\nDTSTART{start}\n"
        + (f"DTEND{end}\n" if end else "") + "END:VEVENT"
        for number, (name, start, end) in enumerate(events)
    ]  # fmt: skip
    path = tmp_path / "term-dates.ics"
    path.write_text(ICS.format(events="\n".join(blocks)).replace("\n", "\r\n"), encoding="utf-8")
    return path


def day(value: str) -> str:
    return f";VALUE=DATE:{value}"


def test_the_end_of_an_all_day_event_is_exclusive(tmp_path: Path) -> None:
    dates = read_term_dates(
        ics(
            tmp_path,
            ("Autumn Term 1", day("20250901"), day("20251025")),
            ("Half term", day("20251027"), day("20251101")),
            ("INSET day", day("20250901"), ""),
            ("Early May bank holiday", day("20260504"), day("20260505")),
            ("Parents' evening", day("20250925"), day("20250926")),
        )
    )
    assert dates.terms == (Term("Autumn Term 1", dt.date(2025, 9, 1), dt.date(2025, 10, 24)),)
    assert [(closure.date.isoformat(), closure.kind) for closure in dates.closures] == [
        ("2025-09-01", "inset"),
        *[(f"2025-10-{day}", "planned") for day in range(27, 32)],
        ("2026-05-04", "bank-holiday"),
    ]
    assert dates.unused == ("Parents' evening",)


def test_a_start_and_an_end_make_a_term(tmp_path: Path) -> None:
    dates = read_term_dates(
        ics(
            tmp_path, ("Term starts", day("20250902"), ""), ("Last day of term", ":20251219T090000", ":20251219T150000")
        )
    )
    assert dates.terms == (Term("Term starts", dt.date(2025, 9, 2), dt.date(2025, 12, 19)),)


def test_a_register_takes_its_terms_from_an_ics_file(tmp_path: Path) -> None:
    closed = [{"date": dt.date(2025, 9, 1), "kind": "inset"}]
    world = Case("", "", {"register": {"as_at": dt.date(2025, 9, 12), "closures": closed}}).world()
    settings = {key: value for key, value in world.settings.items() if key not in ("terms", "closures")}
    settings["calendar"] = "term-dates.ics"
    folder = write_register(tmp_path, settings, world.tables)
    ics(tmp_path, ("Autumn term", day("20250901"), day("20251220")), ("Staff training day", day("20250901"), ""))
    read = load(folder, None)
    assert len(read.calendar.days) == 9
    assert read.notes == ()


@pytest.mark.parametrize(
    ("events", "says"),
    [
        ([("Term starts", day("20250902"), "")], "'Term starts' on 2025-09-02 has no event that ends it"),
        ([("Spring fair", day("20250902"), "")], "no event names a term"),
        ([("Autumn term", day("20250902"), day("20290902"))], "make no sense"),
    ],
)
def test_a_calendar_file_that_makes_no_sense_is_refused(
    tmp_path: Path, events: list[tuple[str, str, str]], says: str
) -> None:
    world = Case("", "", {}).world()
    settings = {key: value for key, value in world.settings.items() if key != "terms"}
    folder = write_register(tmp_path, {**settings, "calendar": "term-dates.ics"}, world.tables)
    ics(tmp_path, *events)
    with pytest.raises(UnreadableError) as caught:
        load(folder, None)
    assert says in caught.value.message


def test_a_calendar_file_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "term-dates.ics"
    path.write_bytes(b"hello")
    with pytest.raises(UnreadableError, match="is not a calendar file"):
        read_term_dates(path)


def test_without_terms_the_calendar_is_inferred_from_the_marks(tmp_path: Path) -> None:
    world = Case("", "", {
        "register": {"as_at": dt.date(2025, 9, 12), "closures": [{"date": dt.date(2025, 9, 8), "kind": "inset"}]},
        "pupils": {"A": None, "B": None},
        "marks": {"A": {"2025-09-04": "# #", "2025-09-05": "/ #"}, "B": {"2025-09-04": ".", "2025-09-05": "/ #"}},
    }).world()  # fmt: skip
    settings = {key: value for key, value in world.settings.items() if key not in ("terms", "closures")}
    read = load(write_register(tmp_path, settings, world.tables), None)
    assert len(read.calendar.halves) == 20 - 2 - 2 - 1
    assert "was inferred from the marks" in read.notes[0]


def test_bank_holidays_that_nobody_closed_are_said_and_not_closed() -> None:
    terms = [{"start": dt.date(2026, 4, 20), "end": dt.date(2026, 5, 8)}]
    settings = {"as_at": dt.date(2026, 5, 8), "terms": terms}
    open_ = register(register=settings)
    assert open_.notes == ("Bank holidays inside a term that nobody closed: 2026-05-04 (May Day).",)
    assert len(open_.calendar.days) == 15
    closed = register(register={**settings, "closures": [{"date": dt.date(2026, 5, 4), "kind": "bank-holiday"}]})
    assert closed.notes == ()


def test_the_table_of_bank_holidays_is_that_of_its_source() -> None:
    holidays = pytest.importorskip("holidays", reason="the package from which the table is written is not installed")
    table = bank_holidays()
    known = holidays.country_holidays("GB", subdiv="ENG", years=range(2018, 2029))
    weekdays = {date for date in known if date.weekday() < 5}
    assert {date for date in table if date.year < 2029} == weekdays


def test_sessions_for_which_nobody_has_a_mark_are_said() -> None:
    read = register(marks={"A": {"2025-09-04": "# #", "2025-09-05": ". \\"}})
    assert read.notes == (
        "No pupil has a mark for these sessions of the calendar: 2025-09-04 AM, 2025-09-04 PM, 2025-09-05 AM. Close "
        "them in register.yaml if they were not held.",
    )


def test_marks_of_most_pupils_where_the_calendar_holds_nothing_are_said() -> None:
    closure = {"date": dt.date(2025, 9, 4), "kind": "inset"}
    settings = {"as_at": dt.date(2025, 9, 12), "closures": [closure]}
    busy = register(register=settings, marks={"A": {"2025-09-04": "/ \\"}})
    assert busy.notes == ("Most pupils have marks where the calendar holds no session: 2025-09-04 AM, 2025-09-04 PM.",)
    unforeseen = register(
        register={**settings, "closures": [{**closure, "kind": "unplanned"}]}, marks={"A": {"2025-09-04": "Y4 Y4"}}
    )
    assert unforeseen.notes == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-09-03", DAY), ("03/09/2025", DAY), ("3/9/25", DAY), ("3-Sep-25", DAY), ("Wed 3 Sep 2025", DAY),
        ("3rd September 2025", DAY), ("2025/09/03 08:51", DAY), ("2025-09-03T00:00:00", DAY), ("03.09.2025", DAY),
        ("Wednesday, 03/09/2025", DAY), ("09/25/2025", None), ("2025-02-30", None), ("Tue 3 Sep 2025", None),
        ("soon", None), ("", None), ("45903", None), ("03/09", None), ("3 Sep", None),
    ],
)  # fmt: skip
def test_dates_as_other_systems_write_them(text: str, expected: dt.date | None) -> None:
    assert read_date(text) == expected


def test_a_date_without_a_year_lies_in_the_school_year() -> None:
    assert read_date("03/09", 2025) == DAY
    assert read_date("Mon 05/01", 2025) == dt.date(2026, 1, 5)
    assert read_date("Tue 05/01", 2025) is None
    assert read_date("03/09/2025", order="iso") is None
    assert read_date("2025-09-03", order="day-first") is None
