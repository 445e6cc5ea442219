"""The facts ``approval`` and ``review`` on every fictional policy, in every format, beside what a careful reader read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.context import Context
from checker.engine import Engine, Settings
from checker.plugins import load_plugins
from checker.schools import School

ROOT = Path(__file__).resolve().parents[2]
AS_AT = dt.date(2026, 11, 22)
LABELS: dict[str, Any] = yaml.safe_load((ROOT / "policies" / "labels.yaml").read_text("utf-8"))
FOLDERS = (ROOT / "policies", ROOT / "tests" / "policies_source" / "all_formats")
FILES = sorted(file for folder in FOLDERS for file in folder.iterdir() if file.stem in LABELS)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load_plugins(), Settings(AS_AT, AS_AT))


def facts_of(engine: Engine, file: Path) -> dict[str, Any]:
    document = engine.load_document(file)
    context = Context(AS_AT, engine.plugins.identify(document, School()).schools)
    return {fact.name: fact.value for fact in engine.facts_of(document, context).published()}


def agrees(read: Any, labelled: Any) -> bool:
    """Whether a value is the labelled one; a day agrees with the month that a label gives."""
    if isinstance(read, str) and isinstance(labelled, str):
        return read.removeprefix("The ").casefold() == labelled.casefold() or read.startswith(f"{labelled}-")
    return bool(read == labelled)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_approval_and_review_are_read(engine: Engine, file: Path) -> None:
    labels, facts = LABELS[file.stem]["facts"], facts_of(engine, file)
    approval = {
        ("on" if key is True else key): value for key, value in labels["approval"].items()
    }  # YAML reads on as true
    wrong = {
        (name, key): (facts[name][key], value)
        for name, wanted in (("approval", approval), ("review", labels["review"]))
        for key, value in wanted.items()
        if not agrees(facts[name][key], value)
    }
    assert wrong == {}
