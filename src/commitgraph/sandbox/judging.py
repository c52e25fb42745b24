"""The process that judges one disclosure for the web service.

Its input is a line of JSON with the file's name and the profiles, then the file; its output is the
JSON report. The service ends it at a deadline; it limits its own memory.
"""

from __future__ import annotations

import json
import sys

from commitgraph.disclosure import judge_file_bytes

#: Bytes of address space that one judgement may take.
_MEMORY = 2 << 30


def main() -> None:
    """Judge what comes in on standard input."""
    try:
        import resource  # noqa: PLC0415  (absent on Windows)

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except ImportError:
        pass
    head = json.loads(sys.stdin.buffer.readline())
    report = judge_file_bytes(head["name"], sys.stdin.buffer.read(), head["profiles"])
    json.dump(report, sys.stdout)


if __name__ == "__main__":
    main()
