"""The law and guidance that a policy names: the 2024 Regulations among it, and nothing revoked or superseded as if in force."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from checker.catalogue import Instrument, load_instruments
from checker.context import Context
from checker.documents.model import BlockKind
from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.listing import listed
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from checker.recognise import legal
from checker.recognise.dates import PartialDate, dates
from checker.recognise.spans import Span
from checker.recognise.titles import Titles
from england_attendance.policy.document.review_dates import PolicyDate
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, only_in_what_was_read, with_gaps
from england_attendance.policy.vocabulary import topic

CURRENT = "registration-regulations-2024"
PANDEMIC = "coronavirus-guidance"
REVOKED_DELETIONS = "8"  # the number of the regulation on deletions in the Regulations of 2006
GUIDANCE = {"guidance", "statutory-guidance", "statistics", "convention"}
CLOSE, ADJACENT = 7, 3  # words before a citation in which it is said to be over, or not to be what is meant
BEFORE, BEHIND = 3, 4  # words around "replaces" in which it is said what
FEWEST_WORDS = 3  # a title without an edition is told from common words by its length and its capital
_PRONOUNS = frozenset(["it", "they", "these", "those", "both", "which"])
_SMALL = frozenset(["the", "of", "and", "on", "in", "for", "no", "s", "i", "amendment", "england"])


_YEAR = re.compile(r"\b20\d\d\b")
_OF_OTHERS = re.compile(r" of the (?!(?:\S+ ){0,8}(?:\(?Pupil Registration|2006|2024)|Regulations\b)[A-Z]")
_FROM_A_DAY = re.compile(r"\bfrom (?:the )?(?:\d|[A-Z][a-z]+ \d)")


@dataclass(frozen=True, slots=True)
class Cited:
    """An instrument or edition that a policy names.

    Attributes:
        key: Its key in ``instruments.yaml``.
        words: How the policy names it.
        passage: Where.
        as_past: Whether the statement says that it has been replaced, or tells the document's history.
    """

    key: str
    words: str
    passage: Passage
    as_past: bool


@dataclass(frozen=True)
class Citations:
    """The law and guidance that a policy names.

    Attributes:
        cited: What could be told to be one instrument or edition.
        headed: What its headings name: what is over is named there as if in force, but a heading says of nothing in
            force that it is followed.
        old_numbers: Where "regulation 8" stands for deletions, as it did until 2024.
    """

    cited: tuple[Cited, ...] = ()
    headed: tuple[Cited, ...] = ()
    old_numbers: tuple[Passage, ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows each instrument once."""
        named = {cited.key: cited for cited in self.cited}
        value = [
            {"instrument": known_instruments()[key].title, "edition": known_instruments()[key].edition} for key in named
        ]
        yield PublishedFact("instruments", value, tuple(cited.passage for cited in named.values()))


@reader
def citations(statements: Statements) -> Citations:
    """Reads the law and guidance that the policy names."""
    in_headings = _headings(statements)
    headed = [found for heading in in_headings for found in _of(in_headings, heading)]
    cited = [
        found
        for statement in statements
        if not statement.row or _short_row(statement)
        for found in _of(statements, statement)
    ]
    return Citations(tuple(cited), tuple(headed), tuple(_old_numbers(statements)))


@check("policy.current-regulations")
def names_the_regulations(citations: Citations, gaps: Gaps) -> Outcome:
    """The School Attendance (Pupil Registration) (England) Regulations 2024 are named."""
    found = [cited.passage for cited in citations.cited if cited.key == CURRENT]
    if found:
        return passed("The Regulations of 2024 are named.", found[:2])
    title = known_instruments()[CURRENT].title
    fault = Fault(f"The policy does not name the {title}.")
    waiting = could_stand_in_a_gap(gaps, [topic("document/legislation")["place"]], f"does not name the {title}")
    return waiting or with_gaps(failed(fault, searched=f"“{title}”, and shorter names of them"), gaps)


