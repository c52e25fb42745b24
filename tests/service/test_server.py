"""The server process: how it starts, stops, and what it leaves behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Service, descendants, wait_for
from .test_sparql_limits import ENDLESS, left_running


def serve(home: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a server that is expected to end by itself."""
    command = [sys.executable, "-m", "commitgraph", "serve", *arguments]
    environment = {**os.environ, "COMMITGRAPH_HOME": str(home), **variables}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.skipif(sys.platform != "linux", reason="finds processes through /proc")
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


@pytest.mark.skipif(sys.platform != "linux", reason="finds processes through /proc")
def test_without_its_zygote_the_service_says_that_it_is_ill(home: Path) -> None:
    service = Service(home)
    try:
        zygote = min(descendants(service.process.pid) - service.workers())
        os.kill(zygote, signal.SIGKILL)
        url = service.url
        wait_for(lambda: service.client.get(f"{url}/healthz").status_code == 503, "/healthz tells")
        assert service.client.get(f"{url}/readyz").status_code == 503
        assert service.ask("ASK {}").status_code == 503
    finally:
        assert service.stop() == 0
