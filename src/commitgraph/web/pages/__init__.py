"""The pages: server-rendered, complete without scripts, every fact with its source."""

from commitgraph.web.pages.errors import error_response
from commitgraph.web.pages.install import install, pages_app
from commitgraph.web.pages.rendering import page_works
from commitgraph.web.pages.sparql_editor import editor

__all__ = ["editor", "error_response", "install", "page_works", "pages_app"]
