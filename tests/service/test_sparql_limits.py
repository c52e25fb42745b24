"""Queries that hurt: each is stopped, told why, and the service goes on."""

from __future__ import annotations

import html
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from .conftest import Service, wait_for
from .test_sparql_protocol import count, is_problem

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
#: Workers of the narrow server while a query runs long: two for queries, one each for the rest.
WITH_A_LONG_ONE = 5
needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="finds processes through /proc")


@contextmanager
def left_running(service: Service, *queries: str) -> Iterator[None]:
    """Have queries run whose answers nobody has read yet; on leaving, their clients leave."""
    host, port = service.url.removeprefix("http://").split(":")
    clients = []
    for query in queries:
        client = socket.create_connection((host, int(port)))
        client.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        clients.append(client)
    try:
        yield
    finally:
        for client in clients:
            client.close()


@contextmanager
def all_places_taken(narrow: Service) -> Iterator[None]:
    """Have one query run in the long lane and one in the short lane, so that both are full."""
    with left_running(narrow, f"{ENDLESS} # 1"):
        wait_for(
            lambda: len(narrow.workers()) == WITH_A_LONG_ONE, "the first query has moved to the long lane"
        )
        with left_running(narrow, f"{ENDLESS} # 2"):
            wait_for(lambda: not narrow.lives(within=1), "the second query has the only short place")
            yield


def test_endless_query_is_cut_off_while_others_are_answered(service: Service) -> None:
    with ThreadPoolExecutor() as threads:
        hurting = [threads.submit(service.ask, f"{ENDLESS} # {n}", timeout="6") for n in range(4)]
        answered = 0
        while not all(run.done() for run in hurting):
            answered += service.lives()
    assert answered
    for run in hurting:
        assert is_problem(run.result(), 503)
        assert "6 s" in run.result().json()["detail"]


@needs_proc
def test_long_query_makes_room_for_short_ones(narrow: Service) -> None:
    # The only worker is busy; its query moves aside and another worker comes.
    with left_running(narrow, ENDLESS):
        wait_for(lambda: len(narrow.workers()) == WITH_A_LONG_ONE, "there is another worker")
        assert narrow.lives()


def test_client_may_lower_the_time_limit_but_not_raise_it(home: Path) -> None:
    service = Service(home, timeout=2)
    try:
        assert "0.5 s" in service.ask(ENDLESS, timeout="0.5").json()["detail"]
        assert "2 s" in service.ask(ENDLESS, timeout="1000").json()["detail"]
    finally:
        service.stop()


def test_a_table_for_a_reader_has_the_limits_of_the_query_in_it(home: Path) -> None:
    service = Service(home, timeout=2, rows=50)

    def told(query: str, status: int, words: str) -> None:
        """Wait for this answer: on a busy machine two seconds may pass before a worker is there."""
        seen: list[httpx.Response] = []

        def is_told() -> bool:
            seen[:] = [
                service.client.get(
                    f"{service.url}/sparql/table", params={"query": query}, headers={"Accept": "text/html"}
                )
            ]
            return (seen[0].status_code, words in seen[0].text) == (status, True)

        wait_for(is_told, f"{status} {words}")
        assert html.escape(query, quote=False) in seen[0].text, "the reader's words are not lost"

    try:
        told(ENDLESS, 503, "stopped after 2 s")
        told("SELECT * { ?s ?p ?o }", 413, "more than 50 rows")
        told("SELECT * {", 400, "never closed")
        told("SELECT * { ?s ?p ?o } LIMIT 3", 200, '<span class="count">3 rows</span>')
    finally:
        service.stop()


def test_a_page_that_takes_too_long_is_stopped_and_told(home: Path) -> None:
    service = Service(home, page_timeout=0.001)
    try:
        wait_for(service.lives, "the service answers")

        def asked() -> httpx.Response:
            return service.client.get(f"{service.url}/ontology", headers={"Accept": "text/html"})

        # First there is no worker yet for pages, then the page is stopped in it.
        wait_for(lambda: "The page took too long" in asked().text, "the limit is told")
        assert asked().status_code == 503
        assert service.lives()
    finally:
        service.stop()


