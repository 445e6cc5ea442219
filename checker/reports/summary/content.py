"""What stands on the page for a board: chosen so that it fits on one side, in words that need no explaining.

It names no pupil and quotes no line of a register. Of pupils it gives numbers alone, and none below five, so that nobody
can be recognised.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.findings import Finding, Verdict
from checker.levels import Level
from checker.listing import listed
from checker.report import Report, Status, Subject, SubjectKind
from checker.reports.wording import counted, day_in_words, shortened

FEWEST = 5  # a smaller number of pupils is not given
LINES = 42  # of text for lists; headings and the rest take what is left of the side
WIDTH = 88  # characters of a line of a list
LONGEST_NAME = 60
LONGEST_MESSAGE = 150
_NOUNS = {SubjectKind.POLICY: ("policy", "policies"), SubjectKind.REGISTER: ("register", "registers")}
_CHECKED = {
    SubjectKind.POLICY: "The attendance policy",
    SubjectKind.REGISTER: "The attendance registers",
}


@dataclass(frozen=True, slots=True)
class Point:
    """A line of a list: in bold what it is about, and what there is to say of it; either may be empty."""

    lead: str
    words: str

    @property
    def lines(self) -> int:
        """How many lines it takes, as a careful guess."""
        return -(-(len(self.lead) + len(self.words) + 1) // WIDTH)


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its list.

    Attributes:
        heading: The heading.
        points: The points that fit.
        left_out: How many do not.
    """

    heading: str
    points: tuple[Point, ...]
    left_out: int = 0

    @property
    def more(self) -> str:
        """What is said of the points that do not fit; empty where all do."""
        return f"and {self.left_out} more, which the full report shows." if self.left_out else ""


@dataclass(frozen=True, slots=True)
class Side:
    """The page.

    Attributes:
        title: Its heading.
        subtitle: Whom it is about.
        about: What was checked, and as at when.
        stands: How it stands, in one sentence.
        parts: Lists: what is not met, what waits, what is met.
        asked: What is asked of the board.
        limits: What the check can and cannot say.
    """

    title: str
    subtitle: str
    about: str
    stands: str
    parts: tuple[Part, ...]
    asked: tuple[str, ...]
    limits: tuple[str, ...]


def side_of(report: Report) -> Side:
    """Returns the page of a run: of its only subject in detail, or of all in one list."""
    subjects = report.subjects
    one = subjects[0] if len(subjects) == 1 else None
    days = sorted({subject.as_at for subject in subjects})
    as_at = " to ".join(day_in_words(day) for day in dict.fromkeys([days[0], days[-1]])) if days else ""
    found = [finding for subject in subjects for finding in subject.findings]
    return Side(
        title="Attendance: summary for the board",
        subtitle=shortened(_name(one), 2 * LONGEST_NAME) if one else _all_of(subjects),
        about=f"{_what(subjects)}, against the law and statutory guidance for schools in England, as at {as_at}.",
        stands=_stands(subjects),
        parts=tuple(_fitted(_of_one(one) if one else _of_many(subjects))),
        asked=tuple(_asked(subjects, found)),
        limits=tuple(_limits(report)),
    )


def _name(subject: Subject) -> str:
    school = _school(subject)
    return f"{school}: {subject.title}" if subject.title and subject.title != school else school


def _school(subject: Subject) -> str:
    names = [school.name for school in subject.schools if school.name]
    return listed(names) or subject.title or subject.path


def _all_of(subjects: Sequence[Subject]) -> str:
    return " and ".join(
        counted(number, *_NOUNS[kind]) for kind in SubjectKind if (number := sum(s.kind is kind for s in subjects))
    )


def _what(subjects: Sequence[Subject]) -> str:
    if len(subjects) == 1:
        return f"{_CHECKED[subjects[0].kind]} ({shortened(subjects[0].path, LONGEST_NAME)})"
    return f"{_all_of(subjects)[:1].upper()}{_all_of(subjects)[1:]}"


def _stands(subjects: Sequence[Subject]) -> str:
    unread = [subject for subject in subjects if subject.status is not Status.CHECKED]
    counts = Counter(finding.verdict for subject in subjects for finding in subject.findings)
    asked = sum(counts.values()) - counts[Verdict.NOT_APPLICABLE]
    parts = [f"{counts[Verdict.PASS]} of {asked} requirements are met"] if asked else []
    words = {
        Verdict.FAIL: "to put right",
        Verdict.REVIEW: "that somebody must look at",
        Verdict.WAIVED: "accepted for a time",
        Verdict.ERROR: "that could not be checked",
    }
    parts += [f"{counts[verdict]} {phrase}" for verdict, phrase in words.items() if counts[verdict]]
    if unread:
        what = "it" if len(subjects) == 1 else f"{len(unread)} of the {len(subjects)} files"
        parts.append(f"{what} could not be checked")
    return ("; ".join(parts) + ".")[:1].upper() + ("; ".join(parts) + ".")[1:]


