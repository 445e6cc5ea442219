"""Registers: the grid of marks, its tables, the school calendar, and their loaders."""
