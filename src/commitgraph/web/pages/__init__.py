"""The pages: server-rendered, complete without scripts, every fact with its source.

Here lives one module a kind of page: it asks the rooms below and hands the answer to a template. The words
for forces, modes and dates are in `wording`; no fact and no rule is written in a page or a template.
"""

from commitgraph.web.pages.errors import error_response
from commitgraph.web.pages.install import install, pages_app
from commitgraph.web.pages.rendering import page_works
from commitgraph.web.pages.sparql_editor import editor

__all__ = ["editor", "error_response", "install", "page_works", "pages_app"]
