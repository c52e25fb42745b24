"""commitgraph: who promised what on artificial intelligence."""

__version__ = "0.1.0"
__all__ = ["__version__"]
