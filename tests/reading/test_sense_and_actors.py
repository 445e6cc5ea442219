"""Who does a thing, and whether it is done: the readings that every topic leans on."""

from __future__ import annotations

import pytest

from checker.reading.actors import Actors
from checker.reading.phrases import concept
from checker.reading.sense import sense_of
from checker.reading.senses import Sense
from checker.reading.splitting import read_statements
from checker.testing import document_of

ACTORS = Actors(
    {
        "parents": concept("parents", ["parent~|carer~|you"]),
        "pupils": concept("pupils", ["pupil~|child|children"]),
        "school": concept("school", ["school|office|staff|we|i"]),
        "authority": concept("authority", ["welfare officer", "council"]),
    }
)


@pytest.mark.parametrize(
    ("text", "deed", "who"),
    [
        ("Each morning that a child is ill, contact the office.", "contact the office", None),
        ("Is the child unwell? Ring the desk.", "ring", None),
        ("A parent whose child is ill must ring the office.", "ring", "parents"),
        ("Parents attend on each day on which the school is open, and write if they cannot.", "write", "parents"),
        ("We meet with parents and carers to ring the changes.", "ring", "school"),
        ("We speak to the parents and staff must write it down.", "write", "school"),
        ("Ongoing absence: welfare officer informed on day 5.", "informed", None),
        ("What should I do? Please ring the office.", "ring", None),
        ("The office cannot agree to it. If you wish please ring them.", "ring", None),
        ("The council, not the school, rings parents.", "rings", "authority"),
        ("Greet every child. Take the register. Talk about lateness.", "talk", None),
    ],
)
def test_who_is_meant(text: str, deed: str, who: str | None) -> None:
    statements = read_statements(document_of(text))
    statement = statements.all[-1]
    (predicate,) = statements.matches(statement, concept("deed", [deed]))
    assert ACTORS.of(statements, statement, predicate) == who


@pytest.mark.parametrize(
    ("text", "deed", "sense"),
    [
        ("In the past, parents were told.", "told", Sense.PAST),
        ("Parents were told until July 2024.", "told", Sense.PAST),
        ("Parents are told until July 2027.", "told", Sense.AFFIRMED),
        ("Before August 2024 parents were told.", "told", Sense.PAST),
        ("Before 2024, parents had to be told.", "told", Sense.PAST),
        ("Before September 2030, parents will be told.", "told", Sense.AFFIRMED),
        ("No two are alike and each is told.", "told", Sense.AFFIRMED),
        ("We expect parents to:\n\n- in earlier years, give two numbers", "expect", Sense.PAST),
        ("We expect parents to:\n\n- no longer give two numbers", "expect", Sense.PAST),
        ("Arrivals after it has closed are marked absent.", "marked", Sense.AFFIRMED),
        ("Report an absence nobody expected to the office.", "report an absence", Sense.AFFIRMED),
        ("No parent, however busy, is told.", "told", Sense.DENIED),
        ("Parents, however busy, are told.", "told", Sense.AFFIRMED),
        ("4.2 No parent shall be told.", "told", Sense.DENIED),
        ("The school tells nobody of it.", "school tells", Sense.DENIED),
        ("We aim to tell the council.", "tell", Sense.WEAKENED),
        ("Parents may be contacted that day.", "parents .. contacted", Sense.PERMITTED),
        ("They come in without fuss and to be punctual.", "punctual", Sense.AFFIRMED),
        ("Still nothing? We ring again.", "ring", Sense.AFFIRMED),
        ("The board would like the school one day to tell parents.", "tell", Sense.WEAKENED),
        ("The head is considering whether parents of all pupils should in future be told.", "told", Sense.WEAKENED),
        ("Whether a pupil is ill or late parents are told.", "told", Sense.AFFIRMED),
        ("Parents of pupils away with no message are told.", "parents ... told", Sense.AFFIRMED),
        ("Parents of pupils away with no permission are told.", "parents ... told", Sense.AFFIRMED),
        ("Parents are with no exception told.", "parents ... told", Sense.AFFIRMED),
        ("Parents with no telephone are never told.", "parents ... told", Sense.DENIED),
        ("Where there is no message the office rings parents.", "rings", Sense.AFFIRMED),
        ("Should there be no word from home Mrs Quill rings.", "rings", Sense.AFFIRMED),
        ("There is no call the office makes.", "makes", Sense.DENIED),
        ("Where there is no call from the office, tell us.", "call from", Sense.DENIED),
        ("He picks out those who have stopped coming.", "picks", Sense.AFFIRMED),
        ("Until the service was closed, the officer was told.", "told", Sense.PAST),
        ("It is not the case that staff guess, but parents are told.", "told", Sense.AFFIRMED),
        ("A plan for such a pupil is not made.", "plan", Sense.DENIED),
        ("A plan for such a pupil is not made without the parents.", "plan", Sense.AFFIRMED),
        ("A plan for a pupil whose reason is not given is made.", "plan", Sense.AFFIRMED),
        ("A plan is no longer made.", "plan", Sense.DENIED),
        ("Requests should not be submitted later than noon.", "requests", Sense.AFFIRMED),
        ("Parents will not always have been told.", "told", Sense.DENIED),
        ("You cannot read it or print it.", "print", Sense.DENIED),
        ("Parents are not asked to write or to ring.", "ring", Sense.DENIED),
        ("Parents are asked not to write, and to ring.", "ring", Sense.AFFIRMED),
        ("Parents are not required to write, wait and ring the office.", "ring", Sense.DENIED),
        ("Parents are not expected to see that they come, and that they stay; to ring.", "ring", Sense.DENIED),
        ("The board does not ask, and make sure that parents are told.", "told", Sense.DENIED),
        ("Parents are told, unless the office is too busy.", "told", Sense.WEAKENED),
    ],
)
def test_what_is_done_with_a_deed(text: str, deed: str, sense: Sense) -> None:
    statements = read_statements(document_of(text))
    statement = statements.all[-1]
    (predicate,) = statements.matches(statement, concept("deed", [deed]))
    assert sense_of(statement, predicate) is sense


def test_what_one_cell_denies_leaves_the_others_alone() -> None:
    statements = read_statements(
        document_of("| Stage | When | What |\n|---|---|---|\n| 1 | no progress | parents told |\n")
    )
    row = next(statement for statement in statements if statement.row)
    (predicate,) = statements.matches(row, concept("deed", ["told"]))
    assert sense_of(row, predicate) is Sense.AFFIRMED


def test_an_answer_of_nothing_but_a_line_has_no_actor() -> None:
    statements = read_statements(document_of("What should I do? Ring the office.\n\nWhat about calls?\n\n+++++++++"))
    deed = concept("deed", ["calls", "ring"])
    found = [
        ACTORS.of(statements, statement, match)
        for statement in statements
        for match in statements.matches(statement, deed)
    ]
    assert found


def test_what_was_up_to_some_year_is_past() -> None:
    statements = read_statements(document_of("Up to 2024 the day began at nine."))
    (predicate,) = statements.matches(statements.all[0], concept("deed", ["began"]))
    assert sense_of(statements.all[0], predicate) is Sense.PAST
