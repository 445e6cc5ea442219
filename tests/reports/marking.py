"""Runs on documents made for a test, so that a format can be tried on what Word and PDF files may hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from checker.findings import Finding, Verdict
from checker.report import Subject, SubjectKind
from checker.schools import School
from tests.reports.sample import AS_AT, Sample, catalogue, load, sample

NAMES = [requirement.name for requirement in catalogue().of_kind("policy")]


def faults(path: Path, *quotes: str, message: str = "This is at fault.") -> Sample:
    """Returns a run on one file in which each quotation is a failure; an empty one is a missing item."""
    document = load(path)
    findings = []
    for name, quote in zip(NAMES, quotes, strict=False):
        requirement = catalogue()[name]
        start = document.text.index(quote)
        evidence = (document.passage(start, start + len(quote)),) if quote else ()
        findings.append(
            Finding(
                requirement, Verdict.FAIL, requirement.level, message, requirement.fix, requirement.citations, evidence
            )
        )
    subject = Subject(
        SubjectKind.POLICY,
        path.name,
        None,
        "Policy",
        AS_AT,
        (School("Alder Vale"),),
        findings=tuple(findings),
        file=path,
    )
    return Sample(replace(sample().report, subjects=(subject,)), sample().presentation)
