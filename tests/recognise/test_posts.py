"""Posts, offices and teams."""

import pytest

from checker.recognise.posts import posts


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("the headteacher will decide", "headteacher", "headteacher"),
        ("the Head Teacher", "head teacher", "headteacher"),
        ("The Head may agree", "head", "headteacher"),
        ("The Principal: ", "principal", "headteacher"),
        ("our Executive Headteacher", "executive headteacher", "headteacher"),
        ("Deputy Head (Pastoral)", "deputy head pastoral", "deputy headteacher"),
        ("Deputy Head – Pastoral", "deputy head pastoral", "deputy headteacher"),
        ("Vice Principal", "vice principal", "deputy headteacher"),
        ("Assistant Headteacher for attendance", "assistant headteacher for attendance", "assistant headteacher"),
        ("the attendance officer", "attendance officer", "attendance officer"),
        ("Education Welfare Officers", "education welfare officers", "education welfare officer"),
        ("Attendance and Welfare Officer", "attendance and welfare officer", "attendance officer"),
        ("Senior Attendance Champion", "senior attendance champion", "attendance champion"),
        ("family liaison officer", "family liaison officer", "family liaison officer"),
        ("home-school liaison officer", "home-school liaison officer", "family liaison officer"),
        ("pastoral managers", "pastoral managers", "pastoral manager"),
        ("the DSL", "dsl", "designated safeguarding lead"),
        ("SENCo", "senco", "senco"),
        ("Head of Year 9", "head of year 9", "head of year"),
        ("Head of Sixth Form", "head of sixth form", "head of sixth form"),
        ("Chair of Governors", "chair of governors", "governor"),
        ("Trust Attendance Lead", "trust attendance lead", "attendance lead"),
        ("the school office", "school office", "school office"),
        ("the attendance team", "attendance team", "attendance team"),
        ("mental health lead", "mental health lead", "mental health lead"),
    ],
)
def test_finds(text: str, name: str, key: str) -> None:
    (post,) = posts(text)
    assert (post.name, post.key) == (name, key)


@pytest.mark.parametrize(
    "text",
    [
        "head lice",
        "Head injuries",
        "absence can lead to prosecution",
        "poor attendance can lead to",
        "the principal aim",
        "the school leads on this",
        "parents and carers",
        "a police officer",
        "Warden Lane",
        "Reception and Year 1",
        "governing board",
    ],
)
def test_is_no_post(text: str) -> None:
    assert posts(text) == ()


def test_offices_and_teams_are_no_one_person() -> None:
    assert [post.team for post in posts("the school office, the pastoral team or the attendance officer")] == [
        True,
        True,
        False,
    ]


def test_two_posts_are_two() -> None:
    text = "Deputy Head Pastoral and Senior Attendance Champion"
    assert [post.written(text) for post in posts(text)] == ["Deputy Head Pastoral", "Senior Attendance Champion"]
