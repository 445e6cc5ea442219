"""Which school a file is about: manifest, folders' names, and the extract of all schools."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.discovery import Source, find_sources
from checker.errors import UsageError
from checker.plugins import load_plugins
from checker.school_directory import Given, with_schools
from checker.schools import School, SchoolType

ACADEMY = (SchoolType.ACADEMY,)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("Kent/100001 Elm Bank/policy.pdf", "Kent/100002 Oak Rise/policy.docx"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes(b"x")
    return tmp_path


def found(folder: Path, given: Given | None = None) -> dict[str, Source]:
    sources = with_schools(find_sources([folder], load_plugins()), [folder], given or Given())
    return {source.path.resolve().relative_to(folder.resolve()).as_posix(): source for source in sources}


def manifest(folder: Path, *lines: str) -> Path:
    file = folder / "manifest.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_manifest_in_the_folder_says_the_school_of_each_file(folder: Path) -> None:
    manifest(
        folder,
        "file,name,urn,type,local_authority",
        '"Kent/100001 Elm Bank/policy.pdf","Elm Bank, Infant School",100001,maintained,Kent',
        "Kent/100002 Oak Rise/policy.docx,,100002,academy+special,",
    )
    schools = {name: source.school for name, source in found(folder).items()}
    assert schools == {
        "Kent/100001 Elm Bank/policy.pdf": School(
            "Elm Bank, Infant School", (SchoolType.MAINTAINED,), "100001", "Kent"
        ),
        "Kent/100002 Oak Rise/policy.docx": School(None, (SchoolType.ACADEMY, SchoolType.SPECIAL), "100002"),
    }


def test_a_file_that_is_listed_but_missing_is_a_subject_all_the_same(folder: Path) -> None:
    manifest(folder, "file,name", "lost.pdf,Lost School")
    sources = found(folder)
    assert sources["lost.pdf"].school.name == "Lost School"
    assert sources["lost.pdf"].shown == f"{folder.name}/lost.pdf"
    assert len(sources) == 3


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["file,nmae", "a.pdf,x"], "line 1: there is no column 'nmae'.*Did you mean 'name'"),
        (["name", "x"], "line 1: the column 'file' is missing"),
        (["file,urn", "a.pdf,12"], "line 2: '12' is no URN"),
        (["file,type", "a.pdf,acadamy"], "line 2: 'acadamy' is not one of.*Did you mean 'academy'"),
        (["file,name", "a.pdf,x", "a.pdf,y"], "line 3: a.pdf stands on line 2 already"),
        (["file,name", "a.pdf,Elm, Bank"], "line 2: has more cells than the header"),
        (["file,name", ",Elm"], "line 2: names no file"),
    ],
)
def test_a_fault_is_said_with_its_line(folder: Path, lines: list[str], words: str) -> None:
    manifest(folder, *lines)
    with pytest.raises(UsageError, match=words):
        found(folder)


def test_folders_names_say_the_school(folder: Path) -> None:
    schools = found(folder, Given(layout="{local_authority}/{urn} {name}"))
    assert schools["Kent/100001 Elm Bank/policy.pdf"].school == School("Elm Bank", (), "100001", "Kent")


def test_a_layout_may_speak_of_the_file_itself(folder: Path) -> None:
    (folder / "100003.pdf").write_bytes(b"x")
    schools = found(folder, Given(layout="{urn}"))
    assert schools["100003.pdf"].school.urn == "100003"
    assert schools["Kent/100001 Elm Bank/policy.pdf"].school == School()


@pytest.mark.parametrize(
    ("layout", "words"),
    [("{urm}/*", "Did you mean 'urn'"), ("policies", "names nothing"), ("{urn}/{urn}", "each once")],
)
def test_a_wrong_layout_is_said(folder: Path, layout: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        found(folder, Given(layout=layout))


def test_the_extract_of_all_schools_adds_what_is_not_given(folder: Path) -> None:
    extract = folder / "edubasealldata.csv"
    extract.write_bytes(
        (
            "URN,LA (name),EstablishmentName,TypeOfEstablishment (code)\r\n"
            '100001,Kent,"Elm Bank’s School",34\r\n100002,Medway,Oak Rise,11\r\n'
        ).encode("cp1252")
    )
    schools = found(folder, Given(layout="{local_authority}/{urn} *", gias=extract))
    assert schools["Kent/100001 Elm Bank/policy.pdf"].school == School("Elm Bank’s School", ACADEMY, "100001", "Kent")
    assert schools["Kent/100002 Oak Rise/policy.docx"].school == School(
        "Oak Rise", (SchoolType.INDEPENDENT,), "100002", "Kent"
    )


def test_another_file_is_no_extract(folder: Path) -> None:
    with pytest.raises(UsageError, match="the column 'URN' is missing"):
        found(folder, Given(gias=manifest(folder, "file,name")))
