"""The national catalogue as data: complete, in order, rightly founded, and in plain words."""

from __future__ import annotations

import re
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest

from checker.catalogue import Catalogue, Requirement, load_catalogue, load_instruments
from checker.errors import PluginError, UsageError
from checker.levels import Level
from checker.schools import SchoolType
from checker.yaml_files import load_yaml

FOLDER = resources.files("england_attendance") / "catalogue"
CATALOGUE = load_catalogue(FOLDER)
INSTRUMENTS = load_instruments(FOLDER)
REQUIREMENTS = tuple(CATALOGUE)
TEXTS = ("title", "asks", "why", "law", "passes", "fails", "reading", "fix")
LONGEST_SENTENCE = 35

# The names are permanent and their levels and order are promises: a change here is a change for users.
LEVELS = {
    "policy": {
        Level.QUALITY: """
            approval review-date no-placeholders internal-consistency readable current-regulations
            superseded-references linked-policies
        """,
        Level.LAW: """
            register-taken late-codes codes-list code-resolution electronic-registers retention leave-exceptional
            deletion-grounds returns
        """,
    },
    "register": {
        Level.QUALITY: "identifiers",
        Level.LAW: """
            complete codes-valid codes-fit-session codes-fit-pupil leave-recorded unresolved-absence late-marks
            deletion-grounds deletion-returns new-pupil-returns attendance-returns sickness-returns penalty-notices
            suspension-provision retention
        """,
    },
}
ORDER = {
    "policy": """
        approval review-date no-placeholders internal-consistency readable current-regulations superseded-references
        expectations school-day register-times register-window register-taken late-codes leave-requests
        absence-reporting attendance-champion day-to-day-contact support-contact first-day-contact promoting-attendance
        data-strategy persistent-absence penalty-framework notice-to-improve legal-interventions support-first
        individual-needs published communicated governance codes-list code-resolution electronic-registers retention
        amendments leave-exceptional medical-evidence part-time-timetables deletion-grounds returns emergency-contacts
        social-worker reporting-to-parents data-sharing missing-education linked-policies
    """,
    "register": """
        complete codes-valid codes-fit-session codes-fit-pupil leave-recorded unresolved-absence registration-window
        late-marks amendments admission-particulars emergency-contacts identifiers deletion-grounds deletion-returns
        new-pupil-returns attendance-returns sickness-returns penalty-threshold penalty-notices persistent-absence
        severe-absence continuous-absence suspension-provision part-time-timetables school-year retention policy-match
    """,
}
STATE = (SchoolType.MAINTAINED, SchoolType.ACADEMY, SchoolType.SPECIAL, SchoolType.ALTERNATIVE_PROVISION)
NARROWER = {
    "policy.notice-to-improve": STATE,
    "policy.legal-interventions": STATE,
    "register.school-year": (SchoolType.MAINTAINED,),
}
# Words in capitals that need no explanation: what a register holds, and the names of systems.
CAPITALS = {"AM", "PM", "SI", "UPN", "SIMS", "ABCDEFGHJKLMNPQRTUVWXYZ"}


def each() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda requirement: requirement.name)


def sentences(text: str) -> list[str]:
    lines = [line.removeprefix("- ") for line in text.splitlines()]
    return [sentence for line in lines for sentence in re.split(r"(?<=[.!?])\s+", line) if sentence]


def test_the_names_stand_in_the_promised_order() -> None:
    expected = [f"{kind}.{name}" for kind, names in ORDER.items() for name in names.split()]
    assert [requirement.name for requirement in REQUIREMENTS] == expected
    assert (len(CATALOGUE.of_kind("policy")), len(CATALOGUE.of_kind("register"))) == (46, 27)


@each()
def test_the_level_is_the_promised_one(requirement: Requirement) -> None:
    name = requirement.name.partition(".")[2]
    levels = [level for level, names in LEVELS[requirement.kind].items() if name in names.split()]
    assert requirement.level is (levels[0] if levels else Level.GUIDANCE)


@each()
def test_it_concerns_the_schools_that_it_should(requirement: Requirement) -> None:
    assert requirement.applies_to == NARROWER.get(requirement.name, ())


