r"""Facts, and the functions that read and judge them.

A *reader* turns a document or a register into a fact, a frozen dataclass; a *check* turns facts into an outcome. Both
are plain functions whose annotated parameters name what they need, and the engine hands it over::

    @reader
    def retention(document: Document) -> Retention: ...

    @check("policy.retention")
    def six_years(retention: Retention) -> Outcome: ...

A plugin hands them over as :class:`Topic`\ s, usually one for each module: ``topic(module)``.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Generic, TypeVar

from checker.errors import PluginError
from checker.findings import Outcome, Passage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A value that a document states, with the passages that say so."""

    value: T
    passages: tuple[Passage, ...] = ()

    @property
    def passage(self) -> Passage | None:
        """The first passage."""
        return self.passages[0] if self.passages else None


@dataclass(frozen=True, slots=True)
class PublishedFact:
    """A fact as reports and ``checker facts`` show it.

    Attributes:
        name: Its name, such as ``register_times``.
        value: Plain values that JSON can hold: dates as ISO text, times as HH:MM, money in whole pounds.
        passages: Where the document says so.
    """

    name: str
    value: Any
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedFacts:
    """All facts of a subject that reports show, for a check that may ask for any of them by name."""

    by_name: Mapping[str, PublishedFact]


class Published(typing.Protocol):
    """A fact that shows itself in reports."""

    def published(self) -> Iterable[PublishedFact]:
        """Returns the facts to show, in their order."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A function that reads a fact.

    Attributes:
        function: The function.
        needs: Its parameters and the types that they ask for.
        gives: The type of fact that it returns.
    """

    function: Callable[..., Any]
    needs: Mapping[str, type]
    gives: type

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Reads the fact."""
        return self.function(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class Check:
    """A function that judges one requirement.

    Attributes:
        requirement: The name of the requirement.
        function: The function.
        needs: Its parameters and the types that they ask for.
    """

    requirement: str
    function: Callable[..., Outcome]
    needs: Mapping[str, type]

    def __call__(self, *args: Any, **kwargs: Any) -> Outcome:
        """Judges the requirement."""
        return self.function(*args, **kwargs)


def reader(function: Callable[..., Any]) -> Reader:
    """Marks a function as the reader of the fact that it is annotated to return."""
    needs, gives = _signature(function)
    if not isinstance(gives, type):
        raise PluginError(f"The reader {_name(function)} must be annotated with the fact that it returns.")
    return Reader(function, needs, gives)


def check(requirement: str) -> Callable[[Callable[..., Outcome]], Check]:
    """Marks a function as the check of a requirement."""

    def mark(function: Callable[..., Outcome]) -> Check:
        return Check(requirement, function, _signature(function)[0])

    return mark


@dataclass(frozen=True, slots=True)
class Topic:
    """The readers and checks of one topic.

    Attributes:
        readers: Its readers.
        checks: Its checks.
    """

    readers: tuple[Reader, ...] = ()
    checks: tuple[Check, ...] = ()


def topic(module: ModuleType) -> Topic:
    """Returns the topic of a module: its readers and checks in the order of their definition, none that it imports."""
    values = vars(module).values()
    return Topic(
        tuple(value for value in values if isinstance(value, Reader) and _is_of(module, value)),
        tuple(value for value in values if isinstance(value, Check) and _is_of(module, value)),
    )


def _is_of(module: ModuleType, value: Reader | Check) -> bool:
    return value.function.__module__ == module.__name__


def _signature(function: Callable[..., Any]) -> tuple[dict[str, type], Any]:
    hints = typing.get_type_hints(function)
    gives = hints.pop("return", None)
    missing = [name for name in function.__code__.co_varnames[: function.__code__.co_argcount] if name not in hints]
    if missing:
        raise PluginError(
            f"{_name(function)}: the parameter {missing[0]!r} needs a type, so that the engine can fill it."
        )
    return hints, gives


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
