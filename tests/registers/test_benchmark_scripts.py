"""The scripts that the benchmark sets beside the checker find the same rows: what is compared is the same work."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))

import register_scripts
import register_sets


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("school")
    register_sets.write_school(folder, 7, parquet=True)
    return folder


@pytest.mark.parametrize("name", ["plain Python loops", "Polars expressions"])
def test_the_scripts_agree_with_the_checker(school: Path, name: str) -> None:
    expected = register_scripts.with_the_checker(school)
    assert all(expected[rule] for rule in register_scripts.SIX if rule != "register.severe-absence")
    assert register_scripts.SCRIPTS[name](school) == expected
