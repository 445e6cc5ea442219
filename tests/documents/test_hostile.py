"""Files that are broken, mislabelled, enormous or malicious give one clear line, or are read all the same."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.documents.model import BlockKind, Document
from checker.errors import UnreadableError
from tests.documents.reading import of_kind, read, read_text
from tests.documents.word import TYPES, paragraph, write

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"


def refused(path: Path) -> UnreadableError:
    """Returns the refusal, which is one line that names the file and says what to do."""
    with pytest.raises(UnreadableError) as caught:
        read(path)
    message = caught.value.message
    assert message.startswith(f"{path.name}: ")
    assert "\n" not in message
    assert message.endswith(("again.", "once more.", "too."))
    return caught.value


def zipped(path: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return path


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize("content", [b"", b"  \r\n\t\n", b"\xef\xbb\xbf", b"\x00\x00\x00\x00"])
def test_an_empty_file(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name).code == "empty"


@pytest.mark.parametrize("name", ["a.docx", "a.html", "a.txt", "a.md"])
@pytest.mark.parametrize(
    ("content", "says"), [(PDF, "a PDF"), (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"), (OLE, "Word")]
)
def test_a_file_with_the_wrong_ending(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert says in refused(tmp_path / name).message


@pytest.mark.parametrize("name", ["a.txt", "a.docx"])
def test_a_web_page_with_another_ending(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("<!DOCTYPE html><html><body><p>Attendance</p></body></html>", encoding="utf-8")
    error = refused(tmp_path / name)
    assert error.code == "wrong-ending"
    assert ".html" in error.message


def test_text_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 40)
    assert refused(tmp_path / "a.txt").code == "not-text"


def test_a_word_document_with_a_password(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(OLE + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 500)
    assert refused(tmp_path / "a.docx").code == "password-protected"


def test_an_old_word_document_renamed(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(OLE + "WordDocument".encode("utf-16-le"))
    assert ".doc)" in refused(tmp_path / "a.docx").message


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("readme.txt", "ordinary ZIP"),
        ("xl/workbook.xml", "Excel"),
        ("ppt/presentation.xml", "PowerPoint"),
        ("mimetype", "OpenDocument"),
    ],
)
def test_an_archive_that_is_no_word_document(tmp_path: Path, entry: str, says: str) -> None:
    error = refused(zipped(tmp_path / "a.docx", **{entry: b"x"}))
    assert error.code == "not-docx"
    assert says in error.message


def test_a_damaged_archive(tmp_path: Path) -> None:
    whole = write(tmp_path / "a.docx", paragraph("We keep registers."))
    whole.write_bytes(whole.read_bytes()[:-200])
    assert refused(whole).code == "damaged"


def test_damaged_bytes_inside_an_archive(tmp_path: Path) -> None:
    whole = write(tmp_path / "a.docx", paragraph("We keep registers. " * 300))
    data = bytearray(whole.read_bytes())
    at = data.index(b"word/document.xml") + 60
    data[at : at + 30] = b"\xff" * 30
    whole.write_bytes(bytes(data))
    assert refused(whole).code == "damaged"


@pytest.mark.parametrize("content", [b"<w:document", b"", b"<a><b></a>"])
def test_broken_xml(tmp_path: Path, content: bytes) -> None:
    path = zipped(tmp_path / "a.docx", **{"[Content_Types].xml": TYPES.encode(), "word/document.xml": content})
    assert refused(path).code == "damaged"


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">',
        '<!ENTITY c SYSTEM "file:///etc/hostname">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p; <!ENTITY c "x">',
    ],
)
def test_entities_in_xml_are_never_followed(tmp_path: Path, declared: str) -> None:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<!DOCTYPE w:document [{declared}]><w:document {names}><w:body>{paragraph('a &c; b')}</w:body></w:document>"
    entries = {"[Content_Types].xml": TYPES.encode(), "word/document.xml": body.encode()}
    assert refused(zipped(tmp_path / "a.docx", **entries)).code == "damaged"


def test_an_archive_that_unpacks_to_gigabytes(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        with file.open("word/document.xml", "w") as part:
            for _ in range(70):
                part.write(b" " * 1_000_000)
    assert refused(path).code == "too-large"


def test_an_archive_with_countless_entries(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        for number in range(20_100):
            file.writestr(f"x{number}", b"")
    assert refused(path).code == "too-large"


def test_xml_that_is_nested_too_deeply(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 400 + paragraph("x") + "</w:sdtContent></w:sdt>" * 400
    assert refused(write(tmp_path / "a.docx", deep)).code in {"damaged", "too-deep"}


def test_a_word_document_without_words(tmp_path: Path) -> None:
    assert refused(write(tmp_path / "a.docx", "<w:p/>")).code == "empty"


def test_macros_are_not_run_and_are_mentioned(tmp_path: Path) -> None:
    path = write(tmp_path / "a.docx", paragraph("We keep registers."), {})
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("word/vbaProject.bin", b"\x00")
    document = read(path)
    assert of_kind(document, BlockKind.PARAGRAPH) == ["We keep registers."]
    assert "macros" in document.notes[0]


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8-sig", ""),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_text_in_other_encodings(tmp_path: Path, name: str, encoding: str, note: str) -> None:
    text = "The pupil’s parent pays £80 – within 21 days – to the council’s office, and no later."
    wrapped = f"<html><body><p>{text}</p></body></html>" if name.endswith("html") else text
    (tmp_path / name).write_bytes(wrapped.encode(encoding))
    document = read(tmp_path / name)
    assert [block.text for block in document.blocks] == [text.replace("’", "'")]
    assert note in " ".join(document.notes)


def test_a_page_that_names_its_encoding(tmp_path: Path) -> None:
    page = "<html><head><meta charset=windows-1252></head><body><p>It costs £80 – each.</p></body></html>"
    (tmp_path / "a.html").write_bytes(page.encode("cp1252"))
    document = read(tmp_path / "a.html")
    assert document.blocks[0].text == "It costs £80 – each."
    assert not document.notes


def test_control_characters_and_direction_marks_are_not_read() -> None:
    document = read_text("The reg\u00adister \u202ecloses\u202c at\x00 9.15\u200eam\x07 each\ufeff day.")
    assert document.blocks[0].text == "The register closes at 9.15am each day."


def seconds(work: Callable[[], Document]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize(
    "text",
    [
        "x" * 200_000,
        "x-" * 100_000,
        "a " * 100_000,
        "a   " * 50_000,
        "[" * 50_000,
        "[a](" * 30_000,
        "*a" * 60_000,
        "<" * 60_000,
        "<!-- -" * 20_000,
        "\\(" * 50_000,
        "1." * 60_000,
        "• " * 20_000,
        "(a) " * 40_000,
        "." * 100_000,
        ". " * 60_000,
        " " * 200_000 + "x",
        "a" + " " * 200_000 + "b",
        "\t" * 50_000 + "x",
        "|" * 50_000 + "\n" + "|-" * 20_000,
        "9.15 – " * 30_000,
        "&amp" * 40_000,
        "_" * 100_000,
        "> " * 60_000,
        "January " * 20_000,
    ],
    ids=lambda text: text[:8].strip() or "blanks",
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_no_pattern_takes_long(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert seconds(lambda: read(tmp_path / name)) < 3


@pytest.mark.parametrize(
    "line",
    [
        "We keep the register.\n",
        "x\n",
        "- item\n",
        "a\tb\n",
        "a    b    c\n\n",
        "a    b    c    d    e    f    g    h    i    j    k    l    m\n\n",
        "1. step\n",
        "Heading\n\n",
        "4.1 Title\n\n",
        "2\n\n",
        "Contents\n\n",
        "a\tb\n\n",
        "Appendix 1\n\n",
    ],
)
def test_long_files_take_time_in_step_with_their_length(line: str) -> None:
    few = min(seconds(lambda: read_text(line * 1_000)) for _ in range(2))
    many = seconds(lambda: read_text(line * 12_000))
    assert many < 12 * few * 4 + 0.3


def test_a_file_with_a_million_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("We keep the register.\n" * 1_000_000, encoding="utf-8")
    assert refused(tmp_path / "a.txt").code == "too-large"


def test_a_page_that_is_nested_deeply(tmp_path: Path) -> None:
    page = "<html><body>" + "<div>" * 5_000 + "<p>We keep the register for six years.</p>" + "</div>" * 5_000
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert refused(tmp_path / "a.html").code == "too-deep"


def test_cells_that_claim_to_span_everything(tmp_path: Path) -> None:
    page = "<table><tr><td colspan=99999999 rowspan=99999999>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert max(table.columns for table in read(tmp_path / "a.html").tables) < 200


def test_a_page_made_by_scripts_alone(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><script>render('policy')</script></body></html>", encoding="utf-8")
    assert refused(tmp_path / "a.html").code == "empty"
