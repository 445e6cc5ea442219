"""The officer's workbook: what is in it, and what of the officer's own outlives the next run."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import LineChart
from openpyxl.styles import PatternFill
from openpyxl.worksheet.table import Table

from checker.errors import UsageError
from checker.findings import Finding, Verdict
from checker.report import Report, Status, Subject
from checker.reports import xlsx
from tests.reports.hostile import hostile
from tests.reports.sample import ESCAPE, RIGHT_TO_LEFT, many, sample

WORD = "policies/alder-vale-primary.docx"
FORMULAS = ("=", "+", "-", "@")


def written(report: Report, target: Path | None = None) -> bytes:
    made = xlsx.write(report, replace(sample().presentation, target=target))
    assert isinstance(made.content, bytes)
    return made.content


def book_of(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def table(sheet: Any, heading: int = 1) -> list[dict[str, Any]]:
    titles = [cell.value for cell in sheet[heading]]
    return [
        dict(zip(titles, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=heading + 1)
    ]


def actions(content: bytes) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["Document"], row["Name"]): row for row in table(book_of(content)["Actions"]) if row["Name"]}


def changed(report: Report, path: str, change: Callable[[Finding], Finding]) -> Report:
    def each(subject: Subject) -> Subject:
        if subject.path != path:
            return subject
        return replace(subject, findings=tuple(change(finding) for finding in subject.findings))

    return replace(report, subjects=tuple(each(subject) for subject in report.subjects))


def met(name: str) -> Callable[[Finding], Finding]:
    def change(finding: Finding) -> Finding:
        own = finding.requirement.name == name
        return replace(finding, verdict=Verdict.PASS, message="It says so now.", fix=None) if own else finding

    return change


def test_each_thing_to_do_has_its_row() -> None:
    report = sample().report
    rows = actions(written(report))
    open_now = {Verdict.FAIL, Verdict.REVIEW, Verdict.ERROR, Verdict.WAIVED}
    wanted = {
        (subject.path, finding.requirement.name)
        for subject in report.subjects
        for finding in subject.findings
        if finding.verdict in open_now and finding.checked
    }
    wanted |= {(subject.path, "not read") for subject in report.subjects if subject.status is Status.UNREADABLE}
    assert set(rows) == wanted
    row = rows[WORD, "policy.code-names"]
    assert row["School"] == "Alder Vale Primary School"
    assert (row["Level"], row["Verdict"], row["Change"], row["Status"]) == ("law", "to put right", "new", "Open")
    assert row["Quotation"] == "“A holiday in term time is marked H when the headteacher agrees to it”"
    assert row["Citation"]
    assert row["What to do"]
    assert rows["policies/quarry-lane-academy.pdf", "policy.retention"]["Page"] == 2


def test_all_sheets_filter_freeze_and_print() -> None:
    book = book_of(written(sample().report))
    assert book.sheetnames == ["Actions", "Matrix", "Facts", "Summary"]
    for sheet in book:
        assert sheet.freeze_panes
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows
    for name in ("Actions", "Matrix", "Facts"):
        assert book[name].auto_filter.ref.endswith(str(book[name].max_row))
    choices = book["Actions"].data_validations.dataValidation[0]
    assert "In progress" in choices.formula1


def test_the_matrix_holds_every_verdict() -> None:
    report = many().report
    rows = table(book_of(written(report))["Matrix"])
    words = {
        Verdict.PASS: "met", Verdict.FAIL: "fail", Verdict.REVIEW: "look", Verdict.NOT_APPLICABLE: "–",
        Verdict.WAIVED: "waived", Verdict.ERROR: "error",
    }  # fmt: skip
    assert len(rows) == len(report.subjects)
    for row, subject in zip(rows, report.subjects, strict=True):
        for finding in subject.findings:
            assert row[f"{finding.requirement.title} ({finding.requirement.name})"] == words[finding.verdict]


def test_the_facts_stand_side_by_side() -> None:
    rows = {row["Document"]: row for row in table(book_of(written(sample().report))["Facts"])}
    assert rows[WORD]["review: next"] == "2025-07"
    assert rows[WORD]["register times"].startswith("session AM, opens 08:50, closes 09:30\nsession PM")
    assert rows[WORD]["attendance champion"] == "post Deputy head"


def test_the_summary_counts_as_the_report_does() -> None:
    report = sample().report
    sheet = book_of(written(report))["Summary"]
    rows = {row["Document"]: row for row in table(sheet, heading=6)}
    assert rows[WORD]["met"] == 5
    assert "asks for a password" in rows["policies/signed-scan.pdf"]["Remarks"]
    words = [cell.value for cell in sheet["A"]]
    assert all(f"Checked: {line}." in words for line in report.coverage)
    assert words[-1] == report.limits[-1]


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    report = sample().report
    assert written(report) == written(report)
    target = tmp_path / "book.xlsx"
    target.write_bytes(written(report))
    assert written(report, target) == written(report, target)
    with zipfile.ZipFile(target) as file:
        assert {info.date_time[0] for info in file.infolist()} == {1980}
        assert b"2026-11-22T12:00:00Z" in file.read("docProps/core.xml")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A workbook in which an officer has worked: cells filled, sorted, a column and two rows and a sheet added."""
    target = tmp_path / "actions.xlsx"
    target.write_bytes(written(sample().report))
    book = load_workbook(target)
    sheet = book["Actions"]
    titles = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(1, sheet.max_column + 1, "Cost")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    rows.reverse()
    for number, row in enumerate(rows, start=3):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column, value)
        if row[titles["Name"] - 1] == "policy.code-names":
            sheet.cell(number, titles["Owner"], "Ms Ashdown")
            sheet.cell(number, titles["Due"], dt.datetime(2027, 1, 8))
            sheet.cell(number, titles["Status"], "In progress")
            sheet.cell(number, titles["Notes"], "rung 3 Dec")
            sheet.cell(number, sheet.max_column, "=12*3")
            sheet.cell(number, titles["Owner"]).fill = PatternFill("solid", start_color="FF00FF00")
    for column in range(1, sheet.max_column + 1):
        sheet.cell(2, column).value = None
    sheet.cell(2, 1, "Ring all heads first")
    sheet.cell(sheet.max_row + 1, 1, "Ask the trust about templates")
    book.create_sheet("My list")["A1"] = "=COUNTA(Actions!A:A)"
    book.save(target)
    return target


