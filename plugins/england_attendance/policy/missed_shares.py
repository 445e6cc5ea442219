"""Shares of the sessions that are missed, in words: "one session in ten", "a fifth of the sessions", "half"."""

from __future__ import annotations

from collections.abc import Iterator

from checker.reading.statement import Statement
from checker.recognise.comparisons import Comparison, comparison
from checker.recognise.percentages import Percentage
from england_attendance.policy.vocabulary import topic

BESIDE = 6  # characters between a share in words and the same in figures
MISSED_BEFORE = 5
SESSIONS_BEHIND = 4  # words
SHARES = (10, 20, 25, 50)


def shares_missed(statement: Statement) -> Iterator[Percentage]:
    """Yields shares in words that are missed: "one session in ten", "a fifth of the sessions", "half"."""
    words, vocabulary = statement.words, topic("persistent_absence")
    for share in SHARES:
        longest = dict(sorted(vocabulary[f"share-{share}"].places(words.forms)))
        for first, last in longest.items():
            before = words.forms[max(0, first - MISSED_BEFORE) : first]
            after = words.forms[last : last + MISSED_BEFORE]
            of_sessions = vocabulary["of-sessions"].first(after[:SESSIONS_BEHIND]) is not None
            if vocabulary["of-people"].first(after) is not None and not of_sessions:
                continue
            start, end = words.starts[first], words.ends[last - 1]
            compared, begins, ends = comparison(statement.text, start, end)
            explains = compared is Comparison.AT_LEAST and before[-1:] in (("absence",), ("absent",))
            attended = vocabulary["attended"].first(before)
            if explains or vocabulary["missed"].first(before) or (of_sessions and not attended):
                yield Percentage(begins, ends, share, share, compared)


def is_said_again(fraction: Percentage, figure: Percentage) -> bool:
    """Whether a share in words stands beside the same one in figures: "a tenth (10%)"."""
    apart = max(figure.start - fraction.end, fraction.start - figure.end)
    return fraction.low == figure.low and apart <= BESIDE
