"""The telephone numbers and e-mail addresses of a policy that cannot be right, or that give one person or office two.

A number belongs to whom the words before it name last, else to whom those behind it name ("01632 960120 (school
office)"). A landline beside a mobile number is no contradiction, nor are several numbers given in one place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from checker.documents.model import Document
from checker.facts import reader
from checker.findings import Passage
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from checker.recognise.emails import emails
from checker.recognise.people import Person, people
from checker.recognise.posts import Post, posts
from checker.recognise.spans import Span, has_digit
from checker.recognise.telephones import telephones
from england_attendance.policy.document.version_history import history
from england_attendance.policy.judging import either
from england_attendance.policy.schools.identity import Sites
from england_attendance.policy.vocabulary import topic

FEWEST_DIGITS = 9
LAST_DIGITS = 3  # in which the numbers of one switchboard differ
NEAR = 110  # characters between somebody and their number
PARAGRAPH = 200  # characters of the paragraph before a sentence that are read with it
BEHIND = 12
HELD_BY_SEVERAL = frozenset(
    ["head of year", "form tutor", "assistant headteacher", "deputy headteacher", "pastoral manager", "governor"]
)


@dataclass(frozen=True)
class Numbers:
    """The telephone numbers and addresses of a document that cannot be right.

    Attributes:
        malformed: Numbers with too many or too few digits.
        differing: What is said of numbers and addresses of one person or office that differ.
    """

    malformed: tuple[tuple[str, Passage], ...] = ()
    differing: tuple[tuple[str, tuple[Passage, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class _Owner(Span):
    """Somebody, or an office, whom a number may belong to.

    Attributes:
        key: One spelling for all that mean the same.
        called: The policy's words.
    """

    key: str
    called: str


@dataclass(frozen=True, slots=True)
class _Given:
    """What one statement gives for somebody: numbers or addresses of one kind."""

    values: frozenset[str]
    called: str
    sites: tuple[str, ...]
    passage: Passage


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of the people whose details a document gives.

    Attributes:
        first: First names that mean one of them, with the whole names.
        shared: Surnames that a Mr and a Mrs, Miss or Ms share.
    """

    first: Mapping[str, str]
    shared: frozenset[str]


@reader
def reached_at(document: Document, statements: Statements, sites: Sites) -> Numbers:
    """Reads the telephone numbers and addresses that cannot be right."""
    told_of = frozenset(map(id, history(document)))  # "Telephone number changed (was 01632 960220)"
    standing = [one for one in statements if id(one.block) not in told_of and _may_hold(one)]
    telling = [statement for statement in standing if not statement.row]
    known = _names(telling)
    malformed: dict[str, Passage] = {}
    seen: dict[str, tuple[tuple[str, ...], Passage]] = {}
    given: defaultdict[tuple[str, str], list[_Given]] = defaultdict(list)
    for statement in telling:
        own = _sites_of(statements, sites, statement)
        passage = statements.passage(statement)
        for number in telephones(statement.own):
            if number.problem is not None:
                malformed.setdefault(number.written(statement.own), passage)
            seen.setdefault(number.digits, (own, passage))
        for (key, kind), (values, called) in _by_owner(statement, known).items():
            given[key, kind].append(_Given(frozenset(values), called, own, passage))
    for row in (statement for statement in standing if statement.row):
        for number in telephones(row.own):
            seen.setdefault(number.digits, (_sites_of(statements, sites, row), statements.passage(row)))
        if len(people(row.own)) == 1:  # the number stands in another cell than the name
            for (key, kind), (values, called) in _by_owner(row, known).items():
                if key.startswith("person "):
                    own = _sites_of(statements, sites, row)
                    given[key, kind].append(_Given(frozenset(values), called, own, statements.passage(row)))
    for row, key, digits in _lines_of_rows(statements):
        own = _sites_of(statements, sites, row)
        called = row.block.cells[0].text
        given[key, _kind(digits)].append(_Given(frozenset([digits]), called, own, statements.passage(row)))
    differing = [
        *_two_values(given),
        *_nearly_alike(seen, {value for places in given.values() for place in places for value in place.values}),
    ]
    return Numbers(tuple(malformed.items()), tuple(differing))


