"""Opens an existing workbook with care, and packs one so that the same run gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import UsageError
from checker.report import Report

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_LARGEST = 200_000_000
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_LOST = ("xl/charts/", "xl/pivottables/", "xl/drawings/drawing", "xl/vbaproject", "xl/slicers/", "xl/externallinks/")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_NOON = dt.time(12)


def opened(path: Path) -> Workbook:
    """Opens a workbook to bring it up to date.

    Raises:
        UsageError: If it is no workbook, is too large, or holds what would be lost.
    """
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as file:
            if sum(info.file_size for info in file.infolist()) > _LARGEST:
                raise UsageError(f"{path}: this workbook is too large to be brought up to date. Name another file.")
            lost = [name for name in file.namelist() if name.lower().startswith(_LOST)]
        if lost:
            raise UsageError(
                f"{path}: holds charts, pictures, pivot tables or links, which would be lost. Keep them in another "
                "workbook, or name another file."
            )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that are no part of what people write
            return load_workbook(path)
    except UsageError:
        raise
    except PermissionError as error:
        raise UsageError(f"{path}: cannot be read. If it is open in another program, close it there.") from error
    except Exception as error:  # BadZipFile, KeyError, ParseError, ValueError and more, as the bytes may have it
        raise UsageError(f"{path}: is there, and is no Excel workbook that can be brought up to date.") from error


def packed(book: Workbook, report: Report, known: bool) -> bytes:
    """Returns the workbook's bytes, which depend on no clock.

    Args:
        book: The workbook.
        report: The run, whose latest day it bears.
        known: Whether it was there before, and keeps who made it and when.
    """
    day = dt.datetime.combine(max((subject.as_at for subject in report.subjects), default=dt.date(1980, 1, 1)), _NOON)
    if not known:
        book.properties.creator = "attendance-checker"
        book.properties.title = "Attendance: what is to be done"
        book.properties.created = day
    book.active = book.sheetnames.index("Actions")
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == "Actions"
    buffer, result = io.BytesIO(), io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + f"{day.isoformat()}Z".encode() + rb"\g<2>", content)
            info = zipfile.ZipInfo(name, _FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return result.getvalue()
