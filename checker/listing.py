"""Several things told in one sentence."""

from __future__ import annotations

from collections.abc import Iterable


def listed(items: Iterable[object], last: str = " and ", between: str = ", ") -> str:
    """Returns things joined as people write them, "A, B and C"; nothing for none.

    Args:
        items: The things, in order.
        last: What stands before the last of several.
        between: What stands between the others.
    """
    *others, end = [str(item) for item in items] or [""]
    return f"{between.join(others)}{last}{end}" if others else end
