"""The mutation operators are sound: each edits what it says, and they cover every requirement evenly."""

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TEXTS = HERE.parent / "policies_source" / "all_formats"
LABELS = yaml.safe_load((ROOT / "policies" / "labels.yaml").read_text(encoding="utf-8"))
SCHEMA = json.loads((ROOT / "schemas" / "mutations.schema.json").read_text(encoding="utf-8"))
FILES = sorted(HERE.glob("*.yaml"))
OPERATORS: dict[str, list[dict[str, Any]]] = {}
for file in FILES:
    OPERATORS.update(yaml.safe_load(file.read_text(encoding="utf-8")))
REQUIREMENTS = sorted(next(iter(LABELS.values()))["requirements"])


def listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def places(find: str, text: str) -> list[tuple[int, int]]:
    pattern = r"\s+".join(re.escape(word) for word in find.split())
    return [match.span() for match in re.finditer(pattern, text)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_files_follow_the_schema(path: Path) -> None:
    operators = yaml.safe_load(path.read_text(encoding="utf-8"))
    errors = jsonschema.Draft202012Validator(SCHEMA).iter_errors(operators)
    assert [error.json_path + ": " + error.message[:200] for error in errors] == []


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_each_requirement_has_six_breaks_and_six_rephrasings(requirement: str) -> None:
    operators = OPERATORS[requirement]
    kinds = Counter(operator["kind"] for operator in operators)
    policies = Counter(operator["policy"] for operator in operators)
    assert kinds["break"] >= 6
    assert kinds["rephrase"] >= 6
    assert max(policies.values()) * 2 <= len(operators)


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_each_operator_edits_statements_that_stand_once(requirement: str) -> None:
    wrong = []
    for operator in OPERATORS[requirement]:
        text = (TEXTS / f"{operator['policy']}.txt").read_text(encoding="utf-8")
        finds = listed(operator["find"])
        if isinstance(operator["replace"], list) and len(operator["replace"]) != len(finds):
            wrong.append((operator["policy"], "as many replacements as places", operator["find"]))
        wrong += [(operator["policy"], len(places(find, text)), find) for find in finds if len(places(find, text)) != 1]
        spans = sorted(span for find in finds for span in places(find, text)[:1])
        wrong += [(operator["policy"], "overlap", finds) for a, b in pairwise(spans) if a[1] > b[0]]
    assert wrong == []


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_breaks_change_the_verdict_and_rephrasings_keep_it(requirement: str) -> None:
    for operator in OPERATORS[requirement]:
        before = LABELS[operator["policy"]]["requirements"][requirement]["verdict"]
        assert (operator["expect"] == before) == (operator["kind"] == "rephrase"), operator["find"]
