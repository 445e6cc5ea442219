"""The JSON Schemas of everything that users write or read: installed as ``checker.schemas``."""
