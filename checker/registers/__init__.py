"""Registers: the grid of marks, its tables, the school calendar, and their loaders."""

FILE = "register.yaml"  # holds the settings of a register, and makes a folder one