@check("policy.superseded-references")
def nothing_superseded(citations: Citations, date: PolicyDate, context: Context, gaps: Gaps) -> Outcome:
    """No revoked or superseded instrument or edition is named as if in force."""
    past = [
        cited
        for cited in (*citations.cited, *citations.headed)
        if not cited.as_past and _is_over(known_instruments()[cited.key], context.as_at)
    ]
    together: defaultdict[tuple[Instrument | None, dt.date | None], list[Cited]] = defaultdict(list)
    for cited in past:
        instrument = known_instruments()[cited.key]
        together[_successor(instrument), instrument.in_force.until].append(cited)
    faults = [
        Fault(_message(same, successor, until, date.day(context.as_at)), None, tuple(one.passage for one in same))
        for (successor, until), same in together.items()
    ]
    faults += [
        Fault(
            "Deletions stand in regulation 9 of the Regulations of 2024; regulation 8 was their number in those of 2006.",
            None,
            (passage,),
        )
        for passage in citations.old_numbers
    ]
    if faults:
        return failed(*faults)
    named = [cited.passage for cited in citations.cited if not cited.as_past]
    found = passed("Nothing that has been revoked or superseded is named as if in force.", named[:2])
    return only_in_what_was_read(found, gaps)


@cache
def known_instruments() -> Mapping[str, Instrument]:
    """Returns the instruments of the catalogue by their keys."""
    return load_instruments(resources.files("england_attendance") / "catalogue", trusted=True)


def _is_over(instrument: Instrument, as_at: dt.date) -> bool:
    return instrument.in_force.until is not None and instrument.in_force.until < as_at


def _message(cited: Sequence[Cited], successor: Instrument | None, until: dt.date | None, policy_date: dt.date) -> str:
    """Returns what to say of works that had to give way to the same successor on the same day."""
    names = list(dict.fromkeys(_name_of(one) for one in cited))
    revoked = all(known_instruments()[one.key].kind == "regulations" for one in cited)
    many = revoked or len(names) > 1
    since = until is not None and policy_date <= until
    which = f"which {'have' if many else 'has'} since been" if since else f"which {'are' if many else 'is'}"
    which += " revoked" if revoked else " superseded"
    instead = f" Name instead: {_full_name(successor)}." if successor else ""
    last = f"{until.day} {until:%B %Y}" if until else "an earlier day"
    named = listed(names, last="; and ", between="; ")
    return f"The policy names {named}, {which} ({'they were' if many else 'it was'} in force until {last}).{instead}"


def _name_of(cited: Cited) -> str:
    """Returns what a policy names; without the edition where the policy gives another year of the same guidance."""
    instrument = known_instruments()[cited.key]
    years = re.findall(r"\d{4}", instrument.edition or "")
    return _full_name(instrument) if any(year in cited.passage.quote for year in years) else instrument.title


def _full_name(instrument: Instrument) -> str:
    return f"{instrument.title}, {instrument.edition}" if instrument.edition else instrument.title


def _successor(instrument: Instrument) -> Instrument | None:
    """Returns what stands in the place of an instrument now: its successor, or that one's."""
    successor = known_instruments().get(instrument.revoked_by or "")
    while successor is not None and (later := known_instruments().get(successor.revoked_by or "")) is not None:
        successor = later
    return successor


def _of(statements: Statements, statement: Statement) -> Iterator[Cited]:
    text = statement.own
    if "S.I" not in text and _telling_words().isdisjoint(statement.words.forms):
        return
    cited = [*_of_the_pandemic(statements, statement), *_instruments(text), *_titles(statements, statement)]
    history = bool(cited) and _is_history(statements, statement)
    for key, found in cited:
        as_past = history or _is_over_there(statements, statement, found)
        yield Cited(key, found.written(text), _passage(statements, statement, found.start, found.end), as_past)


def _instruments(text: str) -> Iterator[tuple[str, Span]]:
    """Yields the Acts, Regulations and Orders that a text cites, with their keys."""
    for found in legal.instruments(text):
        # "… Regulations, which came into force on 19 August 2024"
        key = _key_of(replace(found, year=2024) if found.year is None and "2024" in text else found)
        if key is not None:
            yield key, found


def _titles(statements: Statements, statement: Statement) -> Iterator[tuple[str, Span]]:
    """Yields the titles of guidance that a statement names, with the keys of their editions."""
    text = statement.own
    for title in known_titles().find(text):
        edition = None if _applies_from(text, title.end) else title.edition
        key = _edition_key(title.key, edition, title.written(text))
        if key is not None and _is_a_work(statements, statement, title):
            yield key, title