@pytest.mark.parametrize("levels", [5_000, 49_900, 50_000])
@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("{", "}"), ("[", "]"), ("!(", ")")])
def test_deep_nesting_never_breaks_the_service(
    service: Service, levels: int, opening: str, closing: str
) -> None:
    inner = opening * levels + "1" + closing * levels
    for query in (f"SELECT ({inner} AS ?x) {{}}", f"ASK {{ {inner} }}"):
        answer = service.ask(query)
        assert is_problem(answer, answer.status_code)
        assert 400 <= answer.status_code < 500
    assert service.lives()


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER(" + "!" * 90_000 + "true) }",
        "SELECT (1" + "+1" * 45_000 + " AS ?x) {}",
        "ASK { {} " + "UNION {} " * 10_000 + "}",
        "ASK { ?s <urn:p>" + "/<urn:p>" * 10_000 + " ?o }",
        "ASK { " + "OPTIONAL { ?s <urn:q> ?o } " * 3_000 + "}",
    ],
    ids=["not", "sum", "union", "path", "optional"],
)
def test_long_chains_never_break_the_service(service: Service, query: str) -> None:
    answer = service.ask(query, timeout="2")
    assert answer.status_code == 200 or is_problem(answer, answer.status_code)
    assert service.lives()


def test_memory_bomb_is_stopped(service: Service) -> None:
    answer = service.ask("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?f LIMIT 10")
    assert is_problem(answer, 503)
    assert answer.json()["type"].endswith("/query-crashed"), "stopped by its memory, not by its time"
    assert service.lives()


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_too_many_rows_are_refused_not_shortened(service: Service, name: str) -> None:
    answer = service.ask("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100001", format=name)
    assert is_problem(answer, 413)
    assert "100000 rows" in answer.json()["detail"]


@pytest.mark.parametrize("name", ["turtle", "nt"])
def test_too_many_triples_are_refused_not_shortened(service: Service, name: str) -> None:
    answer = service.ask("CONSTRUCT { ?a ?e ?f } { ?a ?b ?c . ?d ?e ?f }", format=name)
    assert is_problem(answer, 413)


def test_too_many_bytes_are_refused_not_shortened(narrow: Service) -> None:
    assert is_problem(narrow.ask("SELECT * { ?s ?p ?o }"), 413)
    assert is_problem(narrow.ask("CONSTRUCT WHERE { ?s ?p ?o }"), 413)
    assert narrow.ask("SELECT * { ?s ?p ?o } LIMIT 100").status_code == 200


@pytest.mark.parametrize("call", ["SERVICE", "service SILENT", "SERVICE#\n", "{} SerVice"])
def test_service_is_refused_and_nobody_is_contacted(service: Service, call: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.setblocking(False)
        address = f"http://127.0.0.1:{trap.getsockname()[1]}/"
        answer = service.ask(f"SELECT * {{ {call}<{address}> {{ ?s ?p ?o }} }}")
        assert is_problem(answer, 403)
        for clause in (f"FROM <{address}>", f"FROM NAMED <{address}>", "FROM <file:///etc/hostname>"):
            assert service.ask(f"SELECT * {clause} {{ ?s ?p ?o }}").json()["results"]["bindings"] == []
        assert service.get(query=f"LOAD <{address}>").status_code == 400
        with pytest.raises(BlockingIOError):
            trap.accept()


@needs_proc
def test_query_is_stopped_when_its_client_leaves(narrow: Service) -> None:
    with all_places_taken(narrow):
        pass
    # Its limit is an hour, so nothing but the client's leaving can free a place.
    wait_for(narrow.lives, "a place is free again")


def test_query_goes_on_while_one_of_its_clients_stays(narrow: Service) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STR(?c) != STR(?f)) }"
    with ThreadPoolExecutor() as threads:
        staying = threads.submit(narrow.ask, slow)
        with left_running(narrow, slow):
            pass
        assert count(staying.result()) > 0


def test_equal_questions_are_answered_by_one_run(narrow: Service) -> None:
    # One worker and one place in the queue: ten runs would not fit.
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STR(?c) > STR(?f)) }"
    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(narrow.ask, [slow] * 10))
    assert len({count(answer) for answer in answers}) == 1


@needs_proc
def test_too_many_questions_are_sent_away_with_a_time_to_return(narrow: Service) -> None:
    with all_places_taken(narrow):
        answer = narrow.ask("ASK { ?s ?p 'never asked before' }", timeout="1")
        assert is_problem(answer, 503)
        assert int(answer.headers["retry-after"]) > 0
        assert narrow.client.get(f"{narrow.url}/healthz").status_code == 200
    wait_for(narrow.lives, "the service answers again")


@needs_proc
def test_killed_workers_are_replaced(service: Service) -> None:
    before = service.workers()
    assert before
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: bool(service.workers() - before) and service.lives(), "new workers answer")


@needs_proc
def test_worker_killed_during_a_query_is_a_problem_not_an_end(service: Service) -> None:
    with ThreadPoolExecutor() as threads:
        running = threads.submit(service.ask, f"{ENDLESS} # killed", timeout="30")
        while not running.done():
            for pid in service.workers():
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
    assert is_problem(running.result(), 503)
    wait_for(service.lives, "the service answers again")
