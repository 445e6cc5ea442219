"""The kinds that ask whether the document says something: *states*, *does not state*, *section*, *refers to*."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from checker.checklists.phrases import concept_of, quoted
from checker.documents.model import Document
from checker.findings import Fault, Outcome, failed, passed, review
from checker.reading.actors import Actors
from checker.reading.gaps import Gaps, could_stand_in_a_gap, with_gaps
from checker.reading.phrases import Concept
from checker.reading.said import Said
from checker.reading.senses import Sense
from checker.reading.statements import Statements
from checker.reading.vocabulary import Vocabulary
from checker.reading.wording import Wording
from checker.recognise.titles import Titles

NOBODY = Actors({})
SAID = "said"


@dataclass(frozen=True)
class States:
    """Any of these things stands in a statement that affirms it.

    Attributes:
        any: The things, of which one must stand there.
        together: Further lists of things: one of each must stand in the same statement.
        doing: What is done, where it is this that must be affirmed and not the thing itself.
        may: Whether "may" and "can" count as affirming.
    """

    any: tuple[str, ...]
    together: tuple[tuple[str, ...], ...] = ()
    doing: tuple[str, ...] = ()
    may: bool = False

    needs: ClassVar[Mapping[str, type]] = {"statements": Statements, "gaps": Gaps}

    def __post_init__(self) -> None:
        self.wording()

    def judge(self, statements: Statements, gaps: Gaps) -> Outcome:
        """Passes where the document says it, fails where it does not or says the opposite."""
        said = said_of(self, statements)
        if said:
            return passed("The document says so.", said.best)
        searched = f"a statement with {self.looked_for}"
        if said.denied:
            return failed(Fault("The document says the opposite.", None, said.denied), searched=searched)
        if said.otherwise:
            words = "The document says so only as something that may be, was, or is done now and then."
            return failed(Fault(words, None, said.otherwise), searched=searched)
        waiting = could_stand_in_a_gap(gaps, [self.thing()], "does not say so")
        if waiting is not None:
            return waiting
        fault = Fault("The document does not say so.")
        return with_gaps(failed(fault, searched=searched, nearest=said.nearest), gaps)

    def thing(self) -> Concept:
        """Returns the things as a concept."""
        return concept_of("checklist.any", self.any)

    def wording(self) -> Wording:
        """Returns the wording that a statement must fit.

        Raises:
            ValueError: If a phrase is no phrase.
        """
        thing = self.thing()
        others = [concept_of(f"checklist.together.{at}", phrases) for at, phrases in enumerate(self.together)]
        doing = concept_of("checklist.doing", self.doing) if self.doing else None
        senses = (Sense.AFFIRMED, Sense.PERMITTED) if self.may else (Sense.AFFIRMED,)
        needed = (thing, *others, *([doing] if doing else []))
        return Wording(needed, doing or thing, senses=senses)

    @property
    def looked_for(self) -> str:
        """What is looked for, in words."""
        lists = [self.any, *self.together, *([self.doing] if self.doing else [])]
        return " and ".join(" or ".join(f"“{phrase}”" for phrase in phrases) for phrases in lists)


@dataclass(frozen=True)
class DoesNotState(States):
    """None of these things stands in a statement that affirms or permits it."""

    def judge(self, statements: Statements, gaps: Gaps) -> Outcome:
        """Fails where the document says it."""
        said = said_of(self, statements)
        against = (*said.best, *said.permitted, *said.weakened)
        if against:
            return failed(Fault("The document says what it should not say.", None, against))
        if gaps.mostly_unread:
            return review(f"The text that could be read does not say so, but much could not be read. {gaps.in_words}")
        return passed(f"The document does not say so (looked for {self.looked_for}).", said.denied)


def said_of(rule: States, statements: Statements) -> Said:
    """Returns what a document says on the things of a rule."""
    # The names of the concepts stand for their phrases in the document's index, so each rule needs names of its own.
    wording = rule.wording()
    named = tuple(_named(concept) for concept in wording.all)
    predicate = None if wording.predicate is None else named[wording.all.index(wording.predicate)]
    unique = Wording(named, predicate, senses=wording.senses)
    return Vocabulary({}, {SAID: (unique,)}).said(statements, NOBODY, SAID)


def _named(concept: Concept) -> Concept:
    return Concept(f"checklist.{concept.phrases!r}", concept.phrases)


@dataclass(frozen=True)
class HasSection:
    """A heading names one of these things, and something stands under it.

    Attributes:
        any: The things.
    """

    any: tuple[str, ...]

    needs: ClassVar[Mapping[str, type]] = {"document": Document, "statements": Statements, "gaps": Gaps}

    def __post_init__(self) -> None:
        concept_of("checklist.any", self.any)

    def judge(self, document: Document, statements: Statements, gaps: Gaps) -> Outcome:
        """Passes where there is such a section with text in it."""
        thing = _named(concept_of("checklist.any", self.any))
        under = next((statement for statement in statements if statements.under(statement, thing)), None)
        searched = f"a heading with {quoted(self.any)}"
        if under is not None:
            return passed(f"There is a section on it: {document.sections[under.block.section].label}.",
                          [statements.passage(under)])  # fmt: skip
        waiting = could_stand_in_a_gap(gaps, [thing], "has no such section")
        if waiting is not None:
            return waiting
        return with_gaps(failed(Fault("The document has no section on it."), searched=searched), gaps)


@dataclass(frozen=True)
class RefersTo:
    """An instrument or a document is named.

    Attributes:
        any: Its titles, and the ways in which it is called.
    """

    any: tuple[str, ...]

    needs: ClassVar[Mapping[str, type]] = {"statements": Statements, "gaps": Gaps}

    def judge(self, statements: Statements, gaps: Gaps) -> Outcome:
        """Passes where a statement names it."""
        titles = Titles({"it": self.any})
        found = [statement for statement in statements if titles.find(statement.own)]
        if found:
            return passed("The document refers to it.", [statements.passage(statement) for statement in found[:2]])
        return with_gaps(
            failed(Fault("The document does not refer to it."), searched=f"the titles {quoted(self.any)}"), gaps
        )
