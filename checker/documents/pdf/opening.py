"""Opens a PDF and hands over what its pages hold; says in one line why it cannot where it cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from checker.documents.pdf import fallback, symbols
from checker.documents.pdf.content import Box, Frame, Grid, PageContent, Picture, Word
from checker.documents.pdf.drawings import MOST_OBJECTS, DrawingReader
from checker.documents.pdf.grids import grids, wall_through
from checker.documents.pdf.words import MOST_CHARACTERS, WordReader
from checker.errors import UnreadableError

MOST_BYTES = 150_000_000
MOST_PAGES = 1_000
MOST_LETTERS = 5_000_000
MOST_FALLBACKS = 20
"""On more pages than this the slow way is not tried: a document whose fonts say nothing says nothing on any page."""

_HEADER_WITHIN = 1024
_END_WITHIN = 4096
_MOST_ANNOTATIONS = 2_000


class OpenedPdf:
    """A PDF that pdfium could open."""

    def __init__(self, raw: Any, document: Any, path: Path) -> None:
        """Takes ``pypdfium2.raw``, the open ``pypdfium2.PdfDocument`` and the file that it was read from."""
        self._raw, self._document, self._path = raw, document, path
        self._words = WordReader(raw)
        self._letters = 0
        self._fallbacks = 0
        self._notes = _completeness(path)

    @property
    def notes(self) -> list[str]:
        """What a user should know about the file as a whole."""
        return self._notes

    @property
    def title(self) -> str | None:
        """The title in the file's properties."""
        title = symbols.tidy(self._document.get_metadata_value("Title"))
        return title or None

    def pages(self) -> Iterator[PageContent]:
        """Yields what each page holds; a page that cannot be read is yielded as not legible."""
        count = len(self._document)
        if count == 0:
            raise UnreadableError("damaged", "The PDF has no page that can be read; save or export it again.")
        if count > MOST_PAGES:
            raise UnreadableError(
                "too-long",
                f"The PDF has {count:,} pages and at most {MOST_PAGES:,} are read; save the policy as a file of its own.",
            )
        for number in range(1, count + 1):
            yield self._page(number)

    def _page(self, number: int) -> PageContent:
        raw = self._raw
        page = raw.FPDF_LoadPage(self._document.raw, number - 1)
        if not page:
            note = f"Page {number} is damaged and could not be read."
            return PageContent(number, Frame(0, 0, 595, 842), legible=False, notes=(note,))
        try:
            if self._flatten(page):
                raw.FPDF_ClosePage(page)
                page = raw.FPDF_LoadPage(self._document.raw, number - 1)
            textpage = raw.FPDFText_LoadPage(page)
            try:
                return self._content(page, textpage, number)
            finally:
                raw.FPDFText_ClosePage(textpage)
        finally:
            raw.FPDF_ClosePage(page)

    def _content(self, page: Any, textpage: Any, number: int) -> PageContent:
        raw = self._raw
        words, frame, text = self._words.read(textpage, _frame(raw, page))
        self._letters += len(text)
        if self._letters > MOST_LETTERS:
            raise UnreadableError(
                "too-long", "The PDF holds more text than any policy; save the policy as a file of its own."
            )
        drawings = DrawingReader(raw, page, frame, any(word.style.white for word in words)).read()
        notes = []
        if drawings.cut:
            notes.append(f"Page {number} holds more than {MOST_OBJECTS:,} drawn lines; not all were looked at.")
        if len(text) >= MOST_CHARACTERS:
            notes.append(f"Page {number} holds more than {MOST_CHARACTERS:,} letters; the rest was not read.")
        legible = not symbols.garbled(text)
        if not legible and not drawings.cut and self._fallbacks < MOST_FALLBACKS:
            self._fallbacks += 1
            other = fallback.words(self._path, number, frame)
            if not symbols.garbled(" ".join(word.text for word in other)):
                words, legible = other, True
        if not legible:
            notes.append(f"The letters of page {number} cannot be read: its fonts do not say what they draw.")
        found, loose = grids(drawings)
        words = list(self._parted(textpage, frame, words, found)) if found else words
        unseen = sum(word.style.unseen for word in words)
        ocr = 2 * unseen > len(words) and any(_covers(picture, frame) for picture in drawings.pictures)
        seen = words if ocr else list(_seen(words, drawings.dark))
        return PageContent(number, frame, seen, found, loose, drawings.panels, drawings.pictures, legible, ocr, notes)

    def _parted(self, textpage: Any, frame: Frame, words: list[Word], found: Sequence[Grid]) -> Iterator[Word]:
        """Yields the words, those apart that run over a wall between two cells as one."""
        for word in words:
            walls = [wall for grid in found if (wall := wall_through(grid, word)) is not None]
            yield from (self._words.split(textpage, frame, word, walls[0]) if walls else None) or (word,)

    def _flatten(self, page: Any) -> bool:
        """Draws filled form fields and free text onto the page, where there are any; pop-up comments are not drawn."""
        raw = self._raw
        count = min(raw.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)
        for index in range(count):
            annotation = raw.FPDFPage_GetAnnot(page, index)
            if not annotation:
                continue
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            raw.FPDFPage_CloseAnnot(annotation)
            if kind in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP):
                return bool(raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)
        return False


