"""One small run from which every format's tests and golden files are made: fixed by hand, so that no tuning moves it.

Two fictional policies (Word and PDF), a register, a scan that cannot be read and a file that is no policy; findings of
every verdict and level; passages that overlap; more rows than are shown; and text that would do harm where a format
let it. :func:`sample` is the run, :func:`many` a large one made from it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from checker.catalogue import Catalogue, load_catalogue
from checker.documents.assemble import assemble
from checker.documents.loaders import BUILT_IN
from checker.documents.model import Document
from checker.facts import PublishedFact
from checker.findings import Finding, Passage, Row, Verdict
from checker.levels import Level
from checker.report import PluginInfo, Report, Status, Subject, SubjectKind, Trouble
from checker.reports.presentation import Presentation
from checker.schools import School, SchoolType

FILES = Path(__file__).parent / "sample_files"
AS_AT = dt.date(2026, 11, 22)
PUPILS = 57  # who are persistently absent: more than a report shows unless asked
RIGHT_TO_LEFT, ESCAPE = "\u202e", "\x1b[31m"
REVIEWED = "The next review is due in July 2025"
CLOSES, LATE = "Morning 8:50 9:30", "A child who comes by 9:30 is marked L (late)"
FINE = "a penalty notice of £60, or £120 if it is paid after 21 days"
CHAMPION = "Our deputy head leads on attendance"
LANE, BROOK = "Quarry Lane 8:40 9:05 13:00 13:25", "Brook Street 8:45 9:10 13:05 13:30"
CONTACT = "Our senior attendance champion is Mx Zoë O'Hara-Ncube <z.ohara@quarrylane.example>, 01632 960222."


@dataclass(frozen=True)
class Sample:
    """A run and how it is shown."""

    report: Report
    presentation: Presentation


def load(path: Path) -> Document:
    """Reads a policy, as the engine does."""
    return assemble(
        next(loader for loader in BUILT_IN if path.suffix in loader.suffixes).load(path),
        path.name,
    )


@cache
def catalogue() -> Catalogue:
    """The made-up law of the sample."""
    return load_catalogue(FILES / "catalogue")


@cache
def sample(*, names: bool = False) -> Sample:
    """The run. With ``names`` the rows carry the pupils' names, as ``--reveal-names`` makes them."""
    subjects = (_word_policy(), _pdf_policy(), _unreadable(), _no_policy(), _register(names))
    report = Report(
        tuple(sorted(subjects, key=lambda subject: subject.path)),
        (PluginInfo("sample_law", "1.0.0"),),
        catalogue().law,
        {kind.value: len(catalogue().of_kind(kind)) for kind in SubjectKind},
    )
    return Sample(report, Presentation(load=load))


@cache
def one(path: str) -> Sample:
    """The run of one subject alone."""
    whole = sample()
    subjects = tuple(subject for subject in whole.report.subjects if subject.path == path)
    return Sample(replace(whole.report, subjects=subjects), whole.presentation)


@cache
def many(count: int = 24) -> Sample:
    """A large run: the policies and the register of the sample again and again, with other verdicts here and there."""
    whole = sample()
    checked = [subject for subject in whole.report.subjects if subject.status is Status.CHECKED]
    rest = [subject for subject in whole.report.subjects if subject.status is not Status.CHECKED]
    schools = ("Ash Lane", "Beck Side", "Cold Well", "Dale Head", "Elm Row", "Fold Gate", "Gill Foot", "High Moss")
    copies = []
    for number in range(count):
        subject = checked[number % len(checked)]
        name = f"{schools[number % len(schools)]} {('Primary', 'Junior', 'Academy')[number // len(schools) % 3]} School"
        ending = Path(subject.path).suffix
        copies.append(
            replace(
                subject,
                path=f"{subject.kind.value}s/{name.lower().replace(' ', '-')}{ending}",
                schools=(School(name, subject.schools[0].types, None, "Kestrelshire"),),
                findings=tuple(
                    _varied(finding, 7 * number + 5 * place) for place, finding in enumerate(subject.findings)
                ),
            )
        )
    subjects = tuple(sorted((*copies, *rest), key=lambda subject: subject.path))
    return Sample(replace(whole.report, subjects=subjects), whole.presentation)


