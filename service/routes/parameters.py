"""The query parameters that lists share.

Owns their strictness: a filter that is misspelt or given twice would otherwise be left out in
silence, and the list be wrong. FastAPI neither validates nor documents them, since it would do
so in its own words.
"""

from typing import Annotated, Any

from fastapi import Depends, Request

from schemas.api import PageQuery
from service.routes.arrivals import parse_parameters, parse_query


async def _parse_page(request: Request) -> PageQuery:
    return parse_parameters(PageQuery, parse_query(request.url.query))


AtPage = Annotated[PageQuery, Depends(_parse_page)]
"""A route's parameters that are filters and a page; ``QueryError`` where one does not fit."""


def _describe() -> dict[str, Any]:
    properties = PageQuery.model_json_schema()["properties"]
    parameters = [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": field.pop("description", ""),
            "schema": field,
        }
        for name, field in properties.items()
    ]
    return {"parameters": parameters}


PAGE_PARAMETERS = _describe()
"""The same for the OpenAPI document."""