def _lines_of_rows(statements: Statements) -> Iterator[tuple[Statement, str, str]]:
    """Yields the rows that are headed by nothing but a line or office and give its one number: "Absence line | 01632 …".

    A line with several rows has a number for each of several places.
    """
    found: defaultdict[str, list[tuple[Statement, str]]] = defaultdict(list)
    for row in statements:
        label = row.block.cells[0].text if row.row and row.block.cells and _may_hold(row) else ""
        keys = [owner.key for owner in _lines(label) if owner.start == 0 and owner.end == len(label)]
        told = {number.digits for number in telephones(row.own)} if keys else set()
        if keys and len(told) == 1:
            found[keys[0]].append((row, told.pop()))
    for key, rows in found.items():
        if len(rows) == 1:
            yield rows[0][0], key, rows[0][1]


def _may_hold(statement: Statement) -> bool:
    text = statement.own
    return "@" in text or (has_digit(text) and sum(map(str.isdigit, text)) >= FEWEST_DIGITS)


def _sites_of(statements: Statements, sites: Sites, statement: Statement) -> tuple[str, ...]:
    found = sites.in_words(statement.words)
    if not found and sites.names:
        above = (sites.in_words(heading) for heading in reversed(statements.headings(statement)))
        found = next((names for names in above if names), ())
    return found


def _names(telling: list[Statement]) -> _Names:
    """Returns the names by which a document may call the people whose details it gives."""
    named = [person for statement in telling for person in people(_with_paragraph(statement)[0])]
    full = {person.name for person in named if " " in person.name}
    first: defaultdict[str, set[str]] = defaultdict(set)
    for name in full:
        first[name.split()[0]].add(name)
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for person in named:
        titles[person.name.split()[-1].lower()].add(_title(person))
    return _Names(
        {short: next(iter(names)) for short, names in first.items() if len(names) == 1},
        frozenset(surname for surname, own in titles.items() if own >= {"mr", "mrs"}),
    )


def _title(person: Person) -> str:
    """Returns ``mr`` or ``mrs``, as which ``Miss`` and ``Ms`` count; else what cannot tell two apart."""
    title = (person.title or "").lower().rstrip(".")
    return {"mr": "mr", "mrs": "mrs", "ms": "mrs", "miss": "mrs"}.get(title, "")


def _by_owner(statement: Statement, known: _Names) -> dict[tuple[str, str], tuple[set[str], str]]:
    """Returns what a statement gives, by owner and kind of value, with the words that name the owner."""
    values = [(number.start, number.end, _kind(number.digits), number.digits) for number in telephones(statement.own)]
    values += [(address.start, address.end, "e-mail", address.value.lower()) for address in emails(statement.own)]
    if not values:
        return {}
    text, shift = _with_paragraph(statement)
    owners = sorted(_owners(text, known), key=lambda owner: owner.start)
    found: dict[tuple[str, str], tuple[set[str], str]] = {}
    for start, end, kind, value in values:
        owner = _owner_of(text, owners, start + shift, end + shift)
        if (
            owner is not None
            and owner.end <= shift
            and not (_is_person(owner) and ":" not in text[shift : start + shift])
        ):
            continue
        if owner is not None and not (kind == "e-mail" and not _is_person(owner)):
            found.setdefault((owner.key, kind), (set(), owner.called))[0].add(value)
    return found


def _with_paragraph(statement: Statement) -> tuple[str, int]:
    """Returns a statement with what its paragraph says before it, and where its own words begin in that."""
    before = statement.reading.text[max(0, statement.start - PARAGRAPH) : statement.start]
    above = statement.lead.rpartition(" : ")[2] if statement.block.cells else statement.lead  # no line above the table
    lead = "" if statement.follows_on or not above else f"{above} "
    return f"{lead}{before}{statement.own}", len(lead) + len(before)


def _kind(digits: str) -> str:
    return "mobile" if digits.startswith("07") else "telephone"


def _owners(text: str, known: _Names) -> Iterator[_Owner]:
    named = people(text)
    for person in named:
        surname = known.first.get(person.name, person.name).split()[-1].lower()
        whose = f"{_title(person)} {surname}" if surname in known.shared else surname
        yield _Owner(person.start, person.end, f"person {whose}", person.written(text))
    for short, full in known.first.items() if not named else ():
        for match in re.finditer(rf"\b{re.escape(short)}\b", text):
            yield _Owner(match.start(), match.end(), f"person {full.split()[-1].lower()}", match.group())
    lines = list(_lines(text))
    for post in posts(text):  # "the school office" is the same as "the office"
        if not any(line.start <= post.start and post.end <= line.end for line in lines):
            yield _Owner(post.start, post.end, _key_of(post, text), post.written(text))
    yield from lines


def _key_of(post: Post, text: str) -> str:
    """Returns a post's key; of a post that several people hold that of its year, or of this mention alone."""
    if post.key not in HELD_BY_SEVERAL:
        return f"post {post.key}"
    year = re.search(r"\d+", post.written(text))
    return f"post {post.key} {year.group() if year else text}"


