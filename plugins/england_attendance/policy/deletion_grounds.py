"""Deletion from the admission register: only on a ground of regulation 9, and never for poor attendance.

A careful reader looks for a statement that takes names off only as the Regulations allow, or lists their grounds; and
for one that takes them off for anything else, such as poor attendance, some days of absence alone, or somebody's leave.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import islice

from checker.facts import check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.levels import Level
from checker.reading.english import english
from checker.reading.sense import sense_of
from checker.reading.senses import NOT_NOW, Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from england_attendance.policy.day_counts import day_counts
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.vocabulary import topic

FEWEST = 3  # grounds that make a list of them
LONG_ABSENCE = 20  # school days: a ground together with a search for the pupil
LONGEST_SHOWN = 45  # words of a ground: most sentences to their end
DONE = {Sense.AFFIRMED, Sense.PERMITTED, Sense.WEAKENED}
OF_DELETIONS = frozenset([9, 8])  # the regulations that list the grounds: of 2024, and of 2006
_REGULATION = re.compile(r"\bregulations? (\d{1,2})\b(?! of the Education)", re.IGNORECASE)
NEAR_DEED = 12  # words
_WHOSE = frozenset(["the", "his", "her", "their", "its", "that"])
_AUXILIARIES = frozenset(["is", "are", "will", "may", "can", "must", "goes", "comes"])
_BEFORE_DEEDS = frozenset(
    ["that", "whether", "if", "when", "where", "because", "until", "before", "after", "once", "and", "or"]
)
_SCHOOL = frozenset(["we", "school", "academy", "headteacher", "i"])


@dataclass(frozen=True)
class DeletionGrounds:
    """What a policy says of deleting names.

    Attributes:
        by_regulation: Where it refers to the grounds of the Regulations.
        outdated: Where it refers to those of the Regulations of 2006.
        listed: The grounds that it lists, where they are at least three.
        other_grounds: Where it deletes on a ground that the Regulations do not know.
        back_dated: Where it deletes from an earlier day.
        not_for_attendance: Where it says that a name is not deleted for poor attendance.
        spoken_of: The statements that speak of deletion at all.
    """

    by_regulation: tuple[Passage, ...] = ()
    outdated: tuple[Passage, ...] = ()
    listed: tuple[Passage, ...] = ()
    other_grounds: tuple[Passage, ...] = ()
    back_dated: tuple[Passage, ...] = ()
    not_for_attendance: tuple[Passage, ...] = ()
    spoken_of: tuple[Passage, ...] = ()


@reader
def deletion_grounds(statements: Statements) -> DeletionGrounds:
    """Reads what the policy says of deleting names."""
    words = topic("deletion_grounds")
    speaking = _taking_off(statements)
    about = speaking | _about(statements)
    binding = statements.at(statements.find(words["bound"]) & statements.find(words["only"]))
    told = [one for one in binding if one.index in about or _goes_on_about(statements, one)]
    bound = [statement for statement in told if _is_bound(statements, statement)]
    ruled = statements.at(about & statements.find(words["no-ground"]))  # "No ground, no removal", behind those meant
    bound += [one for one in ruled if one not in bound and statements.is_about(one, words["strong"])]
    outdated = statements.find(words["outdated"])
    listed = list(_listed(statements, about))
    leaving = statements.find(words["about-leaving"])
    back_dated = leaving & statements.with_any([words["back-dated"], words["as-from"]])
    ruled_out = about & statements.find(words["not-a-ground"])

    def passages(found: Iterable[Statement], most: int = 3) -> tuple[Passage, ...]:
        return tuple(map(statements.passage, islice(found, most)))

    return DeletionGrounds(
        passages(statement for statement in bound if statement.index not in outdated),
        passages(statement for statement in bound if statement.index in outdated),
        passages(listed) if len(listed) >= FEWEST else (),
        passages(one for one in statements.at(speaking) if _on_another_ground(statements, one)),
        passages(one for one in statements.at(back_dated) if _back_dates(statements, one)),
        passages(one for one in statements.at(ruled_out) if _not_for_attendance(statements, one)),
        passages(statements.at(speaking), 2),
    )


@check("policy.deletion-grounds")
def only_on_the_grounds(deletion: DeletionGrounds, gaps: Gaps) -> Outcome:
    """Names are deleted only on the grounds of regulation 9."""
    faults = []
    if deletion.other_grounds:
        message = (
            "The policy takes names off the admission register on a ground that is not in regulation 9:"
            f" “{_short(deletion.other_grounds[0].quote)}”."
        )
        faults.append(Fault(message, Level.LAW, deletion.other_grounds))
    if deletion.back_dated:
        faults.append(Fault("The policy dates deletions back.", Level.LAW, deletion.back_dated))
    if faults:
        return failed(*faults)
    if deletion.by_regulation or deletion.listed:
        silent = "the policy does not say that a name is never deleted for poor attendance"
        return passed(
            "Names are deleted only on the grounds of regulation 9.", deletion.by_regulation or deletion.listed
        ).noting(None if deletion.not_for_attendance else silent)
    if deletion.outdated:
        message = (
            "The policy takes the grounds for deleting names from the Regulations of 2006 (regulation 8); they are in"
            " regulation 9 of the Regulations of 2024."
        )
        return failed(Fault(message, None, deletion.outdated))
    waiting = could_stand_in_a_gap(
        gaps, [topic("deletion_grounds")["subject"]], "does not say on what grounds names are deleted"
    )
    message = "The policy does not say that names are deleted from the admission register only on the grounds of regulation 9."
    searched = "deleting or removing names from the register or roll, beside grounds, regulation 9 or the Regulations"
    return waiting or with_gaps(failed(Fault(message, None, deletion.spoken_of), searched=searched), gaps)


def _short(quote: str) -> str:
    words = quote.rstrip(".").split()
    return " ".join(words[:LONGEST_SHOWN]) + (" …" if len(words) > LONGEST_SHOWN else "")


def _taking_off(statements: Statements) -> Set[int]:
    """Returns the statements on names that come off the register, not on what comes off something else."""
    words = topic("deletion_grounds")
    of_names = statements.find(words["of-a-name"]) | statements.in_sections_under(words["subject"])
    deleting = statements.with_any([words["deletes"], words["deletion"]])
    return (deleting & of_names) - statements.find(words["elsewhere"])


def _about(statements: Statements) -> Set[int]:
    """Returns the statements under a heading on deletion, and those that name the grounds of the Regulations for it."""
    words = topic("deletion_grounds")
    grounds = statements.find(words["strong"]) & statements.find(words["about-leaving"])
    found = statements.at(grounds | statements.in_sections_under(words["subject"]))
    return {statement.index for statement in found if not statement.is_question}


def _goes_on_about(statements: Statements, statement: Statement) -> bool:
    """Whether a rule goes on from what is said of deletions: "Yes, when … . No other reason than those in the Regulations"."""
    words = topic("deletion_grounds")
    rule = not statement.is_question and statements.says(statement, words["rule"])
    return rule and statements.is_about(statement, words["subject"])


def _is_bound(statements: Statements, statement: Statement) -> bool:
    """Whether one that names both binds the deed to the Regulations; a list of laws, or what is only announced, does not."""
    words = topic("deletion_grounds")
    if any(statements.says(statement, words[name]) for name in ("besides", "aims")):
        return False
    if _tells(statements, statement) and not statements.says(statement, words["on-one-ground"]):
        return False
    named = {int(number) for number in _REGULATION.findall(statement.text)}
    if named and named.isdisjoint(OF_DELETIONS):  # "on the grounds in regulation 10"
        return False
    bound = {sense_of(statement, match) for match in statements.matches(statement, words["bound"])}
    deeds = statements.matches(statement, words["deletes"])
    senses = {sense_of(statement, match) for match in deeds}
    things = {sense_of(statement, match) for match in statements.matches(statement, words["deletion"])}
    unless = statements.says(statement, words["unless"])
    if bound == {Sense.DENIED} and Sense.DENIED not in senses | things and not unless:
        return False
    if not deeds:
        return any(statements.says(statement, words[name]) for name in ("rule", "strong", "deletion"))
    if senses <= {Sense.WEAKENED, *NOT_NOW}:
        return False
    first = statements.matches(statement, words["bound"])[0]
    named_so = statements.matches(statement, words["deletion"])
    nearest = min([*deeds, *named_so], key=lambda deed: (deed.start > first.start, abs(deed.start - first.start)))
    return sense_of(statement, nearest) is not Sense.DENIED or unless


def _listed(statements: Statements, about: Set[int]) -> Iterator[Statement]:
    """Yields for each ground of the Regulations the first statement that gives it."""
    words = topic("deletion_grounds")
    for name in words:
        if name.startswith("ground-"):
            yield from islice(statements.at(about & statements.find(words[name])), 1)


def _on_another_ground(statements: Statements, statement: Statement) -> bool:
    """Whether a name goes for poor attendance, after some days, or with somebody's leave: no ground of the Regulations."""
    words = topic("deletion_grounds")
    deeds = [
        match for match in statements.matches(statement, words["deletes"]) if not _in_a_condition(statement, match)
    ]
    done = [match for match in deeds if sense_of(statement, match) in DONE]
    if _tells(statements, statement):
        return False
    if not done:
        return bool(deeds) and _waits_for_leave(statements, statement)
    if len(done) < len(deeds):
        return _gives_no_ground(statements, statement, {statement.words.clauses[match.start] for match in done})
    if statements.says(statement, words["besides"]) and statements.says(statement, words["bound"]):
        return True
    since = statement.own_from if statement.follows_on else 0
    bound = any(match.end > since for match in statements.matches(statement, words["bound"]))
    if statements.says(statement, words["with-leave"]) or statements.says(statement, words["or-with-leave"]):
        further = not bound or statements.says(statement, words["or-with-leave"])
        return further and not statements.is_about(statement, words["special"])
    if _is_joint(statements, statement) or _says_never(statements, statement):
        return False
    counts = day_counts(statement.text)
    if bound and any(count.days == LONG_ABSENCE for count in counts):
        return statements.says(statement, words["or-after"]) and not statements.says(statement, words["such-as"])
    absent = statements.says(statement, words["absence-days"])
    if absent and statements.says(statement, words["days-or"]) and not statements.says(statement, words["such-as"]):
        return True
    if _gives_no_ground(statements, statement, set(statement.words.clauses)):
        return True
    return not bound and absent and bool(counts)


