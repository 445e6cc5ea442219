"""Whose duty a deed is, parents' or pupils': by the labels before it, by who ensures it, by who does it."""

from __future__ import annotations

from collections.abc import Sequence

from checker.reading.english import english
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from england_attendance.policy.duty_labels import column_of, labels, titles
from england_attendance.policy.vocabulary import actors, topic

PARENTS, PUPILS = "parents", "pupils"
NEAR = 14
FAR = 30
BESIDE = 3
_EACH = frozenset(["every", "each", "all", "no"])
_WHERE = frozenset(["in", "at", "here", "there", "on"])
_MODAL = frozenset(["must", "should", "will", "shall", "are"])
_OVER = frozenset(["and", "while", "but"])
AFTER = 5
LONGEST_LABEL = 7


def bearers(statements: Statements, statement: Statement, match: Match) -> tuple[str, ...]:
    """Returns whose duty a deed is, parents' or pupils': of both where they stand together before it."""
    who = _bearer(statements, statement, match)
    together = statements.matches(statement, topic("expectations")["together"])
    if who in {PARENTS, PUPILS} and any(_is_subject_of(statement, place, match) for place in together):
        return PARENTS, PUPILS
    return (who,) if who in {PARENTS, PUPILS} else ()


def _is_subject_of(statement: Statement, place: Match, deed: Match) -> bool:
    near = 0 <= deed.start - place.end < NEAR
    return near and (place.start == statement.own_from or heads_its_thought(statement, place))


def _bearer(statements: Statements, statement: Statement, match: Match) -> str | None:
    """Returns whose duty a deed is: that of a label before it, of who ensures it, or of who does it."""
    words = topic("expectations")
    ensured = [place for place in statements.matches(statement, words["ensures"]) if place.start <= match.start]
    anew = _begins_anew(statements, statement, match)
    ensured = [place for place in ensured if anew <= place.start and match.start - place.end < FAR]
    if statement.row:  # what another cell ensures is another's duty
        column = statements.column_of(statement, match)
        ensured = [place for place in ensured if statements.column_of(statement, place) == column]
    of_a_child = bool(ensured) and statements.says(statement, words["child"])
    announced = (*column_of(statements, statement, match), *labels(statements, statement))
    label = next((name for name in announced if name != PUPILS or not of_a_child), None)
    if label == PARENTS and not statements.says(statement, words["parents"]):
        label = next(titles(statements, statement), label)  # whom "What do we ask of you?" says "you" to
    if label is not None:
        return PARENTS if label == "school" and _is_asked_above(statements, statement) else label
    if statements.says(statement, words["as-pupils"]):
        return PUPILS
    if not anew and calls_it(statements, statement, "of-parents"):
        return PARENTS
    if (meant := _meant_by_they(statements, statement, match, ensured)) is not None:
        return meant
    who = _doer(statements, statement, match, ensured)
    if calls_it(statements, statement, "of-pupils") and who in {None, "school", PUPILS}:
        return PUPILS
    orders = is_order(statement) and not statements.says(statement, words["your-child"])
    pledges = statement.words.forms[statement.own_from : statement.own_from + 1] == ("i",)  # "I am a pupil. I will …"
    asked = _asked_before(statements, statement) if orders or pledges else None
    if asked is not None:  # "We ask two things of pupils. Come every day. Be in class by 8.40."
        return asked
    if who == "school" and match.start == statement.own_from:  # "We tell the children:" leads what they are to do
        return next((name for name in titles(statements, statement) if name in {PARENTS, PUPILS}), who)
    yours = any(
        _in_one_thought(statement, place, match) for place in statements.matches(statement, words["your-child"])
    )
    return PARENTS if yours and who in {None, PUPILS} else who


def _begins_anew(statements: Statements, statement: Statement, match: Match) -> int:
    """Returns where a sentence goes over to others before a deed: "Parents bring them; pupils come", "…, and we ask pupils"."""
    forms, clauses, words = statement.words.forms, statement.words.clauses, topic("expectations")
    others = [
        *statements.matches(statement, actors().concepts[PUPILS]),
        *statements.matches(statement, words["of-pupils"]),
    ]
    for place in sorted(others, reverse=True):
        begins = clauses.index(clauses[place.start])
        lead = forms[begins : place.start]
        asked = not words.words("asks").isdisjoint(lead) or not _MODAL.isdisjoint(forms[place.end : place.end + 1])
        joined = statement.text[: statement.words.starts[begins]].rstrip().endswith(";")
        joined = joined or (asked and forms[begins] in _OVER)
        own = clauses[begins] == clauses[match.start] or goes_on(statement, match)
        if statement.own_from < begins <= place.start < match.start and joined and own and len(lead) <= AFTER:
            return begins if words["ensures"].first(lead) is None and words["parents"].first(lead) is None else 0
    return 0


def _doer(statements: Statements, statement: Statement, match: Match, ensured: Sequence[Match]) -> str | None:
    """Returns who does a deed, or ensures it, by the words before it and, for "you" and "we", by the headings."""
    who = actors().of(statements, statement, ensured[0] if ensured else match)
    if who is None and ensured and ensured[0].start == statement.own_from:  # "Get them here on time": nobody gets that
        who = actors().of(statements, statement, match)
    if who is None and not ensured:
        who = _subject(statements, statement, match)
    we_come = who == "school" and not ensured and say_it_themselves(statement, match)
    you_come = who == PARENTS and not statements.says(statement, topic("expectations")["parents"])
    they_in = who == PUPILS and statement.is_item and match.start == statement.own_from + 1
    noted = (
        they_in and statement.words.forms[match.start] in _WHERE
    )  # "Children in school every day", asked of families
    return next(titles(statements, statement), who) if we_come or you_come or noted else who


