"""`commitgraph validate --watch`, in a process of its own: what it prints is read until a report stands."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commitgraph.disclosure import watching
from tests.command import runner
from tests.unit.disclosure.examples import FOLDER

GOOD = (FOLDER / "good" / "complete.yaml").read_bytes()
WRONG = GOOD.replace(b"not-done", b"never")
WAITS = "waiting for a change, Ctrl-C ends"


class Running:
    """A running command.

    Attributes:
        process: the command.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def reports(self, words: str) -> str:
        """Read on to the end of the first report that holds these words, and give it.

        A file that is written in place may be judged half written, too: then there is a report more.
        """
        assert self.process.stdout
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if line.rstrip().endswith(WAITS):
                if words in "".join(lines):
                    return "".join(lines)
                lines.clear()
        raise AssertionError(f"the command ended without a report that holds {words!r}: {''.join(lines)}")

    def interrupted(self) -> tuple[int, str]:
        """The exit code after Ctrl-C, and what was printed besides."""
        self.process.send_signal(signal.SIGINT)
        rest, _ = self.process.communicate()
        return self.process.returncode, rest


@contextmanager
def running(*arguments: str | Path) -> Iterator[Running]:
    command = [sys.executable, "-m", "commitgraph", "validate", "--watch", "--profile", "core"]
    with subprocess.Popen(
        [*command, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        # A report that never comes must not keep the tests for ever.
        end = threading.Timer(120, process.kill)
        end.start()
        try:
            yield Running(process)
        finally:
            end.cancel()
            process.kill()


def test_each_change_is_judged_and_ctrl_c_ends_with_the_code_of_the_last_report(tmp_path: Path) -> None:
    folder, alone = tmp_path / "reports", tmp_path / "elsewhere" / "alone.yaml"
    folder.mkdir()
    alone.parent.mkdir()
    (folder / "a.yaml").write_bytes(WRONG)
    alone.write_bytes(GOOD)
    with running(folder, alone) as command:
        first = command.reports("2 files")
        assert "a.yaml:25:13: violation CG411" in first
        assert "\x1b" not in first, "no screen is cleared where there is none"

        (folder / "a.yaml").write_bytes(GOOD)
        assert "2 files" in command.reports("nothing to remark")

        # As editors do it: the new words in another file, which then takes the place of the old one.
        (folder / ".a.yaml.new").write_bytes(WRONG)
        (folder / ".a.yaml.new").replace(folder / "a.yaml")
        command.reports("a.yaml:25:13: violation CG411")

        (tmp_path / "prepared").mkdir()
        (tmp_path / "prepared" / "b.yaml").write_bytes(GOOD)
        (tmp_path / "prepared").rename(folder / "below")
        command.reports("3 files")

        (folder / "a.yaml").unlink()
        assert "2 files" in command.reports("nothing to remark")

        alone.unlink()
        assert "1 file," in command.reports("alone.yaml', which does not exist")

        alone.write_bytes(WRONG)
        command.reports("alone.yaml:25:13: violation CG411")
        assert command.interrupted() == (1, "")


def test_the_report_that_it_writes_is_no_change(tmp_path: Path) -> None:
    """Or it would judge without end, where that report lies in the folder and is called like a disclosure."""
    report = tmp_path / "report.json"
    report.write_bytes(b"{}")
    (tmp_path / "a.yaml").write_bytes(GOOD)
    named = [str(tmp_path)]
    before = watching.state(named, [report])
    report.write_bytes(b'{"version": 1}')
    assert watching.state(named, [report]) == before
    (tmp_path / "a.yaml").write_bytes(WRONG)
    assert watching.state(named, [report]) != before


def test_standard_input_is_not_watched() -> None:
    done = runner.run("validate", "--watch", "-")
    assert done.returncode == 2
    assert "--watch: expected files and folders, got -" in done.stderr
