"""The comments of a Word file: those that are in it already, and ours after them."""

from __future__ import annotations

import datetime as dt
import posixpath
from typing import Any

from checker.documents.counting import in_figures
from checker.reports.docx.archive import Archive
from checker.reports.notes import AUTHOR, INITIALS, Note

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Comments:
    """The comments of a Word file.

    Args:
        archive: The file.
        part: The name of the part that holds the text.
        root: That part.
        as_at: The day of the check, which the comments bear: no clock is read.
    """

    def __init__(self, archive: Archive, part: str, root: Any, as_at: dt.date) -> None:
        from lxml import etree

        self._etree = etree
        self._archive = archive
        self._part = part
        self._as_at = as_at
        self._namespace = etree.QName(root).namespace or ""
        folder, file = posixpath.split(part)
        self._relations_part = posixpath.join(folder, "_rels", f"{file}.rels")
        self._name = self._existing() or self._new_name(folder)
        known = self._name in archive
        self._root = (
            archive.xml(self._name) if known else etree.Element(self._w("comments"), nsmap={"w": self._namespace})
        )
        used = [int(comment.get(self._w("id")) or 0) for comment in self._root if self._is_numbered(comment)]
        self._next = max(used, default=-1) + 1

    def add(self, note: Note) -> str:
        """Adds a comment and returns its number."""
        number = str(self._next)
        self._next += 1
        comment = self._etree.SubElement(self._root, self._w("comment"))
        comment.set(self._w("id"), number)
        comment.set(self._w("author"), AUTHOR)
        comment.set(self._w("date"), f"{self._as_at.isoformat()}T00:00:00Z")
        comment.set(self._w("initials"), INITIALS)
        for line, bold in ((note.heading, True), *((line, False) for line in note.lines)):
            self._paragraph(comment, line, bold)
        return number

    def save(self) -> None:
        """Puts the comments into the archive, and names them where they are new to it."""
        new = self._name not in self._archive
        self._archive.put(self._name, self._root)
        if new:
            self._register()

    def _paragraph(self, comment: Any, line: str, bold: bool) -> None:
        paragraph = self._etree.SubElement(comment, self._w("p"))
        run = self._etree.SubElement(paragraph, self._w("r"))
        if bold:
            self._etree.SubElement(self._etree.SubElement(run, self._w("rPr")), self._w("b"))
        for number, part in enumerate(line.split("\n")):
            if number:
                self._etree.SubElement(run, self._w("br"))
            text = self._etree.SubElement(run, self._w("t"))
            text.text = "".join(char for char in part if char not in "\ufffe\uffff")
            text.set(_XML_SPACE, "preserve")

    def _w(self, name: str) -> str:
        return f"{{{self._namespace}}}{name}"

    def _is_numbered(self, comment: Any) -> bool:
        return comment.tag == self._w("comment") and in_figures(comment.get(self._w("id")) or "") is not None

    def _existing(self) -> str | None:
        """Returns the part that holds the file's comments, where it has some."""
        if self._relations_part not in self._archive:
            return None
        for relation in self._archive.xml(self._relations_part):
            if relation.get("Type", "").rpartition("/")[2] == "comments" and relation.get("TargetMode") != "External":
                folder = posixpath.dirname(self._part)
                name = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                return name if name in self._archive else None
        return None

    def _new_name(self, folder: str) -> str:
        names = (posixpath.join(folder, f"comments{number or ''}.xml") for number in range(1_000))
        return next(name for name in names if name not in self._archive)

    def _register(self) -> None:
        types = self._archive.xml("[Content_Types].xml")
        override = self._etree.SubElement(types, f"{{{_TYPES}}}Override")
        override.set("PartName", f"/{self._name}")
        override.set("ContentType", _CONTENT)
        self._archive.put("[Content_Types].xml", types)
        if self._relations_part in self._archive:
            relations = self._archive.xml(self._relations_part)
        else:
            bare = f'<Relationships xmlns="{_RELATIONS}"/>'
            relations = self._etree.fromstring(bare.encode())
        used = {relation.get("Id") for relation in relations}
        relation = self._etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship")
        relation.set("Id", next(name for number in range(100_000) if (name := f"rIdReview{number}") not in used))
        strict = "purl.oclc.org" in self._namespace
        relation.set("Type", f"{_STRICT_OFFICE if strict else _OFFICE}/comments")
        relation.set("Target", posixpath.basename(self._name))
        self._archive.put(self._relations_part, relations)
