"""What the graph says, a module a noun: parties, texts, standings, lists, evidence, claims, sources.

Here live the questions that our own faces ask of the graph, and the types of their answers. Nothing here
reads a file, guesses what a person typed, or lays anything out.
"""
