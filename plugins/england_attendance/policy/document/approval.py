"""Who approved, ratified or adopted the policy, and when.

A careful reader looks for a label ("Approved by", "Ratified", "Governors' approval") with its value, for a signed and
dated line, and for a sentence ("The board adopted this policy on …"). Owners, authors and checkers do not approve; an
approval that is still to come is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from checker.documents.model import Block, BlockKind, Document
from checker.facts import PublishedFact, Stated, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.reading.english import english
from checker.reading.fields import Field
from checker.reading.sense import sense_of
from checker.reading.senses import NOT_NOW, Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from checker.recognise.dates import Date, PartialDate, dates
from checker.recognise.people import people
from england_attendance.policy.document.approval_signed import approved_version, signed_line, signed_row
from england_attendance.policy.document.approval_values import (
    REVIEW_BEFORE,
    date_beside,
    date_of_approval,
    is_filled,
    without_dates,
)
from england_attendance.policy.document.particulars import Particulars, asks_of_approval, names_this_policy
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.vocabulary import topic

LONGEST_LABEL = 9
LONGEST_SENTENCE = 45
LONGEST_NAME = 12  # words of an approver
NEAR = 12
HEAD = 2  # words before the verb of a statement that leaves its subject out: "Minuted and agreed …"
FRONT = 25
_MISSING = "does not say who approved it nor when it was approved"
_BEFORE_NAME = frozenset(["by", "the", "our", "at", "with", "a", "when", "that", "in"])
_OBJECTS = (("the",), ("a",), ("an",), ("our",), ("all",), ("new",))
_THEY = (("they",), ("it",), ("she",), ("he",), ("this",))
_LATER = frozenset(["later", "since", "subsequently", "after", "afterwards"])
_BY_NAME = re.compile(r"\b[Bb]y (?:the )?(?:[A-Z][\w'-]+ )+(?:School|Academy|College)$")
_OF_SCHOOL = re.compile(r",? (?:of|at|for) (?:the )?[A-Z][^,;]*(?:School|Academy|College|Trust|Federation|Schools)$")


@dataclass(frozen=True)
class Approval:
    """Who approved, ratified or adopted the policy, and when; the two may stand apart.

    Attributes:
        by: The approver.
        on: The day, as far as stated.
        draft: Where the document calls itself a draft.
        asked: Labels that ask for an approver or a day of approval, and are left blank.
        said: The days that sentences give.
    """

    by: Stated[str] | None = None
    on: Stated[PartialDate] | None = None
    draft: Passage | None = None
    asked: tuple[Passage, ...] = ()
    said: tuple[Stated[PartialDate], ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows approver and day."""
        value = {"by": self.by and self.by.value, "on": self.on and self.on.value.iso}
        passages = [passage for stated in (self.by, self.on) if stated for passage in stated.passages]
        yield PublishedFact("approval", value, tuple(dict.fromkeys(passages)))


@reader
def approval(document: Document, statements: Statements, particulars: Particulars) -> Approval:
    """Reads who approved the policy and when."""
    found, said = _labelled(document, particulars.fields), _said(statements)
    signed = signed_line(particulars.fields) or signed_row(document) or approved_version(document)
    for other in (said, Approval(*signed) if signed else Approval()):
        if not (found.by and found.on):
            found = replace(found, by=found.by or other.by, on=found.on or other.on)
    return replace(found, draft=_draft(document), said=said.said)


