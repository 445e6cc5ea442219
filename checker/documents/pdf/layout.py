"""From what a page holds to paragraphs, tables and pictures in the order of reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from checker.documents.pdf.aligned import Aligned, aligned_tables
from checker.documents.pdf.blocks import Block, Flow, Framed, Item, PageLayout, Table
from checker.documents.pdf.columns import flows
from checker.documents.pdf.content import Box, Grid, PageContent, Picture, Word
from checker.documents.pdf.lines import Line, pieces, rows, whole
from checker.documents.pdf.paragraphs import Paragraph, paragraphs, usual_leading
from checker.documents.pdf.running import Margin, running
from checker.documents.pdf.tables import filled, of_aligned, ruled_across

_PAGE_SHARE = 0.7
_NEAR = 6.0
_FEWEST_WORDS_ON_PICTURE = 4
_SMALL_PRINT = 0.93
_MOST_PADDING = 20.0


def laid_out(contents: Sequence[PageContent]) -> list[PageLayout]:
    """Returns the pages of a document in the order of reading.

    Args:
        contents: What each page holds.
    """
    parts = [pieces(content.words) for content in contents]
    margins = [
        Margin(content.number, content.frame, found, content.pictures)
        for content, (found, _) in zip(contents, parts, strict=True)
    ]
    lines_apart, pictures_apart = running(margins)
    leading, right = _habits(margins, lines_apart)
    layouts = []
    for content, (found, slanting), apart, repeated in zip(contents, parts, lines_apart, pictures_apart, strict=True):
        layout = _Page(content, found, apart, leading, right).layout()
        layout.running = [*layout.running, *slanting]
        _place_pictures(layout, content, repeated)
        layouts.append(layout)
    return layouts


class _Page:
    """One page on its way from words to blocks."""

    def __init__(
        self, content: PageContent, found: Sequence[Line], apart: set[int], leading: float, right: float
    ) -> None:
        self._content, self._leading, self._right = content, leading, right
        page = Box(0, 0, content.frame.width, content.frame.height)
        grids = [*content.grids, *ruled_across(content.loose, page.width)]
        frames = [*(grid.box for grid in grids if len(grid.cells) == 1), *content.panels]
        self._frames = [frame for frame in frames if frame.area < _PAGE_SHARE * page.area]
        self._grids = [grid for grid in grids if len(grid.cells) > 1]
        self._lines, self._apart = found, apart

    def layout(self) -> PageLayout:
        """Returns the page in the order of reading."""
        tables, used = self._tables()
        aside = [line for line in self._lines if id(line) in self._apart and not used.intersection(map(id, line.words))]
        body: list[Item] = list(tables)
        for line in self._lines:
            if id(line) in self._apart:
                continue
            left = [word for word in line.words if id(word) not in used]
            if len(left) == len(line.words):
                body.append(line)
            elif left:
                body += pieces(left)[0]
        read = list(self._read(self._framed(body), self._right))
        layout = PageLayout(self._content.number, self._content.frame, read, aside)
        layout.legible, layout.ocr = self._content.legible, self._content.ocr
        return layout

    def _tables(self) -> tuple[list[Table], set[int]]:
        """Returns the ruled tables, and which words stand in them; a table that runs through the document is none."""
        tables: list[Table] = []
        used: set[int] = set()
        if not self._grids:
            return tables, used
        aside = {id(word) for line in self._lines if id(line) in self._apart for word in line.words}
        words = self._content.words
        for grid in sorted(self._grids, key=lambda grid: -grid.box.area):
            inside = [word for word in words if id(word) not in used and grid.box.holds_middle_of(word)]
            if not inside or all(id(word) in aside for word in inside) or self._is_inside(grid, tables):
                continue
            table = filled(grid, inside, self._content.number, self._leading)
            if table is None:
                continue
            tables.append(table)
            used.update(_taken(table))
        return tables, used

    def _is_inside(self, grid: Grid, tables: Iterable[Table]) -> bool:
        return any(table.box.holds(grid.box, _NEAR) for table in tables)

    def _framed(self, items: Sequence[Item]) -> list[Item]:
        """Returns things on the page with those that stand in a frame made one."""
        loose = list(items)
        for frame in sorted(self._frames, key=lambda frame: frame.area):
            inside = [item for item in loose if frame.holds(_box(item), _NEAR)]
            if len(inside) > 1 and len({round(item.top) for item in inside}) > 1:
                held = {id(item) for item in inside}
                loose = [item for item in loose if id(item) not in held]
                loose.append(Framed(frame, inside))
        return loose

    def _read(self, items: Sequence[Item], right: float, apart: bool = False) -> Iterator[Flow]:
        """Yields what things on a page make, column by column."""
        found = flows(items)
        for flow in found:
            edge = right
            if len(found) > 1:
                edge = max(item.x1 for item in flow)
                edge = right if edge > right - _NEAR else edge
            lines: list[Line] = []
            blocks: list[Block] = []
            for item in flow:
                if isinstance(item, Line):
                    lines.append(item)
                    continue
                blocks += self._text(lines, edge)
                lines = []
                if isinstance(item, Framed):
                    yield Flow(blocks, apart)
                    yield from self._read(item.items, _right_in(item), apart=True)
                    blocks = []
                else:
                    blocks.append(item)
            blocks += self._text(lines, edge)
            yield Flow(blocks, apart)

    def _text(self, lines: Sequence[Line], right: float) -> Iterator[Block]:
        """Yields the paragraphs of lines, and the tables that have no ruling lines."""
        for part in aligned_tables(rows(lines)):
            if isinstance(part, Aligned):
                yield of_aligned(part, self._content.number, self._leading)
            else:
                joined = [whole(row) for row in part]
                edge = max(right, *(line.x1 for line in joined)) if joined else right
                yield from paragraphs(joined, self._content.number, edge, self._leading)


def _box(item: Item) -> Box:
    return Box(item.x0, item.top, item.x1, item.bottom)


def _right_in(framed: Framed) -> float:
    """Returns how far to the right text in a frame could run."""
    padding = min(item.x0 for item in framed.items) - framed.box.x0
    if padding <= _MOST_PADDING:
        return framed.box.x1 - max(padding, 0.0)
    return max(item.x1 for item in framed.items)


def _taken(table: Table) -> Iterator[int]:
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                for _, line in paragraph.lines:
                    yield from map(id, line.words)


def _habits(margins: Sequence[Margin], apart: Sequence[set[int]]) -> tuple[float, float]:
    """Returns the document's usual distance of lines, in letter sizes, and the right edge of its text."""
    ends: Counter[int] = Counter()
    body: list[list[Line]] = []
    for page, running_lines in zip(margins, apart, strict=True):
        lines = [line for line in page.lines if id(line) not in running_lines and not line.turned]
        body.append(lines)
        for line in lines:
            if len(line.words) > 4:
                ends[round(line.x1)] += 1
    if not ends:
        return 0.0, 0.0
    total, seen, right = sum(ends.values()), 0, 0
    for end in sorted(ends, reverse=True):
        seen += ends[end]
        if seen >= 0.02 * total:
            right = end
            break
    distances = sorted(distance for lines in body for distance in usual_leading(lines, right))
    return (distances[len(distances) // 2] if distances else 0.0), float(right)


def _place_pictures(layout: PageLayout, content: PageContent, repeated: set[int]) -> None:
    """Puts a page's pictures where they stand; what text is written on is a background, not a picture."""
    for index, picture in enumerate(content.pictures):
        if index in repeated:
            continue
        box = Box(*picture[:4])
        written = sum(_counts(word, box) for word in content.words)
        if written >= _FEWEST_WORDS_ON_PICTURE and not content.ocr:
            continue
        layout.pictures += 1
        after = (
            (flow, at)
            for flow in layout.flows
            for at, block in enumerate(flow.blocks)
            if _top(block) > picture.top and _overlap(block, box)
        )
        flow, at = next(after, (None, 0))
        if flow is None:
            layout.flows.append(Flow([picture]))
        else:
            flow.blocks.insert(at, picture)


def _counts(word: Word, box: Box) -> bool:
    return box.holds_middle_of(word)


def _top(block: Block) -> float:
    return block.first.top if isinstance(block, Paragraph) else block.top


def _overlap(block: Block, box: Box) -> bool:
    """Whether a block stands in the same column as a box."""
    first = block.first if isinstance(block, Paragraph) else block
    return first.x0 < box.x1 and box.x0 < first.x1
