"""What begins on a day that has not come, and the school year for which a summer's draft is written."""

from __future__ import annotations

import datetime as dt

import pytest

from checker.reading.ahead import places_ahead
from checker.reading.words import cut


@pytest.mark.parametrize(
    ("text", "as_at", "ahead"),
    [
        ("From September 2027 we will publish it.", dt.date(2026, 11, 22), True),
        ("From September 2027 we will publish it.", dt.date(2027, 9, 1), False),
        ("From September 2027 we will publish it.", dt.date(2027, 6, 15), False),
        ("From January 2027 we will publish it.", dt.date(2026, 11, 22), True),
        ("We have published it since September 2024.", dt.date(2026, 11, 22), False),
    ],
)
def test_what_lies_ahead(text: str, as_at: dt.date, ahead: bool) -> None:
    assert bool(places_ahead(text, cut(text), as_at)) is ahead
