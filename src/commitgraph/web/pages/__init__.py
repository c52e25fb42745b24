"""The pages: server-rendered, complete without scripts, every fact with its source."""

from commitgraph.web.pages.errors import error_page
from commitgraph.web.pages.install import install

__all__ = ["error_page", "install"]
