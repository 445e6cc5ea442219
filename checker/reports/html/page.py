"""The page as a whole: what stands above, in front of and below the subjects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from checker.catalogue import Requirement
from checker.findings import Verdict
from checker.levels import Level
from checker.report import Report, Status, Subject, SubjectKind
from checker.reports.html.facts import in_words
from checker.reports.html.views import FindingView, SubjectView, subject_view
from checker.reports.presentation import Presentation
from checker.reports.wording import counted
from checker.version import VERSION

MANY = 6  # subjects from which on a matrix stands in front, and no texts
BARS = 10
NOUNS = {SubjectKind.POLICY: ("policy", "policies"), SubjectKind.REGISTER: ("register", "registers")}


@dataclass(frozen=True)
class Bar:
    """A requirement, with how many subjects fail it."""

    requirement: Requirement
    kind: str
    fails: int
    of: int

    @property
    def width(self) -> int:
        """The length of its bar in hundredths."""
        return round(100 * self.fails / self.of)

    @property
    def short(self) -> str:
        """Its name without the kind of subject, in words."""
        return in_words(self.requirement.name.partition(".")[2].replace(".", " "))


@dataclass(frozen=True)
class MatrixRow:
    """A subject, with its finding for each requirement of the matrix; ``None`` where it has none.

    Attributes:
        view: The subject.
        cells: Its findings, in the order of the columns.
        file: What tells it from others of the same name; ``None`` where there is none.
    """

    view: SubjectView
    cells: tuple[FindingView | None, ...]
    file: str | None = None

    @property
    def words(self) -> str:
        """What a search by words finds it by."""
        return " ".join([self.view.subject.path, *self.view.schools, self.view.subject.title or ""]).lower()

    @property
    def failed(self) -> str:
        """The names of the requirements that it fails."""
        return " ".join(view.requirement.name for view in self._failing())

    @property
    def state(self) -> str:
        """What can be asked for of how it stands."""
        review = self.view.subject.tally[Verdict.REVIEW]
        law = any(view.finding.level is Level.LAW for view in self._failing())
        states = {"fail": any(self._failing()), "law": law, "review": review}
        return " ".join(state for state, holds in states.items() if holds)

    def _failing(self) -> Iterable[FindingView]:
        return (view for view in self.view.findings if view.finding.verdict is Verdict.FAIL)


@dataclass(frozen=True)
class Matrix:
    """All checked subjects of a kind by all requirements."""

    heading: str
    columns: tuple[Bar, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class Page:
    """What the template shows.

    Attributes:
        title: The title of the window.
        kind: What the page is.
        heading: Its main heading.
        line: What was checked, in a sentence.
        subjects: The subjects.
        matrices: A matrix for each kind of subject, where there are many.
        coverage: What was checked of how many.
        limits: What was and was not checked.
        made_by: The tool and its plugins, with their versions.
    """

    title: str
    kind: str
    heading: str
    line: str
    subjects: tuple[SubjectView, ...]
    matrices: tuple[Matrix, ...]
    coverage: tuple[str, ...]
    limits: tuple[str, ...]
    made_by: str

    @property
    def alone(self) -> SubjectView | None:
        """The only subject."""
        return self.subjects[0] if len(self.subjects) == 1 else None

    @property
    def not_checked(self) -> list[SubjectView]:
        """The subjects that have no findings."""
        return [view for view in self.subjects if view.subject.status is not Status.CHECKED]

    @property
    def bars(self) -> list[Bar]:
        """All requirements, in the order of reports."""
        return [bar for matrix in self.matrices for bar in matrix.columns]

    @property
    def most_failed(self) -> list[Bar]:
        """The requirements that most subjects fail, measured by how many were asked, most first."""
        failed = [bar for bar in self.bars if bar.fails]
        return sorted(failed, key=lambda bar: (-bar.fails / bar.of, -bar.fails))[:BARS]


def page_of(report: Report, presentation: Presentation) -> Page:
    """Returns everything that the page shows."""
    alone, many = len(report.subjects) == 1, len(report.subjects) >= MANY
    views = tuple(
        subject_view(subject, index, 3 if alone else 4, presentation, texts=not many)
        for index, subject in enumerate(report.subjects, 1)
    )
    what = " and ".join(_counted(report.subjects, kind) for kind in NOUNS if _of_kind(report.subjects, kind))
    heading = _heading(views[0]) if alone else f"Attendance check of {what}"
    plugins = ", ".join(f"{plugin.name} {plugin.version}" for plugin in report.plugins)
    return Page(
        title=f"Attendance check: {heading}" if alone else heading,
        kind=f"Attendance check of a {report.subjects[0].kind.value}" if alone else "Attendance check",
        heading=heading,
        line=_line(report),
        subjects=views,
        matrices=tuple(_matrices(views)) if many else (),
        coverage=report.coverage,
        limits=report.limits,
        made_by=f"attendance-checker {VERSION} with {plugins or 'no plugin'}",
    )


def _heading(view: SubjectView) -> str:
    title = view.subject.title
    return f"{view.name}: {title}" if title and title != view.name else view.name


def _of_kind(subjects: Iterable[Subject], kind: SubjectKind) -> list[Subject]:
    return [subject for subject in subjects if subject.kind is kind]


def _counted(subjects: Iterable[Subject], kind: SubjectKind) -> str:
    return counted(len(_of_kind(subjects, kind)), *NOUNS[kind])


def _line(report: Report) -> str:
    counts = report.tally
    unmet = sum(any(f.verdict is Verdict.FAIL for f in subject.findings) for subject in report.subjects)
    parts = [
        f"{unmet} of {len(report.subjects)} have something to put right",
        f"{counted(counts[Verdict.REVIEW], 'verdict needs', 'verdicts need')} a person",
    ]
    left = sum(subject.status is not Status.CHECKED for subject in report.subjects)
    if left:
        parts.append(f"{left} could not be checked")
    return "; ".join(parts) + "."


def _matrices(views: Iterable[SubjectView]) -> Iterable[Matrix]:
    for kind, (_, plural) in NOUNS.items():
        checked = [view for view in views if view.subject.kind is kind and view.subject.status is Status.CHECKED]
        found = [{view.requirement.name: view for view in subject.findings} for subject in checked]
        asked = {f.requirement.name: f.requirement for view in checked for f in view.subject.findings}
        if checked:
            columns = tuple(
                _bar(requirement, kind, [each.get(name) for each in found]) for name, requirement in asked.items()
            )
            called = Counter(view.name for view in checked)
            rows = tuple(
                MatrixRow(
                    view,
                    tuple(each.get(name) for name in asked),
                    view.subject.path.rpartition("/")[2] if called[view.name] > 1 else None,
                )
                for view, each in zip(checked, found, strict=True)
            )
            yield Matrix(f"All {plural}", columns, rows)


def _bar(requirement: Requirement, kind: SubjectKind, views: Iterable[FindingView | None]) -> Bar:
    verdicts = [view.finding.verdict for view in views if view]
    return Bar(requirement, NOUNS[kind][1], verdicts.count(Verdict.FAIL), len(verdicts))
