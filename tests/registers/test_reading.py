"""Reading register folders: what is refused, where, and in what words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from checker.errors import UnreadableError
from checker.registers.columns import encoded
from checker.registers.loaders import BUILT_IN
from checker.registers.native import load
from checker.registers.records import Pupil
from tests.registers.build import judge, keys, write_register
from tests.registers.cases import Case

SOUND = Case("", "", {"register": {"as_at": dt.date(2025, 9, 5)}, "pupils": {"A": None, "B": None}})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    world = SOUND.world()
    return write_register(tmp_path / "elm-bank", world.settings, world.tables)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_bytes().decode()
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode())


def refusal(folder: Path) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        load(folder, None)
    return caught.value


def test_a_sound_folder_is_read(folder: Path) -> None:
    register = load(folder, None)
    assert register.school.name == "Elm Bank Primary School"
    assert register.school.urn == "100001"
    assert register.as_at == dt.date(2025, 9, 5)
    assert register.marks.grid.shape == (2, 10)
    assert not len(register.marks.aside)


@dataclass(frozen=True)
class Slip:
    """A slip in a file: what stands there, what stood there before, and what is said of it."""

    file: str
    old: str
    new: str
    code: str
    says: str

    def __str__(self) -> str:
        return f"{self.file}: {self.says}"


ROW = "2025-09-02,AM"  # the fourth row of marks.csv
LEAVER = "lives_with_pupil\r\nA,"
SLIPS = [
    Slip("marks.csv", "session", "sesion", "columns", "row 1: the column 'session' is missing. Did you mean 'sesion'?"),
    Slip("marks.csv", ROW, "2025-09-31,AM", "cell", "row 4, column 'date': this must be a date"),
    Slip("marks.csv", ROW, "02/09/2025,AM", "cell", "row 4, column 'date': this must be a date"),
    Slip("marks.csv", ROW, ",AM", "cell", "row 4, column 'date'"),
    Slip("marks.csv", ROW, "2025-09-02,am", "cell", "row 4, column 'session': this must be AM or PM"),
    Slip("marks.csv", ROW, "2025-09-02,", "cell", "row 4, column 'session'"),
    Slip("marks.csv", ROW + ",/,", ROW + ",/,9.05", "cell", "row 4, column 'arrived_at': this must be a time"),
    Slip("marks.csv", ROW + ",/", ROW + ",/,extra", "rows", "row 4: has 8 cells, but the header has 7"),
    Slip("pupils.csv", "2016-05-05", "2016-5-5", "cell", "row 2, column 'date_of_birth'"),
    Slip("pupils.csv", ",4,", ",4.5,", "cell", "row 2, column 'year_group': this must be a whole number from -2 to 14"),
    Slip("pupils.csv", ",4,", ",15,", "cell", "row 2, column 'year_group'"),
    Slip("pupils.csv", "\r\nA,", "\r\n,", "cell", "row 2, column 'pupil_id': this must be some text"),
    Slip("pupils.csv", "pupil_id,upn", "upn,upn", "columns", "row 1: the column 'upn' stands there twice"),
    Slip("contacts.csv", LEAVER, LEAVER + "x,x,x,yes\r\nB,", "cell", "this must be true or false"),
    Slip("register.yaml", "junior_year", "juniour_year", "settings", "Did you mean 'junior_year'"),
    Slip("register.yaml", "type: maintained", "type: maintaned", "settings", "Did you mean 'maintained'"),
    Slip("register.yaml", "2025-10-24", "2025-08-24", "settings", "the term 'autumn 1' ends before it starts"),
    Slip("register.yaml", "2025-10-24", "2035-10-24", "settings", "a register covers one school year"),
    Slip("register.yaml", "2025-10-24", "2025-10-34", "settings", "2025-10-34 is no date of the calendar"),
    Slip("register.yaml", "school_year: 2025-26", "school_year: [", "settings", "register.yaml, line"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_what_does_not_fit_is_refused_with_its_place(folder: Path, slip: Slip) -> None:
    edit(folder / slip.file, slip.old, slip.new)
    error = refusal(folder)
    assert slip.says in error.message
    assert error.message.startswith(slip.file)
    assert error.code == slip.code
    assert "\n" not in error.message
    assert str(folder) not in error.message


def test_a_yaml_typo_is_named_with_its_line(folder: Path) -> None:
    edit(folder / "register.yaml", "senior_year", "senior_yaer")
    assert "register.yaml, line" in refusal(folder).message


@pytest.mark.parametrize("name", ["pupils", "marks"])
def test_a_required_table_that_is_missing_is_named(folder: Path, name: str) -> None:
    (folder / f"{name}.csv").unlink()
    assert refusal(folder).message.startswith(f"{name}.csv: there is no such file")


def test_a_table_that_is_named_and_missing_is_noted(folder: Path) -> None:
    edit(folder / "register.yaml", "school_year", "tables: {leave: holidays.csv}\nschool_year")
    register = load(folder, None)
    assert "leave" not in register.tables
    assert "holidays.csv, which is not there" in register.notes[0]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "empty", "is empty"),
        ("pupil_id,date,session,code\r\nA,2025-09-01,AM,/\r\n".encode("utf-16"), "encoding", "is not UTF-8"),
        (b"pupil_id,date,session,code\r\nA,2025-09-01,AM,\x93\r\n", "encoding", "row 2: is not UTF-8"),
        (b"pupil_id;date;session;code\r\nA;2025-09-01;AM;/\r\n", "format", "not separated by commas"),
        (b"PK\x03\x04\x00\x00rest of a workbook", "encoding", "is not UTF-8"),
        (b'pupil_id,date,session,code\r\nA,2025-09-01,AM,"/\r\n', "rows", "marks.csv"),
    ],
)
def test_broken_files_are_refused(folder: Path, content: bytes, code: str, words: str) -> None:
    (folder / "marks.csv").write_bytes(content)
    error = refusal(folder)
    assert error.code == code
    assert words in error.message


def test_no_message_quotes_a_cell(folder: Path) -> None:
    edit(folder / "pupils.csv", "2016-05-05", "born in Mulberry Lane")
    assert "Mulberry" not in refusal(folder).message


def test_a_byte_order_mark_blank_lines_and_spaces_do_no_harm(folder: Path) -> None:
    text = (folder / "marks.csv").read_text(encoding="utf-8")
    spaced = text.replace("\r\n", "\n").replace("A,2025-09-01,AM,/", " A , 2025-09-01 , AM , / ") + "\n\n,,,,,,\n"
    (folder / "marks.csv").write_text("\ufeff" + spaced, encoding="utf-8")
    register = load(folder, None)
    assert keys(judge("register.complete", register)) == []
    assert not len(register.marks.aside)


def test_parquet_holds_the_same_register(folder: Path) -> None:
    before = load(folder, None)
    frame = pl.read_csv(folder / "marks.csv", infer_schema=False).with_columns(pl.col("date").str.to_date())
    frame.write_parquet(folder / "marks.parquet")
    pupils = pl.read_csv(folder / "pupils.csv", infer_schema=False).with_columns(
        pl.col("date_of_birth", "starting_day", "entered_on").str.to_date(), pl.col("year_group").cast(pl.Int8)
    )
    pupils.write_parquet(folder / "pupils.parquet")
    (folder / "marks.csv").unlink()
    (folder / "pupils.csv").unlink()
    after = load(folder, None)
    assert (after.marks.grid == before.marks.grid).all()
    assert after.roll.table.records(Pupil) == before.roll.table.records(Pupil)


def test_a_parquet_file_with_wrong_types_or_none_at_all_is_refused(folder: Path) -> None:
    (folder / "marks.csv").unlink()
    (folder / "marks.parquet").write_bytes(b"PAR1 not really")
    assert "is not a Parquet file" in refusal(folder).message
    pl.DataFrame({"pupil_id": ["A"], "date": [20250901], "session": ["AM"], "code": ["/"]}).write_parquet(
        folder / "marks.parquet"
    )
    assert "marks.parquet, row 2, column 'date'" in refusal(folder).message


def test_without_as_at_the_last_mark_decides_and_hash_is_none(folder: Path) -> None:
    edit(folder / "register.yaml", "as_at: 2025-09-05\n", "")
    with (folder / "marks.csv").open("a", encoding="utf-8") as file:
        file.write("A,2025-12-19,AM,#,,,\r\n")
    assert load(folder, None).as_at == dt.date(2025, 9, 5)
    assert load(folder, dt.date(2025, 9, 3)).as_at == dt.date(2025, 9, 3)


def test_a_register_without_a_mark_has_no_day(folder: Path) -> None:
    edit(folder / "register.yaml", "as_at: 2025-09-05\n", "")
    (folder / "marks.csv").write_text("pupil_id,date,session,code\n", encoding="utf-8")
    assert "holds no mark" in refusal(folder).message


def test_very_many_codes_are_no_column_of_codes(folder: Path) -> None:
    lines = "".join(f"A,2025-09-01,AM,code {number}\n" for number in range(70_000))
    (folder / "marks.csv").write_text("pupil_id,date,session,code\n" + lines, encoding="utf-8")
    assert "no column of codes" in refusal(folder).message


def test_more_codes_than_a_byte_holds_are_kept_apart(folder: Path) -> None:
    lines = "".join(f"A,2025-09-01,AM,c{number}\n" for number in range(400))
    with (folder / "marks.csv").open("a", encoding="utf-8") as file:
        file.write(lines.replace(",AM,", ",AM,", 1))
    outcome = judge("register.codes-valid", load(folder, None))
    assert keys(outcome) == [("A", "2025-09-01", "AM")]


@pytest.mark.parametrize(
    "texts",
    [
        ["Ann"] * 400 + ["Ben"] * 399 + ["Ann", None],
        ["/", "\\", "/", "é", "", "C2", None, " /", "\0", "L"] * 3 + ["/"] * 200,
        [f"2025-09-{day:02}" for day in range(1, 31)] * 200,
        [None, None],
        [],
    ],
    ids=["runs", "characters", "many", "blanks", "none"],
)
def test_a_column_of_text_is_known_by_its_distinct_texts(texts: list[str | None]) -> None:
    column = encoded(pl.Series("code", texts, dtype=pl.String))
    written = list(column.texts)
    assert len(set(written)) == len(written)
    assert [written[number] for number in column.spread(np.arange(len(written)))] == [text or "" for text in texts]


def test_the_loader_knows_its_folders(folder: Path) -> None:
    (loader,) = BUILT_IN
    assert loader.accepts(folder)
    assert loader.accepts(folder / "register.yaml")
    assert not loader.accepts(folder.parent)
    assert not loader.accepts(folder / "marks.csv")
    assert loader.school(folder).name == "Elm Bank Primary School"
    assert loader.load(folder / "register.yaml", None).sha256 == loader.load(folder, None).sha256
