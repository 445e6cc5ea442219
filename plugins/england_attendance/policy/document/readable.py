"""Whether everything can be read: a page or a picture that may carry content without text cannot be checked."""

from __future__ import annotations

from checker.facts import check
from checker.findings import Outcome, passed, review
from england_attendance.policy.gaps import Gaps


@check("policy.readable")
def text_on_every_page(gaps: Gaps) -> Outcome:
    """Every page that carries content has text, and no picture or empty place stands in for it."""
    if not (gaps.pages or gaps.pictures or gaps.places or gaps.lost):
        return passed("Every page that carries content has text.")
    empty = [place for place in gaps.places if not place.picture]
    headings = sum(place.heading for place in empty)
    others = len(empty) - headings
    parts = [gaps.in_words.rstrip(".")] if gaps.in_words else []
    if others:
        parts.append(
            f"{others} place{'s announce' if others > 1 else ' announces'} something and hold{'' if others > 1 else 's'} no text"
        )
    if headings:
        parts.append(
            f"{headings} heading{'s seem' if headings > 1 else ' seems'} to have no text below {'them' if headings > 1 else 'it'}"
        )
    if not parts:  # a picture with a name of its own, of which the text says that something stands in it
        parts.append("The text says that a picture shows something, and does not say it in words")
    message = "; ".join(parts)
    return review(
        f"{message[:1].upper()}{message[1:]}. What stands there cannot be checked, and a screen reader cannot read it.",
        [place.passage for place in gaps.places],
    )
