"""Parameters: names and values, from a query or a form, and what is said where one does not fit.

Owns their strictness: a filter that is misspelt or given twice would otherwise be left out in
silence, and the list be wrong. FastAPI neither validates nor documents them, since it would do
so in its own words.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qsl

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from schemas.api import PageQuery
from service.errors import QueryError
from service.field_faults import describe_faults
from service.showing import show

MAX_PARAMETERS = 100
"""Most parameters of a query; more are nobody's filters."""

Model = TypeVar("Model", bound=BaseModel)
Pairs = Sequence[tuple[str, str]]
"""Names and values, as a query or a form has them."""


def parse_query(query: str) -> Pairs:
    """Return the parameters of a query string; ``QueryError`` where it is not UTF-8, or huge."""
    try:
        return parse_qsl(
            query, keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS
        )
    except UnicodeDecodeError as error:
        raise QueryError("the query is not UTF-8; encode it again, percent by percent") from error
    except ValueError as error:
        raise QueryError(f"the query has more than {MAX_PARAMETERS} parameters") from error


def parse_parameters(model: type[Model], pairs: Pairs) -> Model:
    """Return ``model`` of ``pairs``; ``QueryError`` that names each one that does not fit."""
    counts = Counter(name for name, _value in pairs)
    twice = [name for name, count in counts.items() if count > 1]
    if twice:
        raise QueryError(f"{show(twice[0])} is given twice; give it once")
    try:
        return model.model_validate(dict(pairs))
    except ValidationError as error:
        raise QueryError(describe_faults(error.errors(include_url=False))) from None


async def _parse_page(request: Request) -> PageQuery:
    return parse_parameters(PageQuery, parse_query(request.url.query))


AtPage = Annotated[PageQuery, Depends(_parse_page)]
"""A route's parameters that are filters and a page; ``QueryError`` where one does not fit."""


def describe_parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return OpenAPI's description of a query parameter that may be left out."""
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
    }


def _describe() -> dict[str, Any]:
    properties = PageQuery.model_json_schema()["properties"]
    parameters = [
        describe_parameter(name, field.pop("description", ""), field)
        for name, field in properties.items()
    ]
    return {"parameters": parameters}


PAGE_PARAMETERS = _describe()
"""The same for the OpenAPI document."""
