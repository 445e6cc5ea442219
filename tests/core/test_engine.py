"""The engine hands facts to checks, and a mistake of ours is loud and never a pass."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest

from checker.catalogue import STATE_FUNDED, Catalogue, Requirement, Span
from checker.context import Context
from checker.documents.model import Document
from checker.engine import Engine, FactSource, Settings
from checker.errors import PluginError
from checker.facts import Check, PublishedFact, Topic, check, reader, topic
from checker.findings import Fault, Outcome, Verdict, failed, not_applicable, passed
from checker.levels import Level
from checker.plugins import Plugins
from checker.schools import School, SchoolType
from checker.testing import document_of

DAY = dt.date(2026, 1, 1)


@dataclass(frozen=True)
class Length:
    characters: int

    def published(self) -> list[PublishedFact]:
        return [PublishedFact("length", self.characters)]


@dataclass(frozen=True)
class Half:
    characters: int


@reader
def length(document: Document) -> Length:
    return Length(len(document.text))


@reader
def half(length: Length) -> Half:
    return Half(length.characters // 2)


@dataclass(frozen=True)
class Broken:
    pass


@reader
def broken(document: Document) -> Broken:
    raise ValueError("a pupil's name could stand here")


def requirement(name: str = "policy.x", level: Level = Level.LAW, **changes: object) -> Requirement:
    words = dict.fromkeys(("why", "law", "passes", "fails", "reading", "example"), "")
    plain = Requirement(name, "A title", "It asks.", level, (), (), Span(), fix="Do it.", **words)
    return replace(plain, **changes)  # type: ignore[arg-type]


class FakePlugins(Plugins):
    """Plugins made of parts."""

    def __init__(self, requirements: list[Requirement], checks: list[Check]) -> None:
        self.catalogue = Catalogue(requirements)  # type: ignore[misc]
        self._own = {one.requirement: one for one in checks}
        self.infos = ()

    def readers(self, kind: str) -> dict[type, object]:  # type: ignore[override]
        return {one.gives: one for one in (length, half, broken)}

    def checks(self, kind: str) -> dict[str, Check]:  # type: ignore[override]
        return self._own


def finding_of(one: Check | None, own: Requirement | None = None, schools: tuple[School, ...] = (School(),)) -> object:
    own = own or requirement()
    engine = Engine(FakePlugins([own], [one] if one else []), Settings(DAY))
    context = Context(DAY, schools)
    return engine.finding(own, engine.facts_of(document_of("Some words."), context), context)


def test_a_check_gets_the_facts_that_it_names() -> None:
    @check("policy.x")
    def judge(half: Half, length: Length, context: Context) -> Outcome:
        return passed(f"{half.characters} {length.characters} {context.as_at}")

    assert finding_of(judge).message == "5 11 2026-01-01"  # type: ignore[attr-defined]


def test_each_fact_is_read_once() -> None:
    count = []

    @reader
    def counted(document: Document) -> Half:
        count.append(1)
        return Half(1)

    facts = FactSource({Half: counted}, document_of("x"))
    assert facts.get(Half) is facts.get(Half)
    assert len(count) == 1


def test_a_broken_check_is_an_error_that_quotes_nothing() -> None:
    @check("policy.x")
    def judge(length: Length) -> Outcome:
        raise ValueError("Ada Lovelace")

    finding = finding_of(judge)
    assert finding.verdict is Verdict.ERROR  # type: ignore[attr-defined]
    assert "ValueError" in finding.message  # type: ignore[attr-defined]
    assert "Ada" not in finding.message  # type: ignore[attr-defined]


def test_a_broken_reader_makes_each_check_that_needs_it_an_error() -> None:
    @check("policy.x")
    def judge(broken: Broken) -> Outcome:
        return passed("never")

    finding = finding_of(judge)
    assert finding.verdict is Verdict.ERROR  # type: ignore[attr-defined]
    assert "pupil" not in finding.message  # type: ignore[attr-defined]


def test_a_requirement_without_a_check_is_for_a_person_and_not_counted_as_checked() -> None:
    finding = finding_of(None)
    assert finding.verdict is Verdict.REVIEW  # type: ignore[attr-defined]
    assert not finding.checked  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("faults", "level"),
    [
        ((Fault("Missing."),), Level.GUIDANCE),
        ((Fault("Wrong.", Level.LAW),), Level.LAW),
        ((Fault("Missing."), Fault("Wrong.", Level.LAW)), Level.LAW),
        ((Fault("Missing."), Fault("Untidy.", Level.QUALITY)), Level.GUIDANCE),
    ],
)
def test_silence_of_a_policy_weighs_no_more_than_guidance(faults: tuple[Fault, ...], level: Level) -> None:
    @check("policy.x")
    def judge(length: Length) -> Outcome:
        return failed(*faults)

    assert finding_of(judge).level is level  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("types", "applies"),
    [
        ((SchoolType.MAINTAINED,), True),
        ((SchoolType.INDEPENDENT,), False),
        ((SchoolType.INDEPENDENT, SchoolType.ALTERNATIVE_PROVISION), False),
        ((), True),
    ],
)
def test_what_concerns_state_funded_schools_leaves_independent_ones_out(
    types: tuple[SchoolType, ...], applies: bool
) -> None:
    @check("policy.x")
    def judge(length: Length) -> Outcome:
        return passed("Said.")

    finding = finding_of(judge, requirement(applies_to=STATE_FUNDED), (School(types=types),))
    assert (finding.verdict is Verdict.PASS) is applies  # type: ignore[attr-defined]
    if not types:
        assert "taken as state-funded" in finding.message  # type: ignore[attr-defined]


def test_a_requirement_that_is_not_in_force_does_not_apply() -> None:
    @check("policy.x")
    def judge(length: Length) -> Outcome:
        return passed("Said.")

    finding = finding_of(judge, requirement(in_force=Span(since=DAY + dt.timedelta(days=1))))
    assert finding.verdict is Verdict.NOT_APPLICABLE  # type: ignore[attr-defined]


def test_only_failures_and_reviews_say_what_to_do() -> None:
    @check("policy.x")
    def judge(length: Length) -> Outcome:
        return not_applicable("It does not.")

    assert finding_of(judge).fix is None  # type: ignore[attr-defined]


def test_a_parameter_without_a_type_is_refused() -> None:
    def judge(length) -> Outcome:  # type: ignore[no-untyped-def]
        return passed("")

    with pytest.raises(PluginError, match="length"):
        check("policy.x")(judge)


def test_a_topic_holds_the_readers_and_checks_of_a_module() -> None:
    import england_attendance.policy.retention as module

    found = topic(module)
    assert isinstance(found, Topic)
    assert [one.requirement for one in found.checks] == ["policy.retention"]
    assert len(found.readers) == 1
