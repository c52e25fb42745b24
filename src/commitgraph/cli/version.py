"""`commitgraph version`."""

from __future__ import annotations

import platform
from importlib.metadata import version as installed

from commitgraph import __version__
from commitgraph.cli.output import console
from commitgraph.dataset import version as of_data


def version() -> None:
    """Print the versions of the code, of the data (a digest) and of the engines.

    Example: commitgraph version
    """
    out = console()
    out.print(f"commitgraph {__version__}")
    out.print(f"data        {of_data()}")
    for package in ("pyoxigraph", "pyshacl", "rdflib"):
        out.print(f"{package:<11} {installed(package)}")
    out.print(f"Python      {platform.python_version()}")