@each()
def test_what_weighs_more_than_quality_never_rests_on_recall_alone(requirement: Requirement) -> None:
    certain = [citation for citation in requirement.citations if citation.certainty != "recall"]
    assert certain or requirement.level is Level.QUALITY


@each()
def test_it_is_in_force_and_cited_from_the_first_day_on(requirement: Requirement) -> None:
    assert requirement.in_force.since == CATALOGUE.begins
    cited = [citation for citation in requirement.citations if citation.in_force.holds(CATALOGUE.law[0].begins)]
    assert cited or requirement.level is Level.QUALITY


@each()
def test_a_level_of_law_rests_on_law(requirement: Requirement) -> None:
    kinds = {entry.title: entry.kind for entry in INSTRUMENTS.values()}
    lawful = [citation for citation in requirement.citations if kinds[citation.instrument] in {"act", "regulations"}]
    assert lawful or requirement.level is not Level.LAW


@each()
def test_the_edition_of_july_2026_is_cited_or_said_to_be_unread(requirement: Requirement) -> None:
    guidance = [c for c in requirement.citations if c.instrument == "Working together to improve school attendance"]
    editions = {citation.edition for citation in guidance}
    if "August 2024" in editions and "July 2026" not in editions:
        notes = " ".join(citation.note or "" for citation in guidance)
        assert "July 2026 edition was" in notes or "nor was the July 2026 edition" in notes


@each()
def test_everything_is_said(requirement: Requirement) -> None:
    empty = [name for name in (*TEXTS, "example") if name != "reading" and not getattr(requirement, name).strip()]
    assert empty == []
    for said in (requirement.asks, *(citation.note for citation in requirement.citations if citation.note)):
        assert said.endswith("."), f"cut off? {said}"
    assert len(sentences(requirement.asks)) == 1


@each()
def test_the_words_are_plain(requirement: Requirement) -> None:
    for name in TEXTS:
        for sentence in sentences(getattr(requirement, name)):
            assert len(sentence.split()) <= LONGEST_SENTENCE, f"{name}: {sentence}"
            unexplained = set(re.findall(r"\b[A-Z]{2,}\b", sentence)) - CAPITALS
            assert not unexplained, f"{name}: {sentence}"


@each()
def test_names_of_other_requirements_exist(requirement: Requirement) -> None:
    text = "\n".join(getattr(requirement, name) for name in (*TEXTS, "example"))
    for name in re.findall(r"\b(?:policy|register)\.[a-z]+(?:-[a-z]+)*\b", text):
        assert name == "register.yaml" or CATALOGUE[name]


def test_the_head_says_how_far_the_law_was_read() -> None:
    (law,) = CATALOGUE.law
    assert law.read_on.isoformat() == "2026-11-22"
    assert law.begins.isoformat() == "2024-08-19"
    assert law.jurisdiction.startswith("England only")
    assert any("July 2026: read in part" in line for line in law.not_read)


def test_editions_of_a_work_follow_each_other() -> None:
    works: dict[str, list[tuple[str, str]]] = {}
    for instrument in INSTRUMENTS.values():
        if instrument.revoked_by:
            successor = INSTRUMENTS[instrument.revoked_by]
            assert instrument.in_force.until is not None, f"{instrument.key} is revoked but has no last day"
            assert successor.in_force.since is not None, successor.key
            assert instrument.in_force.until < CATALOGUE.law[0].read_on
        if instrument.edition and instrument.in_force.until:
            assert instrument.revoked_by, f"{instrument.key} ended, but nothing says what replaced it"
        works.setdefault(instrument.title, []).append((str(instrument.in_force.since or ""), instrument.key))
    for title, editions in works.items():
        standing = [key for _, key in editions if INSTRUMENTS[key].revoked_by is None]
        assert len(standing) <= 1, f"{title}: {standing} are all said to be current"
        for (_, earlier), (_, later) in pairwise(sorted(editions)):
            assert INSTRUMENTS[earlier].revoked_by is not None, f"{earlier} was not replaced by {later}"