@check("policy.approval")
def approver_and_day(approval: Approval, gaps: Gaps) -> Outcome:
    """The policy says who approved it, and when."""
    if approval.by and approval.on:
        draft = "the document still calls itself a draft" if approval.draft else None
        by, on = approval.by, approval.on
        return passed(f"Approved by {by.value}, {on.value.in_words}.", [*by.passages, *on.passages]).noting(draft)
    missing = [
        what for stated, what in ((approval.by, "who approved it"), (approval.on, "when it was approved")) if not stated
    ]
    given = [passage for stated in (approval.by, approval.on) if stated for passage in stated.passages]
    fault = Fault(f"The policy does not say {' nor '.join(missing)}.", None, approval.asked)
    searched = "“approved by”, “ratified”, “adopted” and the like, on the front page and in sentences"
    said = given or not {place.passage for place in gaps.places}.issuperset(approval.asked)
    waiting = could_stand_in_a_gap(gaps, () if said else [topic("document/approval")["place"]], _MISSING)
    return waiting or with_gaps(failed(fault, searched=searched, nearest=given), gaps)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One approval: of several, as a history of versions lists them, the latest counts."""

    by: Stated[str] | None = None
    on: Stated[PartialDate] | None = None

    @property
    def rank(self) -> tuple[bool, str]:
        """Whether both parts are there, and how late it is."""
        return bool(self.by and self.on), self.on.value.last_day().isoformat() if self.on else ""


def _labelled(document: Document, fields: Sequence[Field]) -> Approval:
    """Reads labels with their values; a date beside or below the approver's label is that of the approval."""
    entries: list[_Entry] = []
    blank: list[Passage] = []
    for at in range(len(fields)):
        field = _whole_label(fields, at)
        if not asks_of_approval(field.label):
            continue
        entry = _entry_of(field)
        if not is_filled(field.value) and entry == _Entry():
            blank.append(field.passage)
        if entry.on is None:
            entry = replace(entry, on=date_beside(fields, at) or _date_behind(field) or _date_below(document, field))
        entries.append(entry)
    whole = [entry for entry in entries if entry.by and entry.on]
    if entries and not blank and not any(entry.by for entry in entries):
        entries += [_Entry(by) for by in _committees(fields)]
    if whole:
        best = max(whole, key=lambda entry: entry.rank)
        return Approval(best.by, best.on)
    by = next((entry.by for entry in entries if entry.by), None)
    on = max((entry.on for entry in entries if entry.on), key=lambda on: on.value.last_day(), default=None)
    return Approval(by, on, None, () if by and on else tuple(blank))


def _whole_label(fields: Sequence[Field], at: int) -> Field:
    """Returns a label; a bare "By" or "On" goes on from that of the approval: "Approved | By", "Status: approved", "On: …"."""
    field, own = fields[at], cut(fields[at].label).forms
    before = fields[max(0, at - 2) : at] if own in {("by",), ("on",)} else ()
    given, withheld = (topic("document/approval")[name] for name in ("approval-word", "withheld"))
    values = [cut(other.value).forms for other in before]
    if any(withheld.first(value) is not None for value in values):
        return field
    leans = any((0, len(value)) in given.places(value) for value in values if value)
    leans = leans or (own == ("by",) and any(asks_of_approval(other.label) for other in before))
    return replace(field, label=f"Approved {field.label}") if leans else field


def _entry_of(field: Field) -> _Entry:
    """Returns what a label and its value say: who from the value, else from a body that the label names."""
    words, label = topic("document/approval"), cut(field.label).forms
    when = date_of_approval(field.value)
    rest = without_dates(field.value)
    asks_who, asks_when = (words[name].first(label) is not None for name in ("asks-who", "asks-when"))
    # what stands before a comma is the value of the label before: "Author: Assistant Principal, Inclusion Adopted: …"
    names_body = words["body"].first(cut(field.label.rpartition(",")[2]).forms) is not None
    who = ""
    named = _BY_NAME.search(field.label) is not None  # "Adopted by Fell School" asks for nobody
    if is_filled(rest) and (_names_somebody(rest) or (asks_who and not (asks_when or names_body or named))):
        who = rest
    elif names_body and (when is not None or is_filled(rest)):
        who = _body_of_label(field.label)
    whose = _OF_SCHOOL.search(who)
    if whose and _names_somebody(who[: whose.start()]):
        who = who[: whose.start()]
    by = Stated(who, (field.passage,)) if who and len(who.split()) <= LONGEST_NAME else None
    return _Entry(by, Stated(when.value, (field.passage,)) if when else None)


