"""One fuzz target: the reader of one notation, or the judging of files whose notation is found out.

    python -m tests.fuzz.target TARGET [options of libFuzzer] [folders of seeds]

A reader may give a document or raise `Refused`; the judge gives a report in which the checker has not failed
(CG012). Anything else ends the process. `tests.fuzz.run` runs all targets within limits.
"""

from __future__ import annotations

import contextlib
import io
import sys
import zipfile
import zlib

import atheris

with atheris.instrument_imports(include=["commitgraph.disclosure"]):
    from commitgraph.disclosure.judge import judge_bytes
    from commitgraph.disclosure.opening import STDIN, opened
    from commitgraph.disclosure.reading.source import Refused, Remarks
    from commitgraph.disclosure.report import FileReport
    from commitgraph.disclosure.shapes import USUAL


def read(target: str, data: bytes) -> None:
    """Read `data` as the judge would read a file with the extension `.target`."""
    with contextlib.suppress(Refused):
        opened(f"x.{target}", data, Remarks())


def judge(data: bytes) -> FileReport:
    """Judge `data` as standard input is judged: the notation is found out.

    Raises:
        AssertionError: the checker has failed on it.
    """
    report = judge_bytes(STDIN, data, USUAL)
    failed = [finding.message for finding in report.findings if finding.code == "CG012"]
    assert not failed, failed
    return report


def mutate_parts(data: bytes, max_size: int, seed: int) -> bytes:
    """Change one part inside an archive: a change of the archive itself is found by its checksums at once."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(part.filename, archive.read(part)) for part in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError, OSError):
        parts = []
    # One in eight changes hits the archive.
    if not parts or seed % 8 == 0:
        return bytes(atheris.Mutate(data, max_size))
    changed = seed % len(parts)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(parts):
            new = atheris.Mutate(content, max(1, 2 * len(content))) if number == changed else content
            archive.writestr(name, bytes(new))
    return packed.getvalue()[:max_size]


def main() -> None:
    """Fuzz the target that the command line names, until libFuzzer ends."""
    target, *options = sys.argv[1:]

    def run(data: bytes) -> None:
        if target == "judge":
            judge(data)
        else:
            read(target, data)

    run(b"organisation: cisco")  # what is loaded once must not count for the first input
    mutator = {"custom_mutator": mutate_parts} if target == "xlsx" else {}
    atheris.Setup([sys.argv[0], *options], run, **mutator)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
