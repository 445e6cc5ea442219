"""Reads Markdown: block structure by markdown-it, offsets into the file itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from checker.documents.decoding import decode
from checker.documents.draft import Draft, Part, PartKind, Span
from checker.documents.sniffing import refuse_endless, refuse_other
from checker.documents.tags import parts_between_tags
from checker.documents.text_ruled import RULED, ruled_tables
from checker.documents.text_tables import pipe_cells, row_part
from checker.documents.wording import labelled, like_a_title

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?:[A-Za-z_][\w -]*:[^\r\n]*\r?\n|[ \t]+[^\r\n]*\r?\n|- [^\r\n]*\r?\n){1,60}---[ \t]*\r?$", re.M
)
_OF_THE_SITE = re.compile(
    r"(?:layout|menu|nav\w*|permalink|slug|tags|categor\w+|parent|sidebar|template|image|url)[ \t]*:", re.IGNORECASE
)
_TITLE = re.compile(r"title:[ \t]*[\"']?([^\r\n\"']+)", re.IGNORECASE)
_BOLD = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+(?<=\S)\1:?$")
_PICTURE = re.compile(r"!\[([^\]\n]{0,500})\](?:\([^()\n]*\)|\[[^\]\n]*\])(?:\{[^{}]{0,200}\})?$")
_DEFINITION = re.compile(r"\[(?!\^)[^\]]+\]:\s*\S+")
_WORD = re.compile(r"[^\W_]")
_SIGN = re.compile(  # with what a line begins that goes on with no other: (a), 2.1, "Q:", "Step 2", a label in bold
    r"(?:\((?:[a-z]|[ivx]{1,5}|\d{1,2})\)|[1-9]\d?(?:\.[1-9]\d?){1,3}\.?(?= +[A-Z\"'(])|(?:Q|A|Question|Answer)[.:]"
    r"|(?:Step|Stage) \d{1,2}\b|(\*\*|__)[A-Z(](?:(?!\1).){0,60}(?:[.:?]\1|\1 ?[.:–-]))\s?"
)
_BOLD_LABEL = re.compile(r"(\*\*|__)[A-Z(](?:(?!\1).){0,60}[.:]\1 ?[^\n]{1,40}$")
_STOPPED = re.compile(r"[.?!:]['\")*_]*$")
_SEEMS_BLANK = re.compile(
    r"^[ \t]*[\u00a0\u2000-\u200f\u2028\u2029\ufeff][ \t\u00a0\u2000-\u200f\u2028\u2029\ufeff]*(?=\r?$)", re.M
)
_FENCE = re.compile(r"[ \t>]*(?:```|~~~)")
_DEEPEST = 60


def load(path: Path) -> Draft:
    """Reads a Markdown file.

    Raises:
        UnreadableError: If it is empty or no text.
    """
    data = path.read_bytes()
    refuse_other(path, data, "text")
    text, notes = decode(path, data)
    refuse_endless(path.name, max(text.count("\n"), text.count("\r")))
    return draft_of(text, notes)


def draft_of(text: str, notes: Sequence[str] = ()) -> Draft:
    """Returns the draft of a text in Markdown."""
    reader = _Reader(text)
    return Draft("markdown", text, tuple(reader.parts()), title=reader.title, marks=True, notes=notes)


class _Reader:
    """Walks over the blocks of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [
            Span(match.start(), match.end()) for match in _LINE.finditer(text) if match.end() > match.start()
        ]
        self._begins = [line.start for line in self._lines]
        self._front = _FRONT_MATTER.match(text)
        found = _TITLE.search(self._front[0]) if self._front else None
        self.title = found[1].strip() if found else None
        self._tables = 0

    def parts(self) -> list[Part]:
        """Returns the parts in reading order."""
        from markdown_it import MarkdownIt

        parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table"])
        parser.disable("inline")
        first = self._front_lines()
        tables = [
            rows
            for rows in ruled_tables(self._text)
            if first < len(self._lines) and rows[0].start >= self._lines[first].start
        ]
        apart = set(range(first)).union(*map(self._lines_of, tables))
        source = "".join(
            "\n" if number in apart else self._text[line.start : line.end] for number, line in enumerate(self._lines)
        )
        tokens = parser.parse("" if first >= len(self._lines) else _SEEMS_BLANK.sub("", source))
        parts = [part for line in self._lines[:first] for part in self._plain(line)]
        parts += _Walk(self._text, self._lines, tokens).parts()
        parts += [replace(row, table=-1 - number) for number, rows in enumerate(tables) for row in rows]
        seen = apart.union(*(range(*token.map) for token in tokens if token.map and _holds_text(token)))
        seen |= {  # a marker alone in its line, whose item begins in the next one and shows it
            token.map[0]
            for token in tokens
            if token.type == "list_item_open" and token.map and not seen.isdisjoint(range(*token.map))
        }
        left = [line for number, line in enumerate(self._lines) if number not in seen]
        parts += [part for line in left for part in self._plain(line)]
        return _with_tables_in_order(sorted(parts, key=lambda part: part.start))

    def _lines_of(self, rows: Sequence[Part]) -> range:
        """Returns the lines that a ruled table takes, its rules included."""
        begins = self._begins
        first, last = bisect_right(begins, rows[0].start) - 1, bisect_right(begins, rows[-1].end - 1) - 1
        while first and RULED.match(self._text, begins[first - 1]):
            first -= 1
        while last + 1 < len(begins) and RULED.match(self._text, begins[last + 1]):
            last += 1
        return range(first, last + 1)

    def _front_lines(self) -> int:
        if not self._front:
            return 0
        return sum(line.start < self._front.end() for line in self._lines)

    def _plain(self, line: Span) -> Iterator[Part]:
        """Yields a line that is no part of a block, if it says something: no rule, no definition of a link."""
        written = self._text[line.start : line.end]
        if _WORD.search(written) and not _DEFINITION.match(written.lstrip()) and not _FENCE.match(written):
            start = line.start + len(written) - len(written.lstrip(" \t>"))
            around = self._front and line.start < self._front.end() and _OF_THE_SITE.match(written)
            yield Part(PartKind.RUNNING if around else PartKind.TEXT, start, line.start + len(written.rstrip()))


