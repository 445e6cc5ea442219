"""Which school each file is about, where a manifest, the folders' names or an extract of the school register say so.

- A *manifest* is a CSV file with a line for each file: ``file, name, urn, type, local_authority``. One called
  ``manifest.csv`` in a searched folder is used without being named.
- A *layout* tells what the folders' and files' names hold, such as ``{local_authority}/{urn} {name}``.
- A *GIAS extract* (``edubasealldata….csv`` from Get Information about Schools) adds by URN what is not given.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from checker.discovery import Source, shown_as
from checker.errors import UsageError
from checker.report import SubjectKind
from checker.schools import School, SchoolType
from checker.yaml_files import did_you_mean, load_trusted

FILE = "manifest.csv"
COLUMNS = ("file", "name", "urn", "type", "local_authority")
GIAS_COLUMNS = ("URN", "EstablishmentName", "TypeOfEstablishment (code)", "LA (name)")
LARGEST = 200_000_000
_FIELD = re.compile(r"\{(\w+)\}")
_PATTERNS = {"urn": r"\d{5,6}", "type": "|".join(SchoolType)}


@dataclass(frozen=True, slots=True)
class Given:
    """Where it is said which school each file is about.

    Attributes:
        manifest: The manifest; without one, each searched folder's ``manifest.csv``, where there is one.
        layout: What the names under a searched folder hold.
        gias: An extract of the register of schools.
    """

    manifest: Path | None = None
    layout: str | None = None
    gias: Path | None = None


@dataclass(frozen=True)
class Listed:
    """What manifests say, by the file's resolved path, and the folder that each file is shown from."""

    schools: Mapping[Path, School] = field(default_factory=dict)
    folders: Mapping[Path, Path] = field(default_factory=dict)


def with_schools(sources: Sequence[Source], paths: Iterable[Path], given: Given) -> list[Source]:
    """Returns the sources with what is said of their schools, and a source for each file that is listed but missing.

    Args:
        sources: What was found.
        paths: The files and folders that were named.
        given: Where it is said which school each is about.

    Raises:
        UsageError: If a manifest, the layout or the extract is at fault; the message names file and line.
    """
    folders = [path for path in paths if path.is_dir()]
    listed = _listed(folders, given)
    layout = _layout_pattern(given.layout) if given.layout else None
    known = {source.path.resolve() for source in sources}
    missing = [
        Source(SubjectKind.POLICY, path, shown_as(path, listed.folders[path]), named=False)
        for path in sorted(listed.schools)
        if path not in known and not path.exists()
    ]
    found = [
        replace(
            source,
            school=listed.schools.get(source.path.resolve(), School()).or_else(_by_layout(source, folders, layout)),
        )
        for source in [*sources, *missing]
    ]
    if given.gias is not None:
        found = _joined(found, given.gias)
    return sorted(found, key=lambda source: (source.shown, source.kind))


def _listed(folders: Iterable[Path], given: Given) -> Listed:
    beside = [folder / FILE for folder in folders if (folder / FILE).is_file()]
    manifests = beside if given.manifest is None else [given.manifest]
    schools: dict[Path, School] = {}
    places: dict[Path, Path] = {}
    for manifest in manifests:
        for path, school in _entries(manifest):
            schools[path] = school
            places[path] = manifest.parent
    return Listed(schools, places)


def _entries(manifest: Path) -> Iterator[tuple[Path, School]]:
    """Yields the lines of a manifest."""
    seen: dict[Path, int] = {}
    rows = csv.DictReader(io.StringIO(_text(manifest, "utf-8-sig"), newline=""), restkey="…")
    headings = rows.fieldnames or []
    unknown = next((heading for heading in headings if heading not in COLUMNS), None)
    if unknown is not None:
        raise UsageError(
            f"{manifest}, line 1: there is no column {unknown!r} in a manifest ({', '.join(COLUMNS)})."
            + did_you_mean(unknown, COLUMNS)
        )
    if "file" not in headings:
        raise UsageError(f"{manifest}, line 1: the column 'file' is missing ({', '.join(COLUMNS)}).")
    for row in rows:
        where = f"{manifest}, line {rows.line_num}"
        if "…" in row:
            raise UsageError(f"{where}: has more cells than the header. Put quotes round a name with a comma.")
        cells = {name: (value or "").strip() for name, value in row.items()}
        if not any(cells.values()):
            continue
        if not cells["file"]:
            raise UsageError(f"{where}: names no file.")
        path = (manifest.parent / cells["file"]).resolve()
        if path in seen:
            raise UsageError(f"{where}: {cells['file']} stands on line {seen[path]} already.")
        seen[path] = rows.line_num
        yield path, _school(cells, where)


