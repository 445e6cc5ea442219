"""What pupils and parents are told to do, about attendance and about punctuality.

A careful reader looks for four duties: parents see to it that the child comes, and on time; pupils come, and on time.
Who bears a duty decides: "Parents make sure that their children attend" tells pupils nothing. What happens to those
who come late, how absence is reported, and what others attend are no expectations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.facts import check, reader
from checker.findings import Outcome, Passage
from checker.reading.english import english
from checker.reading.said import Said
from checker.reading.sense import sense_of
from checker.reading.senses import Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from england_attendance.policy.duty_labels import column_of, labels, titles
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import Part, explains_a_code, judge
from england_attendance.policy.vocabulary import actors, topic

PARENTS, PUPILS = "parents", "pupils"
ATTEND, PUNCTUAL = "attend", "punctual"
WHAT = {
    (PARENTS, ATTEND): "parents to make sure their child attends",
    (PARENTS, PUNCTUAL): "parents to make sure their child is on time",
    (PUPILS, ATTEND): "pupils to attend",
    (PUPILS, PUNCTUAL): "pupils to be on time",
}
DEEDS = {ATTEND: ("attend", "brings"), PUNCTUAL: ("punctual",)}
WITHOUT = {ATTEND: "never-absent", PUNCTUAL: "never-late"}  # deeds that are told by a negation
NEAR = 14
FAR = 30
BESIDE = 3
_EACH = frozenset(["every", "each", "all", "no"])
_WHERE = frozenset(["in", "at", "here", "there", "on"])
AFTER = 5
LONGEST_LABEL = 7
MOST = 3


@dataclass(frozen=True)
class Expectations:
    """What a policy expects: by who is to do it and what."""

    said: dict[tuple[str, str], Said]


@reader
def expectations(statements: Statements) -> Expectations:
    """Reads what pupils and parents are told to do."""
    found: dict[tuple[str, str], list[Passage]] = {each: [] for each in WHAT}
    nearest: dict[tuple[str, str], list[Passage]] = {each: [] for each in WHAT}
    words = topic("expectations")
    deeds = ("daily", *(name for names in DEEDS.values() for name in names), *WITHOUT.values(), "of-them", "the-same")
    for statement in statements.at(statements.with_any([words[name] for name in deeds])):
        if statement.is_question or explains_a_code(statement):
            continue
        for what in DEEDS:
            for match, is_done in _deeds(statements, statement, what):
                for who in _bearers(statements, statement, match):
                    if _is_expected(statements, statement, match, who):
                        done = is_done or sense_of(statement, match) is Sense.AFFIRMED
                        (found if done else nearest)[who, what].append(statements.passage_about(statement, [match]))
        for who, what in _same_again(statements, statement):
            found[who, what].append(statements.passage(statement))
    return Expectations(
        {each: Said(_best(found[each]), nearest=tuple(dict.fromkeys(nearest[each]))[:1]) for each in WHAT}
    )


def _best(passages: list[Passage]) -> tuple[Passage, ...]:
    """Returns a few passages, those that speak of every day before those that speak of some occasion."""
    always = topic("expectations")["always"]
    ranked = sorted(dict.fromkeys(passages), key=lambda passage: always.first(cut(passage.quote).forms) is None)
    return tuple(ranked[:MOST])


@check("policy.expectations")
def all_four(expectations: Expectations, gaps: Gaps) -> Outcome:
    """Pupils and parents are told what is expected of them, for attendance and for punctuality."""
    parts = [Part(what, expectations.said[each]) for each, what in WHAT.items()]
    searched = "what parents and pupils must, should or are expected to do about attendance and about punctuality"
    met = "The policy tells parents to make sure their child attends and is on time, and pupils to attend and to be on time."
    return judge(parts, gaps, [topic("expectations")["subject"]], asks_for="tells", searched=searched, met=met)


def _deeds(statements: Statements, statement: Statement, what: str) -> Iterator[tuple[Match, bool]]:
    """Yields where a statement speaks of coming, or of being on time, and whether it is to be done whatever its sense."""
    words = topic("expectations")
    if statements.says(statement, words["reward"]):
        return
    if what is ATTEND:
        yield from (
            (match, True)
            for match in statements.matches(statement, words["daily"])
            if _is_all(statements, statement, match)
        )
    for concept in DEEDS[what]:
        for match in statements.matches(statement, words[concept]):
            if match.end > statement.own_from and not _is_something_else(statement, match, what):
                yield match, False
    for match in statements.matches(statement, words[WITHOUT[what]]):
        if match.end > statement.own_from and not _in_a_condition(statement, match):
            denied = sense_of(statement, Match(match.start, match.start)) is Sense.DENIED
            yield match, not denied  # "are not expected to arrive no later than 8.40"


def _is_all(statements: Statements, statement: Statement, match: Match) -> bool:
    """Whether a match is all that a label is followed by: "Families: every day, on time"."""
    words = statement.words
    begins = match.start == statement.own_from or statement.text[: words.starts[match.start]].rstrip().endswith(":")
    ends = match.end == len(words) or words.clauses[match.end] != words.clauses[match.start]
    return begins and ends and bool(labels(statements, statement))


def _is_something_else(statement: Statement, match: Match, what: str) -> bool:
    """Whether something else is attended ("a meeting") or done on time ("collected"), or it is only a condition."""
    words, forms = topic("expectations"), statement.words.forms
    since = statement.said_from if statement.follows_on else 0
    near = forms[max(since, match.start - BESIDE) : match.end]
    if _in_a_condition(statement, match) or "whether" in forms[: statement.own_from]:
        return True
    if "late" in near or not english().may.isdisjoint(near):
        return True
    if what is ATTEND:
        return words["other-event"].first(forms[match.end : match.end + AFTER]) is not None
    before = forms[max(statement.own_from, match.start - NEAR) : match.end]
    return (
        words["other-deed"].first(before) is not None
        and words["arrives"].first(forms[match.start - AFTER : match.end]) is None
    )


def _in_a_condition(statement: Statement, match: Match) -> bool:
    """Whether a deed is only thought of: "if they attend …"; "whenever we are open and on time" goes on behind "and"."""
    forms, clauses, at = statement.words.forms, statement.words.clauses, match.start
    orders = topic("expectations").words("orders")
    while at > 0 and clauses[at - 1] == clauses[match.start]:
        at -= 1
        if forms[at : at + 2] in {("so", "as"), ("so", "that")} or (
            forms[at] == "whenever" and "and" in forms[at : match.start]
        ):
            return False
        if forms[at] == "and" and forms[at - 1].endswith("s") and forms[at + 1] in orders:  # "when it comes and get …"
            return False
        if forms[at] in {"where", "wherever"} and forms[at + 1] == "possible":
            continue
        if forms[at] in english().conditions or forms[at] in {"who", "whose", "which", "whether"}:
            return True
    return False


def _same_again(statements: Statements, statement: Statement) -> Iterator[tuple[str, str]]:
    """Yields who is to do what the sentence before says of the pupils.

    "Parents must ensure both." asks it of parents; "We expect both of them." of the pupils themselves.
    """
    before = statements.all[statement.index - 1]
    if before.block is not statement.block:
        return
    if _affirms(statements, statement, "of-them"):
        yield from ((PUPILS, what) for what in DEEDS if _speaks_of_pupils(statements, before, what))
    for match in statements.matches(statement, topic("expectations")["the-same"]):
        if PARENTS in _bearers(statements, statement, match) and _is_expected(statements, statement, match, PARENTS):
            yield from ((PARENTS, what) for what in DEEDS if _is_of_pupils(statements, before, what))


def _affirms(statements: Statements, statement: Statement, name: str) -> bool:
    matches = statements.matches(statement, topic("expectations")[name])
    return any(match.end > statement.own_from and sense_of(statement, match) is Sense.AFFIRMED for match in matches)


def _speaks_of_pupils(statements: Statements, statement: Statement, what: str) -> bool:
    """Whether a statement that names pupils and no parents speaks of coming or of being on time."""
    words = topic("expectations")
    named = statements.says(statement, words["pupils"]) and not statements.says(statement, words["parents"])
    return named and any(statements.says(statement, words[name]) for name in (*DEEDS[what], f"{what}-noun"))


def _is_of_pupils(statements: Statements, statement: Statement, what: str) -> bool:
    """Whether a statement speaks of pupils who come, or who are on time."""
    return any(PUPILS in _bearers(statements, statement, deed) for deed, _ in _deeds(statements, statement, what))


def _bearers(statements: Statements, statement: Statement, match: Match) -> tuple[str, ...]:
    """Returns whose duty a deed is, parents' or pupils': of both where they stand together before it."""
    who = _bearer(statements, statement, match)
    together = statements.matches(statement, topic("expectations")["together"])
    if who in {PARENTS, PUPILS} and any(_is_subject_of(statement, place, match) for place in together):
        return PARENTS, PUPILS
    return (who,) if who in {PARENTS, PUPILS} else ()


def _is_subject_of(statement: Statement, place: Match, deed: Match) -> bool:
    near = 0 <= deed.start - place.end < NEAR
    return near and (place.start == statement.own_from or _heads_its_thought(statement, place))


def _bearer(statements: Statements, statement: Statement, match: Match) -> str | None:
    """Returns whose duty a deed is: that of a label before it, of who ensures it, or of who does it."""
    words = topic("expectations")
    ensured = [place for place in statements.matches(statement, words["ensures"]) if place.start <= match.start]
    ensured = [place for place in ensured if match.start - place.end < FAR]
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
    if _calls_it(statements, statement, "of-parents"):
        return PARENTS
    if (meant := _meant_by_they(statements, statement, match, ensured)) is not None:
        return meant
    who = _doer(statements, statement, match, ensured)
    if _calls_it(statements, statement, "of-pupils") and who in {None, "school", PUPILS}:
        return PUPILS
    orders = _is_order(statement) and not statements.says(statement, words["your-child"])
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


def _doer(statements: Statements, statement: Statement, match: Match, ensured: Sequence[Match]) -> str | None:
    """Returns who does a deed, or ensures it, by the words before it and, for "you" and "we", by the headings."""
    who = actors().of(statements, statement, ensured[0] if ensured else match)
    if who is None and ensured and ensured[0].start == statement.own_from:  # "Get them here on time": nobody gets that
        who = actors().of(statements, statement, match)
    if who is None and not ensured:
        who = _subject(statements, statement, match)
    we_come = who == "school" and not ensured and _say_it_themselves(statement, match)
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
            or (0 <= match.start - place.end < NEAR and _heads_its_thought(statement, place))
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


def _say_it_themselves(statement: Statement, match: Match) -> bool:
    """Whether it is a "we" who come, or are on time: children say so below a heading of theirs."""
    return "we" in statement.words.forms[max(statement.own_from, match.start - BESIDE) : match.start]


def _calls_it(statements: Statements, statement: Statement, name: str) -> bool:
    """Whether it calls a deed somebody's duty in its own words, or in the line that leads to it."""
    since = statement.said_from if statement.follows_on else 0
    return any(match.end > since for match in statements.matches(statement, topic("expectations")[name]))


