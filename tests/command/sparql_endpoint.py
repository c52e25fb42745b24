"""A small SPARQL endpoint for tests: run as a script, it prints its port and answers form posts."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox

from commitgraph.dataset import load

STORE = load().store


class Handler(BaseHTTPRequestHandler):
    """Answers as a SPARQL 1.1 endpoint does whose default graph is the merge of its graphs."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        try:
            answer = STORE.query(parse_qs(body)["query"][0])
        except (SyntaxError, ValueError) as error:
            self._send(400, "text/plain", str(error).encode())
            return
        if isinstance(answer, ox.QueryTriples):
            self._send(200, "text/turtle", answer.serialize(format=ox.RdfFormat.TURTLE) or b"")
        else:
            document = answer.serialize(format=ox.QueryResultsFormat.JSON) or b""
            self._send(200, "application/sparql-results+json", document)

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    server = HTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