def _of_one(subject: Subject) -> Iterator[tuple[str, list[Point], int]]:
    """Yields the lists of one subject: each with the fewest lines that it is given."""
    failed = [finding for finding in subject.findings if finding.verdict is Verdict.FAIL]
    law = [finding for finding in failed if finding.level is Level.LAW]
    rest = [finding for finding in failed if finding.level is not Level.LAW]
    yield "Against the law", [_point(finding, subject.kind) for finding in law], 8
    yield "Missing, or not in line with guidance", [_point(finding, subject.kind) for finding in rest], 8
    waiting = [f for f in subject.findings if f.verdict in {Verdict.REVIEW, Verdict.ERROR}]
    yield "Somebody must look at", [_point(finding, subject.kind) for finding in waiting], 4
    met = [finding for finding in subject.findings if finding.verdict is Verdict.PASS]
    yield "Met", [Point("", finding.requirement.title) for finding in met], 4


def _point(finding: Finding, kind: SubjectKind) -> Point:
    if kind is SubjectKind.REGISTER:
        return Point(finding.requirement.title, _pupils(finding))
    first_sentence = re.split(r"(?<=[.!?])\s+(?=[A-Z])", " ".join(finding.message.split()))[0]
    return Point(finding.requirement.title, shortened(first_sentence, LONGEST_MESSAGE))


def _pupils(finding: Finding) -> str:
    """Returns how many pupils a finding concerns, in words that show nobody."""
    number = len({row.pupil for row in finding.rows or () if row.pupil is not None})
    if not number:
        return ""
    return f"{number} pupils." if number >= FEWEST else f"fewer than {FEWEST} pupils."


def _of_many(subjects: Sequence[Subject]) -> Iterator[tuple[str, list[Point], int]]:
    """Yields the lists of several subjects."""
    stands = []
    for subject in subjects:
        counts, law = subject.tally, sum(f.verdict is Verdict.FAIL and f.level is Level.LAW for f in subject.findings)
        words = f"{counts[Verdict.FAIL]} to put right" + (f", {law} of them against the law" if law else "")
        waiting = counts[Verdict.REVIEW] + counts[Verdict.ERROR]
        words += f"; {waiting} to look at." if waiting else "."
        if subject.status is not Status.CHECKED:
            words = "could not be checked."
        name = f"{shortened(_school(subject), LONGEST_NAME)} ({subject.kind.value})"
        stands.append((counts[Verdict.FAIL] + waiting, law, Point(name, words)))
    stands.sort(key=lambda each: (-each[1], -each[0]))
    yield "Each school", [point for _, _, point in stands], 22
    fails = Counter(f.requirement.title for s in subjects for f in s.findings if f.verdict is Verdict.FAIL)
    often = [Point(title, f"not met in {counted(number, 'file')}.") for title, number in fails.most_common()]
    yield "Most often not met", often, 12


def _fitted(parts: Iterable[tuple[str, list[Point], int]]) -> Iterator[Part]:
    """Yields the parts cut so that they fit: each has its own room, and what one leaves goes to those that need more."""
    given = [(heading, points, room) for heading, points, room in parts if points]
    needs = [sum(point.lines for point in points) for _, points, _ in given]
    rooms = [min(need, room) for need, (_, _, room) in zip(needs, given, strict=True)]
    spare = LINES - sum(rooms) - 2 * len(given)
    for index, need in enumerate(needs):
        more = max(0, min(spare, need - rooms[index]))
        rooms[index] += more
        spare -= more
    for (heading, points, _), room in zip(given, rooms, strict=True):
        kept: list[Point] = []
        for point in points:
            if sum(each.lines for each in kept) + point.lines > room:
                break
            kept.append(point)
        yield Part(f"{heading} ({len(points)})", tuple(kept), len(points) - len(kept))


def _asked(subjects: Sequence[Subject], found: Sequence[Finding]) -> Iterator[str]:
    counts = Counter(finding.verdict for finding in found)
    law = sum(finding.verdict is Verdict.FAIL and finding.level is Level.LAW for finding in found)
    policy = any(subject.kind is SubjectKind.POLICY for subject in subjects)
    if law and policy:
        yield "Do not approve what is against the law: have it put right first."
    elif law:
        yield "Ask when what is against the law will be put right, and by whom."
    if counts[Verdict.FAIL] - law:
        yield "Ask who puts the other points right, and by when; or agree and write down why one stays as it is."
    if counts[Verdict.REVIEW] or counts[Verdict.ERROR]:
        yield "Ask who looks at the points that this check could not settle, and have the answer recorded."
    if counts[Verdict.WAIVED]:
        yield "Make sure that you agree with what was accepted as it is, and until when."
    if any(subject.status is not Status.CHECKED for subject in subjects):
        yield "Ask for what could not be checked in a form that can be read."
    yield "Ask how the school knows that what is written is also done."


def _limits(report: Report) -> Iterator[str]:
    for law in report.law:
        yield f"{law.jurisdiction} The law as last read on {day_in_words(law.read_on)}."
    yield "This is a reading aid, not legal advice. “Met” means that the document says so."