def _headings(statements: Statements) -> Statements:
    """Returns the headings, as if each were a statement: a work may be named there alone."""
    blocks = [block for block in statements.document.blocks if block.kind is BlockKind.HEADING]
    return Statements(
        statements.document,
        [Statement(at, block.reading, 0, len(block.text), "", block, at) for at, block in enumerate(blocks)],
    )


def _is_history(statements: Statements, statement: Statement) -> bool:
    """Whether a statement tells the document's history: by the heading above it, or by that of its column."""
    words = topic("document/legislation")
    headed = statement.block.table is not None and words["history-column"].first(cut(statement.lead).forms) is not None
    return headed or statements.under(statement, words["history"])


def _is_over_there(statements: Statements, statement: Statement, cited: Span) -> bool:
    """Whether a sentence says of what it cites that it is over; that a policy replaces another says nothing of it."""
    words, vocabulary = statement.words, topic("document/legislation")
    ends = [end - statement.own_offset for end in words.ends]
    first = next((at for at, end in enumerate(ends) if end > cited.start), len(words))
    last = next((at for at, end in enumerate(ends) if end >= cited.end), len(words))
    for name, near in (("formerly", CLOSE), ("not", ADJACENT)):
        if vocabulary[name].first(words.forms[max(0, first - near) : first]) is not None:
            return True
    if vocabulary["no-more"].first(words.forms[last + 1 : last + 1 + CLOSE]) is not None:
        return True
    if _goes_on_that_it_is_over(statements, statement):
        return True
    outside = [
        match for match in statements.matches(statement, vocabulary["in-its-time"]) if not first <= match.start <= last
    ]
    return bool(outside) or any(
        match.start >= statement.own_from
        and vocabulary["of-others"].first(_around(words.forms, match, (first, last))) is None
        for match in statements.matches(statement, vocabulary["replaced"])
    )


def _goes_on_that_it_is_over(statements: Statements, statement: Statement) -> bool:
    """Whether the sentence after says so: "They were revoked in 2024"."""
    after = statements.all[statement.index + 1 : statement.index + 2]
    return any(
        s.block is statement.block
        and s.words.forms[s.own_from] in _PRONOUNS
        and any(match.start >= s.own_from for match in statements.matches(s, topic("document/legislation")["replaced"]))
        for s in after
        if s.own_from < len(s.words)
    )


def _around(forms: Sequence[str], match: Match, cited: tuple[int, int]) -> list[str]:
    """Returns the few words around "replaces", without those of the citation."""
    near = (*range(match.start - BEFORE, match.start), *range(match.end, match.end + BEHIND))
    return [forms[at] for at in near if 0 <= at < len(forms) and not cited[0] <= at <= cited[1]]


def _is_a_work(statements: Statements, statement: Statement, title: Span) -> bool:
    """Whether a title of few words is one and no words of the sentence: "School Attendance (2014)", guidance, is."""
    if len(title.written(statement.own).split()) >= FEWEST_WORDS:
        return True
    return title.written(statement.own).isupper() or statements.says(statement, topic("document/legislation")["a-work"])


def _of_the_pandemic(statements: Statements, statement: Statement) -> Iterator[tuple[str, Span]]:
    """Yields the guidance of the pandemic, which goes by many names, with its key."""
    for match in statements.matches(statement, topic("document/legislation")["pandemic-guidance"])[:1]:
        words = statement.words
        start, end = (place - statement.own_offset for place in (words.starts[match.start], words.ends[match.end - 1]))
        if start >= 0:
            yield PANDEMIC, Span(start, end)


def _passage(statements: Statements, statement: Statement, start: int, end: int) -> Passage:
    if len(statement.own) <= 300:
        return statements.passage(statement)
    return statements.document.passage(*statement.reading.span(statement.start + start, statement.start + end))


