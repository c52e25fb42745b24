"""The graph's own health: one check a file, a name for each, and a runner."""

from commitgraph.checks.finding import Check, Finding, Skipped
from commitgraph.checks.runner import SLOW, Outcome, Report, all_checks, run

__all__ = ["SLOW", "Check", "Finding", "Outcome", "Report", "Skipped", "all_checks", "run"]
