"""`commitgraph serve`."""

from __future__ import annotations

from typing import Annotated

import typer

from commitgraph.cli.output import Failure
from commitgraph.sandbox.limits import LimitsError, describe

EPILOG = (
    "Environment variables: "
    + " · ".join(f"{name} ({default}): {meaning}" for name, default, meaning in describe())
    + " · COMMITGRAPH_HOME: folder with ontology/ and data/ to serve instead of the shipped one"
)


def serve(
    host: Annotated[str, typer.Option(help="Name or address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes any free one.")
    ] = 8000,
) -> None:
    """Serve the web pages and the SPARQL endpoint, until Ctrl-C or SIGTERM.

    Example: commitgraph serve --port 8080
    """
    # Imported here: the other verbs need no web server and should not wait for one.
    from commitgraph.web.server import ServeError  # noqa: PLC0415
    from commitgraph.web.server import serve as run  # noqa: PLC0415

    try:
        run(host, port)
    except (ServeError, LimitsError) as error:
        raise Failure(str(error)) from None
