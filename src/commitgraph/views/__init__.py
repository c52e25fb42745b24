"""What is computed from the domain: the matrix, comparisons, counts.

Here lives what puts facts about several things side by side. No fact is read from a file here, and nothing
is laid out for a page or a terminal.
"""
