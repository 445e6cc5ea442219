"""Waivers as their users meet them: what ``checker baseline`` writes, and what a waiver does and does not excuse."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
import yaml

from checker.yaml_files import load_schema
from cli.test_check import run

AS_AT = ("--as-at", "2026-11-22")
ACCEPT = ("--reason", "The draft is with the governors.", "--owner", "Office", "--approved-by", "Chair of governors")
UNTIL = ("--expires", "2027-01-31")
TEXT = (
    "# Elmfield Primary School\n\n# Attendance policy\n\nThe register is taken each morning and each afternoon. "
    "Every entry in the register is kept for {years} years. Unauthorised absence is followed up. Pupils who are late "
    "after the register has closed are marked absent. Leave of absence is for exceptional circumstances. "
    "Parents may get a penalty notice.\n\n" + "We want every child in school every day. " * 20
)


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    file = tmp_path / "policies" / "elmfield.md"
    file.parent.mkdir()
    file.write_text(TEXT.format(years="three"), encoding="utf-8")
    return file


@pytest.fixture
def accepted(policy: Path) -> Path:
    """The folder of a policy whose failure of ``policy.retention`` is accepted."""
    folder = policy.parents[1]
    done = run("baseline", "policies", "--select", "policy.retention", *ACCEPT, *UNTIL, *AS_AT, folder=folder)
    assert done.returncode == 0, done.stderr
    assert "Wrote 1 waiver to waivers.yaml" in done.stderr
    return folder


def check(folder: Path, *arguments: str, as_at: str = "2026-11-22") -> tuple[int, str, dict[str, object]]:
    options = ("--select", "policy.retention", "--as-at", as_at, "--format", "text", "--format", "json=report.json")
    done = run("check", "policies", *options, *arguments, folder=folder)
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    jsonschema.validate(report, load_schema("report"))
    return done.returncode, " ".join(done.stdout.split()), report["subjects"][0]["findings"][0]


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "waivers.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_accepted_is_waived_and_still_shown(accepted: Path) -> None:
    status, text, finding = check(accepted)
    assert status == 0
    assert finding["verdict"] == "waived"
    assert finding["waiver"] == {
        "reason": "The draft is with the governors.",
        "owner": "Office",
        "approved_by": "Chair of governors",
        "expires": "2027-01-31",
    }
    assert "Accepted by Chair of governors until 31 January 2027: The draft is with the governors." in text
    assert "“Every entry in the register is kept for three years.”" in text
    assert "1 failure is waived by waivers.yaml." in text
    assert text.endswith("0 verdicts need a person.")


def test_no_waivers_counts_every_failure(accepted: Path) -> None:
    status, text, finding = check(accepted, "--no-waivers")
    assert (status, finding["verdict"]) == (1, "fail")
    assert "waive" not in text


def test_a_waiver_counts_on_its_last_day_and_not_after_it(accepted: Path) -> None:
    assert check(accepted, as_at="2027-01-31")[0] == 0
    status, text, finding = check(accepted, as_at="2027-02-01")
    assert (status, finding["verdict"]) == (1, "fail")
    assert "expired on 31 January 2027" in str(finding["message"])
    assert "waivers.yaml, line 4: the waiver of policy.retention for policies/elmfield.md expired" in text


def test_other_words_are_another_failure(accepted: Path) -> None:
    (accepted / "policies" / "elmfield.md").write_text(TEXT.format(years="two"), encoding="utf-8")
    status, text, finding = check(accepted)
    assert (status, finding["verdict"]) == (1, "fail")
    assert "is stale: what the document says there has changed" in text


def test_other_line_breaks_are_the_same_failure(accepted: Path) -> None:
    file = accepted / "policies" / "elmfield.md"
    file.write_text(file.read_text(encoding="utf-8").replace("entry in the", "entry\nin  the"), encoding="utf-8")
    assert check(accepted)[0] == 0


def test_a_waiver_that_is_not_needed_is_named(accepted: Path) -> None:
    (accepted / "policies" / "elmfield.md").write_text(TEXT.format(years="six"), encoding="utf-8")
    status, text, finding = check(accepted)
    assert (status, finding["verdict"]) == (0, "pass")
    assert "is not used: the requirement does not fail. Take it out." in text


def test_a_waiver_of_a_document_that_is_gone_is_named(accepted: Path) -> None:
    (accepted / "policies" / "elmfield.md").rename(accepted / "policies" / "elmfield-2.md")
    status, text, finding = check(accepted)
    assert (status, finding["verdict"]) == (1, "fail")
    assert "is stale: there is no such document." in text


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    owner: Office\n", "", "line 4: this waiver lacks 'owner'."),
        ("owner: Office", "owner: ' '", "owner"),
        ("reason:", "because:", "'because' is not known in this waiver."),
        ("expires: 2027-01-31", "expires: next year", "expires"),
        ("policy.retention", "policy.retenton", "Did you mean 'policy.retention'?"),
    ],
)
def test_a_malformed_waiver_does_not_count(accepted: Path, old: str, new: str, says: str) -> None:
    change(accepted, old, new)
    status, text, finding = check(accepted)
    assert (status, finding["verdict"]) == (1, "fail")
    assert says in text
    assert "This waiver does not count." in text


@pytest.mark.parametrize(
    "content", ["waivers: [", "- one\n", "waivers: all\n", "waiver: []\n", "waivers: {a: b}\n", ""]
)
def test_a_file_that_holds_no_waivers_stops_the_run(accepted: Path, content: str) -> None:
    (accepted / "waivers.yaml").write_text(content, encoding="utf-8")
    done = run("check", "policies", *AS_AT, folder=accepted)
    assert done.returncode == 2
    assert "waivers.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_waivers_are_found_from_a_folder_below_and_by_name(accepted: Path) -> None:
    done = run("check", "elmfield.md", "--select", "policy.retention", *AS_AT, folder=accepted / "policies")
    assert done.returncode == 0, done.stdout
    (accepted / "waivers.yaml").rename(accepted / "ours.yaml")
    assert check(accepted)[0] == 1
    assert check(accepted, "--waivers", "ours.yaml")[0] == 0
    (accepted / "checker.yaml").write_text("waivers: ours.yaml\n", encoding="utf-8")
    assert check(accepted)[0] == 0


def test_a_second_baseline_adds_what_is_new_and_keeps_the_rest(accepted: Path) -> None:
    change(accepted, "  - requirement", "  # agreed in October\n  - requirement")
    options = ("--select", "policy.retention", "--select", "policy.published", *ACCEPT, *UNTIL, *AS_AT)
    assert "Wrote 1 waiver to" in run("baseline", "policies", *options, folder=accepted).stderr
    text = (accepted / "waivers.yaml").read_text(encoding="utf-8")
    assert "# agreed in October" in text
    assert [entry["requirement"] for entry in yaml.safe_load(text)["waivers"]] == [
        "policy.retention",
        "policy.published",
    ]
    assert "Nothing fails that is not waived already." in run("baseline", "policies", *options, folder=accepted).stderr
    assert (accepted / "waivers.yaml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("missing", ["--reason", "--owner", "--approved-by", "--expires"])
def test_a_baseline_needs_all_its_words(policy: Path, missing: str) -> None:
    given = [*ACCEPT, *UNTIL]
    place = given.index(missing)
    done = run("baseline", "policies", *given[:place], *given[place + 2 :], folder=policy.parents[1])
    assert done.returncode == 2
    assert missing in done.stderr
    assert not (policy.parents[1] / "waivers.yaml").exists()


def test_a_baseline_cannot_have_expired_already(policy: Path) -> None:
    done = run("baseline", "policies", *ACCEPT, "--expires", "2026-11-21", *AS_AT, folder=policy.parents[1])
    assert done.returncode == 2
    assert "that day has passed" in done.stderr


def spoil(marks: Path, line: int) -> None:
    lines = marks.read_text(encoding="utf-8").splitlines()
    pupil, date, session, _, *rest = lines[line].split(",")
    lines[line] = ",".join([pupil, date, session, "H", *rest])
    marks.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_the_rows_of_a_register_are_what_is_accepted(example_registers: Path, tmp_path: Path) -> None:
    shutil.copytree(example_registers / "hazelbeck", tmp_path / "hazelbeck")
    marks = tmp_path / "hazelbeck" / "marks.csv"
    spoil(marks, 40)
    assert run("check", "hazelbeck", folder=tmp_path).returncode == 1
    assert run("baseline", "hazelbeck", *ACCEPT, "--expires", "2099-12-31", folder=tmp_path).returncode == 0
    assert run("check", "hazelbeck", folder=tmp_path).returncode == 0
    spoil(marks, 60)
    assert run("check", "hazelbeck", folder=tmp_path).returncode == 1


def test_checker_yaml_sets_options_whatever_they_are_called_inside(policy: Path) -> None:
    folder = policy.parents[1]
    (folder / "checker.yaml").write_text("format: [json]\nschool-type: academy\nno-waivers: true\n", encoding="utf-8")
    done = run("check", "policies", *AS_AT, folder=folder)
    assert json.loads(done.stdout)["subjects"][0]["schools"][0]["types"] == ["academy"]
