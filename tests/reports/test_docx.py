"""Review comments in a copy of the school's Word file: on the right words, and nothing else is touched."""

from __future__ import annotations

import io
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from documents.word import cell, paragraph, run, table, write
from lxml import etree

from checker.errors import UsageError
from checker.findings import Verdict
from checker.reports import docx
from checker.reports.presentation import Written
from tests.reports.marking import faults
from tests.reports.sample import FILES, Sample, load, one, sample

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORD = "policies/alder-vale-primary.docx"
ORIGINAL = FILES / WORD
MARKS = [f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference"]


def reviewed(made: Sample) -> bytes:
    written = docx.write(made.report, made.presentation)
    assert written.troubles == ()
    assert isinstance(written.content, bytes)
    return written.content


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def comments(content: bytes) -> dict[str, str]:
    root = etree.fromstring(parts(content)["word/comments.xml"])
    return {
        comment.get(f"{W}id"): "\n".join("".join(p.itertext(f"{W}t")) for p in comment.iter(f"{W}p"))
        for comment in root
    }


def anchored(content: bytes) -> dict[str, str]:
    """What each comment is set on: the text between its marks."""
    root = etree.fromstring(parts(content)["word/document.xml"])
    found: dict[str, str] = {}
    open_now: list[str] = []
    for element in root.iter():
        number = element.get(f"{W}id")
        if element.tag == MARKS[0]:
            open_now.append(number)
            found[number] = ""
        elif element.tag == MARKS[1]:
            open_now.remove(number)
        elif element.tag == f"{W}t":
            for each in open_now:
                found[each] += element.text or ""
        elif element.tag == f"{W}tab":
            for each in open_now:
                found[each] += "\t"
    assert not open_now
    references = [element.get(f"{W}id") for element in root.iter(MARKS[2])]
    assert sorted(references) == sorted(found) == sorted(comments(content))
    return found


def set_on(made: Sample) -> list[str]:
    """What the comments of a run are set on, without the one on the whole document."""
    return list(anchored(reviewed(made)).values())[1:]


def readable(content: bytes, folder: Path) -> str:
    (folder / "reviewed.docx").write_bytes(content)
    return load(folder / "reviewed.docx").text


def test_each_passage_at_fault_has_its_comment() -> None:
    content = reviewed(one(WORD))
    words, said = anchored(content), comments(content)
    for finding in one(WORD).report.subjects[0].findings:
        wanted = finding.verdict is Verdict.FAIL or (finding.verdict is Verdict.REVIEW and finding.checked)
        own = {number for number, text in said.items() if text.endswith(finding.requirement.name)}
        assert len(own) == (max(1, len(finding.evidence)) if wanted else 0), finding.requirement.name
        for passage in finding.evidence if wanted else ():
            plain = "".join(passage.quote.split())
            assert plain in {"".join(words[number].split()) for number in own}
        if wanted:
            first = said[min(own, key=int)]
            assert finding.message in first
            assert finding.requirement.title in first
            assert finding.fix is not None
            assert finding.fix in first
            assert "See: " in first


def test_what_is_missing_is_said_at_the_heading_where_it_belongs() -> None:
    content = reviewed(one(WORD))
    number = next(number for number, text in comments(content).items() if text.endswith("policy.local-leave-form"))
    assert anchored(content)[number] == "Asking for leave"


def test_the_first_comment_says_how_the_whole_stands() -> None:
    content = reviewed(one(WORD))
    assert anchored(content)["0"] == "Attendance Policy"
    assert "As at 2026-11-22: 5 of 16 met; 7 to put right" in comments(content)["0"]
    assert "reading aid, not legal advice" in comments(content)["0"]


def test_nothing_else_is_touched(tmp_path: Path) -> None:
    before = ORIGINAL.read_bytes()
    content = reviewed(one(WORD))
    assert ORIGINAL.read_bytes() == before
    old, new = parts(before), parts(content)
    listed = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert set(new) == set(old) | {"word/comments.xml"}
    assert {name for name in old if old[name] != new[name]} == listed
    assert readable(content, tmp_path) == load(ORIGINAL).text
    assert _without_marks(new["word/document.xml"]) == _without_marks(old["word/document.xml"])


def _without_marks(part: bytes) -> list[tuple[str, tuple[tuple[str, str], ...], str]]:
    """All that a text part holds, runs that look alike joined."""
    return list(_elements(etree.fromstring(part)))


def _elements(root: Any) -> Iterator[tuple[str, tuple[tuple[str, str], ...], str]]:
    for element in root.iter():
        if element.tag in MARKS or element.tag == f"{W}rPr":
            continue
        if element.tag == f"{W}r" and element.find(MARKS[2]) is not None:
            continue
        if element.tag == f"{W}r" or any(outer.tag == f"{W}rPr" for outer in element.iterancestors()):
            continue
        if element.tag == f"{W}t":
            looks = element.getparent().find(f"{W}rPr")
            yield from (
                ("letter", (), f"{char}{b'' if looks is None else etree.tostring(looks)!r}")
                for char in element.text or ""
            )
        else:
            yield element.tag, tuple(sorted(element.attrib.items())), (element.text or "").strip()


def test_the_same_run_gives_the_same_bytes() -> None:
    assert reviewed(one(WORD)) == reviewed(one(WORD))


def test_python_docx_opens_it() -> None:
    document = python_docx.Document(io.BytesIO(reviewed(one(WORD))))
    found = list(document.comments)
    assert {comment.author for comment in found} == {"attendance-checker"}
    assert {comment.initials for comment in found} == {"ac"}
    assert "penalty notice" in " ".join(comment.text for comment in found).lower()


def test_libreoffice_opens_it_and_shows_the_comments(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed here; CI installs it")
    content = reviewed(one(WORD))
    (tmp_path / "reviewed.docx").write_bytes(content)
    command = [program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "odt"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "reviewed.docx")],
        check=True,
        capture_output=True,
        timeout=180,
    )
    with zipfile.ZipFile(tmp_path / "reviewed.odt") as file:
        root = etree.fromstring(file.read("content.xml"))
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    shown = ["".join(note.itertext()) for note in root.iter(f"{office}annotation")]
    assert len(shown) == len(comments(content))
    assert len(list(root.iter(f"{office}annotation-end"))) == len(shown)


