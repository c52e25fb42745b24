"""Worker processes for the work of strangers: limited in time and memory, and killed at any moment.

Here live the supervisor, which forks the workers, and the pool, which hands jobs to them. The application
says which kinds of work there are (:class:`~commitgraph.sandbox.work.Work`) before the supervisor is
forked. Nothing here knows what the work is, or who asked for it over which protocol.
"""

from __future__ import annotations

import importlib.util
import os


def is_supported() -> bool:
    """Whether this operating system has what workers need: `fork` and limits of resources."""
    return hasattr(os, "fork") and importlib.util.find_spec("resource") is not None
