"""Worker processes for the work of strangers: limited in time and memory, and killed at any moment.

Here live the supervisor that forks workers, the pool that hands work to them, and the limits. Nothing here
knows what the work is, or who asked for it over which protocol.
"""
