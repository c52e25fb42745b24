"""What a person typed: names to things, search by words, and what may have been meant.

Here lives all that forgives. What is found is told by IRI; what it is, the domain says.
"""
