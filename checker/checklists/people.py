"""The kind that asks for a person and a way to reach them, for a role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from checker.checklists.phrases import concept_of, quoted
from checker.findings import Fault, Outcome, failed, passed
from checker.reading.gaps import Gaps, could_stand_in_a_gap, with_gaps
from checker.reading.phrases import Concept
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.recognise.emails import emails
from checker.recognise.people import Confidence, people
from checker.recognise.telephones import telephones

LINES_AFTER = 3  # a name, a number and an address may each stand on a line of its own


@dataclass(frozen=True)
class Names:
    """A person is named for a role, with a telephone number or an e-mail address.

    Attributes:
        role: What the role is called.
        person: Whether a person must be named; else the contact alone will do.
        contact: ``any``, ``telephone``, ``email`` or ``none``.
    """

    role: tuple[str, ...]
    person: bool = True
    contact: str = "any"

    needs: ClassVar[Mapping[str, type]] = {"statements": Statements, "gaps": Gaps}

    def __post_init__(self) -> None:
        concept_of("checklist.role", self.role)

    def judge(self, statements: Statements, gaps: Gaps) -> Outcome:
        """Passes where name and contact stand with the role in one place."""
        concept = concept_of("checklist.role", self.role)
        role = Concept(f"checklist.{concept.phrases!r}", concept.phrases)
        best: tuple[list[str], list[Statement]] | None = None
        for place in _places(statements, role):
            lacking = self._lacking(place)
            if not lacking:
                return passed("The role is given with what is asked for.", map(statements.passage, place[:2]))
            if best is None or len(lacking) < len(best[0]):
                best = lacking, place
        searched = f"{quoted(self.role)} with {' and '.join(self._asked)}"
        if best is None:
            waiting = could_stand_in_a_gap(gaps, [role], "does not name it")
            return waiting or with_gaps(
                failed(Fault("The document does not speak of this role."), searched=searched), gaps
            )
        lacking, place = best
        message = f"The document speaks of this role without {' or '.join(lacking)}."
        return with_gaps(failed(Fault(message, None, (statements.passage(place[0]),)), searched=searched), gaps)

    @property
    def _asked(self) -> list[str]:
        contacts = {"any": "a telephone number or an e-mail address", "telephone": "a telephone number",
                    "email": "an e-mail address"}  # fmt: skip
        return [*(["a name"] if self.person else []), *([contacts[self.contact]] if self.contact in contacts else [])]

    def _lacking(self, place: list[Statement]) -> list[str]:
        text = "\n".join(statement.own for statement in place)
        named = any(person.confidence is Confidence.CERTAIN or person.post for person in people(text))
        rings, writes = any(number.valid for number in telephones(text)), bool(emails(text))
        reached = {"any": rings or writes, "telephone": rings, "email": writes, "none": True}[self.contact]
        asked = self._asked
        there = [*([named] if self.person else []), *([reached] if self.contact != "none" else [])]
        return [what for what, given in zip(asked, there, strict=True) if not given]


def _places(statements: Statements, role: Concept) -> Iterator[list[Statement]]:
    """Yields the places that speak of a role: a statement, then with the few lines after it in the same section."""
    for statement in statements.having(role):
        yield [statement]
        if not statement.block.cells:
            after = statements.all[statement.index + 1 : statement.index + 1 + LINES_AFTER]
            near = [other for other in after if other.block.section == statement.block.section]
            yield [statement, *(other for other in near if not statements.says(other, role))]
