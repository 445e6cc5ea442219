"""Ruling lines, panels and pictures of a page from pdfium's page objects."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

from checker.documents.pdf.content import Box, Drawings, Edge, Frame, Picture, around
from checker.documents.pdf.pdfium import Buffer, Pdfium, colours_of

MOST_OBJECTS = 20_000
"""More objects on one page are not looked at."""
MOST_POINTS = 40_000
"""More corners of drawn lines on one page are not looked at."""

# Kinds of page objects, and of what a path is made of, in pdfium's fpdf_edit.h.
_PATH, _IMAGE, _SHADING, _FORM = 2, 3, 4, 5
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
    """Reads what is drawn on one page beside its text."""

    def __init__(self, pdfium: Pdfium, page: int, frame: Frame, colours: bool) -> None:
        """Prepares to read.

        Args:
            pdfium: The functions of pdfium.
            page: pdfium's handle of the page.
            frame: How the page is shown.
            colours: Whether to find out what white letters can be seen on.
        """
        self._pdfium, self._page, self._frame, self._colours = pdfium, page, frame, colours
        self._level: list[Edge] = []
        self._upright: list[Edge] = []
        self._pictures: list[Picture] = []
        self._panels: list[Box] = []
        self._dots: list[Box] = []
        self._dark: list[Box] = []
        self._strokes: list[Box] = []
        self._objects_left, self._points_left = MOST_OBJECTS, MOST_POINTS
        self._floats = Buffer(6)
        self._modes, self._colour = Buffer(2, "I"), Buffer(4, "I")
        self._numbers = [self._floats.places(1, number)[0] for number in range(6)]
        self._two_modes = [self._modes.places(1, number)[0] for number in range(2)]

    def read(self) -> Drawings:
        """Returns what is drawn."""
        pdfium = self._pdfium
        count = min(pdfium.FPDFPage_CountObjects(self._page), MOST_OBJECTS + 1)
        self._walk(list(map(pdfium.FPDFPage_GetObject, repeat(self._page), range(count))), _SAME, 0)
        if len(self._strokes) >= _DIAGRAM_STROKES:
            box = around(self._strokes)
            if self._is_large(box):
                self._pictures.append(Picture(*box, drawn=True))
        cut = self._objects_left < 0 or self._points_left < 0
        return Drawings(
            self._level,
            self._upright,
            self._pictures,
            self._panels,
            self._dots,
            self._dark,
            len(self._strokes),
            cut,
        )

    def _walk(self, objects: Sequence[int], matrix: _Matrix, depth: int) -> None:
        pdfium = self._pdfium
        self._objects_left -= len(objects)
        if self._objects_left < 0:
            objects = objects[: self._objects_left]
        for item, kind in zip(objects, map(pdfium.FPDFPageObj_GetType, objects), strict=True):
            if kind == _PATH:
                self._path(item, matrix)
            elif kind in (_IMAGE, _SHADING):
                box = self._bounds(item, matrix)
                if box is not None and kind == _IMAGE and self._is_large(box):
                    self._pictures.append(Picture(*box))
                if box is not None:
                    self._dark.append(box)
            elif kind == _FORM and depth < _DEEPEST:
                count = min(pdfium.FPDFFormObj_CountObjects(item), max(self._objects_left, 0) + 1)
                inner = list(map(pdfium.FPDFFormObj_GetObject, repeat(item), range(count)))
                self._walk(inner, _times(self._matrix_of(item), matrix), depth + 1)

    def _path(self, path: int, matrix: _Matrix) -> None:
        if not self._pdfium.FPDFPath_GetDrawMode(path, *self._two_modes):
            return
        filled, stroked = map(bool, self._modes.values(1))
        box = self._bounds(path, matrix) if filled or stroked else None
        if box is None or not self._is_on_page(box):
            return
        if _is_dot(box):
            self._dots.append(box)
        elif min(box.width, box.height) <= _THIN:
            self._rule(box)
        elif not filled or self._panel(path, box, stroked):
            if box.width >= _PANEL_WIDTH and box.height >= _PANEL_HEIGHT and len(self._panels) < _MOST_PANELS:
                self._panels.append(box)
            self._sides(path, matrix, box, stroked)

    def _rule(self, box: Box) -> None:
        """Keeps a path that is as thin as a line."""
        if box.width >= box.height and box.width >= _SHORTEST:
            self._level.append(Edge((box.top + box.bottom) / 2, box.x0, box.x1, True))
        elif box.height >= _SHORTEST:
            self._upright.append(Edge((box.x0 + box.x1) / 2, box.top, box.bottom, True))

    def _panel(self, path: int, box: Box, stroked: bool) -> bool:
        """Returns whether a filled path has sides that can be seen: it is not white, and not the page's background."""
        lightest = self._lightest(path) if self._colours or not stroked else _WHITE
        if lightest <= _DARK:
            self._dark.append(box)
        if stroked:
            return True
        return lightest < _WHITE and (box.width < 0.9 * self._frame.width or box.height < 0.9 * self._frame.height)

    def _is_on_page(self, box: Box) -> bool:
        return box.x1 > 0 and box.bottom > 0 and box.x0 < self._frame.width and box.top < self._frame.height

    def _sides(self, path: int, matrix: _Matrix, box: Box, ruled: bool) -> None:
        """Keeps the level and upright sides of a path."""
        pdfium = self._pdfium
        count = pdfium.FPDFPath_CountSegments(path)
        self._points_left -= count
        if self._points_left < 0:
            return
        own = _times(self._matrix_of(path), matrix)
        x, y, *_ = self._numbers
        last = begun = None
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            at_x, at_y, *_ = self._floats.values(1)
            point = self._frame.shown(*_moved(at_x, at_y, own))
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == _MOVE:
                begun = point
            elif kind == _LINE and last is not None:
                self._side(last, point, ruled)
            elif kind == _CURVE:
                self._strokes.append(box)
            if begun is not None and pdfium.FPDFPathSegment_GetClose(segment):
                self._side(point, begun, ruled)
            last = point

    def _side(self, begin: tuple[float, float], end: tuple[float, float], ruled: bool) -> None:
        (x0, y0), (x1, y1) = begin, end
        if abs(y1 - y0) <= _STRAIGHT:
            if abs(x1 - x0) >= _SHORTEST:
                self._level.append(Edge((y0 + y1) / 2, min(x0, x1), max(x0, x1), ruled))
        elif abs(x1 - x0) <= _STRAIGHT:
            if abs(y1 - y0) >= _SHORTEST:
                self._upright.append(Edge((x0 + x1) / 2, min(y0, y1), max(y0, y1), ruled))
        elif all(abs(value) < _FARTHEST for value in (x0, y0, x1, y1)):
            self._strokes.append(Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def _bounds(self, item: int, matrix: _Matrix) -> Box | None:
        if not self._pdfium.FPDFPageObj_GetBounds(item, *self._numbers[:4]):
            return None
        left, bottom, right, top, *_ = self._floats.values(1)
        if matrix is not _SAME:
            corners = [_moved(x, y, matrix) for x in (left, right) for y in (bottom, top)]
            left, right = min(x for x, _ in corners), max(x for x, _ in corners)
            bottom, top = min(y for _, y in corners), max(y for _, y in corners)
        x0, y0 = self._frame.shown(left, bottom)
        x1, y1 = self._frame.shown(right, top)
        box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        return box if all(-_FARTHEST < value < _FARTHEST for value in box) else None

    def _matrix_of(self, item: int) -> _Matrix:
        if not self._pdfium.FPDFPageObj_GetMatrix(item, self._numbers[0]):
            return _SAME
        a, b, c, d, e, f = self._floats.values(1)
        return a, b, c, d, e, f

    def _lightest(self, path: int) -> int:
        """Returns the lightest of the three colours that a panel is filled with; 255 where it cannot be seen."""
        red, green, blue, opacity = colours_of(self._pdfium, [path], self._colour)[0]
        return min(red, green, blue) if opacity else 255

    def _is_large(self, box: Box) -> bool:
        """Whether a picture could hold text to read; a crest or a logo cannot."""
        page = Box(0, 0, self._frame.width, self._frame.height)
        width, height = min(box.x1, page.x1) - max(box.x0, 0), min(box.bottom, page.bottom) - max(box.top, 0)
        return width >= _PICTURE_WIDTH and height >= _PICTURE_HEIGHT and width * height >= _PICTURE_SHARE * page.area


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
