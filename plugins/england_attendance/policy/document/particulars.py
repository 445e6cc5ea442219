"""The particulars that a document gives of itself: labels with their values, such as "Approved by", "Next review"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from checker.documents.model import Document
from checker.facts import reader
from checker.reading.fields import Field, read_fields
from checker.reading.phrases import Concept
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from england_attendance.policy.vocabulary import topic

LONGEST_LABEL = 11
MOST_OTHER_WORDS = 2  # in a label, beside those that such labels hold


@dataclass(frozen=True)
class Particulars:
    """The labels with their values in the order of the document.

    Attributes:
        fields: Labels and values; which of them matter is for those who ask.
    """

    fields: tuple[Field, ...] = ()


@reader
def particulars(document: Document) -> Particulars:
    """Reads the labels with their values."""
    return Particulars(tuple(read_fields(document, _is_known)))


def asks_of_approval(label: str) -> bool:
    """Whether a label asks who approved the policy, or when."""
    return _is_label(label, "approval", "approval-label")


def asks_of_review(label: str) -> bool:
    """Whether a label asks when the policy was or is to be reviewed, how often, or when it was issued."""
    return _is_label(label, "review", "review-label") or _is_whole(label, topic("document/particulars")["next-alone"])


@lru_cache(maxsize=4096)
def _is_known(label: str) -> bool:
    words = topic("document/particulars")
    whole = (words[name] for name in ("date-alone", "by-alone", "signed", "other-label"))
    return asks_of_approval(label) or asks_of_review(label) or any(_is_whole(label, concept) for concept in whole)


def names_this_policy(statements: Statements, statement: Statement, names: Concept) -> tuple[Match, ...]:
    """Returns where a statement names this policy; "the behaviour policy" and "the previous version" are others."""
    others = statements.matches(statement, topic("document/particulars")["other-policy"])
    named = statements.matches(statement, names)
    return tuple(match for match in named if not any(other.start <= match.start < other.end for other in others))


def _is_label(label: str, kind: str, name: str) -> bool:
    """Whether a label holds the words of a kind, none that speak of something else, and few others."""
    words, forms = topic("document/particulars"), cut(label).forms
    if not 0 < len(forms) <= LONGEST_LABEL or any(form[0].isdigit() for form in forms):
        return False
    if words[f"not-{kind}"].first(forms) is not None:
        return False
    place = words[name].first(forms)
    if place is None:
        return False
    own = set(words.classes["label-words"].split())
    return sum(word not in own for word in (*forms[: place[0]], *forms[place[1] :])) <= MOST_OTHER_WORDS


def _is_whole(label: str, concept: Concept) -> bool:
    forms = cut(label).forms
    return (0, len(forms)) in concept.places(forms)
