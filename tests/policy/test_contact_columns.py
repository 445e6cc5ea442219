"""Contacts in a table with a column for each school."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from checker.context import Context
from checker.documents.assemble import assemble
from checker.documents.html import draft_of
from checker.engine import Engine, Settings
from checker.plugins import load_plugins
from checker.schools import School

DAY = dt.date(2026, 11, 22)
PAGE = """<html><body><h1>Attendance policy</h1>
<p>Withy Bank Primary School and Marl Road Primary School share this policy.</p>
<table>
<tr><th></th><th>Withy Bank</th><th>Marl Road</th></tr>
<tr><td>Day-to-day questions</td><td>Mrs Greta Ingle, office, 01632 960512</td><td>Mr Ian Cole, office, 01632 960548</td></tr>
<tr><td>Senior leader for attendance</td><td {span}>Mrs Philippa Good, Deputy Headteacher, pgood@withy.sch.example</td>{cell}</tr>
</table></body></html>"""


def verdict_of(page: str) -> str:
    engine = Engine(load_plugins(), Settings(DAY, DAY))
    document = assemble(draft_of(Path("policy.html"), page), "policy.html")
    context = Context(DAY, (School("Withy Bank Primary School"), School("Marl Road Primary School")))
    facts = engine.facts_of(document, context)
    return engine.finding(engine.catalogue["policy.attendance-champion"], facts, context).verdict.value


def test_a_cell_across_the_columns_is_for_all_their_schools() -> None:
    assert verdict_of(PAGE.format(span='colspan="2"', cell="")) == "pass"


def test_a_cell_of_one_column_is_for_its_school_alone() -> None:
    assert verdict_of(PAGE.format(span="", cell="<td></td>")) == "fail"
