"""Reads YAML that people write, and says what is wrong with it by file and line."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from checker.errors import UsageError

if TYPE_CHECKING:
    import jsonschema_rs

LARGEST = 4_000_000
MOST_VALUES = 1_000_000
DEEPEST = 40
_DECIMAL = re.compile(r"[-+]?\d+$")
_FLOAT = re.compile(r"[-+]?(\d+\.\d*|\.\d+)([eE][-+]?\d+)?$")


_FASTEST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _CarefulLoader(_FASTEST):  # type: ignore[misc]
    """A safe loader without doubled keys and numbers to base sixty.

    YAML 1.1 reads an unquoted ``13:10`` as the number 790; people who write it mean the time.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 - the name that PyYAML reads
        first: [
            (tag, _DECIMAL if tag == "tag:yaml.org,2002:int" else pattern)
            for tag, pattern in resolvers
            if tag != "tag:yaml.org,2002:float"
        ]
        + [("tag:yaml.org,2002:float", _FLOAT)] * (first in "-+0123456789.")
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        if first is not None
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if isinstance(key.value, str) and key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} stands here twice", key.start_mark)
            seen.add(str(key.value))
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping

    def construct_date(self, node: yaml.ScalarNode) -> Any:
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError as error:
            message = f"{node.value} is no date of the calendar"
            raise yaml.constructor.ConstructorError(None, None, message, node.start_mark) from error


_CarefulLoader.add_constructor("tag:yaml.org,2002:timestamp", _CarefulLoader.construct_date)


def _refuse_dangerous(text: str) -> None:
    """Refuses aliases by which ten lines grow to gigabytes, and nesting so deep that it can only be meant to break."""
    whole = [0, 0]  # how many values it holds with its aliases written out, and how deeply they are nested
    inside = [whole]
    names: list[str | None] = [None]
    anchors: dict[str, list[int]] = {}
    for event in yaml.parse(text, _FASTEST):
        mark: Any = event.start_mark
        size = [1, 1]
        if isinstance(event, yaml.CollectionStartEvent):
            inside.append([1, 1])
            names.append(event.anchor)
            size = [0, 0]
        elif isinstance(event, yaml.CollectionEndEvent):
            size, name = inside.pop(), names.pop()
            if name:
                anchors[name] = size
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor in names:
                raise yaml.constructor.ConstructorError(None, None, f"*{event.anchor} holds itself", mark)
            size = anchors.get(event.anchor or "", size)
        elif isinstance(event, yaml.ScalarEvent) and event.anchor:
            anchors[event.anchor] = size
        around = inside[-1]
        around[:] = [around[0] + size[0], max(around[1], size[1] + 1)]
        if whole[0] + sum(part[0] for part in inside[1:]) > MOST_VALUES:
            raise yaml.constructor.ConstructorError(None, None, "its aliases (*name) hold too much", mark)
        if len(inside) > DEEPEST or around[1] > DEEPEST:
            raise yaml.constructor.ConstructorError(None, None, "this is nested too deeply", mark)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Returns `` Did you mean 'x'?`` where something known is close to the word, else an empty string."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Did you mean {close[0]!r}?" if close else ""


