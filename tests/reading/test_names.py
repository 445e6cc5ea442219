"""The short names by which a document calls a body, and who acts where a clause begins with "to which"."""

from __future__ import annotations

import pytest

from checker.reading.actors import Actors
from checker.reading.phrases import concept
from checker.reading.splitting import read_statements
from checker.testing import document_of

AUTHORITY = concept("authority", ["council"])
SCHOOL = concept("school", ["school"])
TELLS = concept("tells", ["tell~", "make~"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Elmshire County Council runs the service. We tell Elmshire each month.", True),
        ("Elmshire County Council (ECC) runs the service. We tell ECC each month.", True),
        ("Elmshire County Council runs the service. We tell schools in Elmshire each month.", False),
        ("Where County Council officers call, let them in. Where shall we tell you?", False),
        ("The School Council meets weekly. We tell each School each month.", False),
        (
            "Mrs Ann Pike, the Attendance Officer that Elmshire Council sends us, calls. We tell Mrs Pike each month.",
            True,
        ),
        ("The council's Welfare Officer, Mr Head, calls on Friday. We tell Mr Head each month.", True),
        ("The council's Welfare Officer, Mr Head, calls on Friday. We tell the head each month.", False),
        ("Mrs Ann Pike, the Attendance Officer, calls the council. We tell Mrs Pike each month.", False),
    ],
)
def test_a_body_goes_by_its_short_name(text: str, said: bool) -> None:
    statements = read_statements(document_of(text))
    assert statements.says(statements.all[-1], AUTHORITY) is said


def test_whom_a_clause_turns_to_is_not_who_acts_in_it() -> None:
    statements = read_statements(document_of("The school lies near the council, to which it makes its returns."))
    actors = Actors({"school": concept("school", ["school"]), "authority": AUTHORITY})
    statement = statements.all[0]
    assert actors.of(statements, statement, statements.matches(statement, TELLS)[0]) == "school"


def test_a_line_without_a_stop_leads_the_list_after_it() -> None:
    statements = read_statements(document_of("We also tell the council\n\n- who has come\n- who has gone"))
    assert [statement.lead for statement in statements][1:] == ["We also tell the council:"] * 2


def test_an_item_with_a_colon_leads_what_cannot_stand_alone_at_its_own_depth() -> None:
    text = "- The office will not:\n- ring at night\n- Write at weekends\n- Parents must ring by nine\n- send a text"
    statements = read_statements(document_of(text))
    assert [statement.lead for statement in statements] == ["", *["The office will not:"] * 2, "", ""]


def test_an_item_with_a_colon_ends_what_the_one_before_it_leads() -> None:
    text = "- The office will not:\n- ring at night\n- Tutors will:\n- ring at noon"
    statements = read_statements(document_of(text))
    assert [statement.lead for statement in statements] == ["", "The office will not:", "", "Tutors will:"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The pupils of school age tell us early.", "pupils"),
        ("The parents attend school and tell us early.", "parents"),
    ],
)
def test_who_acts(text: str, who: str) -> None:
    actors = Actors({"parents": concept("p", ["parents|carers"]), "pupils": concept("c", ["pupils"]), "school": SCHOOL})
    statements = read_statements(document_of(text))
    statement = statements.all[-1]
    assert actors.of(statements, statement, statements.matches(statement, TELLS)[0]) == who


def test_a_heading_may_name_an_actor_twice() -> None:
    actors = Actors({"parents": concept("p", ["parents|carers"])})
    assert actors.only_actor(("parents", "and", "carers")) == "parents"
    assert actors.only_actor(("letters", "to", "parents")) is None


def test_the_sentence_before_does_not_act_in_a_passive() -> None:
    statements = read_statements(document_of("Now and then parents move away. Then the council is told at once."))
    actors = Actors({"parents": concept("p", ["parents"])})
    told = concept("told", ["told"])
    assert actors.of(statements, statements.all[-1], statements.matches(statements.all[-1], told)[0]) is None
