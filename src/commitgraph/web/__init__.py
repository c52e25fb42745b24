"""The web service: SPARQL endpoint and pages over the loaded data set."""
