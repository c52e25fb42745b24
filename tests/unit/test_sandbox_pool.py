"""Workers behind the guard: even a query that gets past it reaches nothing."""

from __future__ import annotations

import socket

import pyoxigraph as ox
import pytest

from commitgraph.sandbox.limits import Limits
from commitgraph.sandbox.pool import Job, Pool
from commitgraph.sandbox.zygote import Zygote
from commitgraph.web.problems import Problem
from tests.aio import run


def test_a_worker_can_open_no_connection() -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("x"), ox.NamedNode("urn:g")))
    limits = Limits(workers=1)
    zygote = Zygote(store, limits)

    async def ask(query: str) -> bytes:
        pool = Pool(zygote, limits)
        await pool.start()
        try:
            return (await pool.run(Job(query), 10)).body
        finally:
            await pool.close()

    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.setblocking(False)
        address = f"http://127.0.0.1:{trap.getsockname()[1]}/"
        with pytest.raises(Problem):
            run(ask(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"))
        with pytest.raises(BlockingIOError):
            trap.accept()