def _is_joint(statements: Statements, statement: Statement) -> bool:
    """Whether it names the joint search, if only in another cell of its row."""
    joint, row = topic("deletion_grounds")["joint"], statement.block if statement.block.cells else None
    return statements.says(statement, joint) or (row is not None and joint.first(cut(row.text).forms) is not None)


def _waits_for_leave(statements: Statements, statement: Statement) -> bool:
    """Whether a name stays until somebody's leave is had, which the Regulations ask for at special schools alone."""
    words = topic("deletion_grounds")
    lawful = any(statements.says(statement, words[name]) for name in ("bound", "joint"))
    waits = statements.says(statement, words["waits-for-leave"])
    return waits and not lawful and not statements.is_about(statement, words["special"])


def _says_never(statements: Statements, statement: Statement) -> bool:
    """Whether it says that something is never a ground; "whose attendance has not improved" says so of none."""
    words = topic("deletion_grounds")
    grounds = _grounds_given(statements, statement)
    return any(
        not any(ground.start < never.start < ground.end for ground in grounds)
        for never in statements.matches(statement, words["never"])
    )


def _gives_no_ground(statements: Statements, statement: Statement, thoughts: set[int]) -> bool:
    """Whether some thoughts of a statement give what is no ground, and do not deny that it is one."""
    return any(
        match.end > statement.own_from
        and statement.words.clauses[match.start] in thoughts
        and (
            statement.words.forms[match.start] in english().negators | english().refusals
            or not english().negators.isdisjoint(statement.words.forms[match.start + 1 : match.end])
            or sense_of(statement, match) is not Sense.DENIED
        )
        for match in _grounds_given(statements, statement)
    )


