"""Puts review comments into a copy of a Word file."""

from __future__ import annotations

from checker.documents.docx_origins import read_with_origins
from checker.errors import UnreadableError
from checker.report import Report, Subject
from checker.reports.docx.anchors import Anchors
from checker.reports.docx.archive import Archive
from checker.reports.docx.comments import Comments
from checker.reports.notes import notes
from checker.reports.presentation import Presentation


def reviewed(subject: Subject, report: Report, presentation: Presentation) -> bytes:
    """Returns a copy of a policy's Word file with comments.

    Only the text part, the comments, and the two lists that name the comments are touched; every other part is the
    original's, byte for byte.

    Raises:
        UnreadableError: If the file can no longer be read, or has changed since it was checked.
    """
    assert subject.file is not None
    assert presentation.load is not None
    document = presentation.load(subject.file)
    origins = read_with_origins(subject.file)
    if document.text != origins.text:
        raise UnreadableError("changed", f"{subject.path}: the file has changed while it was read. Check it again.")
    with Archive(subject.file) as archive:
        root = archive.xml(origins.part)
        anchors = Anchors(root, origins)
        comments = Comments(archive, origins.part, root, subject.as_at)
        for note in sorted(notes(subject, document, report), key=lambda note: (note.start, note.end)):
            anchors.mark(note.start, note.end, comments.add(note))
        archive.put(origins.part, root)
        comments.save()
        return archive.packed()
