"""Builds the two policies of the sample report from their sources. It needs python-docx and LibreOffice."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "policies_source"))

from build import write  # noqa: E402 - found only once its folder is on the path
from source import read  # noqa: E402


def main() -> None:
    """Writes each policy in the format that its source names."""
    for path in sorted(HERE.glob("*.md")):
        source = read(path)
        kind = str(source.meta["format"])
        write(source, kind, HERE / "policies" / f"{source.name}.{kind}")


if __name__ == "__main__":
    main()
