"""Posts as policies name them: ``Deputy Head (Pastoral)``, ``attendance officer``, ``the school office``, ``DSL``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from checker.recognise.spans import Span, any_of, mentions, without_overlaps

_TEAMS = frozenset({"school office", "attendance team"})


@dataclass(frozen=True, slots=True)
class Post(Span):
    """A post, an office or a team.

    Attributes:
        name: The words in lower case, one blank between them, without brackets.
        key: One spelling for all that mean the same (``deputy headteacher`` for ``DHT``); else the name.
    """

    name: str
    key: str

    @property
    def team(self) -> bool:
        """Whether it is an office or a team and no one person."""
        return self.key in _TEAMS or self.name.endswith((" team", " office", " staff"))


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    known: re.Pattern[str]
    composed: re.Pattern[str]
    keys: dict[str, str]
    heads: frozenset[str]  # the parts of words without which no post is named


_HEAD = re.compile(
    r"(?<![\w-])(?:(?:[Tt]he|[Oo]ur|[Aa]|and|or) |[:(/–] ?|^)(?P<head>Head|HEAD|[Pp]rincipal)(?![\w'-]*[\w-])"
    r"(?! (?:lice|injur|start|count|aim|reason|cause|purpose|of|means|objective|concern))"
)
_BEHIND_OF = (
    r" of (?:(?:the )?(?:sixth form|school|academy|centre|house|houses|years?(?: group)?(?: ?\d{1,2})?|governors"
    r"|trustees|key stage(?: (?:\d|one|two|three|four))?|inclusion"
    r"|pastoral(?: care)?|safeguarding|boarding|behaviour"
    r"|admissions|studies|students|pupils|education|operations|lower school|upper school"
    r"|middle school|juniors|infants|early years))\b"
    r"| (?:responsible for|in charge of|with responsibility for|for) (?:whole[ -]school )?(?:attendance|safeguarding"
    r"|pastoral care|inclusion|behaviour|welfare)\b"
)


@lru_cache(maxsize=2048)
def posts(text: str) -> tuple[Post, ...]:
    """Returns the posts, offices and teams that a text names."""
    vocabulary = _vocabulary()
    if not mentions(text, vocabulary.heads):
        return ()
    found = [_post(vocabulary, match.start(), match[0]) for match in vocabulary.composed.finditer(text)]
    found += [_post(vocabulary, match.start(), match[0]) for match in vocabulary.known.finditer(text)]
    for match in _HEAD.finditer(text) if mentions(text, ("head", "principal")) else ():
        found.append(Post(match.start("head"), match.end(), match["head"].lower(), "headteacher"))
    return without_overlaps(post for post in found if not _denied(text, post))


def _post(vocabulary: _Vocabulary, start: int, written: str) -> Post:
    name = " ".join(re.sub(r"[()–]", " ", written).lower().split())
    return Post(start, start + len(written), name, _key(vocabulary.keys, _singular(name)))


def _key(keys: dict[str, str], name: str) -> str:
    """Returns the key of a post, or of the post that it is a kind of: ``deputy head pastoral`` is a deputy head."""
    words = name.split()
    for count in range(len(words), 0, -1):
        first = keys.get(" ".join(words[:count]))
        if first is not None and words[count : count + 1] != ["of"]:
            return first
    last = (keys.get(" ".join(words[place:])) for place in range(1, len(words) - 1))
    return next((key for key in last if key is not None), name)


def _singular(name: str) -> str:
    plural = name.endswith("s") and " of " not in name and not name.endswith(("ss", "services", "students", "pupils"))
    return name[:-1] if plural else name


def _denied(text: str, post: Post) -> bool:
    """Whether the words are no post here: ``lead to``, ``head lice``."""
    rest = text[post.end : post.end + 12].lower()
    if post.name.split()[-1] in {"lead", "head"}:
        return re.match(r" (?:to|the|by|a|an|on|lice|injur|start|count)\b", rest) is not None
    return False


@cache
def _vocabulary() -> _Vocabulary:
    from checker.yaml_files import load_trusted

    data = load_trusted(resources.files("checker.recognise") / "posts.yaml")
    keys = {spelling: key for key, spellings in data["keys"].items() for spelling in (key, *spellings)}
    known = any_of(spelling for spelling in keys if spelling != "principal")
    words = [*data["heads"].split(), *data["alone"].split()]
    before, heads, behind, alone = (any_of(data[name].split()) for name in ("before", "heads", "behind", "alone"))
    tail = rf"(?:(?: – | \(| )(?:{behind})\)?(?!\w)(?! (?:{heads})\b)|{_BEHIND_OF})?"
    composed = (
        rf"(?<![\w-])(?:(?:(?:{before})(?: |-|/| & | and )){{1,6}}(?:{heads})|(?:{alone})|heads?(?= of | \(| pastoral"
        rf"| academic)"
        rf"|chair|vice[ -]chair|director)(?![\w-]){tail}"
    )
    return _Vocabulary(
        re.compile(rf"(?<![\w-])(?:{known})s?(?![\w-])", re.IGNORECASE),
        re.compile(composed, re.IGNORECASE),
        keys,
        _shortest({*(map(_head_of, keys)), *words, "head", "chair", "director", "principal"}),
    )


def _head_of(spelling: str) -> str:
    """Returns the word without which a spelling names no post: "lead" of "senior lead for attendance"."""
    return re.split(r" (?:of|for|responsible) ", spelling)[0].split()[-1]


def _shortest(words: set[str]) -> frozenset[str]:
    """Returns those of some words that hold no other of them."""
    return frozenset(word for word in words if not any(other in word for other in words - {word}))
