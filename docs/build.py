"""Writes the pages of docs/ that come from the national catalogue.

``python docs/build.py`` writes docs/requirements/ and docs/law.md; ``python docs/build.py --check`` changes nothing and
fails when a page is stale.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from importlib import resources
from pathlib import Path
from typing import Any

from checker.catalogue import Catalogue, Citation, Instrument, Requirement, Span, load_catalogue, load_instruments
from checker.yaml_files import load_yaml

DOCS = Path(__file__).resolve().parent
CATALOGUE = resources.files("england_attendance") / "catalogue"
GENERATED = "<!-- Written by docs/build.py from the catalogue: change the catalogue, then run `make docs`. -->"
CERTAINTY = {
    "seen": "read in a public source",
    "seed": "read in a document of a school or an authority that states it",
    "recall": "from recall, not verified",
}
KINDS = {
    "act": "Acts",
    "regulations": "Regulations",
    "statutory-guidance": "Statutory guidance",
    "guidance": "Other guidance",
    "statistics": "Statistics",
    "convention": "Conventions",
}
SUBJECTS = {"policy": "Policies", "register": "Registers"}


def pages() -> dict[str, str]:
    """Returns every page that comes from the catalogue, by its path under docs/."""
    catalogue, instruments = load_catalogue(CATALOGUE), load_instruments(CATALOGUE)
    head = load_yaml(CATALOGUE / "catalogue.yaml", "catalogue")
    whole = {instrument.url for instrument in instruments.values()}
    found = {f"requirements/{requirement.name}.md": _requirement(requirement, whole) for requirement in catalogue}
    found["requirements/index.md"] = _index(catalogue, head["reading"])
    found["law.md"] = _law(catalogue, instruments)
    return {path: "\n".join([GENERATED, "", *lines]) + "\n" for path, lines in found.items()}


def stale(folder: Path) -> list[str]:
    """Returns the paths under a folder whose pages are missing, out of date, or no longer belong there."""
    wanted = pages()
    there = {f"requirements/{path.name}" for path in (folder / "requirements").glob("*.md")}
    differing = [path for path, text in wanted.items() if _text(folder / path) != text]
    return sorted({*differing, *(there - set(wanted))})


def write(folder: Path) -> list[str]:
    """Brings the pages under a folder up to date, and returns the paths that were changed."""
    wanted, changed = pages(), stale(folder)
    for path in changed:
        page = folder / path
        if path in wanted:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(wanted[path], encoding="utf-8", newline="\n")
        else:
            page.unlink()
    return changed


def main(arguments: Sequence[str], folder: Path = DOCS) -> int:
    """Writes or checks the pages, and returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing, and fail when a page is stale")
    check = parser.parse_args(arguments).check
    changed = stale(folder) if check else write(folder)
    for path in changed:
        sys.stderr.write(f"docs/{path}: {'is stale: run `make docs`' if check else 'written'}\n")
    return 1 if check and changed else 0


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _requirement(requirement: Requirement, whole: Set[str | None]) -> Iterator[str]:
    """Returns the lines of a requirement's page.

    Args:
        requirement: The requirement.
        whole: The addresses of whole instruments, which docs/law.md gives with what is to be known of them.
    """
    yield f"# {_plain(requirement.title)}"
    yield ""
    yield (
        f"`{requirement.name}` · level **{requirement.level.value}** · applies to {_whom(requirement)} · "
        f"in force {_days(requirement.in_force)}"
    )
    for heading, text in (
        ("What it asks", requirement.asks),
        ("Why it matters", requirement.why),
        ("What the law or guidance says", requirement.law),
        ("What passes", requirement.passes),
        ("What fails", requirement.fails),
        ("How hard cases are read", requirement.reading),
        ("How to put it right", requirement.fix),
    ):
        if text:
            yield from ("", f"## {heading}", "", *_paragraphs(text))
    yield from ("", "## A good example", "", *_quoted(requirement.example))
    if requirement.citations:
        yield from ("", "## Where it stands", "")
        yield from (f"- {_citation(citation, citation.url in whole)}" for citation in requirement.citations)
    yield from ("", "[All requirements](index.md) · [The law as read](../law.md)")


