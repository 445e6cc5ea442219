r"""Marks of Markdown and HTML in a text: which characters are no part of what is read.

Only what people and programs really write is taken for a mark; what may be meant (``<name of school>``, the code
``\``, ``half term*``, a line of ``____`` to sign on) stays.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

_MAYBE = re.compile(r"[\\*_~\[<>&`|]|--")
_TAGS = (
    "a|abbr|address|article|aside|b|big|blockquote|body|br|caption|center|cite|code|col|colgroup|dd|del|details|div|dl"
    "|dt|em|figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|img|ins|label|li|main|mark|nav|ol|p|pre|q|s"
    "|section|small|span|strike|strong|style|sub|summary|sup|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul|var|wbr"
)
_BREAKING = re.compile(r"</?(?:br|p|div|li|ul|ol|tr|td|th|table|h[1-6]|hr)\b", re.IGNORECASE)
_TAG = rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>"
_COMMENT = "<!--"
_AUTOLINK = r"<(?:(?:https?://|mailto:|www\.)[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>"
_ENTITY = r"&(?:[A-Za-z]{2,10}|\#\d{1,6}|\#x[0-9A-Fa-f]{1,6});"
_ESCAPE = (
    r"\\[\\`*_{}\[\]\#+!<>|~&$^]|(?<=\d)\\[.)]|\\[()]"
    r"|(?<=[^\W\d_])\\'|\\['\"@](?=[^\W_])|(?<=[\w.,!?])\\\"|\\(?=\.\.\.)"  # "don\'t"; but '\' is a code
)
_NOTE = r"\[\^[\w-]{1,30}\](?::[ \t]+)?"
_ATTRIBUTES = (
    r"\{(?:[.\#][\w-]{1,60}|[\w-]{1,20}=\"[^\"{}\n]{0,80}\")(?: [^{}\n]{0,200})?\}"  # "[Appendix A]{.underline}"
)
_TOKEN = re.compile(
    rf"(?P<comment>{_COMMENT})|(?P<tag>{_TAG})|(?P<autolink>{_AUTOLINK})|(?P<entity>{_ENTITY})|(?P<escape>{_ESCAPE})|(?P<note>{_NOTE})"
    r"|(?P<bars>\|[ \t]*\r?\n[ \t]*\|)|(?P<quote>(?<=\n)[ \t]{0,8}(?:> ?){0,8}> (?=\S))|(?P<open>!?\[)"
    r"|(?P<close>\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\))?"
    rf"(?:{_ATTRIBUTES})?)"
    r"|(?P<dash>(?<=\S )-{2,3}(?= \S)|(?<=\w)-{2,3}(?=\w))"
    r"|(?P<run>\*+|_+|~~|`+)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\]\((?:<?(?:#|/|\.\.?/|https?:|mailto:|tel:|www\.)|[^\s()]+\.[a-z]{2,5}\b|\))", re.IGNORECASE)


class Edit(NamedTuple):
    """Characters of the text that are read as something else, mostly as nothing."""

    start: int
    end: int
    read_as: str


def edits(text: str, start: int, end: int) -> list[Edit]:
    """Returns the marks between two offsets, in order and without overlaps."""
    if not _MAYBE.search(text, start, end):
        return []
    return _Marks(text, start, end).found()


class _Marks:
    """One walk over a stretch of text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        self._end = end
        self._edits: list[Edit] = []
        self._resume = start
        self._comments_end = True
        self._struck: list[tuple[int, int]] = []
        self._brackets: list[tuple[int, int]] = []
        self._runs: dict[str, list[tuple[int, int]]] = {}
        self._escaped_parentheses: list[int] = []

    def found(self) -> list[Edit]:
        for match in _TOKEN.finditer(self._text, self._start, self._end):
            if match.start() >= self._resume:
                getattr(self, f"_{match.lastgroup}")(match.start(), match.end())
        if self._struck:
            self._edits = [edit for edit in self._edits if not any(a <= edit.start < b for a, b in self._struck)]
            self._edits += [Edit(a, b, "") for a, b in self._struck]
        return sorted(self._edits)

    def _drop(self, start: int, end: int, read_as: str = "") -> None:
        self._edits.append(Edit(start, end, read_as))

    def _quote(self, start: int, end: int) -> None:
        self._drop(start, end)

    def _bars(self, start: int, end: int) -> None:
        self._drop(start, end, " ")  # the sides of a box, inside a paragraph that stands in it

    def _comment(self, start: int, end: int) -> None:
        close = self._text.find("-->", end, self._end) if self._comments_end else -1
        self._comments_end = close >= 0
        if close >= 0:
            self._resume = close + 3
            self._drop(start, self._resume, " ")

    def _tag(self, start: int, end: int) -> None:
        self._drop(start, end, " " if _BREAKING.match(self._text, start) else "")

    def _autolink(self, start: int, end: int) -> None:
        self._drop(start, start + 1)
        self._drop(end - 1, end, " " if self._text[end : end + 1].isalnum() else "")

    def _entity(self, start: int, end: int) -> None:
        written = self._text[start:end]
        meant = unescape(written)
        if meant != written:
            self._drop(start, end, meant)

    def _escape(self, start: int, end: int) -> None:
        r"""Drops the backslash; before a bracket only where a pair is escaped, for ``(/ \)`` holds a code."""
        bracket = self._text[start + 1]
        if bracket == "`" and self._runs.get("`"):  # a backslash that ends a stretch of code stands for itself
            self._drop(*self._runs["`"].pop())
            self._drop(start + 1, end)
        elif bracket == "(":
            self._escaped_parentheses.append(start)
        elif bracket == ")" and not self._text[start - 1].isdigit():
            if self._escaped_parentheses:
                opening = self._escaped_parentheses.pop()
                self._drop(opening, opening + 1)
                self._drop(start, start + 1)
        else:
            self._drop(start, start + 1)

    def _dash(self, start: int, end: int) -> None:
        self._drop(start, end, "–")

    def _note(self, start: int, end: int) -> None:
        """Drops the number of a footnote, in the text and before the note itself."""
        self._drop(start, end)

    def _open(self, start: int, end: int) -> None:
        self._brackets.append((start, end))

    def _close(self, start: int, end: int) -> None:
        if not self._brackets:
            return
        opening = self._brackets.pop()
        if end - start > 1 and (self._text[end - 1] == "}" or _ADDRESS.match(self._text, start)):
            self._drop(*opening)
            self._drop(start, end)

    def _run(self, start: int, end: int) -> None:
        run = self._text[start:end]
        before = self._text[start - 1] if start > self._start else " "
        after = self._text[end] if end < self._end else " "
        if len(run) > (2 if run[0] == "_" else 3):
            return
        word_before, word_after = before.isalnum(), after.isalnum()
        inside = run[0] in "*~`"  # these may stand inside a word, an underscore may not
        closes = not before.isspace() and (not word_after or (inside and word_before))
        opens = not after.isspace() and (not word_before or (inside and word_after))
        waiting = self._runs.setdefault(run, [])
        if closes and waiting:
            opening = waiting.pop()
            if run == "~~":
                self._struck.append((opening[0], end))
            else:
                self._drop(*opening)
                self._drop(start, end)
        elif opens:
            waiting.append((start, end))