def test_a_citation_outlives_the_edition_that_it_comes_from() -> None:
    """A later edition that was not read takes no words away: they still come from the earlier one."""
    (august,) = [c for c in CATALOGUE["policy.retention"].citations if c.instrument.startswith("School Attendance")]
    (framework,) = [c for c in CATALOGUE["policy.penalty-framework"].citations if c.edition == "August 2024"]
    read_on = CATALOGUE.law[0].read_on
    assert august.in_force.holds(read_on)
    assert framework.in_force.holds(read_on)
    assert not INSTRUMENTS["working-together-attendance-2024-08"].in_force.holds(read_on)


def test_a_later_edition_is_not_cited_before_it_appeared() -> None:
    (july,) = [c for c in CATALOGUE["policy.code-resolution"].citations if c.edition == "July 2026"]
    assert not july.in_force.holds(CATALOGUE.law[0].begins)


def model_policy() -> str:
    return "\n\n".join(requirement.example for requirement in CATALOGUE.of_kind("policy"))


def test_the_model_wording_lists_every_code_once() -> None:
    codes = [line.partition(":")[0] for line in CATALOGUE["policy.codes-list"].example.splitlines() if ":" in line]
    expected = r"/ \ L K V P W B C1 M J1 S C2 C T R I E D X Q Y1 Y2 Y3 Y4 Y5 Y6 Y7 G O U N Z #"
    assert codes == expected.split()
    assert len(codes) == 34


def test_the_model_wordings_agree_with_each_other() -> None:
    text = model_policy()
    assert {"8:50", "9:15", "13:10", "13:35", "8:45", "15:20", "8:30"} == set(re.findall(r"\b\d{1,2}:\d\d\b", text))
    holders: dict[str, set[str]] = {}
    contact = r"(Ada Fenwick|Daniel Osei|Ruth Calloway|office)\b[^.]*?(01632 960\d{3})"
    for who, number in re.findall(contact, text):
        holders.setdefault(who, set()).add(number)
    assert all(len(numbers) == 1 for numbers in holders.values()), holders
    assert set(re.findall(r"\b0\d{4} \d{6}\b", text)) <= {f"01632 96012{last}" for last in range(10)}


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


HEAD = "{read_on: 2026-01-01, begins: 2024-08-19, not_read: [], jurisdiction: Here., order: [policy.one]}"
INSTRUMENT = "instruments: {act: {title: Act, kind: act, in_force: {}, certainty: seen}}"
ONE = """requirements:
  - {name: policy.one, title: One, asks: One., level: law, in_force: {from: 2024-08-19}, why: w, law: l, passes: p,
     fails: f, fix: f, example: e, citations: [{source: act, provision: section 1, certainty: seen}]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("catalogue.yaml", HEAD), ("instruments.yaml", INSTRUMENT), ("one.yaml", ONE)):
        write(tmp_path, name, text)
    return tmp_path


def test_a_small_catalogue_loads(folder: Path) -> None:
    catalogue: Catalogue = load_catalogue(folder)
    assert [(r.name, r.citations[0].instrument) for r in catalogue] == [("policy.one", "Act")]


@pytest.mark.parametrize(
    ("edit", "error", "said"),
    [
        (("one.yaml", "source: act", "source: akt"), PluginError, "Did you mean 'act'"),
        (("one.yaml", "level: law", "level: lore"), UsageError, "'lore' is not one of"),
        (("catalogue.yaml", "policy.one", "policy.two"), PluginError, "the order and the requirements differ"),
        (("instruments.yaml", "certainty", "revoked_by: akt, certainty"), PluginError, "an unknown instrument"),
        (("instruments.yaml", "kind: act", "kind: song"), UsageError, "'song' is not one of"),
    ],
)
def test_mistakes_in_a_catalogue_are_said(
    folder: Path, edit: tuple[str, str, str], error: type[Exception], said: str
) -> None:
    file, old, new = edit
    write(folder, file, (folder / file).read_text(encoding="utf-8").replace(old, new))
    with pytest.raises(error, match=re.escape(said)):
        load_catalogue(folder)


def test_a_name_defined_twice_is_an_error(folder: Path) -> None:
    write(folder, "two.yaml", ONE)
    with pytest.raises(PluginError, match="defined twice"):
        load_catalogue(folder)


def test_every_file_of_the_catalogue_fits_its_schema() -> None:
    for file in FOLDER.iterdir():
        schema = file.name.removesuffix(".yaml")
        assert load_yaml(file, schema if schema in {"catalogue", "instruments"} else "requirements")
