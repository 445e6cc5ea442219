"""People's names as policies write them, told from posts, places, organisations and headings.

A title (``Mrs``) or a known given name makes a name certain. Two or three words in capitals that nothing speaks against
are a possible name: a reader who knows that a name must stand here (``The champion is …``) may accept it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from checker.recognise.posts import Post, posts
from checker.recognise.spans import Span, without_overlaps


class Confidence(StrEnum):
    """How sure it is that words are a name."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Person(Span):
    """A person's name.

    Attributes:
        name: The name without title, given name first, capitals as usual: ``SMITH, John`` is ``John Smith``.
        title: ``Mrs``, ``Dr``, … where one is written.
        confidence: Whether it can be nothing else.
        post: The post that stands right beside it, in brackets, behind a comma or before a colon.
    """

    name: str
    title: str | None = None
    confidence: Confidence = Confidence.CERTAIN
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """The vocabulary, in small letters."""

    honorifics: frozenset[str]
    particles: frozenset[str]
    joined_after: frozenset[str]
    titles_of_places: frozenset[str]
    words: frozenset[str]
    surnames_too: frozenset[str]
    places: frozenset[str]
    place_names: frozenset[str]
    given: frozenset[str]
    given_and_words: frozenset[str]

    def is_given(self, word: str) -> bool:
        """Whether a word is a given name, perhaps of two parts."""
        return self.is_only_given(word) or word in self.given_and_words

    def is_only_given(self, word: str) -> bool:
        """Whether a word is a given name and no ordinary word."""
        plain = _plain(word)
        return plain in self.given or ("-" in plain and plain.split("-")[0] in self.given)

    def speaks_against(self, word: str) -> bool:
        """Whether a word is one that policies write with a capital."""
        known = word in self.words or word in self.joined_after or word.removesuffix("s") in self.words
        return known or not word.strip("x")


_TOKEN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_INITIALS = re.compile(r"[A-Z](?:\.? ?[A-Z])?\.?")
_NICKNAME = re.compile(r" (?:\((?P<round>[A-Z][\w'-]{1,20})\)|[\"'](?P<quoted>[A-Z][\w-]{1,20})[\"']) (?=[A-Z])")
_SURNAME_FIRST = re.compile(
    r"(?<!\b[Tt]he )(?<![\w'-])(?=[\w'-]{0,30}[AEIOUYÁÉÍÓÚ])(?P<surname>[^\W\d_a-z](?:[^\W\d_a-z]|['-]){1,30}),? "
    r"(?P<given>[A-Z][^\W\d_A-Z]{1,20}(?:-[A-Z][^\W\d_A-Z]{1,20})?)(?!['-]?\w)(?! [A-Z])"
)
_TWO_CAPITALS = re.compile(r"[^\W\d_a-z](?:[^\W\d_a-z]|['-])")  # every surname in capitals begins so
_SURNAME_ALONE = re.compile(r"(?P<surname>(?:[^\W\d_a-z][^\W\d_]*['-]?){1,3}), (?P<given>[A-Z][^\W\d_A-Z]{1,20})")
_NO_NAME_ENDING = re.compile(
    r"(?:tion|sion|ment|ness|ship|ology|ities|ised|ized|able|ible|ful|less|ally|ance|ency|ingly)s?$"
)
_PARTICIPLE = re.compile(r"(?:ed|ing)$")
_HALF_SMALL = re.compile(r"-[a-z]{3}")
_POST_BEHIND = re.compile(r",? \(?(?:[–-] )?(?:the |our |as |is the |is our |who is the )?")
_AND_ANOTHER = re.compile(r" (?:and|&) (?:Mr|Mrs|Ms|Miss|Mx|Dr)\b")
_BY_SEVERAL = re.compile(r"\b(?:by|with|to|between|from|of|for)(?: (?:the|our))? $")
_POST_BEFORE = re.compile(r"(?:\(\w+\))? ?(?:[:–-]|,|\bis\b:?|\()? ?(?:– )?")


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    low: str

    @property
    def initial(self) -> bool:
        return len(self.text) == 1

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@lru_cache(maxsize=2048)
def people(text: str) -> tuple[Person, ...]:
    """Returns the names of people in a text, certain and possible ones."""
    words = _vocabulary()
    named = posts(text)
    found = [*_surname_first(text, words)]
    for run in _runs(text, words):
        if not any(run[0].start < person.end and person.start < run[-1].end for person in found):
            found += _in_run(text, run, words, {post.start for post in named})
    return tuple(_with_post(text, person, named) for person in without_overlaps(found))


