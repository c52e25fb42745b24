"""Run the command as `python -m commitgraph`."""

from commitgraph.cli import main

main()