def _varied(finding: Finding, turn: int) -> Finding:
    if turn % 17 > 9 or finding.verdict is not Verdict.FAIL or finding.rows:
        return finding
    return replace(finding, verdict=Verdict.PASS, message="The policy says so.", fix=None, searched=None)


class _Judge:
    """Makes findings on one document, or on a register, without repeating what they share."""

    def __init__(self, document: Document | None = None) -> None:
        self.document = document

    def passage(self, quote: str, site: str | None = None) -> Passage:
        """Returns the passage with these words, however the lines are broken."""
        assert self.document is not None
        found = re.search(r"\s+".join(map(re.escape, quote.split())), self.document.text)
        assert found, f"{quote!r} does not stand in {self.document.name}"
        return self.document.passage(found.start(), found.end(), site)

    def __call__(
        self,
        name: str,
        verdict: Verdict,
        message: str,
        *quotes: str | Passage,
        level: Level | None = None,
        searched: str | None = None,
        rows: Sequence[Row] | None = None,
        checked: bool = True,
    ) -> Finding:
        requirement = catalogue()[name]
        advice = requirement.fix if verdict in {Verdict.FAIL, Verdict.REVIEW} else None
        passages = tuple(self.passage(quote) if isinstance(quote, str) else quote for quote in quotes)
        citations = tuple(citation for citation in requirement.citations if citation.in_force.holds(AS_AT))
        return Finding(
            requirement, verdict, level or requirement.level, message, advice, citations, passages, searched, rows,
            checked,
        )  # fmt: skip


def _word_policy() -> Subject:
    file = FILES / "policies" / "alder-vale-primary.docx"
    judge = _Judge(load(file))
    findings = _word_findings(judge)
    champions = [{"site": None, "name": None, "post": "Deputy head", "telephone": None, "email": None}]
    times = [
        {"site": None, "session": "AM", "opens": "08:50", "closes": "09:30"},
        {"site": None, "session": "PM", "opens": "13:10", "closes": "13:35"},
    ]
    reviewed, fine = judge.passage(REVIEWED), judge.passage(FINE)
    facts = (
        PublishedFact("approval", {"by": "Governing board", "on": "2024-07-03"}, findings[0].evidence),
        PublishedFact("review", {"next": "2025-07", "last": None, "interval_months": None}, (reviewed,)),
        PublishedFact("attendance_champion", champions, (judge.passage(CHAMPION),)),
        PublishedFact("register_times", times, (judge.passage(CLOSES),)),
        PublishedFact("penalty_amounts", {"first_21": 60, "first_28": 120, "second_28": None}, (fine,)),
        PublishedFact("retention_years", [6], findings[-1].evidence),
        PublishedFact("placeholders", []),
    )
    school = School("Alder Vale Primary School", (SchoolType.MAINTAINED,), "100001", "Kestrelshire")
    return Subject(
        SubjectKind.POLICY, "policies/alder-vale-primary.docx", "5a" * 32, "Attendance Policy", AS_AT, (school,),
        notes=("One picture could not be read.",), facts=facts, findings=findings, file=file,
    )  # fmt: skip


