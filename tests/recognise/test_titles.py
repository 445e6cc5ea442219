"""Titles of guidance that a caller knows, and their editions."""

import pytest

from checker.recognise.titles import Titles

TITLES = Titles(
    {
        "working-together": ["Working together to improve school attendance", "WTISA"],
        "safe": ["Keeping children safe in education", "KCSIE"],
        "missing": ["Children missing education"],
        "needs": ["Children's health and social needs"],
    }
)


@pytest.mark.parametrize(
    ("text", "key", "edition"),
    [
        ("Working together to improve school attendance", "working-together", None),
        ("working together to improve school attendance (August 2024)", "working-together", "2024-08"),
        ("'Working Together to Improve School Attendance', August 2024", "working-together", "2024-08"),
        ("Working together to improve school attendance (DfE, 2024)", "working-together", "2024"),
        ("Working together to improve school attendance (updated July 2026)", "working-together", "2026-07"),
        ("the DfE's August 2024 'Working together to improve school attendance'", "working-together", "2024-08"),
        ("the 2024 edition of Working together to improve school attendance", "working-together", "2024"),
        ("Working together to improve school attendance (applies from 19 August 2024)", "working-together", None),
        ("WTISA", "working-together", None),
        ("Keeping Children Safe in Education 2025", "safe", "2025"),
        ("KCSIE (September 2025)", "safe", "2025-09"),
        ("KCSIE 2025", "safe", "2025"),
        ("Children Missing Education 2024", "missing", "2024"),
        ("childrens health & social needs", "needs", None),
        ("Working together to improve school-attendance. In May 2025 we", "working-together", None),
    ],
)
def test_finds(text: str, key: str, edition: str | None) -> None:
    (title,) = TITLES.find(text)
    assert (title.key, title.edition.iso if title.edition else None) == (key, edition)


@pytest.mark.parametrize("text", ["kcsie", "working together", "KCSIEs", "children are missing education", ""])
def test_is_no_title(text: str) -> None:
    assert TITLES.find(text) == ()


def test_the_longest_spelling_wins() -> None:
    titles = Titles({"short": ["Safe schools"], "long": ["Safe schools and colleges"]})
    assert [title.key for title in titles.find("Safe schools and colleges; safe schools")] == ["long", "short"]


def test_nothing_is_known_where_nothing_is_given() -> None:
    assert Titles({}).find("Working together to improve school attendance") == ()


def test_a_date_behind_one_title_is_not_that_of_the_next() -> None:
    titles = Titles({"one": ["Attendance matters"], "two": ["Safe schools"]})
    assert [one.edition is None for one in titles.find("Attendance matters (February 2031) Safe schools")] == [
        False,
        True,
    ]
    assert [one.edition is None for one in titles.find("Attendance matters. The May 2031 Safe schools")] == [
        True,
        False,
    ]


def test_year_of_a_law_that_stands_behind_a_title_is_no_edition() -> None:
    titles = Titles({"working": ["Working together to improve school attendance"]})
    assert (
        titles.find("Working together to improve school attendance, the 2024 registration regulations")[0].edition
        is None
    )
    assert titles.find("Working together to improve school attendance, the 2024 guidance")[0].edition is not None
