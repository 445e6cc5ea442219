"""Web pages from templates: everything that is put into one is made harmless and escaped."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from checker.reports.safe import for_page


def render(package: str, template: str, **values: Any) -> str:
    """Returns a page.

    The page may load nothing and run nothing: its policy names its own style and script by their hashes, so that
    neither a slip here nor a hostile document can make a browser fetch or run anything else.

    Args:
        package: The package whose folder ``templates`` holds the template, its ``style.css`` and ``script.js``.
        template: The name of the template.
        **values: What the template shows.
    """
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        # White space at the ends of lines would differ between editors, and nothing would be seen of it.
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["inline"] = lambda name: _Inline(environment, name)
    return environment.get_template(template).render(**values).rstrip() + "\n"


def _harmless(value: Any) -> Any:
    if value is None:
        return ""
    return for_page(value) if isinstance(value, str) and not isinstance(value, Markup) else value


class _Inline:
    """A style sheet or a script that stands in the page itself."""

    def __init__(self, environment: Environment, name: str) -> None:
        assert environment.loader is not None
        self.text = Markup(environment.loader.get_source(environment, name)[0].replace("\r\n", "\n"))

    @property
    def hash(self) -> str:
        """The hash by which the page's security policy names it."""
        digest = hashlib.sha256(self.text.encode()).digest()
        return f"sha256-{base64.b64encode(digest).decode()}"
