"""Items over HTTP: those of all summaries, as flat rows.

Owns the one route. The filters are the store's.
"""

from fastapi import APIRouter, Response

from schemas.api import ItemPage
from service.dependencies import AtDesk
from service.errors import QueryError, StoreError
from service.routes.documentation import list_problems
from service.routes.parameters import PAGE_PARAMETERS, AtPage

router = APIRouter(prefix="/v1/items", tags=["items"])


@router.get(
    "",
    response_model=ItemPage,
    summary="List items",
    openapi_extra=PAGE_PARAMETERS,
    responses=list_problems(QueryError, StoreError),
)
async def list_items(query: AtPage, desk: AtDesk) -> Response:
    """Return a page of items, those of the newest summary first.

    Every commitment of China on agriculture since June 2025 is
    `?list=commitments&country=CN&topic=agriculture&since=2025-06`.
    """
    page = await desk.workbench.store.list_items(query)
    return Response(page, media_type="application/json")