def _school(cells: Mapping[str, str], where: str) -> School:
    urn = cells.get("urn") or None
    if urn is not None and not re.fullmatch(_PATTERNS["urn"], urn):
        raise UsageError(f"{where}: {urn!r} is no URN: it has five or six digits.")
    kinds = [kind.strip() for kind in re.split("[+;]", cells.get("type", "")) if kind.strip()]
    known = [kind.value for kind in SchoolType]
    for kind in kinds:
        if kind not in known:
            raise UsageError(f"{where}: {kind!r} is not one of {', '.join(known)}.{did_you_mean(kind, known)}")
    return School(
        cells.get("name") or None,
        tuple(SchoolType(kind) for kind in kinds),
        urn,
        cells.get("local_authority") or None,
    )


def _layout_pattern(layout: str) -> tuple[re.Pattern[str], int]:
    """Returns the pattern of a layout and how many names it speaks of.

    Raises:
        UsageError: If it names an unknown field, or one twice.
    """
    fields = [name for name in COLUMNS if name != "file"]
    named = _FIELD.findall(layout)
    for name in named:
        if name not in fields or named.count(name) > 1:
            hint = did_you_mean(name, fields)
            raise UsageError(f"--layout {layout}: {{{name}}} is not one of {', '.join(fields)}, each once.{hint}")
    if not named:
        raise UsageError(f"--layout {layout}: names nothing. Write for instance {{local_authority}}/{{urn}} {{name}}.")
    parts = _FIELD.split(layout.strip("/"))
    pattern = "".join(
        f"(?P<{part}>{_PATTERNS.get(part, '[^/]+?')})" if place % 2 else re.escape(part).replace(r"\*", "[^/]*")
        for place, part in enumerate(parts)
    )
    return re.compile(pattern), layout.strip("/").count("/") + 1


def _by_layout(source: Source, folders: Iterable[Path], layout: tuple[re.Pattern[str], int] | None) -> School:
    if layout is None:
        return School()
    pattern, depth = layout
    path = source.path.resolve()
    folder = next((folder for folder in folders if path.is_relative_to(folder.resolve())), None)
    if folder is None:
        return School()
    names = path.relative_to(folder.resolve()).parts
    if path.is_file():
        names = (*names[:-1], path.stem)
    found = pattern.fullmatch("/".join(names[:depth]))
    return _school(found.groupdict(), source.shown) if found else School()


def _joined(sources: Sequence[Source], gias: Path) -> list[Source]:
    wanted = {source.school.urn for source in sources if source.school.urn}
    text = _text(gias, "cp1252")
    rows = csv.reader(io.StringIO(text, newline=""))
    headings = next(rows, [])
    lacking = [name for name in GIAS_COLUMNS if name not in headings]
    if lacking:
        raise UsageError(f"{gias}, line 1: the column {lacking[0]!r} is missing: this is no extract of all schools.")
    places = [headings.index(name) for name in GIAS_COLUMNS]
    found: dict[str, School] = {}
    for row in rows:
        if len(row) == len(headings) and row[places[0]] in wanted:
            urn, name, code, authority = (row[place].strip() for place in places)
            found[urn] = School(name or None, _types(code), urn, authority or None)
    return [
        replace(source, school=source.school.or_else(found.get(source.school.urn or "", School())))
        for source in sources
    ]


def _types(code: str) -> tuple[SchoolType, ...]:
    return tuple(SchoolType(kind) for kind in _types_by_code().get(code, ()))


@cache
def _types_by_code() -> Mapping[str, Sequence[str]]:
    content: Mapping[str, Any] = load_trusted(resources.files("checker") / "school-types.yaml")
    return {str(code): kinds.split(" + ") for kinds, codes in content.items() for code in codes}


def _text(path: Path, encoding: str) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path}: is larger than {LARGEST // 1_000_000} MB.")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from error
    try:
        return data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path}, line {line}: is not UTF-8 text. Save it as 'CSV UTF-8' and try again.") from error
