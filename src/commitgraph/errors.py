"""The errors that users of the package may meet: one tree, so that one `except` catches them all."""

from __future__ import annotations


class CommitgraphError(Exception):
    """What was asked for cannot be had. The message says what was expected, what was given, and what to do.

    Beneath it are `DataError` (a file of the data set cannot be read), `LookupFailed` (a name stands for
    nothing, or for several things), `ParameterError` (a question cannot be asked so), `UnknownQuestion`
    (there is no saved question of that name) and `QueryError` (a query cannot be run).
    """
