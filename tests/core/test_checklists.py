"""Checklists: picked and own requirements, in the officer's words, with mistakes shown by line."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from checker.checklists.load import load_checklist
from checker.checklists.trials import trials
from checker.engine import Engine, Settings
from checker.errors import UsageError
from checker.findings import Verdict
from checker.plugins import load_plugins
from checker.yaml_files import load_schema
from tests.cli.bulk import policy
from tests.conftest import ROOT

DAY = dt.date(2026, 11, 22)
OWN = """\
id: ours
title: Our checklist
version: "2026"
sections:
  - title: People
    items:
      - number: "1.1"
        requirement: policy.retention
        wording: Registers are kept for six years.
        level: local
        guidance: Write six years.
      - number: "1.2"
        wording: There is a breakfast club
        guidance: Say so.
        cites: {document: The agreement, place: point 4}
        states: {any: [breakfast club]}
        examples: {pass: [We run a breakfast club.], fail: [There is no breakfast club.]}
"""


def engine_for(file: Path) -> tuple[Engine, object]:
    plugins = load_plugins()
    checklist = load_checklist(file, plugins.catalogue)
    return Engine(plugins, Settings(DAY, DAY, checklist=checklist)), checklist


def written(folder: Path, text: str) -> Path:
    file = folder / "ours.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["county-policy", "trust-one-page"])
def test_the_examples_judge_their_own_examples(name: str) -> None:
    engine, checklist = engine_for(ROOT / "checklists" / f"{name}.yaml")
    tried = list(trials(checklist, engine, DAY))  # type: ignore[arg-type]
    assert tried
    wrong = [
        (trial.item.number, trial.wanted, trial.piece, trial.finding.message) for trial in tried if not trial.as_wanted
    ]
    assert not wrong


def item(kind: str, rule: str) -> str:
    return f"""
id: ours
title: Our checklist
sections:
  - title: Points
    items:
      - number: "1"
        wording: It is so
        guidance: Say so.
        {kind}: {rule}
        examples: {{pass: [x], fail: [y]}}
