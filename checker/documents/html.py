"""Reads HTML: what a person sees on the page, without scripts, menus and hidden parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.documents.counting import in_figures
from checker.documents.decoding import Decoded, decode
from checker.documents.draft import Draft, DraftText, Part, PartKind
from checker.documents.html_folded import is_unfolded_by_readers
from checker.documents.html_lists import marker_of_item
from checker.documents.html_tables import TableReader, is_layout
from checker.documents.sniffing import refuse_other
from checker.errors import UnreadableError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9_-]{3,20})")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-4]00)", re.IGNORECASE)
_LONGEST_TRAIL = 240  # characters
_ONWARDS = re.compile(r"[>»›]|(?<= )[/|](?= )")  # in "Home > Parents > Attendance", but not in "Home/school agreement"
_UNREAD = frozenset({
    "script", "style", "noscript", "template", "head", "nav", "svg", "canvas", "object", "embed", "iframe", "audio",
    "video", "map", "button", "select", "datalist", "textarea", "input", "del", "s", "strike", "colgroup", "col",
    "dialog", "menu",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend",
    "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul", "caption",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_FRAMES = frozenset({"header", "footer", "aside", "form"})
_TINY = 48  # a picture of so few pixels is an icon
_HEADED = frozenset({*_HEADINGS, "summary", "dt"})
_FEWEST_WORDS = 3  # of a button that heads a panel and is no "Menu" or "Read more"


def load(path: Path) -> Draft:
    """Reads a web page.

    Raises:
        UnreadableError: If it is empty, or no web page.
    """
    data = path.read_bytes()
    refuse_other(path, data, "html")
    text, notes = _decoded(path, data)
    return draft_of(path, text, notes)


def draft_of(path: Path, text: str, notes: Sequence[str] = ()) -> Draft:
    """Returns the draft of a web page.

    Raises:
        UnreadableError: If there is nothing in it.
    """
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    source = _DECLARATION.sub("", text, count=1).replace("\x00", "")
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableError("empty", f"{path.name}: the page holds nothing that can be read.") from error
    if any("depth" in error.message.lower() for error in parser.error_log):
        raise UnreadableError(
            "too-deep", f"{path.name}: the page is nested too deeply to be read. Save it as PDF and try again."
        )
    title = root.findtext(".//title")
    page = _Page(root)
    page.read()
    if not any(part.kind is not PartKind.RUNNING for part in page.parts):
        raise UnreadableError(
            "empty", f"{path.name}: the page holds no text; it may be made by scripts. Save it as PDF and try again."
        )
    return Draft(
        "html", str(page.text), tuple(page.parts), title=_SPACE.sub(" ", title).strip() if title else None,
        notes=(*notes, *page.notes),
    )  # fmt: skip


def _decoded(path: Path, data: bytes) -> Decoded:
    named = _CHARSET.search(data[:4096]) or _XML_CHARSET.match(data[:200])
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = named[1].decode("ascii")
        try:
            if name.lower().replace("-", "") not in {"utf8", "utf16"}:
                return Decoded(data.decode("cp1252" if name.lower() == "iso-8859-1" else name), ())
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(path, data)


class _Page:
    """One walk over a page."""

    def __init__(self, root: HtmlElement) -> None:
        self.text = DraftText()
        self.parts: list[Part] = []
        self.notes: list[str] = []
        self._root = root
        self._main = _main_of(root)
        self._in_main = 0
        self._running = 0
        self._pieces: list[str] = []
        self._shown = self._shown_bold = 0
        self._bold = 0
        self._heading: int | None = None
        self._item: int | None = None
        self._marker = ""
        self._lists = 0
        self._pre = 0
        self._tables = 0
        self._table: TableReader | None = None

    def read(self) -> None:
        body = self._root.find("body")
        self._visit(body if body is not None else self._root)
        self.flush()

    def _visit(self, top: Any) -> None:
        """Visits an element and what is in it, without recursion: pages may be nested deeply."""
        stack: list[tuple[Any, Callable[[], None] | None]] = [(top, None)]
        while stack:
            element, leave = stack.pop()
            if leave is not None:
                leave()
                if element is not top:
                    self.add(element.tail)
                continue
            if not isinstance(element.tag, str) or not self._enter(element):
                if element is not top:
                    self.add(element.tail)
                continue
            stack.append((element, self._leaver(element)))
            self.add(element.text)
            stack.extend((child, None) for child in reversed(element))

    def _enter(self, element: Any) -> bool:
        """Goes into an element; returns whether its inside is read."""
        tag = element.tag
        if tag in {"br", "hr"}:
            self.flush()
        elif tag == "img":
            self._picture(element)
        if tag in {"br", "hr", "img", "wbr"} or self._unread(element):
            return False
        if tag in _BLOCKS:
            self.flush()
        self._running += self._frames(element)
        self._in_main += element is self._main or _fronts(element)
        self._bold += self._boldness(element)
        level = _heading_level(element)
        if level:
            self._heading = level
        elif tag in {"ul", "ol"}:
            self._lists += 1
        elif tag == "li":
            self._item, self._marker = max(0, self._lists - 1), marker_of_item(element)
        elif tag == "pre":
            self._pre += 1
        elif tag == "q":
            self.add('"')
        self._enter_table(element)
        return True

    def _leaver(self, element: Any) -> Callable[[], None]:
        return lambda: self._leave(element)

    def _leave(self, element: Any) -> None:
        tag = element.tag
        if tag == "q":
            self.add('"')
        if tag in _BLOCKS:
            self.flush()
        self._running -= self._frames(element)
        self._in_main -= element is self._main or _fronts(element)
        self._bold -= self._boldness(element)
        if _heading_level(element):
            self._heading = None
        elif tag in {"ul", "ol"}:
            self._lists -= 1
            self._item = None
        elif tag == "li":
            self._item, self._marker = None, ""
        elif tag == "pre":
            self._pre -= 1
        self._leave_table(element)

    def _enter_table(self, element: Any) -> None:
        tag = element.tag
        if self._table is not None:
            self._table.enter(element)
        elif self._outside():
            return
        elif tag == "dl" or (tag == "table" and not is_layout(element)):
            self._table = TableReader(self._tables, element)
            self._tables += 1

    def _leave_table(self, element: Any) -> None:
        if self._table is None:
            return
        row = self._table.leave(element)
        if row:
            self.parts.append(row)
        if self._table.top is element:
            self._table = None

    def _unread(self, element: Any) -> bool:
        tag = element.tag
        if tag in _UNREAD:
            if tag in {"iframe", "object", "embed"} and not self.notes:
                self.notes.append("The page shows another document inside it, which was not read: give that file too.")
            return not (tag == "dialog" and element.get("open") is not None) and not _heads_a_panel(element)
        if element.get("role") in {"navigation", "search", "menu", "menubar"}:
            return True
        if tag == "sup" and element.find(".//a") is not None:
            return True
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
        return bool(hidden) and not is_unfolded_by_readers(element)

    def _frames(self, element: Any) -> bool:
        """Whether an element is a frame around the page's own text: its header or footer, the way that led to it."""
        trails = element.tag in {"p", "ol", "ul"} and _leads_to_the_page(element.text_content())
        trails = trails and not any(part.heading for part in self.parts)  # below a heading it tells where to click
        if trails or "breadcrumb" in (element.get("class") or "").lower():
            return True
        if element.tag == "div" and element.get("title") in {"header", "footer"}:  # as LibreOffice writes them
            return True
        return (
            element.tag in {"header", "footer"}
            and not _fronts(element)
            and not any(above.tag in {"article", "section", "main"} for above in element.iterancestors())
        )

    def _boldness(self, element: Any) -> int:
        style = element.get("style") or ""
        if element.tag in {"b", "strong", "summary", "dt", "th", "button"}:
            return 0 if _NOT_BOLD.search(style) else 1
        return 1 if _BOLD.search(style) else 0

    def add(self, text: str | None) -> None:
        """Adds a run of text to the paragraph."""
        if not text:
            return
        self._pieces.append(text if self._pre else _SPACE.sub(" ", text))
        letters = len(text.strip())
        self._shown += letters
        self._shown_bold += letters if self._bold else 0

    def flush(self) -> None:
        """Ends the paragraph."""
        text = "".join(self._pieces)
        self._pieces = []
        bold = 0 < self._shown == self._shown_bold
        self._shown = self._shown_bold = 0
        for line in text.split("\n") if "\n" in text else (text,):
            shown = _SPACE.sub(" ", line).strip(" ")
            if shown.strip():
                self._paragraph(shown, bold)

    def _paragraph(self, shown: str, bold: bool) -> None:
        span = self.text.add(shown)
        if self._outside():
            self.parts.append(Part(PartKind.RUNNING, span.start, span.end))
        elif self._table is not None and self._table.open:
            self._table.add(span, bold)
        else:
            heading = self._heading
            item = None if heading else self._item
            self.parts.append(
                Part(
                    PartKind.TEXT, span.start, span.end, heading=heading, item=item, marker=self._marker,
                    bold=bold and not heading,
                )
            )  # fmt: skip
            self._item, self._marker = None, ""

    def _outside(self) -> bool:
        return self._running > 0 or (self._main is not None and not self._in_main)

    def _is_announced(self, element: Any) -> bool:
        """Whether it has a caption, or a colon or question right before: no decoration, whatever the page says."""
        if any(above.tag == "figure" and above.find(".//figcaption") is not None for above in element.iterancestors()):
            return True
        before, last = "".join(self._pieces).strip(), self.parts[-1] if self.parts else None
        if not before and last is not None and last.kind is PartKind.TEXT:
            before = str(self.text)[last.start : last.end]
            if not (last.heading or last.bold) and before.endswith("?"):
                return True
        return before.endswith(":")

    def _picture(self, element: Any) -> None:
        alt = element.get("alt")
        sizes = [in_figures(element.get(side) or "") for side in ("width", "height")]
        if (
            (alt == "" and not self._is_announced(element))
            or element.get("role") == "presentation"
            or any(size is not None and size < _TINY for size in sizes)
            or self._outside()
        ):
            return
        shown = _SPACE.sub(" ", alt or "").strip()
        if self._table is not None and self._table.open:
            self.add(f" {shown} ")
            return
        self.flush()
        span = self.text.add(shown)
        self.parts.append(Part(PartKind.PICTURE, span.start, span.end))


