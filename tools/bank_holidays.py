"""Writes checker/registers/bank_holidays.yaml: ``python tools/bank_holidays.py`` (needs the package ``holidays``)."""

from __future__ import annotations

from pathlib import Path

import holidays

FIRST, LAST = 2018, 2032
TARGET = Path(__file__).resolve().parents[1] / "checker" / "registers" / "bank_holidays.yaml"
HEAD = f"""# Bank holidays in England on weekdays, {FIRST} to {LAST}, by the package holidays {holidays.__version__}.
# Written by tools/bank_holidays.py; those after 2028 may still be moved by proclamation.
days:
"""


def main() -> None:
    """Writes the table."""
    found = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST, LAST + 1))
    days = {day: name.replace(" (observed)", "") for day, name in sorted(found.items()) if day.weekday() < 5}
    lines = [f"  {day.isoformat()}: {name}\n" for day, name in days.items()]
    TARGET.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