def test_what_people_wrote_stays(kept: Path) -> None:
    content = written(sample().report, kept)
    sheet = book_of(content)["Actions"]
    row = actions(content)[WORD, "policy.code-names"]
    assert [row[title] for title in ("Owner", "Due", "Status", "Notes", "Cost")] == [
        "Ms Ashdown", dt.datetime(2027, 1, 8), "In progress", "rung 3 Dec", "=12*3",
    ]  # fmt: skip
    assert row["Change"] == "still open"
    owner = next(cell for line in sheet.iter_rows() for cell in line if cell.value == "Ms Ashdown")
    assert owner.fill.start_color.rgb == "FF00FF00"
    assert sheet["A2"].value == "Ring all heads first"
    assert "Ask the trust about templates" in [cell.value for cell in sheet["A"]]
    assert book_of(content)["My list"]["A1"].value == "=COUNTA(Actions!A:A)"
    assert len(actions(content)) == len(actions(written(sample().report)))


def test_what_is_fixed_new_open_and_gone_is_marked(kept: Path) -> None:
    report = changed(sample().report, WORD, met("policy.code-names"))
    report = changed(
        report, WORD,
        lambda finding: replace(finding, verdict=Verdict.FAIL, message="No longer said.")
        if finding.requirement.name == "policy.retention" else finding,
    )  # fmt: skip
    report = replace(report, subjects=tuple(each for each in report.subjects if each.path != "registers/alder-vale"))
    kept.write_bytes(written(report, kept))
    rows = actions(kept.read_bytes())
    assert rows[WORD, "policy.code-names"]["Change"] == "fixed"
    assert rows[WORD, "policy.code-names"]["Verdict"] == "met"
    assert rows[WORD, "policy.code-names"]["What was found"] == "It says so now."
    assert rows[WORD, "policy.code-names"]["Notes"] == "rung 3 Dec"
    assert rows[WORD, "policy.retention"]["Change"] == "new"
    assert rows[WORD, "policy.review-date"]["Change"] == "still open"
    assert rows["registers/alder-vale", "register.complete"]["Change"] == "not checked this time"
    again = actions(written(sample().report, kept))
    assert again[WORD, "policy.code-names"]["Change"] == "open again"
    assert again["registers/alder-vale", "register.complete"]["Change"] == "still open"


