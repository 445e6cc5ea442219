"""Checklists: an officer's own list of things to look for, written in YAML and without programming.

A checklist picks requirements of the catalogue and regroups them under its own headings and numbers, and adds
requirements of its own from a few typed kinds. Its format is ``schemas/checklist.schema.json``; docs/checklists.md tells
how to write one.
"""
