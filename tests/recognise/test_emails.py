"""E-mail addresses and websites."""

import pytest

from checker.recognise.emails import emails, websites


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("office@elmfield.sch.uk", "office@elmfield.sch.uk"),
        ("write to office@elmfield.sch.uk.", "office@elmfield.sch.uk"),
        ("office @ elmfield.sch.uk", "office@elmfield.sch.uk"),
        ("office@ elmfield.sch.uk", "office@elmfield.sch.uk"),
        ("office@elmfield. sch.uk", "office@elmfield.sch.uk"),
        ("office[at]elmfield.sch.uk", "office@elmfield.sch.uk"),
        ("office (at) elmfield (dot) sch (dot) uk", "office@elmfield.sch.uk"),
        ("Email:office@elmfield.sch.uk", "office@elmfield.sch.uk"),
        ("mailto:office@elmfield.sch.uk", "office@elmfield.sch.uk"),
        ("<J.Smith@Elmfield.kent.sch.uk>,", "j.smith@elmfield.kent.sch.uk"),
        ("'office@elmfield.org'", "office@elmfield.org"),
        ("O'Neill@elmfield.org", "o'neill@elmfield.org"),
        ("first-day_calls+y7@elmfield.academy;", "first-day_calls+y7@elmfield.academy"),
    ],
)
def test_finds(text: str, value: str) -> None:
    assert [address.value for address in emails(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "follow @elmfieldschool",
        "a@b",
        "10% @ school",
        "look at www.elmfield.sch.uk",
        "absent.See the office",
        "@",
        "@@@.com",
    ],
)
def test_is_no_address(text: str) -> None:
    assert emails(text) == ()


@pytest.mark.parametrize(
    ("text", "value", "host"),
    [
        ("see www.elmfield.sch.uk/attendance.", "www.elmfield.sch.uk/attendance", "elmfield.sch.uk"),
        ("see elmfield.sch.uk", "elmfield.sch.uk", "elmfield.sch.uk"),
        ("(https://www.gov.uk/x_(y))", "https://www.gov.uk/x_(y)", "gov.uk"),
        ("https://elmfield.example/a?b=c&d#e, and", "https://elmfield.example/a?b=c&d#e", "elmfield.example"),
        ("on Elmfield.org.uk!", "Elmfield.org.uk", "elmfield.org.uk"),
    ],
)
def test_websites(text: str, value: str, host: str) -> None:
    assert [(site.value, site.host) for site in websites(text)] == [(value, host)]


@pytest.mark.parametrize(
    "text", ["office@elmfield.sch.uk", "absent.See the office", "e.g.the", "9.15", "sch.uk", "4.2.1"]
)
def test_is_no_website(text: str) -> None:
    assert websites(text) == ()


def test_offsets_lead_to_the_words() -> None:
    text = "Write to office @ elmfield.sch.uk today."
    assert emails(text)[0].written(text) == "office @ elmfield.sch.uk"
