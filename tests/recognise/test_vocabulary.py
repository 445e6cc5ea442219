"""The recognisers' vocabulary fits its schemas, and every recogniser takes time in proportion to its text."""

import time
from collections.abc import Callable
from importlib import resources

import pytest

from checker.recognise import (
    dates,
    durations,
    emails,
    intervals,
    legal,
    money,
    numbers,
    people,
    percentages,
    placeholders,
    posts,
    references,
    telephones,
    times,
)
from checker.recognise.titles import Titles
from checker.yaml_files import load_yaml

RECOGNISERS: list[Callable[[str], object]] = [
    times.time_ranges,
    dates.date_ranges,
    durations.durations,
    intervals.intervals,
    money.money_ranges,
    percentages.percentages,
    numbers.numbers,
    telephones.telephones,
    emails.emails,
    emails.websites,
    people.people,
    posts.posts,
    references.references,
    legal.provisions,
    placeholders.placeholders,
    Titles({"guidance": ["Working together", "WT"]}).find,
]
HOSTILE = [
    *("a", "A", "1", "0", "_", "#", "-", "…", ".", "£", "%", "@", "[", "<", "{", "(", '"', "é"),
    *("1 ", "1.", "1:", "1/", "1-", "1,", "a.", "a@", "A ", "A.", "Ab ", "Ab-", "a b ", "X ", "_ ", ". ", "[a", "«a"),
    *(
        "ten ",
        "twenty-",
        "one hundred and ",
        "1 to ",
        "1 and ",
        "1 or ",
        "half a ",
        "9.15, ",
        "8.50 – ",
        "0900-",
        "0900 ",
    ),
    *(
        "Mr ",
        "Mrs A ",
        "section 1, ",
        "sections 1.1 and ",
        "Act ",
        "Regulations (",
        "(England)",
        "Act 1996 ",
        "SI 2024/",
    ),
    *(
        "January ",
        "1 January ",
        "2024-",
        "01632 ",
        "01632-",
        "www.",
        "a.b.",
        "http://a",
        "every ",
        "once every ",
        "days 1 ",
    ),
    *("head of ", "Deputy and ", "pastoral-", "Working ", "to be ", "£1,", "£1/", "1% "),
]


@pytest.mark.parametrize("recognise", RECOGNISERS)
def test_a_long_word_takes_time_in_proportion(recognise: Callable[[str], object]) -> None:
    recognise("warm up: 9.15am, Sam Lee, section 4, [insert]")
    for seed in HOSTILE:
        text = seed * (10_000 // len(seed)) + "!"
        started = time.process_time()
        recognise(text)
        assert time.process_time() - started < 1.5, seed


@pytest.mark.parametrize("recognise", RECOGNISERS)
@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\x00", "\u0660\u0661.\u0661\u0665am", "²½", "£", "a\u0301", "𝟗.𝟏𝟓am", "٣ days"]
)
def test_odd_text_breaks_nothing(recognise: Callable[[str], object], text: str) -> None:
    assert recognise(text) is not None


@pytest.mark.parametrize("name", ["people", "given-names", "posts", "placeholders"])
def test_vocabulary_fits_its_schema(name: str) -> None:
    assert load_yaml(resources.files("checker.recognise") / f"{name}.yaml", schema=name)


def test_each_given_name_stands_once() -> None:
    groups = load_yaml(resources.files("checker.recognise") / "given-names.yaml")
    names = [name for group in groups.values() for name in group.split()]
    assert sorted(names) == sorted(set(names))


def test_every_spelling_of_a_post_is_found() -> None:
    keys = load_yaml(resources.files("checker.recognise") / "posts.yaml")["keys"]
    spellings = [spelling for key, written in keys.items() for spelling in (key, *written)]
    assert [spelling for spelling in spellings if not posts.posts(f"Ask the {spelling} about it.")] == []


@pytest.mark.parametrize("kind", ["choices", "broken", "imperatives", "instructions"])
def test_every_phrase_of_a_template_is_found(kind: str) -> None:
    phrases = load_yaml(resources.files("checker.recognise") / "placeholders.yaml")[kind]
    written = [f"{phrase.replace('_', 'agreed steps').capitalize()}." for phrase in phrases]
    assert [text for text in written if not placeholders.placeholders(text)] == []
