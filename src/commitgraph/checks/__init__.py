"""The graph's own health: a name for each check, what it found, and a runner.

Here lives what needs Python; a check that a query can make is a file in `ontology/checks/`. Nothing here
changes the data, and nothing here judges the disclosures of companies.
"""

from commitgraph.checks.finding import Check, Finding, Skipped
from commitgraph.checks.runner import SLOW, Outcome, Report, all_checks, run

__all__ = ["SLOW", "Check", "Finding", "Outcome", "Report", "Skipped", "all_checks", "run"]
