"""The fictional policies' labels: complete, and each quotation stands in the policy."""

from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).resolve().parent
POLICIES = HERE.parents[1] / "policies"
LABELS = yaml.safe_load((POLICIES / "labels.yaml").read_text(encoding="utf-8"))
VERDICTS = {"pass", "fail", "review", "not_applicable"}
FACTS = {"approval", "review", "attendance_champion", "register_times", "penalty_amounts"}
REQUIREMENTS = set(next(iter(LABELS.values()))["requirements"])


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_the_labels_name_46_requirements() -> None:
    assert len(REQUIREMENTS) == 46


@pytest.mark.parametrize("name", LABELS)
def test_every_requirement_is_labelled(name: str) -> None:
    labels = LABELS[name]
    assert set(labels["requirements"]) == REQUIREMENTS
    assert set(labels["facts"]) == FACTS
    for label in labels["requirements"].values():
        assert {label["verdict"], *label.get("also_acceptable", [])} <= VERDICTS
        assert label["reason"]


@pytest.mark.parametrize("name", LABELS)
def test_every_quotation_stands_in_the_policy(name: str) -> None:
    text = squeezed((HERE / "all_formats" / f"{name}.txt").read_text(encoding="utf-8"))
    quotes = (label["quote"] for label in LABELS[name]["requirements"].values() if label["quote"])
    assert [quote for quote in quotes if squeezed(quote) not in text] == []


@pytest.mark.parametrize("requirement", sorted(REQUIREMENTS))
def test_each_requirement_is_met_by_two_policies_and_not_met_by_two(requirement: str) -> None:
    verdicts = [labels["requirements"][requirement]["verdict"] for labels in LABELS.values()]
    assert verdicts.count("pass") >= 2
    assert len(verdicts) - verdicts.count("pass") >= 2
