"""How routes of the API are declared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter

from commitgraph.web.api.models import problems

_View = TypeVar("_View", bound=Callable[..., object])


def get(router: APIRouter, path: str, **described: Any) -> Callable[[_View], _View]:
    """Decorator: the function answers GET and HEAD at `path`; `described` goes into the description."""

    def add(view: _View) -> _View:
        responses = problems(400, 500) | described.pop("responses", {})
        router.add_api_route(path, view, methods=["GET"], responses=responses, **described)
        router.add_api_route(path, view, methods=["HEAD"], include_in_schema=False)
        return view

    return add
