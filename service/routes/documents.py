"""What the service says of itself: health, schemas, kinds of problems.

Owns no fact of its own: every document is made from where the fact stands.
"""

from functools import cache
from importlib.metadata import version
from inspect import getdoc
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import JsonValue

from schemas.api import Health, ProblemKind
from schemas.export import DOCUMENTS, render_schema
from service.dependencies import AtDesk
from service.errors import HTTP_FORMS, NoEndpointError, QueryError, ResourceMissingError, StoreError
from service.readers.missing import NO_ENDPOINT
from service.routes.documentation import list_problems
from service.showing import show

router = APIRouter(tags=["service"])

_render_schema = cache(render_schema)


class SchemaResponse(Response):
    """A JSON Schema."""

    media_type = "application/schema+json"


@router.get("/", summary="Where to begin")
async def get_index(desk: AtDesk) -> dict[str, JsonValue]:
    """Return the addresses to begin with, and what articles are read by."""
    return {
        "service": "Readout",
        "version": version("readout"),
        "reader": "embedded: rules, not an LLM" if desk.by_rules else "llm",
        "openapi": "/openapi.json",
        "summaries": "/v1/summaries",
        "items": "/v1/items",
        "comparisons": "/v1/comparisons",
        "schema": "/v1/schema",
        "problems": "/problems",
    }


@router.get("/healthz", summary="Is the process alive?")
async def get_health() -> Health:
    """Return that the process answers; nothing else is asked."""
    return Health(status="ok", version=version("readout"))


@router.get(
    "/readyz", summary="Can it do its work?", responses=list_problems(NoEndpointError, StoreError)
)
async def get_readiness(desk: AtDesk) -> Health:
    """Return that the database can be written and there is a reader; else a problem.

    Without an endpoint the embedded reader is one, unless `READOUT_READER` asks for an LLM.
    """
    await desk.workbench.store.check()
    if not desk.can_read:
        raise NoEndpointError(NO_ENDPOINT)
    return Health(status="ok", version=version("readout"))


@router.get(
    "/v1/schema",
    summary="The field contract as JSON Schema",
    response_class=SchemaResponse,
    responses=list_problems(QueryError),
)
async def get_schema(
    name: Annotated[
        str, Query(description="Which document.", json_schema_extra={"enum": list(DOCUMENTS)})
    ] = "summary",
) -> Response:
    """Return a JSON Schema: of a summary, or of what else is named."""
    if name not in DOCUMENTS:
        raise QueryError(f"name: there is no schema {show(name)}; take {', '.join(DOCUMENTS)}")
    return SchemaResponse(_render_schema(name))


@router.get("/problems", summary="All kinds of problems")
async def list_problem_kinds() -> list[ProblemKind]:
    """Return every kind of problem that the service answers with."""
    return _list_kinds()


def _list_kinds() -> list[ProblemKind]:
    return [
        ProblemKind(
            type=f"/problems/{form.slug}",
            title=form.title,
            status=form.status,
            description=getdoc(kind) or form.title,
        )
        for kind, form in HTTP_FORMS.items()
    ]


@router.get(
    "/problems/{slug}", summary="A kind of problem", responses=list_problems(ResourceMissingError)
)
async def get_problem_kind(slug: str) -> ProblemKind:
    """Return what a problem's ``type`` stands for."""
    for kind in _list_kinds():
        if kind.type == f"/problems/{slug}":
            return kind
    raise ResourceMissingError(f"there is no kind of problem {show(slug)}; /problems lists all")
