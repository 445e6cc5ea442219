"""Entries: what a policy says of one person, post or office to turn to, with the ways to reach them.

A careful reader takes together what belongs together: a name, the post below it and the number below that; a row of a
table; a cell where each school has its column; a sentence and the next one that goes on with "she"; the labels of a
list of people and as many people below. A number belongs to the person beside whom it stands and to nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field

from checker.documents.model import BlockKind
from checker.facts import reader
from checker.findings import Passage
from checker.lazy import lazy
from checker.reading.index import WordIndex
from checker.reading.statements import Statements
from checker.reading.words import cut
from checker.recognise.emails import emails
from checker.recognise.people import Person, people
from checker.recognise.posts import Post
from england_attendance.policy.contacts.details import Details, details_of, has_details
from england_attendance.policy.contacts.lines import (
    ANCHORS,
    OFFICE,
    Line,
    Lines,
    Mentions,
    is_bare,
    is_role,
    is_row_of_a_post,
)
from england_attendance.policy.schools.identity import Sites
from england_attendance.policy.vocabulary import topic

_WHOSE = {("her",), ("his",), ("their",)}
_ONE = (("she",), ("he",), ("this",), ("it",))
_BRACKETS = re.compile(r"\([^()]*\)")
_ASIDE = re.compile(r"\([^()]{0,60}\)?")
AROUND = 4
SHORT = 14
ANNOUNCEMENT = 24  # words of a sentence that ends in a colon
LONGEST_NAME = 5  # words, with a title
MOST_LINES = 60  # of one entry: nobody is told of at such length
BEGINNING = 12  # characters before the post in a label such as "Our school's attendance officer"


@dataclass(frozen=True, eq=False)
class Entry:
    """What a policy says of somebody to turn to.

    Attributes:
        lines: Its lines.
        heads: The lines above that announce it, and the heading above.
        sites: The schools that it is for; empty for all.
    """

    lines: tuple[Line, ...]
    heads: tuple[str, ...]
    sites: tuple[str, ...]

    @lazy
    def people(self) -> tuple[Person, ...]:
        """The people that it names, else those whom its heading names."""
        own = tuple(person for line in self.lines for person in line.people)
        return own or tuple(person for head in self.heads for person in people(head))

    @lazy
    def led_by(self) -> tuple[str, ...]:
        """What announces it, and the labels of its cells."""
        return (*self.heads, *(line.label for line in self.lines if line.label))

    @lazy
    def posts(self) -> tuple[Post, ...]:
        """The posts that it names."""
        return tuple(post for line in self.lines for post in line.posts)

    @lazy
    def passage(self) -> Passage:
        """Its first line with somebody in it, else its first line."""
        return next((line.passage for line in self.lines if line.people or line.posts), self.lines[0].passage)

    @lazy
    def details(self) -> Details:
        """The first number and the first address in it."""
        return _first_of(line.details for line in self.lines)

    def details_of(self, person: Person) -> Details:
        """Returns the details that stand with one of its people: behind the name, up to the next name."""
        if all(same_name(named.name, person.name) for named in self.people):
            return self.details
        at = next((index for index, line in enumerate(self.lines) if person in line.people), None)
        if at is None:  # whoever says "I" behind others
            last = max(index for index, line in enumerate(self.lines) if line.people)
            return _first_of(line.details for line in self.lines[last + 1 :])
        line = self.lines[at]
        own = _first_of([_details_behind(line, person), *(_details_of_nobody(self.lines[at + 1 :]))])
        if own or len(line.people) < 2:
            return own
        after = line.people[line.people.index(person) + 1 :][:1]
        for_both = "both" in cut(line.text[line.people[-1].end :]).forms[:2]  # "… and Mrs Dunne, both on 01632 960700"
        joined = bool(after) and (for_both or _is_list(line.text[person.end : after[0].start]))
        return self.details_of(after[0]) if joined else own

    def people_before(self, line: Line) -> tuple[Person, ...]:
        """The people whom a sentence can go on about: not those who are named in a later one."""
        if not line.text.endswith("."):
            return self.people
        own = tuple(person for other in self.lines[: self.lines.index(line)] for person in other.people)
        return own or tuple(person for head in self.heads for person in people(head))

    def named_behind(self, line: Line) -> Person | None:
        """Returns the holder of a post in one of its lines whom the next one names: "She is Mrs Strand"."""
        behind = self.lines[self.lines.index(line) + 1 :][:1]
        return next((other.people[0] for other in behind if names_holder(other)), None)


class Entries:
    """The entries of a policy, and which of them name what: the things by their names in ``contacts.yaml``.

    Args:
        entries: The entries in reading order.
        mentions: What their lines name.
    """

    def __init__(self, entries: Iterable[Entry], mentions: Mentions) -> None:
        self.all = tuple(entries)
        self.mentions = mentions
        self._owners = {line: entry for entry in self.all for line in entry.lines}
        self._saying: dict[tuple[str, ...], Set[Entry]] = {}
        self._under: dict[tuple[str, ...], Set[Entry]] = {}
        self._headed = [entry for entry in self.all for _ in entry.heads]
        cuts = [cut(head) for entry in self.all for head in entry.heads]
        self._heads = WordIndex(cuts)
        self._titles = {at for at, head in enumerate(cuts) if "policy" in head.forms}  # the policy's own title

    def say(self, entry: Entry, *names: str) -> bool:
        """Whether one of some things stands in an entry's own lines."""
        known = self._saying.get(names)
        if known is None:
            lines = set[Line]().union(*(self.mentions.of(topic("contacts/contacts")[name]) for name in names))
            known = self._saying[names] = {self._owners[line] for line in lines & self._owners.keys()}
        return entry in known

    def are_under(self, entry: Entry, *names: str) -> bool:
        """Whether one of some things stands in what announces an entry."""
        known = self._under.get(names)
        if known is None:
            heads = set[int]().union(*(self._heads.texts_with(topic("contacts/contacts")[name]) for name in names))
            known = self._under[names] = {self._headed[head] for head in heads - self._titles}
        return entry in known


