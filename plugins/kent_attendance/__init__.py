"""Kent's pack: what Kent County Council asks of the schools in its area, beside the national requirements.

It is the model for another authority's pack: docs/local-packs.md tells how it is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources

from checker.catalogue import Catalogue, load_catalogue
from checker.facts import Topic, topic
from checker.hookspecs import hookimpl

__version__ = "0.1.0"


@hookimpl
def checker_catalogue() -> Catalogue:
    """The requirements, from the YAML files of ``catalogue``."""
    return load_catalogue(resources.files("kent_attendance") / "catalogue", trusted=True)


@hookimpl
def checker_topics(kind: str) -> Iterable[Topic]:
    """The readers and checks."""
    if kind == "policy":
        from kent_attendance import penalty_policy, policy

        return [topic(policy), topic(penalty_policy)]
    from kent_attendance import penalty_notices, returns

    return [topic(returns), topic(penalty_notices)]
