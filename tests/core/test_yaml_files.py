"""YAML that people write is read as they mean it, and mistakes are told by file and line."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from checker.configuration import find_configuration, load_configuration
from checker.errors import UsageError
from checker.schools import School, SchoolType
from checker.yaml_files import first_problem, load_schema, load_yaml


def written(folder: Path, text: str) -> Path:
    file = folder / "checker.yaml"
    file.write_text(text, encoding="utf-8")
    return file


BILLION_LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join(10 * [f'*a{n - 1}'])}]\n" for n in range(1, 10)
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("fail-on: guidance\nfial-on: law\n", "line 2: 'fial-on' is not known in the file. Did you mean 'fail-on'?"),
        ("max-rows: many\n", "line 1: max-rows: 'many' is not of type 'integer'"),
        ("school-type: maintaned\n", "line 1:"),
        ("schools:\n  - path: a\n    urnn: 5\n", "line 3: 'urnn' is not known in schools.0. Did you mean 'urn'?"),
        ("schools:\n  - name: Elmfield\n", "line 2: schools.0 lacks 'path'"),
        ("a: &x [1, *x]\n", "*x holds itself"),
        (BILLION_LAUGHS, "aliases (*name) hold too much"),
        ("a: " + 50 * "[" + 50 * "]", "nested too deeply"),
        ("a0: &a0 []\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 60)), "nested too deeply"),
        ("max-rows: 1\nmax-rows: 2\n", "'max-rows' stands here twice"),
        ("max-rows: [1\n", "line 2, column 1: this is not valid YAML"),
    ],
)
def test_mistakes_are_told_by_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(UsageError) as error:
        load_configuration(written(tmp_path, text))
    assert says in str(error.value)
    assert "checker.yaml" in str(error.value)


def test_times_and_codes_are_text(tmp_path: Path) -> None:
    file = written(tmp_path, "opens: 13:10\nclosed: 09:15\ncode: N\nnumber: 12\nshare: 0.5\nday: 2026-03-27\n")
    content = load_yaml(file)
    assert content["opens"] == "13:10"
    assert content["closed"] == "09:15"
    assert (content["code"], content["number"], content["share"]) == ("N", 12, 0.5)
    assert content["day"].isoformat() == "2026-03-27"


def test_a_file_that_is_not_utf_8_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "checker.yaml"
    file.write_bytes(b"school: \xff\xfe")
    with pytest.raises(UsageError, match="not UTF-8"):
        load_yaml(file)


def test_the_nearest_configuration_is_found(tmp_path: Path) -> None:
    written(tmp_path, "fail-on: law\n")
    inner = tmp_path / "policies" / "primary"
    inner.mkdir(parents=True)
    assert find_configuration(inner) == tmp_path / "checker.yaml"


def test_the_first_pattern_that_fits_gives_the_school(tmp_path: Path) -> None:
    text = "schools:\n  - {path: 'policies/elm*', name: Elmfield, urn: 100001, school-type: [independent, alternative-provision]}\n"
    configuration = load_configuration(written(tmp_path, text))
    given = School(None, (SchoolType.ACADEMY,), None, "Kent")
    school = configuration.school_of(tmp_path / "policies" / "elmfield.docx", given)
    assert school.name == "Elmfield"
    assert school.urn == "100001"
    assert school.types == (SchoolType.INDEPENDENT, SchoolType.ALTERNATIVE_PROVISION)
    assert school.local_authority == "Kent"
    assert configuration.school_of(tmp_path / "policies" / "oak.docx", given) is given


def test_what_a_program_wrote_with_aliases_is_read(tmp_path: Path) -> None:
    day = dt.date(2026, 3, 27)
    file = tmp_path / "x.yaml"
    years = [0, 6]
    file.write_text(
        yaml.safe_dump({"as_at": day, "closures": [{"date": day, "of": years}, {"date": day, "of": years}]})
    )
    assert "*id" in file.read_text()
    assert load_yaml(file)["closures"][1] == {"date": day, "of": years}


def test_what_is_taken_as_fitting_a_schema_fits_it_for_jsonschema_too() -> None:
    sound: dict[str, Any] = {
        "school": {"name": "Elmfield", "type": "maintained", "urn": 100001}, "school_year": "2025-26", "as_at": "2026-07-17",
        "terms": [{"start": "2025-09-01", "end": "2025-10-24"}], "closures": [{"date": "2025-09-01", "kind": "inset"}],
        "registration": {"AM": {"opens": "08:50", "closes": "09:20"}}, "senior_year": 11,
    }  # fmt: skip
    validator = jsonschema.Draft202012Validator(load_schema("register"))
    assert first_problem(sound, "register") is None
    for changed in _each_value_replaced(
        sound, ["", "x", "09:00\n", "٩", 1.0, 2.5, 10**25, float("nan"), True, None, [], {}]
    ):
        assert (first_problem(changed, "register") is None) == validator.is_valid(changed), changed


def _each_value_replaced(content: dict[str, Any], values: list[Any]) -> Iterator[dict[str, Any]]:
    def places(part: Any) -> Iterator[list[Any]]:
        for key in part if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ():
            yield [key]
            yield from ([key, *rest] for rest in places(part[key]))

    for *way, last in places(content):
        for value in values:
            changed = copy.deepcopy(content)
            part: Any = changed
            for step in way:
                part = part[step]
            part[last] = value
            yield changed
