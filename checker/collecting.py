"""How often a process looks for objects that nothing uses any more."""

from __future__ import annotations

import gc

# Reading a policy makes some hundred thousand small objects, nearly all of them kept to its end: to look through all of
# them after each seven hundred, as Python does, takes a tenth of the time and finds nothing.
OBJECTS_BETWEEN_COLLECTIONS = 100_000


def collect_rarely() -> None:
    """Lets this process look for unused objects more seldom than Python would."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, *gc.get_threshold()[1:])
