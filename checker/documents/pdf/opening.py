"""Opens a PDF and hands over what its pages hold; says in one line why it cannot where it cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from checker.documents.pdf import fallback, symbols
from checker.documents.pdf.blocks import PageContent
from checker.documents.pdf.content import Box, Edge, Frame, Grid, Picture, Words
from checker.documents.pdf.drawings import MOST_OBJECTS, DrawingReader
from checker.documents.pdf.grids import grids, walls_through, words_through
from checker.documents.pdf.lines import pieces, with_bullets
from checker.documents.pdf.pdfium import Pdfium, address_of
from checker.documents.pdf.raised import settled
from checker.documents.pdf.spaced import closed_up
from checker.documents.pdf.streams import damaged_pages, is_damaged, lacks_objects
from checker.documents.pdf.unshown import UnshownContent
from checker.documents.pdf.words import MOST_CHARACTERS, WordReader
from checker.documents.sniffing import refuse_other
from checker.errors import UnreadableError
from checker.listing import listed

MOST_BYTES = 150_000_000
MOST_PAGES = 1_000
MOST_LETTERS = 5_000_000
MOST_FALLBACKS = 20
"""On more pages than this the slow way is not tried: a document whose fonts say nothing says nothing on any page."""

_HEADER_WITHIN = 1024
_END_WITHIN = 4096
_MOST_ANNOTATIONS = 2_000
_SCAN_SHARE = 0.7
_MOST_BULLETS = 200
_LETTER = 1.5


class OpenedPdf:
    """A PDF that pdfium could open."""

    def __init__(self, raw: Any, document: Any, path: Path) -> None:
        """Takes ``pypdfium2.raw``, the open ``pypdfium2.PdfDocument`` and the file that it was read from."""
        self._raw, self._document, self._path = raw, document, path
        self._pdfium = Pdfium(raw)
        self._words, self._drawings = WordReader(self._pdfium), DrawingReader(self._pdfium)
        self._unshown = UnshownContent(path)
        self._letters = 0
        self._fallbacks = 0
        self._lost = _completeness(path)
        damaged = is_damaged(path)
        self._damaged = damaged_pages(path) if damaged or lacks_objects(path) else set()
        if damaged or self._damaged:
            self._lost.append("Part of the PDF is damaged: words may be missing; download or export it again.")
        self._lacking: list[int] = []

    @property
    def notes(self) -> list[str]:
        """What a user should know about the file as a whole."""
        return [*self.lost, *self._attached()]

    @property
    def lost(self) -> list[str]:
        """Those of the notes that say that text may be missing, nobody knows from which page."""
        if not self._lacking:
            return self._lost
        pages = f"page{'s' if len(self._lacking) > 1 else ''} {listed(self._lacking)}"
        return [*self._lost, f"A font does not say which letters it draws: words are missing from {pages}."]

    @property
    def title(self) -> str | None:
        """The title in the file's properties."""
        title = symbols.tidy(self._document.get_metadata_value("Title"))
        return title or None

    def pages(self) -> Iterator[PageContent]:
        """Yields what each page holds; a page that cannot be read is yielded as not legible."""
        self._refuse_form_of_scripts()
        count = len(self._document)
        if count == 0:
            raise UnreadableError(
                "damaged",
                f"{self._path.name}: the PDF has no page that can be read. Export it again and try once more.",
            )
        if count > MOST_PAGES:
            raise UnreadableError(
                "too-long",
                f"{self._path.name}: the PDF has {count:,} pages and at most {MOST_PAGES:,} are read. "
                "Save the policy as a file of its own and try again.",
            )
        for number in range(1, count + 1):
            yield self._page(number)

    def _refuse_form_of_scripts(self) -> None:
        if self._raw.FPDF_GetFormType(self._document.raw) == self._raw.FORMTYPE_XFA_FULL:
            raise UnreadableError(
                "form",
                f"{self._path.name}: the PDF is a form that draws its pages only in Adobe's programs (XFA). Open it "
                "there, print it to a PDF and check that one.",
            )

    def _attached(self) -> list[str]:
        count = self._raw.FPDFDoc_GetAttachmentCount(self._document.raw)
        if count <= 0:
            return []
        files = "a file is" if count == 1 else f"{count:,} files are"
        return [f"To the PDF {files} attached; what is attached is not read."]

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
        text_handle = address_of(textpage)
        text = self._words.read(text_handle, _frame(self._raw, page))
        frame, words = text.frame, text.words
        self._count(len(text.plain))
        styles = text.styles
        drawings = self._drawings.read(
            address_of(page), frame, text.objects, colours=any(style.white for style in styles)
        )
        notes = []
        if drawings.cut:
            notes.append(f"Page {number} holds more than {MOST_OBJECTS:,} drawn lines; not all were looked at.")
        if len(text.plain) >= MOST_CHARACTERS:
            notes.append(f"Page {number} holds more than {MOST_CHARACTERS:,} letters; the rest was not read.")
            self._lost.append(notes[-1])
        legible = not symbols.garbled(text.plain)
        if legible and symbols.lacks_words(text.plain):
            self._lacking.append(number)
        if not legible and not drawings.cut:
            words, legible = self._spelled_otherwise(number, frame, words)
        empty = not (text.objects or self._pdfium.FPDFPage_CountObjects(address_of(page)))
        trouble = self._trouble_of(number, empty=empty, legible=legible)
        legible = not trouble
        notes += trouble
        found, loose = grids(drawings)
        for grid in (grid for grid in found if grid.ruled):
            words = self._parted(text_handle, frame, words, grid)
        words = closed_up(self._pdfium, text_handle, settled(words)) if words.tokens else words
        words, struck = self._struck_out(text_handle, frame, words, loose)
        if struck:
            notes.append(f"Page {number} shows words that are struck out; they are not read.")
        ocr = False
        if any(style.unseen or style.white for style in styles):
            ocr = _is_scan(words, drawings.pictures, frame)
            words = words if ocr else _seen(words, drawings.dark)
        return PageContent(
            number,
            frame,
            [*with_bullets(pieces(words), drawings.dots[:_MOST_BULLETS]), *text.turned],
            text.slanting,
            found,
            loose,
            drawings.panels,
            drawings.pictures,
            legible,
            ocr,
            notes,
        )

    def _trouble_of(self, number: int, *, empty: bool, legible: bool) -> list[str]:
        """Returns why a page cannot be read, or not wholly; nothing where it can."""
        if empty and self._unshown.is_on(number):
            return [f"Page {number} is damaged: it holds something, but nothing of it is shown."]
        if number in self._damaged:
            return [f"Page {number} is damaged: words may be missing from it."]
        if not legible:
            return [f"The letters of page {number} cannot be read: its fonts do not say what they draw."]
        return []

    def _count(self, letters: int) -> None:
        """Counts the letters read so far; a file with more than any policy has is refused."""
        self._letters += letters
        if self._letters > MOST_LETTERS:
            raise UnreadableError(
                "too-long",
                f"{self._path.name}: the PDF holds more text than any policy does. "
                "Save the policy as a file of its own and try again.",
            )

    def _spelled_otherwise(self, number: int, frame: Frame, words: Words) -> tuple[Words, bool]:
        """Returns the words of a page as another library reads them, where that makes sense of them, and whether."""
        if self._fallbacks < MOST_FALLBACKS:
            self._fallbacks += 1
            other = fallback.words(self._path, number, frame)
            if other.tokens and not symbols.garbled(" ".join(other.tokens)):
                return other, True
        return words, False

    def _parted(self, textpage: int, frame: Frame, words: Words, grid: Grid) -> Words:
        """Returns the words, those in two that run over a wall between two cells as one."""
        walls = list(walls_through(grid, words))
        for index, wall in reversed(walls):
            parts = self._words.split(textpage, frame, words, index, wall)
            if parts is not None:
                words = words.cut(0, index) + parts + words.cut(index + 1, len(words.tokens))
        return words

    def _struck_out(self, textpage: int, frame: Frame, words: Words, loose: Sequence[Edge]) -> tuple[Words, bool]:
        """Returns the words with those blank that a line is drawn through, as through what was deleted."""
        struck = False
        for edge in loose:
            hit = list(words_through(edge, words))
            if not hit:
                continue
            for index in reversed(hit):
                left, right = words.lefts[index], words.rights[index]
                for at in (edge.start, edge.end):
                    if left + _LETTER < at < right - _LETTER:
                        parts = self._words.split(textpage, frame, words, index, at)
                        if parts is not None:
                            words = words.cut(0, index) + parts + words.cut(index + 1, len(words.tokens))
                            break
            for index in words_through(edge, words):
                struck = True
                words.tokens[index] = ""
        return words, struck

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
                "encrypted", f"{path.name}: the PDF asks for a password. Save a copy without one and try again."
            ) from None
        raise UnreadableError(
            "damaged",
            f"{path.name}: the PDF is damaged and cannot be opened. Export or download it again and try once more.",
        ) from None
    try:
        yield OpenedPdf(pypdfium2.raw, document, path)
    finally:
        document.close()


