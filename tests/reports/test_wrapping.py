"""Our wrapping is rich's: the text report must not change with the road that a line takes."""

from __future__ import annotations

import io
import random

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from checker.reports.wrapping import is_narrow, wrapped

WORDS = (
    "register",
    "a",
    "10.3",
    "“quoted”",
    "ab" * 70,
    "£160",
    "–",
    "  ",
    "x" * 54,
    "www.example.org/" + "y" * 90,
    "é\xa0b",
)


def by_rich(text: str, width: int) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width, highlight=False, emoji=False, markup=False).print(Padding(Text(text), 0))
    return [line.rstrip() for line in out.getvalue().removesuffix("\n").split("\n")]


@pytest.mark.parametrize("seed", range(60))
def test_lines_break_where_rich_breaks_them(seed: int) -> None:
    chance = random.Random(seed)
    width = chance.randint(20, 100)
    text = "".join(chance.choice(WORDS) + chance.choice((" ", " ", " ", "  ", "\n", "")) for _ in range(40))
    assert is_narrow(text)
    assert [line.rstrip() for line in wrapped(text, width)] == by_rich(text, width)


@pytest.mark.parametrize("text", ["", " ", "\n", "one\n", "\n\ntwo"])
def test_blank_lines_stay(text: str) -> None:
    assert [line.rstrip() for line in wrapped(text, 20)] == by_rich(text, 20)


def test_only_what_takes_one_column_is_narrow() -> None:
    narrow = [chr(code) for code in range(0x20, 0x3000) if is_narrow(chr(code))]
    assert {cell_len(character) for character in narrow} == {1}
    assert not any(map(is_narrow, ("漢", "e\u0301", "\u200b", "🙂")))