def _main_of(root: HtmlElement) -> Any:
    """Returns the element that holds the page's own text, where the page marks one and most of it stands there."""
    mains = root.xpath("//main|//*[@role='main']") or root.xpath("//article")
    if len(mains) != 1:
        return None
    return mains[0] if len(mains[0].text_content()) * 3 > len(root.text_content()) else None


def _leads_to_the_page(text: str) -> bool:
    """Whether a line is the way from the home page to this one: "Home > Parents > Attendance", "Home / Parents / …"."""
    shown = " ".join(text.split())
    places = [place.strip() for place in _ONWARDS.split(shown[: _LONGEST_TRAIL + 1])]
    begins = places[0].lower().removeprefix("you are here").strip(" :") == "home"
    fewest = 2 if any(sign in shown for sign in ">»›") else 3
    return begins and fewest <= len(places) and len(shown) <= _LONGEST_TRAIL and all(places)


def _fronts(element: Any) -> bool:
    """Whether a header, a footer or a table of its own holds the document's particulars, not a site's name and links."""
    if element.tag == "table":
        framed = any(above.tag in _FRAMES for above in element.iterancestors())
        return not framed and bool(element.xpath(".//tr[2]")) and not is_layout(element)
    return (
        element.tag in {"header", "footer"}
        and bool(element.xpath(".//table[.//tr[2]]"))
        and not element.xpath(".//nav")
    )


def _heads_a_panel(element: Any) -> bool:
    """Whether a button is the heading of what it opens: it stands in a heading, or says that something folds out."""
    if element.tag != "button":
        return False
    if any(above.tag in _HEADED or above.get("role") == "heading" for above in element.iterancestors()):
        return True
    folds = element.get("aria-expanded") or "collapse" in {element.get("data-toggle"), element.get("data-bs-toggle")}
    return bool(folds) and len(element.text_content().split()) >= _FEWEST_WORDS


def _heading_level(element: Any) -> int | None:
    if element.get("role") == "heading":
        level = in_figures(element.get("aria-level") or "2")
        return level if level and level < 10 else 2
    return _HEADINGS.get(element.tag)
