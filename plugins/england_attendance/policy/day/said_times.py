"""What a sentence or cell makes of the times that stand in it.

A time goes with the verb before it ("closes at 9.15"), and that verb with the subject before it, or its object ("we close
the register at"), or the one that "it" or nothing stands for. A line that begins with its time ("8.45 – the register is
taken") is read forwards, and "8.50am, when the register is taken" both ways. "9.15 and 1.15" share a verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from england_attendance.policy.day.items import Item, leads_to
from england_attendance.policy.day.marks import DAY, OTHER, PUPILS, REGISTER, SCHOOL, SESSION, Mark, day_words
from england_attendance.policy.day.said_context import (
    OF_WINDOWS,
    UNTELLING,
    column_subject,
    context_subject,
    is_window,
    repeated_verb,
)
from england_attendance.policy.day.said_labels import is_first_of_two, of_label, says_little, words_before_times
from england_attendance.policy.day.said_marks import marks_between
from england_attendance.policy.day.said_objects import is_one_of_two, object_of
from england_attendance.policy.day.said_pairs import Pair, Said, State, joined, shared, shared_back, until_closed
from england_attendance.policy.day.units import Unit
from england_attendance.policy.vocabulary import topic

NEAR = 5
PARTING = 2  # words before "dismissal"
LONGEST_ELLIPSIS = 10
LONGEST_ASIDE = 7
_RELATIVE = re.compile(
    r"^[,;]?\s*(?:\(|–|-|/)?\s*(?:(?:and )?(?:which|that|this) is |i\.e\.? |the time |the point )?"
    r"(?:when|at which|as|while|by which time)\b"
    r"|^,? and (?:then )?(?:the |a )?(?:class |morning |afternoon |school )?(?:registers?|registration|roll|day|school|lessons)\b(?!.*\d)"
    r"|^ ?\(|^ – |^,? (?:for|the) (?:the )?(?:start|end|close|closing|beginning|registration)\b"
)
_TIME_FIRST = re.compile(
    r"^[\W_]*(?:(?:step|stage|part) \w+[:.,–-]? ?|(?:am|pm|mornings?|afternoons?): ?)?[\W_]*"
    r"(?:(?:at|by|from|after|around|about|before|until|on|promptly|between|for) )*$",
    re.IGNORECASE,
)
_PARTS = frozenset(",;→>|•")
# Whose a register is that is taken or closed: "Register, whole school: called …", "All classes: register 8.45, closing …".
_NO_SUBJECTS = {"takes": frozenset([SCHOOL, PUPILS]), "closes": frozenset([PUPILS])}
_EXPLAINING = frozenset(["that", "because", "so"])
_GOING = frozenset([DAY, SCHOOL, SESSION, REGISTER])
_OF_THINGS = frozenset(["takes", "opens", "closes", "begins", "ends", "runs"])


def read_said(unit: Unit, items: Sequence[Item]) -> Iterator[Said]:
    """Yields what is said of each item of a unit."""
    yield from shared_back([*map(_Reading(unit, items).said_of, range(len(items)))])


def takes_register(unit: Unit) -> bool:
    """Whether a unit says that a register is taken, whatever its times."""
    forms, words = unit.words.forms, topic("day/register_events")
    if words["subject-register"].first((*forms, *unit.context)) is None:
        return False
    pairs = _Reading(unit, []).all_pairs()
    taken = any(pair.subject == REGISTER and pair.verb in {"takes", "opens", "begins", ""} for pair in pairs)
    return taken and words["denied"].first(forms) is None


class _Reading:
    """Goes through a unit from left to right."""

    def __init__(self, unit: Unit, items: Sequence[Item]) -> None:
        self._unit = unit
        self._items = items
        self._forms = unit.words.forms
        self._marks = list(marks_between(unit, items))
        self._state = self._after_ahead = State()
        first = next((item for item in items if item.offset >= unit.own_offset), None)
        self._first_own = first
        self._time_first = (
            first is not None
            and _TIME_FIRST.match(unit.text[unit.own_offset : first.offset]) is not None
            and not unit.cell
        )

    def all_pairs(self) -> list[Pair]:
        """Returns the pairs of all the words."""
        return self._pairs(self._marks, 0, len(self._forms), every=True)

    def said_of(self, index: int) -> Said:
        """Returns what is said of the item at an index; items are asked for in order."""
        item, state = self._items[index], self._state
        outside = state.main, state.named, state.going
        following = self._items[index + 1].start if index + 1 < len(self._items) else len(self._forms)
        own = item.offset >= self._unit.own_offset
        if not own:
            following = min(following, self._unit.own_from)
        elif item is self._first_own and not self._unit.cell and (index or self._begins_with_deed()):
            self._pairs(self._within(state.consumed, self._unit.own_from), state.consumed, self._unit.own_from)
            state.consumed = max(state.consumed, self._unit.own_from)
        before = self._within(state.consumed, item.start)
        words = self._forms[state.consumed : item.start]
        pairs: tuple[Pair, ...]
        ahead = self._ahead(item, following, index)
        state = self._state
        listed = words_before_times(self._unit) if item is self._first_own else None
        if listed is not None:
            pairs = tuple([pair for pair in self.all_pairs() if pair.mark.end <= listed][-1:])
            state.consumed = item.end
        elif index and state.pairs and leads_to(self._unit.text, self._items[index - 1], item):
            pairs = state.pairs
        elif self._time_first and own and not self._touches(before, item) and ahead:
            pairs = tuple(ahead)
            self._state = state = self._after_ahead
            state.consumed = max(pair.mark.end for pair in ahead)
        else:
            pairs = self._behind(before, item)
            relative = self._relative(ahead, item)
            if relative:
                state.register |= self._after_ahead.register
                state.named = self._after_ahead.named
            state.consumed = max((pair.mark.end for pair in relative), default=item.end)
            pairs = joined(pairs, relative, alone=not before and not self._unit.cell)
        if self._in_brackets(item) and any(outside):  # "Mornings begin at 8.45 (register closed 9.05) and end at 11.45"
            state.main, state.named, state.going = outside
        aside = topic("day/register_events")["at-start"].first(self._forms[item.end : item.end + LONGEST_ASIDE])
        state.consumed = max(state.consumed, item.end + (aside[1] if aside and not aside[0] else 0))
        pairs = pairs if pairs is state.pairs else until_closed(pairs, words)
        state.pairs = pairs if pairs and not self._in_brackets(item) else state.pairs
        state.told = (*state.told, pairs)
        said = Said(item, pairs, words, state.earlier)
        state.earlier = replace(said, earlier=None)
        return said

    def _begins_with_deed(self) -> bool:
        """Whether it begins with a deed other than what leads to it ("… register: Closes at 9.30"), or who comes "after" a time."""
        begins, first = self._unit.own_from, self._first_own
        comes = first is not None and first.start - 1 > begins and self._forms[first.start - 1] == "after"
        return begins > 0 and (comes or any(mark.start == begins and not mark.subject for mark in self._marks))

    def _in_brackets(self, item: Item) -> bool:
        """Whether an item stands in brackets, so that what follows goes on from before them: "12.40 (closing at 12.50)"."""
        before = self._unit.text[: item.offset]
        return before.rfind("(") > before.rfind(")") and ")" in self._unit.text[item.offset_end :]

    def _within(self, start: int, end: int) -> list[Mark]:
        return [mark for mark in self._marks if start <= mark.start and mark.end <= end]

    def _touches(self, before: Sequence[Mark], item: Item) -> bool:
        """Whether a verb stands right before an item: "… and closes at 9.20"."""
        return (
            bool(before)
            and not before[-1].subject
            and not (self._time_first and self._is_parted(before[-1], item))
            and day_words("abrupt").issuperset(self._forms[before[-1].end : item.start])
        )

    def _is_parted(self, mark: Mark, item: Item) -> bool:
        """Whether a list goes on between a verb and a time behind it: "8.45 register taken; 9.05 register closed"."""
        return not _PARTS.isdisjoint(self._unit.text[self._unit.words.ends[mark.end - 1] : item.offset])

    def _ahead(self, item: Item, following: int, index: int) -> list[Pair]:
        """Returns what stands behind an item and is not said of the next one."""
        known = replace(self._state)
        pairs = self._pairs(self._within(item.end, following), item.end, following, first=item.length is None)
        self._after_ahead, self._state = self._state, known
        if index + 1 < len(self._items) and pairs:
            last = pairs[-1].mark
            parted = self._time_first and self._is_parted(last, self._items[index + 1])
            if not parted and day_words("abrupt").issuperset(self._forms[last.end : following]):
                pairs = pairs[:-1]
        return pairs

    def _relative(self, ahead: list[Pair], item: Item) -> list[Pair]:
        """Returns what is said of an item right behind it; brackets say no more than stands in them."""
        text = self._unit.text
        if _RELATIVE.match(text[item.offset_end :]) is None:
            return []
        if not text[item.offset_end :].startswith((" (", "(")):
            return ahead
        closed = text.find(")", item.offset_end)
        return [pair for pair in ahead if closed < 0 or self._unit.words.starts[pair.mark.start] < closed]

    def _behind(self, before: list[Mark], item: Item) -> tuple[Pair, ...]:
        """Returns what is said of an item by the words before it."""
        state, forms = self._state, self._forms
        told = state.told[-1] if state.told else ()
        telling = [one for one in before if not (one.subject and (one.governed or one.name in UNTELLING))]
        gap = item.start - state.consumed
        repeated = self._repeated(forms[state.consumed : item.start])
        inherited = state.pairs or (told if self._in_brackets(item) else ())  # "(1.00 Infants, 1.15 Juniors)"
        if not telling and inherited and gap <= LONGEST_ELLIPSIS:
            return repeated or self._in_turn(forms[state.consumed : item.start]) or inherited
        names = {mark.name for mark in telling}
        if names == {REGISTER} and state.pairs and state.pairs[-1].subject == REGISTER and gap <= LONGEST_ELLIPSIS:
            self._state.named = REGISTER
            if repeated:
                return repeated
            if {"and", "or", "but"} & set(forms[state.consumed : item.start][:2]):
                return tuple(Pair(REGISTER, pair.verb, pair.mark) for pair in state.pairs)
        pairs = self._pairs(before, self._state.consumed, item.start)
        if not pairs and is_first_of_two(self._unit, forms[state.consumed : item.start]):
            return (Pair(REGISTER, "", Mark(True, REGISTER, item.start, item.start)),)
        if not pairs and not state.pairs:
            return tuple(of_label(self._unit, self._items, item))
        return shared(told, tuple(pairs), forms[state.consumed : item.start])

    def _repeated(self, between: Sequence[str]) -> tuple[Pair, ...]:
        """Returns what is said of a time by its place: "Morning: opens 8.45, closes 9.15; afternoon: 1.00 and 1.20"."""
        state, words = self._state, topic("day/register_events")
        if any(words[session].first(between) is not None for session in ("morning", "afternoon")):
            state.model, state.told = state.told, ()
        verbs = {pair.verb for pairs in state.model for pair in pairs if pair.subject == REGISTER}
        goes_on = len(verbs) > 1 and len(state.told) < len(state.model) and "or" not in between
        return state.model[len(state.told)] if goes_on else ()

    def _in_turn(self, between: Sequence[str]) -> tuple[Pair, ...]:
        """Returns what is said of a time behind an aside: "registers are at 9.00, closing at 9.20, and at 1.00"."""
        told = self._state.told
        last = [pair.mark for pair in told[-1] if not pair.mark.subject] if len(told) > 1 else []
        aside = bool(last) and self._forms[last[-1].start].endswith("ing")
        return told[-2] if aside and between[:2] == ("and", "at") else ()

    def _pairs(
        self, segment: Sequence[Mark], start: int, end: int, *, first: bool = False, every: bool = False
    ) -> list[Pair]:
        """Returns the pairs of subject and verb in a stretch of words, of one subject's verbs the last, or the first."""
        pairs: list[Pair] = []
        used: set[int] = set()
        for place, mark in enumerate(segment):
            if mark.subject or self._is_no_deed(mark):
                continue
            if mark.name in {"registers", "repeats"}:
                verb = "takes" if mark.name == "registers" else repeated_verb(self._unit)
                self._state.register |= verb != "other"  # "they are registered at 1.10 (shut at 1.20)"
                pairs.append(Pair(REGISTER if verb != "other" else "", verb, mark))
                continue
            target = object_of(self._unit, segment, place, self._meant)
            if target is not None:
                used.update(index for index, other in enumerate(segment) if other is target)
                subject = target.name or (pairs[-1].subject if pairs else "")
                self._state.register |= subject == REGISTER  # "we call it at 1.15 and it closes at 1.35"
            else:
                subject = self._subject(segment, place, used)
            pairs.append(Pair(subject, mark.name, mark))
        told = [pair.subject if pair.verb not in {"arrives", "leaves"} else "" for pair in pairs]
        pairs = [
            pair
            for place, pair in enumerate(pairs)
            if every or not told[place] or pair.subject not in (told[:place] if first else told[place + 1 :])
        ]
        pairs.extend(self._nouns(segment, used, {pair.subject for pair in pairs}, (start, end)))
        own = [mark for mark in segment if mark.subject and mark.name != PUPILS and not self._is_a_letter(mark)]
        self._state.register |= any(mark.name == REGISTER for mark in own)
        if own and not (self._state.register and self._forms[own[-1].start] == "we"):  # "it" is never "we"
            self._state.named = own[-1].name
        if any(pair.subject == REGISTER and is_one_of_two(self._forms, pair.mark.end) for pair in pairs):
            self._state.named = REGISTER
        ungoverned = [mark for mark in segment if mark.subject and not mark.governed]
        if ungoverned:
            meant = [pair for pair in pairs if pair.mark.end <= ungoverned[0].start and pair.subject == REGISTER]
            aside = self._state.main == REGISTER and self._is_in_an_aside(ungoverned[0])
            self._state.main = REGISTER if meant or aside else ungoverned[0].name
            self._state.going = next(
                (mark.name for mark in reversed(ungoverned) if mark.name in _GOING), self._state.going
            )
        return pairs

    def _is_in_an_aside(self, mark: Mark) -> bool:
        """Whether a subject is that of what only explains: "it is sent by 8.50 so that the office can ring"; "it" goes on."""
        return not _EXPLAINING.isdisjoint(self._forms[max(0, mark.start - 2) : mark.start])

    def _is_a_letter(self, mark: Mark) -> bool:
        """Whether what is named are marks, which neither open nor close: "open for late marks until 9.15, when it closes"."""
        return self._forms[mark.end - 1] in {"mark", "marks"}

    def _is_no_deed(self, mark: Mark) -> bool:
        """Whether a verb is a noun here ("on return to class") or heads a column ("What happens")."""
        return (mark.governed and mark.name == "other") or self._forms[mark.start - 1 : mark.start] == ("what",)

    def _nouns(
        self, segment: Sequence[Mark], used: set[int], told: set[str], within: tuple[int, int]
    ) -> Iterator[Pair]:
        """Yields the nouns that stand for what happens: "registration at 8.45", "School day: 8.40 to 3.10"."""
        for place, mark in enumerate(segment):
            if mark.subject and mark.name in {REGISTER, DAY, SESSION} and place not in used and mark.name not in told:
                behind = [other for other in segment[place + 1 :] if not (other.name == PUPILS and other.governed)]
                whose = [other for other in segment[place + 1 :] if other not in behind]
                last = not behind and says_little(self._unit, mark.end, within[1], whose)
                first = self._time_first and mark.start - within[0] <= NEAR and place == 0
                if last or first or self._unit.cell or self._unit.names_whose(mark.end, within[1], day_words("light")):
                    yield Pair(mark.name, "", mark)

    def _subject(self, segment: Sequence[Mark], place: int, used: set[int]) -> str:
        """Returns the subject of a verb: the nearest before it, else what a pronoun or an ellipsis stands for."""
        verb, state = segment[place], self._state
        if verb.name in OF_WINDOWS and self._unit.cell and is_window(self._unit):
            return REGISTER
        ahead = self._forms[max(0, verb.start - PARTING) : verb.end]
        if (
            verb.name == "leaves"
            and self._unit.cell
            and topic("day/register_events")["parting"].first(ahead) is not None
        ):
            return ""
        behind_day = self._forms[verb.start - 1 : verb.start] in {("day",), ("days",)}
        behind_day = behind_day and self._forms[verb.start - 2] != "a"  # "twice a day: closes at 9.30"
        if verb.name in _OF_THINGS and behind_day and "on" not in self._forms[max(0, verb.start - 4) : verb.start]:
            return DAY
        candidates = self._candidates(segment, place)
        plain = [(index, mark) for index, mark in candidates if not mark.governed]
        previous = next((mark for mark in reversed(segment[:place]) if not mark.subject), None)
        plain += [(index, mark) for index, mark in candidates if mark.governed and self._is_beside(mark, verb)]
        near = [(index, mark) for index, mark in plain if previous is None or mark.start > previous.start]
        chosen = (near or plain)[-1:]
        begin = max(0, verb.start - 4, near[-1][1].end if near else 0)
        lately = self._forms[begin if verb.start < state.consumed else max(begin, state.consumed) : verb.start]
        if not near and (antecedent := self._before_which(candidates, verb)):
            state.main = antecedent
            return antecedent
        if not day_words("pronouns").isdisjoint(lately):
            told = [mark.name for _, mark in plain if mark.name != PUPILS]
            aside = [mark.name for _, mark in candidates if mark.name != PUPILS]
            own = REGISTER if verb.name in _NO_SUBJECTS and REGISTER in aside else ""  # goes before what headings name
            state.main = told[-1] if told else own or self._meant(verb) or next(reversed(aside), "")
            return state.main
        chosen = chosen or ([] if state.main else candidates[-1:])
        if chosen:
            used.add(chosen[0][0])
            return chosen[0][1].name
        if verb.name == "closes" and state.register and self._begins_sentence(verb):
            return REGISTER
        if self._forms[verb.end - 1].startswith("time"):
            return DAY
        if state.pairs and self._forms[verb.start - 1 : verb.start] == ("and",):
            return self._going_on(verb)
        behind = [mark.name for mark in segment[place:] if mark.subject] if self._unit.cell else []
        named = state.main or state.named or next(iter(behind), "")
        if state.register and verb.name in _NO_SUBJECTS and named in {"", *_NO_SUBJECTS[verb.name]}:
            named = REGISTER
        of_pupils = self._unit.cell and verb.name in {"arrives", "leaves"}  # whatever other columns are about
        return named or ("" if of_pupils else column_subject(self._unit, verb.name))

    def _going_on(self, verb: Mark) -> str:
        """Returns the subject that a verb behind "and" goes on with: "… open at 9 and 1 and close at …"."""
        told = [pair.subject for pair in self._state.pairs if pair.verb == "begins" and verb.name == "ends"]
        named = (told or [pair.subject for pair in self._state.pairs])[-1]
        goes_on = not day_words("abrupt").isdisjoint(self._forms[verb.end : verb.end + 1])  # not "and starts clubs at"
        return SCHOOL if named == OTHER and self._state.main == SCHOOL and goes_on else named

    def _candidates(self, segment: Sequence[Mark], place: int) -> list[tuple[int, Mark]]:
        """Returns what is named before a verb and may be its subject: a register is taken, not those whose it is."""
        verb = segment[place]
        of_things = verb.name in _OF_THINGS
        found = [
            (index, mark)
            for index, mark in enumerate(segment[:place])
            if mark.subject and not (of_things and self._forms[mark.start : mark.end] == ("they",))
        ]
        whose = _NO_SUBJECTS.get(verb.name, frozenset())
        if whose and (any(mark.name == REGISTER for _, mark in found) or self._state.register):
            return [(index, mark) for index, mark in found if mark.name not in whose]
        return found

    def _begins_sentence(self, mark: Mark) -> bool:
        return self._unit.text[: self._unit.words.starts[mark.start]].rstrip().endswith((".", ":"))

    def _before_which(self, candidates: Sequence[tuple[int, Mark]], verb: Mark) -> str:
        """Returns what stands right before the "which" of a verb: "on each school day, which at all sites runs from …"."""
        which = [at for at in range(max(0, verb.start - LONGEST_ASIDE), verb.start) if self._forms[at] == "which"]
        if which and self._forms[which[-1] - 1] in day_words("of-another-thing"):  # "at reception, which closes at …"
            return OTHER
        return next((mark.name for _, mark in candidates if which and mark.end == which[-1]), "")

    def _is_beside(self, subject: Mark, verb: Mark) -> bool:
        """Whether "before" or "after" before a subject is a conjunction: only auxiliaries part it from its verb."""
        begins = subject.start
        while begins > 0 and self._forms[begins - 1] in day_words("steps") | day_words("qualifiers"):
            begins -= 1
        if self._forms[begins - 1 : begins] not in {("before",), ("after",), ("until",), ("once",)}:
            return False
        return day_words("auxiliaries").issuperset(self._forms[subject.end : verb.start])

    def _meant(self, verb: Mark) -> str:
        """Returns what "it" or "they" stand for: a register is taken and closed, a day ends."""
        state = self._state
        goes_on = verb.name == "closes" and (state.named != OTHER or state.main == REGISTER)
        if state.register and (verb.name == "takes" or goes_on):
            return REGISTER
        if verb.name in {"ends", "begins"} and any((p.subject, p.verb) == (PUPILS, "begins") for p in state.pairs):
            return PUPILS  # "Pupils start at 8.35; they finish at 3.05"
        if verb.name in {"ends", "begins"} and state.going:
            return state.going
        return state.named or context_subject(self._unit, short=False, school=verb.name in {"ends", "begins"})
