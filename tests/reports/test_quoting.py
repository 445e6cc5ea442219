"""Quotations as people see them: the words, without the signs of the format that they were written in."""

from __future__ import annotations

import pytest

from checker.findings import Passage
from checker.reports.wording import quoted


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"- Call **01632 960 111** \(office\)", "Call 01632 960 111 (office)"),
        ("• Pupils attend – every day", "Pupils attend – every day"),
        ("## Lateness", "Lateness"),
        ("#1 is 2 * 3 - 4", "#1 is 2 * 3 - 4"),
    ],
)
def test_signs_are_left_out(written: str, shown: str) -> None:
    assert quoted(Passage(written, 0, len(written))) == shown