def _lines(text: str) -> Iterator[_Owner]:
    """Yields the lines and offices that a text names: "absence line", "school office"."""
    words, vocabulary = cut(text), topic("one_value")
    for name in vocabulary.words("lines"):
        for start, end in vocabulary[name].places(words.forms):
            if vocabulary["not-ours"].first(words.forms[max(0, start - 2) : start]) is None:
                span = words.starts[start], words.ends[end - 1]
                yield _Owner(*span, f"line {name}", text[slice(*span)])


def _owner_of(text: str, owners: list[_Owner], start: int, end: int) -> _Owner | None:
    """Returns whose a value is: the one named right behind it in brackets or after "for", else the last one before."""
    behind = re.match(r"(?: ?\(|,? (?:for|is|reaches) )(?:the |our )?", text[end : end + BEHIND])
    if behind is not None:
        after = next((owner for owner in owners if end <= owner.start <= end + behind.end()), None)
        if after is not None:
            return after
    before = [owner for owner in owners if owner.end <= start and start - owner.end <= NEAR]
    before = [owner for owner in before if not any(_sits_in(text, owner, office) for office in owners)]
    if not before:
        return None
    last = max(before, key=lambda owner: (owner.end, _is_person(owner), -owner.start))
    person = next((owner for owner in before if _is_person(owner) and _side_by_side(text, owner, last)), None)
    return person or last


def _sits_in(text: str, person: _Owner, office: _Owner) -> bool:
    """Whether somebody is only named in brackets behind an office: "School office (Sandra and Bev) 01632 …"."""
    of_an_office = _is_person(person) and office.key.startswith("line ") and office.end < person.start
    return of_an_office and re.fullmatch(r" ?\([^()]*", text[office.end : person.start]) is not None


def _is_person(owner: _Owner) -> bool:
    return owner.key.startswith("person ")


def _side_by_side(text: str, person: _Owner, post: _Owner) -> bool:
    """Whether a post says who a person is: "Mrs Amadi, attendance officer" or "the attendance officer, Mrs Amadi"."""
    first, second = sorted((person, post), key=lambda owner: owner.start)
    return (
        post.key.startswith("post ")
        and re.fullmatch(r",? ?\(?(?:our |the |is |as )*", text[first.end : second.start]) is not None
    )


def _two_values(given: Mapping[tuple[str, str], list[_Given]]) -> Iterator[tuple[str, tuple[Passage, ...]]]:
    """Yields those for whom two places give nothing in common."""
    for (_, kind), places in given.items():
        for index, one in enumerate(places):
            other = next((other for other in places[index + 1 :] if _disagree(one, other)), None)
            if other is not None:
                what = {"e-mail": "e-mail addresses", "mobile": "mobile numbers"}.get(kind, "telephone numbers")
                values = f"{either(sorted(one.values))} and {either(sorted(other.values))}"
                called = min(one.called, other.called, key=len)
                yield f"{called} has two {what}: {values}", (one.passage, other.passage)
                break


def _disagree(one: _Given, other: _Given) -> bool:
    same_place = not one.sites or not other.sites or bool(set(one.sites) & set(other.sites))
    return same_place and one.values.isdisjoint(other.values)


def _nearly_alike(
    seen: Mapping[str, tuple[tuple[str, ...], Passage]], owned: Set[str]
) -> Iterator[tuple[str, tuple[Passage, ...]]]:
    """Yields numbers of one place that a slip of the pen makes two.

    They differ in a single digit which is not among the last, or two neighbouring digits have changed places in them
    and it is not said of both whose they are.
    """
    numbers = list(seen.items())
    for index, (one, (sites, first)) in enumerate(numbers):
        for other, (other_sites, second) in numbers[index + 1 :]:
            different = [place for place in range(min(len(one), len(other))) if one[place] != other[place]]
            same_place = not sites or not other_sites or set(sites) & set(other_sites)
            if len(one) != len(other) or not same_place:
                continue
            if len(different) == 1 and different[0] < len(one) - LAST_DIGITS:
                yield f"the numbers {one} and {other} differ in a digit", (first, second)
            elif _is_swapped(one, other, different) and not (one in owned and other in owned):
                yield f"the numbers {one} and {other} differ in the order of two digits", (first, second)


def _is_swapped(one: str, other: str, different: list[int]) -> bool:
    """Whether two neighbouring digits have changed places."""
    if len(different) != 2 or different[1] != different[0] + 1:
        return False
    at, following = different
    return one[at] == other[following] and one[following] == other[at]
