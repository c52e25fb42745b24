"""Running the checks."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from commitgraph.checks import (
    alignments,
    bounds,
    complete_lists,
    data_shapes,
    files,
    force_of_verbs,
    identifiers,
    patterns,
    placeholders,
    reasoner,
    saved_questions,
    terms,
    words,
)
from commitgraph.checks.finding import Check, Finding, Skipped
from commitgraph.checks.material import Material

#: Checks that take more than a few seconds and look at what an author of data seldom breaks.
SLOW = ("queries", "reasoner")

#: Checks that read the files alone, without what the rules infer: another process runs them while this one
#: loads the graph.
_APART = (
    "prefix-table",
    "stable-form",
    "source-graphs",
    "dangling-references",
    "unknown-concept",
    "declared-terms",
    "alignments",
    "shapes",
    "reasoner",
)


@dataclass(frozen=True)
class Outcome:
    """What became of one check.

    Attributes:
        name: the check.
        expects: what holds in a healthy graph.
        findings: what it found.
        skipped: why it did not run, or empty.
        seconds: how long it took.
    """

    name: str
    expects: str
    findings: tuple[Finding, ...] = ()
    skipped: str = ""
    seconds: float = 0.0

    @property
    def errors(self) -> int:
        """Number of findings that are faults, not notes."""
        return sum(finding.level == "error" for finding in self.findings)


@dataclass(frozen=True)
class Report:
    """The outcomes of all checks that were asked for."""

    outcomes: tuple[Outcome, ...] = field(default=())

    @property
    def healthy(self) -> bool:
        """Whether no check found a fault."""
        return not any(outcome.errors for outcome in self.outcomes)

    @property
    def findings(self) -> list[Finding]:
        """All findings, in the order of the checks."""
        return [finding for outcome in self.outcomes for finding in outcome.findings]


#: Checks that read the files alone, and whose faults would show in most others too.
_FIRST = (files.WELL_FORMED.name, placeholders.PLACEHOLDERS.name)


def all_checks(root: Path) -> list[Check]:
    """Every check, cheap ones first; those of `root/ontology/checks` included."""
    return [
        files.WELL_FORMED,
        placeholders.PLACEHOLDERS,
        *files.CHECKS,
        *terms.CHECKS,
        *patterns.read_all(root),
        *complete_lists.CHECKS,
        *words.CHECKS,
        *identifiers.CHECKS,
        *bounds.CHECKS,
        *force_of_verbs.CHECKS,
        *alignments.CHECKS,
        *saved_questions.CHECKS,
        *data_shapes.CHECKS,
        *reasoner.CHECKS,
    ]


def run(
    root: Path,
    names: Sequence[str] = (),
    progress: Callable[[str, int, int], None] | None = None,
    *,
    fast: bool = False,
    two_processes: bool = False,
) -> Report:
    """Run the checks on the folder `root` with `ontology/` and `data/`.

    Args:
        root: the folder.
        names: the checks to run; all when empty.
        progress: told the name of each check before it runs, how many ran, and how many there are.
        fast: leave :data:`SLOW` out, unless they are named; the report says that they were not run.
        two_processes: let other processes run some of them meanwhile, which pays for the whole data set and
            where all checks are run.

    Raises:
        ValueError: there is no check of one of these names.
        OSError: a file cannot be read, or another process ended before it was done.
    """
    every = all_checks(root)
    unknown = sorted(set(names) - {check.name for check in every})
    if unknown:
        known = ", ".join(sorted(check.name for check in every))
        raise ValueError(f"expected the name of a check, got {unknown[0]!r}; there are: {known}")
    chosen = [check for check in every if not names or check.name in names]
    left_out = {name for name in SLOW if fast and not names}
    apart = [check.name for check in chosen if two_processes and check.name in {*_APART} - left_out]
    material = Material(root)
    hindrance = ""
    if any(files.WELL_FORMED(material)):
        hindrance = "some files are not well-formed: mend them first (see well-formed)"
    elif any(placeholders.PLACEHOLDERS(material)):
        hindrance = "some lines are still to be filled in (see placeholders)"
    if hindrance:
        apart = []
    with ExitStack() as processes:
        told = dict.fromkeys(apart, processes.enter_context(_another_process(material, apart)))
        if apart and _forks():
            # By the time that the graph is loaded, the other process is nearly done: every second question to
            # the graph goes to a third one, which has the graph too.
            _ = material.dataset
            half = [check.name for check in chosen if isinstance(check, patterns.Pattern)][::2]
            told |= dict.fromkeys(half, processes.enter_context(_another_process(material, half)))
        outcomes = []
        for number, check in enumerate(sorted(chosen, key=lambda check: check.name in told)):
            if progress:
                progress(check.name, number, len(chosen))
            reason = hindrance if check.name not in _FIRST else ""
            if check.name in left_out:
                reason = "left out by --fast"
            if reason:
                outcomes.append(Outcome(check.name, check.expects, skipped=reason))
            elif check.name in told:
                outcomes.append(told[check.name]())
            else:
                outcomes.append(_run(check, material))
    order = [check.name for check in chosen]
    return Report(tuple(sorted(outcomes, key=lambda outcome: order.index(outcome.name))))


def _forks() -> bool:
    """Whether another process can start with what this one has read.

    A lock that another thread holds would stay shut in it for ever, and other systems than Linux have no
    sound fork: there it starts anew and reads all once more.
    """
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def _another_process(material: Material, names: Sequence[str]) -> Iterator[Callable[[], Outcome]]:
    """Run the checks of these names in a process of its own, which ends with the context.

    Gives a function that waits for the outcome of the next of them, in their order.
    """
    forks = _forks()
    context = multiprocessing.get_context
    kind: type[BaseProcess] = context("fork").Process if forks else context("spawn").Process
    receiver, sender = multiprocessing.Pipe(duplex=False)
    given = material if forks else Material(material.root)
    process = kind(target=_run_apart, args=(given, names, sender), daemon=True)
    waiting = list(names)

    def told() -> Outcome:
        try:
            outcome: Outcome | Exception = receiver.recv()
        except EOFError:
            process.join()
            raise OSError(
                f"the process that runs {', '.join(names)} ended with code {process.exitcode} "
                "before it was done: run these checks by their names to see why"
            ) from None
        if isinstance(outcome, Exception):
            raise outcome
        waiting.remove(outcome.name)
        return outcome

    if names:
        process.start()
    sender.close()
    try:
        yield told
        if names and not waiting:
            process.join()
    finally:
        if process.is_alive():
            process.kill()
            process.join()


def _run_apart(material: Material, names: Sequence[str], sender: Connection) -> None:
    gc.disable()
    # Whoever stops the command stops the first process, which then stops this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        for check in all_checks(material.root):
            if check.name in names:
                sender.send(_run(check, material))
    except Exception as error:
        sender.send(error)


def _run(check: Check, material: Material) -> Outcome:
    start = time.perf_counter()
    try:
        findings, skipped = tuple(check(material)), ""
    except Skipped as reason:
        findings, skipped = (), str(reason)
    return Outcome(check.name, check.expects, findings, skipped, time.perf_counter() - start)
