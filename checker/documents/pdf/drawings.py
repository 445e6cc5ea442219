"""Ruling lines, panels and pictures of a page from pdfium's page objects."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from itertools import repeat

from checker.documents.pdf.content import Box, Drawings, Edge, Frame, Picture, around
from checker.documents.pdf.pdfium import Buffer, Pdfium, colours_of

MOST_OBJECTS = 20_000
"""More objects on one page are not looked at."""
MOST_POINTS = 40_000
"""More corners of drawn lines on one page are not looked at."""

# Kinds of page objects, and of what a path is made of, in pdfium's fpdf_edit.h.
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE, _CURVE, _MOVE = 0, 1, 2

_DEEPEST = 6
_THIN = 3.0
_SHORTEST = 1.5
_STRAIGHT = 0.5
_FARTHEST = 20_000.0
_WHITE = 245
_DARK = 215
_PICTURE_WIDTH, _PICTURE_HEIGHT, _PICTURE_SHARE = 100.0, 30.0, 0.02
_DIAGRAM_STROKES = 40
_SMALLEST_DOT, _LARGEST_DOT, _ROUND = 2.0, 7.0, 0.2
_PANEL_WIDTH, _PANEL_HEIGHT = 40.0, 24.0
_MOST_PANELS = 200

_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class DrawingReader:
    """Reads what is drawn on the pages of a document beside their text."""

    def __init__(self, pdfium: Pdfium) -> None:
        """Takes the functions of pdfium."""
        self._pdfium = pdfium
        self._sides, self._points, self._numbers = Buffer(4), Buffer(2), Buffer(6)
        self._modes, self._colours = Buffer(2, "I"), Buffer(4, "I")
        self._objects_left = self._points_left = 0

    def read(self, page: int, frame: Frame, texts: Collection[int], *, colours: bool) -> Drawings:
        """Returns what is drawn on a page.

        Args:
            page: pdfium's handle of the page.
            frame: How the page is shown.
            texts: Handles of objects that are known to be text.
            colours: Whether to find out what white letters can be seen on.
        """
        pdfium = self._pdfium
        self._objects_left, self._points_left = MOST_OBJECTS, MOST_POINTS
        count = min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS + 1)
        drawn = _Drawn(frame, texts, colours)
        self._walk(list(map(pdfium.FPDFPage_GetObject, repeat(page), range(count))), drawn, _SAME, 0)
        return drawn.drawings(cut=self._objects_left < 0 or self._points_left < 0)

    def _walk(self, objects: Sequence[int], drawn: _Drawn, matrix: _Matrix, depth: int) -> None:
        pdfium = self._pdfium
        self._objects_left -= len(objects)
        if self._objects_left < 0:
            objects = objects[: self._objects_left]
        others = [item for item in objects if item not in drawn.texts]
        kinds = dict(zip(others, map(pdfium.FPDFPageObj_GetType, others), strict=True))
        items = [item for item in others if kinds[item] != _TEXT]
        if not items:
            return
        for item, box, modes in zip(items, self._boxes(items, drawn.frame, matrix), self._modes_of(items), strict=True):
            if kinds[item] == _FORM:
                if depth < _DEEPEST:
                    count = min(pdfium.FPDFFormObj_CountObjects(item), max(self._objects_left, 0) + 1)
                    inner = list(map(pdfium.FPDFFormObj_GetObject, repeat(item), range(count)))
                    self._walk(inner, drawn, _times(self._matrix_of(item), matrix), depth + 1)
            elif box is None:
                continue
            elif kinds[item] == _PATH:
                self._path(item, box, modes, drawn, matrix)
            else:
                drawn.picture(box, image=kinds[item] == _IMAGE)

    def _path(self, path: int, box: Box, modes: tuple[int, int], drawn: _Drawn, matrix: _Matrix) -> None:
        filled, stroked = map(bool, modes)
        if not (filled or stroked) or not drawn.is_on_page(box) or drawn.small(box):
            return
        if filled:
            lightest = self._lightest(path) if drawn.colours or not stroked else _WHITE
            if not drawn.panel(box, lightest, stroked):
                return
        drawn.box(box)
        self._points_left -= (count := self._pdfium.FPDFPath_CountSegments(path))
        if self._points_left >= 0:
            self._outline(path, count, box, stroked, drawn, _times(self._matrix_of(path), matrix))

    def _outline(self, path: int, count: int, box: Box, ruled: bool, drawn: _Drawn, matrix: _Matrix) -> None:
        """Keeps the level and upright sides of a path."""
        pdfium, points = self._pdfium, self._points
        segments = list(map(pdfium.FPDFPath_GetPathSegment, repeat(path), range(count)))
        deque(map(pdfium.FPDFPathSegment_GetPoint, segments, points.places(count), points.places(count, 1)), 0)
        kinds = map(pdfium.FPDFPathSegment_GetType, segments)
        closing = map(pdfium.FPDFPathSegment_GetClose, segments)
        last = begun = None
        for (x, y), kind, closes in zip(points.groups(count), kinds, closing, strict=True):
            point = drawn.frame.shown(*_moved(x, y, matrix))
            if kind == _MOVE:
                begun = point
            elif kind == _LINE and last is not None:
                drawn.side(last, point, ruled)
            elif kind == _CURVE:
                drawn.curve(box)
            if begun is not None and closes:
                drawn.side(point, begun, ruled)
            last = point

    def _modes_of(self, items: Sequence[int]) -> Iterable[tuple[int, int]]:
        """Returns of each object how it is filled and how stroked; 0 for not at all, and for what is no path."""
        count = len(items)
        places = self._modes.places(count), self._modes.places(count, 1)
        answered = list(map(self._pdfium.FPDFPath_GetDrawMode, items, *places))
        return (modes if known else (0, 0) for modes, known in zip(self._modes.groups(count), answered, strict=True))

    def _boxes(self, items: Sequence[int], frame: Frame, matrix: _Matrix) -> Iterable[Box | None]:
        """Returns where each object stands; ``None`` where that makes no sense."""
        count = len(items)
        places = (self._sides.places(count, number) for number in range(4))
        answered = list(map(self._pdfium.FPDFPageObj_GetBounds, items, *places))
        groups = self._sides.groups(count)
        return [_box(sides, frame, matrix) if known else None for sides, known in zip(groups, answered, strict=True)]

    def _matrix_of(self, item: int) -> _Matrix:
        if not self._pdfium.FPDFPageObj_GetMatrix(item, self._numbers.places(1)[0]):
            return _SAME
        a, b, c, d, e, f = self._numbers.values(1)
        return a, b, c, d, e, f

    def _lightest(self, path: int) -> int:
        """Returns the lightest of the three colours that a panel is filled with; 255 where it cannot be seen."""
        red, green, blue, opacity = colours_of(self._pdfium, [path], self._colours)[0]
        return min(red, green, blue) if opacity else 255


class _Drawn:
    """What was found on one page so far."""

    def __init__(self, frame: Frame, texts: Collection[int], colours: bool) -> None:
        self.frame, self.texts, self.colours = frame, texts, colours
        self._level: list[Edge] = []
        self._upright: list[Edge] = []
        self._pictures: list[Picture] = []
        self._panels: list[Box] = []
        self._dots: list[Box] = []
        self._dark: list[Box] = []
        self._strokes: list[Box] = []

    def drawings(self, *, cut: bool) -> Drawings:
        """Returns all of it.

        Args:
            cut: Whether there was more than is looked at.
        """
        if len(self._strokes) >= _DIAGRAM_STROKES:
            box = around(self._strokes)
            if self._is_large(box):
                self._pictures.append(Picture(*box, drawn=True))
        return Drawings(
            self._level,
            self._upright,
            self._pictures,
            self._panels,
            self._dots,
            self._dark,
            cut,
        )

    def is_on_page(self, box: Box) -> bool:
        """Whether any of a box can be seen."""
        return box.x1 > 0 and box.bottom > 0 and box.x0 < self.frame.width and box.top < self.frame.height

    def picture(self, box: Box, *, image: bool) -> None:
        """Keeps an image, or what is shaded."""
        if image and self._is_large(box):
            self._pictures.append(Picture(*box))
        self._dark.append(box)

    def small(self, box: Box) -> bool:
        """Keeps a path that is a dot, or as thin as a line; returns whether it is."""
        width, height = box.width, box.height
        if _is_dot(box):
            self._dots.append(box)
        elif min(width, height) > _THIN:
            return False
        elif width >= height and width >= _SHORTEST:
            self._level.append(Edge((box.top + box.bottom) / 2, box.x0, box.x1, True))
        elif height >= _SHORTEST:
            self._upright.append(Edge((box.x0 + box.x1) / 2, box.top, box.bottom, True))
        return True

    def panel(self, box: Box, lightest: int, stroked: bool) -> bool:
        """Returns whether a filled path has sides that can be seen: it is not white, and not the page's background."""
        if lightest <= _DARK:
            self._dark.append(box)
        if stroked:
            return True
        return lightest < _WHITE and (box.width < 0.9 * self.frame.width or box.height < 0.9 * self.frame.height)

    def box(self, box: Box) -> None:
        """Keeps a path that is filled or framed in one go."""
        if box.width >= _PANEL_WIDTH and box.height >= _PANEL_HEIGHT and len(self._panels) < _MOST_PANELS:
            self._panels.append(box)

    def curve(self, box: Box) -> None:
        """Keeps a curve of a path."""
        self._strokes.append(box)

    def side(self, begin: tuple[float, float], end: tuple[float, float], ruled: bool) -> None:
        """Keeps a straight stretch of a path."""
        (x0, y0), (x1, y1) = begin, end
        if abs(y1 - y0) <= _STRAIGHT:
            if abs(x1 - x0) >= _SHORTEST:
                self._level.append(Edge((y0 + y1) / 2, min(x0, x1), max(x0, x1), ruled))
        elif abs(x1 - x0) <= _STRAIGHT:
            if abs(y1 - y0) >= _SHORTEST:
                self._upright.append(Edge((x0 + x1) / 2, min(y0, y1), max(y0, y1), ruled))
        elif all(abs(value) < _FARTHEST for value in (x0, y0, x1, y1)):
            self._strokes.append(Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def _is_large(self, box: Box) -> bool:
        """Whether a picture could hold text to read; a crest or a logo cannot."""
        page = Box(0, 0, self.frame.width, self.frame.height)
        width, height = min(box.x1, page.x1) - max(box.x0, 0), min(box.bottom, page.bottom) - max(box.top, 0)
        return width >= _PICTURE_WIDTH and height >= _PICTURE_HEIGHT and width * height >= _PICTURE_SHARE * page.area


def _box(sides: Sequence[float], frame: Frame, matrix: _Matrix) -> Box | None:
    """Returns the box on the page as it is shown; ``None`` where it is too far off."""
    left, bottom, right, top = sides
    if matrix is not _SAME:
        corners = [_moved(x, y, matrix) for x in (left, right) for y in (bottom, top)]
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    x0, y0 = frame.shown(left, bottom)
    x1, y1 = frame.shown(right, top)
    box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if all(-_FARTHEST < value < _FARTHEST for value in box) else None


def _is_dot(box: Box) -> bool:
    return _SMALLEST_DOT <= box.width <= _LARGEST_DOT and abs(box.width - box.height) <= _ROUND * box.width


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    """Returns the matrix that does one after the other."""
    if then is _SAME:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _moved(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
