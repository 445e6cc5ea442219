"""The price of a penalty notice in tables whose cells are merged, which Markdown cannot write."""

from __future__ import annotations

from pathlib import Path

from checker.reading.splitting import read_statements
from england_attendance.policy.penalties.stages import Stage, Stages
from england_attendance.policy.penalties.sums import sums_of
from tests.documents.reading import read

TABLE = """
<h2>Penalty notices</h2>
<table>
<tr><th>In three years</th><th>Paid within 21 days</th><th>Paid within 28 days</th></tr>
<tr><td>First notice</td><td>£80</td><td>£160</td></tr>
<tr><td>Second notice</td><td colspan="2">£160 (no reduction)</td></tr>
</table>
"""


def test_a_cell_below_two_headings_of_days_has_the_longer(tmp_path: Path) -> None:
    path = tmp_path / "policy.html"
    path.write_text(TABLE, encoding="utf-8")
    statements = read_statements(read(path))
    prices = {
        (price.pounds, price.days, price.stage) for price in sums_of(statements, Stages(statements), list(statements))
    }
    assert (160, 28, Stage.SECOND) in prices
    assert (160, 21, Stage.SECOND) not in prices