def _token(match: re.Match[str]) -> _Token:
    written, start = match[0], match.start()
    low = written.lower()
    if low.endswith("'s"):
        written, low = written[:-2], low[:-2]
    return _Token(start, start + len(written), written, low)


def _runs(text: str, words: _Words) -> Iterator[list[_Token]]:
    """Yields the longest stretches of words with a capital, particles between them included."""
    run: list[_Token] = []
    for match in _TOKEN.finditer(text):
        if not run and not match[0][0].isupper():
            continue
        token = _token(match)
        if run and not _goes_on(text, run[-1], token, words):
            yield from _closed(run)
            run = []
        if token.capital or (run and token.low in words.particles):
            run.append(token)
        elif run:
            yield from _closed(run)
            run = []
    yield from _closed(run)


def _closed(run: list[_Token]) -> Iterator[list[_Token]]:
    while run and not run[-1].capital:
        run = run[:-1]
    if run:
        yield run


def _goes_on(text: str, last: _Token, token: _Token, words: _Words) -> bool:
    gap = text[last.end : token.start]
    if gap == " ":
        return True
    if gap in {". ", "."} and last.capital:
        return last.initial or last.low in words.honorifics or last.low == "st"
    return False


def _in_run(text: str, run: list[_Token], words: _Words, post_starts: set[int]) -> Iterator[Person]:
    place = 0
    while place < len(run):
        token = run[place]
        if (
            token.low in words.honorifics
            and (token.text[1:].islower() or token.text.isupper())
            and place + 1 < len(run)
        ):
            begin = place + 1 + (run[place + 1].low in words.honorifics)
            taken = _titled(run, begin - 1, words)
            if taken > begin and not _is_church(run, place, taken, words):
                title = " ".join(title.text.capitalize() for title in run[place:begin])
                yield _person(run[begin:taken], title, Confidence.CERTAIN, run[place].start)
                place = taken
                continue
        end = place
        while end < len(run) and not _cuts(run, place, end, words):
            end += 1
        if end > place:
            last = run[place - 1] if place else None
            following = run[end] if end < len(run) and run[end].start not in post_starts else None
            yield from _judged(text, run[place:end], last, following, words)
        place = max(end, place + 1)


def _titled(run: Sequence[_Token], place: int, words: _Words) -> int:
    """Returns the end of the name behind a title; the title's own end where none stands there."""
    end, begun, surname = place + 1, False, False
    while end < len(run) and end - place <= 5:
        token = run[end]
        if not (token.initial and token.capital and not surname):
            known = words.is_given(token.low) or token.low in words.surnames_too or token.low in words.places
            if words.speaks_against(token.low) and (surname or not known):
                break
            if token.text.isupper() and len(token.text) <= 5 and begun and not run[place].text.isupper():
                break
            begun = begun or token.capital
            surname = surname or (token.capital and not words.is_given(token.low))
        end += 1
    while end > place + 1 and not run[end - 1].capital:
        end -= 1
    return end if begun else place + 1


def _is_church(run: Sequence[_Token], place: int, end: int, words: _Words) -> bool:
    """Whether the title belongs to a place: ``Lady Margaret School``, ``Sir John Cass Foundation``."""
    grand = run[place].low in {"sir", "dame", "lady", "lord", "father", "sister", "canon", "bishop", "sr"}
    return grand and end < len(run) and run[end].low in words.joined_after


