"""The national codes as data."""

from __future__ import annotations

import datetime as dt
from importlib import resources

from checker.yaml_files import load_yaml
from england_attendance.codes import national_codes
from tests.registers.reference import words


def test_codes_fit_their_schema() -> None:
    content = load_yaml(resources.files("england_attendance") / "codes.yaml", "codes")
    assert len(content["codes"]) == 34


def test_every_code_stands_once_and_in_a_known_class() -> None:
    codes = national_codes()
    every = [code.code for code in codes.codes] + [code.code for code in codes.retired]
    assert len(every) == len(set(every))
    assert {code.group for code in codes.codes} == set(codes.groups)
    assert {code.statistics for code in codes.codes} == set(codes.statistics)


def test_the_codes_changed_on_19_august_2024() -> None:
    codes = national_codes()
    before, after = (codes.in_force_on(dt.date(2024, 8, day)) for day in (18, 19))
    assert before - after == {"H", "J", "Y"}
    assert after - before == {"K", "C1", "J1", "C2", "Q", *(f"Y{number}" for number in range(1, 8))}
    assert dt.date(2024, 8, 19) in codes.changes


def test_absence_is_what_the_statistics_call_absence() -> None:
    absence = national_codes().counted_as("authorised", "unauthorised")
    assert set(absence) == words("C C1 C2 M J1 S T R I E G N O U")
    assert set(national_codes().counted_as("not-possible", "not-counted")) == words("D X Q Y1 Y2 Y3 Y4 Y5 Y6 Y7 # Z")


def test_a_retired_code_says_what_replaced_it() -> None:
    assert national_codes().retired_by_code["J"].replaced_by == "J1"