def _index(catalogue: Catalogue, reading: Mapping[str, Iterable[str]]) -> Iterator[str]:
    yield "# What is checked"
    yield ""
    yield (
        "Each name leads to the page that `checker explain` shows too: why it is asked, the law in plain words, what "
        "passes, what fails, a good example, and how to put it right."
    )
    for kind, heading in SUBJECTS.items():
        chosen = catalogue.of_kind(kind)
        yield from ("", f"## {heading}: {len(chosen)} requirements", "")
        yield from ("| Requirement | Level | What it asks |", "| --- | --- | --- |")
        for requirement in chosen:
            link = f"[`{requirement.name}`]({requirement.name}.md)"
            yield f"| {link} | {requirement.level.value} | {_plain(requirement.asks)} |"
        title = "How every policy is read" if kind == "policy" else "How every register is counted"
        yield from ("", f"### {title}", "", *(f"- {_plain(line)}" for line in reading.get(kind, ())))


def _law(catalogue: Catalogue, instruments: Mapping[str, Instrument]) -> Iterator[str]:
    yield "# The law and guidance, as read"
    for law in catalogue.law:
        yield from ("", law.jurisdiction, "")
        yield f"The law was last read on {_date(law.read_on)}. The catalogue begins on {_date(law.begins)}."
        yield from ("", "Not read, or only in part:", "", *(f"- {_plain(line)}" for line in law.not_read))
    yield from ("", "How sure each entry is:", "")
    yield from (f"- **{mark}**: {meaning}" for mark, meaning in CERTAINTY.items())
    cited = _cited(catalogue)
    for kind, heading in KINDS.items():
        yield from ("", f"## {heading}", "", "| Title | In force | Sure | Cited by |", "| --- | --- | --- | --- |")
        for instrument in instruments.values():
            if instrument.kind == kind:
                names = cited.get((instrument.title, instrument.edition), ())
                links = ", ".join(f"[{name}](requirements/{name}.md)" for name in names) or "–"
                cells = (_instrument(instrument, instruments), _days(instrument.in_force), instrument.certainty, links)
                yield f"| {' | '.join(cells)} |"


def _cited(catalogue: Catalogue) -> dict[tuple[str, str | None], dict[str, None]]:
    """Returns the names of the requirements that cite each title and edition, in their order."""
    found: dict[tuple[str, str | None], dict[str, None]] = {}
    for requirement in catalogue:
        for citation in requirement.citations:
            found.setdefault((citation.instrument, citation.edition), {})[requirement.name] = None
    return found


def _instrument(instrument: Instrument, instruments: Mapping[str, Instrument]) -> str:
    title = f"[{_plain(instrument.title)}]({instrument.url})" if instrument.url else _plain(instrument.title)
    details = ", ".join(detail for detail in (instrument.edition, instrument.number) if detail)
    parts = [f"{title} ({_plain(details)})" if details else title]
    if instrument.revoked_by:
        successor = instruments[instrument.revoked_by]
        edition = f" ({successor.edition})" if successor.edition else ""
        parts.append(f"Replaced by {_plain(successor.title)}{edition}.")
    if instrument.note:
        parts.append(_plain(instrument.note))
    return "<br>".join(parts)


def _citation(citation: Citation, whole: bool) -> str:
    edition = f" ({citation.edition})" if citation.edition else ""
    title = f"{_plain(citation.instrument)}{edition}, {_plain(citation.provision)}"
    linked = f"[{title}]({'../law.md' if whole else citation.url})"
    note = f" {_plain(citation.note)}" if citation.note else ""
    return f"{linked}: {CERTAINTY[citation.certainty]}.{note}"


def _whom(requirement: Requirement) -> str:
    return ", ".join(f"{kind.value} schools" for kind in requirement.applies_to) or "every school in England"


def _days(span: Span) -> str:
    if span.since is None and span.until is None:
        return "–"
    since = f"from {_date(span.since)}" if span.since else ""
    until = f"to {_date(span.until)}" if span.until else ""
    return f"{since} {until}".strip()


def _date(day: Any) -> str:
    return f"{day.day} {day:%B %Y}"


def _paragraphs(text: str) -> Iterator[str]:
    """Returns each line as a paragraph of its own, and lines that begin with a dash as a list."""
    listed: bool | None = None
    for line in text.splitlines():
        item = line.startswith("- ")
        if listed is not None and not (listed and item):
            yield ""
        yield f"- {_plain(line[2:])}" if item else _plain(line)
        listed = item


def _quoted(text: str) -> Iterator[str]:
    lines = [_plain(line) for line in text.splitlines()]
    for number, line in enumerate(lines, 1):
        yield f"> {line}" + ("\\" if number < len(lines) else "")


def _plain(text: str) -> str:
    """Returns the text so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_<>#|\[\]~])", r"\\\1", text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
