"""A document without what it takes back as a whole, as in "We ring on the first day. This has now stopped.".

:mod:`checker.reading.sense` asks what a thought does with its predicate. Here whole sentences go, whatever they say, so
that nothing is read into them: those that begin by setting all of it aside ("It is not the case that …"), that end with
ending it ("…, but we no longer do this", "… until July 2023", "… unless we are too busy"), and those of which a
later one says that they hold no more, with the lists and tables of which it says so (:mod:`checker.reading.retracting`,
:mod:`checker.reading.reach`). They stay in the text that quotations stand in.
"""

from __future__ import annotations

import datetime as dt
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checker.documents.model import Block, Cell, Document, Reading
from checker.reading.english import english
from checker.reading.reach import above, list_behind, within
from checker.reading.retracting import Retraction, retraction
from checker.reading.sentences import sentence_spans
from checker.reading.words import Words, cut, cut_part
from checker.recognise.dates import dates

LONGEST_RETRACTION = 10
SHORTEST_SENTENCE = 2  # words
NEAR = 4  # words behind "Ideally" among which it is said who does something
LONGEST_TAIL = 3  # words: "until", and the words between it and its date
_PIECES = re.compile(r"[.!?:] ")
# How a sentence begins that may take back others, or itself.
_MAY_RETRACT = re.compile(
    r"[\"'(]*(?:(?:But|However|Sadly|Unfortunately|At present|At the moment|Currently|Now|For now),? )?(?:None|Nothing"
    r"|(?:This|That|It|The[sy]e?|Those|All|We|You|I|Our|People|Staff|The(?= school| academy| trust| office|(?: \w+){,9} (?:above"
    r"|earlier|described|listed|given|named|shown|mentioned|set|stated|here|table|section)\b))\b[^.!?:;]*?(?:\b(?:no longer|used to"
    r"|(?:can)?not|never|unable|none|ended|stopped|ceased|lapsed|discontinued|dropped|abandoned|withdrawn|suspended|finished|over)"
    r"\b|n't\b))",
    re.IGNORECASE,
)
_MAY_BE_SET_ASIDE = re.compile(
    r"(?:It (?:is|isn|has|had|was|would|used|remains)|There (?:is|are|was|were|has|have)|No decision|Nothing|Until|Till"
    r"|Up to|During|Throughout|In (?:the )?(?:pandemic|lockdown|covid)|From|Whether|Ideally|In theory|In principle"
    r"|Elsewhere in|In an ideal|(?:Where|When|If|As) \w+ (?:allow|permit)s?"
    r"|(?:In|At) \w+ (?:sister|partner|neighbouring|last|previous|former|old)"
    r"|(?:In |At )?(?:[Ss]ome|[Mm]any|[Mm]ost|a few|a number|certain|several|other) [\w ]*?(?:schools|academies|trusts)"
    r"|(?:We|I|The \w+|Staff|Governors|Trustees) (?:\w+ )?"
    r"(?:hopes?|considering|discussing|deciding|debating|consider|discuss|(?:has|have) not|hasn't|haven't))\b"
)
_NUMBER = re.compile(r"(?:[A-Z]?\d{1,2}(?:\.\d{1,2})*[.):]?|\(?[a-z]\)) ")  # with which a clause begins
_A_YEAR = re.compile(r"20[012]\d")
_CLOSERS = ".!\"')]"
_BELOW = frozenset(["below", "following", "follows"])
_LATER = frozenset(["day", "days", "morning", "session", "week", "month", "term", "year"])  # "the following day"
_CONTRASTS = frozenset(["but", "however", "instead", "rather", "yet", "now", "since"])
_TIMELY = frozenset(["before", "by", "after", "until", "while"])
_BESIDE = frozenset(["but", "although", "though", "however", "and"])
_UNTIL = frozenset(["until", "till"])
_OF_THIS_TEXT = frozenset(
    ["policy", "document", "guide", "handbook", "version", "review", "reviewed", "approved", "valid"]
)


def as_it_stands(document: Document, as_at: dt.date) -> Document:
    """Returns a document without the sentences that it takes back on some day."""
    blocks = list(document.readable_blocks())
    gone = [span for at in range(len(blocks)) for span in _taken_back_by(document, blocks, at, as_at)]
    if not gone:
        return document
    changed = {id(block): _without(block, here) for block in blocks if (here := _within(block.reading, gone))}
    tables = [
        replace(table, rows=tuple(changed.get(id(row)) or row for row in table.rows)) for table in document.tables
    ]
    left = (changed.get(id(block), block) for block in document.blocks)
    return replace(document, blocks=tuple(block for block in left if block is not None), tables=tuple(tables))


