"""Measures how well policies are read: agreement with a careful reader's labels, and the mutation score.

``python tests/accuracy/measure.py`` prints both for the project's own labelled policies; with ``CHECKER_POLICIES=FOLDER``
the agreement for a folder that holds policies and a ``labels.yaml``. Everything is judged as at one day.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from checker.context import Context
from checker.discovery import Source
from checker.documents.assemble import assemble
from checker.documents.text import draft_of
from checker.engine import Engine, Settings
from checker.plugins import load_plugins
from checker.report import Status, SubjectKind
from checker.schools import School

ROOT = Path(__file__).parents[2]
AS_AT = dt.date(2026, 11, 22)
SUFFIXES = (".txt", ".md", ".html", ".docx", ".pdf")


@dataclass(frozen=True, slots=True)
class Judged:
    """One verdict beside the expected one."""

    requirement: str
    subject: str
    kind: str
    wanted: tuple[str, ...]
    got: str
    message: str
    note: str = ""

    @property
    def right(self) -> bool:
        return self.got in self.wanted


@dataclass(frozen=True, slots=True)
class Operator:
    """A break or a rephrasing of a policy."""

    requirement: str
    policy: str
    kind: str
    find: tuple[str, ...]
    replace: tuple[str, ...]
    wanted: tuple[str, ...]

    def applied(self, text: str) -> str:
        """Returns the text with the operator's edits; every place is found in the text as it was."""
        places = []
        for find, replace in zip(self.find, self.replace, strict=True):
            start, end = _place(text, find)
            places.append((start, end, replace))
        for start, end, replace in sorted(places, reverse=True):
            text = text[:start] + replace + text[end:]
        return text


def agreement(folder: Path) -> Iterator[Judged]:
    """Yields every labelled verdict of a folder's policies."""
    labels = yaml.safe_load((folder / "labels.yaml").read_text(encoding="utf-8"))
    files = sorted(file for file in folder.iterdir() if file.suffix in SUFFIXES and file.stem in labels)
    engine = _engine()
    for file in files:
        subject = engine.check(Source(SubjectKind.POLICY, file, file.name, named=True))
        wanted = labels[file.stem].get("requirements", labels[file.stem])
        if subject.status is not Status.CHECKED:
            yield Judged("(whole)", file.name, "label", ("checked",), subject.status.value, str(subject.trouble))
        for finding in subject.findings:
            label = wanted.get(finding.requirement.name)
            if label:
                verdicts = (label["verdict"], *label.get("also_acceptable", []))
                yield Judged(
                    finding.requirement.name,
                    file.name,
                    "label",
                    verdicts,
                    finding.verdict.value,
                    finding.message,
                    str(label.get("reason")),
                )


def operators(folder: Path) -> Iterator[Operator]:
    """Yields the mutation operators of a folder."""
    for file in sorted(folder.glob("*.yaml")):
        for requirement, entries in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            for entry in entries:
                find = entry["find"] if isinstance(entry["find"], list) else [entry["find"]]
                replace = (
                    entry["replace"]
                    if isinstance(entry["replace"], list)
                    else [entry["replace"]] + [""] * (len(find) - 1)
                )
                wanted = (entry["expect"], *entry.get("also", []))
                yield Operator(requirement, entry["policy"], entry["kind"], tuple(find), tuple(replace), wanted)


def mutated(operator: Operator, texts: Path) -> Judged:
    """Returns the verdict of an operator's requirement on the edited policy."""
    text = operator.applied(_text(texts / f"{operator.policy}.txt"))
    engine = _engine()
    document = assemble(draft_of(text), f"{operator.policy}.txt")
    identity = engine.plugins.identify(document, School())
    context = Context(AS_AT, identity.schools)
    finding = engine.finding(engine.catalogue[operator.requirement], engine.facts_of(document, context), context)
    edit = " | ".join(
        f"{find[:90]!r} -> {replace[:120]!r}" for find, replace in zip(operator.find, operator.replace, strict=True)
    )
    return Judged(
        operator.requirement,
        operator.policy,
        operator.kind,
        operator.wanted,
        finding.verdict.value,
        finding.message,
        edit,
    )


def table(judged: Iterable[Judged]) -> str:
    """Returns the shares by requirement as a table."""
    counts: defaultdict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for one in judged:
        for name in (one.requirement, "all"):
            counts[name][one.kind][0] += one.right
            counts[name][one.kind][1] += 1
    kinds = ("label", "break", "rephrase")
    lines = [
        f"{'requirement':34}"
        + "".join(f"{heading:>18}" for heading in ("agreement", "breaks seen", "rephrasings kept"))
    ]
    for name in sorted(counts, key=lambda name: (name == "all", name)):
        cells = (_share(*counts[name][kind]) if counts[name].get(kind) else "–" for kind in kinds)
        lines.append(f"{name:34}" + "".join(f"{cell:>18}" for cell in cells))
    return "\n".join(lines)


def _share(right: int, total: int) -> str:
    return f"{right}/{total} {100 * right / total:.0f}%"


def _place(text: str, find: str) -> tuple[int, int]:
    import re

    pattern = r"\s+".join(re.escape(part) for part in find.split())
    found = list(re.finditer(pattern, text))
    if len(found) != 1:
        raise ValueError(f"{find[:80]!r} stands in the policy {len(found)} times")
    return found[0].start(), found[0].end()


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def _engine() -> Engine:
    return Engine(load_plugins(), Settings(AS_AT, AS_AT))


def _mutated(task: tuple[Operator, Path]) -> Judged:
    return mutated(*task)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="requirements whose name holds this")
    parser.add_argument("--wrong", action="store_true", help="show each verdict that is wrong")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--mutations", type=Path, default=ROOT / "tests" / "mutations")
    parser.add_argument("--texts", type=Path, default=ROOT / "tests" / "policies_source" / "all_formats")
    parser.add_argument("--no-labels", action="store_true")
    options = parser.parse_args(arguments)
    folder = Path(os.environ.get("CHECKER_POLICIES", ROOT / "policies"))
    judged = [] if options.no_labels else [one for one in agreement(folder) if options.only in one.requirement]
    if "CHECKER_POLICIES" not in os.environ or options.mutations.parent != ROOT / "tests":
        tasks = [
            (operator, options.texts)
            for operator in operators(options.mutations)
            if options.only in operator.requirement
        ]
        with ProcessPoolExecutor(options.jobs, multiprocessing.get_context("spawn")) as pool:
            judged += pool.map(_mutated, tasks, chunksize=8)
    for one in judged if options.wrong else ():
        if not one.right:
            print(f"{one.requirement} · {one.subject} · {one.kind}: wanted {'/'.join(one.wanted)}, got {one.got}:")
            print(f"    {one.message[:220]}\n    {one.note[:420]}")
    print(table(judged))


def by_requirement(judged: Iterable[Judged]) -> Mapping[str, Any]:
    """Returns the verdicts grouped by requirement."""
    groups: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[one.requirement].append(one)
    return groups


if __name__ == "__main__":
    main(sys.argv[1:])
