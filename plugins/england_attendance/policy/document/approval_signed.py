"""Approvals in lines and rows: who signed the policy of those who can approve it, or approved a version, and when."""

from __future__ import annotations

from collections.abc import Sequence

from checker.documents.model import Document
from checker.facts import Stated
from checker.reading.fields import Field
from checker.reading.words import cut
from checker.recognise.dates import PartialDate
from england_attendance.policy.document.approval_values import date_beside, date_of_approval, is_filled, without_dates
from england_attendance.policy.vocabulary import topic

Signature = tuple[Stated[str], Stated[PartialDate]]


def signed_line(fields: Sequence[Field]) -> Signature | None:
    """Returns a name with the post of one who can approve, and the date beside it, behind a label for a signature."""
    words = topic("document/approval")
    for at, field in enumerate(fields):
        label = cut(field.label).forms
        signs = words["signed"].first(label) is not None and words["signs"].first((*label, *cut(field.value).forms))
        if not signs or not field.value[:1].isupper() or not is_filled(field.value):
            continue
        on = date_of_approval(field.value)
        stated = Stated(on.value, (field.passage,)) if on else date_beside(fields, at)
        if stated is not None:
            return Stated(without_dates(field.value), (field.passage,)), stated
    return None


def signed_row(document: Document) -> Signature | None:
    """Returns who signed in a table with a column for signatures and one for dates, with the date."""
    words = topic("document/approval")
    for table in document.tables:
        headings = {cell.column: cut(cell.text).forms for row in table.rows[: table.header_rows] for cell in row.cells}
        signing = [column for column, forms in headings.items() if words["signed"].first(forms) is not None]
        dated = [column for column, forms in headings.items() if words["asks-when"].first(forms) is not None]
        if not signing or not dated:
            continue
        for row in table.rows[table.header_rows :]:
            by = [cell.text for cell in row.cells if cell.column not in dated and is_filled(cell.text)]
            on = [found for cell in row.cells if cell.column in dated and (found := date_of_approval(cell.text))]
            if len(by) > 1 and on and words["chairs"].first(cut(" ".join(by)).forms) is not None:
                passage = document.passage(row.reading.start, row.reading.end)
                return Stated(", ".join(dict.fromkeys(by)), (passage,)), Stated(on[0].value, (passage,))
    return None


def approved_version(document: Document) -> Signature | None:
    """Returns the latest approval in a table that tells the document's history: a row with an action, a body and a date."""
    latest: Signature | None = None
    for table in document.tables:
        headings = {cell.column: cut(cell.text).forms for row in table.rows[: table.header_rows] for cell in row.cells}
        dated = [column for column, forms in headings.items() if _stands("asks-when", forms)]
        others = any(_stands("other-table", forms) for forms in headings.values())
        for row in table.rows[table.header_rows :] if dated and not others else ():
            on = [found for cell in row.cells if cell.column in dated and (found := date_of_approval(cell.text))]
            by = _body_of_row([cell.text for cell in row.cells if cell.column not in dated])
            if on and by and (latest is None or on[0].value.last_day() >= latest[1].value.last_day()):
                passage = document.passage(row.reading.start, row.reading.end)
                latest = Stated(by, (passage,)), Stated(on[0].value, (passage,))
    return latest


def _body_of_row(cells: Sequence[str]) -> str | None:
    """Returns the body that approved what a row tells of: in the cell that says so, else in a cell of its own."""
    for text in cells:
        forms = cut(text).forms
        verb = topic("document/approval")["approval-word"].first(forms)
        if verb is None or verb[0] > 1 or any(_stands(name, forms) for name in ("not-yet", "not-sentence", "will")):
            continue
        told = text[cut(text).ends[verb[1] - 1] :]
        others = [told, *(other for other in cells if other != text)]
        found = next((other for other in others if _stands("body", cut(other).forms)), None)
        if found is not None:
            return without_dates(found.strip(" .").removeprefix("by "))
    return None


def _stands(name: str, forms: Sequence[str]) -> bool:
    return topic("document/approval")[name].first(forms) is not None
