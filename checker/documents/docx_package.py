"""Opens a Word document's ZIP archive with care: it may be encrypted, damaged, enormous or something else."""

from __future__ import annotations

import posixpath
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.documents.sniffing import refuse_other
from checker.errors import UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
_MOST_ENTRIES = 20_000
_LARGEST_PART = 60_000_000
_LARGEST_SUM = 150_000_000
_OTHERS = {
    "xl/": "an Excel workbook",
    "ppt/": "a PowerPoint presentation",
    "mimetype": "an OpenDocument or e-book file",
}


class Package:
    """A Word document as a ZIP archive.

    Args:
        path: The file.

    Raises:
        UnreadableError: If it is no Word document, is protected by a password, damaged, or too large.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        with path.open("rb") as file:
            head = file.read(4096)
        if head.startswith(b"\xd0\xcf\x11\xe0"):
            raise self._old_or_encrypted()
        refuse_other(path, head, "zip")
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
            raise self._damaged() from error
        self._names = {info.filename: info for info in self._zip.infolist()[:_MOST_ENTRIES]}
        if len(self._zip.infolist()) > _MOST_ENTRIES:
            raise self._too_large()
        if any(info.CRC != self._names[info.filename].CRC for info in self._zip.infolist()):
            raise self._damaged()  # two parts of one name: nobody knows which of them a person sees
        self.main = self._main_part()

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    @property
    def has_macros(self) -> bool:
        """Whether it holds macros, which are never run."""
        return any(name.lower().endswith("vbaproject.bin") for name in self._names)

    def bytes(self, name: str) -> bytes | None:
        """Returns a part that is no XML, such as a picture; ``None`` where it is missing, damaged or too large."""
        info = self._names.get(name)
        if info is None or info.flag_bits & 1 or self._read + info.file_size > _LARGEST_SUM:
            return None
        self._read += info.file_size
        try:
            return self._zip.read(info)
        except Exception:  # a damaged picture loses nothing but itself
            return None

    def xml(self, name: str) -> _Element | None:
        """Returns a part as XML; ``None`` where the document has no such part.

        Raises:
            UnreadableError: If the part is damaged or too large.
        """
        from lxml import etree

        info = self._names.get(name)
        if info is None:
            return None
        if info.flag_bits & 1:
            raise self._encrypted()
        self._read += info.file_size
        if info.file_size > _LARGEST_PART or self._read > _LARGEST_SUM:
            raise self._too_large()
        try:
            data = self._zip.read(info)
        except Exception as error:  # BadZipFile, zlib.error, LZMAError, EOFError and more, as the bytes may have it
            raise self._damaged() from error
        if _STRICT in data:
            for strict, transitional in _TRANSITIONAL:
                data = data.replace(strict, transitional)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise self._damaged() from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._damaged()
        return root

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Returns what a part refers to: by the id of the relation its kind, as one word, and the part's name."""
        folder, file = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, tuple[str, str]] = {}
        if root is not None:
            for relation in root.iter(_RELATION):
                if relation.get("TargetMode") != "External":
                    kind = (relation.get("Type") or "").rpartition("/")[2]
                    target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or "")).lstrip("/")
                    found[relation.get("Id") or ""] = (kind, target)
        return found

    def _main_part(self) -> str:
        if "[Content_Types].xml" in self._names:
            for kind, target in self.relations("").values():
                if kind == "officeDocument" and target in self._names and not target.startswith(("xl/", "ppt/")):
                    return target
            if "word/document.xml" in self._names:
                return "word/document.xml"
        what = next(
            (what for start, what in _OTHERS.items() if any(name.startswith(start) for name in self._names)), None
        )
        raise UnreadableError(
            "not-docx",
            f"{self._path.name}: the ending says .docx, but the file is {what or 'an ordinary ZIP archive'}. "
            "Open it in the program that made it, save it as .docx or PDF and try again.",
        )

    def _old_or_encrypted(self) -> UnreadableError:
        if "EncryptedPackage".encode("utf-16-le") in self._path.read_bytes():
            return self._encrypted()
        return UnreadableError(
            "wrong-ending",
            f"{self._path.name}: the ending says .docx, but the file is an old Word document (.doc). Open it in Word, "
            "save it as .docx and try again.",
        )

    def _encrypted(self) -> UnreadableError:
        return UnreadableError(
            "password-protected",
            f"{self._path.name}: the document is protected by a password. Save a copy without one and try again.",
        )

    def _damaged(self) -> UnreadableError:
        return UnreadableError(
            "damaged", f"{self._path.name}: the document is damaged. Open it in Word, save it again and try once more."
        )

    def _too_large(self) -> UnreadableError:
        return UnreadableError(
            "too-large",
            f"{self._path.name}: unpacked, the document is far larger than a policy can be, so it was not read. Save "
            "it again in Word, or as PDF, and try once more.",
        )


@cache
def w(name: str) -> str:
    """Returns a name in Word's namespace."""
    return W + name


def value_of(element: Any, name: str = "val") -> str | None:
    """Returns an attribute in Word's namespace."""
    found: str | None = element.get(W + name) if element is not None else None
    return found


def is_on(element: Any) -> bool:
    """Whether a switch such as ``<w:b/>`` is on."""
    return element is not None and value_of(element) not in {"0", "false", "off", "none"}


def number_of(written: str | None, otherwise: int = 0) -> int:
    """Returns a whole number as it stands in an attribute."""
    try:
        return int(float(written)) if written else otherwise
    except (ValueError, OverflowError):
        return otherwise
