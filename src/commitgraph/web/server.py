"""The server process: data, workers, and the event loop, started and stopped in the right order."""

from __future__ import annotations

import signal
import socket
from types import FrameType

import uvicorn

from commitgraph.dataset import load
from commitgraph.web.app import create_app
from commitgraph.web.limits import Limits

#: Seconds that running requests get when the server is told to stop.
_GRACE = 3


class ServeError(Exception):
    """The server cannot start. The message says why and what to do."""


class _Server(uvicorn.Server):
    """uvicorn, saying where it listens as soon as it does."""

    greeting = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        print(self.greeting, flush=True)


def serve(host: str, port: int) -> None:
    """Serve the shipped data until SIGTERM or SIGINT.

    Args:
        host: name or address to listen on.
        port: 0 takes any free one.

    Raises:
        ServeError: the address cannot be had.
        DataError: the data cannot be read.
        LimitsError: an environment variable holds no usable number.
    """
    limits = Limits.from_environment()
    # First the address: who starts a second server by mistake should hear of it at once.
    listener = _listen(host, port)
    dataset = load()
    app = create_app(limits, dataset)  # forks; only then comes the event loop
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
    server = _Server(config)
    server.greeting = f"Serving on {_address(host, listener)} (data version {dataset.short_version})"

    def stop(_: int, __: FrameType | None) -> None:
        server.should_exit = True

    # uvicorn sends itself the signal again once it has stopped; with these handlers that does nothing.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    server.run(sockets=[listener])


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
