"""Signatures: who signed the policy of those who can approve it, and when."""

from __future__ import annotations

from collections.abc import Sequence

from checker.documents.model import Document
from checker.facts import Stated
from checker.reading.fields import Field
from checker.reading.words import cut
from checker.recognise.dates import PartialDate
from england_attendance.policy.approval_values import date_beside, date_of_approval, is_filled, without_dates
from england_attendance.policy.vocabulary import topic

Signature = tuple[Stated[str], Stated[PartialDate]]


def signed_line(fields: Sequence[Field]) -> Signature | None:
    """Returns a name with the post of one who can approve, and the date beside it, behind a label for a signature."""
    words = topic("approval")
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
    words = topic("approval")
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
