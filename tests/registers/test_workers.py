"""Many registers: alone, in processes and on a cluster the report is the same, whatever becomes of a worker."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from checker.cli.check import command
from checker.configuration import Configuration
from checker.engine import Engine, Settings
from checker.errors import UsageError
from checker.guarded import Limits
from checker.plugins import load_plugins
from checker.report import Status, Subject
from checker.reports.json import as_values
from checker.run import Ways, run
from checker.workers import Workers
from tests.cli.bulk import folder_of
from tests.conftest import ROOT

SCHOOLS = 8

DEADLY = """
import os
from checker.hookspecs import hookimpl
from checker.registers.loaders import BUILT_IN, RegisterLoader

def accepts(path):
    return path.name.startswith("deadly") and (path / "register.yaml").is_file()

def load(path, as_at):
    os._exit(1)

@hookimpl
def checker_register_loaders():
    return [RegisterLoader("deadly", accepts, BUILT_IN[0].school, load)]
"""


@pytest.fixture
def county(tmp_path: Path) -> Path:
    for number in range(SCHOOLS):
        shutil.copytree(ROOT / "registers" / ("millrace" if number % 2 else "hazelbeck"), tmp_path / f"s{number:02d}")
    return tmp_path


def engine(*plugins: Path) -> Engine:
    settings = Settings(dt.date(2026, 11, 22), configuration=Configuration(plugins=plugins))
    return Engine(load_plugins(plugins), settings)


def report(folder: Path, workers: Workers, *plugins: Path) -> dict[str, Any]:
    return as_values(run(engine(*plugins), [folder], Ways(workers)))


def test_processes_give_the_report_that_one_gives(county: Path) -> None:
    assert report(county, Workers(2)) == report(county, Workers(1))


def test_a_school_that_ends_its_process_is_said_and_no_other_is_lost(county: Path, tmp_path: Path) -> None:
    plugin = tmp_path / "deadly_plugin.py"
    plugin.write_text(DEADLY, encoding="utf-8")
    (county / "s05").rename(county / "deadly")
    subjects = {
        subject["path"].rpartition("/")[2]: subject for subject in report(county, Workers(2), plugin)["subjects"]
    }
    assert len(subjects) == SCHOOLS
    assert subjects["deadly"]["status"] == Status.UNREADABLE
    assert subjects["deadly"]["error"]["code"] == "worker-lost"
    assert [name for name, subject in subjects.items() if subject["status"] != Status.CHECKED] == ["deadly"]


@pytest.mark.parametrize("arguments", [["--engine", "dask"], ["--scheduler", "tcp://127.0.0.1:1"]])
def test_a_cluster_and_its_address_go_together(county: Path, arguments: list[str]) -> None:
    result = CliRunner().invoke(command, [str(county), *arguments])
    assert isinstance(result.exception, UsageError)
    assert "go together" in str(result.exception)


def test_dask_needs_its_scheduler(county: Path) -> None:
    with pytest.raises(UsageError, match="no Dask scheduler answers"):
        report(county, Workers(scheduler="tcp://127.0.0.1:1"))


@pytest.fixture
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as found:
        yield found


@pytest.mark.filterwarnings("ignore")  # those of the cluster's own libraries when a worker is killed
def test_a_cluster_loses_nothing_when_a_worker_is_killed_in_mid_run(
    county: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = []

    def kill_one(subject: Subject) -> None:
        if not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGTERM if os.name == "nt" else signal.SIGKILL)

    expected = report(county, Workers(1))
    monkeypatch.setattr("checker.run.progress_bar", lambda total: _yielding(kill_one))
    assert report(county, Workers(scheduler=cluster.scheduler_address)) == expected
    assert killed


@pytest.mark.filterwarnings("ignore")  # those of the cluster's own libraries
def test_a_cluster_holds_each_policy_to_its_limits(tmp_path: Path, cluster: Any) -> None:
    folder = folder_of(tmp_path, ["hangs", "kills", "sound-1", "sound-2"])
    workers = Workers(scheduler=cluster.scheduler_address, limits=Limits(seconds=25))
    found = report(folder, workers, tmp_path / "misbehaving.py")["subjects"]
    codes = {Path(subject["path"]).stem: subject["error"] and subject["error"]["code"] for subject in found}
    assert codes == {"hangs": "time-limit", "kills": "worker-lost", "sound-1": None, "sound-2": None}


class _yielding:  # noqa: N801 - stands in for a context manager's function
    def __init__(self, value: Any) -> None:
        self.value = value

    def __enter__(self) -> Any:
        return self.value

    def __exit__(self, *_: object) -> None:
        return None