def _committees(fields: Sequence[Field]) -> Iterator[Stated[str]]:
    """Yields the committees that a policy belongs to: "Responsible committee: Pupils and Personnel"."""
    for field in fields:
        label = cut(field.label).forms
        if (0, len(label)) in topic("document/particulars")["committee-label"].places(label) and is_filled(field.value):
            yield Stated(field.value, (field.passage,))


def _body_of_label(label: str) -> str:
    """Returns the body that a label names: "Date approved by the Board of Trustees" names the Board of Trustees."""
    others = topic("document/approval").words("approved") | topic("document/approval").words("beside-body")
    words = label.split()
    own = [at for at, word in enumerate(words) if not others.issuperset(cut(word).forms)]
    return " ".join(words[own[0] : own[-1] + 1]).removesuffix("'") if own else ""


def _date_behind(field: Field) -> Stated[PartialDate] | None:
    """Returns the date that fills the cell behind a value: "Adopted | Governing Board | 3 December 2025"."""
    texts = [cell.text.rstrip(" :") for cell in field.block.cells]
    labelled = field.label in texts[:-2] and texts[texts.index(field.label) + 1] == field.value.rstrip(" :")
    behind = texts[texts.index(field.label) + 2] if labelled else ""
    when = date_of_approval(behind) if behind and not without_dates(behind) else None
    return Stated(when.value, (field.passage,)) if when else None


def _date_below(document: Document, field: Field) -> Stated[PartialDate] | None:
    """Returns the date that stands alone on the line below a value."""
    below = next((block for block in document.blocks if block.text and block.reading.start >= field.passage.end), None)
    if below is None or not field.value or without_dates(below.text):
        return None
    found = date_of_approval(below.text)
    return Stated(found.value, (document.passage(below.reading.start, below.reading.end),)) if found else None


def _names_somebody(text: str) -> bool:
    return topic("document/approval")["body"].first(cut(text).forms) is not None or bool(people(text))


def _said(statements: Statements) -> Approval:
    """Reads sentences: who from any that says whose task the approval is, when from one that says that it was given."""
    words = topic("document/approval")
    by: Stated[str] | None = None
    days: list[Stated[PartialDate]] = []
    for statement in statements.having(words["approval-word"]):
        verb = _verb(statements, statement)
        awaited = any(match.end > statement.own_from for match in statements.matches(statement, words["not-yet"]))
        if verb is None or awaited:
            continue
        passage = statements.passage(statement)
        body = _approver(statements, statement, verb)
        to_come = (
            words["will"].first(statement.words.forms[max(statement.said_from, verb.start - 5) : verb.start])
            is not None
        )
        when = None if to_come else _date_in(statement, verb)
        if body and (by is None or (when and not days)):
            by = Stated(body, (passage,))
        if when:
            days.append(Stated(when.value, (passage,)))
    return Approval(by, days[0] if days else None, said=tuple(days))


def _verb(statements: Statements, statement: Statement) -> Match | None:
    """Returns the word that says that this policy is approved; it begins the statement, or the policy is near it."""
    words = topic("document/approval")
    if (
        statement.row
        or len(statement.own.split()) > LONGEST_SENTENCE
        or statements.says(statement, words["not-sentence"])
    ):
        return None
    things = names_this_policy(statements, statement, words["policy"])
    others = statements.says(statement, topic("document/particulars")["other-policy"])
    for verb in statements.matches(statement, words["approval-word"]):
        if verb.start < statement.said_from:
            continue
        bare = statement.words.forms[verb.end : verb.end + 1] not in _OBJECTS
        heads = 0 <= verb.start - statement.own_from <= HEAD and bare
        if any(other.start <= verb.start < other.end for other in statements.matches(statement, words["of-another"])):
            continue
        ahead = statement.words.forms[statement.own_from : verb.start]
        # "Governors approved 3 May 2026" leaves the policy out; "The target was agreed …" names something else
        short = len(statement.own.split()) <= NEAR and bool(dates(statement.own)) and not others
        short = short and bare and english().be.isdisjoint(ahead)
        near = any(abs(thing.start - verb.start) <= NEAR or _begins(statement, thing) for thing in things)
        if (heads or near or short) and sense_of(statement, verb) in {Sense.AFFIRMED, *NOT_NOW}:
            return verb
    return _done_so(statements, statement)


