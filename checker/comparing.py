"""Compares two runs: what is newly met, newly broken, still failing, and which facts have changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath

from checker.findings import Finding, Since, Verdict
from checker.known import KnownFact, KnownFinding, KnownSubject, known
from checker.report import Report, Subject

OPEN = frozenset({Verdict.FAIL, Verdict.REVIEW, Verdict.ERROR, Verdict.WAIVED})
_ACCEPTED = frozenset({Verdict.FAIL, Verdict.WAIVED})


class Change(StrEnum):
    """What has become of a requirement, in the order of reports."""

    NEWLY_BROKEN = "newly broken"
    STILL_FAILING = "still failing"
    TO_DECIDE = "now for a person to decide"
    NEWLY_MET = "newly met"
    OTHER = "otherwise changed"


@dataclass(frozen=True, slots=True)
class Changed:
    """A requirement whose verdict has changed, or that still fails. One side is ``None`` where it was not checked."""

    change: Change
    old: KnownFinding | None
    new: KnownFinding | None

    @property
    def shown(self) -> KnownFinding:
        """The side that names it: the new one where there is one."""
        found = self.new or self.old
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A fact that is stated otherwise. One side is ``None`` where it was not read."""

    name: str
    old: KnownFact | None
    new: KnownFact | None


@dataclass(frozen=True, slots=True)
class ComparedSubject:
    """Two versions of a subject.

    Attributes:
        old: The earlier one.
        new: The later one.
        changes: The requirements that changed or still fail, in the order of :class:`Change` and of the catalogue.
        facts: The facts that are stated otherwise, by name.
        same: How many requirements have the verdict that they had, those that still fail apart.
    """

    old: KnownSubject
    new: KnownSubject
    changes: tuple[Changed, ...]
    facts: tuple[ChangedFact, ...]
    same: int

    @property
    def tally(self) -> Mapping[Change, int]:
        """How many requirements changed in each way."""
        counted = Counter(changed.change for changed in self.changes)
        return {change: counted[change] for change in Change}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs held against each other.

    Attributes:
        subjects: The subjects that are in both.
        only_old: Those that are in the earlier one alone.
        only_new: Those that are in the later one alone.
    """

    subjects: tuple[ComparedSubject, ...]
    only_old: tuple[KnownSubject, ...] = ()
    only_new: tuple[KnownSubject, ...] = ()


def compare(old: Sequence[KnownSubject], new: Sequence[KnownSubject]) -> Comparison:
    """Holds two runs against each other.

    Subjects belong together that have the same path; then those that have the same last part of it; and where each
    run has one alone, these two.
    """
    pairs = _paired(old, new)
    return Comparison(
        tuple(_subject(before, after) for before, after in pairs),
        tuple(subject for subject in old if all(subject is not before for before, _ in pairs)),
        tuple(subject for subject in new if all(subject is not after for _, after in pairs)),
    )


def mark(report: Report, old: Sequence[KnownSubject], name: str) -> Report:
    """Returns a report whose findings say whether they are new, unchanged or fixed since an earlier one.

    New is what asks something of the reader now and did not, or asked something else; fixed is what did and no longer
    does. A failure that is or was waived is unchanged.

    Args:
        report: The report.
        old: The earlier run.
        name: What the earlier report is called.
    """
    now = known(report)
    before = {after.path: earlier for earlier, after in _paired(old, now)}
    subjects = tuple(_marked(subject, before.get(subject.path)) for subject in report.subjects)
    counts = Counter(finding.since for subject in subjects for finding in subject.findings)
    said = ", ".join(f"{counts[since]} {since.value}" for since in Since)
    gone = [subject.path for subject in old if subject not in before.values()]
    remarks = (
        f"Compared with {name}: {said}.",
        *(f"{path} stands in {name} and was not checked now." for path in gone),
    )
    return replace(report, subjects=subjects, remarks=(*report.remarks, *remarks))


def _marked(subject: Subject, before: KnownSubject | None) -> Subject:
    earlier = before.findings if before else {}
    return replace(
        subject,
        findings=tuple(
            replace(finding, since=_since(finding, earlier.get(finding.requirement.name)))
            for finding in subject.findings
        ),
    )


def _since(finding: Finding, before: KnownFinding | None) -> Since:
    was = before.verdict if before else None
    if finding.verdict not in OPEN:
        return Since.FIXED if was in OPEN else Since.UNCHANGED
    same = was is finding.verdict or {was, finding.verdict} <= _ACCEPTED
    return Since.UNCHANGED if same else Since.NEW


def _paired(old: Sequence[KnownSubject], new: Sequence[KnownSubject]) -> list[tuple[KnownSubject, KnownSubject]]:
    if len(old) == len(new) == 1 and old[0].kind == new[0].kind:
        return [(old[0], new[0])]
    pairs: list[tuple[KnownSubject, KnownSubject]] = []
    for key in (_path, _name):
        left = _by(key, (subject for subject in old if all(subject is not one for one, _ in pairs)))
        right = _by(key, (subject for subject in new if all(subject is not one for _, one in pairs)))
        pairs += [(left[name], right[name]) for name in right if name in left]
    return sorted(pairs, key=lambda pair: (pair[1].path, pair[1].kind))


def _path(subject: KnownSubject) -> str:
    return subject.path


def _name(subject: KnownSubject) -> str:
    return PurePosixPath(subject.path).name


def _by(key: Callable[[KnownSubject], str], subjects: Iterable[KnownSubject]) -> dict[tuple[str, str], KnownSubject]:
    """Returns the subjects whose key no other has."""
    listed = [((subject.kind, key(subject)), subject) for subject in subjects]
    counts = Counter(name for name, _ in listed)
    return {name: subject for name, subject in listed if counts[name] == 1}


def _subject(old: KnownSubject, new: KnownSubject) -> ComparedSubject:
    names = list(dict.fromkeys([*new.findings, *old.findings]))
    changes = [changed for name in names if (changed := _changed(old.findings.get(name), new.findings.get(name)))]
    order = list(Change)
    changes.sort(key=lambda changed: (order.index(changed.change), -changed.shown.level.weight))
    return ComparedSubject(old, new, tuple(changes), tuple(_facts(old, new)), len(names) - len(changes))


def _changed(old: KnownFinding | None, new: KnownFinding | None) -> Changed | None:
    was, now = (old.verdict if old else None), (new.verdict if new else None)
    if now is Verdict.FAIL:
        change = Change.STILL_FAILING if was is Verdict.FAIL else Change.NEWLY_BROKEN
    elif was is now:
        return None
    elif now is Verdict.PASS and was in OPEN:
        change = Change.NEWLY_MET
    elif now in {Verdict.REVIEW, Verdict.ERROR}:
        change = Change.TO_DECIDE
    else:
        change = Change.OTHER
    return Changed(change, old, new)


def _facts(old: KnownSubject, new: KnownSubject) -> Iterator[ChangedFact]:
    for name in sorted({*old.facts, *new.facts}):
        before, after = old.facts.get(name), new.facts.get(name)
        if (before.value if before else None) != (after.value if after else None):
            yield ChangedFact(name, before, after)