"""


@pytest.mark.parametrize(
    ("kind", "rule", "text", "verdict"),
    [
        ("states", "{any: [breakfast club]}", "Our breakfast clubs open at 8am.", "pass"),
        ("states", "{any: [breakfast club]}", "Is there a breakfast club?", "fail"),
        ("states", "{any: [breakfast club]}", "We do not run a breakfast club.", "fail"),
        ("states", "{any: [mentor], doing: [meet, meets]}", "A mentor meets each pupil weekly.", "pass"),
        ("states", "{any: [mentor], doing: [meet, meets]}", "A mentor never meets pupils.", "fail"),
        ("states", "{any: [mentor]}", "Parents may ask for a mentor.", "fail"),
        ("states", "{any: [mentor], may: true}", "Parents may ask for a mentor.", "pass"),
        ("does-not-state", "{any: [fine]}", "We fine parents.", "fail"),
        ("does-not-state", "{any: [fine]}", "We never fine parents.", "pass"),
        ("gives", '{kind: amount, about: [charge], at-most: "£5"}', "There is a charge of £4 for a meal.", "pass"),
        ("gives", '{kind: amount, about: [charge], at-most: "£5"}', "There is a charge of £40 for a meal.", "fail"),
        ("gives", '{kind: date, about: [next review], at-least: "1 September 2026"}', "Next review: October 2026.", "pass"),
        ("gives", '{kind: date, about: [next review], at-least: "1 September 2026"}', "Next review: May 2024.", "fail"),
        ("gives", '{kind: period, about: [panel], at-most: "2 weeks"}', "The panel meets within 10 days.", "pass"),
        ("gives", '{kind: period, about: [panel], at-most: "2 weeks"}', "The panel meets within a month.", "fail"),
        ("gives", "{kind: time, about: [gate closes]}", "The gate closes at 8.45am, lunch is at 12.", "pass"),
        ("gives", '{kind: time, about: [gate closes], at-most: "08:50"}', "Lunch is at 12.30pm. The gate closes at 8.45am.", "pass"),
        ("names", "{role: [welfare lead]}", "| Role | Name |\n| --- | --- |\n| Welfare lead | Mrs Ann Thornby |", "fail"),
        ("names", "{role: [welfare lead]}", "| Role | Name |\n| --- | --- |\n| Welfare lead | Mrs Ann Thornby, 01622 555014 |", "pass"),
        ("names", "{role: [welfare lead], contact: none}", "Our welfare lead is Mr Idris Calloway.", "pass"),
        ("names", "{role: [welfare lead], contact: email}", "Our welfare lead is Mr Idris Calloway (01622 555014).", "fail"),
        ("section", "{any: [lateness, punctuality]}", "# Lateness\n\nBe on time.\n", "pass"),
        ("section", "{any: [lateness, punctuality]}", "# Absence\n\nLateness matters.\n", "fail"),
        ("refers-to", "{any: [Children Act 1989]}", "Under the Children Act 1989 an order may be made.", "pass"),
        ("refers-to", "{any: [Children Act 1989]}", "An act of kindness to children.", "fail"),
        ("fact", "{fact: review, value: next, at-least: 2026-10-01}", "Next review: October 2026.", "pass"),
        ("fact", "{fact: review, value: next, at-least: 2026-10-01}", "Next review: September 2026.", "fail"),
        ("fact", "{fact: nothing-of-the-kind}", "Next review: September 2026.", "fail"),
    ],
)  # fmt: skip
def test_each_kind_says_yes_and_no(tmp_path: Path, kind: str, rule: str, text: str, verdict: str) -> None:
    quoted = json.dumps(text)
    file = written(tmp_path, item(kind, rule).replace("pass: [x], fail: [y]", f"pass: [{quoted}], fail: [y]"))
    engine, checklist = engine_for(file)
    first = next(trials(checklist, engine, DAY))  # type: ignore[arg-type]
    assert first.finding.verdict.value == verdict, first.finding.message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("policy.retention", "policy.retenton", r"line 8: there is no requirement 'policy.retenton'. Did you mean"),
        ("guidance: Say so.", "guidence: Say so.", "line 14: 'guidence' is not known in .*Did you mean 'guidance'"),
        ('"1.2"', '"1.1"', "line 12: the number 1.1 stands in the checklist already"),
        ("states: {any: [breakfast club]}", "level: local", "line 12: item 1.2 needs one of"),
        ("        wording: There is a breakfast club\n", "", "item 1.2 is the checklist's own and needs 'wording'"),
        ("[breakfast club]", "['.. club']", "line 16: item 1.2: the phrase"),
        ("states: {any: [breakfast club]}", 'gives: {kind: time, about: [club], at-most: "soon"}', "'soon' is no time"),
        ("level: local", "level: locale", "line 10: .*'locale' is not one of .*Did you mean 'local'"),
    ],
)
def test_a_mistake_is_shown_with_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in OWN
    with pytest.raises(UsageError, match=words):
        load_checklist(written(tmp_path, OWN.replace(old, new)), load_plugins().catalogue)


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "checker", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_results_carry_the_officers_number_wording_and_citation(tmp_path: Path) -> None:
    written(tmp_path, OWN)
    (tmp_path / "policy.txt").write_text(policy("Elm Bank Primary School", years=3), encoding="utf-8")
    done = run(
        "check", "policy.txt", "--checklist", "ours.yaml", "--as-at", "2026-11-22", "--format", "json", folder=tmp_path
    )
    report = json.loads(done.stdout)
    jsonschema.validate(report, load_schema("report"))
    kept, club = report["subjects"][0]["findings"]
    assert (kept["requirement"], kept["number"], kept["section"]) == ("policy.retention", "1.1", "People")
    assert kept["title"] == "1.1 Registers are kept for six years"
    assert (kept["verdict"], kept["level"], kept["fix"]) == ("fail", "local", "Write six years.")
    assert kept["citations"][0]["instrument"] == "Our checklist"
    assert kept["citations"][0]["provision"] == "People, 1.1"
    assert len(kept["citations"]) > 1, "the law that the catalogue cites is still there"
    assert (club["requirement"], club["title"]) == ("policy.ours.1-2", "1.2 There is a breakfast club")
    assert [citation["instrument"] for citation in club["citations"]] == ["Our checklist", "The agreement"]
    assert report["coverage"] == ["2 of 2 requirements on 1 of 1 policy"]
    shown = run("check", "policy.txt", "--checklist", "ours.yaml", "--as-at", "2026-11-22", folder=tmp_path).stdout
    assert "1.2 There is a breakfast club" in shown


def test_a_checklist_judges_the_same_in_workers_and_from_the_store(tmp_path: Path) -> None:
    written(tmp_path, OWN)
    (tmp_path / "policies").mkdir()
    for number in range(4):
        (tmp_path / "policies" / f"{number}.txt").write_text(
            policy(f"School {number} Primary School"), encoding="utf-8"
        )
    call = ("check", "policies", "--checklist", "ours.yaml", "--as-at", "2026-11-22", "--format", "json")
    first = run(*call, folder=tmp_path)
    assert json.loads(first.stdout)["summary"]["subjects"] == 4
    assert (
        run(*call, folder=tmp_path).stdout
        == first.stdout
        == run(*call, "--no-store", "--jobs", "1", folder=tmp_path).stdout
    )
    written(tmp_path, OWN.replace("breakfast club]}", "register is taken]}"))
    assert run(*call, folder=tmp_path).stdout != first.stdout, "a changed checklist must judge again"


def test_checker_test_names_each_example_that_is_judged_otherwise(tmp_path: Path) -> None:
    file = written(tmp_path, OWN)
    done = run("test", file.name, folder=tmp_path)
    assert (done.returncode, done.stdout) == (
        0, "Our checklist: 2 items, 1 of its own; 2 of 2 examples are judged as they should be.\n",
    )  # fmt: skip
    written(tmp_path, OWN.replace("We run a breakfast club.", "We serve lunch."))
    done = run("test", file.name, folder=tmp_path)
    assert done.returncode == 1
    assert "1.2: should be pass but is fail: “We serve lunch.”" in done.stdout
    assert Verdict.FAIL.value in done.stdout
