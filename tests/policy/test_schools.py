"""What documents are, and whose: attendance policies of schools in England, and whatever else lies in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.documents.assemble import assemble
from checker.documents.html import draft_of
from checker.identity import Identity
from checker.schools import School
from checker.testing import document_of, plugins

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("schools.yaml").read_text("utf-8"))["cases"]


def identity_of(case: dict[str, Any]) -> Identity:
    return plugins().identify(document_of(case["text"], case.get("form", "markdown")), School())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_it_is_and_whose(case: dict[str, Any]) -> None:
    identity = identity_of(case)
    assert identity.is_policy is case["policy"], identity.notes
    for words in case.get("says", []):
        assert words.lower() in identity.notes[0].lower(), identity.notes
    first = identity.schools[0]
    if "types" in case:
        assert [kind.value for kind in first.types] == case["types"], identity.notes
    if "names" in case:
        assert [school.name for school in identity.schools] == case["names"]
    if "urn" in case:
        assert first.urn == case["urn"]
    if "authority" in case:
        assert first.local_authority == case["authority"]


def test_the_kind_is_shown_by_a_whole_sentence() -> None:
    policy = "# Attendance policy\n\nSCHOOL GOVERNING BODY RULES\n\nOn each matter the governing body of the school has the last word."
    notes = plugins().identify(document_of(policy), School()).notes
    assert notes == (
        "The kind of school (maintained) was read from the text: “On each matter the governing body of the school has the"
        " last word”.",
    )


@pytest.mark.parametrize("elsewhere", ["Menus", "Vacancies", "Newsletters", "Ofsted report"])
def test_other_pages_of_a_site_say_nothing_of_this_one(elsewhere: str) -> None:
    page = f"""<header><p>Thistledown School</p><a>{elsewhere}</a></header><main><h1>Attendance and absence</h1>
    <p>This page is our attendance policy. Pupils are registered at 8.50am; those who come late are marked L. Ring us by
    nine when your child is absent. Leave of absence is granted in exceptional circumstances; an unauthorised absence
    may end in a penalty notice. Every pupil is expected to attend.</p></main><aside><p>{elsewhere}</p></aside>"""
    document = assemble(draft_of(Path("attendance.html"), page), "attendance.html")
    assert plugins().identify(document, School()).is_policy
