"""Times of day in the spellings that schools use, and what only looks like one."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.recognise.times import Time, time_ranges, times


def found(text: str, *, doubtful: bool = False) -> list[str]:
    return [time.hhmm for time in times(text, doubtful=doubtful)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The register closes at 9.25am.", ["09:25"]),
        ("opens at 08:45am", ["08:45"]),
        ("by 9:25 a.m. each day", ["09:25"]),
        ("by 9.25 a. m.", ["09:25"]),
        ("taken at 0900hrs", ["09:00"]),
        ("taken at 0900 hours", ["09:00"]),
        ("Registration 0900", ["09:00"]),
        ("from 0845 to 0915", ["08:45", "09:15"]),
        ("0900-1500", ["09:00", "15:00"]),
        ("ends at 1520", ["15:20"]),
        ("arrive by 840am", ["08:40"]),
        ("closes at 13.15pm", ["13:15"]),
        ("until 9.15 am", ["09:15"]),
        ("before 9am", ["09:00"]),
        ("at 9 o'clock", ["09:00"]),
        ("at nine o'clock", ["09:00"]),
        ("by nine thirty am", ["09:30"]),
        ("at nine fifteen", ["09:15"]),
        ("quarter past nine", ["09:15"]),
        ("a quarter to nine", ["08:45"]),
        ("half past eight", ["08:30"]),
        ("half past 12", ["12:30"]),
        ("at half eight.", ["08:30"]),
        ("twenty-five past nine", ["09:25"]),
        ("at ten to nine", ["08:50"]),
        ("taken at ten to nine and closed at ten past", ["08:50", "09:10"]),
        ("called at 13.50 and shut at ten past", ["13:50", "14:10"]),
        ("called at 12.50pm and shut at ten past", ["12:50", "13:10"]),
        ("called at 1.05pm and shut at twenty-five past", ["13:05", "13:25"]),
        ("ten minutes to nine", ["08:50"]),
        ("no later than noon", ["12:00"]),
        ("before midday", ["12:00"]),
        ("12 noon", ["12:00"]),
        ("8.50 – 9.20am", ["08:50", "09:20"]),
        ("8.50-9.20am", ["08:50", "09:20"]),
        ("8.45am–9.15am", ["08:45", "09:15"]),
        ("between 8:40 and 8:55", ["08:40", "08:55"]),
        ("doors open at 8.45/8.50", ["08:45", "08:50"]),
        ("8.45, 8.50 or 8.55am", ["08:45", "08:50", "08:55"]),
        ("closes at 9.15am and 1.00pm", ["09:15", "13:00"]),
        ("closes at 9.15 and 1.00pm", ["09:15", "13:00"]),
        ("11.50 – 12.20pm", ["11:50", "12:20"]),
        ("from 8.30am to 3.30", ["08:30", "15:30"]),
        ("9 – 9.30am", ["09:00", "09:30"]),
        ("between 9 and 9.30am", ["09:00", "09:30"]),
        ("9-10 am", ["09:00", "10:00"]),
        ("at 8.45 in the morning", ["08:45"]),
        ("8.20 in the evening", ["20:20"]),
        ("AM: 8.50 PM: 1.10", ["08:50", "13:10"]),
        ("am 8.50 pm 1.10", ["08:50", "13:10"]),
        ("at 9.15 (morning) and 1.15 (afternoon)", ["09:15", "01:15"]),
        ("at8.45am", ["08:45"]),
        ("8 .50am", ["08:50"]),
        ("9,15am", ["09:15"]),
        ("Start of day: 8.50", ["08:50"]),
        ("08.25 Warning bell.", ["08:25"]),
        ("14.10 – 15.10", ["14:10", "15:10"]),
        ("the bell at 08:40:00", ["08:40"]),
    ],
)
def test_finds(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "see section 9.15",
        "(see 4.25)",
        "in sections 4.10 and 4.15",
        "as set out in 3.10",
        "at 4.10 above",
        "4.10 The school will keep a record",
        "14.25 Registration of pupils",
        "a price of £9.15",
        "£1.10/£1.20",
        "9.15%",
        "9.5%",
        "on 12.10.2025",
        "12.10.25",
        "2025-09-12",
        "call 01632 960 900",
        "call 0845 123 4567",
        "Childline 0800 1111",
        "version 2.10",
        "v1.20",
        "a ratio of 1:10",
        "1:15 support",
        "John 10:10",
        "Proverbs 22:16",
        "they won 3.2",
        "6.25 hours of lessons",
        "32.50 hours a week",
        "Year 9 am registration",
        "five to nine pupils",
        "from ten to twelve weeks",
        "midday meals supervisors",
        "25:10",
        "9.60am",
        "Room 1.10",
        "the 2024 Regulations",
        "by 2010",
        "5.10km away",
        "IP 10.10.10.10",
    ],
)
def test_is_no_time(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["15.20", "8.45/8.50", "8.50", "1.10 Registration", "Period 5 (1.40)", "L 9.15"])
def test_figures_without_a_word_beside_them_are_found_on_request_only(text: str) -> None:
    assert found(text) == []
    assert found(text, doubtful=True)
    assert not any(time.sure for time in times(text, doubtful=True))


@pytest.mark.parametrize("text", ["13.15pm", "14:10am", "12.30am", "0.15pm"])
def test_what_nobody_means_is_flagged(text: str) -> None:
    (time,) = times(text)
    assert time.odd


@pytest.mark.parametrize("text", ["9.15am", "12.15pm", "0900hrs", "15:20", "12 noon"])
def test_what_is_usual_is_not_flagged(text: str) -> None:
    (time,) = times(text)
    assert not time.odd


@pytest.mark.parametrize(
    ("text", "session", "expected"),
    [
        ("at 1:10", None, "13:10"),
        ("at 1:10", "PM", "13:10"),
        ("at 1:10", "AM", "13:10"),
        ("at 3.20", None, "15:20"),
        ("at 6.59", None, "18:59"),
        ("at 7.00", None, "07:00"),
        ("at 8.45", "AM", "08:45"),
        ("at 12.30", "PM", "12:30"),
        ("at 1.10pm", None, "13:10"),
        ("at 1.10am", None, "01:10"),
        ("at 0110hrs", None, "01:10"),
        ("at 12.30am", "PM", "12:30"),
        ("at 12.30am", None, "00:30"),
        ("at 15:20", None, "15:20"),
    ],
)
def test_a_school_means_the_afternoon(text: str, session: str | None, expected: str) -> None:
    (time,) = times(text)
    assert time.resolve(session).hhmm == expected


@pytest.mark.parametrize(
    ("text", "written", "minutes"),
    [
        ("open 8.50 – 9.20am today", "8.50 – 9.20am", 30),
        ("open between 8:40 and 8:55 today", "between 8:40 and 8:55", 15),
        ("open from 8.45am until 9.15am", "from 8.45am until 9.15am", 30),
        ("open 12.45 – 1.15 pm", "12.45 – 1.15 pm", 30),
        ("open 1:10-1:40", "1:10-1:40", 30),
        ("open 12.50 to 1.20", "12.50 to 1.20", 30),
        ("noon to 1pm", "noon to 1pm", 60),
        ("After hours 17.00 – 08.00", "17.00 – 08.00", -540),
    ],
)
def test_ranges(text: str, written: str, minutes: int) -> None:
    (stretch,) = time_ranges(text, doubtful=True)
    assert stretch.written(text) == written
    assert stretch.minutes == minutes


@pytest.mark.parametrize(
    "text", ["at 9.15am and 1.00pm", "8.45/8.50am", "at 9.15am. Gates open at 8.30am", "9.15am, 9.30am"]
)
def test_two_times_are_no_range(text: str) -> None:
    assert time_ranges(text, doubtful=True) == ()
    assert len(times(text)) == 2


def test_offsets_lead_to_the_words() -> None:
    text = "It opens at quarter past eight and shuts at 9.15 a.m. sharp."
    assert [time.written(text) for time in times(text)] == ["quarter past eight", "9.15 a.m."]


def test_a_full_stop_behind_am_belongs_to_the_sentence() -> None:
    text = "Come before 9am. Then wait."
    assert times(text)[0].written(text) == "9am"


def test_resolving_a_range_resolves_both_ends() -> None:
    (stretch,) = time_ranges("between 1:00 and 1:30")
    resolved = stretch.resolve("PM")
    assert (resolved.first.hhmm, resolved.last.hhmm) == ("13:00", "13:30")


_MERIDIEM = st.sampled_from(["am", " am", "a.m.", " a.m.", "AM", " A.M."])


@given(st.times(), st.sampled_from([".", ":"]), _MERIDIEM)
def test_any_time_written_on_the_twelve_hour_clock_comes_back(time: dt.time, mark: str, half: str) -> None:
    half = half.replace("a", "p").replace("A", "P") if time.hour >= 12 else half
    (found_time,) = times(f"It closes at {(time.hour - 1) % 12 + 1}{mark}{time.minute:02}{half}")
    assert found_time.value == dt.time(time.hour, time.minute)


@given(st.times(), st.sampled_from(["{:02}:{:02}", "{:02}{:02}hrs", "{:02}:{:02} hrs", "{:02}.{:02} hrs"]))
def test_any_time_written_on_the_24_hour_clock_comes_back(time: dt.time, form: str) -> None:
    text = f"It closes at {form.format(time.hour, time.minute)}"
    assert [found_time.value for found_time in times(text)] == [dt.time(time.hour, time.minute)]


@given(st.integers(1, 12), st.sampled_from([5, 10, 20, 25]))
def test_spoken_times_come_back(hour: int, minutes: int) -> None:
    words = {5: "five", 10: "ten", 20: "twenty", 25: "twenty-five"}
    before = f"{words[minutes]} minutes to {hour}"
    past = f"{words[minutes]} minutes past {hour}"
    assert [time.minutes for time in times(past)] == [hour % 24 * 60 + minutes]
    assert [time.minutes for time in times(before)] == [((hour - 2) % 12 + 1) * 60 + 60 - minutes]


@given(st.text(alphabet="0123456789.:-–/ apm£%section", max_size=60))
def test_no_text_breaks_it_and_offsets_stay_inside(text: str) -> None:
    for time in times(text, doubtful=True):
        assert isinstance(time, Time)
        assert 0 <= time.start < time.end <= len(text)
