"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# How long an example takes tells how busy the machine is; benchmarks measure speed.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the golden reports afresh")


@pytest.fixture
def examples() -> Path:
    """The project's own example policies."""
    return ROOT / "policies"


@pytest.fixture
def example_registers() -> Path:
    """The project's own example registers."""
    return ROOT / "registers"