def _look_at_bytes(path: Path) -> None:
    size = path.stat().st_size
    with path.open("rb") as file:
        begin = file.read(_HEADER_WITHIN)
    if size > MOST_BYTES:
        raise UnreadableError(
            "too-large",
            f"{path.name}: the file has {size // 1_000_000:,} MB and at most {MOST_BYTES // 1_000_000} are read. "
            "Save it with smaller pictures and try again.",
        )
    if b"%PDF-" in begin:
        return
    refuse_other(path, begin, "pdf")
    raise UnreadableError(
        "wrong-ending",
        f"{path.name}: the ending says .pdf, but the file is no PDF. Open it in the program that it was made with and "
        "save it as PDF.",
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


def _seen(words: Words, dark: Sequence[Box]) -> Words:
    """Returns the words that can be seen: not drawn clear, and not white on white."""
    kept = []
    for index, style in enumerate(words.styles):
        if style.unseen:
            continue
        if style.white:
            x, y = (words.lefts[index] + words.rights[index]) / 2, words.bases[index] - style.size / 4
            if not any(panel.x0 <= x <= panel.x1 and panel.top <= y <= panel.bottom for panel in dark):
                continue
        kept.append(index)
    return words.chosen(kept)


def _is_scan(words: Words, pictures: Sequence[Picture], frame: Frame) -> bool:
    """Whether a page is an image as a scanner makes it, with unseen text laid under it."""
    unseen = sum(style.unseen for style in words.styles)
    return 2 * unseen > len(words.styles) and any(
        not picture.drawn and Box(*picture[:4]).area > _SCAN_SHARE * frame.width * frame.height for picture in pictures
    )
