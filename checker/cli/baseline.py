"""``checker baseline``: accepts today's failures, so that only new ones fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.common import Configured, IsoDate, engine_of, judging, report_of
from checker.errors import UsageError
from checker.findings import Finding, Verdict
from checker.waivers import FILE, Waivers, document_name, load_waivers
from checker.yaml_files import read_text

if TYPE_CHECKING:
    from checker.report import Report

_HEAD = """\
# Failures that a person has accepted, each for one passage and for a time. Written by `checker baseline`; nothing is
# ever added here without that command. Take out what is put right; what has expired counts as a failure again.
waivers:
"""


class _Words(click.ParamType[str]):
    """Words that say something."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        words = " ".join(str(value).split())
        return words or self.fail("say something here: it is shown beside every failure that is waived.", param, ctx)


@click.command(cls=Configured)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--reason", type=_Words(), required=True, help="Why these failures are accepted.")
@click.option("--owner", type=_Words(), required=True, help="Who sees to them.")
@click.option("--approved-by", type=_Words(), required=True, help="Who has accepted them.")
@click.option("--expires", type=IsoDate(), required=True, help="The last day on which they are accepted.")
@click.option(
    "--waivers",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=FILE,
    show_default=True,
    help="The file to write. What stands in it is kept.",
)
@judging
@click.pass_context
def command(context: click.Context, /, **options: Any) -> None:
    """Write a waiver for each of today's failures to waivers.yaml, so that only new ones fail."""
    engine = engine_of(context.obj, options)
    today = engine.settings.as_at or engine.settings.today
    if options["expires"] < today:
        raise UsageError(f"--expires {options['expires'].isoformat()}: that day has passed.")
    file: Path = options["file"]
    known = load_waivers(file, engine.plugins.catalogue) if file.exists() else Waivers(file)
    report = report_of(engine, options, known)
    keys = ("reason", "owner", "approved_by", "expires")
    added = list(_entries(report, file.parent, {key: options[key] for key in keys}))
    if added:
        _write(file, _with(file, added), len(known.entries) + len(added), engine.plugins.catalogue)
    number = f"{len(added)} waiver{'' if len(added) == 1 else 's'}"
    click.echo(f"Wrote {number} to {file}." if added else "Nothing fails that is not waived already.", err=True)
    broken = report.unreadable or report.tally[Verdict.ERROR]
    if broken:
        click.echo("Some files could not be read or checked: `checker check` names them.", err=True)
    context.exit(2 if broken else 0)


def _entries(report: Report, folder: Path, accepted: dict[str, Any]) -> Iterator[dict[str, Any]]:
    from checker.fingerprints import fingerprint

    for subject in report.subjects:
        document = document_name(subject, folder)
        for finding in subject.findings:
            if finding.verdict is Verdict.FAIL:
                yield {
                    "requirement": finding.requirement.name,
                    "document": document,
                    "passage": fingerprint(document, finding),
                    "quote": _quoted(finding),
                    **accepted,
                }


def _quoted(finding: Finding) -> str:
    from checker.reports.safe import for_page
    from checker.reports.wording import shortened

    quote = finding.evidence[0].quote if finding.evidence else finding.message
    return for_page(shortened(quote, 160))


def _with(file: Path, added: Iterable[dict[str, Any]]) -> str:
    """Returns the file's text with more waivers at its end; what stands in it, remarks too, stays as it is."""
    import yaml

    before, indent = _HEAD, 2
    if file.exists():
        text = read_text(file)
        top: Any = yaml.compose(text, yaml.SafeLoader)
        node = next(value for key, value in top.value if key.value == "waivers")
        if node.value and node.flow_style:
            raise UsageError(f"{file}: write its waivers one below the other, each beginning with '- ', and try again.")
        if node.value:
            before, indent = text.rstrip() + "\n", node.start_mark.column
        else:
            before = text[: node.start_mark.index].rstrip() + "\n"
    entries = [yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=1000) for entry in added]
    return before + "".join(f"{' ' * indent}{line}\n" for entry in entries for line in entry.splitlines())


def _write(file: Path, text: str, expected: int, catalogue: Any) -> None:
    """Writes the file, and puts the old one back where the new one does not read as it should."""
    old = file.read_bytes() if file.exists() else None
    try:
        file.write_bytes(text.encode())
    except OSError as error:
        raise UsageError(f"{file}: the waivers could not be written ({error.strerror}).") from error
    try:
        if len(load_waivers(file, catalogue).entries) == expected:
            return
    except UsageError:
        pass
    if old is None:
        file.unlink()
    else:
        file.write_bytes(old)
    raise UsageError(f"{file}: nothing could be added to it as it is laid out. Move it away and try again.")
