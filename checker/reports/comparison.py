"""A comparison of two runs, as text for a person and as values for a machine."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from checker.comparing import Change, Changed, ChangedFact, ComparedSubject, Comparison
from checker.findings import Passage, Verdict
from checker.known import KnownFact, KnownFinding, KnownSubject
from checker.report import Status
from checker.reports.safe import for_terminal
from checker.reports.wording import IN_WORDS, SYMBOLS, quoted, shortened, whereabouts

WIDTH = 98
MOST_QUOTES = 2


def in_words(comparison: Comparison) -> str:
    """Returns the comparison as text."""
    lines = [line for subject in comparison.subjects for line in _subject(subject)]
    lines += [f"Only before: {subject.path}" for subject in comparison.only_old]
    lines += [f"Only now: {subject.path}" for subject in comparison.only_new]
    return "\n".join(lines) + "\n"


def _subject(subject: ComparedSubject) -> Iterator[str]:
    old, new = for_terminal(subject.old.path), for_terminal(subject.new.path)
    yield old if old == new else f"{old} → {new}"
    troubles = [side for side in (subject.old, subject.new) if side.status is not Status.CHECKED]
    if troubles:
        yield from (line for side in troubles for line in _wrapped(_why_not(side), 0))
        yield ""
        return
    tally = subject.tally
    counts = [f"{tally[change]} {change.value}" for change in Change if tally[change]]
    yield "; ".join([*counts, f"{subject.same} as before"]) + "."
    for change in Change:
        listed = [changed for changed in subject.changes if changed.change is change]
        if listed:
            yield from ("", f"{change.value.upper()} ({len(listed)})")
            for changed in listed:
                yield from _changed(changed)
    if subject.facts:
        yield from ("", f"FACTS STATED OTHERWISE ({len(subject.facts)})")
        for fact in subject.facts:
            yield from _fact(fact)
    yield ""


def _why_not(side: KnownSubject) -> str:
    return f"{side.path}: {side.trouble or 'this is not a document that can be checked.'}"


def _changed(changed: Changed) -> Iterator[str]:
    shown = changed.shown
    mark = SYMBOLS[changed.new.verdict] if changed.new else "·"
    yield ""
    yield from _wrapped(f"{mark} {shown.title}   {shown.requirement}", 2)
    same = changed.old and changed.new and _said(changed.old) == _said(changed.new)
    if not same:
        yield from _side("before", changed.old)
    yield from _side("as before" if same else "now", changed.new)


def _said(finding: KnownFinding) -> tuple[str, list[str]]:
    return finding.message, [" ".join(passage.quote.split()) for passage in finding.evidence]


def _side(when: str, finding: KnownFinding | None) -> Iterator[str]:
    if finding is None:
        yield f"    {when}: not checked"
        return
    verdict = "fails" if finding.verdict is Verdict.FAIL else IN_WORDS[finding.verdict]
    yield from _wrapped(f"{when}: {verdict}. {finding.message}", 4)
    yield from _quotes(finding.evidence)


def _quotes(passages: Iterable[Passage]) -> Iterator[str]:
    listed = list(passages)
    for passage in listed[:MOST_QUOTES]:
        where = whereabouts(passage)
        yield from _wrapped(f"“{quoted(passage, 240)}”{where and f' ({where})'}", 6)
    if len(listed) > MOST_QUOTES:
        yield f"      and {len(listed) - MOST_QUOTES} more"


def _fact(fact: ChangedFact) -> Iterator[str]:
    yield ""
    yield f"  {for_terminal(fact.name)}"
    for when, side in (("before", fact.old), ("now", fact.new)):
        yield from _wrapped(f"{when}: {_value(side)}", 4)
        if side:
            yield from _quotes(side.passages)


def _value(fact: KnownFact | None) -> str:
    if fact is None or fact.value in (None, [], {}):
        return "nothing"
    return shortened(fact.value if isinstance(fact.value, str) else json.dumps(fact.value, ensure_ascii=False), 400)


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(
        for_terminal(text), WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2),
        break_on_hyphens=False,
    )  # fmt: skip


def as_values(comparison: Comparison) -> dict[str, Any]:
    """Returns the comparison as plain values, as ``schemas/comparison.schema.json`` describes them."""
    return {
        "format": "checker-comparison",
        "version": 1,
        "subjects": [
            {
                "kind": subject.new.kind,
                "old": subject.old.path,
                "new": subject.new.path,
                "summary": {change.name.lower(): count for change, count in subject.tally.items()}
                | {"unchanged": subject.same},
                "changes": [
                    {
                        "requirement": changed.shown.requirement,
                        "title": changed.shown.title,
                        "level": changed.shown.level.value,
                        "change": changed.change.name.lower(),
                        "old": _finding_values(changed.old),
                        "new": _finding_values(changed.new),
                    }
                    for changed in subject.changes
                ],
                "facts": {
                    fact.name: {"old": _fact_values(fact.old), "new": _fact_values(fact.new)} for fact in subject.facts
                },
            }
            for subject in comparison.subjects
        ],
        "only_old": [subject.path for subject in comparison.only_old],
        "only_new": [subject.path for subject in comparison.only_new],
    }


def _finding_values(finding: KnownFinding | None) -> dict[str, Any] | None:
    if finding is None:
        return None
    return {
        "verdict": finding.verdict.value,
        "message": finding.message,
        "evidence": [_passage_values(passage) for passage in finding.evidence],
    }


def _fact_values(fact: KnownFact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {"value": fact.value, "passages": [_passage_values(passage) for passage in fact.passages]}


def _passage_values(passage: Passage) -> dict[str, Any]:
    return {"page": passage.page, "section": passage.section, "quote": passage.quote}