@reader
def entries(statements: Statements, sites: Sites) -> Entries:
    """Reads the entries: around each number, address, and mention of a role."""
    words = topic("contacts/contacts")
    anchors = {index for name in ANCHORS for index in statements.find(words[name])}
    anchors |= {statement.index for statement in statements if has_details(statement.own)}
    wanted = {near for at in anchors for near in range(at - AROUND, at + AROUND + 1)}
    lines = list(Lines(statements, sites).around(sorted(index for index in wanted if 0 <= index < len(statements))))
    mentions = Mentions(statements, lines)
    return Entries(_Gatherer(statements, sites, mentions).gathered(lines), mentions)


@dataclass
class _Gatherer:
    """Goes through the lines and puts together those that belong to one entry."""

    statements: Statements
    sites: Sites
    mentions: Mentions
    current: list[Line] = field(default_factory=list)
    announcing: list[Line] = field(default_factory=list)
    group: list[list[Line]] = field(default_factory=list)

    def gathered(self, lines: Sequence[Line]) -> Iterator[Entry]:
        previous: Line | None = None
        for line in lines:
            if previous is not None and not _same_place(previous, line) and not self._is_asked_of_them(line):
                yield from self._closed_group()
            if 0 < len(self.current) < MOST_LINES and self._joins(line):
                self.current.append(line)
            elif self._announces(line):
                self._close()
                if self.group:
                    yield from self._closed_group()
                self.announcing.append(line)
            else:
                self._close()
                self.current = [line]
            previous = line
        yield from self._closed_group()

    def _is_asked_of_them(self, line: Line) -> bool:
        """Whether a heading asks how the one before it is reached: "How do I get hold of her? / On 01632 960111"."""
        title = self.statements.document.sections[line.block.section].title
        asks = title.endswith("?") and topic("contacts/contacts")["reach-them"].first(cut(title).forms) is not None
        return asks and bool(line.details) and not any(one.details for one in self.current)

    def _close(self) -> None:
        if self.current:
            self.group.append(self.current)
        self.current = []

    def _closed_group(self) -> Iterator[Entry]:
        """Yields the entries under some announcing lines: as many labels as entries belong to these one by one."""
        self._close()
        heads = [line.text for line in self.announcing]
        one_by_one = len(heads) == len(self.group) > 1
        for at, lines in enumerate(self.group):
            own = [line.text for line in self.announcing if not _is_a_duty_before(line, lines[0])]
            yield self._entry(lines, [heads[at]] if one_by_one else own)
        if not self.group:
            for line in self.announcing:
                yield self._entry([line], [])
        self.announcing, self.group = [], []

    def _entry(self, lines: Sequence[Line], heads: Sequence[str]) -> Entry:
        headings = self.statements.document.path_to(lines[0].block.section)
        above = [section.title for section in headings]
        sites: tuple[str, ...] = ()
        if self.sites.names:
            texts = [" ".join(f"{line.label} {line.text}" for line in lines), *heads, *reversed(above)]
            plain = [text.replace(self._domain_of_all, "") for text in texts] if self._domain_of_all else texts
            sites = next((found for text in plain if (found := self.sites.in_text(text))), ())
        heading = [title for title in above[-1:] if not heads or people(title)]
        if heading and people(heading[0]):
            heading = [*self._empty_heading_before(lines[0].block.section), *heading]
        return Entry(tuple(lines), (*heads, *heading), sites)

    @lazy
    def _domain_of_all(self) -> str:
        """Where all addresses of the policy are: it tells no site from another, though one may be called alike."""
        domains = {email.value.partition("@")[2] for email in emails(self.statements.document.text)}
        return domains.pop() if len(domains) == 1 else ""

    def _empty_heading_before(self, section: int) -> list[str]:
        """Returns the heading just before one that is a name, where nothing stands under it: a post with its holder."""
        if section < 1 or self.statements.in_section(section - 1):
            return []
        return [self.statements.document.sections[section - 1].title]

    def _announces(self, line: Line) -> bool:
        """Whether a line only announces who comes below it."""
        longest = ANNOUNCEMENT if line.text.endswith(":") else SHORT
        if line.in_table or len(_BRACKETS.sub("", line.text).split()) > longest or line.details or line.people:
            return False
        return not line.text.endswith(".") or line.text.rstrip(".").endswith((" is", " are", ":"))

    def _joins(self, line: Line) -> bool:
        """Whether a line goes on with the entry before it."""
        last = self.current[-1]
        if self._gives_the_post(line):
            return True
        asks, same_block = line.text.endswith("?"), line.block is last.block and not line.in_table
        tells_more = len(line.text.split()) > SHORT or line.text.endswith((".", ":"))
        if not line.details and not asks and not same_block and (line.in_table or tells_more):
            return False
        if line.in_table and (not last.in_table or line.label or _is_label(line)):
            same = line.label in {"", last.label} or (bool(last.people) and line.part == last.part)
            return same and bool(line.details) and not line.people and is_bare(line)
        if line.people:
            return not line.in_table and (self._is_same_person(line) or self._names_the_holder(line))
        reached = any(one.details for one in self.current)
        if asks and not line.posts and not line.details:  # "How do I get hold of him?"
            return self._is_about_somebody() and not reached and self._says(line, "reach-them")
        if line.details:
            leans = self._says(line, "asks-for") or (
                not _pronouns().isdisjoint(cut(line.text).forms) and all(post.key == OFFICE for post in line.posts)
            )
            leans = leans or self._says_how_to_reach(line)
            whose = self._is_about_somebody() or bool(self.announcing)
            return whose and (is_bare(line) or (leans and _near(last, line)))
        if same_block and (not line.posts or not _pronouns().isdisjoint(cut(line.text).forms[:3])):
            return not asks
        if line.in_table or tells_more or asks or reached:
            return False
        if self.current[0].in_table and not line.posts:
            return True
        named = any(one.people for one in self.current)
        begins = is_role(line.text) and bool(self.announcing) and not self._has_name_first()
        return named and not begins and not any(post.team for post in line.posts)

    def _gives_the_post(self, line: Line) -> bool:
        """Whether a row gives the post of whom the row before names, "Position | Vice Principal", and no row has done so."""
        named = any(one.people for one in self.current)
        return named and is_row_of_a_post(line) and not any(is_row_of_a_post(one) for one in self.current)

    def _is_about_somebody(self) -> bool:
        """Whether the entry so far names a person, a post, or somebody's part."""
        return any(one.people or one.posts or self._says(one, "helper") for one in self.current)

    def _says(self, line: Line, name: str) -> bool:
        return line in self.mentions.of(topic("contacts/contacts")[name])

    def _says_how_to_reach(self, line: Line) -> bool:
        """Whether a line says through whom the one before it is reached: "They can be reached through the office or on …"."""
        begins = not _pronouns().isdisjoint(cut(line.text).forms[:1])
        return begins and self._says(line, "reach-them")

    def _has_name_first(self) -> bool:
        """Whether an entry is a name as yet, and what stands above is no post that the name belongs to."""
        above, first = self.announcing[-1], self.current[0]
        label = (bool(above.posts) or is_role(above.text)) and not _is_a_duty_before(above, first)
        return len(self.current) == 1 and not label and not first.posts and len(first.text.split()) <= LONGEST_NAME

    def _is_same_person(self, line: Line) -> bool:
        """Whether all whom a line names are named in the entry before it already, and it stands in the same paragraph."""
        known = [person.name for one in self.current for person in one.people]
        return line.block is self.current[-1].block and all(
            any(same_name(name, person.name) for name in known) for person in line.people
        )

    def _names_the_holder(self, line: Line) -> bool:
        """Whether a line gives the name of whoever holds the post before: "She is Mrs Strand"."""
        last, named = self.current[-1], any(one.people for one in self.current)
        return names_holder(line) and not named and bool(last.posts) and line.block is last.block