def _is_asked_above(statements: Statements, statement: Statement) -> bool:
    """Whether the question or heading above asks for parents what they are to do: "What do you expect of us?"."""
    above = (cut(statement.lead).forms, *(heading.forms for heading in statements.headings(statement)[-1:]))
    return any(topic("expectations")["of-parents"].first(forms) is not None for forms in above)


def _is_order(statement: Statement) -> bool:
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


def _is_expected(statements: Statements, statement: Statement, match: Match, who: str) -> bool:
    """Whether a deed is expected, and not only told of."""
    words = topic("expectations")
    if who == PUPILS and words["fosters"].first(statement.words.forms[match.start : match.start + 1]) is not None:
        return False
    if statement.is_item or labels(statements, statement) or match.start == statement.own_from:
        return True
    if _begins_with_coming(statements, statement):  # "In school every day, and there before the bell."
        return True
    if _say_it_themselves(statement, match) and who in titles(statements, statement):  # "Pupils / We come every day."
        return True
    if _is_order(statement) or any(_calls_it(statements, statement, name) for name in ("of-parents", "of-pupils")):
        return True
    duties = statements.matches(statement, words["duty"])
    if any(0 <= match.start - duty.start <= FAR for duty in duties):
        return True
    forms, clauses = statement.words.forms, statement.words.clauses
    return any(
        0 <= match.start - subject.end < NEAR
        and (clauses[subject.start] == clauses[match.start] or _goes_on(statement, match))
        and _heads_its_thought(statement, subject)
        and words["arrives"].first(forms[subject.end : subject.end + BESIDE]) is not None
        for subject in statements.matches(statement, actors().concepts[who])
    )


def _begins_with_coming(statements: Statements, statement: Statement) -> bool:
    deeds = statements.matches(statement, topic("expectations")["attend"])
    return any(deed.start == statement.own_from for deed in deeds)


def _goes_on(statement: Statement, match: Match) -> bool:
    """Whether a deed goes on with a list of deeds, or is all of its thought: "children come every day, on time"."""
    forms, clauses, at = statement.words.forms, statement.words.clauses, match.start
    while at > 0 and clauses[at - 1] == clauses[match.start]:
        at -= 1
    begins = at == match.start or topic("expectations")["arrives"].first(forms[at : at + 1]) is not None
    return begins and clauses[at - 1] == clauses[at] - 1


def _heads_its_thought(statement: Statement, place: Match) -> bool:
    """Whether a subject begins its thought: "Pupils attend …", not "because so many of our pupils attend …"."""
    forms, clauses, at = statement.words.forms, statement.words.clauses, place.start
    while at > 0 and clauses[at - 1] == clauses[place.start] and forms[at - 1] in english().articles | _EACH:
        at -= 1
    return at == 0 or clauses[at - 1] != clauses[place.start]