def _key_of(found: legal.Instrument) -> str | None:
    """Returns the Act, Regulations or Order that a citation means: of the same year, with all its telling words."""
    words = {word.strip("(),.").lower() for word in found.title.replace("(", " ").split()} - _SMALL
    words = words - {"regs", "regulation"} | {"regulations"} if words & {"regs", "regulation"} else words
    best: tuple[int, str] | None = None
    for key, instrument in known_instruments().items():
        if instrument.kind in GUIDANCE or found.year is None:
            continue
        if found.number is not None and instrument.number == f"SI {found.number}":
            return key
        for name in (instrument.title, *instrument.names):
            own = {word.strip("(),.").lower() for word in name.split()}
            if str(found.year) not in own or ("amendment" in own) != ("amendment" in found.title.lower()):
                continue
            shared = len(words & own)
            if words <= own and shared >= 2 and (best is None or shared > best[0]):
                best = (shared, key)
    return best[1] if best else _bare_key(found, words)


def _bare_key(found: legal.Instrument, words: set[str]) -> str | None:
    """Returns what "the 2006 Regulations" means: the registration Regulations of that year."""
    if found.kind is legal.InstrumentKind.REGULATIONS and words <= {
        "regulations",
        "registration",
        "pupil",
        "education",
        "school",
        "attendance",
    }:
        key = f"registration-regulations-{found.year}"
        return key if key in known_instruments() else None
    return None


def _edition_key(title: str, edition: PartialDate | None, written: str) -> str | None:
    """Returns the edition that is named; without one, the work where all its editions are past."""
    editions = {key: one for key, one in known_instruments().items() if one.kind in GUIDANCE and one.title == title}
    if edition is None:
        past = [key for key, one in editions.items() if one.in_force.until is not None]
        told = len(written.split()) >= FEWEST_WORDS and (written[0].isupper() or len(title.split()) >= FEWEST_WORDS)
        return past[0] if len(past) == len(editions) and told else None
    for key, one in editions.items():
        stated = dates(one.edition or "", years=True)
        if stated and stated[0].value.year == edition.year and stated[0].value.month == edition.month:
            return key
    same_year = [
        key
        for key, one in editions.items()
        if str(edition.year) in (one.edition or "") and "before" not in (one.edition or "")
    ]
    if edition.month is None and same_year:
        return max(same_year, key=lambda key: editions[key].in_force.since or dt.date.min)
    day = edition.last_day()
    return next((key for key, one in editions.items() if one.in_force.holds(day)), None)


def _applies_from(text: str, end: int) -> bool:
    """Whether the date beside a title is that of its force, which names no edition: "applies from 19 August 2024"."""
    behind = text[end : end + 40]
    year = _YEAR.search(behind)
    behind = behind[: year.end()] if year else behind
    return _FROM_A_DAY.search(behind) is not None or any(
        word in behind.lower() for word in ("applies from", "effective", "in force", "commenc", "applied")
    )


def _old_numbers(statements: Statements) -> Iterator[Passage]:
    for statement in statements.having(topic("document/legislation")["deletion"]):
        for provision in legal.provisions(statement.text):
            old = any(number.split("(")[0] == REVOKED_DELETIONS for number in provision.numbers)
            old = old and provision.kind is legal.ProvisionKind.REGULATION
            own = Span(provision.start - statement.own_offset, provision.end - statement.own_offset)
            of_others = _OF_OTHERS.match(statement.text, provision.end)
            if old and not of_others and not _is_over_there(statements, statement, own):
                yield statements.passage(statement)
                break


def _short_row(statement: Statement) -> bool:
    return len(statement.own.split()) <= 60


@cache
def known_titles() -> Titles:
    """Returns the titles of the guidance and other documents that the catalogue knows."""
    spellings: dict[str, list[str]] = {}
    for instrument in known_instruments().values():
        if instrument.kind in GUIDANCE:
            written = spellings.setdefault(instrument.title, [])
            written += [name for name in (instrument.title, *instrument.names) if name not in written]
    return Titles(spellings)


@cache
def _telling_words() -> frozenset[str]:
    """The words without which no citation stands: the first word of each title, and the names of kinds of law."""
    words = {"act", "regulations", "regs", "order", "si", "bill", "rules"}
    for instrument in known_instruments().values():
        for name in (instrument.title, *instrument.names):
            words.add(name.lower().split()[0].strip("(),.:'"))
    return frozenset(words - {"the"})
