"""Judging in limited processes: several files at a time, none for longer than it may take."""

from __future__ import annotations

import asyncio
import io
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any, NamedTuple

import pyoxigraph as ox

from commitgraph.disclosure import background
from commitgraph.disclosure.engines import EngineName
from commitgraph.disclosure.judge import judge_bytes, unreadable
from commitgraph.disclosure.opening import STDIN, check_format
from commitgraph.disclosure.reading.notations import READERS
from commitgraph.disclosure.reading.source import Refused
from commitgraph.disclosure.report import FileReport
from commitgraph.disclosure.spool import pack
from commitgraph.sandbox import is_supported
from commitgraph.sandbox.errors import SandboxError, TookTooLong
from commitgraph.sandbox.work import Answer, Job, Work

_WORK = "disclosure"
#: Megabytes that a worker may take beyond the data.
_MEMORY_MB = 1024
#: Reports that may wait, for each worker, until that of an earlier file is there.
_AHEAD = 8

# A worker can open nothing, so what a judgement loads late must be there before. A file with faults that need
# more than shapes, one for each reader and one in another encoding bring in modules, code pages and tables.
_FAULTY = (
    "a.yaml",
    b"""# commitgraph: allow CG999 until 2027-01-31: to see what may be allowed
commitgraph: disclosure/1
organisation: nobody
titel: x
entries:
  - commitment: seoul-ai-business-pledge/a1-33
    status: implementd
    evidence: [{type: polcy, url: example.com, date: 1/2/2025}]
  - commitment: seoul-ai-business-pledge/a1-3-i
    status: implemented
    evidence: [{type: policy, url: https://example.com/rules, date: 2025-01-31}]
""",
)
_SAMPLES = {
    "json": ("a.json", b'{"@type": "https://w3id.org/commitgraph/ns#Disclosure", "urn:unknown": "x"}'),
    "csv": ("a.csv", b"# party: nobody\nprovision,status\nnone,planned\n"),
    "turtle": ("a.ttl", b"[] a <https://w3id.org/commitgraph/ns#Disclosure> ; <urn:unknown> 1 ."),
    "trig": ("a.trig", b"[] a <https://w3id.org/commitgraph/ns#Disclosure> ; <urn:unknown> 1 ."),
    "nquads": ("a.nq", b"<urn:a> <urn:unknown> <urn:b> ."),
    "rdfxml": (
        "a.rdf",
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="https://w3id.org/commitgraph/ns#">'
        b"<Disclosure><unknown>x</unknown></Disclosure></rdf:RDF>",
    ),
}
_NOT_UTF_8 = ("no-utf-8.csv", "# party: 없음\n".encode("cp949"))


class Task(NamedTuple):
    """A file to judge.

    Attributes:
        name: how it is called.
        read: gives its content, or raises Refused.
    """

    name: str
    read: Callable[[], bytes]


def judged(
    tasks: Sequence[Task],
    profiles: tuple[str, ...],
    *,
    engine: EngineName = "compiled",
    jobs: int = 1,
    seconds: float = 60,
) -> Iterator[bytes]:
    """Judge files, and give their packed reports in the order of the files.

    Where processes cannot be forked, or an event loop runs in this thread already, it is done in this one,
    and no time limit holds.

    Args:
        tasks: the files.
        profiles: names of the profiles to judge by, all of them known.
        engine: what holds a file against the shapes.
        jobs: how many files are judged at the same time.
        seconds: that the judging of one file may take.

    Raises:
        DataError: the shipped data cannot be read.
        SandboxError: no worker can be started.
    """
    store = background.graph()

    def judge(name: str, data: bytes) -> bytes:
        return pack(judge_bytes(name, data, profiles, store=store, engine=engine))

    if not is_supported() or _loop_runs():
        yield from (_read_and(judge, task) for task in tasks)
        return
    warm(store, profiles, engine, _readers(task.name for task in tasks))

    def handle(job: Mapping[str, Any], body: bytes, answer: Answer) -> None:
        answer.write(judge(job["name"], body))

    # Loaded only here: half of what they need is not there where processes cannot be forked.
    from commitgraph.sandbox.pool import Pool  # noqa: PLC0415
    from commitgraph.sandbox.supervisor import Supervisor  # noqa: PLC0415

    supervisor = Supervisor({_WORK: Work(handle, jobs)}, _MEMORY_MB)
    with asyncio.Runner() as runner:
        pool = Pool(supervisor, jobs)
        try:
            runner.run(_fill(pool.lanes[_WORK].fill))
            places = asyncio.Semaphore(jobs)
            waiting: deque[asyncio.Task[bytes]] = deque()

            async def one(task: Task) -> bytes:
                async with places:
                    try:
                        check_format(task.name)
                        job = Job(_WORK, {"name": task.name}, task.read())
                        return (await pool.run(job, seconds)).body
                    except Refused as refusal:
                        return pack(unreadable(task.name, refusal))
                    except SandboxError as error:
                        return pack(_not_judged(task.name, error))

            async def begin(task: Task) -> None:
                waiting.append(asyncio.create_task(one(task)))

            async def first() -> bytes:
                return await waiting.popleft()

            for task in tasks:
                runner.run(begin(task))
                if len(waiting) >= _AHEAD * jobs:
                    yield runner.run(first())
            while waiting:
                yield runner.run(first())
        finally:
            runner.run(pool.close())


def _loop_runs() -> bool:
    """Whether an event loop runs in this thread, as in a notebook: a second one cannot."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


async def _fill(fill: Callable[[], None]) -> None:
    fill()


def _read_and(judge: Callable[[str, bytes], bytes], task: Task) -> bytes:
    try:
        check_format(task.name)
        return judge(task.name, task.read())
    except Refused as refusal:
        return pack(unreadable(task.name, refusal))


def _not_judged(name: str, error: SandboxError) -> FileReport:
    if isinstance(error, TookTooLong):
        message = f"The file was not judged within {error.seconds:g} seconds."
        return unreadable(name, Refused("CG018", message))
    return unreadable(name, Refused("CG012", f"The checker failed on this file ({type(error).__name__})."))


def warm(
    store: ox.Store,
    profiles: tuple[str, ...],
    engine: EngineName = "compiled",
    readers: Container[str] = (*_SAMPLES, "xlsx"),
) -> None:
    """Load all that judging needs, so that it can be done where nothing can be opened.

    Args:
        store: the graph to judge against.
        profiles: names of the profiles to judge by.
        engine: what holds a file against the shapes.
        readers: keys of the readers that will be wanted.
    """
    samples = [sample for reader, sample in _SAMPLES.items() if reader in readers]
    if "xlsx" in readers:
        samples.append(("a.xlsx", _workbook()))
    for name, data in (_FAULTY, *samples, _NOT_UTF_8):
        judge_bytes(name, data, profiles, store=store, engine=engine)


def _readers(names: Iterable[str]) -> set[str]:
    """The readers of files by their names; all of them for what has none."""
    found: set[str] = set()
    for name in names:
        found |= {*_SAMPLES, "xlsx"} if name == STDIN else {READERS.get(PurePath(name).suffix.lower(), "")}
    return found


def _workbook() -> bytes:
    """A workbook with a value of each kind."""
    import openpyxl  # noqa: PLC0415  (only where workbooks are judged)

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("disclosure")
    sheet.append(["party", "nobody"])
    sheet.append(["published", date(2026, 1, 1)])
    sheet = book.create_sheet("entries")
    sheet.append(["provision", "status"])
    sheet.append(["none", 0.5])
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()