@pytest.mark.parametrize(
    ("body", "quote"),
    [
        (paragraph(run("We keep ", "<w:b/>") + run("registers for ") + run("six years.", "<w:i/>")), "registers for six"),
        (paragraph(run("The fine is ") + f"<w:ins w:id='1' w:author='A'>{run('£80 now')}</w:ins>" + run(".")), "£80"),
        (paragraph(run("Ring ") + f"<w:hyperlink r:id='rId5'>{run('the school office')}</w:hyperlink>" + run(".")), "school"),
        (paragraph("<w:sdt><w:sdtContent>" + run("Agreed in May by all") + "</w:sdtContent></w:sdt>"), "May by"),
        (paragraph(run("at\u00adten\u00addance is a du\u00adty")), "tendance is a"),
        (paragraph("<w:r><w:t>Opens</w:t><w:tab/><w:t>8:45 daily</w:t></w:r>"), "Opens\t8:45"),
        (paragraph(run("One line.")) + paragraph(run("Another line.")), "line.\nAnother"),
        (table(cell("Morning") + cell("8:50 sharp"), cell("Noon") + cell("13:10")), "Morning\n8:50"),
        (table(cell("Morning") + cell("8:50 sharp"), cell("Noon") + cell("13:10")), "50 sh"),
        (
            paragraph(
                "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
                "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
                + run("1 May 2026")
                + "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
            ),
            "May 2026",
        ),
    ],
)  # fmt: skip
def test_a_comment_is_set_word_for_word(tmp_path: Path, body: str, quote: str) -> None:
    path = write(tmp_path / "policy.docx", paragraph(run("Attendance", "<w:b/>")) + body)
    made = faults(path, quote)
    plain = ["".join(each.replace("\u00ad", "").split()) for each in set_on(made)]
    assert plain == ["".join(quote.split())]
    assert readable(reviewed(made), tmp_path) == load(path).text


def test_passages_may_overlap_and_share_their_ends(tmp_path: Path) -> None:
    path = write(tmp_path / "policy.docx", paragraph("Title") + paragraph(run("We keep all registers for six years.")))
    made = faults(
        path, "keep all", "all registers", "registers for six", "We keep all registers for six years.", "six years"
    )
    assert sorted(set_on(made)) == sorted(
        ["keep all", "all registers", "registers for six", "We keep all registers for six years.", "six years"]
    )
    assert readable(reviewed(made), tmp_path) == load(path).text


def test_where_word_allows_no_comment_it_is_set_on_the_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('Ring us by 8.45am.')}</w:txbxContent>"
    drawn = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        f"<wps:txbx>{box}</wps:txbx></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    path = write(tmp_path / "policy.docx", paragraph("Title") + paragraph(run("If your child is ill:") + drawn))
    made = faults(path, "by 8.45am")
    content = reviewed(made)
    root = etree.fromstring(parts(content)["word/document.xml"])
    marks = list(root.iter(*MARKS))
    assert len(marks) == 6
    assert not any(outer.tag == f"{W}txbxContent" for mark in marks for outer in mark.iterancestors())
    assert readable(content, tmp_path) == load(path).text


