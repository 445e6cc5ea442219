"""attendance-checker: checks school attendance policies and registers, and shows why."""

from checker.version import VERSION

__all__ = ["VERSION"]