def names_holder(line: Line) -> bool:
    """Whether a line says who somebody spoken of before is: "She is Mrs Strand", "Her name is Ruth Strand"."""
    forms = cut(line.text).forms
    is_one = (forms[:1] in _ONE and forms[1:2] == ("is",)) or (forms[:1] in _WHOSE and forms[1:3] == ("name", "is"))
    if not is_one or len(line.people) != 1:
        return False
    between = set(cut(line.text[: line.people[0].start]).forms[2:]) - {"is"}  # not "It is studied by Mrs Strand"
    return between.isdisjoint(topic("contacts/contacts").words("dealing-with")) and "by" not in between


def _is_list(between: str) -> bool:
    """Whether what stands between two names only lists them: "A. Birch (Hill Lane), J. Vale and …"."""
    return cut(_ASIDE.sub("", between)).forms in {(), ("and",), ("or",)}


def _is_a_duty_before(head: Line, line: Line) -> bool:
    """Whether a line is an item of a list that ends before another: a duty in a list announces nobody below the list."""
    if (head.block.kind, line.block.kind) != (BlockKind.LIST_ITEM, BlockKind.PARAGRAPH):
        return False
    return not (is_role(head.text) and any(post.start < BEGINNING for post in head.posts))


def same_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: "Ann Marlowe", "A Marlowe", "Marlowe" and "Ann"."""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    if len(shorter) < 2:
        return set(shorter) <= set(longer)
    initials = shorter[0][0] == longer[0][0] and (len(shorter[0]) == 1 or len(longer[0]) == 1)
    return shorter[-1] == longer[-1] and (shorter[0] == longer[0] or initials)


def _same_place(one: Line, other: Line) -> bool:
    if one.block.section != other.block.section:
        return False
    if one.block.table is not None and one.block.table == other.block.table:
        return True
    return not (one.statements and other.statements) or other.statements[0].index - one.statements[-1].index <= 1


def _near(one: Line, other: Line) -> bool:
    return one.block is other.block or _same_place(one, other)


def _is_label(line: Line) -> bool:
    """Whether a row begins with a role: it begins an entry of its own."""
    return bool(line.block.cells) and is_role(line.block.cells[0].text)


def _pronouns() -> frozenset[str]:
    return topic("contacts/contacts").words("person-pronouns")


def _details_behind(line: Line, person: Person) -> Details:
    after = line.people[line.people.index(person) + 1 :][:1]
    return details_of(line.text, line.passage, person.end, after[0].start if after else len(line.text))


def _details_of_nobody(lines: Sequence[Line]) -> Iterator[Details]:
    """Yields the details of the lines up to the next one that names somebody."""
    for line in lines:
        if line.people:
            return
        yield line.details


def _first_of(found: Iterable[Details]) -> Details:
    telephone = email = passage = None
    for details in found:
        passage = passage or details.passage
        telephone, email = telephone or details.telephone, email or details.email
    return Details(telephone, email, passage)
