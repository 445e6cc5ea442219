"""A folder of policies, and files that misbehave, for the tests of many files at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

AS_AT = ("--as-at", "2026-11-22")

# A loader that hangs, explodes or ends its process, as a document could that a library cannot cope with.
MISBEHAVING = """
import os
import time
from checker.documents.loaders import BUILT_IN, DocumentLoader
from checker.hookspecs import hookimpl

TEXT = next(loader for loader in BUILT_IN if loader.name == "text")

def load(path):
    if path.stem.startswith("hangs"):
        while True:
            pass
    if path.stem.startswith("explodes"):
        held = []
        while True:
            held.append(bytearray(10_000_000))
    if path.stem.startswith("kills"):
        os._exit(9)
    if path.stem.startswith("slow"):
        time.sleep(0.4)
    return TEXT.load(path)

@hookimpl
def checker_document_loaders():
    return [DocumentLoader("text", (".txt",), load)]
"""


def policy(name: str, years: int = 6) -> str:
    return (
        f"{name}\n\nAttendance policy\n\nThe register is taken each morning and each afternoon. Every entry in the "
        f"register is kept for {years} years. Unauthorised absence is followed up. Pupils who are late after the "
        "register has closed are marked absent. Leave of absence is for exceptional circumstances. Parents may get a "
        "penalty notice. The next review is due in September 2026.\n\n"
        + "We want every child in school every day. "
        * 20
    )


def folder_of(place: Path, names: list[str]) -> Path:
    """Writes a policy under each name and the configuration that loads the misbehaving loader."""
    folder = place / "policies"
    folder.mkdir()
    for number, name in enumerate(names):
        (folder / f"{name}.txt").write_text(policy(f"School {number} Primary School"), encoding="utf-8")
    (place / "misbehaving.py").write_text(MISBEHAVING, encoding="utf-8")
    (place / "checker.yaml").write_text("plugins: [misbehaving.py]\nfail-on: never\n", encoding="utf-8")
    return folder


def started(*arguments: str | Path, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "checker", "check", *map(str, arguments), *AS_AT, "--format", "json"]
    if os.name == "nt":
        special: dict[str, Any] = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    else:  # tests that run in the background are deaf to Ctrl-C, and so would be what they start
        special = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **special)


def report(*arguments: str | Path, folder: Path) -> tuple[bytes, bytes, int]:
    process = started(*arguments, folder=folder)
    out, messages = process.communicate(timeout=240)
    return out, messages, process.returncode
