"""What does not apply never looks like a pass, and is not said to be another authority's rule where it is the school's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

POLICY = """# Attendance Policy

Elmbrook School is an independent school{place}. The register is taken each morning and each afternoon, and attendance matters.
Unauthorised absence is followed up. Every entry of the register is kept for six years.
"""
ANOTHERS = "Rules of an authority that is not known to be this school's"


def printed(folder: Path, place: str, *options: str) -> list[str]:
    (folder / "policy.md").write_text(POLICY.format(place=place), encoding="utf-8")
    call = [sys.executable, "-m", "checker", "check", "policy.md", "--as-at", "2026-11-22", *options]
    done = subprocess.run(call, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.stdout.splitlines()


@pytest.mark.parametrize("options", [(), ("--verbose",)])
def test_it_has_a_mark_of_its_own(tmp_path: Path, options: tuple[str, ...]) -> None:
    lines = printed(tmp_path, "", *options)
    below = lines[next(at for at, line in enumerate(lines) if line.startswith("Does not apply")) :]
    assert any("policy.notice-to-improve" in line for line in below)
    assert [line for line in below if line.strip().startswith("✓")] == []


def test_a_rule_of_the_schools_own_authority_is_not_said_to_be_anothers(tmp_path: Path) -> None:
    assert any(line.startswith(ANOTHERS) for line in printed(tmp_path, ""))
    own = printed(tmp_path, "", "--local-authority", "Kent")
    assert any("policy.kent." in line for line in own)
    assert [line for line in own if line.startswith(ANOTHERS)] == []
