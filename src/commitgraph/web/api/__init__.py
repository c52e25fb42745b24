"""The JSON API: what the pages show, for programs, one module a noun, and its description under OpenAPI.

Here live the shapes of its answers, declared as models so that the description is made from them. Each
answer comes from the same functions as the page; faults are `application/problem+json` everywhere.
"""

from commitgraph.web.api.install import install

__all__ = ["install"]