def _word_findings(judge: _Judge) -> tuple[Finding, ...]:
    return (
        judge("policy.approval", Verdict.PASS, "Approved by the governing board on 3 July 2024.",
              "Approved by the governing board on 3 July 2024."),
        judge("policy.review-date", Verdict.FAIL, "The next review was due in July 2025, which has passed.", REVIEWED),
        judge("policy.register-times", Verdict.PASS, "Both registers have their times.",
              CLOSES, "Afternoon 13:10 13:35"),
        judge("policy.register-window", Verdict.FAIL,
              "The morning register opens at 8:50 and an arrival is marked L until 9:30: 40 minutes.", CLOSES, LATE),
        judge("policy.late-codes", Verdict.PASS, "L until 9:30, U after it.",
              "A child who comes by 9:30 is marked L (late); a child who comes after that is marked U."),
        judge("policy.code-names", Verdict.FAIL, "Code H (holiday) ended on 18 August 2024.",
              "A holiday in term time is marked H when the headteacher agrees to it", level=Level.LAW),
        judge("policy.penalty-amounts", Verdict.FAIL,
              "The amounts £60 and £120 ended on 18 August 2024; now £80 and £160.", FINE, level=Level.LAW),
        judge("policy.attendance-champion", Verdict.FAIL,
              "The policy does not name the senior leader (it gives only the post: deputy head).", CHAMPION,
              searched="“senior attendance champion”, “leads on attendance” and the like, beside a name"),
        judge("policy.emergency-contacts", Verdict.FAIL, "The policy asks for one emergency contact only.",
              "Give us the number of one person whom we may call in an emergency."),
        judge("policy.leave-requests", Verdict.PASS, "In writing to the headteacher, two weeks beforehand.",
              "Please ask the headteacher in writing, at least two weeks before the first day."),
        judge("policy.legal-steps", Verdict.REVIEW,
              "The steps stand in a picture, which could not be read: a person must look.",
              "The picture shows the other steps."),
        judge("policy.local-leave-form", Verdict.FAIL, "The policy does not name the county's form.",
              searched="“form L1” and “the county's form”", level=Level.LOCAL),
        judge("policy.part-time-timetables", Verdict.WAIVED,
              "The policy says nothing of part-time timetables. Accepted by the head until 31 July 2027: none is used.",
              searched="“part-time timetable”, “reduced timetable”"),
        judge("policy.boarders", Verdict.NOT_APPLICABLE, "This does not apply to this school (maintained)."),
        judge("policy.data-sharing", Verdict.REVIEW, "This requirement is not yet checked: a person must look.",
              checked=False),
        judge("policy.retention", Verdict.PASS, "Six years.", "Every entry in the registers is kept for six years."),
    )  # fmt: skip


def _pdf_policy() -> Subject:
    file = FILES / "policies" / "quarry-lane-academy.pdf"
    judge = _Judge(load(file))
    lane, brook = judge.passage(LANE, "Quarry Lane Academy"), judge.passage(BROOK, "Brook Street Academy")
    findings = _pdf_findings(judge, lane, brook)
    times = [
        {"site": "Quarry Lane Academy", "session": "AM", "opens": "08:40", "closes": "09:05"},
        {"site": "Brook Street Academy", "session": "AM", "opens": "08:45", "closes": "09:10"},
    ]
    facts = (
        PublishedFact("approval", {"by": "Trustees", "on": "2026-07-09"}, findings[0].evidence),
        PublishedFact("register_times", times, (lane, brook)),
    )
    schools = (
        School("Quarry Lane Academy", (SchoolType.ACADEMY,)),
        School(f'Brook Street "Academy" <b>& Nursery</b>{RIGHT_TO_LEFT}', (SchoolType.ACADEMY,)),
    )
    return Subject(
        SubjectKind.POLICY, "policies/quarry-lane-academy.pdf", "b7" * 32, "Attendance and Punctuality", AS_AT,
        schools, facts=facts, findings=findings, file=file,
    )  # fmt: skip


def _pdf_findings(judge: _Judge, lane: Passage, brook: Passage) -> tuple[Finding, ...]:
    return (
        judge("policy.approval", Verdict.PASS, "Approved by the trustees on 9 July 2026.",
              "Approved by the trustees on 9 July 2026"),
        judge("policy.review-date", Verdict.PASS, "Next review in July 2027.", "next review July 2027"),
        judge("policy.register-times", Verdict.PASS, "Both academies have their times.", lane, brook),
        judge("policy.register-window", Verdict.PASS, "Each register is open for 25 minutes.", lane, brook),
        judge("policy.late-codes", Verdict.PASS, "L before the register closes, U after it.",
              "A pupil who arrives before the register closes is marked L; a pupil who arrives after it is marked U."),
        judge("policy.code-names", Verdict.ERROR,
              "The check itself broke (KeyError at codes:41). This is the tool's mistake: please report it."),
        judge("policy.penalty-amounts", Verdict.PASS, "£80 within 21 days, else £160.",
              "A penalty notice is £160, or £80 where it is paid within 21 days."),
        judge("policy.attendance-champion", Verdict.PASS, "Mx Zoë O'Hara-Ncube, 01632 960222.", CONTACT),
        judge("policy.emergency-contacts", Verdict.PASS, "Three people.",
              "Parents give us the names of three people whom we may call."),
        judge("policy.leave-requests", Verdict.PASS, "In writing to the principal, four weeks beforehand.",
              "Please ask the principal in writing, four weeks before the first day."),
        judge("policy.legal-steps", Verdict.FAIL, "The policy names one step: the penalty notice.",
              "A penalty notice is £160", searched="“attendance contract”, “supervision order”, “prosecution”"),
        judge("policy.local-leave-form", Verdict.NOT_APPLICABLE, "The academies lie in no county that has a form."),
        judge("policy.part-time-timetables", Verdict.FAIL,
              f"The policy sets no limit of time. {ESCAPE}Beside it stands <script>alert('late')</script>.",
              "A part-time timetable is used for as long as it is needed.",
              'This text came with the website: <script>alert("late")</script> <b onclick=\'x()\'>Read & learn</b> '
              '=HYPERLINK("http://bad.example","marks") and {{ 7*7 }} ${jndi} %s.'),
        judge("policy.boarders", Verdict.NOT_APPLICABLE, "This does not apply to this school (academy)."),
        judge("policy.data-sharing", Verdict.REVIEW, "This requirement is not yet checked: a person must look.",
              checked=False),
        judge("policy.retention", Verdict.FAIL, "Three years are named; the law asks for six.",
              "We keep every entry for three years.", level=Level.LAW),
    )  # fmt: skip


