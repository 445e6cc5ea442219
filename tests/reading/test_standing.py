"""What a document takes back as a whole is no part of what it says."""

from __future__ import annotations

import datetime as dt

import pytest

from checker.reading.standing import as_it_stands
from checker.testing import document_of

TABLE = """
| Who   | What                                    |
| ----- | --------------------------------------- |
| Head  | Tells parents. This no longer happens.  |
| Clerk | Writes.                                 |
"""
DAY = dt.date(2026, 11, 22)


def standing(text: str) -> list[str]:
    return [block.text for block in as_it_stands(document_of(text), DAY).readable_blocks()]


@pytest.mark.parametrize(
    "text",
    [
        "Parents are told. We have stopped doing this.",
        "Parents are told. This no longer happens.",
        "Parents are told. At present this does not happen.",
        "Parents are told. This was our practice until 2023.",
        "It is not the case that parents are told.",
        "There is no requirement that parents are told.",
        "We are considering whether parents should be told.",
        "We hope that one day parents will be told.",
        "Parents are told and asked, but this has ended.",
        "Parents are told, but we no longer do this.",
        "Parents are told, although this is not done at present.",
        "Parents are told unless we are too busy.",
        "Parents are told until July 2023.",
        "Until July 2023 parents are told.",
        "Mrs Quill, 01632 960123, until July 2023",
        "Parents are told. This is no longer done for families or pupils.",
        "Parents are told. Families are asked. None of this is done at present.",
        "Parents are told by letter. Families are rung. These letters and calls are no longer sent.",
        "Parents are told. At present our system cannot do this.",
        "Parents are told. But this isn't done here yet.",
        "We tell:\n\n- parents\n- the council\n\nThey no longer need to.",
        "We do not tell parents of:\n\n- lateness\n\nThis isn't done yet.",
    ],
)
def test_what_is_taken_back_is_gone(text: str) -> None:
    assert standing(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Parents are told. We do not do so lightly.",
        "Parents are told. The building work has ended.",
        "Parents are told until July 2029.",
        "Parents are told until the pupil is back.",
        "This policy is valid until July 2025.",
        "Until July 2023 the fine was £60; it is now £80.",
        "We do not ring before 9am unless it is urgent.",
        "We joined a trial of messages, which has since ended.",
        "Have you told us that this has ended?",
        "Parents are told. We do not do this because we doubt anybody.",
        "Parents are told. They are no longer told by post.",
        "Parents are told. This is no longer so, except in July.",
        "Parents are told. This guidance has been withdrawn.",
        "Pupils go to lessons. They are no longer registered.",
        "The sheet is kept. It is no longer than a page.",
    ],
)
def test_what_stands_is_left_as_it_is(text: str) -> None:
    assert standing(text) == [text]


def test_a_past_length_takes_nothing_back_but_itself() -> None:
    assert standing("We keep it for six years. This was three years until August 2024.") == [
        "We keep it for six years."
    ]


def test_what_is_said_anew_behind_it_stays() -> None:
    assert standing("Parents are told. This rule has ended: staff are told.") == ["staff are told."]


def test_a_paragraph_takes_back_the_list_or_the_counted_items_above() -> None:
    text = "We hold:\n\n- the mark\n- the date\n- the name\n\nThe two things above are no longer kept."
    assert standing(text) == ["We hold:", "the mark"]


def test_what_is_described_above_is_sought_in_the_section() -> None:
    text = "# Absence\n\nWe call parents. Staff meet.\n\n- Calls go on.\n\nThe calls described above used to be made by all."
    assert standing(text) == ["Absence", "Staff meet."]


def test_a_lead_takes_its_list_with_it() -> None:
    assert standing("Until July 2023 we told:\n\n- parents\n- staff\n\nWe write.") == ["We write."]


def test_what_follows_in_time_is_no_list() -> None:
    assert standing("Until July 2023 we rang on the following day.\n\n- Parents are told.") == ["Parents are told."]


def test_a_column_of_the_table_above_goes() -> None:
    document = as_it_stands(document_of(f"{TABLE}\nThe What column of this table no longer applies.", "markdown"), DAY)
    assert [row.text for row in document.tables[0].rows] == ["Who What", "Head", "Clerk"]


def test_only_the_sentence_goes_and_the_rest_leads_back_to_its_place() -> None:
    text = "We ring. Parents are told. This has now stopped. Staff meet."
    (block,) = as_it_stands(document_of(text), DAY).readable_blocks()
    assert block.text == "We ring. Staff meet."
    start, end = block.reading.span(block.text.index("Staff"), len(block.text))
    assert text[start:end] == "Staff meet."


def test_a_cell_loses_it_and_its_row_too() -> None:
    document = as_it_stands(document_of(TABLE, "markdown"), DAY)
    (table,) = document.tables
    assert (
        [row.text for row in table.rows]
        == [block.text for block in document.blocks]
        == ["Who What", "Head", "Clerk Writes."]
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("It is not the case that staff guess, but parents are told.", "but parents are told."),
        (
            "We hope that parents will ring, however the office rings all the same.",
            "however the office rings all the same.",
        ),
        ("In theory the head may fine, but we talk first.", "but we talk first."),
    ],
)
def test_what_it_goes_over_to_is_left_of_a_sentence_that_is_set_aside(text: str, left: str) -> None:
    assert standing(text) == [left]
