"""Whether the registers keep the times that the school's policy states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from checker.context import Context
from checker.facts import check
from checker.findings import Outcome, Row, not_applicable
from checker.registers.calendar import SESSIONS
from checker.registers.model import Register
from checker.registers.settings import Window
from england_attendance.registers.outcomes import at_fault, cannot_judge, counted

MINUTES = 60


@check("register.policy-match")
def the_times_are_those_of_the_policy(register: Register, context: Context) -> Outcome:
    """The registers open and close when the policy says."""
    if context.partner is None:
        return not_applicable("No policy of this school was checked together with the register.")
    fact = context.partner.get("register_times")
    stated: list[Mapping[str, Any]] = [] if fact is None else list(fact.value)
    if not any(_stated(window, "opens") or _stated(window, "closes") for window in stated):
        return not_applicable("The policy states no times of registers with which to compare.")
    windows = register.settings.registration
    unknown = [session for session in SESSIONS if session not in windows and _of_session(register, stated, session)]
    rows = tuple(row for session in SESSIONS if session in windows for row in _rows(register, stated, session))
    if unknown and not rows:
        return cannot_judge(
            f"register.yaml does not say under 'registration' when the {' and '.join(unknown)} register opens and "
            "closes, so it cannot be compared with the policy."
        )
    return at_fault(
        rows,
        "The registers do not open and close at the times that the policy states: "
        + "; ".join(f"{row.session}: {row.detail}" for row in rows) + ".",
        "The registers open and close at the times that the policy states.",
    ).noting(*_codes(register, context))  # fmt: skip


def _rows(register: Register, stated: list[Mapping[str, Any]], session: str) -> Iterator[Row]:
    """Says where a session's window is none of those that the policy states for it."""
    window = register.settings.registration[session]
    differences = [list(_differences(window, policy)) for policy in _of_session(register, stated, session)]
    if differences and all(differences):
        nearest = min(differences, key=len)
        yield Row(session=session, detail=" and ".join(nearest))


def _of_session(register: Register, stated: list[Mapping[str, Any]], session: str) -> list[Mapping[str, Any]]:
    """Returns the windows that the policy states for a session: those of the school's own site where it names it."""
    windows = [window for window in stated if window.get("session") == session]
    name = _plain(register.school.name or "")
    sites = [_plain(str(window.get("site") or "")) for window in windows]
    own = [
        window for window, site in zip(windows, sites, strict=True) if site and name and (site in name or name in site)
    ]
    return own or windows


def _differences(window: Window, policy: Mapping[str, Any]) -> Iterator[str]:
    for what, minutes in (("opens", window.opens), ("closes", window.closes)):
        said = _stated(policy, what)
        if said is not None and minutes is not None and said != minutes:
            yield f"the register {what} at {_clock(minutes)}, the policy says {_clock(said)}"


def _stated(window: Mapping[str, Any], what: str) -> int | None:
    time = window.get(what)
    return None if not time else int(str(time)[:2]) * MINUTES + int(str(time)[3:5])


def _codes(register: Register, context: Context) -> Iterator[str]:
    """Notes codes that the register uses and the policy does not list."""
    fact = (context.partner or {}).get("codes")
    if fact is None or not isinstance(fact.value, list):
        return
    listed = {entry.get("code") if isinstance(entry, Mapping) else entry for entry in fact.value}
    used = [code for code in register.marks.alphabet if code and code not in listed]
    if listed and used:
        yield f"the register uses {counted(len(used), 'code')} that the policy does not list ({', '.join(used[:8])})"


def _plain(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def _clock(minutes: int) -> str:
    return f"{minutes // MINUTES:02d}:{minutes % MINUTES:02d}"
