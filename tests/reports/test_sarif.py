"""SARIF as its consumers read it: the schema of the standard, and what GitHub's code scanning takes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from checker.findings import Since, Verdict
from checker.reports.sarif import write
from tests.reports import reading
from tests.reports.hostile import hostile
from tests.reports.sample import Sample, load, many, sample

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
EVERY = Sample(sample().report, replace(sample().presentation, include_passes=True))
LEVELS = {"law": "error", "guidance": "warning", "local": "warning", "quality": "note"}


def _run(run: Sample) -> dict[str, Any]:
    (log,) = json.loads(write(run.report, run.presentation))["runs"]
    return dict(log)


@pytest.mark.parametrize("run", [sample(), EVERY, many(8), hostile()], ids=["failures", "every", "many", "hostile"])
def test_it_fits_the_schema_of_the_standard(run: Sample) -> None:
    log = json.loads(write(run.report, run.presentation))
    assert list(Draft4Validator(SCHEMA).iter_errors(log)) == []


def test_the_schema_refuses_what_is_no_sarif() -> None:
    log = json.loads(write(sample().report, sample().presentation))
    log["runs"][0]["results"][0]["kind"] = "sad"
    assert list(Draft4Validator(SCHEMA).iter_errors(log))


def test_its_results_are_failures_alone_because_github_takes_each_for_an_alert() -> None:
    results = _run(sample())["results"]
    assert {result["kind"] for result in results} == {"fail"}
    assert len(results) == sample().report.tally[Verdict.FAIL]
    assert all(result["level"] == LEVELS[result["properties"]["level"]] for result in results)


def test_what_waits_for_a_person_what_broke_and_what_was_not_read_are_notifications() -> None:
    (invocation,) = _run(sample())["invocations"]
    assert invocation["executionSuccessful"] is False
    said = [(note["level"], note["descriptor"]["id"]) for note in invocation["toolExecutionNotifications"]]
    assert said.count(("note", "review")) == sample().report.tally[Verdict.REVIEW]
    assert said.count(("error", "error")) == 1
    assert said.count(("error", "unreadable")) == 1
    assert said.count(("warning", "not_a_policy")) == 1


def test_every_verdict_stands_in_it_when_asked_for() -> None:
    written = write(EVERY.report, EVERY.presentation)
    assert sorted(reading.from_sarif(written)) == sorted(reading.from_report(EVERY.report))
    results = _run(EVERY)["results"]
    kinds = {"pass": "pass", "review": "review", "not_applicable": "notApplicable", "fail": "fail", "waived": "fail"}
    assert all(result["kind"] == kinds[result["properties"]["verdict"]] for result in results)
    assert all((result["level"] == "none") == (result["kind"] != "fail") for result in results)
    assert [r["properties"]["verdict"] for r in results if "suppressions" in r] == ["waived"]


def test_github_has_all_that_it_needs() -> None:
    run = _run(sample())
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["region"]["startLine"] >= 1
        assert not location["physicalLocation"]["artifactLocation"]["uri"].startswith("/")
        assert result["partialFingerprints"]["primaryLocationLineHash"].endswith(":1")
    assert any(rule.get("helpUri", "").startswith("https://") for rule in rules)


def test_the_page_and_the_section_are_told() -> None:
    (result,) = (r for r in _run(sample())["results"] if r["ruleId"] == "policy.retention")
    assert result["locations"][0]["logicalLocations"][0]["name"] == "page 2, 6 Records"
    assert (
        result["locations"][0]["physicalLocation"]["region"]["snippet"]["text"]
        == "We keep every entry for three years."
    )


def test_a_file_with_lines_has_the_lines_of_its_passages(tmp_path: Path) -> None:
    file = tmp_path / "policy.md"
    file.write_text("# Attendance\n\nWe keep every\nentry for three years. And more.\n", encoding="utf-8")
    subject = next(s for s in sample().report.subjects if s.path.endswith(".pdf"))
    document = load(file)
    start = document.text.index("We keep")
    passage = document.passage(start, document.text.index(" And more"))
    failed = next(f for f in subject.findings if f.requirement.name == "policy.retention")
    moved = replace(subject, file=file, findings=(replace(failed, evidence=(passage,)),))
    log = _run(Sample(replace(sample().report, subjects=(moved,)), sample().presentation))
    region = log["results"][0]["locations"][0]["physicalLocation"]["region"]
    del region["snippet"]
    assert region == {"startLine": 3, "startColumn": 1, "endLine": 4, "endColumn": 23}


def test_a_fingerprint_stays_when_other_findings_change_and_no_two_are_the_same() -> None:
    names = {(r["ruleId"], str(r["locations"])): r["partialFingerprints"]["finding/v1"] for r in _run(EVERY)["results"]}
    failures = {
        (r["ruleId"], str(r["locations"])): r["partialFingerprints"]["finding/v1"] for r in _run(sample())["results"]
    }
    assert failures.items() <= names.items()
    assert len(set(names.values())) == len(names)


def test_what_is_new_since_an_earlier_run_says_so() -> None:
    marked = tuple(
        replace(subject, findings=tuple(replace(finding, since=Since.NEW) for finding in subject.findings))
        for subject in sample().report.subjects
    )
    log = _run(Sample(replace(sample().report, subjects=marked), sample().presentation))
    assert {result["baselineState"] for result in log["results"]} == {"new"}
    assert not any("baselineState" in result for result in _run(sample())["results"])
