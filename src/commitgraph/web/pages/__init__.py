"""The pages: server-rendered, complete without scripts, every fact with its source."""

from commitgraph.web.pages.errors import error_response
from commitgraph.web.pages.install import install, pages_app
from commitgraph.web.pages.rendering import PAGE_WORK, page_work
from commitgraph.web.pages.sparql_editor import editor

__all__ = ["PAGE_WORK", "editor", "error_response", "install", "page_work", "pages_app"]
