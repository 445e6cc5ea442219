"""Writes a policy as HTML: the plain page of a school's website, and the page that a browser prints as PDF."""

from __future__ import annotations

import html
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from source import Box, Cell, Columns, Contents, Heading, Item, PageBreak, Paragraph, Picture, Run, Source, Table

HEADS = ("header", "footer")
TEMPLATE = Path(__file__).resolve().parent / "website.html"
PRINT = """
@page { size: A4; margin: 20mm 18mm 18mm; @top-center { content: "%(header)s"; font: 8pt sans-serif; color: #555 }
  @bottom-center { content: "%(footer)s" counter(page); font: 8pt sans-serif; color: #555 } }
"""
PLAIN = """
body { font: 11pt/1.4 "Liberation Sans", Arial, sans-serif }
table { border-collapse: collapse; margin: 8pt 0; width: 100% }
td, th { border: 0.6pt solid #444; padding: 3pt 5pt; vertical-align: top; text-align: left }
.box { border: 0.8pt solid #444; padding: 5pt 8pt; margin: 8pt 0 }
.break { break-before: page }
.contents p { margin: 0; display: flex; justify-content: space-between }
h1, h2, h3, h4 { break-after: avoid }
tr { break-inside: avoid }
"""


class Html:
    """One page of HTML."""

    def __init__(self, source: Source, *, printed: bool = False, pictures: str = "") -> None:
        self.source = source
        self.printed = printed
        self.pictures = pictures
        self.columns = False

    def text(self) -> str:
        meta = self.source.meta
        style = PLAIN
        if self.printed:
            names = {
                key: str(meta.get(key, "")).replace('"', "'").replace("{page}", "") for key in ("header", "footer")
            }
            style += PRINT % names + str(meta.get("css", ""))
        body = self._blocks(self.source.blocks) + ("</div>" if self.columns else "")
        notes = "".join(
            f'<p class="note"><sup>{key}</sup> {self._inline(runs)}</p>\n' for key, runs in self.source.notes.items()
        )
        title = html.escape(f"{meta.get('title', '')} - {meta.get('school', '')}")
        return (
            f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
            f"<style>{style}</style>\n</head>\n<body>\n{body}{notes}</body>\n</html>\n"
        )

    def _blocks(self, blocks: Iterable[Any]) -> str:
        out: list[str] = []
        listed: list[str] = []
        for block in blocks:
            if isinstance(block, Item):
                self._item(block, out, listed)
                continue
            out.extend(self._closing(listed, 0))
            out.append(self._block(block))
        out.extend(self._closing(listed, 0))
        return "".join(out)

    def _item(self, item: Item, out: list[str], listed: list[str]) -> None:
        out.extend(self._closing(listed, item.depth + 1))
        tag = "ol" if item.number else "ul"
        if len(listed) == item.depth + 1 and listed[-1] != tag:
            out.extend(self._closing(listed, item.depth))
        while len(listed) < item.depth + 1:
            kind = ' type="a"' if item.number[:1].isalpha() else ""
            out.append(f"<{tag}{kind}>\n")
            listed.append(tag)
        out.append(f"<li>{self._inline(item.runs)}</li>\n")

    @staticmethod
    def _closing(listed: list[str], depth: int) -> list[str]:
        closed = []
        while len(listed) > depth:
            closed.append(f"</{listed.pop()}>\n")
        return closed

    def _block(self, block: Any) -> str:
        match block:
            case Heading(level=level, number=number, runs=runs):
                text = f"<h{level}>{f'{number} ' if number else ''}{self._inline(runs)}</h{level}>\n"
            case Paragraph(runs=runs):
                text = self._inline(runs)
                text = f"<p>{text}</p>\n" if text else ""
            case Table():
                text = self._table(block)
            case Box(kind=kind, blocks=blocks):
                tag = "aside" if kind == "sidebar" else "div"
                text = f'<{tag} class="{kind}">\n{self._blocks(blocks)}</{tag}>\n'
            case Contents(entries=entries):
                lines = (f"<p><span>{html.escape(entry)}</span> <span>{page}</span></p>\n" for entry, page in entries)
                text = f'<div class="contents">\n{"".join(lines)}</div>\n'
            case Picture(file=file):
                text = f'<p><img src="{self.pictures}{file}" width="560"></p>\n'
            case PageBreak():
                text = '<div class="break"></div>\n'
            case Columns(count=count):
                closing = "</div>\n" if self.columns else ""
                self.columns = True
                text = f'{closing}<div class="columns{count}">\n'
            case _:
                raise TypeError(block)
        return text

    def _table(self, table: Table) -> str:
        rows = (
            "<tr>"
            + "".join(self._cell(cell, "th" if n < table.heads else "td") for cell in row if cell.columns and cell.rows)
            + "</tr>\n"
            for n, row in enumerate(table.rows)
        )
        return f"<table>\n{''.join(rows)}</table>\n"

    def _cell(self, cell: Cell, tag: str) -> str:
        spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        return f"<{tag}{spans}>{'<br>'.join(self._inline(line) for line in cell.lines)}</{tag}>"

    def _inline(self, runs: Iterable[Run]) -> str:
        return "".join(self._run(run) for run in runs if run.change != "del").strip()

    @staticmethod
    def _run(run: Run) -> str:
        if run.note:
            return f"<sup>{run.note}</sup>"
        text = html.escape(run.text, quote=False).replace("\n", "<br>")
        if run.address:
            text = f'<a href="{html.escape(run.address)}">{text}</a>'
        if run.bold:
            text = f"<strong>{text}</strong>"
        return f"<em>{text}</em>" if run.italic else text


class WebPage(Html):
    """A page of a school's website: navigation, folded sections, a footer; hard blanks where an editor left them."""

    SECTION = 2

    def text(self) -> str:
        opened = False
        parts: list[str] = []
        run: list[Any] = []
        for block in self.source.blocks:
            if isinstance(block, Heading) and block.level == self.SECTION:
                parts.append(self._blocks(run))
                parts.append("</div></details></section>\n" if opened else "")
                title = self._inline(block.runs)
                parts.append(
                    f'<section><details open><summary><h2>{title}</h2></summary><div class="accordion-body">\n'
                )
                opened, run = True, []
            else:
                run.append(block)
        body = "".join(parts) + self._blocks(run) + ("</div></details></section>\n" if opened else "")
        body = body.replace("am and ", "am&nbsp;and ").replace(
            "within five school days", "within five&nbsp;school&nbsp;days"
        )
        page = TEMPLATE.read_text(encoding="utf-8")
        for name, value in (("school", html.escape(str(self.source.meta["school"]))), ("style", PLAIN), ("body", body)):
            page = page.replace("{" + name + "}", value)
        return page
