"""How a sentence leans on its neighbours: on the one before it, on a label, or on what comes next.

It is told by the form of the sentence alone; what is done with it is the splitter's matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from checker.reading.english import english
from checker.reading.statement import STOPS
from checker.reading.words import cut
from checker.recognise.posts import posts
from checker.recognise.spans import has_digit

LONGEST_SIGN = 6  # words of a label that ends in a full stop
LONGEST_ARTICLE = 4  # characters: "The "
LONGEST_LEANING_BY_OBJECT = 56  # characters
LONGEST_OF_ALL = 3  # words of "Every single day.", where "Each closes after ten minutes" has a verb
LONGEST_FRAGMENT = 5  # words of "On the very first morning."
PRONOUN_WITHIN = 4
SHORTEST_LEAD = 4
SHORTEST_QUESTION = 2  # words
LONGEST_SUBJECT = 40  # characters within which a sentence of its own has its verb
FINITE = frozenset(["will", "shall", "must", "should", "may", "can", "is", "are", "has"])
_COUNTED = frozenset(["three", "four", "five", "six"])
_THIS_TEXT = frozenset(["policy", "booklet", "document", "guide", "handbook", "leaflet", "page", "statement"])
_TOO = (("too",), ("also",))


def has_no_subject(text: str) -> bool:
    """Whether an item cannot stand alone, as it begins with what is done: "Have an end date."."""
    words, forms = english(), cut(text[:LONGEST_SUBJECT]).forms
    starts = (words.articles, words.owners, words.pronouns, words.speakers, words.conditions)
    return bool(forms) and FINITE.isdisjoint(forms) and not any(forms[0] in start for start in starts)


def is_label(sentence: str) -> bool:
    """Whether the first sentence of a paragraph only says what the next ones are of: "Evidence of illness."."""
    return says_what_of(sentence, cut(sentence).forms)


def says_what_of(sentence: str, forms: Sequence[str]) -> bool:
    """Whether a sentence, whose words are given, is a label to what comes next: "Evidence of illness."."""
    words = english()
    if not sentence.endswith(".") or not 0 < len(forms) <= LONGEST_SIGN:
        return False
    if has_digit(sentence) or not words.negators.isdisjoint(forms) or _says_who_does(sentence):
        return False
    return FINITE.isdisjoint(forms) or forms[0] in words.asks_how


def _says_who_does(sentence: str) -> bool:
    """Whether a short sentence begins with somebody's post and what they do: "The principal decides every request."."""
    first = next(iter(posts(sentence)), None)
    does = sentence[first.end :].split(maxsplit=1)[:1] if first and first.start <= LONGEST_ARTICLE else []
    return bool(does) and does[0].isalpha() and does[0].endswith("s") and not does[0].endswith("ss")


def is_left_open(sentence: str) -> bool:
    """Whether a sentence lacks its stop, so that a list after it goes on with it: "We also tell the council"."""
    return not sentence.endswith(STOPS) and len(sentence.split()) >= SHORTEST_LEAD


def leans_back(sentence: str) -> bool:
    """Whether a sentence begins with a pronoun, or a word such as "then", that leans on the sentence before it.

    So does one that begins "So does …", "So are …" or "Who does so …", a short one that ends with a pronoun or counts
    what went before: "We ring them too.", "The system keeps all five.", and one that only says when or how: "Before
    nine."
    """
    words, begins = english(), cut(sentence[:LONGEST_SUBJECT]).forms
    if names_this_text(begins):
        return False
    first = begins[:PRONOUN_WITHIN]
    if not words.pronouns.isdisjoint(first[:-1] if first[-1:] == ("that",) and _joins(begins) else first):
        return True
    if begins[:1] == ("so",) and not words.be.isdisjoint(begins[1:2]):
        return True
    if "so" in begins and any("so" in pair and not words.doing.isdisjoint(pair) for pair in pairwise(begins)):
        return True
    if len(sentence) > LONGEST_LEANING_BY_OBJECT or sentence.endswith("?"):
        return False
    forms = cut(sentence).forms
    if _is_fragment(forms) or (forms[-2:-1] == ("all",) and forms[-1] in _COUNTED):
        return True
    return not words.object_pronouns.isdisjoint(forms[-1 - (forms[-1:] in _TOO) :])


def _joins(forms: Sequence[str]) -> bool:
    """Whether the "that" of a sentence joins thoughts: "Our children learn that they …", no "We accept that"."""
    behind = forms[PRONOUN_WITHIN : PRONOUN_WITHIN + 1]
    words = english()
    return not (words.pronouns | words.articles | words.owners | words.speakers).isdisjoint(behind)


def names_this_text(forms: Sequence[str]) -> bool:
    """Whether a sentence begins with the document itself, "This policy …", and leans on nothing before it."""
    return forms[:1] == ("this",) and not _THIS_TEXT.isdisjoint(forms[1:3])


def _is_fragment(forms: Sequence[str]) -> bool:
    """Whether a sentence only says when or how what stands before it is done: "Before nine, please.", "In writing."."""
    words = english()
    begins = forms[:1] == ("please",)
    told = forms[begins : len(forms) - (forms[-1:] == ("please",))]
    longest = LONGEST_OF_ALL if told[:1] in (("each",), ("every",)) else LONGEST_FRAGMENT
    short = 1 < len(told) <= longest and told[0] in words.begins_fragment
    return short and (FINITE | words.speakers).isdisjoint(told)


def asks_further(question: str) -> bool:
    """Whether a question leans on the one before it: "And when?", "How much is it?"."""
    forms = [form for form in cut(question).forms if form not in {"q", "question", "and"}]
    words = english()
    if words.this_text.first(forms) is not None:
        return False
    return len(forms) <= SHORTEST_QUESTION or not words.pronouns.isdisjoint(forms) or words.asks_on.issuperset(forms)


def is_yes_or_no(sentence: str) -> bool:
    """Whether an answer has only begun: "A: Yes."."""
    return cut(sentence).forms[-1:] in {("yes",), ("no",)} and len(cut(sentence)) <= SHORTEST_QUESTION


def asks_on(sentence: str) -> bool:
    """Whether a question asks about the sentence before it: "My child is ill. What do I do?"."""
    return sentence.endswith("?") and english().asks_on.issuperset(cut(sentence).forms)
