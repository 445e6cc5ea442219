"""E-mail addresses and websites, also as people disguise or break them: ``office @ elm.example``, ``office[at]…``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.recognise.spans import Span, without_overlaps

_AT = re.compile(r" ?(?:@|\[ ?at ?\]|\( ?at ?\)|\{ ?at ?\}|＠) ?", re.IGNORECASE)
_LOCAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}$")
_DOT = r"(?:\.(?: (?=(?:sch|gov|org|co|ac)\.uk))?| ?(?:\[ ?dot ?\]|\( ?dot ?\)) ?)"
_DOMAIN = re.compile(rf"[A-Za-z0-9][A-Za-z0-9-]{{0,62}}(?:{_DOT}[A-Za-z0-9-]{{1,63}}){{1,6}}", re.IGNORECASE)
_TOP = re.compile(r"[A-Za-z]{2,24}$")
_LABELS = re.compile(r"^(?:e-?mail|mailto|contact|address)[:.-]+", re.IGNORECASE)
_SITE = re.compile(
    r"(?<![\w@.-])(?P<scheme>https?://)?(?P<www>www\.)?(?P<host>[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){1,6})"
    r"(?P<path>(?::\d{1,5})?/[^\s<>\"\[\]]{0,2000})?",
    re.IGNORECASE,
)
_KNOWN_TOP = re.compile(
    r"\.(?:(?:sch|ac|gov|org|co|police|nhs|ltd|mod)\.uk|uk|com|org|net|info|school|academy|education|london|wales|eu"
    r"|io|app"
    r"|example)$",
    re.IGNORECASE,
)
_DOTS = re.compile(_DOT, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Email(Span):
    """An e-mail address.

    Attributes:
        value: The address in lower case, without the blanks and brackets around ``@``.
    """

    value: str


@dataclass(frozen=True, slots=True)
class Website(Span):
    """An address on the web.

    Attributes:
        value: The address as written, without punctuation that follows it.
        host: The name of the site in lower case, without ``www.``.
    """

    value: str
    host: str


def emails(text: str) -> tuple[Email, ...]:
    """Returns the e-mail addresses in a text."""
    return without_overlaps(_emails(text))


def websites(text: str) -> tuple[Website, ...]:
    """Returns the addresses on the web in a text; the sites of e-mail addresses are none."""
    mail = emails(text)
    found = []
    for match in _SITE.finditer(text):
        host = match["host"].rstrip(".-")
        if not (match["scheme"] or match["www"]) and (not _KNOWN_TOP.search(host) or _KNOWN_TOP.fullmatch(f".{host}")):
            continue
        if text[match.end("host") : match.end("host") + 1] == "@":
            continue
        start, end = match.start(), match.end() if match["path"] else match.start("host") + len(host)
        if match["path"]:
            end = start + len(_trimmed(text[start:end]))
        site = Website(start, end, text[start:end], host.lower())
        if not any(site.overlaps(address) for address in mail):
            found.append(site)
    return tuple(found)


def _emails(text: str) -> Iterator[Email]:
    for match in _AT.finditer(text):
        lead = text[max(0, match.start() - 80) : match.start()]
        local = _LOCAL.search(lead)
        domain = _DOMAIN.match(text, match.end())
        if local is None or domain is None:
            continue
        written = domain[0].rstrip("-")
        if not _TOP.search(written):
            continue
        name = _LABELS.sub("", local[0].strip("'"))
        start = match.start() - len(name)
        if name:
            value = f"{name}@{_DOTS.sub('.', written)}".lower()
            yield Email(start, domain.start() + len(written), value)


def _trimmed(address: str) -> str:
    """Returns an address without the punctuation of the sentence around it."""
    while address:
        last = address[-1]
        if last in ".,;:!?'*_" or (last == ")" and address.count("(") < address.count(")")):
            address = address[:-1]
        else:
            break
    return address
