"""What a line looks like by its words alone: a heading, a sentence, a label, a date."""

from __future__ import annotations

import re

_ENDED = re.compile(r"[.;,!…]['\")\]]*$")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|will|must|shall|should|may|can|cannot|could|would|has|have|had|do|does|did|please|we|you|i"
    r"|isn't|aren't|won't|don't|closes?|opens?|begins?|starts?|ends?|includes?|applies|requires?)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^:]{2,60}:\s*\S")
_STEP = re.compile(
    r"(?:stage|step|phase|level|tier|part|day|week|wave|band)\s+(?:\d{1,2}|[A-Z]|one|two|three|four|five)\b", re.I
)
_FIGURES = re.compile(
    r"\d{1,2}[.:]\d{2}|\d\s*[ap]\.?m\b|[£%@]|https?:|www\.|\d{5}|\d{3,}[ -]\d{3}|_{3,}|\.{4,}|…", re.I
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\)?$")
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter|term"
)
_DATE = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:(?:{_MONTHS})\b[\s,]*)+(?:\d{{2,4}}(?:\s*[-–/]\s*\d{{2,4}})?)?$|[\d\s./–-]+$",
    re.I,
)
_CASE = re.compile(r"(?:if|when|where|what|who|why|how|while|until|once)\b[^,]*$", re.IGNORECASE)
_HONORIFIC = re.compile(r"(?:mr|mrs|ms|miss|mx|dr|sir|dame|rev(?:erend)?|prof(?:essor)?|cllr|fr)\b\.?\s", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"\b(?:to|will|by|for|should|must|may|can|include|includes|including|is|are|that|if|when|where|of|on|with|who|as|the"
    r"|following|below|follows|from|at|in|and|or|them|it|this|these|not):$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")


def words_in(text: str) -> int:
    """Returns the number of words."""
    return text.count(" ") + 1 if text else 0


def ended(text: str) -> bool:
    """Whether a full stop, comma or the like ends it, as it ends sentences and items but no headings."""
    return bool(_ENDED.search(text))


def is_sentence(text: str) -> bool:
    """Whether it is a sentence or a longer text, whatever its style says."""
    words = words_in(text)
    return words > 30 or (words > 12 and ended(text))


def like_a_title(text: str, longest: int = 14) -> bool:
    """Whether it could be the title of a section: short, beginning with a capital, and no sentence.

    Args:
        text: The line without its number.
        longest: How many words it may have.
    """
    first = _LETTER.search(text)
    return bool(
        first
        and not first[0].islower()
        and text[0] not in "*†‡^"
        and words_in(text) <= longest
        and len(text) <= 130
        and not ended(text)
        and not text.endswith(":")
    )


def labelled(text: str) -> bool:
    """Whether it is a label with its value, such as ``Approved by: …``, and no ``Stage 1: …``."""
    return bool(_LABEL.match(text)) and not _STEP.match(text) and not text.isupper()


def leads_in(text: str) -> bool:
    """Whether it announces what comes after it, such as ``Parents should:``."""
    return text.endswith(":") and (words_in(text) > 4 or bool(_LEAD_IN.search(text)))


def is_date(text: str) -> bool:
    """Whether it is nothing but a date or a number."""
    return bool(_DATE.match(text))


def bears_facts(text: str) -> bool:
    """Whether a short line may say something by itself: a verb, a time, a sum, an address, a person."""
    return bool(_FINITE.search(text) and not text.endswith("?")) or bool(
        _FIGURES.search(text) or _YEAR.search(text) or _HONORIFIC.match(text) or is_date(text)
    )


def asks_when(text: str) -> bool:
    """Whether a line only names a case or asks, "When a child is ill", and so says nothing by itself."""
    return bool(_CASE.match(text)) and not _FIGURES.search(text)


def is_substantial(text: str) -> bool:
    """Whether it is a paragraph of running text."""
    return words_in(text) >= 12 and text[-1] in ".!?:;\"')"
