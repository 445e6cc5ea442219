"""``checker new-plugin``: a working plugin to begin from."""

from __future__ import annotations

import keyword
import re
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

import click

from checker.errors import UsageError
from checker.version import VERSION

# Where each file of the template goes. What would be Python, were the names filled in, is kept as text.
PLACES = {
    "README.md": "README.md",
    "setup.cfg": "setup.cfg",
    "pyproject.toml": "pyproject.toml",
    "plugin.py.txt": "NAME/__init__.py",
    "topic.py.txt": "NAME/breakfast.py",
    "catalogue/catalogue.yaml": "NAME/catalogue/catalogue.yaml",
    "catalogue/instruments.yaml": "NAME/catalogue/instruments.yaml",
    "catalogue/breakfast.yaml": "NAME/catalogue/breakfast.yaml",
    "test_cases.py.txt": "tests/test_cases.py",
    "cases/breakfast.yaml": "tests/cases/policy.POINT.breakfast-club.yaml",
}


@click.command
@click.argument("name")
def command(name: str) -> None:
    """Make a folder NAME with a working plugin: one requirement, its check, its cases and their test."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name) or keyword.iskeyword(name):
        raise UsageError(
            f"{name!r} cannot be a plugin's name: use small letters, figures and underscores, as in our_trust."
        )
    folder = Path(name)
    if folder.exists():
        raise UsageError(f"{folder} is here already: choose another name, or move it away first.")
    point = name.replace("_", "-")
    template = resources.files("checker") / "new_plugin"
    for source, place in PLACES.items():
        target = folder / place.replace("NAME", name).replace("POINT", point)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_filled(template / source, name, point), encoding="utf-8", newline="\n")
    click.echo(
        f"Wrote {name}/. Now: python -m pip install -e ./{name}, checker plugins, python -m pytest {name}", err=True
    )


def _filled(file: Traversable, name: str, point: str) -> str:
    text = Template(file.read_text(encoding="utf-8"))
    return text.substitute(name=name, point=point, version=VERSION)
