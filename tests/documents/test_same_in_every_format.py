"""The same policy has the same blocks, sections and tables, whatever file it came in."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.documents.model import Document
from tests.documents.one_policy import write_all
from tests.documents.reading import read, shape

EXPECTED = [
    ("paragraph", "", "", "", "Attendance Policy"),
    ("paragraph", "", "", "", "Brackenhill Primary School"),
    ("paragraph", "", "", "", "Approved by: Full governing body"),
    ("paragraph", "", "", "", "Next review due by: March 2027"),
    ("row", "", "Policy owner", "Headteacher"),
    ("row", "", "Version", "4.2"),
    ("row", "", "Published", "Yes"),
    ("heading", "1 Aims", "1", "1", "Aims"),
    (
        "paragraph",
        "1 Aims",
        "",
        "",
        "Brackenhill wants every child to be in school, on time, on each day that the school is open.",
    ),
    ("heading", "2 Who does what", "1", "2", "Who does what"),
    ("heading", "2.1 The headteacher", "2", "2.1", "The headteacher"),
    ("paragraph", "2.1 The headteacher", "", "", "The headteacher is responsible for:"),
    ("list-item", "2.1 The headteacher", "0", "", "Running this policy"),
    ("list-item", "2.1 The headteacher", "0", "", "Telling governors how attendance stands, each half-term:"),
    ("list-item", "2.1 The headteacher", "1", "", "by year group"),
    ("list-item", "2.1 The headteacher", "1", "", "by pupil group"),
    ("list-item", "2.1 The headteacher", "0", "", "Deciding on leave"),
    ("heading", "2.2 Parents and carers", "2", "2.2", "Parents and carers"),
    (
        "paragraph",
        "2.2 Parents and carers",
        "",
        "",
        'Parents ring the office before 8.45am – on each day of absence – and say "why".',
    ),
    ("heading", "3 Registers", "1", "3", "Registers"),
    ("paragraph", "3 Registers", "", "", "We take the register twice a day. The steps are:"),
    ("list-item", "3 Registers", "0", "1.", "The teacher calls the names."),
    ("list-item", "3 Registers", "0", "2.", "The office checks the marks."),
    ("list-item", "3 Registers", "0", "3.", "The office rings home."),
    ("row", "3 Registers", "Code", "Meaning", "Counts as"),
    ("row", "3 Registers", "/", "Present in the morning", "Attending"),
    ("row", "3 Registers", "L", "Late, before the register closed", "Attending"),
    ("row", "3 Registers", "U", "Late, after the register closed", "Unauthorised absence"),
    ("heading", "Appendix 1 Letters that we send", "1", "Appendix 1", "Letters that we send"),
    (
        "paragraph",
        "Appendix 1 Letters that we send",
        "",
        "",
        "The first letter is sent when a child has missed ten sessions in half a term.",
    ),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_all(tmp_path_factory.mktemp("policy"))


def check_same(document: Document) -> None:
    assert shape(document) == EXPECTED
    assert document.title == "Attendance Policy"
    assert [(len(table.rows), table.header_rows) for table in document.tables] == [(3, 0), (4, 1)]


@pytest.mark.parametrize("form", ["txt", "md", "html", "docx"])
def test_the_policy_reads_the_same(files: dict[str, Path], form: str) -> None:
    check_same(read(files[form]))


@pytest.mark.parametrize("form", ["txt", "md"])
def test_a_text_file_is_quoted_as_it_stands(files: dict[str, Path], form: str) -> None:
    assert read(files[form]).text == files[form].read_text(encoding="utf-8")


def by_libreoffice(source: Path, folder: Path) -> Path:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed here; CI installs it")
    command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=180)
    return folder / f"{source.stem}.pdf"


def by_chromium(source: Path, folder: Path) -> Path:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium is not installed here; CI installs it")
    made = folder / "page.pdf"
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
    command += ["--no-pdf-header-footer", f"--print-to-pdf={made}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return made


@pytest.mark.parametrize(("convert", "form"), [(by_libreoffice, "docx"), (by_chromium, "html")])
def test_the_printed_policy_reads_the_same(
    files: dict[str, Path], tmp_path: Path, convert: Callable[[Path, Path], Path], form: str
) -> None:
    check_same(read(convert(files[form], tmp_path)))