def _grounds_given(statements: Statements, statement: Statement) -> list[Match]:
    """Returns where what is no ground stands, not across a denial: "… (Attendance) Regulations, never for poor …"."""
    forms, clauses = statement.words.forms, statement.words.clauses
    return [
        match
        for match in statements.matches(statement, topic("deletion_grounds")["not-a-ground"])
        if clauses[match.start] == clauses[match.end - 1]
        or english().negators.isdisjoint(forms[match.start : match.end])
    ]


def _tells(statements: Statements, statement: Statement) -> bool:
    """Whether the deed is that somebody is told of a deletion: "We inform the council before a name is deleted"."""
    words = topic("deletion_grounds")
    forms = statement.words.forms  # "Families should know that a name is deleted": they are told it here
    told = tuple(
        match
        for match in statements.matches(statement, words["tells"])
        if not (match.start and forms[match.start] == "know" and forms[match.start - 1] in {"should", "must", "please"})
    )
    deeds = statements.matches(statement, words["deletes"])
    if statement.follows_on:  # what the sentence before does is not told here
        told = tuple(match for match in told if match.end > statement.own_from)
        own = tuple(deed for deed in deeds if deed.end > statement.own_from)
        if told and not own:
            return True
        deeds = own or deeds
    return bool(told) and all(
        _in_a_condition(statement, deed)
        or (deed.start > min(match.start for match in told) and not _goes_on_to(statement, deed))
        for deed in deeds
    )


