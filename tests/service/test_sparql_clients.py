"""What people use to read an endpoint reads ours."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any
from urllib.parse import quote

import pandas
import pytest
import rdflib
from SPARQLWrapper import CSV, JSON, JSONLD, POST, POSTDIRECTLY, RDFXML, TURTLE, XML, SPARQLWrapper

from commitgraph.engine import Remote

from .conftest import PARTIES, Service

ROWS = "PREFIX cg: <https://w3id.org/commitgraph/ns#> SELECT ?s ?n { ?s cg:ordinal ?n } ORDER BY ?n"
GRAPH = "CONSTRUCT WHERE { ?s a ?c }"


def read(service: Service, query: str, format_: str) -> Any:
    """What SPARQLWrapper makes of the answer; its type depends on the format."""
    return wrapper(service, query, format_).queryAndConvert()


def wrapper(service: Service, query: str, format_: str) -> SPARQLWrapper:
    client = SPARQLWrapper(service.endpoint)
    client.setQuery(query)
    client.setReturnFormat(format_)
    return client


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_sparqlwrapper_reads_rows(service: Service, way: str) -> None:
    client = wrapper(service, ROWS, JSON)
    if way != "get":
        client.setMethod(POST)
    if way == "direct":
        client.setRequestMethod(POSTDIRECTLY)
    answer: Any = client.queryAndConvert()
    rows = answer["results"]["bindings"]
    assert [int(row["n"]["value"]) for row in rows] == list(range(PARTIES))


def test_sparqlwrapper_reads_the_other_formats(service: Service) -> None:
    assert len(read(service, ROWS, CSV).splitlines()) == PARTIES + 1
    results = read(service, ROWS, XML)
    assert len(results.getElementsByTagName("result")) == PARTIES
    assert read(service, "ASK {}", JSON)["boolean"] is True
    for format_ in (RDFXML, JSONLD, XML):
        assert len(read(service, GRAPH, format_)) == PARTIES + 1
    turtle = read(service, GRAPH, TURTLE)
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == PARTIES + 1


def test_our_own_remote_engine_reads_it(service: Service) -> None:
    remote = Remote(service.endpoint)
    assert len(remote.query(ROWS)) == PARTIES
    assert len(remote.query(GRAPH)) == PARTIES + 1
    assert remote.query("ASK {}").boolean


def test_pandas_reads_csv_from_the_address(service: Service) -> None:
    table = pandas.read_csv(f"{service.endpoint}?query={quote(ROWS)}&format=csv")
    assert list(table.columns) == ["s", "n"]
    assert list(table["n"]) == list(range(PARTIES))


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_curl_reads_it(service: Service) -> None:
    command = ["curl", "-sf", "--compressed", service.endpoint, "--data-urlencode", f"query={ROWS}"]
    command += ["-H", "Accept: text/csv"]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    assert len(lines) == PARTIES + 1
