"""How fast PDFs are read, and how many rows of their tables are found whole, beside pdfplumber and bare pdfium.

    python -m benchmarks.pdf_speed [FILE.pdf ...]

Without files it prints tables of known content to PDF first, with LibreOffice and Chromium where they are installed.
Both ways are measured in the same run on the same files, the best of several rounds for the fast ones.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.printed_tables import Printed, Row, printed
from checker.documents import pdf
from checker.documents.draft import PartKind

ROUNDS = 3


@dataclass(frozen=True)
class Measured:
    """Seconds that one way took for a file, and the rows that it found."""

    seconds: float
    rows: Sequence[Row]


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Returns the shortest time of several rounds, in seconds."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def by_checker(path: Path) -> Measured:
    """Reads a PDF as the checker does."""
    draft = pdf.load(path)
    rows = [
        tuple(" ".join(draft.text[span.start : span.end] for span in cell.paragraphs) for cell in part.cells)
        for part in draft.parts
        if part.kind is PartKind.ROW
    ]
    return Measured(timed(lambda: pdf.load(path)), rows)


def by_pdfplumber(path: Path) -> tuple[Measured, float]:
    """Reads a PDF with pdfplumber: text and tables, and text alone."""
    import pdfplumber

    rows: list[Row] = []
    begin = time.perf_counter()
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            rows += [tuple(cell or "" for cell in row) for table in page.extract_tables() for row in table]
    both = time.perf_counter() - begin
    begin = time.perf_counter()
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
    return Measured(both, rows), time.perf_counter() - begin


def floor(path: Path) -> int:
    """Takes nothing but the text from each page with pdfium, and returns the number of pages."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for page in document:
        textpage = page.get_textpage()
        textpage.get_text_range()
        textpage.close()
        page.close()
    pages = len(document)
    document.close()
    return pages


def stages(path: Path) -> list[tuple[str, float]]:
    """Returns how long each stage of reading takes, in seconds."""
    from checker.documents.assemble import assemble
    from checker.documents.pdf.broken import mend
    from checker.documents.pdf.flow import joined, nested
    from checker.documents.pdf.layout import laid_out
    from checker.documents.pdf.opening import opened
    from checker.documents.pdf.writing import DraftWriter

    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        marks = [time.perf_counter()]
        with opened(path) as document:
            contents = list(document.pages())
        marks.append(time.perf_counter())
        layouts = laid_out(contents)
        marks.append(time.perf_counter())
        joined(layouts)
        nested(layouts)
        mend(layouts)
        draft = DraftWriter(layouts, lambda _page, _picture: []).draft(None, ())
        marks.append(time.perf_counter())
        assemble(draft, path.name)
        marks.append(time.perf_counter())
        for name, begin, end in zip(("pages", "layout", "draft", "assemble"), marks, marks[1:], strict=False):
            best[name] = min(best.get(name, end - begin), end - begin)
    return list(best.items())


def whole(found: Iterable[Row], source: Sequence[Row]) -> int:
    """Returns how many of the source's rows were found with every cell whole and in order."""
    left = Counter(map(_plain, source))
    count = 0
    for row in map(_plain, found):
        if left[row] > 0:
            left[row] -= 1
            count += 1
    return count


def _plain(row: Row) -> Row:
    return tuple("".join(cell.split()) for cell in row)


def main(arguments: Sequence[str]) -> None:
    """Prints a line for each file, and the sum."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Printed(path.name, path, ()) for path in map(Path, arguments)] or list(printed(Path(folder)))
        if not files:
            print("Neither LibreOffice nor Chromium is installed here: name PDFs to measure.")
            return
        print(
            "milliseconds a page"
            + " " * 16
            + "pages  pdfplumber: text  and tables  pdfium text  checker  rows found whole"
        )
        total = [0.0] * 5
        for file in files:
            pages = floor(file.path)
            floor_time = timed(lambda path=file.path: floor(path))
            plumber, text_alone = by_pdfplumber(file.path)
            ours = by_checker(file.path)
            times = (text_alone, plumber.seconds, floor_time, ours.seconds)
            total = [sum(pair) for pair in zip(total, (pages, *times), strict=True)]
            found = f"{whole(plumber.rows, file.rows)} and {whole(ours.rows, file.rows)} of {len(file.rows)}"
            print(_line(file.name, pages, times), f"  {found if file.rows else ''}")
            print("    " + ", ".join(f"{name} {1000 * seconds / pages:.2f}" for name, seconds in stages(file.path)))
        pages, text_alone, both, floor_time, ours_time = total
        print(_line("all", int(pages), (text_alone, both, floor_time, ours_time)))
        print(
            f"The checker is {both / ours_time:.0f} times as fast as pdfplumber's text and tables and "
            f"{text_alone / ours_time:.0f} times as fast as its text alone; "
            f"it takes {ours_time / floor_time:.1f} times as long as pdfium's text."
        )


def _line(name: str, pages: int, times: Sequence[float]) -> str:
    text, both, floor_time, ours = (1000 * seconds / pages for seconds in times)
    return f"{name:34} {pages:5} {text:17.1f} {both:11.1f} {floor_time:13.2f} {ours:8.2f}"


if __name__ == "__main__":
    main(sys.argv[1:])
