"""Plugins load through the entry point, and one that is wrong stops the run with its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.errors import PluginError
from checker.plugins import load_plugins


def plugin(folder: Path, text: str) -> Path:
    file = folder / "our_checks.py"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_national_pack_is_found_as_any_plugin_is() -> None:
    plugins = load_plugins()
    assert "england_attendance" in [info.name for info in plugins.infos]
    everywhere = [requirement for requirement in plugins.catalogue if not requirement.authorities]
    assert [sum(one.kind == kind for one in everywhere) for kind in ("policy", "register")] == [46, 27]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("raise ImportError('no such thing')", "'our_checks' did not load: ImportError: no such thing"),
        ("def checker_topics(kind): return []", "mark its hook 'checker_topics' with @hookimpl"),
        (
            "from checker.hookspecs import hookimpl\n@hookimpl\ndef cheker_topics(kind): return []",
            "unknown hook 'cheker_topics'. Did you mean 'checker_topics'?",
        ),
        ("words = 'only'", "has no hook"),
        ("def checker_topic(kind): return []", "unknown hook 'checker_topic'. Did you mean 'checker_topics'?"),
        (
            "from checker.hookspecs import hookimpl\n@hookimpl\ndef checker_topics(kind, colour): return []",
            "'our_checks' did not load",
        ),
    ],
)
def test_a_plugin_that_does_not_load_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(PluginError, match="our_checks") as error:
        load_plugins([plugin(tmp_path, text)])
    assert says in str(error.value)


def test_a_missing_plugin_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match="absent"):
        load_plugins([tmp_path / "absent.py"])


def test_a_hook_that_breaks_is_named(tmp_path: Path) -> None:
    text = "from checker.hookspecs import hookimpl\n@hookimpl\ndef checker_topics(kind): return 1 / 0"
    with pytest.raises(PluginError, match="checker_topics: ZeroDivisionError"):
        load_plugins([plugin(tmp_path, text)]).checks("policy")


CHECK = """
from checker.documents.model import Document
from checker.facts import Topic, check
from checker.findings import Outcome, passed
from checker.hookspecs import hookimpl

@check({name!r})
def judge(document: Document) -> Outcome:
    return passed("Said.")

@hookimpl
def checker_topics(kind):
    return [Topic(checks=(judge,))]
"""


def test_a_check_of_an_unknown_requirement_is_refused_with_a_hint(tmp_path: Path) -> None:
    file = plugin(tmp_path, CHECK.format(name="policy.retenton"))
    with pytest.raises(PluginError, match=r"Did you mean 'policy\.retention'"):
        load_plugins([file]).checks("policy")


def test_two_checks_of_one_requirement_are_refused(tmp_path: Path) -> None:
    file = plugin(tmp_path, CHECK.format(name="policy.retention"))
    with pytest.raises(PluginError, match=r"Two checks judge policy\.retention"):
        load_plugins([file]).checks("policy")
