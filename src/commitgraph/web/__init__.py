"""The web service: the SPARQL endpoint, the JSON API and the pages over the loaded data set.

Here lives what speaks HTTP. What is true of the data is asked of the rooms below, never worked out here.
"""
