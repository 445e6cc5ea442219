"""The harness for checks of policies: named cases in YAML, run as pytest ids. Plugin authors use the same one.

A case is a piece of a policy and the verdict that it gets::

    requirement: policy.retention
    cases:
      - name: six years
        policy: Every entry in the registers is kept for six years.
        verdict: pass
        quotes: [kept for six years]

In a test::

    @pytest.mark.parametrize("case", policy_cases(folder), ids=str)
    def test_case(case: PolicyCase) -> None:
        case.check()
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from checker.context import Context
from checker.documents.assemble import assemble
from checker.documents.draft import Draft
from checker.documents.model import Document
from checker.engine import Engine, Settings
from checker.findings import Finding
from checker.plugins import Plugins, load_plugins
from checker.schools import School, SchoolType
from checker.yaml_files import load_yaml

AS_AT = dt.date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class PolicyCase:
    """A piece of a policy and what is expected of one requirement's check.

    Attributes:
        requirement: The requirement.
        name: What the case is about.
        policy: The piece, as Markdown (or plain text).
        verdict: The verdict that it gets.
        level: The level of the finding, where it is stated.
        says: Words that its message holds.
        quotes: Words that its evidence quotes, each in one passage.
        quotes_first: Words that the first passage of its evidence quotes: the statement that decides.
        types: The kinds of school; maintained where none is given.
        schools: The names of the schools, where there are several.
        authority: The local authority of the school.
        as_at: The day of the check.
        form: ``markdown`` or ``text``.
    """

    requirement: str
    name: str
    policy: str
    verdict: str
    level: str | None = None
    says: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    quotes_first: str = ""
    types: tuple[str, ...] = ("maintained",)
    schools: tuple[str, ...] = ()
    authority: str | None = None
    as_at: dt.date = AS_AT
    form: str = "markdown"

    def __str__(self) -> str:
        return f"{self.requirement}: {self.name}"

    def finding(self) -> Finding:
        """Returns the finding of the requirement on the piece."""
        kinds = tuple(SchoolType(kind) for kind in self.types)
        schools = tuple(School(name, kinds, None, self.authority) for name in self.schools or (None,))
        return judge(self.requirement, document_of(self.policy, self.form), Context(self.as_at, schools))

    def check(self) -> None:
        """Asserts that the finding is the expected one, and that its quotations stand in the piece."""
        finding = self.finding()
        said = f"{self}: {finding.verdict.value}: {finding.message}"
        assert finding.verdict.value == self.verdict, said
        assert self.level is None or finding.level.value == self.level, f"{said} at level {finding.level.value}"
        for words in self.says:
            assert words.lower() in finding.message.lower(), f"{said} (lacks “{words}”)"
        quotes = [" ".join(passage.quote.split()) for passage in finding.evidence]
        for words in self.quotes:
            assert any(words in quote for quote in quotes), f"{said}; quoted: {quotes}"
        first = next(iter(quotes), "")
        assert self.quotes_first in first, f"{said}; quoted first: {first!r}, not {self.quotes_first!r}"
        for passage in finding.evidence:
            assert passage.quote == self.policy[passage.start : passage.end], f"{said}: {passage}"


def policy_cases(folder: Path) -> Iterator[PolicyCase]:
    """Yields the cases of a folder's ``policy.*.yaml`` files, which ``schemas/cases.schema.json`` describes."""
    for file in sorted(folder.glob("policy.*.yaml")):
        content = load_yaml(file, "cases")
        for case in content["cases"]:
            yield _case(content["requirement"], case)


def judge(requirement: str, document: Document, context: Context) -> Finding:
    """Returns the finding of one requirement on a document, whatever the document is."""
    engine = _engine()
    facts = engine.facts_of(document, context)
    return engine.finding(engine.catalogue[requirement], facts, context)


def document_of(text: str, form: str = "markdown") -> Document:
    """Returns the document of a piece of Markdown or plain text."""
    draft: Draft
    if form == "markdown":
        from checker.documents.markdown import draft_of

        draft = draft_of(text)
    else:
        from checker.documents.text import draft_of as draft_of_text

        draft = draft_of_text(text)
    return assemble(draft, "piece.md" if form == "markdown" else "piece.txt")


def plugins() -> Plugins:
    """Returns the installed plugins."""
    return _engine().plugins


@cache
def _engine() -> Engine:
    return Engine(load_plugins(), Settings(AS_AT, AS_AT))


def _case(requirement: str, case: Mapping[str, Any]) -> PolicyCase:
    words: dict[str, Any] = {key: tuple(case[key]) for key in ("says", "quotes", "types", "schools") if key in case}
    plain = {
        key: case[key]
        for key in ("name", "policy", "verdict", "level", "authority", "as_at", "form", "quotes_first")
        if key in case
    }
    return PolicyCase(requirement=requirement, **plain, **words)