def test_a_footnote_at_fault_is_said_beside_its_place(tmp_path: Path) -> None:
    notes = f"<w:footnote w:id='2'>{paragraph('The fine is £60.')}</w:footnote>"
    body = paragraph("Title") + paragraph(run("There are fines.") + "<w:r><w:footnoteReference w:id='2'/></w:r>")
    path = write(tmp_path / "policy.docx", body + paragraph("We answer."), {"footnotes": notes})
    assert set_on(faults(path, "The fine is £60.")) == ["There are fines."]


def test_comments_that_are_there_already_stay(tmp_path: Path) -> None:
    body = paragraph("Title") + paragraph(
        "<w:commentRangeStart w:id='7'/>" + run("We keep registers.") + "<w:commentRangeEnd w:id='7'/>"
        "<w:r><w:commentReference w:id='7'/></w:r>"
    )
    theirs = f"<w:comment w:id='7' w:author='Head'>{paragraph('Check this!')}</w:comment>"
    path = write(tmp_path / "policy.docx", body, {"comments": theirs})
    content = reviewed(faults(path, "registers"))
    assert list(comments(content)) == ["7", "8", "9"]
    assert comments(content)["7"] == "Check this!"
    assert anchored(content)["7"] == "We keep registers."
    assert anchored(content)["9"] == "registers"


def test_a_file_in_the_strict_form_keeps_it(tmp_path: Path) -> None:
    path = write(tmp_path / "policy.docx", paragraph("Title") + paragraph("We keep registers."))
    loose = parts(path.read_bytes())
    with zipfile.ZipFile(path, "w") as file:
        for name, data in loose.items():
            file.writestr(
                name,
                data.replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                ),
            )
    content = reviewed(faults(path, "registers"))
    assert b"schemas.openxmlformats.org/wordprocessingml" not in parts(content)["word/document.xml"]
    assert b"http://purl.oclc.org/ooxml/wordprocessingml/main" in parts(content)["word/comments.xml"]
    assert readable(content, tmp_path) == load(path).text


def test_hostile_words_are_harmless(tmp_path: Path) -> None:
    long = "x" * 10_000
    path = write(tmp_path / "policy.docx", paragraph("Title") + paragraph(run(f"&lt;script&gt; =1+1 {long} end")))
    message = f"<w:p>\x00\x1b[31m\u202e&amp; =cmd|'/c calc'!A1 {long}\ufffe\ud800\nnext"
    content = reviewed(faults(path, "<script> =1+1", long, message=message))
    said = comments(content)["1"]
    assert "<w:p>&amp; =cmd|'/c calc'!A1" in said
    assert not set(said) & set("\x00\x1b\u202e\ufffe\ud800")
    assert readable(content, tmp_path) == load(path).text


def test_doubled_names_in_the_archive_are_copied_once(tmp_path: Path) -> None:
    path = write(tmp_path / "policy.docx", paragraph("Title") + paragraph("We keep registers."))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(path, "a") as file:
            file.writestr("word/styles.xml", parts(path.read_bytes())["word/styles.xml"])
    with zipfile.ZipFile(io.BytesIO(reviewed(faults(path, "registers")))) as file:
        assert len(file.namelist()) == len(set(file.namelist()))


def test_several_go_into_a_folder_and_one_that_has_gone_is_named(tmp_path: Path) -> None:
    first = write(tmp_path / "one.docx", paragraph("Title"))
    second = write(tmp_path / "two.docx", paragraph("Title"))
    subjects = [
        replace(faults(path, "Title").report.subjects[0], path=name)
        for path, name in ((first, "in/a/one.docx"), (second, "in/two.docx"), (second, "in/gone.docx"))
    ]
    subjects[2] = replace(subjects[2], file=tmp_path / "gone.docx")
    report = replace(sample().report, subjects=tuple(subjects))
    with pytest.raises(UsageError, match="3 Word files were checked; name a folder"):
        docx.write(report, replace(sample().presentation, target=tmp_path / "all.docx"))
    written = docx.write(report, replace(sample().presentation, target=tmp_path / "out"))
    assert isinstance(written, Written)
    assert isinstance(written.content, dict)
    assert sorted(written.content) == ["a/one.docx", "two.docx"]
    assert "in/gone.docx" in written.troubles[0]


def test_what_is_no_word_file_is_named() -> None:
    written = docx.write(sample().report, sample().presentation)
    assert written.remarks == ("--format docx: no Word file, so without a copy: policies/quarry-lane-academy.pdf",)
    with pytest.raises(UsageError, match="no Word file was checked"):
        docx.write(one("policies/quarry-lane-academy.pdf").report, sample().presentation)