def _cuts(run: Sequence[_Token], first: int, place: int, words: _Words) -> bool:
    """Whether a word of a run belongs to no name."""
    token = run[place]
    if "-" in token.text and _HALF_SMALL.search(token.text):
        return True
    if token.low in words.honorifics:
        return place > first or len(token.text) > 1
    if not words.speaks_against(token.low) or (words.is_given(token.low) and place == first):
        return token.low in words.places and place == first and not words.is_given(token.low)
    if not token.capital or place == first:
        return True
    if words.is_given(token.low):
        return False
    behind_name = words.is_only_given(run[first].low) and token.low in words.surnames_too and place == first + 1
    return not behind_name


def _judged(
    text: str, segment: list[_Token], last: _Token | None, following: _Token | None, words: _Words
) -> Iterator[Person]:
    """Yields the person that a segment of a run names, if it names one.

    Args:
        text: The text.
        segment: Words with a capital that may belong to a name.
        last: The word before them, where nothing but a blank stands between.
        following: The word behind them, likewise.
        words: The vocabulary.
    """
    while len(segment) > 2 and _is_letters_behind(segment):
        segment = segment[:-1]
    while len(segment) > 1 and _is_letters_before(segment):
        segment = segment[1:]
    while segment and not segment[-1].capital:
        segment = segment[:-1]
    if not segment or _is_place(segment, last, words) or (following and following.low in words.joined_after):
        return
    if len(segment) == 4 and _two_names(segment, words):
        yield _person(segment[:2], None, Confidence.CERTAIN, segment[0].start)
        segment = segment[2:]
    confidence = _confidence(text, segment, words)
    if confidence is None:
        return
    if len(segment) == 1:
        nickname = _NICKNAME.match(text, segment[0].end)
        behind = next(map(_token, _TOKEN.finditer(text[nickname.end() :][:30])), None) if nickname else None
        if nickname and behind and not words.speaks_against(behind.low) and not words.speaks_against(_inside(nickname)):
            offset = nickname.end()
            surname = _Token(behind.start + offset, behind.end + offset, behind.text, behind.low)
            yield _person([segment[0], surname], None, Confidence.CERTAIN, segment[0].start)
            return
    yield _person(segment, None, confidence, segment[0].start)


def _inside(nickname: re.Match[str]) -> str:
    return (nickname["round"] or nickname["quoted"]).lower()


def _is_letters_behind(segment: Sequence[_Token]) -> bool:
    """Whether a name ends in letters such as ``BA`` or ``OBE``."""
    last = segment[-1].text
    return last.isupper() and 1 < len(last) <= 4 and not segment[0].text.isupper()


def _is_letters_before(segment: Sequence[_Token]) -> bool:
    """Whether an abbreviation stands before a name: ``DSL Sam Lee``."""
    first = segment[0].text
    return first.isupper() and 1 < len(first) <= 5 and not all(token.text.isupper() for token in segment)


def _is_place(segment: Sequence[_Token], last: _Token | None, words: _Words) -> bool:
    name = "-".join(token.low for token in segment)
    if name in words.place_names or segment[0].low in words.titles_of_places:
        return True
    if last and last.low in {"st", "saint", "saints", "ss", *words.titles_of_places}:
        return True
    return all(token.low in words.places for token in segment)


def _two_names(segment: Sequence[_Token], words: _Words) -> bool:
    """Whether two names stand in a row, as the cells of a table do."""
    first, _, third, fourth = (token.low for token in segment)
    return words.is_only_given(first) and words.is_only_given(third) and not words.is_only_given(fourth)


