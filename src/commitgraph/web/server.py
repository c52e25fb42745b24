"""The server process: data, workers, and the event loop, started and stopped in the right order."""

from __future__ import annotations

import signal
import socket
from types import FrameType

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from commitgraph.dataset import load
from commitgraph.sandbox import is_supported
from commitgraph.sandbox.limits import Limits
from commitgraph.web.app import create_app
from commitgraph.web.problems import MEDIA_TYPE, Problem

#: Seconds that running requests get when the server is told to stop.
_GRACE = 3
# httptools counts within an address in 16 bits; beyond the second bound it is not even read.
_LONGEST_URL = 65_535
_ENDLESS_URL = 1 << 20


class ServeError(Exception):
    """The server cannot start. The message says why and what to do."""


class _Server(uvicorn.Server):
    """uvicorn, saying where it listens as soon as it does."""

    greeting = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        print(self.greeting, flush=True)

    def stop(self) -> None:
        self.should_exit = True


class _Connection(HttpToolsProtocol):
    """uvicorn's connection, telling who sends a query in an overlong address to use POST."""

    version = ""

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > _ENDLESS_URL:
            raise ValueError  # httptools turns it into its own error, which ends the connection

    def send_400_response(self, msg: str) -> None:
        if len(self.url) <= _LONGEST_URL:
            super().send_400_response(msg)
            return
        problem = Problem(
            414,
            "address-too-long",
            "The address is too long",
            f"Expected at most {_LONGEST_URL} characters. Send the query with POST instead.",
        )
        body = problem.document()
        head = (
            f"HTTP/1.1 414 URI Too Long\r\nContent-Type: {MEDIA_TYPE}\r\nContent-Length: {len(body)}\r\n"
            f"X-Data-Version: {self.version}\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n"
        )
        self.transport.write(head.encode("ascii") + body)
        self.transport.close()


def serve(host: str, port: int) -> None:
    """Serve the shipped data until SIGTERM or SIGINT.

    Args:
        host: name or address to listen on.
        port: 0 takes any free one.

    Raises:
        ServeError: the address cannot be had, the system cannot fork processes, or the supervisor of the
            workers has ended, so that the service could not go on.
        DataError: the data cannot be read.
        LimitsError: an environment variable holds no usable number.
    """
    if not is_supported():
        raise ServeError(
            "expected an operating system on which a process can fork (Linux or macOS): the service runs the "
            "work of strangers in such processes. On Windows run it in a container or under WSL; all other "
            "commands work without"
        )
    limits = Limits.from_environment()
    # First the address: who starts a second server by mistake should hear of it at once.
    listener = _listen(host, port)
    dataset = load()
    app = create_app(limits, dataset)  # forks; only then comes the event loop
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http=_Connection,
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
    _Connection.version = dataset.version
    server = _Server(config)
    server.greeting = f"Serving on {_address(host, listener)} (data version {dataset.short_version})"

    def stop(_: int, __: FrameType | None) -> None:
        server.stop()

    # uvicorn sends itself the signal again once it has stopped; with these handlers that does nothing.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    pool = app.state.pool
    pool.when_broken = server.stop
    server.run(sockets=[listener])
    if pool.is_broken:
        # A process with threads and an event loop cannot safely fork another supervisor; a new one can.
        raise ServeError(
            "the supervisor of the workers has ended (it was killed, or memory ran out), so the "
            "service has ended too; start it again, or let a service manager do so"
        )


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise ServeError(f"--host: expected the name or address of this machine, got {host!r}") from None
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise ServeError(
            f"cannot listen on {host}:{port}: {(error.strerror or str(error)).lower()}; "
            "stop what uses the port, or choose another with --port"
        ) from None
    return listener


def _address(host: str, listener: socket.socket) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listener.getsockname()[1]}"
