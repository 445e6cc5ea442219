"""The version of attendance-checker, in one place."""

VERSION = "0.1.0"