def _begins(statement: Statement, thing: Match) -> bool:
    """Whether a sentence begins with the policy, of which it then tells: "It came before governors … and was ratified"."""
    return 0 <= thing.start - statement.own_from <= HEAD


def _done_so(statements: Statements, statement: Statement) -> Match | None:
    """Returns where a sentence says that it was done what the one before tells: "It did so on 8 July"."""
    words = topic("document/approval")
    places = [place for place in statements.matches(statement, words["did-so"]) if place.start >= statement.own_from]
    if not statement.follows_on or not places or not names_this_policy(statements, statement, words["policy"]):
        return None
    return places[0] if sense_of(statement, places[0]) is Sense.AFFIRMED else None


def _approver(statements: Statements, statement: Statement, verb: Match) -> str | None:
    """Returns who approves: the body after "by", else the last one before the verb, else the next one."""
    bodies = statements.matches(statement, topic("document/approval")["body"])
    places = [match for match in bodies if match.start >= statement.own_from]
    if not places and _speaks_of_them(statement):
        places = list(bodies)[:1]
    forms = statement.words.forms
    behind = [match for match in places if match.start >= verb.end and "by" in forms[verb.end : match.start]]
    ahead = [match for match in places if match.end <= verb.start]
    chosen = behind[0] if behind else (ahead[-1] if ahead else (places[0] if places else None))
    if chosen is None:
        after_by = next((at for at in range(verb.end, min(verb.end + 3, len(forms))) if forms[at] == "by"), None)
        named = people(statement.text[statement.words.ends[after_by] :]) if after_by is not None else ()
        return named[0].name if named else None
    first, last = chosen.start, chosen.end
    least = statement.own_from if first >= statement.own_from else 0
    while first > least and forms[first - 1] not in _BEFORE_NAME and first > chosen.start - 4:
        if statement.words.clauses[first - 1] != statement.words.clauses[first]:
            break
        first -= 1
    for match in places:
        if first <= match.start <= last + 1:
            last = max(last, match.end)
    return statement.text[statement.words.starts[first] : statement.words.ends[last - 1]]


def _date_in(statement: Statement, verb: Match) -> Date | None:
    """Returns the day of the approval: the first date after the verb, else the one before it."""
    at = statement.words.starts[verb.start] - statement.own_offset
    found = [date for date in dates(statement.own) if not REVIEW_BEFORE.search(statement.own[: date.start])]
    behind = [date for date in found if date.start >= at]
    if not found and _speaks_of_them(statement):  # "Governors met on 4 May 2026. They adopted the policy."
        found = [date for date in dates(statement.lead) if not REVIEW_BEFORE.search(statement.lead[: date.start])]
    is_label = statement.own.endswith(":")  # "Date: May 2026 Approved by governors:" is a label left blank
    return next(iter([*behind, *([] if is_label else found)]), None)


def _speaks_of_them(statement: Statement) -> bool:
    """Whether a sentence begins with whoever the one before names, and puts what it tells at no later time."""
    own = statement.words.forms[statement.own_from :]
    return statement.follows_on and own[:1] in _THEY and _LATER.isdisjoint(own)


def _draft(document: Document) -> Passage | None:
    for block in _front(document):
        place = topic("document/approval")["draft"].first(cut(block.text).forms)
        if place is not None and len(block.text.split()) <= LONGEST_LABEL + 1:
            return document.passage(block.reading.start, block.reading.end)
    return None


def _front(document: Document) -> Iterable[Block]:
    return [block for block in document.blocks if block.kind is not BlockKind.CONTENTS][:FRONT]