@contextmanager
def opened(path: Path) -> Iterator[OpenedPdf]:
    """Opens a PDF.

    Args:
        path: The file.

    Yields:
        The open PDF.

    Raises:
        UnreadableError: It is empty, not a PDF, encrypted, too large or damaged.
    """
    _look_at_bytes(path)
    import pypdfium2
    import pypdfium2.raw

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise UnreadableError(
                "encrypted", "The PDF asks for a password; save a copy without one and check that."
            ) from None
        raise UnreadableError(
            "damaged",
            "The PDF is damaged and cannot be opened; export it again from the program that it was made with.",
        ) from None
    try:
        yield OpenedPdf(pypdfium2.raw, document, path)
    finally:
        document.close()


def _look_at_bytes(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            begin = file.read(_HEADER_WITHIN)
    except OSError as error:
        raise UnreadableError("missing", f"The file cannot be opened: {error.strerror or error}.") from None
    if size == 0:
        raise UnreadableError("empty", "The file is empty; save or download it again.")
    if size > MOST_BYTES:
        raise UnreadableError(
            "too-large",
            f"The PDF has {size // 1_000_000:,} MB and at most {MOST_BYTES // 1_000_000} are read; save it with smaller pictures.",
        )
    if b"%PDF-" not in begin:
        raise UnreadableError(
            "not-a-pdf",
            "The file is called .pdf but is no PDF; open it in the program that it was made with and save it as PDF.",
        )


def _completeness(path: Path) -> list[str]:
    """Returns a note where the file's end is missing, so that pages may be missing too."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _END_WITHIN, 0))
        whole = b"%%EOF" in file.read()
    return (
        [] if whole else ["The end of the PDF is missing: pages may be missing with it; download or export it again."]
    )


def _frame(raw: Any, page: Any) -> Frame:
    rectangle = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, rectangle):
        return Frame(0, 0, 595, 842)
    left, right = sorted((rectangle.left, rectangle.right))
    bottom, top = sorted((rectangle.bottom, rectangle.top))
    if not all(abs(value) < 1e6 for value in (left, right, bottom, top)) or right - left < 1 or top - bottom < 1:
        left, bottom, right, top = 0, 0, 595, 842
    return Frame(left, bottom, right, top, 90 * (raw.FPDFPage_GetRotation(page) % 4))


def _seen(words: list[Word], dark: list[Box]) -> Iterator[Word]:
    """Yields the words that can be seen: not drawn clear, and not white on white."""
    for word in words:
        if word.style.unseen or (word.style.white and not any(panel.holds_middle_of(word) for panel in dark)):
            continue
        yield word


def _covers(picture: Picture, frame: Frame) -> bool:
    """Whether an image is the page itself, as a scanner makes it."""
    return not picture.drawn and Box(*picture[:4]).area > 0.7 * frame.width * frame.height
