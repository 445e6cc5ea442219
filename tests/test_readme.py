"""The screen that the README shows is what the command prints."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIDTH = "100"


def test_the_screen_is_what_the_command_prints() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"```console\n\$ checker (?P<call>.*)\n(?P<screen>(?:.*\n)+?)```", readme)
    assert shown
    done = subprocess.run(
        [sys.executable, "-m", "checker", *shlex.split(shown["call"])],
        cwd=ROOT, env={**os.environ, "COLUMNS": WIDTH}, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    printed = iter(done.stdout.splitlines())
    missing = [line for line in shown["screen"].splitlines() if line != "…" and line not in printed]
    assert missing == []
