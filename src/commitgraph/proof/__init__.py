"""Proof against copies of the sources: passages and their digests, quotations, coverage, own words.

Here lives what needs the text of a source. The graph holds none, so nothing here is needed to answer from it.
"""
