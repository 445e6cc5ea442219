"""The names of the schools that a policy is about."""

from __future__ import annotations

import re
from calendar import day_name
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from checker.documents.model import Block, BlockKind, Document
from checker.reading.sentences import sentence_spans
from checker.reading.words import cut
from england_attendance.policy.vocabulary import topic

FRONT = 30
_TYPE = (
    r"(?:School|Academy|Academies|College|Nursery|Federation|Primary|Infants?|Juniors?|Preparatory|PRU"
    r"|Pupil Referral Unit|SCHOOL|ACADEMY|COLLEGE|NURSERY|FEDERATION|PRIMARY|(?:[A-Z][\w'-]+ )?(?:Education|Learning|Teaching|Tuition|Study"
    r"|Inclusion) Centre|UTC)"
)
# One of these stands in every word for a type.
_IN_TYPES = (
    "School",
    "Academ",
    "College",
    "Nursery",
    "Federation",
    "Primary",
    "Infant",
    "Junior",
    "Preparatory",
    "PRU",
    "Pupil",
    "SCHOOL",
    "ACADEMY",
    "COLLEGE",
    "NURSERY",
    "FEDERATION",
    "PRIMARY",
    "Centre",
    "UTC",
)
_PART = r"(?:St\.|[A-Z][\w'-]*|\([A-Z][\w'. -]*\)|of|the|and|in|on|upon|for|at|&|de|le|la|C of E)"
_NAME = re.compile(
    rf"(?<![\w'])(?:The )?(?:St\.|[A-Z][\w'-]*)(?: {_PART}){{0,9}}? {_TYPE}"
    rf"(?: (?:and|&) (?:Nursery|Infants?|Juniors?|Primary|Sixth Form|College|Pre-School))?(?: {_TYPE})?"
    r"(?: for (?:Girls|Boys))?"
    r"(?![\w']| (?:Trust|Trusts|Association|Improvement|Development|Day|Week|Council|Attendance (?:Services?|Teams?))\b)"
)
_PLACE = re.compile(
    r"(?:The )?(?:St\.?|[A-Z][\w'-]*)(?: (?:of|the|[A-Z][\w'-]*)){0,3} "
    r"(?:House|Hall|Court|Lodge|Grange|Abbey|Manor|Priory|Park|Place|Centre|Unit|Hub|Institute|Foundation)"
)
_SITE = re.compile(r"(?:The |At (?:our |the )?)?(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2} (?i:site|campus))")
_AT_SITE = re.compile(r"(?P<what>.*\bat) (?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3})")
_COUNTS = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}
_COUNTED = re.compile(
    rf"\b(?P<count>{'|'.join(_COUNTS)}) (?:main |separate |school )?(?:sites|campuses)(?= ?[:,;(–-]| at | in |$)",
    re.IGNORECASE,
)
_AROUND_TITLE = re.compile(
    r"^(?:(?:Annex|Appendix|Schedule|Part|Section|Academy|School) )?(?:[A-Z]|\d{1,2})?(?: ?[:.)–-] ?| )(?=[A-Z])"
    r"| ?\([^()]*\)$| ?[,:–-] (?i:times|contacts?|details|particulars|information).*$"
)
_PARTICULAR = re.compile(r"\b\d{1,2}[.:]\d\d(?!\d)|\b0\d{2,4}[ )]|\w@\w")
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d\d(?!\d)")
# "Coming to School", "BOYS MUST BE IN SCHOOL"
_DEED = re.compile(
    r"[A-Z]\w+ing (?:in|into|to|for|from|with|our|the|your) |.*\b(?:MUST|SHOULD|WILL|SHALL|IS|ARE|BE|YOUR|YOU)\b"
)
# "Our Lady's", "All Saints", "Board Lane": what stands before other names is here a part of the name.
_OF_THE_NAME = re.compile(
    r"Our Lady\b|All (?:Saints|Souls|Hallows)\b|\w+ (?:Lane|Road|Street|Avenue|Row|Way|Drive|Walk)\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r" ?\([^()]*\)")
_PLAIN_NAME = re.compile(r"(?:our |the |at )?(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})(?=$|[ *(,:.;–-])")
_PLAIN_LINE = re.compile(r"(?:The )?[A-Z][\w'-]+(?: [A-Z][\w'-]+){1,3}")
_NAMED_ROW = re.compile(r"(?:St\.?|[A-Z][\w'-]*)(?: (?:of|the|and|&|at|upon|on|in|St\.?|[A-Z][\w'-]*)){0,5}")
FEWEST_MENTIONS = 2
MOST_SITES = 5
MOST_ROWS = 3  # behind the headings of columns
_ROWS_OF_SCHOOLS = re.compile(
    r"(?:(?:name of )?(?:the |our |each )?(?:school|academy|site|campus|base|centre|setting|building|hub)s?"
    r"|(?:school|academy)(?:'s)? name)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\b(?:Federation|FEDERATION|Academies)$")
_JOINT_HEAD = re.compile(r"(?:The )?[A-Z][\w'&. -]{1,60} (?:Federation|Trust|Partnership|Academies|Schools)")
_BEFORE_NAMES = re.compile(r"^(?:for|of|at|the schools?:|schools?:)\s+", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r",? and (?=[A-Z])|, |; | & | / ")
_AFTER_OF = re.compile(r" (?:of|at|for|to|from|in|by|and) ")


def names_of(document: Document) -> list[str]:
    """Returns the names of the schools that a policy is about, in the order in which they are first named.

    Several are named by a list or a line of nothing but names on the front, by a sentence that says to whom the policy
    applies, or by the headings of their sites. Else the school is the one that is named most often among those on the front.
    """
    counts: Counter[str] = Counter()
    front: list[str] = []
    listed: list[str] = []
    joined: list[str] = []
    again = {" ".join(cell.text for cell in table.rows[0].cells) for table in document.tables}
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.RUNNING and block.text in again:  # headings of a table, on its next page
            continue
        for text in _texts(block):
            found = _names_in(text)
            if found:
                counts.update(found)
            if index >= FRONT:
                continue
            front.extend(found)
            alone = _IN_BRACKETS.sub("", text).strip(" :.–-")
            rooms = bool(block.cells) and alone.endswith(" Nursery")  # a column or row of a timetable
            listed.extend(name for name in found if len(name) >= len(alone) - 5 and not rooms)
            if len(distinct(joined)) < 2:
                joined = [*_named_together(text)] or _line_of_names(text) or joined
    for several in (joined, listed):
        schools = [name for name in distinct(several) if not _JOINT.search(name)]
        if len(schools) > 1:
            return [_as_written(name, counts) for name in [*schools, *_others_in_rows(document, schools)]]
    for find in (
        _schools_with_headings, _schools_in_columns, _schools_in_rows, _schools_with_lines, _sites_with_headings, _sites_counted,
    ):  # fmt: skip
        sites = find(document)
        if len(sites) > 1:
            return sites
    front = [name for name in front if not _is_common(name, document.blocks)]
    best = _most_named(front, counts) or _line_that_names(document)
    best = best or _most_named([name for name, count in counts.items() if count > 2], counts)
    return [best] if best else []


def _schools_with_headings(document: Document) -> list[str]:
    """Returns the schools that have a heading each, and times or contacts of their own below it.

    "Annex A: Fell Primary Academy (4-11)" beside "Annex B: Beck Academy (11-16)"; "Leaving School" is none.
    """
    by_level: defaultdict[int, list[str]] = defaultdict(list)
    for section in document.sections:
        named = _NAME.fullmatch(_AROUND_TITLE.sub("", section.title.strip(" :")))
        own = key_of(named.group())[0] if named else ()
        if not named or not own or _JOINT.search(named.group()) or _is_common(own[0], document.blocks):
            continue
        if _PARTICULAR.search(document.text, section.start, section.end):
            by_level[section.level].append(named.group().removeprefix("The "))
    return max((distinct(names) for names in by_level.values()), key=len, default=[])


def _schools_in_columns(document: Document) -> list[str]:
    """Returns the schools that have a column each in a table, with times or contacts below."""
    rows = [block for block in document.blocks if block.cells]
    for at, row in enumerate(rows):
        cells = [_IN_BRACKETS.sub("", cell.text).strip(" :.–-") for cell in row.cells]
        found = (_NAME.fullmatch(cell) for cell in cells)
        names = [name for match in found if match and (name := _cleaned(match.group())) and not _JOINT.search(name)]
        below = [other for other in rows[at + 1 : at + 1 + MOST_ROWS] if len(other.cells) == len(row.cells)]
        if len(distinct(names)) > 1 and any(_PARTICULAR.search(other.text) for other in below):
            return distinct(names)
    return []


def _schools_in_rows(document: Document) -> list[str]:
    """Returns the schools that have a row each below a heading "School" or "Site", with times or contacts in it."""
    found: list[list[str]] = []
    for head, *below in (table.rows for table in document.tables):
        if _ROWS_OF_SCHOOLS.fullmatch(head.cells[0].text.strip(" :")) is None:
            continue
        telling = [
            row for row in below if _PARTICULAR.search(row.text)
        ]  # "Tuition at home | by arrangement" is no site
        cells = [_IN_BRACKETS.sub("", row.cells[0].text).strip(" :*.–-") for row in telling]
        named = [name.removeprefix("The ") for name in cells if name]
        if all(_NAMED_ROW.fullmatch(name) and key_of(name)[0] and name not in day_name for name in named):
            found.append(distinct(named))
    return max(found, key=len, default=[])


def _schools_with_lines(document: Document) -> list[str]:
    """Returns the schools that have a line of times each: "Fell Academy: morning 8.45, closing 9.10; …" above another's."""
    found: list[str] = []
    for block in document.blocks:
        label, colon, behind = block.text.partition(": ")
        named = _NAME.fullmatch(_IN_BRACKETS.sub("", label)) if colon and not block.cells else None
        name = _cleaned(named.group()) if named and not _JOINT.search(named.group()) else None
        if name and len(_CLOCK.findall(behind)) > 1:
            found.append(name)
    return distinct(found)


def _others_in_rows(document: Document, schools: Sequence[str]) -> list[str]:
    """Returns the schools that have a row beside those of the named ones, and a name that does not say that they are schools."""
    known = {key_of(name)[0] for name in schools}
    rows = {name: key_of(name)[0] for name in _schools_in_rows(document)}
    return [name for name, own in rows.items() if own not in known] if known.issubset(rows.values()) else []


def _sites_with_headings(document: Document) -> list[str]:
    """Returns the sites that have a heading each: "Larkfield site" beside "Thorne site"."""
    found = (_SITE.fullmatch(section.title.strip(" :")) for section in document.sections)
    names = [match["name"] for match in found if match and key_of(match["name"])[0]]
    return list(dict.fromkeys(names)) or _sites_with_like_headings(document)


def _sites_with_like_headings(document: Document) -> list[str]:
    """Returns the sites of which headings tell the same, with times below: "Times at Mill Lane" beside "Times at Park Road"."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for section in document.sections:
        match = _AT_SITE.fullmatch(section.title.strip(" :"))
        if match and key_of(match["name"])[0] and _PARTICULAR.search(document.text, section.start, section.end):
            alike[match["what"].lower()].append(match["name"])
    return max((list(dict.fromkeys(names)) for names in alike.values()), key=len, default=[])


def _sites_counted(document: Document) -> list[str]:
    """Returns the sites that a sentence counts and names, in itself or in the list below, and that are spoken of again.

    "We work on two sites: Mill Lane (Key Stage 3) and Foundry Road (Key Stage 4)."
    """
    blocks = [block for block in document.blocks if block.text and block.kind is not BlockKind.CONTENTS]
    for at, block in enumerate(blocks[:FRONT]):
        counted = _COUNTED.search(block.text)
        if counted is None:
            continue
        items = [item.text for item in blocks[at + 1 : at + 1 + MOST_SITES] if item.kind is BlockKind.LIST_ITEM]
        rest = _IN_BRACKETS.sub("", block.text[counted.end() :].lstrip(" (:,;–-")).partition(". ")[0]
        texts = items if block.text.endswith(":") else _BETWEEN_NAMES.split(rest)
        found = (_PLAIN_NAME.match(text.strip(" :*–-")) for text in texts)
        names = list(dict.fromkeys(match["name"] for match in found if match))[: _COUNTS[counted["count"].lower()]]
        if len(names) > 1 and all(_is_a_place(name, blocks) for name in names):
            return names
    return []


def _is_a_place(name: str, blocks: Sequence[Block]) -> bool:
    """Whether a name is spoken of again and again, and only as a name: "Parents" are "parents" elsewhere."""
    mentions = sum(name in block.text for block in blocks)
    return mentions > FEWEST_MENTIONS and name not in day_name and not _is_common(name, blocks)


def _is_common(name: str, blocks: Sequence[Block]) -> bool:
    """Whether a name stands without capitals too, outside addresses."""
    low = name.lower()
    common = re.compile(rf"(?<![\w@.-]){re.escape(low)}(?![\w@.-]*@|\w)")
    return any(low in block.text and common.search(block.text) for block in blocks)


def _line_that_names(document: Document) -> str | None:
    """Returns a line of the front that is a name without the word school, and stands in the text again."""
    for block in document.blocks[:FRONT]:
        for text in _texts(block):
            line = _IN_BRACKETS.sub("", text).strip()
            placed = _PLACE.fullmatch(line) and document.text.count(line) > 1
            if key_of(line)[0] and (placed or (_PLAIN_LINE.fullmatch(line) and _spoken_of(line, document.text))):
                return line.removeprefix("The ")
    return None


def _spoken_of(line: str, text: str) -> bool:
    """Whether a text says "At Norbury High we …" or "Norbury High is a …" of a name in a line."""
    name = re.escape(line)
    return re.search(rf"\b[Aa]t {name},? (?:we|our|every|all|each)\b|\b{name} is an? ", text) is not None


def key_of(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Returns what tells a school from others: its own words, and the words for its phase."""
    words = cut(name).forms
    own = tuple(word for word in words if word not in _class("generic"))
    return own, frozenset(word.rstrip("s") for word in words if word in _class("phases"))


def distinct(names: Sequence[str]) -> list[str]:
    """Returns the names without those that mean a school already named: shorter, longer, or in capitals."""
    found: list[str] = []
    for name in names:
        if not any(_alike(name, known) for known in found):
            found.append(name)
    return found


def _alike(one: str, other: str) -> bool:
    (own, phases), (other_own, other_phases) = key_of(one), key_of(other)
    return own == other_own and (phases <= other_phases or other_phases <= phases)


def _texts(block: Block) -> Iterator[str]:
    if block.kind is BlockKind.CONTENTS:
        return
    if block.cells:
        yield from (paragraph.text for cell in block.cells for paragraph in cell.paragraphs)
    else:
        yield block.text


def _names_in(text: str) -> list[str]:
    if not any(map(text.__contains__, _IN_TYPES)):
        return []
    return [name for match in _NAME.finditer(text) if (name := _cleaned(match.group()))]


def _named_together(text: str) -> Iterator[str]:
    """Yields the names in a sentence that says to which schools the policy applies, where there are several."""
    applies = topic("schools/schools")["applies-to"]
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        if applies.first(cut(sentence).forms) is not None:
            names = [name for part in re.split(r"[:,;] | and (?=[A-Z])", sentence) for name in _names_in(part)]
            if len(distinct(names)) > 1:
                yield from names


def _line_of_names(text: str) -> list[str]:
    """Returns the names of a line that holds nothing else: "For Fenby School, Thorley School and Marsh School"."""
    _, colon, behind = text.partition(": ")
    text = behind if colon and _JOINT_HEAD.fullmatch(text[: -len(behind) - 2]) else text
    parts = [part.strip(" .:") for part in _BETWEEN_NAMES.split(_BEFORE_NAMES.sub("", text))]
    names = [names[0] for part in parts if len(names := _names_in(part)) == 1 and len(names[0]) >= len(part) - 4]
    return names if len(parts) > 1 and len(names) == len(parts) else []


def _cleaned(name: str) -> str | None:
    """Returns a name without what stands before it; ``None`` where it holds only words that any school could have."""
    name = name.removeprefix("The ")
    while True:
        words = name.split()
        if words and words[0].lower() in _class("before-names") and not _OF_THE_NAME.match(name):
            name = " ".join(words[1:])
            continue
        split = _AFTER_OF.search(name)
        if split and split.group() == " at " and key_of(name[split.end() :])[0]:  # "Punctuality at Fell Academy"
            name = name[split.end() :]
            continue
        if split and all(word in _class("generic") for word in cut(name[: split.start()]).forms):
            name = name[split.end() :]
            continue
        break
    whole = name.count("(") == name.count(")") and not _DEED.match(name)
    return name if whole and key_of(name)[0] else None


def _most_named(names: Sequence[str], counts: Counter[str]) -> str | None:
    """Returns the school that is named most often; a federation only where it has no school beside it."""
    single = [name for name in names if not _JOINT.search(name)] or list(names)
    if not single:
        return None
    totals = {name: sum(count for other, count in counts.items() if _alike(name, other)) for name in distinct(single)}
    return _as_written(max(totals, key=lambda name: totals[name]), counts)


def _as_written(name: str, counts: Counter[str]) -> str:
    """Returns a name that stands in capitals as it is written elsewhere."""
    if not name.isupper():
        return name
    return next((other for other in counts if other.casefold() == name.casefold() and not other.isupper()), name)


@cache
def _class(name: str) -> frozenset[str]:
    return frozenset(topic("schools/schools").classes[name].split())
