"""The server process: how it starts, stops, and what it leaves behind."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Service, descendants, wait_for
from .test_sparql_limits import ENDLESS, left_running

linux = pytest.mark.skipif(sys.platform != "linux", reason="finds processes through /proc")


def serve(home: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a server that is expected to end by itself."""
    command = [sys.executable, "-m", "commitgraph", "serve", *arguments]
    environment = {**os.environ, "COMMITGRAPH_HOME": str(home), **variables}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)


@linux
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 0), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_the_end_leaves_no_process_behind(home: Path, number: int, code: int) -> None:
    service = Service(home)
    with left_running(service, f"{ENDLESS} # {number}"):
        family = descendants(service.process.pid)
        assert len(family) >= 3
        assert service.stop(number) == code
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family), "all its processes are gone")


def test_the_first_line_says_where_it_listens(service: Service) -> None:
    assert service.greeting == f"Serving on {service.url} (data version {service.greeting.split()[-1]}\n"


def test_a_taken_port_is_said_and_exits_2(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        ended = serve(home, "--port", port)
    assert ended.returncode == 2
    assert port in ended.stderr
    assert "--port" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "variables", "word"),
    [
        (["--host", "no.such.host.invalid"], {}, "--host"),
        ([], {"COMMITGRAPH_TIMEOUT": "soon"}, "COMMITGRAPH_TIMEOUT"),
        ([], {"COMMITGRAPH_WORKERS": "0"}, "COMMITGRAPH_WORKERS"),
        ([], {"COMMITGRAPH_HOME": "/nowhere"}, "COMMITGRAPH_HOME"),
    ],
)
def test_wrong_settings_are_said_and_exit_2(
    home: Path, arguments: list[str], variables: dict[str, str], word: str
) -> None:
    ended = serve(home, "--port", "0", *arguments, **variables)
    assert ended.returncode == 2
    assert word in ended.stderr
    assert "Traceback" not in ended.stderr


def test_health_and_readiness(service: Service) -> None:
    assert service.client.get(f"{service.url}/healthz").json() == {"status": "ok"}
    assert service.client.get(f"{service.url}/readyz").json()["status"] == "ready"
    assert service.client.head(f"{service.url}/readyz").status_code == 200


@linux
def test_without_its_supervisor_the_service_ends_and_says_why(home: Path) -> None:
    # So that a service manager starts it again: the process itself cannot safely fork another one.
    service = Service(home)
    (supervisor,) = service.supervisors()
    family = descendants(service.process.pid)
    os.kill(supervisor, signal.SIGKILL)
    _, said = service.process.communicate(timeout=120)
    assert service.process.returncode == 2
    assert "supervisor of the workers has ended" in said
    assert "Traceback" not in said
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family), "all its processes are gone")


@linux
def test_while_no_process_can_be_started_queries_are_told_and_then_answered_again(home: Path) -> None:
    service = Service(home, workers=1, page_workers=1, judge_workers=1)
    try:
        (supervisor,) = service.supervisors()
        wait_for(lambda: len(service.workers()) == 4, "all workers are there")
        # Not one more channel to a worker can be opened: to the supervisor as good as no further process.
        allowed = resource.prlimit(supervisor, resource.RLIMIT_NOFILE)
        resource.prlimit(supervisor, resource.RLIMIT_NOFILE, (0, allowed[1]))
        for pid in service.workers():
            os.kill(pid, signal.SIGKILL)
        wait_for(lambda: not service.lives(), "the lack is told")
        answer = service.ask("ASK { ?s ?p 'never asked before' }")
        assert answer.json()["type"].endswith("/no-worker")
        assert int(answer.headers["retry-after"]) > 0
        assert service.client.get(f"{service.url}/healthz").status_code == 200
        page = service.client.get(f"{service.url}/parties", headers={"Accept": "text/html"})
        assert (page.status_code, "No worker can be started" in page.text) == (503, True)
        resource.prlimit(supervisor, resource.RLIMIT_NOFILE, allowed)
        wait_for(service.lives, "the service answers again by itself")
        wait_for(lambda: service.client.get(f"{service.url}/parties").status_code == 200, "so do its pages")
    finally:
        assert service.stop() == 0


WITHOUT_FORK = """
import os, sys
sys.modules["resource"] = None
del os.fork
sys.argv[0] = "commitgraph"
import commitgraph, commitgraph.sandbox.pool, commitgraph.sandbox.supervisor, commitgraph.web.app
from commitgraph.cli import main
main()
"""


@pytest.mark.parametrize(("arguments", "code"), [(["stats"], 0), (["serve", "--port", "0"], 2)])
def test_where_processes_cannot_fork_only_serving_is_refused(
    home: Path, arguments: list[str], code: int
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", WITHOUT_FORK, *arguments],
        env={**os.environ, "COMMITGRAPH_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == code, ended.stderr
    assert "Traceback" not in ended.stderr
    assert ("fork" in ended.stderr) == (code == 2)
