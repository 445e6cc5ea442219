"""Documents: one shape for PDF, Word, HTML, Markdown and text.

A loader, one file a format, turns a file into a :class:`~checker.documents.draft.Draft`: its text and its parts in
reading order, with the hints that the format gives. :func:`~checker.documents.assemble.assemble` makes the
:class:`~checker.documents.model.Document` of it, in the same way for every format.
"""