def _register(names: bool) -> Subject:
    judge = _Judge()
    gaps = [
        Row("a014", "2026-10-05", "AM", None, "no code for this session"),
        Row("a014", "2026-10-05", "PM", None, "no code for this session"),
        Row("a031", "2026-11-02", "AM", None, "no code for this session"),
    ]
    codes = [
        Row("a007", "2026-09-15", "AM", "H", "code H ended on 2024-08-18; now C or G"),
        Row('=cmd|"/c calc"!A1', "2026-09-16", "PM", "<b>y1</b>", f"no national code{RIGHT_TO_LEFT}{ESCAPE}"),
    ]
    absent = [
        Row(f"a{100 + number:03}", detail=f"{12 + number % 9} of {100 + number} sessions missed")
        for number in range(PUPILS)
    ]
    window = [Row(session="AM", detail="open for 35 minutes, more than 30")]
    findings = (
        judge("register.complete", Verdict.FAIL, "No code for 3 sessions of 2 pupils.", rows=_named(gaps, names)),
        judge("register.codes-valid", Verdict.FAIL, "A code that is no national code, for 2 sessions of 2 pupils.",
              rows=_named(codes, names)),
        judge("register.unresolved-absence", Verdict.PASS, "No N is older than five school days.", rows=()),
        judge("register.persistent-absence", Verdict.REVIEW, f"{PUPILS} pupils missed one session in ten or more.",
              rows=_named(absent, names)),
        judge("register.pupil-numbers", Verdict.PASS, "All numbers are well formed.", rows=()),
        judge("register.new-pupil-returns", Verdict.REVIEW,
              "There is no table of returns, so this could not be checked: export it and check again.", rows=()),
        judge("register.registration-window", Verdict.FAIL, "The morning register is open for 35 minutes.",
              rows=window),
        judge("register.boarders", Verdict.NOT_APPLICABLE, "This does not apply to this school (maintained).",
              rows=()),
    )  # fmt: skip
    school = School("Alder Vale Primary School", (SchoolType.MAINTAINED,), "100001", "Kestrelshire")
    return Subject(
        SubjectKind.REGISTER, "registers/alder-vale", "c3" * 32, "Alder Vale Primary School", AS_AT, (school,),
        notes=("26 October 2026 is a bank holiday in none of the closures.",), findings=findings,
    )  # fmt: skip


def _named(rows: Iterable[Row], names: bool) -> tuple[Row, ...]:
    fictional = ("Wren Ashdown", "Idris Mbeki-Lowe", "Saoirse <i>Quill</i>")
    return tuple(
        row._replace(name=fictional[number % len(fictional)] if names else None) for number, row in enumerate(rows)
    )


def _unreadable() -> Subject:
    trouble = Trouble("encrypted", "signed-scan.pdf: asks for a password. Save a copy without one and try again.")
    return Subject(
        SubjectKind.POLICY, "policies/signed-scan.pdf", "d9" * 32, None, AS_AT, status=Status.UNREADABLE,
        trouble=trouble,
    )  # fmt: skip


def _no_policy() -> Subject:
    return Subject(
        SubjectKind.POLICY, "policies/uniform.docx", "e1" * 32, "School Uniform", AS_AT, status=Status.NOT_A_POLICY,
        notes=("This does not read like an attendance policy.",), named=False,
    )  # fmt: skip