def _within(reading: Reading, gone: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    start, end = reading.span(0, len(reading.text))
    return [span for span in gone if span[0] < end and start < span[1]]


def _taken_back_by(document: Document, blocks: Sequence[Block], at: int, as_at: dt.date) -> Iterator[tuple[int, int]]:
    """Yields where the sentences stand, in the document's text, that a block takes back, and the words that do so."""
    block = blocks[at]
    if not any(map(_may_take_back, _PIECES.split(block.text))):
        return
    for reading in (
        [paragraph for cell in block.cells for paragraph in cell.paragraphs] if block.cells else [block.reading]
    ):
        for nth, span, found in _takes_back(reading, as_at):
            yield reading.span(*span)
            before = sentence_spans(reading.text)[:nth]
            told = [span]
            if found is not None:
                yield from within(reading, before, found)
                if not block.cells:
                    yield from above(document, blocks, at, found, begins=not nth)
                told.extend(before[-1:])
            if any(_leads_on(reading.text, one) for one in told):
                yield from list_behind(blocks, at)


def _may_take_back(piece: str) -> bool:
    """Whether a sentence, or a part of one, could take back something, by its first and last words: most could not."""
    piece = piece[_behind_number(piece, 0) :]
    last = piece.rstrip(_CLOSERS).rpartition(" ")[2]
    return (
        last in english().ends_retraction
        or _A_YEAR.fullmatch(last) is not None
        or _MAY_BE_SET_ASIDE.match(piece) is not None
        or _MAY_RETRACT.match(piece) is not None
    )


def _behind_number(text: str, start: int) -> int:
    """Returns where a sentence begins behind the number of its clause: "A12.2 We hope that …"."""
    number = _NUMBER.match(text, start)
    return number.end() if number else start


def _leads_on(text: str, span: tuple[int, int]) -> bool:
    """Whether a sentence leads to the list behind its paragraph: "We do not:", "The matters below"."""
    sentence = text[slice(*span)]
    if span[1] == len(text) and sentence.endswith(":"):
        return True
    forms = cut(sentence).forms
    return any(form in _BELOW and _LATER.isdisjoint(forms[at + 1 : at + 2]) for at, form in enumerate(forms))


def _takes_back(reading: Reading, as_at: dt.date) -> Iterator[tuple[int, tuple[int, int], Retraction | None]]:
    """Yields the sentences of a reading that take back themselves, or what stands before them: which, where and how."""
    text = reading.text
    for nth, (begins, end) in enumerate(sentence_spans(text)):
        start = _behind_number(text, begins)
        sentence = text[start:end]
        if sentence.endswith("?") or not any(map(_may_take_back, _PIECES.split(sentence))):
            continue
        words = cut_part(text, start, end)
        found = retraction(words) if _MAY_RETRACT.match(sentence) is not None else None
        if found is None and _retracts(words.forms):
            found = Retraction(len(words.forms))
        if found is not None:
            rest = words.starts[found.end] + start if found.end < len(words.forms) else end
            yield nth, (start, rest), found
        elif len(words.forms) >= SHORTEST_SENTENCE:
            gone = _set_aside(words)
            if _ends_itself(words) or _was_until(sentence, words, as_at) or _is_to_come(sentence, words, as_at):
                gone = len(words.forms)
            if gone:
                yield nth, (start, words.starts[gone] + start if gone < len(words.forms) else end), None


def _set_aside(words: Words) -> int:
    """Returns how many of its words a sentence sets aside by how it begins: "It is not the case that parents are told".

    Where it goes over to something else, "…, but the office rings", that is said.
    """
    forms = words.forms
    place = english().sets_aside.first(forms)
    if place is not None and place[0] <= 1:
        return _turn(forms, place[1])
    best = english().at_best.first(forms)
    if best is not None and not best[0]:
        return _turn(forms, best[1]) if english().asked_of_others.isdisjoint(forms[best[1] :][:NEAR]) else 0
    others = english().tells_of_others.first(forms)
    if others is None or others[0]:
        return 0
    named = not english().speakers.isdisjoint(forms[1:2])  # "At our sister school we …"
    here = english().of_this_one_too if named else english().of_this_one
    until = _turn(forms, others[1])
    return until if here.isdisjoint(forms[others[1] : until]) else 0


def _turn(forms: Sequence[str], since: int) -> int:
    """Returns where words go over to something else that has a subject of its own; their number where they do not.

    "After the register is taken but before it closes" does not, nor does "is late but is counted as here".
    """
    goes_on = _TIMELY | english().be | {"has", "have", "will", "must"}
    places = (at for at in range(since, len(forms)) if forms[at] in _CONTRASTS)
    return next((at for at in places if goes_on.isdisjoint(forms[at + 1 : at + 2])), len(forms))


def _ends_itself(words: Words) -> bool:
    """Whether the last thought of a sentence says that all of it is over, or is done only when there is time.

    What "which has since ended" tells of may be but the thing named last: that is for the sense of each thought to say.
    """
    forms, clauses = words.forms, words.clauses
    at = len(forms) - 1
    while at and clauses[at - 1] == clauses[-1]:
        at -= 1
    if at and forms[at] != "which" and _retracts(forms[at:]):
        return True
    place = english().only_when_free.first(forms)
    return place is not None and place[0] > 0 and place[1] == len(forms)


def _retracts(forms: Sequence[str]) -> bool:
    """Whether a thought does no more than to end the one before it: "This has stopped", "but at present it is not done"."""
    if not 0 < len(forms) <= LONGEST_RETRACTION:
        return False
    words = english()
    since = forms[0] in _BESIDE
    return any(
        (0, len(thought)) in concept.places(thought)
        for thought in (forms, forms[since:], _beyond_present(forms[since:]))
        for concept in (words.over, words.retracts)
    )


def _beyond_present(forms: Sequence[str]) -> Sequence[str]:
    """Returns a thought without the words at its beginning or end that say that it is of the present."""
    for start, end in english().at_present.places(forms):
        if start == 0:
            return forms[end:]
        if end == len(forms):
            return forms[:start]
    return forms


def _was_until(text: str, words: Words, as_at: dt.date) -> bool:
    """Whether a sentence tells of a time that is over: "Until July 2023 …", "… until July 2023".

    What it says of the document itself, "valid until July 2026", is to be read.
    """
    forms = words.forms
    if _UNTIL.isdisjoint(forms) or not _OF_THIS_TEXT.isdisjoint(forms) or not _CONTRASTS.isdisjoint(forms):
        return False
    found = dates(text, years=True)
    for date in found[:1] + found[-1:]:
        before = cut(text[: date.start]).forms
        ends = date.end >= len(text.rstrip(" .!"))
        led = not _UNTIL.isdisjoint(before[-LONGEST_TAIL:]) and (ends or before[0] in _UNTIL)
        if led and date.value.last_day() < as_at:
            return True
    return False


def _is_to_come(text: str, words: Words, as_at: dt.date) -> bool:
    """Whether a sentence begins with a day from which alone it holds, and that has not come: "From September 2027 …"."""
    if (
        words.forms[0] != "from"
        or not _OF_THIS_TEXT.isdisjoint(words.forms)
        or _turn(words.forms, 0) < len(words.forms)
    ):
        return False
    first = next(iter(dates(text, years=True)), None)
    return first is not None and len(cut(text[: first.start]).forms) == 1 and first.value.first_day() > as_at


def _without(block: Block, gone: Sequence[tuple[int, int]]) -> Block | None:
    """Returns a block without some stretches of the document's text; ``None`` where nothing of it is left."""
    reading = _cut_out(block.reading, gone)
    if not reading and not block.cells:
        return None
    return replace(block, reading=reading, cells=tuple(_cell_without(cell, gone) for cell in block.cells))


def _cell_without(cell: Cell, gone: Sequence[tuple[int, int]]) -> Cell:
    return replace(cell, paragraphs=tuple(filter(None, (_cut_out(one, gone) for one in cell.paragraphs))))


def _cut_out(reading: Reading, gone: Sequence[tuple[int, int]]) -> Reading:
    kept: list[int] = []
    for at, offset in enumerate(reading.offsets[:-1]):
        doubled = reading.text[at] == " " and (not kept or reading.text[kept[-1]] == " ")
        if not doubled and not any(start <= offset < end for start, end in gone):
            kept.append(at)
    while kept and reading.text[kept[-1]] == " ":
        kept.pop()
    end = reading.offsets[kept[-1]] + 1 if kept else reading.offsets[-1]
    return Reading("".join(reading.text[at] for at in kept), array("I", [*(reading.offsets[at] for at in kept), end]))
