"""Medical evidence of illness: only where there is genuine doubt, or to plan support. It is not asked for as a rule.

A careful reader asks of each statement on such evidence: does it ask at all, does it ask by a rule (a length, a number of
spells, a percentage, every time), or does it keep to doubt and to the planning of support?
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import partial

from checker.facts import check, reader
from checker.findings import Fault, Outcome, Passage, failed, not_applicable, passed
from checker.reading.english import english
from checker.reading.sense import sense_of
from checker.reading.senses import NOT_NOW, Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from checker.recognise.durations import Qualifier, Unit, durations
from checker.recognise.percentages import percentages
from checker.recognise.spans import Span
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import only_in_what_was_read
from england_attendance.policy.vocabulary import topic

_PROVES_ILLNESS = frozenset(["appointment", "medicine", "medication"])  # a photo of these, as an example
_WHEN = re.compile(r"[A-Z]\w+(?: \w+)?: ")
_LISTS = frozenset(["a", "an", "or"])
LONGEST_LABEL = 8  # words
LENGTHS = {Unit.DAY, Unit.SESSION, Unit.WEEK}


class Asking(Enum):
    """How a statement asks for medical evidence."""

    SPARING = "sparing"
    BY_RULE = "by rule"
    PLAINLY = "plainly"


@dataclass(frozen=True)
class MedicalEvidence:
    """When a policy asks for medical evidence of illness.

    Attributes:
        sparing: Where it asks only in doubt, to plan support, or in a few cases; or does not ask.
        by_rule: Where it asks routinely, or by a rule of days, sessions or percentages.
        other: Where it asks without either.
    """

    sparing: tuple[Passage, ...] = ()
    by_rule: tuple[Passage, ...] = ()
    other: tuple[Passage, ...] = ()


@reader
def medical_evidence(statements: Statements) -> MedicalEvidence:
    """Reads when the policy asks for medical evidence of illness."""
    words = topic("medical_evidence")
    found: dict[Asking, list[Passage]] = {asking: [] for asking in Asking}
    for statement in statements.at(
        statements.with_any([words["evidence"], words["any-paper"], words["doubt"], words["when-label"]])
    ):
        if not any(
            asks_about(statements, statement)
            for asks_about in (_is_about_illness, _goes_on_about_illness, _settles_an_answer, _tells_when)
        ):
            continue
        asking = _asking(statements, statement)
        named = any(statements.says(statement, words[name]) for name in ("evidence", "of-absence"))
        named = named or _tells_when(statements, statement)
        if asking is Asking.SPARING or (asking is not None and named):
            by_rule = asking is Asking.BY_RULE  # its figure is sought in the quotation
            found[asking].append((statements.passage if by_rule else statements.passage_led)(statement))
    return MedicalEvidence(*(tuple(found[asking][:3]) for asking in (Asking.SPARING, Asking.BY_RULE, Asking.PLAINLY)))


@check("policy.medical-evidence")
def only_in_doubt(evidence: MedicalEvidence, gaps: Gaps) -> Outcome:
    """Medical evidence is asked for only in genuine doubt or to plan support."""
    if evidence.by_rule:
        figure = next(filter(None, (_figure(passage.quote) for passage in evidence.by_rule)), None)
        rule = f"by a rule (“{figure}”)" if figure else "as a rule"
        message = f"The policy asks for medical evidence {rule}, not only where there is genuine doubt."
        return failed(Fault(message, None, evidence.by_rule))
    if evidence.sparing:
        sparing = "Medical evidence is asked for only where there is doubt, or in few cases."
        return only_in_what_was_read(passed(sparing, evidence.sparing), gaps)
    if evidence.other:
        message = "The policy asks for medical evidence without saying that it is only where there is genuine doubt."
        return failed(Fault(message, None, evidence.other))
    return only_in_what_was_read(not_applicable("The policy does not speak of medical evidence of illness."), gaps)


def _is_about_illness(statements: Statements, statement: Statement) -> bool:
    """Whether it is evidence of illness that is asked of parents: not of appointments, leave, or fitness for games."""
    words = topic("medical_evidence")
    own = any(match.end > statement.own_from for match in statements.matches(statement, words["evidence"]))
    if (
        statement.is_question
        or not (own or _answers(statement) or _is_labelled(statement))
        or _is_of_staff(statements, statement)
    ):
        return False
    if _is_of_an_appointment(statements, statement):
        return False
    if _names_other_evidence(statements, statement):
        return statements.says(statement, words["ailing"]) or _shows_a_card(statements, statement)
    return statements.says(statement, words["illness"]) or statements.under(statement, words["subject"])


def _is_of_an_appointment(statements: Statements, statement: Statement) -> bool:
    """Whether it is the letter of an appointment just spoken of: "… for hospital visits (a copy of the letter, please)"."""
    words = topic("medical_evidence")
    before = statements.all[max(0, statement.index - 1)]
    return (
        before.block is statement.block
        and before is not statement
        and statements.says(statement, words["its-letter"])
        and statements.says(before, words["other-evidence"])
        and not any(statements.says(one, words["ailing"]) for one in (before, statement))
    )


def _names_other_evidence(statements: Statements, statement: Statement) -> bool:
    """Whether evidence of something else is asked for: "for instance a photo of an appointment" only gives an example.

    "…, such as a card, for all appointments" asks for evidence of these: one is an example, and stands in its clause.
    """
    words, forms, clauses = topic("medical_evidence"), statement.words.forms, statement.words.clauses
    examples = {
        clause
        for match in statements.matches(statement, words["example"])
        for clause in clauses[match.end - 1 : match.end + 1]  # "e.g." and "for instance," end a thought of their own
    }
    for at in range(1, len(forms)):  # "…, such as a card, a text from the surgery, or a photograph"
        if clauses[at] != clauses[at - 1] and clauses[at - 1] in examples and forms[at] in _LISTS:
            examples.add(clauses[at])
    thoughts = {_thought(statement, match) for match in statements.matches(statement, words["evidence"])}
    return any(
        (clauses[match.start] not in examples or forms[match.end - 1] not in _PROVES_ILLNESS)
        and (not thoughts or _thought(statement, match) in thoughts)
        for match in statements.matches(statement, words["other-evidence"])
    )


def _thought(statement: Statement, match: Match) -> int:
    """Returns by which of the semicolons of a statement something stands: each parts one rule from another."""
    return statement.text.count(";", 0, statement.words.starts[match.start])


def _goes_on_about_illness(statements: Statements, statement: Statement) -> bool:
    """Whether it asks for a paper, right behind a sentence or below a heading on illness.

    It is asked for to settle a doubt, to help, or for each absence.
    """
    words = topic("medical_evidence")
    before = statements.all[max(0, statement.index - 1)]
    return (
        statements.says(statement, words["any-paper"])
        and not statement.is_question
        and not _names_other_evidence(statements, statement)
        and not statements.says(statement, words["of-staff"])
        and any(statements.says(statement, words[name]) for name in ("doubt", "plan-support", "of-absence"))
        and (
            (before.block is statement.block and statements.says(before, words["ailing"]))
            or any(
                words[name].first(heading.forms) is not None
                for heading in statements.headings(statement)[-1:]
                for name in ("ailing", "evidence")
            )
        )
    )


def _is_of_staff(statements: Statements, statement: Statement) -> bool:
    """Whether it is the illness of those who work at the school, not of a child whose parents are asked."""
    words = topic("medical_evidence")
    return statements.says(statement, words["of-staff"]) and not any(
        statements.says(statement, words[name]) for name in ("parents", "pupils", "asked-by")
    )


def _shows_a_card(statements: Statements, statement: Statement) -> bool:
    """Whether an appointment is named only as what a card is for, which proves the illness just spoken of."""
    words = topic("medical_evidence")
    cards = statements.matches(statement, words["card"])
    others = [
        match
        for match in statements.matches(statement, words["other-evidence"])
        if not any(match.start < card.end and card.start < match.end for card in cards)
    ]
    before = statements.all[max(0, statement.index - 1)]
    told = before.block is statement.block and statements.says(before, words["ailing"])
    return not others and (told or statements.under(statement, words["ailing"]))


def _is_labelled(statement: Statement) -> bool:
    """Whether the label with which its paragraph begins leads to it: "Evidence of illness. Only in genuine doubt."."""
    label = statement.lead.rstrip(" :")
    tells = 0 < len(label.split()) <= LONGEST_LABEL and topic("medical_evidence")["subject"].first(cut(label).forms)
    return bool(tells) and statement.reading.text.startswith(f"{label}. ")


def _tells_when(statements: Statements, statement: Statement) -> bool:
    """Whether it is a label with its value, below a heading on such evidence, that tells when it is asked for."""
    words = topic("medical_evidence")
    labels = statements.matches(statement, words["when-label"])
    labelled = statement.row or _WHEN.match(statement.own) is not None
    return (
        labelled
        and any(match.start == statement.own_from for match in labels)
        and any(words["evidence"].first(heading.forms) is not None for heading in statements.headings(statement)[-1:])
    )


def _answers(statement: Statement) -> bool:
    """Whether a statement answers the question before it."""
    return statement.lead.endswith("?:")


def _asking(statements: Statements, statement: Statement) -> Asking | None:
    """Returns how a statement asks; ``None`` where it does not speak of asking."""
    words = topic("medical_evidence")
    asks = statements.matches(statement, words["asks"])
    filed = [match for match in statements.matches(statement, words["filed"]) if match.end > statement.own_from]
    if filed and not any(match.start < filed[0].start for match in asks):
        return None  # what is done with the evidence that has come: "… is kept on file, should it be required"
    if _settles_an_answer(statements, statement):
        return Asking.SPARING
    numbered = _has_number(statements, statement) or statements.says(statement, words["nearly-always"])
    demands = statements.says(statement, words["not-without"]) or _is_demanded(statements, statement)
    led = statement.block.cells or _answers(statement) or _is_labelled(statement) or _tells_when(statements, statement)
    if not asks and not demands and not led:
        return None
    if asks and all(sense_of(statement, match) in NOT_NOW for match in asks):
        return None
    if _answers(statement):
        if any(m.start == statement.own_from for m in statements.matches(statement, words["no-answer"])):
            return Asking.PLAINLY if numbered and not _is_a_flat_no(statement) else Asking.SPARING
        if _speaks_of_other_help(statements, statement):
            return None
    if any(match.end > statement.own_from for match in statements.matches(statement, words["not-only-then"])):
        return Asking.PLAINLY
    if (
        not demands
        and _is_denied(statements, statement)
        and not (
            numbered and statements.says(statement, words["unless"]) and not statements.says(statement, words["doubt"])
        )
    ):
        return Asking.SPARING
    if numbered:
        return Asking.BY_RULE
    spares = any(statements.says(statement, words[name]) for name in ("doubt", "plan-support", "sparing"))
    spares = spares or (
        statements.says(statement, words["only"]) and not statements.says(statement, words["authorised"])
    )
    if spares or _follows_doubt(statements, statement):
        return Asking.SPARING
    return Asking.BY_RULE if demands or statements.says(statement, words["routine"]) else Asking.PLAINLY


def _is_a_flat_no(statement: Statement) -> bool:
    """Whether an answer denies it as a whole; "Not for one or two days" leaves it to be asked for from the third."""
    words, own = topic("medical_evidence"), statement.words.forms[statement.own_from :]
    return words["unless"].first(own) is None and own[:1] != ("not",)


def _speaks_of_other_help(statements: Statements, statement: Statement) -> bool:
    """Whether an answer, once it has said no, goes on with what the school does that is no asking."""
    words = topic("medical_evidence")
    others, asked = (
        any(match.start >= statement.own_from for name in names for match in statements.matches(statement, words[name]))
        for names in (("other-help",), ("asks", "evidence", "any-paper"))
    )
    return others and not asked


def _settles_an_answer(statements: Statements, statement: Statement) -> bool:
    """Whether it goes on from the answer to whether evidence is needed with the doubt in which it is: "We ask if unsure"."""
    words = topic("medical_evidence")
    before = statements.all[max(0, statement.index - 1)]
    return (
        before.block is statement.block
        and _answers(before)
        and not statement.is_question
        and statements.says(before, words["evidence"])
        and statements.says(statement, words["doubt"])
        and statements.says(statement, words["asks"])
        and not _counts(statement.own)
    )


def _is_demanded(statements: Statements, statement: Statement) -> bool:
    """Whether evidence must be shown as a rule, or an illness is authorised only with it; not where somebody asks."""
    words = topic("medical_evidence")
    if statements.says(statement, words["on-request"]):
        return False
    places = [*statements.matches(statement, words["must-show"]), *statements.matches(statement, words["only-with"])]
    return any(sense_of(statement, place) is not Sense.DENIED for place in places)


def _is_denied(statements: Statements, statement: Statement) -> bool:
    """Whether what is asked, or the evidence itself, is denied: "do not ask", "no evidence is needed"."""
    words = topic("medical_evidence")
    evidence = statements.matches(statement, words["evidence"])
    if statements.says(statement, words["not-shown"]):
        return False  # "where no evidence is produced, …" tells what follows, and so that it was wanted
    if any(sense_of(statement, match) is Sense.DENIED for match in evidence):
        return True
    asking = [
        match
        for match in statements.matches(statement, words["asks"])
        if match.end > statement.own_from and statement.words.forms[match.start] not in english().negators
    ]
    return bool(asking) and any(
        sense_of(statement, min(asking, key=partial(_apart, paper))) is Sense.DENIED for paper in evidence
    )


def _apart(one: Match, other: Match) -> int:
    return abs(one.start - other.start)


def _has_number(statements: Statements, statement: Statement) -> bool:
    """Whether a length of illness, a number of spells or a percentage of attendance stands there."""
    return _counts(statement.text) or statements.says(statement, topic("medical_evidence")["count"])


def _counts(text: str) -> bool:
    return bool(_figures(text))


def _figure(quote: str) -> str:
    """Returns the length, the percentage or the number of spells of a rule as it is written; empty where it has none."""
    text = " ".join(quote.split())
    words = cut(text)
    if found := _figures(text):
        return found[0].written(text)
    spells = topic("medical_evidence")["count"].first(words.forms)
    return text[words.starts[spells[0]] : words.ends[spells[1] - 1]] if spells else ""


def _figures(text: str) -> list[Span]:
    lengths = [
        length
        for length in durations(text)
        if length.unit in LENGTHS
        and not length.counted(Qualifier.WORKING)
        and not text[: length.start].lower().endswith("within ")
    ]
    return [*lengths, *percentages(text)]


def _follows_doubt(statements: Statements, statement: Statement) -> bool:
    """Whether the sentence before speaks of doubt, and this one has no rule of its own."""
    if statements.says(statement, topic("medical_evidence")["routine"]) and not statement.follows_on:
        return False
    before = statements.all[statement.index - 1] if statement.index else None
    return (
        before is not None
        and before.block is statement.block
        and statements.says(before, topic("medical_evidence")["doubt"])
    )
