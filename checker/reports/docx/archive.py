"""A Word file as an archive that is copied part by part, with a few parts changed or added."""

from __future__ import annotations

import io
import zipfile
from copy import copy
from pathlib import Path
from typing import Any

from checker.errors import UnreadableError

_LARGEST = 400_000_000
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive can hold: no clock is read


class Archive:
    """A Word file and the parts that change.

    Args:
        path: The file; it is only read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, ValueError, zipfile.BadZipFile) as error:
            raise self._damaged() from error
        self._entries = {info.filename: info for info in self._zip.infolist()}
        self._changed: dict[str, bytes] = {}
        if sum(info.file_size for info in self._entries.values()) > _LARGEST:
            raise UnreadableError("too-large", f"{path.name}: unpacked it is too large. Reduce its pictures in Word.")

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._entries or name in self._changed

    def xml(self, name: str) -> Any:
        """Returns a part as XML, with everything that stands in it."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        try:
            return etree.fromstring(self._changed.get(name) or self._bytes(self._entries[name]), parser)
        except (etree.XMLSyntaxError, KeyError) as error:
            raise self._damaged() from error

    def put(self, name: str, root: Any) -> None:
        """Sets a part."""
        from lxml import etree

        self._changed[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def packed(self) -> bytes:
        """Returns the archive: the parts in their order, those that were added at the end."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
            for name, info in self._entries.items():
                target.writestr(copy(info), self._changed.get(name) or self._bytes(info))
            for name, content in self._changed.items():
                if name not in self._entries:
                    added = zipfile.ZipInfo(name, _FIRST_DAY)
                    added.compress_type = zipfile.ZIP_DEFLATED
                    target.writestr(added, content)
        return buffer.getvalue()

    def _bytes(self, info: zipfile.ZipInfo) -> bytes:
        try:
            return self._zip.read(info)
        except Exception as error:  # BadZipFile, zlib.error and more, as the bytes may have it
            raise self._damaged() from error

    def _damaged(self) -> UnreadableError:
        return UnreadableError(
            "damaged", f"{self._path.name}: a part of the file is damaged. Save it again in Word and try once more."
        )