def read_text(path: Path | Traversable) -> str:
    """Returns the text of a small UTF-8 file.

    Raises:
        UsageError: If it cannot be read, is too large, or is not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from error
    if len(data) > LARGEST:
        raise UsageError(f"{path}: has {len(data):,} bytes; a file of settings should be far smaller.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8 text (byte {error.start}). Save it as UTF-8 and try again.") from error


def load_yaml(path: Path | Traversable, schema: str | None = None) -> Any:
    """Reads a YAML file and validates it.

    Args:
        path: The file.
        schema: The name of a schema in ``checker.schemas``, such as ``configuration``.

    Returns:
        Its content as plain values.

    Raises:
        UsageError: If the file cannot be read, is no YAML, or does not fit the schema; the message names the line.
    """
    return _load(path, schema)[0]


def load_entries(path: Path, schema: str, name: str) -> tuple[list[tuple[int, Any]], list[str]]:
    """Reads a YAML file that is a list under one name, entry by entry, so that a wrong one does not lose the others.

    Args:
        path: The file.
        schema: The name of its schema, whose ``$defs`` describes an entry under the name in the singular.
        name: The name under which the list stands, in the plural.

    Returns:
        The entries that fit the schema, each with its line, and what is wrong with the others.

    Raises:
        UsageError: If the file cannot be read, is no YAML, or is no such list.
    """
    content, text = _load(path)
    whole = first_problem({**content, name: []} if isinstance(content, dict) and content.get(name) else content, schema)
    if whole is None and not isinstance(content[name] or [], list):
        whole = [name], f"{name}: this should be a list."
    if whole is not None:
        raise UsageError(f"{path}, line {_line_of(text, whole[0])}: {whole[1]}")
    singular = name.removesuffix("s")
    described = {**load_schema(schema)["$defs"][singular], "$defs": load_schema(schema)["$defs"]}
    entries, problems = [], []
    for number, entry in enumerate(content[name] or []):
        problem = _problem(entry, described, f"this {singular}")
        if problem is None:
            entries.append((_line_of(text, [name, number]), entry))
        else:
            problems.append(f"line {_line_of(text, [name, number, *problem[0]])}: {problem[1]}")
    return entries, problems


def _load(path: Path | Traversable, schema: str | None = None) -> tuple[Any, str]:
    text = read_text(path)
    try:
        _refuse_dangerous(text)
        content = yaml.load(text, _CarefulLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{path}, line {mark.line + 1}, column {mark.column + 1}" if mark else f"{path}"
        raise UsageError(f"{where}: this is not valid YAML: {error.problem}.") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: this is not valid YAML: {error}.") from error
    if schema is not None:
        problem = first_problem(content, schema)
        if problem is not None:
            steps, message = problem
            raise UsageError(f"{path}, line {_line_of(text, steps)}: {message}")
    return content, text


def load_trusted(path: Path | Traversable) -> Any:
    """Reads a YAML file that is part of an installed package: quickly, and without validation (the tests do that)."""
    return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def load_schema(name: str) -> dict[str, Any]:
    """Returns a JSON Schema of ``checker.schemas`` by its name."""
    text = (resources.files("checker.schemas") / f"{name}.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def first_problem(content: Any, schema: str) -> tuple[list[str | int], str] | None:
    """Returns the place and the description of the first thing that does not fit a schema, or ``None``."""
    return None if _fits(_plain(content), schema) else _problem(content, load_schema(schema), "the file")


def _fits(content: Any, schema: str) -> bool:
    """Whether plain content fits a schema; jsonschema, which says best what does not, takes a hundred times longer."""
    try:
        return _validator(schema).is_valid(content)
    except ValueError:  # it holds what JSON does not know
        return False


@cache
def _validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(load_schema(schema))


def _problem(content: Any, schema: dict[str, Any], whole: str) -> tuple[list[str | int], str] | None:
    import jsonschema

    validator = jsonschema.Draft202012Validator(schema)
    errors = sorted(
        validator.iter_errors(_plain(content)), key=lambda error: [str(step) for step in error.absolute_path]
    )
    if not errors:
        return None
    error = jsonschema.exceptions.best_match(errors)
    return None if error is None else _in_words(error, whole)


def _plain(content: Any) -> Any:
    """Returns the content with dates as ISO text, which is how a JSON Schema sees them."""
    if isinstance(content, dict):
        return {str(key): _plain(value) for key, value in content.items()}
    if isinstance(content, list):
        return [_plain(value) for value in content]
    return content.isoformat() if hasattr(content, "isoformat") else content


def _in_words(error: Any, whole: str) -> tuple[list[str | int], str]:
    if error.validator == "anyOf":  # say what is wrong with the form that was meant, not that no form fits
        meant = [inner for inner in error.context if inner.validator != "type"]
        return _in_words(meant[0], whole) if meant else (list(error.absolute_path), f"{error.message}.")
    steps = list(error.absolute_path)
    place = ".".join(str(step) for step in steps) or whole
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = list(error.schema.get("properties", {}))
        unknown = next((key for key in error.instance if key not in known), None)
        if unknown is not None:
            return [*steps, unknown], f"{unknown!r} is not known in {place}.{did_you_mean(unknown, known)}"
    if error.validator == "enum":
        known = [str(value) for value in error.validator_value if value is not None]
        said = str(error.instance)
        return steps, f"{place}: {said!r} is not one of {', '.join(known)}.{did_you_mean(said, known)}"
    if error.validator == "required":
        missing = next((key for key in error.validator_value if key not in error.instance), "something")
        return steps, f"{place} lacks {missing!r}."
    return steps, f"{place}: {error.message}."


def line_in(path: Path, steps: list[str | int]) -> int:
    """Returns the line of a YAML file, from 1, on which the value at the end of the steps stands."""
    return _line_of(read_text(path), steps)


def _line_of(text: str, steps: list[str | int]) -> int:
    """Returns the line, from 1, on which the value at the end of the steps stands."""
    node = yaml.compose(text, yaml.SafeLoader)
    line = 1
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line
