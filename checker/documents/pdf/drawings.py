"""Ruling lines, panels and pictures of a page from pdfium's page objects."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from itertools import repeat
from typing import Any

from checker.documents.pdf.content import Box, Drawings, Edge, Frame, Picture, around

MOST_OBJECTS = 20_000
"""More objects on one page are not looked at."""
MOST_POINTS = 40_000
"""More corners of drawn lines on one page are not looked at."""

_DEEPEST = 6
_THIN = 3.0
_SHORTEST = 1.5
_STRAIGHT = 0.5
_FARTHEST = 20_000.0
_WHITE = 245
_DARK = 215
_PICTURE_WIDTH, _PICTURE_HEIGHT, _PICTURE_SHARE = 100.0, 30.0, 0.02
_DIAGRAM_STROKES = 40
_PANEL_WIDTH, _PANEL_HEIGHT = 40.0, 24.0
_MOST_PANELS = 200

_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class DrawingReader:
    """Reads what is drawn on one page beside its text."""

    def __init__(self, raw: Any, page: Any, frame: Frame, colours: bool) -> None:
        """Prepares to read.

        Args:
            raw: ``pypdfium2.raw``.
            page: pdfium's handle of the page.
            frame: How the page is shown.
            colours: Whether to find out what white letters can be seen on.
        """
        self._raw, self._page, self._frame, self._colours = raw, page, frame, colours
        self._level: list[Edge] = []
        self._upright: list[Edge] = []
        self._pictures: list[Picture] = []
        self._panels: list[Box] = []
        self._dark: list[Box] = []
        self._strokes: list[Box] = []
        self._objects_left, self._points_left = MOST_OBJECTS, MOST_POINTS
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._float_references = [ctypes.byref(value) for value in self._floats]
        self._uints = [ctypes.c_uint() for _ in range(4)]
        self._uint_references = [ctypes.byref(value) for value in self._uints]
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._modes = [ctypes.byref(self._fill), ctypes.byref(self._stroke)]
        self._matrix = raw.FS_MATRIX()

    def read(self) -> Drawings:
        """Returns what is drawn."""
        raw = self._raw
        count = min(raw.FPDFPage_CountObjects(self._page), MOST_OBJECTS + 1)
        self._walk(list(map(raw.FPDFPage_GetObject, repeat(self._page), range(count))), _SAME, 0)
        if len(self._strokes) >= _DIAGRAM_STROKES:
            box = around(self._strokes)
            if self._is_large(box):
                self._pictures.append(Picture(*box, drawn=True))
        cut = self._objects_left < 0 or self._points_left < 0
        return Drawings(self._level, self._upright, self._pictures, self._panels, self._dark, len(self._strokes), cut)

    def _walk(self, objects: Sequence[Any], matrix: _Matrix, depth: int) -> None:
        raw = self._raw
        self._objects_left -= len(objects)
        if self._objects_left < 0:
            objects = objects[: self._objects_left]
        for item, kind in zip(objects, map(raw.FPDFPageObj_GetType, objects), strict=True):
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
            elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
                box = self._bounds(item, matrix)
                if box is not None and kind == raw.FPDF_PAGEOBJ_IMAGE and self._is_large(box):
                    self._pictures.append(Picture(*box))
                if box is not None:
                    self._dark.append(box)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                count = min(raw.FPDFFormObj_CountObjects(item), max(self._objects_left, 0) + 1)
                inner = list(map(raw.FPDFFormObj_GetObject, repeat(item), range(count)))
                self._walk(inner, _times(self._matrix_of(item), matrix), depth + 1)

    def _path(self, path: Any, matrix: _Matrix) -> None:
        raw = self._raw
        if not raw.FPDFPath_GetDrawMode(path, *self._modes):
            return
        filled, stroked = self._fill.value != 0, self._stroke.value != 0
        if not (filled or stroked):
            return
        box = self._bounds(path, matrix)
        if (
            box is None
            or box.x1 <= 0
            or box.bottom <= 0
            or box.x0 >= self._frame.width
            or box.top >= self._frame.height
        ):
            return
        if min(box.width, box.height) <= _THIN:
            if box.width >= box.height and box.width >= _SHORTEST:
                self._level.append(Edge((box.top + box.bottom) / 2, box.x0, box.x1, True))
            elif box.height >= _SHORTEST:
                self._upright.append(Edge((box.x0 + box.x1) / 2, box.top, box.bottom, True))
            return
        if filled and not stroked:
            lightest = self._lightest(path)
            if lightest >= _WHITE:
                return
            if self._colours and lightest <= _DARK:
                self._dark.append(box)
            if box.width >= 0.9 * self._frame.width and box.height >= 0.9 * self._frame.height:
                return
        if box.width >= _PANEL_WIDTH and box.height >= _PANEL_HEIGHT and len(self._panels) < _MOST_PANELS:
            self._panels.append(box)
        self._sides(path, matrix, box, stroked)

    def _sides(self, path: Any, matrix: _Matrix, box: Box, ruled: bool) -> None:
        """Keeps the level and upright sides of a path."""
        raw = self._raw
        count = raw.FPDFPath_CountSegments(path)
        self._points_left -= count
        if self._points_left < 0:
            return
        own = _times(self._matrix_of(path), matrix)
        x, y = self._float_references[:2]
        last = begun = None
        for index in range(count):
            segment = raw.FPDFPath_GetPathSegment(path, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            point = self._frame.shown(*_moved(self._floats[0].value, self._floats[1].value, own))
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                begun = point
            elif kind == raw.FPDF_SEGMENT_LINETO and last is not None:
                self._side(last, point, ruled)
            elif kind == raw.FPDF_SEGMENT_BEZIERTO:
                self._strokes.append(box)
            if begun is not None and raw.FPDFPathSegment_GetClose(segment):
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

    def _bounds(self, item: Any, matrix: _Matrix) -> Box | None:
        if not self._raw.FPDFPageObj_GetBounds(item, *self._float_references):
            return None
        left, bottom, right, top = (value.value for value in self._floats)
        if matrix is not _SAME:
            corners = [_moved(x, y, matrix) for x in (left, right) for y in (bottom, top)]
            left, right = min(x for x, _ in corners), max(x for x, _ in corners)
            bottom, top = min(y for _, y in corners), max(y for _, y in corners)
        x0, y0 = self._frame.shown(left, bottom)
        x1, y1 = self._frame.shown(right, top)
        box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        return box if all(-_FARTHEST < value < _FARTHEST for value in box) else None

    def _matrix_of(self, item: Any) -> _Matrix:
        found = self._matrix
        if not self._raw.FPDFPageObj_GetMatrix(item, found):
            return _SAME
        return (found.a, found.b, found.c, found.d, found.e, found.f)

    def _lightest(self, path: Any) -> int:
        """Returns the lightest of the three colours that a panel is filled with; 255 where it cannot be seen."""
        if not self._raw.FPDFPageObj_GetFillColor(path, *self._uint_references):
            return 0
        red, green, blue, opacity = (part.value for part in self._uints)
        return min(red, green, blue) if opacity else 255

    def _is_large(self, box: Box) -> bool:
        """Whether a picture could hold text to read; a crest or a logo cannot."""
        page = Box(0, 0, self._frame.width, self._frame.height)
        width, height = min(box.x1, page.x1) - max(box.x0, 0), min(box.bottom, page.bottom) - max(box.top, 0)
        return width >= _PICTURE_WIDTH and height >= _PICTURE_HEIGHT and width * height >= _PICTURE_SHARE * page.area


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
