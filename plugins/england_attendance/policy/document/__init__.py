"""What a policy says of itself: who approved it, when it is reviewed, what it rests on, what was left unfinished."""

from __future__ import annotations

from england_attendance.policy.document import (
    approval,
    cross_references,
    leftovers,
    legislation,
    particulars,
    readable,
    review_dates,
)

MODULES = (approval, cross_references, leftovers, legislation, particulars, readable, review_dates)
