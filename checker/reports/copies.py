"""Formats that are copies of the school's own files: one file, or a folder of them."""

from __future__ import annotations

import os.path
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from checker.errors import UnreadableError, UsageError
from checker.report import Report, Status, Subject, SubjectKind
from checker.reports.presentation import Presentation, Written


def copies(
    report: Report, presentation: Presentation, suffix: str, called: str, make: Callable[[Subject], bytes]
) -> Written:
    """Returns a copy of each policy of a kind.

    Args:
        report: The run.
        presentation: Where it goes: to a file where one policy is of the kind, else to a folder.
        suffix: The ending of the kind's files, which is the format's name too.
        called: What the kind is called.
        make: Makes the copy of a policy; an :class:`~checker.errors.UnreadableError` loses that copy alone.

    Raises:
        UsageError: If there is none, or there are several and no folder is named for them.
    """
    option = f"--format {suffix[1:]}"
    policies = [subject for subject in report.subjects if subject.kind is SubjectKind.POLICY]
    checked = [subject for subject in policies if subject.status is Status.CHECKED and subject.file is not None]
    own = [subject for subject in checked if PurePosixPath(subject.path).suffix.lower() == suffix]
    if not own:
        raise UsageError(f"{option}: no {called} was checked, so there is nothing to make a copy of.")
    target = presentation.target
    in_folder = target is not None and (target.is_dir() or target.suffix.lower() != suffix)
    if len(own) > 1 and not in_folder:
        raise UsageError(
            f"{option}: {len(own)} {called}s were checked; name a folder for their copies: {option}=reviewed"
        )
    made: dict[str, bytes] = {}
    troubles = []
    for subject, name in zip(own, _names(own), strict=True):
        try:
            made[name] = make(subject)
        except UnreadableError as error:
            troubles.append(f"No copy of {subject.path} could be made: {error.message}")
        except OSError as error:
            troubles.append(f"No copy of {subject.path} could be made: it cannot be read any more ({error.strerror}).")
    others = [subject.path for subject in checked if subject not in own]
    remarks = [f"{option}: no {called}, so without a copy: {', '.join(others)}"] if others else []
    content = made if in_folder or not made else next(iter(made.values()))
    return Written(content, tuple(remarks), tuple(troubles))


def _names(subjects: Sequence[Subject]) -> list[str]:
    """Returns the names of the copies: the files' own, with the folders in which they differ."""
    paths = [PurePosixPath(subject.path) for subject in subjects]
    shared = os.path.commonpath([path.parent for path in paths]) if len(paths) > 1 else paths[0].parent
    return [path.relative_to(PurePosixPath(str(shared).replace("\\", "/"))).as_posix() for path in paths]