def _with_tables_in_order(parts: Sequence[Part]) -> list[Part]:
    """Returns parts whose tables are numbered as they come."""
    numbers: dict[int | None, int] = {}
    return [
        part if part.table is None else replace(part, table=numbers.setdefault(part.table, len(numbers)))
        for part in parts
    ]


def _holds_text(token: Token) -> bool:
    return token.type in {"inline", "code_block", "fence", "html_block", "heading_open"}


class _Walk:
    """One walk over the tokens."""

    def __init__(self, text: str, lines: Sequence[Span], tokens: Sequence[Token]) -> None:
        self._text = text
        self._lines = lines
        self._tokens = tokens
        self._table = -1
        self._lists = 0
        self._markers: list[str] = []
        self._heading: int | None = None
        self._in_table = False
        self._in_head = False

    def parts(self) -> Iterator[Part]:
        for token in self._tokens:
            self._enter(token)
            if token.type == "tr_open" and token.map:
                yield self._row(self._lines[token.map[0]])
            elif token.map and token.type == "inline" and not self._in_table:
                yield from self._inline(token)
            elif token.map and token.type in {"code_block", "fence"}:
                inner = (token.map[0] + 1, token.map[1]) if token.type == "fence" else token.map
                for line in self._lines[slice(*inner)]:
                    yield from self._line(line)
            elif token.map and token.type == "html_block":
                start, end = self._lines[token.map[0]].start, self._lines[token.map[1] - 1].end
                for part in parts_between_tags(self._text, start, end, self._table + 1):
                    self._table = max(self._table, part.table or 0)
                    yield part

    def _enter(self, token: Token) -> None:
        kind = token.type
        if kind in {"bullet_list_open", "ordered_list_open"}:
            self._lists += 1
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            self._lists -= 1
        elif kind == "list_item_open":
            self._markers.append(f"{token.info}{token.markup}" if token.info else token.markup)
        elif kind == "heading_open":
            self._heading = int(token.tag[1:])
        elif kind == "heading_close":
            self._heading = None
        elif kind == "table_open":
            self._in_table = True
            self._table += 1
        elif kind == "table_close":
            self._in_table = False
        elif kind in {"thead_open", "thead_close"}:
            self._in_head = kind == "thead_open"
        elif kind == "list_item_close" and self._markers and self._markers[-1]:
            self._markers.pop()

    def _line(self, line: Span) -> Iterator[Part]:
        written = self._text[line.start : line.end]
        if written.strip() and not _FENCE.match(written):
            start = line.start + len(written) - len(written.lstrip())
            yield Part(PartKind.TEXT, start, line.start + len(written.rstrip()))

    def _row(self, line: Span) -> Part:
        written = self._text[line.start : line.end]
        start = line.start + len(written) - len(written.lstrip(" \t>"))
        end = line.start + len(written.rstrip())
        cells = pipe_cells(self._text, start, end)
        return row_part(self._text, cells, Span(start, end), self._table, header=self._in_head)

    def _inline(self, token: Token) -> Iterator[Part]:
        """Yields the paragraphs of an inline token: one, or more where lines are broken on purpose."""
        assert token.map is not None
        spans = self._spans(token)
        part: Part | None = None
        for span in spans:
            if part is not None and not self._breaks(part, span):
                part = replace(part, end=span.end)
                continue
            if part is not None:
                yield self._dressed(part)
            part = Part(PartKind.TEXT, span.start, span.end, heading=self._heading)
            if self._heading is None and self._lists and self._markers and self._markers[-1]:
                part = replace(part, item=self._lists - 1, marker=self._markers[-1])
                self._markers[-1] = ""
        if part is not None:
            yield self._dressed(part)
        elif not spans:  # nothing but blanks behind a marker
            yield from (one for line in self._lines[slice(*token.map)] for one in self._line(line))

    def _spans(self, token: Token) -> list[Span]:
        """Returns where the lines of an inline token stand in the file."""
        assert token.map is not None
        spans = []
        lines = [line for line in self._lines[slice(*token.map)] if self._text[line.start : line.end].strip()]
        contents = [content.strip() for content in token.content.split("\n") if content.strip()]
        for line, content in zip(lines, contents, strict=False):
            written = self._text[line.start : line.end]
            at, shown = written.find(content), content
            if at < 0:
                at, shown = len(written) - len(written.lstrip(" \t>")), written.strip(" \t>\r\n")
            if shown:
                spans.append(Span(line.start + at, line.start + at + len(shown)))
        return spans

    def _breaks(self, part: Part, span: Span) -> bool:
        """Whether a new line begins on purpose: two blanks or a backslash before it, a sign of its own, or labels."""
        gap = self._text[part.end : span.start]
        if gap.startswith("  ") or self._text[part.end - 1] == "\\":
            return True
        line, following = self._text[part.start : part.end], self._text[span.start : span.end]
        ended = _STOPPED.search(line) is not None
        if _SIGN.match(following) and (ended or (following[0] != "(" and like_a_title(line.lstrip("*_")))):
            return True
        if _BOLD_LABEL.match(line) and not ended and following.lstrip("*_")[:1].isupper():
            return True
        if (
            _BOLD.match(line)
            and "\n" not in line
            and not line.rstrip("*_").endswith(":")
            and not following[0].islower()
        ):
            return True  # a heading in bold, and below it what it heads
        return len(line) < 100 and labelled(line.lstrip("*_")) and labelled(following.lstrip("*_"))

    def _dressed(self, part: Part) -> Part:
        written = self._text[part.start : part.end]
        if written.endswith("\\") and len(written) > 1:
            part, written = replace(part, end=part.end - 1), written[:-1]
        picture = _PICTURE.match(written)
        if picture:
            return Part(PartKind.PICTURE, part.start + picture.start(1), part.start + picture.end(1))
        return replace(part, bold=True) if _BOLD.match(written) and "\n" not in written else part