def _subject(statements: Statements, statement: Statement, match: Match) -> str | None:
    """Returns who is to be somewhere, or in no case away: "Students must be present", "no pupil is absent"."""
    found = [
        (place.end, name)
        for name in (PARENTS, PUPILS)
        for place in statements.matches(statement, actors().concepts[name])
        if statement.own_from <= place.start
        and (
            match.start <= place.start < match.end
            or (0 <= match.start - place.end < NEAR and heads_its_thought(statement, place))
        )
    ]
    return max(found)[1] if found else None


def _names(statements: Statements, statement: Statement, who: str) -> bool:
    """Whether the sentence before a statement, which leads to it, names somebody."""
    places = statements.matches(statement, actors().concepts[who])
    return any(place.end <= statement.own_from for place in places)


def _meant_by_they(statements: Statements, statement: Statement, match: Match, ensured: Sequence[Match]) -> str | None:
    """Returns whom the "they" of a deed means, where the sentence before names one of them alone.

    "We have high hopes of our students. They are to attend every day.", "Our children are small. Even so we teach them
    that they are to come every day."
    """
    both = (PARENTS, PUPILS)
    if (
        statement.follows_on
        and statement.words.forms[statement.own_from] == "they"
        and not any(place.start >= statement.own_from for place in ensured)
    ):
        meant = [name for name in both if _names(statements, statement, name)]
        if len(meant) == 1:
            return meant[0]
    before = statements.all[statement.index - 1]
    if before.block is not statement.block or not _tells_them(statement, match):
        return None
    meant = [name for name in both if statements.matches(before, actors().concepts[name])]
    return meant[0] if len(meant) == 1 else None


def _tells_them(statement: Statement, match: Match) -> bool:
    """Whether a deed is that of a "they" whom a sentence names by no more than "them" before: "We ask them to …"."""
    own = statement.words.forms[statement.own_from : match.start]
    asks = topic("expectations").words("asks")
    if any(own[at] == "them" and own[at - 1] in asks and own[at + 1] == "to" for at in range(1, len(own) - 1)):
        return True
    they = [at for at in range(2, len(own)) if own[at] == "they" and own[at - 1] == "that" and own[at - 2] == "them"]
    return bool(they) and they[-1] == max(at for at, form in enumerate(own) if form == "they")


def _in_one_thought(statement: Statement, one: Match, other: Match) -> bool:
    return not statement.is_parted(Match(min(one.start, other.start), max(one.end, other.end)))


def say_it_themselves(statement: Statement, match: Match) -> bool:
    """Whether it is a "we" who come, or are on time: children say so below a heading of theirs."""
    return "we" in statement.words.forms[max(statement.own_from, match.start - BESIDE) : match.start]


def calls_it(statements: Statements, statement: Statement, name: str) -> bool:
    """Whether it calls a deed somebody's duty in its own words, or in the line that leads to it."""
    since = statement.said_from if statement.follows_on else 0
    return any(match.end > since for match in statements.matches(statement, topic("expectations")[name]))


def _is_asked_above(statements: Statements, statement: Statement) -> bool:
    """Whether the question or heading above asks for parents what they are to do: "What do you expect of us?"."""
    above = (cut(statement.lead).forms, *(heading.forms for heading in statements.headings(statement)[-1:]))
    return any(topic("expectations")["of-parents"].first(forms) is not None for forms in above)


def is_order(statement: Statement) -> bool:
    """Whether a statement begins with telling somebody to come, be, bring or leave: "Come every day"."""
    own = statement.words.forms[statement.own_from :]
    first = own[1:2] if own[:1] == ("to",) else own[:1]  # "Of pupils. To attend every day."
    return not topic("expectations").words("orders").isdisjoint(first)


def _asked_before(statements: Statements, statement: Statement) -> str | None:
    """Returns of whom the nearest sentence before it in the same paragraph asks something: "From pupils. Be in by 9."."""
    words, at = topic("expectations"), statement.index - 1
    while at >= 0 and statements.all[at].block is statement.block:
        before = statements.all[at]
        for name, actor in (("of-parents", PARENTS), ("of-pupils", PUPILS), ("as-pupils", PUPILS)):
            if statements.says(before, words[name]):
                return actor
        if len(before.words) <= LONGEST_LABEL and (labelled := actors().only_actor(before.words.forms)):
            named = labelled != PARENTS or statements.says(before, words["parents"])
            return labelled if named else next(titles(statements, statement), labelled)
        at -= 1
    return None


def goes_on(statement: Statement, match: Match) -> bool:
    """Whether a deed goes on with a list of deeds, or is all of its thought: "children come every day, on time"."""
    forms, clauses, at = statement.words.forms, statement.words.clauses, match.start
    while at > 0 and clauses[at - 1] == clauses[match.start]:
        at -= 1
    begins = at == match.start or topic("expectations")["arrives"].first(forms[at : at + 1]) is not None
    return begins and clauses[at - 1] == clauses[at] - 1


def heads_its_thought(statement: Statement, place: Match) -> bool:
    """Whether a subject begins its thought: "Pupils attend …", not "because so many of our pupils attend …"."""
    forms, clauses, at = statement.words.forms, statement.words.clauses, place.start
    while at > 0 and clauses[at - 1] == clauses[place.start] and forms[at - 1] in english().articles | _EACH:
        at -= 1
    return at == 0 or clauses[at - 1] != clauses[place.start]
