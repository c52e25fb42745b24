"""The SPARQL endpoint: the protocol, the guard before the engine, the service description, faults explained.

Here lives what a SPARQL client talks to. Pages that show an answer to a person are in `pages/`.
"""
