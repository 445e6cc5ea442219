"""How policies name the attendance codes' meanings and classes: the vocabulary of ``codes_list.yaml``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from checker.reading.english import english
from checker.reading.phrases import Concept, Phrase, concept
from checker.reading.words import cut
from checker.recognise.spans import mentions
from checker.yaml_files import load_trusted
from england_attendance.codes import national_codes
from england_attendance.policy.vocabulary import FOLDER

LONGEST_CLASS = 12
MOST_OTHER_WORDS = 5
REACH = 8  # words over which a denial reaches: "not a sporting activity or work experience"
NEAR = 4
_EXCEPTION = re.compile(r"[,;(]? ?\b(?:unless|except (?:where|when|if))\b", re.IGNORECASE)
SHORTEST_MEANING = 4  # characters: "yes" in a column is no meaning


@dataclass(frozen=True)
class CodeWords:
    """The vocabulary.

    Attributes:
        means: What each code's meaning may be called.
        definite: The codes whose own subject any description must name.
        only: What can be no other code's meaning, by code.
        means_not: What would make a code's meaning another thing.
        classes: What the classes are called.
        holds: Which codes each class holds, by the Regulations or by the statistics.
        called: What the classes are called in messages.
        turns: Words that turn what stands beside them round, as negators do.
        leaves_out: Words that, denied, say what a code is not for.
        gone: That a code is no longer used.
        gone_first: The same, where a meaning begins with it.
        gone_last: The same, where a meaning ends with it.
        subject: The subject: attendance codes.
    """

    means: Mapping[str, Concept]
    definite: frozenset[str]
    only: Mapping[str, Concept]
    means_not: Mapping[str, Concept]
    classes: Mapping[str, Concept]
    holds: Mapping[str, frozenset[str]]
    called: Mapping[str, str]
    turns: frozenset[str]
    leaves_out: frozenset[str]
    gone: Concept
    gone_first: Concept
    gone_last: Concept
    subject: Concept


@cache
def code_words() -> CodeWords:
    """Returns the vocabulary."""
    data = load_trusted(FOLDER / "codes/codes_list.yaml")
    return CodeWords(
        {code: concept(f"code {code}", words["means"]) for code, words in data["codes"].items()},
        frozenset(data["definite"].split()),
        {code: concept(f"only code {code}", words.get("only", [])) for code, words in data["codes"].items()},
        {code: concept(f"not code {code}", words.get("not", [])) for code, words in data["codes"].items()},
        {name: concept(f"class {name}", words) for name, words in data["classes"].items()},
        {name: _held_by(**held) for name, held in data["holds"].items()},
        data["called"],
        frozenset(data["turns"].split()),
        frozenset(data["leaves-out"].split()),
        concept("codes-list.gone", data["gone"]),
        concept("codes-list.gone-first", data["gone-first"]),
        concept("codes-list.gone-last", data["gone-last"]),
        concept("codes-list.subject", data["subject"]),
    )


def subject() -> Concept:
    """Returns the concept of the subject."""
    return code_words().subject


def is_gone(meaning: str) -> bool:
    """Whether the words beside a code say that it is no longer used."""
    words, forms = code_words(), cut(meaning).forms
    return (
        words.gone.first(forms) is not None
        or any(start == 0 for start, _ in words.gone_first.places(forms))
        or any(end == len(forms) for _, end in words.gone_last.places(forms))
    )


def is_wrong(code: str, meaning: str) -> bool:
    """Whether the words beside a code give it a meaning that is not its own."""
    words, forms = code_words(), cut(_without_exceptions(meaning)).forms
    if _says(words.means_not[code], forms):
        return True
    if words.means[code].first(forms) is not None:
        return False
    if (
        code in words.definite
        and len(meaning) > SHORTEST_MEANING
        and not any(may_stand(code, name) for name in classes_of(meaning))
    ):
        return True
    return any(other != code and only.first(forms) is not None for other, only in words.only.items())


def _without_exceptions(meaning: str) -> str:
    """Returns a meaning without what it is not for: "absent for the session, unless illness accounts for it"."""
    return _EXCEPTION.split(meaning, maxsplit=1)[0] or meaning


def is_right(code: str, meaning: str) -> bool:
    """Whether the words beside a code give it its own meaning."""
    words = code_words()
    return words.means[code].first(cut(meaning).forms) is not None and not is_wrong(code, meaning)


def may_stand(code: str, name: str) -> bool:
    """Whether a code may stand in a class, by the Regulations' tables or by the statistical classes."""
    return code in code_words().holds[name]