def _confidence(text: str, segment: Sequence[_Token], words: _Words) -> Confidence | None:
    first, last, lows = segment[0], segment[-1], [token.low for token in segment]
    shouted = any(len(token.text) > 1 and token.text.isupper() for token in segment)
    wholly = all(token.text.isupper() for token in segment if len(token.text) > 1 and token.capital)
    wholly = wholly or (len(segment) == 2 and len(last.text) > 2 and words.is_only_given(first.low))
    if len(segment) > 5 or last.initial or (shouted and not wholly) or any(map(_NO_NAME_ENDING.search, lows[1:])):
        return None
    if len(segment) == 1:
        return Confidence.POSSIBLE if words.is_only_given(first.low) and not shouted else None
    if words.is_given(first.low) and not first.initial:
        doubtful = first.low in words.given_and_words and (first.low in words.places or first.low in words.words)
        return Confidence.POSSIBLE if doubtful else Confidence.CERTAIN
    if first.initial:
        code = first.start == 0 or first.text in {"A", "I"} or _PARTICIPLE.search(last.low)
        spoken_against = bool(code) and text[first.end : first.end + 1] != "."
    else:
        many = sum(token.capital for token in segment) > 3
        spoken_against = many or any(map(_PARTICIPLE.search, lows)) or bool(_NO_NAME_ENDING.search(first.low))
    return None if shouted or spoken_against else Confidence.POSSIBLE


def _surname_first(text: str, words: _Words) -> Iterator[Person]:
    """Yields names as lists write them: ``SMITH, John``."""
    alone = _SURNAME_ALONE.fullmatch(text) if len(text) < 60 else None
    among_others = _SURNAME_FIRST.finditer(text) if _TWO_CAPITALS.search(text) else ()
    for match in [alone] if alone else among_others:
        comma = "," in match[0]
        surname, given = match["surname"].lower(), match["given"].lower()
        if words.speaks_against(surname) or (words.speaks_against(given) and not words.is_only_given(given)):
            continue
        known = words.is_given(given)
        if known or comma:
            name = f"{match['given']} {_as_usual(match['surname'])}"
            yield Person(match.start(), match.end(), name, None, Confidence.CERTAIN if known else Confidence.POSSIBLE)


def _person(tokens: Sequence[_Token], title: str | None, confidence: Confidence, start: int) -> Person:
    name = " ".join(_as_usual(token.text) if token.capital else token.text for token in tokens)
    return Person(start, tokens[-1].end, name, title, confidence)


def _plain(word: str) -> str:
    """Returns a word in small letters without accents."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).replace("ł", "l").replace("ø", "o")


def _as_usual(word: str) -> str:
    """Returns a word in capitals as a name is written: ``O'NEILL`` as ``O'Neill``."""
    if len(word) < 3 or not word.isupper():
        return word
    return re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), word)


def _with_post(text: str, person: Person, named: Sequence[Post]) -> Person:
    before = next((post for post in reversed(named) if post.end <= person.start), None)
    if before is not None and _POST_BEFORE.fullmatch(text, before.end, person.start):
        return person if _is_one_of_three(text, before, person) else replace(person, post=before)
    behind = next((post for post in named if post.start >= person.end), None)
    if behind is not None and _POST_BEHIND.fullmatch(text, person.end, behind.start):
        labelled = text[behind.end : behind.end + 1] == ":"
        return person if labelled else replace(person, post=behind)
    return person


def _is_one_of_three(text: str, post: Post, person: Person) -> bool:
    """Whether a post and a name only stand in one list: "seen by the deputy head, Mrs Shaw and Miss Pym"."""
    listed = _AND_ANOTHER.match(text, person.end) is not None and text[post.end : person.start].strip() == ","
    return listed and _BY_SEVERAL.search(text, 0, post.start) is not None


@cache
def _vocabulary() -> _Words:
    from checker.yaml_files import load_trusted

    folder = resources.files("checker.recognise")
    data = {name: frozenset(words.split()) for name, words in load_trusted(folder / "people.yaml").items()}
    names = {
        name: frozenset(map(_plain, words.split())) for name, words in load_trusted(folder / "given-names.yaml").items()
    }
    ordinary = names.pop("also_words")
    return _Words(**data, given=frozenset().union(*names.values()) - ordinary, given_and_words=ordinary)
