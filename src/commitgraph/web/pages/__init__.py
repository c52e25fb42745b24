"""The pages: server-rendered, complete without scripts, every fact with its source.

Here lives one module a kind of page: it asks the rooms below and hands the answer to a template. The words
for forces, modes and dates are in `wording`; no fact and no rule is written in a page or a template.
"""

from commitgraph.web.pages.errors import error_page
from commitgraph.web.pages.install import install
from commitgraph.web.pages.sparql_editor import editor

__all__ = ["editor", "error_page", "install"]
