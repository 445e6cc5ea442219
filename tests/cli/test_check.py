"""``checker check`` as its users meet it: what it prints where, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest

from checker.plugins import load_plugins
from checker.yaml_files import load_schema

AS_AT = ("--as-at", "2026-11-22")
SOUND = "policy.retention"


def run(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "checker", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=folder, check=False)


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    file = tmp_path / "policy.md"
    file.write_text(
        "# Elmfield Primary School\n\n# Attendance policy\n\nThe register is taken each morning and each afternoon. "
        "Every entry in the register is kept for six years. Unauthorised absence is followed up. Pupils who are late "
        "after the register has closed are marked absent. Leave of absence is for exceptional circumstances. "
        "Parents may get a penalty notice.\n\n" + "We want every child in school every day. " * 20,
        encoding="utf-8",
    )
    return file


def test_a_met_requirement_ends_with_0(policy: Path) -> None:
    done = run("check", policy, *AS_AT, "--select", SOUND, folder=policy.parent)
    assert done.returncode == 0, done.stderr
    assert "1 of 1 met" in done.stdout
    assert done.stdout.rstrip().endswith("0 verdicts need a person.")
    assert done.stderr == ""


def test_a_failure_ends_with_1_and_shows_title_fix_and_citation(policy: Path) -> None:
    done = run("check", policy, *AS_AT, "--select", "policy.published", folder=policy.parent)
    assert done.returncode == 1
    assert "✗" in done.stdout
    assert "To do:" in done.stdout
    assert "Working together to improve school attendance (August 2024)" in done.stdout


@pytest.mark.parametrize(("level", "status"), [("never", 0), ("law", 0), ("guidance", 1), ("quality", 1)])
def test_fail_on_sets_what_counts(policy: Path, level: str, status: int) -> None:
    done = run("check", policy, *AS_AT, "--select", "policy.published", "--fail-on", level, folder=policy.parent)
    assert done.returncode == status


def test_the_json_report_fits_its_schema_and_goes_to_stdout_alone(policy: Path) -> None:
    done = run("check", policy, *AS_AT, "--format", "json", folder=policy.parent)
    report = json.loads(done.stdout)
    jsonschema.validate(report, load_schema("report"))
    assert report["subjects"][0]["path"] == "policy.md"
    names = [finding["requirement"] for finding in report["subjects"][0]["findings"]]
    assert names == [requirement.name for requirement in load_plugins().catalogue.of_kind("policy")]
    text = policy.read_text(encoding="utf-8")
    for finding in report["subjects"][0]["findings"]:
        for passage in finding["evidence"]:
            assert text[passage["start"] : passage["end"]] == passage["quote"]


def test_the_same_call_gives_the_same_bytes(policy: Path) -> None:
    one, two = (run("check", policy, *AS_AT, "--format", "json", folder=policy.parent).stdout for _ in range(2))
    assert one == two


def test_reports_may_go_to_files(policy: Path) -> None:
    done = run("check", policy, *AS_AT, "--format", "text", "--format", "json=out.json", folder=policy.parent)
    assert "met;" in done.stdout
    assert json.loads((policy.parent / "out.json").read_text(encoding="utf-8"))["version"] == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--as-at", "2024-08-18"], "this catalogue begins on 19 August 2024"),
        (["--as-at", "2026-13-01"], "is not a date"),
        (["--select", "policy.retenton"], "Did you mean 'policy.retention'?"),
        (["--format", "jsn"], "Did you mean 'json'?"),
        (["--format", "text", "--format", "json"], "Only one --format"),
        (["--fail-on", "guidence"], "Did you mean 'guidance'?"),
        (["--ignore", "policy.*", "--ignore", "register.*"], "none"),
        (["--frmat", "json"], "No such option"),
        (["--school-type", "grammar"], "grammar"),
    ],
)
def test_a_wrong_call_ends_with_2_and_a_line(policy: Path, arguments: list[str], says: str) -> None:
    done = run("check", policy, *arguments, folder=policy.parent)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def unreadable(folder: Path) -> dict[str, Path]:
    files = {
        name: folder / name
        for name in (
            "empty.pdf",
            "broken.pdf",
            "renamed.docx",
            "old.doc",
            "text.odt",
            "note.rtf",
            "page.pages",
            "image.png",
        )
    }
    files["empty.pdf"].write_bytes(b"")
    files["broken.pdf"].write_bytes(b"%PDF-1.7\nthis is no PDF")
    with zipfile.ZipFile(files["renamed.docx"], "w") as archive:
        archive.writestr("hello.txt", "no Word file")
    for name in ("old.doc", "text.odt", "note.rtf", "page.pages", "image.png"):
        files[name].write_bytes(b"something")
    files["missing.docx"] = folder / "missing.docx"
    return files


@pytest.mark.parametrize(
    "name",
    [
        "empty.pdf",
        "broken.pdf",
        "renamed.docx",
        "old.doc",
        "text.odt",
        "note.rtf",
        "page.pages",
        "image.png",
        "missing.docx",
    ],
)
def test_a_file_that_cannot_be_read_is_said_in_a_line_and_the_others_are_checked(policy: Path, name: str) -> None:
    bad = unreadable(policy.parent)[name]
    done = run("check", bad, policy, *AS_AT, "--select", SOUND, "--format", "json", folder=policy.parent)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    report = json.loads(done.stdout)
    by_path = {subject["path"]: subject for subject in report["subjects"]}
    assert by_path["policy.md"]["status"] == "checked"
    assert by_path[name]["status"] == "unreadable"
    assert name in by_path[name]["error"]["message"]
    assert by_path[name]["findings"] == []


def test_an_office_format_is_to_be_saved_as_another(policy: Path) -> None:
    bad = unreadable(policy.parent)["old.doc"]
    assert "save it as .docx or pdf" in run("check", bad, *AS_AT, folder=policy.parent).stdout.lower()


def test_a_document_that_is_no_policy_does_not_count_in_a_folder_but_does_when_named(policy: Path) -> None:
    stray = policy.parent / "menu.md"
    stray.write_text("# Lunch menu\n\nMonday: soup. Tuesday: fish and chips.\n", encoding="utf-8")
    named = run("check", stray, policy, *AS_AT, "--select", SOUND, folder=policy.parent)
    found = run("check", policy.parent, *AS_AT, "--select", SOUND, folder=policy.parent)
    alone = run("check", stray, *AS_AT, "--select", SOUND, folder=policy.parent)
    assert (named.returncode, found.returncode, alone.returncode) == (2, 0, 2)
    assert "Not checked" in found.stdout


def test_nothing_found_is_an_error(tmp_path: Path) -> None:
    done = run("check", tmp_path, folder=tmp_path)
    assert done.returncode == 2
    assert "Found no policy and no register" in done.stderr


def test_options_come_from_the_configuration_and_the_command_line_wins(policy: Path) -> None:
    settings = "as-at: 2026-11-22\nselect: [policy.published]\nfail-on: never\n"
    (policy.parent / "checker.yaml").write_text(settings, encoding="utf-8")
    assert run("check", policy, folder=policy.parent).returncode == 0
    assert run("check", policy, "--fail-on", "guidance", folder=policy.parent).returncode == 1


def test_a_wrong_configuration_ends_with_2(policy: Path) -> None:
    (policy.parent / "checker.yaml").write_text("fale-on: law\n", encoding="utf-8")
    done = run("check", policy, folder=policy.parent)
    assert done.returncode == 2
    assert "checker.yaml, line 1" in done.stderr
    assert "Did you mean 'fail-on'?" in done.stderr


def test_a_path_elsewhere_is_shown_from_its_own_last_part_on(
    policy: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    done = run("check", policy.parent, *AS_AT, "--select", SOUND, "--format", "json", folder=elsewhere)
    assert json.loads(done.stdout)["subjects"][0]["path"] == f"{policy.parent.name}/policy.md"


def test_worker_processes_give_the_same_report(policy: Path) -> None:
    for name in ("b.md", "c.md"):
        (policy.parent / name).write_text(policy.read_text(encoding="utf-8"), encoding="utf-8")
    arguments = ("check", policy.parent, *AS_AT, "--select", SOUND, "--format", "json")
    alone, together = (run(*arguments, "--jobs", jobs, folder=policy.parent) for jobs in ("1", "2"))
    assert alone.stdout == together.stdout
    assert len(json.loads(alone.stdout)["subjects"]) == 3


HOSTILE = "\x1b[31mred\x1b]0;title\x07 \u202eevil\u202c <script>alert(1)</script> =1+1 " + "x" * 10_000


def test_hostile_text_comes_out_harmless(policy: Path) -> None:
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("six years", f"three years {HOSTILE}"), encoding="utf-8"
    )
    done = run("check", policy, *AS_AT, "--select", SOUND, folder=policy.parent)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_a_closed_pipe_is_no_traceback(policy: Path) -> None:
    command = f"{sys.executable} -m checker check {policy} --as-at 2026-11-22 --verbose | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, cwd=policy.parent)
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_said_and_no_success(policy: Path) -> None:
    command = [sys.executable, "-m", "checker", "check", str(policy), *AS_AT, "--select", SOUND]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=policy.parent, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: The report could not be written")


def test_copies_of_word_files_go_into_a_folder_and_never_over_the_originals(examples: Path, tmp_path: Path) -> None:
    for name in ("hazelbeck-primary.docx", "tidewell-trust.docx", "nether-wendle.md"):
        (tmp_path / name).write_bytes((examples / name).read_bytes())
    options = ("--select", "policy.retention", "--fail-on", "never", *AS_AT)
    done = run("check", ".", *options, "--format", "docx=reviewed", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "without a copy: nether-wendle.md" in done.stderr
    assert sorted(path.name for path in (tmp_path / "reviewed").iterdir()) == [
        "hazelbeck-primary.docx",
        "tidewell-trust.docx",
    ]
    before = (tmp_path / "tidewell-trust.docx").read_bytes()
    for target in ("tidewell-trust.docx", "."):
        done = run("check", "tidewell-trust.docx", *options, "--format", f"docx={target}", folder=tmp_path)
        assert done.returncode == 2
        assert "is not written over" in done.stderr
        assert (tmp_path / "tidewell-trust.docx").read_bytes() == before


def test_one_format_that_cannot_be_written_does_not_lose_the_others(policy: Path) -> None:
    options = ("--format", "docx=reviewed.docx", "--format", "json=out.json")
    done = run("check", policy, *AS_AT, *options, folder=policy.parent)
    assert done.returncode == 2
    assert "no Word file was checked" in done.stderr
    assert (policy.parent / "out.json").exists()


def test_what_a_run_wrote_is_not_checked_by_the_next(examples: Path, tmp_path: Path) -> None:
    (tmp_path / "tidewell.docx").write_bytes((examples / "tidewell-trust.docx").read_bytes())
    formats = ("docx=reviewed", "text=report.txt", "json=report.json")
    options = [part for form in formats for part in ("--format", form)]
    for _ in range(2):
        run("check", ".", "--select", "policy.retention", *AS_AT, *options, folder=tmp_path)
        report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
        assert [subject["path"] for subject in report["subjects"]] == ["tidewell.docx"]
    named = run("check", "reviewed", "--select", "policy.retention", *AS_AT, folder=tmp_path)
    assert "reviewed/tidewell.docx" in named.stdout


def test_a_policy_that_no_selected_requirement_concerns_is_no_success(policy: Path) -> None:
    done = run("check", policy, *AS_AT, "--select", "register.*", folder=policy.parent)
    assert done.returncode == 2
    assert "Nothing was judged" in done.stderr
