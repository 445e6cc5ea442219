"""What could not be read: see :mod:`checker.reading.gaps`, which every pack uses."""

from __future__ import annotations

from checker.reading.gaps import EmptyPlace, Gaps, read_gaps

__all__ = ["EmptyPlace", "Gaps", "read_gaps"]
