"""From files to named graphs: Turtle, tables, rules, and the digest that is the data version.

Here lives what knows how the files of `ontology/` and `data/` are written. Nothing here asks the graph.
"""

from commitgraph.dataset.loader import DataError, Dataset, list_files, load, load_part, version

__all__ = ["DataError", "Dataset", "list_files", "load", "load_part", "version"]
