from __future__ import annotations

from dataclasses import fields
from importlib import resources

from checker.documents.words import Words, words
from checker.yaml_files import load_yaml


def test_the_words_fit_their_schema() -> None:
    lists = load_yaml(resources.files("checker.documents") / "words.yaml", "words")
    assert set(lists) == {field.name for field in fields(Words)}
    assert "policy" in words().kinds_of_document
