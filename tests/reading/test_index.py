"""The index finds in many texts at once what looking through each text finds."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.reading.index import WordIndex
from checker.reading.phrases import concept
from checker.reading.words import Words, cut

WORDS = ["school", "schools", "rings", "ring", "parents", "the", "on", "10", "9am"]
PARTS = ["school~", "ring*", "parents|school", "the?", "on", "<number>", "<time>", "..", "..."]

texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=25).map(lambda words: cut(" ".join(words))), max_size=5)
wordings = st.lists(
    st.tuples(st.sampled_from(["school~", "ring*", "on"]), st.lists(st.sampled_from(PARTS), max_size=3)).map(
        lambda parts: " ".join([parts[0], *parts[1], "parents|the"])
    ),
    min_size=1,
    max_size=3,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(texts, wordings)
def test_all_texts_at_once_give_what_each_gives_by_itself(texts: list[Words], wordings: list[str]) -> None:
    sought, index = concept("sought", wordings), WordIndex(texts)
    each = [set(sought.places(text.forms)) for text in texts]
    assert index.texts_with(sought) == {at for at, places in enumerate(each) if places}
    assert [index.places(at, sought) for at in range(len(texts))] == each
    assert index.count(sought) == sum(len({start for start, _ in places}) for places in each)


def test_a_phrase_does_not_reach_into_the_next_text() -> None:
    index = WordIndex([cut("The school rings"), cut("parents on the first day")])
    assert not index.texts_with(concept("sought", ["rings ... parents"]))


def test_words_that_say_it_by_themselves_are_found_too() -> None:
    index = WordIndex([cut("The school rings"), cut("parents ring the school")])
    sought = concept("sought", ["ring~", "school"])
    assert index.places(1, sought) == {(1, 2), (3, 4)}
    assert index.count(sought) == 4


def test_where_a_word_stands() -> None:
    index = WordIndex([cut("ring the school"), cut("parents ring and ring again")])
    assert list(index.of_word("ring")) == [(0, 0), (1, 1), (1, 3)]
