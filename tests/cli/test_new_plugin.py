"""The tutorial of docs/plugins.md, run as it stands, in an environment of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8"), re.S)
    for line in block.splitlines()
]


class Desk:
    """A folder to work in, and a place for packages that no other test sees."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.packages = folder / "packages"
        places = os.pathsep.join(filter(None, [str(self.packages), os.environ.get("PYTHONPATH")]))
        self.environment = {**os.environ, "PYTHONPATH": places, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}

    def run(self, line: str) -> subprocess.CompletedProcess[str]:
        program, *arguments = line.split()
        command = [sys.executable, "-m", "checker"] if program == "checker" else [sys.executable]
        if "pip" in arguments:  # a folder of its own instead of the environment that runs the tests
            arguments = [*(word for word in arguments if word != "-e"), "--quiet", "--target", str(self.packages)]
        if "pytest" in arguments:
            arguments += ["-p", "no:cacheprovider", "-p", "no:xdist"]
        return subprocess.run(
            [*command, *arguments], cwd=self.folder, env=self.environment, capture_output=True, text=True,
            encoding="utf-8", check=False,
        )  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))


def test_the_tutorial_works_as_it_stands(desk: Desk) -> None:
    pytest.importorskip("setuptools", reason="pip needs it to install a package without fetching anything")
    outputs = {}
    for line in COMMANDS:
        done = desk.run(line)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        outputs[line] = done.stdout
    assert "our_trust 0.1.0\n  for a policy: 1 checks, 1 facts" in outputs["checker plugins"]
    assert "4 passed" in outputs["python -m pytest our_trust"]
    assert "The breakfast club is open from 7.45am." in outputs["checker explain policy.our-trust.breakfast-club"]


@pytest.mark.parametrize("name", ["Our-Trust", "2late", "class", "../out"])
def test_a_name_that_python_cannot_import_is_refused(tmp_path: Path, name: str) -> None:
    done = Desk(tmp_path).run(f"checker new-plugin {name}")
    assert done.returncode == 2
    assert "cannot be a plugin's name" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    done = Desk(tmp_path).run("checker new-plugin ours")
    assert done.returncode == 2
    assert not list((tmp_path / "ours").iterdir())