def _goes_on_to(statement: Statement, deed: Match) -> bool:
    """Whether a deed is done beside another: "We inform the council and delete the name", not "those who join and leave"."""
    forms, clauses, at = statement.words.forms, statement.words.clauses, deed.start
    if not {"and", "then"} & set(forms[max(0, at - 1) : at]) or forms[at].endswith(("ed", "ing", "en")):
        return False
    clause = [form for form, own in zip(forms[:at], clauses, strict=False) if own == clauses[at]]
    return {"who", "which", "that", "whose"}.isdisjoint(clause)


def _in_a_condition(statement: Statement, match: Match) -> bool:
    """Whether a place stands after an "if" or "when" of its own thought; "after four weeks" is none."""
    forms, clauses, at = statement.words.forms, statement.words.clauses, match.start
    name = next((place for place in range(at - 1, max(0, at - NEAR_DEED), -1) if forms[place] in {"name", "place"}), 0)
    whose = name > 1 and forms[name - 1] in _WHOSE and forms[name - 2] not in _BEFORE_DEEDS
    ahead = forms[max(0, name - NEAR_DEED) : max(0, name - FEWEST - 1)]
    if whose and forms[name + 1] in _AUXILIARIES and not english().conditions.isdisjoint(ahead):
        return False  # "If a child is away for ten days the name is removed": no part of the condition
    conditions = english().conditions | {"until"} | ({"before"} if day_counts(statement.text) else {"before", "after"})
    while at > 0 and clauses[at - 1] == clauses[match.start]:
        at -= 1
        if statement.words.forms[at] in conditions:
            return True
        if statement.words.forms[at] == "will" and statement.words.forms[at - 1] in _SCHOOL:
            return False  # "If a child does not return for 20 days we will take the name off"
    return False


def _back_dates(statements: Statements, statement: Statement) -> bool:
    """Whether one that speaks of leaving dates a deletion back."""
    words = topic("deletion_grounds")
    clauses = statement.words.clauses
    never = statements.matches(statement, words["earlier"])
    if _tells(statements, statement) or any(clauses[match.start] == clauses[match.end - 1] for match in never):
        return False
    if statements.says(statement, words["refused"]):  # "Retrospective deletions not allowed"
        return False
    matches = list(statements.matches(statement, words["back-dated"]))
    deeds = [*statements.matches(statement, words["deletes"]), *statements.matches(statement, words["deletion"])]
    first = min((deed.start for deed in deeds if not _in_a_condition(statement, deed)), default=len(statement.words))
    matches += [match for match in statements.matches(statement, words["as-from"]) if match.start > first]
    return any(sense_of(statement, match) in DONE for match in matches)


def _not_for_attendance(statements: Statements, statement: Statement) -> bool:
    """Whether one that names what is no ground says that it is none."""
    words = topic("deletion_grounds")
    deeds = (*statements.matches(statement, words["deletes"]), *statements.matches(statement, words["deletion"]))
    return statements.says(statement, words["never"]) or any(
        sense_of(statement, match) is Sense.DENIED for match in deeds
    )
