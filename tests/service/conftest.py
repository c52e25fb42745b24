"""A real server in a process of its own, over a small data set."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from commitgraph.home import home as shipped_home

PARTIES = 1000
# Where a test sets no limit of time itself, none is come to, however busy the machine is.
PATIENT: dict[str, Any] = {"timeout": 3600.0, "page_timeout": 3600.0, "judge_timeout": 3600.0}
_PREFIXES = Path(__file__).parents[2] / "data" / "prefixes.ttl"


def wait_for(condition: Callable[[], bool], what: str, seconds: float = 300) -> None:
    """Wait until `condition` holds; fail when it does not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.02)


def descendants(pid: int) -> set[int]:
    """Process ids of the children of a process, their children, and so on (Linux)."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        if fields[0] != "Z":
            parents[int(stat.parent.name)] = int(fields[1])
    found: set[int] = set()
    new = {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return found


class Service:
    """A running `commitgraph serve`.

    Attributes:
        url: its address without a slash at the end.
        endpoint: the address of its SPARQL endpoint.
        process: the server process.
        greeting: what it printed when it began to listen.
    """

    def __init__(self, home: Path, *arguments: str, **limits: object) -> None:
        environment = {**os.environ, "COMMITGRAPH_HOME": str(home)}
        limits = {**PATIENT, **limits}
        environment |= {f"COMMITGRAPH_{name.upper()}": str(value) for name, value in limits.items()}
        command = [sys.executable, "-m", "commitgraph", "serve", "--port", "0", *arguments]
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        self.greeting = self.process.stdout.readline()
        address = re.search(r"http://\S+", self.greeting)
        assert address, f"no address in {self.greeting!r}: {self.process.communicate()[1]}"
        self.url = address.group()
        self.endpoint = f"{self.url}/sparql"
        self.client = httpx.Client(timeout=300)
        wait_for(lambda: self.client.get(f"{self.url}/readyz").status_code == 200, "the service is ready")

    def ask(self, query: str, accept: str | None = None, **parameters: str) -> httpx.Response:
        """Send a query as a form."""
        headers = {"Accept": accept} if accept else {}
        return self.client.post(self.endpoint, data={"query": query, **parameters}, headers=headers)

    def get(self, headers: dict[str, str] | None = None, **parameters: str) -> httpx.Response:
        """Send a GET request to the endpoint."""
        return self.client.get(self.endpoint, params=parameters, headers=headers)

    def lives(self, within: float = 3600) -> bool:
        """Whether a lookup that was never asked before is answered (within a number of seconds)."""
        response = self.ask(f"SELECT * {{ ?s ?p ?o }} LIMIT 1 # {time.monotonic_ns()}", timeout=str(within))
        return response.status_code == 200

    def supervisors(self) -> set[int]:
        """Process id of what starts the workers."""
        return {pid for pid in descendants(self.process.pid) if _parent(pid) == self.process.pid}

    def workers(self) -> set[int]:
        """Process ids of the workers of all kinds."""
        return descendants(self.process.pid) - self.supervisors()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end.

        Returns:
            The exit code.
        """
        self.client.close()
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.communicate(timeout=300)
        return self.process.returncode


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except OSError:
        return 0


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small data set: two files, so two named graphs, which have one triple in common."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "ontology").mkdir()
    (folder / "data").mkdir()
    prefixes = _PREFIXES.read_text(encoding="utf-8")
    (folder / "data" / "prefixes.ttl").write_text(prefixes, encoding="utf-8")
    shared = "cg:Party rdfs:label 'party'@en .\n"
    (folder / "ontology" / "x.ttl").write_text(
        f"{prefixes}{shared}cg:Party a rdfs:Class .\n", encoding="utf-8"
    )
    parties = "".join(
        f'<party/p{number}> a cg:Party ; cg:ordinal {number} ; cg:summary "Nº {number},\\n\\"ü\\" & <x>" .\n'
        for number in range(PARTIES)
    )
    (folder / "data" / "y.ttl").write_text(prefixes + shared + parties, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def service(home: Path) -> Iterator[Service]:
    """A server with the limits that it ships with, but for time."""
    running = Service(home)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def shipped() -> Iterator[Service]:
    """A server over the shipped data."""
    running = Service(shipped_home())
    yield running
    running.stop()


@pytest.fixture
def narrow(home: Path) -> Iterator[Service]:
    """A server with room for one short query, one long one and one that waits, and for small answers.

    No query comes to its time limit: what ends earlier than an hour was ended by something else.
    """
    running = Service(
        home,
        workers=1,
        long_workers=1,
        page_workers=1,
        judge_workers=1,
        queue=1,
        answer_bytes=100_000,
    )
    yield running
    running.stop()
