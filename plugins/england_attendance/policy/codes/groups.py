"""Groups of codes in a line or sentence, each with its meaning: behind it, or before it in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.recognise.spans import has_digit
from england_attendance.codes import CodeList

LONGEST_LINE = 12
ONE = r"(?:[A-Z]\d?(?![A-Za-z0-9])|[/\\#])"
_RANGE = re.compile(r"\b([A-Z])\s?(\d)\s?(?:–|-|to|through)\s?(?:\1\s?)?(\d)(?![A-Za-z0-9])")
_CELL = re.compile(rf"^(?:codes?\s+)?[\"'(]*{ONE}(?:[\s,;&~*\"'():]|and\b|or\b|[ap]\.?m\.?\b|{ONE})*$", re.IGNORECASE)
_MAY_BE_CODE = re.compile(r"[A-Z](?![a-z])")
_QUOTES = r"[\"'“”‘’]"
# One code or several that share a meaning, with the quotation marks and brackets around them.
_GROUP = re.compile(
    rf"(?:(?<=^)|(?<=[\s(\[,;:–|]))(?:[Cc]odes?\s+)?{_QUOTES}?(?P<codes>{ONE}(?:{_QUOTES}?[ ~]*(?:,|/|&|and|or|\s)\s*(?:and |or )?"
    rf"{_QUOTES}?{ONE}(?=$|[\s,;:.)\]=–~*\-\"'”’/&]))*){_QUOTES}?[~*]*(?=$|[\s,;:.)\]=–\-(])"
)
_SEPARATOR = re.compile(
    r"^\s*(?:[:=–]|-(?!\w)|\(|means?\b|is (?:used )?(?:for|when|where)\b|stands for\b|for\b|is\b|,?\s*which is\b)?\s*"
)
_FINITE = re.compile(r"\b(?:is|are|must|shall|will|may|should)\b")
_REFERS = re.compile(
    r"\b(?:[Pp]art|[Ss]ection|[Aa]ppendix|[Aa]nnex|[Pp]aragraph|[Cc]lause|[Ss]chedule|[Ff]orm|[Tt]able) $"
)
_CLAUSE = re.compile(r"[A-Z]\d?\. ")
_TAIL = re.compile(r"(?:[\s,;:=–(-]|\band|\bor|\bcodes?|\bwith|\b(?:the )?code|\busing|\bcoded|\bas|\bis|\bare)+$")
_IN_THE_REGISTER = re.compile(r"(?:(?:in|on) (?:the|our) (?:attendance )?register)?[.;]*")
_STROKE = re.compile(r"[a-z)] / [a-z]")  # "C1 performance / employment abroad"
_EXAMPLE = re.compile(
    r"\b(?:for example|such as|e\.g\.|for instance),? (?:[Cc]ode )?$"
)  # "unless another fits, for example M"
_PRONOUN = re.compile(r"^I\s+(?!for\b|means?\b|is\b|stands\b|in the\b|when\b|where\b|or\b|and\b|ill)[a-z]")


@dataclass(frozen=True, slots=True)
class Group:
    """Codes that stand together in a text, with where they stand and what is said of them."""

    codes: tuple[str, ...]
    start: int
    end: int
    meaning: str = ""
    until: int = 0


def codes_in(text: str) -> tuple[str, ...]:
    r"""Returns the codes of which some words consist; empty where they are anything else.

    ``/ \`` gives both, ``Y1–Y7`` all seven, ``B~`` (as some systems write it) B.
    """
    text = text.strip()
    if not text or len(text) > 60:
        return ()
    spread = _spread(text)
    if not _CELL.match(spread):
        return ()
    plain = re.sub(r"(?i)\bcodes?\b|\band\b|\bor\b|\b[ap]\.?m\.?(?!\w)", " ", spread)
    return tuple(re.findall(ONE, plain))


def _spread(text: str) -> str:
    if not has_digit(text):
        return text
    return _RANGE.sub(lambda m: " ".join(f"{m[1]}{n}" for n in range(int(m[2]), int(m[3]) + 1)), text)


def ever(known: CodeList, code: str) -> bool:
    """Whether it is a national code, or was one."""
    return code in known.by_code or code in known.retired_by_code


def is_clause(text: str) -> bool:
    """Whether what follows a letter is a whole sentence, so that it numbers a clause: "C1. Pupils are expected to …"."""
    return is_prose(text) and _FINITE.search(text) is not None


def is_prose(text: str) -> bool:
    """Whether a text is a sentence of some length."""
    return len(text.split()) > LONGEST_LINE and text.endswith(".")


def groups_in(text: str, known: CodeList) -> list[Group]:
    """Returns the codes of a line or sentence, each group with its meaning: behind it, or before it in brackets."""
    if not _MAY_BE_CODE.search(text) and not any(map(text.__contains__, "/\\#")):
        return []
    found: list[Group] = []
    for match in _GROUP.finditer(text):
        codes = tuple(re.findall(ONE, _spread(match["codes"])))
        begins = match.start("codes")
        if not all(ever(known, code) for code in codes) or _PRONOUN.match(text[begins:]):
            continue
        if _REFERS.search(text[:begins]) or (not begins and _CLAUSE.match(text) and is_clause(text)):
            continue
        if found and not found[0].start and _STROKE.match(text, begins - 2):
            continue
        if len(codes) == 1 and _EXAMPLE.search(text, 0, begins):
            continue
        found.append(Group(codes, begins, match.end("codes")))
    behind = sum(_is_behind(text, group) for group in found)
    if found and behind * 2 > len(found):
        return [_with_words_before(text, group, found[at - 1] if at else None) for at, group in enumerate(found)]
    return [_with_words_after(text, group, (*found[at + 1 :], None)[0]) for at, group in enumerate(found)]


def _is_behind(text: str, group: Group) -> bool:
    """Whether codes stand in brackets behind their meaning, or at the end of the line: "Illness (I)", "Illness – I"."""
    before, after = text[: group.start].rstrip(" \"'"), text[group.end :].lstrip(" \"'~*")
    if not re.search(r"[A-Za-z]{2}", before):
        return False
    before = before.removesuffix("s").removesuffix("code").rstrip()
    return (before.endswith(("(", "[")) and after[:1] in {")", "]"}) or (
        before.endswith(("–", ":", "=", "-")) and _IN_THE_REGISTER.fullmatch(after.strip()) is not None
    )


def _with_words_before(text: str, group: Group, before: Group | None) -> Group:
    since = before.end if before else 0
    words = text[since : group.start].strip(" \"'()[]:;,.–=-")
    start = text.index(words, since) if words else group.start
    return Group(group.codes, min(start, group.start), group.end, _TAIL.sub("", words), group.end)


def _with_words_after(text: str, group: Group, after: Group | None) -> Group:
    until = after.start if after else len(text)
    rest = text[group.end : until].lstrip("\"'”’~*")
    separator = _SEPARATOR.match(rest)
    words = _TAIL.sub("", rest[separator.end() if separator else 0 :].rstrip(" .;,\"'“‘(")).rstrip(" )")
    return Group(group.codes, group.start, group.end, words, group.end + len(text[group.end : until].rstrip(" ,;\"'(")))