def class_called(name: str) -> str:
    """Returns what to call a class in a message."""
    return code_words().called[name]


def _says(what: Concept, forms: Sequence[str]) -> bool:
    """Whether a concept stands in some words and is not denied: "holiday, not agreed" agrees to no holiday.

    A denial reaches over what is listed behind it: "that is not a sporting activity or work experience".
    """
    turned = english().negators | code_words().turns
    return any(
        turned.isdisjoint(forms[max(0, start - 2) : end])
        and not _is_listed_behind(forms, start, turned)
        and not _is_left_out(forms, start, turned)
        for start, end in what.places(forms)
    )


def _is_listed_behind(forms: Sequence[str], at: int, turned: Set[str]) -> bool:
    """Whether a list with an "or" joins a place to what is denied before it."""
    denied = next((place for place in range(at - 1, max(at - REACH, 0) - 1, -1) if forms[place] in turned), None)
    return denied is not None and "or" in forms[denied : at + NEAR]


def _is_left_out(forms: Sequence[str], at: int, turned: Set[str]) -> bool:
    """Whether a place stands behind what a code is said not to be used for, or not to hold."""
    for denied in range(at - 1, max(at - REACH, 0) - 1, -1):
        if forms[denied] in turned:
            behind = forms[denied + 1 : denied + 1 + NEAR]
            return behind[:1] == ("for",) or not code_words().leaves_out.isdisjoint(behind)  # "not for work at home"
    return False


def classes_of(text: str, *, of_sentence: bool = False, of_cell: bool = False) -> tuple[str, ...]:
    """Returns the classes that a heading, a cell or the beginning of a sentence names; usually one.

    Of names that overlap the longest counts: "unauthorised absence" is no "absence". A cell that names a class says
    little else: "holiday without leave" is a meaning. A question ("Is it authorised?") names none.
    """
    if text.endswith("?") or not mentions(text, _in_classes()):
        return ()
    plain = re.sub(r"\([^)]*\)", " ", text) if re.search(r"\w", text.rpartition("(")[0]) else text
    for words in dict.fromkeys((plain, text)):
        forms = cut(words).forms
        if forms and len(forms) <= LONGEST_CLASS * (1 + of_sentence):
            found = _named(forms)
            covered = sum(end - start for start, end, _ in found)
            most = covered if of_cell else MOST_OTHER_WORDS
            if found and (of_sentence or len(forms) - covered <= most):
                return tuple(dict.fromkeys(name for *_, name in found))
    return ()


def _named(forms: Sequence[str]) -> list[tuple[int, int, str]]:
    by_word = _class_phrases()
    found = [
        (start, end, name)
        for start, form in enumerate(forms)
        for name, phrase in by_word.get(form, ())
        if (end := phrase.end_from(forms, start)) is not None
    ]
    kept: list[tuple[int, int, str]] = []
    for start, end, name in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        if not any(start < other[1] and other[0] < end for other in kept):
            kept.append((start, end, name))
    return sorted(kept)


@cache
def _class_phrases() -> Mapping[str, Sequence[tuple[str, Phrase]]]:
    """Returns the names of the classes by their first words."""
    by_word: defaultdict[str, list[tuple[str, Phrase]]] = defaultdict(list)
    for name, called in code_words().classes.items():
        for phrase in called.phrases:
            for word in phrase.elements[0].words:
                by_word[word].append((name, phrase))
    return by_word


@cache
def _in_classes() -> frozenset[str]:
    """Returns words of which one stands in whatever names a class."""
    words = _class_phrases().keys()
    return frozenset(word for word in words if not any(other in word for other in words - {word}))


def _held_by(groups: Sequence[str] = (), statistics: Sequence[str] = ()) -> frozenset[str]:
    codes = national_codes().codes
    return frozenset(code.code for code in codes if code.group in groups or code.statistics in statistics)
