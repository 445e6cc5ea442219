"""How parts that were or were not said become an outcome, in the same way for every topic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.levels import Level
from checker.listing import listed
from checker.reading.gaps import Gaps, could_stand_in_a_gap, only_in_what_was_read, with_gaps
from checker.reading.phrases import Concept
from checker.reading.said import Said
from checker.reading.statement import Statement

__all__ = [
    "MOST_NEAREST",
    "Part",
    "at_sites",
    "could_stand_in_a_gap",
    "explains_a_code",
    "first",
    "judge",
    "only_in_what_was_read",
    "with_gaps",
]

LONGEST_CODE = 3
FEW_PARTS = 3  # with fewer, each is shown by two passages
MOST_NEAREST = 3  # of what is said, where something beside it is missing


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a requirement asks a policy to say.

    Attributes:
        what: What it is, to stand after "does not say", "does not name" or "does not tell".
        said: What the policy says on it.
        denied_level: The level of saying the opposite.
    """

    what: str
    said: Said
    denied_level: Level | None = None


def judge(
    parts: Sequence[Part], gaps: Gaps, place: Iterable[Concept], *, asks_for: str = "says", searched: str, met: str
) -> Outcome:
    """Passes where every part is said; else fails, naming the parts, or asks a person where it may stand in a gap.

    Args:
        parts: What is asked for.
        gaps: What could not be read.
        place: The subject: a place that names one of these and holds nothing may hold what is missing.
        asks_for: The verb of the requirement: says, tells, names or records.
        searched: For what the tool looked.
        met: The message of a pass.
    """
    missing = [part for part in parts if not part.said]
    contradicted = [part for part in parts if part.said and part.said.against]
    if not missing and contradicted:
        return failed(*(_contradiction(part) for part in contradicted))
    if not missing:
        return passed(met, _evidence([part.said.affirmed for part in parts]))
    verb = asks_for.removesuffix("s")
    silent = [part for part in missing if not part.said.otherwise]
    faults = [_fault(part, verb) for part in missing if part.said.otherwise]
    nearest = [passage for part in missing for passage in part.said.nearest[:1]]
    nearest = nearest or [passage for part in parts for passage in part.said.affirmed[:1]][:MOST_NEAREST]
    if silent and not faults:
        waiting = could_stand_in_a_gap(gaps, place, f"does not {_all_of(silent, verb)}")
        if waiting is not None:
            return waiting
    if silent:
        faults.append(Fault(f"The policy does not {_all_of(silent, verb)}."))
    return with_gaps(failed(*faults, searched=searched, nearest=nearest), gaps)


def _evidence(said: Sequence[Sequence[Passage]]) -> list[Passage]:
    """Returns the best passages for each part, those first that say other parts too."""
    count = Counter(passage for passages in said for passage in passages)
    most = 2 if len(said) < FEW_PARTS else 1
    return [passage for passages in said for passage in sorted(passages, key=lambda one: -count[one])[:most]]


def _contradiction(part: Part) -> Fault:
    message = f"The policy says {part.what} in one place, and the opposite in another."
    return Fault(message, part.denied_level, (*part.said.affirmed[:1], *part.said.against[:1]))


def _fault(part: Part, verb: str) -> Fault:
    said = part.said
    if said.denied:
        return Fault(
            f"The policy says the opposite of what it should {verb}: {part.what}.", part.denied_level, said.denied
        )
    if said.past:
        return Fault(f"The policy puts into the past what it should {verb}: {part.what}.", None, said.past)
    if said.future:
        return Fault(f"The policy puts into the future what it should {verb} already: {part.what}.", None, said.future)
    if said.weakened:
        return Fault(
            f"The policy says only for some occasions what it should {verb}: {part.what}.", None, said.weakened
        )
    return Fault(f"The policy only permits (may, can) what it should {verb}: {part.what}.", None, said.permitted)


def _all_of(parts: Sequence[Part], verb: str) -> str:
    """Returns what a policy does not do, with its verb; to lack what is to be recorded is not to leave it unrecorded."""
    words = [part.what for part in parts]
    if verb == "record":
        return f"say that {either(words)} is recorded"
    last = {"say": ", nor ", "tell": ", or "}.get(verb, " or ")
    return f"{verb} {listed(words, last=last)}"


def at_sites(missing: Iterable[tuple[str | None, str]]) -> str:
    """Returns what is missing at which sites, in words: "when it opens or when it closes at Hill Lane or Mill Lane"."""
    of_site: defaultdict[str | None, list[str]] = defaultdict(list)
    for site, what in missing:
        of_site[site].append(what)
    together: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for site, parts in of_site.items():
        together[tuple(parts)].append(site or "")
    return " nor ".join(
        either(parts) + (f" at {either(sites)}" if all(sites) else "") for parts, sites in together.items()
    )


def either(words: Sequence[str]) -> str:
    """Returns some words joined by commas and "or"."""
    return listed(words, last=" or ")


def explains_a_code(statement: Statement) -> bool:
    """Whether a statement stands in the row of a table that explains an attendance code."""
    cells = statement.block.cells
    label = cells[0].text if cells else ""
    return 0 < len(label) <= LONGEST_CODE and not label.rstrip(".)").isdigit()


def first(passages: Iterable[Passage], count: int = 2) -> tuple[Passage, ...]:
    """Returns the first few passages."""
    return tuple(passages)[:count]
