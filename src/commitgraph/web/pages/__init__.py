"""The pages: server-rendered, complete without scripts, every fact with its source."""

from commitgraph.web.pages.errors import error_page
from commitgraph.web.pages.install import install
from commitgraph.web.pages.sparql_editor import editor

__all__ = ["editor", "error_page", "install"]
