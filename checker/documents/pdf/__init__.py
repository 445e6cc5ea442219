"""PDF: characters and ruling lines from pdfium, put together to paragraphs and tables.

The way of a page: :mod:`opening` asks pdfium for words, edges and pictures; :mod:`running` sets headers and footers
apart; :mod:`tables` fills the grids of ruling lines; :mod:`unruled` finds tables that have none; :mod:`columns` finds
the order of reading; :mod:`paragraphs` joins lines; :mod:`flow` puts together what page breaks parted; :mod:`writing`
writes the draft. Nothing that could change a page is run: no scripts, no attached files, no links.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from checker.documents.draft import Draft


def load(path: Path) -> Draft:
    """Reads a PDF.

    Args:
        path: The file.

    Returns:
        The draft of what a reader sees: text, tables, filled form fields; not what is hidden, clear, white on white or
        outside the page.

    Raises:
        UnreadableError: It is empty, no PDF, encrypted, damaged beyond reading, or larger than any policy.
    """
    from checker.documents.pdf.broken import mend
    from checker.documents.pdf.flow import joined, nested
    from checker.documents.pdf.layout import laid_out
    from checker.documents.pdf.opening import opened
    from checker.documents.pdf.page_pictures import PagePictures
    from checker.documents.pdf.writing import DraftWriter

    with _without_sweeping():
        with opened(path) as document:
            contents = list(document.pages())
            title, notes, lost = document.title, [*document.notes], document.lost
        layouts = laid_out(contents)
        joined(layouts)
        nested(layouts)
        mend(layouts)
        notes += [note for content in contents for note in content.notes]
        with PagePictures(path) as pictures:
            draft = DraftWriter(layouts, pictures.words_on).draft(title, notes, lost)
            return replace(draft, notes=(*draft.notes, *pictures.texts.notes))


@contextmanager
def _without_sweeping() -> Iterator[None]:
    """Keeps Python from looking for cycles that nothing refers to: the many small things of a page make none.

    Looking through all of them again and again takes up to a tenth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
