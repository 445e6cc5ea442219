"""Reads a checklist and says what is wrong with it by line."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from checker.catalogue import STATE_FUNDED, Catalogue, Citation
from checker.checklists.comparisons import FactCompares
from checker.checklists.model import Checklist, Item, Rule
from checker.checklists.people import Names
from checker.checklists.statements import DoesNotState, HasSection, RefersTo, States
from checker.checklists.values import Gives
from checker.errors import UsageError
from checker.levels import Level
from checker.schools import SchoolType
from checker.yaml_files import did_you_mean, line_in, load_yaml, read_text

Steps = list[str | int]


def load_checklist(path: Path, catalogue: Catalogue) -> Checklist:
    """Reads a checklist.

    Args:
        path: Its file.
        catalogue: The catalogue that it picks from.

    Raises:
        UsageError: If it does not fit ``schemas/checklist.schema.json``, names a requirement that is not there, gives a
            number or a requirement twice, or holds a rule that cannot be; the message names the line.
    """
    content = load_yaml(path, "checklist")
    items = tuple(_Items(path, catalogue).items(content["sections"]))
    digest = hashlib.sha256(read_text(path).encode()).hexdigest()
    return Checklist(content["id"], content["title"], content.get("version"), items, digest)


def _states(entry: Mapping[str, Any]) -> States:
    return States(*_parts_of_states(entry))


def _does_not_state(entry: Mapping[str, Any]) -> DoesNotState:
    return DoesNotState(*_parts_of_states(entry))


def _parts_of_states(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    together = tuple(tuple(phrases) for phrases in entry.get("together", ()))
    return tuple(entry["any"]), together, tuple(entry.get("doing", ())), entry.get("may", False)


def _gives(entry: Mapping[str, Any]) -> Gives:
    return Gives(entry["kind"], tuple(entry["about"]), entry.get("at-least"), entry.get("at-most"))


def _names(entry: Mapping[str, Any]) -> Names:
    return Names(tuple(entry["role"]), entry.get("person", True), entry.get("contact", "any"))


def _section(entry: Mapping[str, Any]) -> HasSection:
    return HasSection(tuple(entry["any"]))


def _refers_to(entry: Mapping[str, Any]) -> RefersTo:
    return RefersTo(tuple(entry["any"]))


def _fact(entry: Mapping[str, Any]) -> FactCompares:
    return FactCompares(
        entry["fact"],
        entry.get("value"),
        tuple(_as_shown(value) for value in entry.get("one-of", ())),
        _as_shown(entry.get("at-least")),
        _as_shown(entry.get("at-most")),
    )


def _as_shown(value: Any) -> Any:
    """Returns a value as facts show it: YAML reads 2026-09-01 as a day."""
    return value.isoformat() if isinstance(value, dt.date) else value


KINDS: Mapping[str, Callable[[Mapping[str, Any]], Rule]] = {
    "states": _states,
    "does-not-state": _does_not_state,
    "gives": _gives,
    "names": _names,
    "section": _section,
    "refers-to": _refers_to,
    "fact": _fact,
}


class _Items:
    """Goes through the items of a file, remembering what was there."""

    def __init__(self, path: Path, catalogue: Catalogue) -> None:
        self._path = path
        self._catalogue = catalogue
        self._numbers: set[str] = set()
        self._picked: set[str] = set()

    def items(self, sections: Sequence[Mapping[str, Any]]) -> Iterator[Item]:
        for at, section in enumerate(sections):
            for place, entry in enumerate(section["items"]):
                yield self._item(section["title"], entry, ["sections", at, "items", place])

    def _item(self, section: str, entry: Mapping[str, Any], steps: Steps) -> Item:
        number = entry["number"]
        if number in self._numbers:
            self._refuse([*steps, "number"], f"the number {number} stands in the checklist already.")
        self._numbers.add(number)
        kinds = [kind for kind in ("requirement", *KINDS) if kind in entry]
        if len(kinds) != 1:
            self._refuse(steps, f"item {number} needs one of requirement, {', '.join(KINDS)}; it has {len(kinds)}.")
        kind = kinds[0]
        picks = self._pick(entry["requirement"], [*steps, kind]) if kind == "requirement" else None
        examples = entry.get("examples", {"pass": (), "fail": ()})
        return Item(
            number, section, picks,
            None if picks else self._rule(kind, entry, steps),
            entry.get("wording", "").strip().rstrip(".") or None,
            Level(entry["level"]) if "level" in entry else None,
            entry.get("guidance", "").strip() or None,
            _citation(entry["cites"]) if "cites" in entry else None,
            _kinds_of_school(entry["applies-to"]) if "applies-to" in entry else None,
            tuple(examples["pass"]), tuple(examples["fail"]),
        )  # fmt: skip

    def _pick(self, name: str, steps: Steps) -> str:
        names = [requirement.name for requirement in self._catalogue]
        if name not in names:
            self._refuse(steps, f"there is no requirement {name!r}.{did_you_mean(name, names)}")
        if name in self._picked:
            self._refuse(steps, f"{name} stands in the checklist already.")
        self._picked.add(name)
        return name

    def _rule(self, kind: str, entry: Mapping[str, Any], steps: Steps) -> Rule:
        for needed in ("wording", "guidance", "examples"):
            if needed not in entry:
                self._refuse(steps, f"item {entry['number']} is the checklist's own and needs {needed!r}.")
        try:
            return KINDS[kind](entry[kind])
        except ValueError as error:
            self._refuse([*steps, kind], f"item {entry['number']}: {error}.")

    def _refuse(self, steps: Steps, message: str) -> NoReturn:
        raise UsageError(f"{self._path}, line {line_in(self._path, steps)}: {message}")


def _citation(entry: Mapping[str, Any]) -> Citation:
    return Citation(entry["document"], entry.get("edition"), entry["place"], entry.get("url"), "seen")


def _kinds_of_school(entry: str | Sequence[str]) -> tuple[SchoolType, ...]:
    if isinstance(entry, str):
        return STATE_FUNDED if entry == "state" else ()
    return tuple(SchoolType(kind) for kind in entry)
