"""Judging registers: one file a topic."""
