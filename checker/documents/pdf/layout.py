"""From what a page holds to paragraphs, tables and pictures in the order of reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import attrgetter

from checker.documents.pdf.across import ruled_across, with_columns
from checker.documents.pdf.aligned import Aligned, aligned_tables, begins_of
from checker.documents.pdf.blocks import Block, Flow, Framed, Item, PageContent, PageLayout, Table
from checker.documents.pdf.columns import flows
from checker.documents.pdf.content import Box, Grid
from checker.documents.pdf.lines import Line, rows, whole
from checker.documents.pdf.paragraphs import Paragraph, paragraphs, usual_leading
from checker.documents.pdf.running import running
from checker.documents.pdf.tables import filled, of_aligned
from checker.documents.pdf.unruled import table_at_end, unruled_tables

_PAGE_SHARE = 0.7
_NEAR = 6.0
_FEWEST_WORDS_ON_PICTURE = 4
_WORDS_IN_PROSE = 4
_FARTHEST_SHARE = 0.02
_PAGES_LOOKED_AT = 8
_MOST_PADDING = 20.0
_FEWEST_LINES = 4
_NARROW = 0.6
_RAGGED = 0.2


def laid_out(contents: Sequence[PageContent]) -> list[PageLayout]:
    """Returns the pages of a document in the order of reading.

    Args:
        contents: What each page holds.
    """
    lines_apart, pictures_apart = running(contents)
    leading, right = _habits(contents, lines_apart)
    pages = [_Page(content, apart, leading, right) for content, apart in zip(contents, lines_apart, strict=True)]
    layouts: list[PageLayout] = []
    for number, page in enumerate(pages):
        above = _open_columns(layouts[-1], -1) if layouts else ()
        layouts.append(page.layout(above))
        below = _open_columns(layouts[-1], 0) if number else ()
        if below and not above:
            layouts[-2] = pages[number - 1].with_end(below) or layouts[-2]
    for layout, content, repeated in zip(layouts, contents, pictures_apart, strict=True):
        _place_pictures(layout, content, repeated)
    return layouts


class _Page:
    """One page on its way from lines to blocks."""

    def __init__(self, content: PageContent, apart: set[Line], leading: float, right: float) -> None:
        self._content, self._apart, self._leading, self._right = content, apart, leading, right
        page = Box(0, 0, content.frame.width, content.frame.height)
        grids = [*content.grids, *ruled_across(content.loose, page.width)]
        frames = [grid.box for grid in grids if len(grid.cells) == 1]
        frames += [
            panel
            for panel in content.panels
            if not any(len(grid.cells) > 1 and grid.box.holds(panel, _NEAR) for grid in grids)
        ]
        self._frames = [frame for frame in frames if frame.area < _PAGE_SHARE * page.area]
        self._grids = [grid for grid in grids if len(grid.cells) > 1 and (grid.ruled or len(grid.ys) > 2)]
        body: list[Item] = list(content.lines)
        for grid in sorted(self._grids, key=lambda grid: -grid.box.area):
            body = self._with_table(grid, body)
        self._aside = [item for item in body if isinstance(item, Line) and item in apart]
        self._body = self._framed([item for item in body if not (isinstance(item, Line) and item in apart)])
        self._unruled: list[Aligned] = []

    def layout(self, above: Sequence[float] = ()) -> PageLayout:
        """Returns the page in the order of reading.

        Args:
            above: Where the columns begin of a table without lines at the end of the page before.
        """
        self._unruled = unruled_tables(_lines(self._body), self._leading, above)
        return self._laid_out()

    def with_end(self, below: Sequence[float]) -> PageLayout | None:
        """Returns the page laid out anew where a table without lines begins at its end; ``None`` where none does.

        Args:
            below: Where the columns begin of the one at the beginning of the next page.
        """
        table = table_at_end(_lines(self._body), self._leading, below, self._unruled)
        if table is None:
            return None
        self._unruled.append(table)
        return self._laid_out()

    def _laid_out(self) -> PageLayout:
        content = self._content
        flows = list(self._read(self._with_tables(self._body, self._unruled), self._right))
        layout = PageLayout(content.number, content.frame, flows, [*self._aside, *content.slanting])
        layout.legible, layout.ocr = content.legible, content.ocr
        return layout

    def _with_table(self, grid: Grid, body: list[Item]) -> list[Item]:
        """Returns what stands on the page with a ruled table in the place of its lines.

        A table that runs through the document is none, and neither is one inside another table's cell.
        """
        if any(isinstance(item, Table) and item.box.holds(grid.box, _NEAR) for item in body):
            return body
        inside = [item for item in body if isinstance(item, Line) and grid.box.holds_middle_of(item)]
        if not inside or all(line in self._apart for line in inside):
            return body
        for part in [grid] if len(grid.xs) > 2 else with_columns(grid, inside, self._leading):
            held = [line for line in inside if part.box.holds_middle_of(line)]
            table = filled(part, held, self._content.number, self._leading)
            if table is not None:
                taken = set(held)
                body = [*(item for item in body if item not in taken), table]
        return body

    def _framed(self, items: Sequence[Item]) -> list[Item]:
        """Returns things on the page with those that stand in a frame made one."""
        loose = list(items)
        for frame in sorted(self._frames, key=lambda frame: frame.area):
            inside = [item for item in loose if frame.holds(_box(item), _NEAR)]
            if len({round(item.top) for item in inside}) > 1 and not self._is_stripe(frame, inside):
                held = set(inside)
                loose = [item for item in loose if item not in held]
                loose.append(Framed(frame, inside))
        return loose

    def _is_stripe(self, frame: Box, inside: Sequence[Item]) -> bool:
        """Whether a frame is a coloured row of a table without ruling lines: others like it, and columns in it."""
        alike = sum(
            abs(other.x0 - frame.x0) <= _NEAR and abs(other.x1 - frame.x1) <= _NEAR and other.top != frame.top
            for other in self._frames
        )
        return alike > 0 and any(len(row) > 1 for row in rows(item for item in inside if isinstance(item, Line)))

    def _read(self, items: Sequence[Item], right: float, apart: bool = False) -> Iterator[Flow]:
        """Yields what things on a page make, column by column."""
        found = flows(items)
        for column in found:
            edge, flow = right, column
            if len(found) == 1:
                edge = _right_of_lone_column(_lines(column), right)
            else:
                flow = self._with_unruled(column)
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
                    yield from self._read(self._with_unruled(item.items), _right_in(item), apart=True)
                    blocks = []
                else:
                    blocks.append(item)
            blocks += self._text(lines, edge)
            yield Flow(blocks, apart)

    def _with_unruled(self, items: Sequence[Item]) -> list[Item]:
        """Returns things in a column or frame with the tables that have no lines at all in the place of theirs."""
        return self._with_tables(items, unruled_tables(_lines(items), self._leading))

    def _with_tables(self, items: Sequence[Item], found: Sequence[Aligned]) -> list[Item]:
        tables = [of_aligned(table, self._content.number, self._leading) for table in found]
        loose = [
            item
            for item in items
            if not (
                isinstance(item, Line) and not item.turned and any(table.box.holds_middle_of(item) for table in tables)
            )
        ]
        return sorted([*loose, *tables], key=attrgetter("top", "x0")) if tables else list(items)

    def _text(self, lines: Sequence[Line], right: float) -> Iterator[Block]:
        """Yields the paragraphs of lines, and the tables that have no ruling lines."""
        for part in aligned_tables(rows(lines)):
            if isinstance(part, Aligned):
                yield of_aligned(part, self._content.number, self._leading)
            else:
                joined = [whole(row) for row in part]
                edge = max(right, *(line.x1 for line in joined)) if joined else right
                yield from paragraphs(joined, self._content.number, edge, self._leading)


def _open_columns(layout: PageLayout, end: int) -> tuple[float, ...]:
    """Returns where the columns begin of the table without lines at one end of a page; none where there is no such."""
    if not layout.flows or not layout.flows[end].blocks or layout.flows[end].apart:
        return ()
    block = layout.flows[end].blocks[end]
    return begins_of(block.edges) if isinstance(block, Table) and not block.is_ruled else ()


def _lines(items: Sequence[Item]) -> list[Line]:
    return [item for item in items if isinstance(item, Line)]


def _box(item: Item) -> Box:
    return Box(item.x0, item.top, item.x1, item.bottom)


def _right_of_lone_column(lines: Sequence[Line], right: float) -> float:
    """Returns how far text could run where the last page of a brochure fills only the first of its columns."""
    prose = [line for line in lines if len(line.tokens) >= _WORDS_IN_PROSE and not line.turned]
    if len(prose) < _FEWEST_LINES:
        return right
    left, edge = min(line.x0 for line in lines), max(line.x1 for line in lines)
    full = sum(edge - line.x1 < _RAGGED * (edge - left) for line in prose)
    return edge if edge - left < _NARROW * (right - left) and full > len(prose) / 2 else right


def _right_in(framed: Framed) -> float:
    """Returns how far to the right text in a frame could run."""
    padding = min(item.x0 for item in framed.items) - framed.box.x0
    if padding <= _MOST_PADDING:
        return framed.box.x1 - max(padding, 0.0)
    return max(item.x1 for item in framed.items)


def _habits(contents: Sequence[PageContent], apart: Sequence[set[Line]]) -> tuple[float, float]:
    """Returns the document's usual distance of lines, in letter sizes, and the right edge of its text."""
    body = [
        [line for line in content.lines if line not in aside and not line.turned]
        for content, aside in zip(contents, apart, strict=True)
    ]
    prose = [line for lines in body for line in lines if len(line.tokens) > _WORDS_IN_PROSE]
    ends = Counter(round(line.x1) for line in prose or [line for lines in body for line in lines])
    right, most = 0, sum(ends.values()) * _FARTHEST_SHARE
    for end in sorted(ends, reverse=True):
        most -= ends[end]
        if most <= 0:
            right = end
            break
    some = body[:: max(1, len(body) // _PAGES_LOOKED_AT)]
    distances = sorted(distance for lines in some for distance in usual_leading(lines, right))
    return (distances[len(distances) // 2] if distances else 0.0), float(right)


def _place_pictures(layout: PageLayout, content: PageContent, repeated: set[int]) -> None:
    """Puts a page's pictures where they stand; what text is written on is a background, not a picture."""
    for index, picture in enumerate(content.pictures):
        if index in repeated:
            continue
        box = Box(*picture[:4])
        written = sum(len(line.tokens) for line in content.lines if box.holds_middle_of(line))
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


def _top(block: Block) -> float:
    return block.first.top if isinstance(block, Paragraph) else block.top


def _overlap(block: Block, box: Box) -> bool:
    """Whether a block stands in the same column as a box."""
    first = block.first if isinstance(block, Paragraph) else block
    return first.x0 < box.x1 and box.x0 < first.x1
