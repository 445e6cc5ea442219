"""``checker compare`` and ``check --compare-with`` as their users meet them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from checker.plugins import load_plugins
from checker.yaml_files import load_schema
from cli.test_check import run

AS_AT = ("--as-at", "2026-11-22")
CHOSEN = ("--select", "policy.retention", "--select", "policy.published", "--select", "policy.review-date")
TEXT = (
    "# Elmfield Primary School\n\n# Attendance policy\n\nThe register is taken each morning and each afternoon. "
    "Unauthorised absence is followed up. Pupils who are late after the register has closed are marked absent. "
    "Leave of absence is for exceptional circumstances. Parents may get a penalty notice.\n\n{}\n\n"
    + "We want every child in school every day. "
    * 20
)
OLD = TEXT.format("Every entry in the register is kept for six years.\n\nThe next review is due in July 2025.")
NEW = TEXT.format(
    "Every entry in the register is kept for three years.\n\nThe next review is due in July 2027.\n\n\x1b[31mEnde"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old.md").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.md").write_text(NEW, encoding="utf-8")
    return tmp_path


def test_two_versions_of_a_policy(folder: Path) -> None:
    done = run("compare", "old.md", "new.md", *CHOSEN, *AS_AT, folder=folder)
    assert done.returncode == 1, done.stderr
    text = " ".join(done.stdout.split())
    assert text.startswith("old.md → new.md 1 newly broken; 1 still failing; 1 newly met; 0 as before.")
    broken, rest = text.split("STILL FAILING (1)")
    assert "before: met." in broken
    assert "“Every entry in the register is kept for six years.”" in broken
    assert "now: fails." in broken
    assert "“Every entry in the register is kept for three years.”" in broken
    failing, rest = rest.split("NEWLY MET (1)")
    assert "policy.published as before: fails." in failing
    assert "policy.review-date" in rest
    assert "FACTS STATED OTHERWISE" in rest
    assert "2025-07" in rest
    assert "2027-07" in rest


def test_the_other_way_round_it_is_newly_met(folder: Path) -> None:
    done = run("compare", "new.md", "old.md", "--select", "policy.retention", *AS_AT, folder=folder)
    assert done.returncode == 0
    assert "1 newly met" in done.stdout


def test_two_reports_compare_as_the_policies_do(folder: Path) -> None:
    for name in ("old", "new"):
        run("check", f"{name}.md", *AS_AT, "--format", f"json={name}.json", folder=folder)
    from_reports = run("compare", "old.json", "new.json", *AS_AT, folder=folder)
    from_policies = run("compare", "old.md", "new.md", *AS_AT, folder=folder)
    assert from_reports.stdout == from_policies.stdout
    assert from_reports.returncode == from_policies.returncode == 1


def test_its_json_fits_its_schema(folder: Path) -> None:
    done = run("compare", "old.md", "new.md", "--format", "json", *AS_AT, folder=folder)
    compared = json.loads(done.stdout)
    jsonschema.validate(compared, load_schema("comparison"))
    subject = compared["subjects"][0]
    assert (subject["old"], subject["new"]) == ("old.md", "new.md")
    assert sum(subject["summary"].values()) == len(load_plugins().catalogue.of_kind("policy"))
    change = next(each for each in subject["changes"] if each["requirement"] == "policy.retention")
    assert change["change"] == "newly_broken"
    assert (change["old"]["verdict"], change["new"]["verdict"]) == ("pass", "fail")


def test_folders_are_paired_by_path(folder: Path) -> None:
    for name, text in (("2025/a.md", OLD), ("2025/b.md", OLD), ("2026/a.md", NEW), ("2026/c.md", NEW)):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    done = run("compare", "2025", "2026", *CHOSEN, *AS_AT, folder=folder)
    assert "2025/a.md → 2026/a.md" in done.stdout
    assert "Only before: 2025/b.md" in done.stdout
    assert "Only now: 2026/c.md" in done.stdout


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"format": "checker-report", "version": 1}', "[" * 90_000, '{"format": 3']
)
def test_what_is_no_report_is_said(folder: Path, content: str) -> None:
    (folder / "bad.json").write_text(content, encoding="utf-8")
    for arguments in (("compare", "bad.json", "new.md"), ("check", "new.md", "--compare-with", "bad.json")):
        done = run(*arguments, folder=folder)
        assert done.returncode == 2
        assert "bad.json" in done.stderr
        assert "Traceback" not in done.stderr


def test_what_cannot_be_read_is_not_compared(folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    done = run("compare", "broken.pdf", "new.md", *AS_AT, folder=folder)
    assert done.returncode == 2
    assert "broken.pdf" in done.stdout


def test_check_marks_what_is_new_unchanged_and_fixed(folder: Path) -> None:
    run("check", "old.md", *CHOSEN, *AS_AT, "--format", "json=before.json", folder=folder)
    options = (*CHOSEN, *AS_AT, "--compare-with", "before.json", "--format", "text", "--format", "json=now.json")
    done = run("check", "new.md", *options, folder=folder)
    assert done.returncode == 1
    report = json.loads((folder / "now.json").read_text(encoding="utf-8"))
    jsonschema.validate(report, load_schema("report"))
    marks = {finding["requirement"]: finding["change"] for finding in report["subjects"][0]["findings"]}
    assert marks == {"policy.retention": "new", "policy.published": "unchanged", "policy.review-date": "fixed"}
    text = " ".join(done.stdout.split())
    assert "policy.retention (new)" in text
    assert "✓ (fixed) The next review date" in text
    assert "Compared with before.json: 1 new, 1 unchanged, 1 fixed." in text
    assert "\x1b" not in done.stdout


def test_what_is_no_longer_checked_is_named(folder: Path) -> None:
    run("check", "old.md", "new.md", *CHOSEN, *AS_AT, "--format", "json=before.json", folder=folder)
    done = run("check", "new.md", *CHOSEN, *AS_AT, "--compare-with", "before.json", folder=folder)
    assert "old.md stands in before.json and was not checked now." in done.stdout
    assert "0 new, 3 unchanged, 0 fixed" in done.stdout