def test_a_table_that_people_made_grows_with_the_rows(tmp_path: Path) -> None:
    target = tmp_path / "book.xlsx"
    report = changed(sample().report, WORD, met("policy.code-names"))
    target.write_bytes(written(report))
    book = load_workbook(target)
    sheet = book["Actions"]
    sheet.auto_filter.ref = None
    sheet.add_table(Table(displayName="Todo", ref=sheet.dimensions))
    rows = sheet.max_row
    book.save(target)
    after = book_of(written(sample().report, target))["Actions"]
    assert after.tables["Todo"].ref.endswith(str(rows + 1))
    assert after.auto_filter.ref is None


def test_nothing_is_taken_for_a_formula() -> None:
    hostile = '=HYPERLINK("http://bad.example")'
    report = changed(sample().report, WORD, lambda finding: replace(finding, message=hostile, fix=f"+{hostile}"))
    subjects = tuple(
        replace(each, path=f"@{each.path}", title=hostile, notes=(f"-{hostile}",)) for each in report.subjects
    )
    book = book_of(written(replace(report, subjects=subjects)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(str(cell.value).startswith("'=HYPERLINK") for cell in cells)
    assert any(str(cell.value).startswith("'@policies") for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
    assert not [cell.value for cell in cells if isinstance(cell.value, str) and cell.value.startswith(FORMULAS)]


def test_rows_are_known_again_whatever_the_documents_are_called(tmp_path: Path) -> None:
    target = tmp_path / "book.xlsx"
    subjects = tuple(replace(each, path=f"={each.path}\x07") for each in sample().report.subjects)
    report = replace(sample().report, subjects=subjects)
    target.write_bytes(written(report))
    rows = actions(written(report, target))
    assert {row["Change"] for row in rows.values()} == {"still open"}


def test_hostile_words_are_harmless() -> None:
    message = f"{ESCAPE}\x00{RIGHT_TO_LEFT}<b>\ufffe\ud800{'x' * 50_000}"
    report = changed(sample().report, WORD, lambda finding: replace(finding, message=message))
    book = book_of(written(report))
    text = "".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert not set(text) & set("\x00\x1b\u202e\ufffe\ud800")
    assert all(len(row["What was found"]) < 32_767 for row in table(book["Actions"]))


def test_a_run_that_means_harm_becomes_an_ordinary_workbook() -> None:
    book = book_of(written(hostile().report))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" and not str(cell.value).startswith(FORMULAS) for cell in cells)
    assert not any(
        unicodedata.category(char) in {"Cc", "Cs"} and char != "\n" for cell in cells for char in str(cell.value)
    )
    assert not any(cell.hyperlink for cell in cells)
    assert book.sheetnames == ["Actions", "Matrix", "Facts", "Summary"]


def test_no_pupil_is_named_unless_asked() -> None:
    assert "Wren Ashdown" not in str(actions(written(sample().report)))
    assert "Wren Ashdown" in str(actions(written(sample(names=True).report)))


def with_chart(path: Path) -> None:
    book = Workbook()
    book.active.add_chart(LineChart())
    book.save(path)


def without_headings(path: Path) -> None:
    book = Workbook()
    book.active.title = "Actions"
    book.active["A1"] = "Things"
    book.save(path)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.write_text("School,Owner\n", encoding="utf-8"), "no Excel workbook"),
        (lambda path: zipfile.ZipFile(path, "w").close(), "no Excel workbook"),
        (with_chart, "holds charts, pictures"),
        (without_headings, "no row with the headings Document and Name"),
    ],
)
def test_a_file_that_cannot_be_brought_up_to_date_is_left_alone(
    tmp_path: Path, make: Callable[[Path], None], says: str
) -> None:
    target = tmp_path / "book.xlsx"
    make(target)
    before = target.read_bytes()
    with pytest.raises(UsageError, match=says):
        written(sample().report, target)
    assert target.read_bytes() == before


def test_it_is_said_how_many_rows_are_new_and_open(tmp_path: Path) -> None:
    target = tmp_path / "book.xlsx"
    report = changed(sample().report, WORD, met("policy.code-names"))
    target.write_bytes(written(report))
    made = xlsx.write(sample().report, replace(sample().presentation, target=target))
    assert len(made.remarks) == 1
    assert "still open, 1 new." in made.remarks[0]
