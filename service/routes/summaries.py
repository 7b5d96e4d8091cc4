"""Summaries over HTTP: made, fetched, listed, deleted.

Owns the order of the caches for a POST: the request's own bytes first, so that a hit costs no
parsing; then the article.
"""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Header, Path, Request, Response

from schemas.api import SummaryPage
from schemas.summary import Summary
from service.dependencies import AtDesk, PlainRoute, find_desk
from service.errors import (
    BusyError,
    DefectError,
    ForeignOriginError,
    IntakeError,
    MalformedRequestError,
    NoEndpointError,
    QueryError,
    ReaderError,
    ResourceMissingError,
    StoreError,
)
from service.pipeline import Served
from service.routes.answers import CacheStatus, answer_conditionally, answer_stored
from service.routes.arrivals import open_article, receive
from service.routes.documentation import FETCHED, POST_BODIES, POSTED, list_problems
from service.routes.parameters import PAGE_PARAMETERS, AtPage
from service.routes.progress import stream_reading, stream_stored, wants_events
from service.showing import show
from service.store import Store

router = APIRouter(prefix="/v1/summaries", tags=["summaries"])
posting = APIRouter(prefix="/v1/summaries", tags=["summaries"], route_class=PlainRoute)

_MISSES: dict[tuple[bool, bool], CacheStatus] = {
    (False, False): "fwd=miss",
    (True, False): "fwd=miss; collapsed",
    (False, True): "fwd=miss; detail=fallback",
    (True, True): "fwd=miss; collapsed; detail=fallback",
}
"""Whether it was read for another caller, and whether another reader stood in, to the status."""

SummaryId = Annotated[str, Path(description="64 lower-case hexadecimal digits.")]


@posting.post(
    "",
    response_model=Summary,
    summary="Summarize an article",
    openapi_extra=POST_BODIES,
    responses=POSTED
    | list_problems(
        IntakeError,
        MalformedRequestError,
        QueryError,
        ForeignOriginError,
        BusyError,
        NoEndpointError,
        StoreError,
        ReaderError,
        DefectError,
    ),
)
async def post_summary(request: Request) -> Response:
    """Return the summary of the article that is sent.

    What was read before is served as it is stored, and costs nothing. What has to be read is read
    by an LLM, or by the embedded reader: `provenance.engine` tells. With
    `Accept: text/event-stream` progress is told as it happens: `queued`, `reading`, `reasking`
    with its number of `complaints`, then `done` with the summary or `problem`.
    """
    desk = find_desk(request)
    arrival = await receive(request, max_chars=desk.max_chars)
    fingerprint = arrival.fingerprint()
    told = wants_events(request.headers.get("accept", ""))
    stored = desk.workbench.store.recall(fingerprint)
    if stored is not None:
        return stream_stored(stored) if told else answer_stored(stored, "hit")
    article = await open_article(arrival, max_chars=desk.max_chars)
    remember = partial(_remember, desk.workbench.store, fingerprint)
    if told:
        return stream_reading(desk.workbench.pipeline, article, remember)
    served = await desk.workbench.pipeline.summarize(article)
    remember(served)
    return answer_stored(served.stored, _find_status(served))


def _remember(store: Store, fingerprint: bytes, served: Served) -> None:
    """Note what answers the same bytes, unless they are to be read anew."""
    if not served.may_improve:
        store.remember(fingerprint, served.stored.id)


def _find_status(served: Served) -> CacheStatus:
    """Only what had to be read is a miss: deriving a summary again costs no call."""
    if served.origin != "read":
        return "hit"
    return _MISSES[served.joined, served.stood_in]


@router.get(
    "",
    response_model=SummaryPage,
    summary="List summaries",
    openapi_extra=PAGE_PARAMETERS,
    responses=list_problems(QueryError, StoreError),
)
async def list_summaries(query: AtPage, desk: AtDesk) -> Response:
    """Return a page of summaries, newest first; the filters must hold for one item of each."""
    page = await desk.workbench.store.list_summaries(query)
    return Response(page, media_type="application/json")


@router.get(
    "/{summary_id}",
    response_model=Summary,
    summary="Fetch a summary",
    responses=FETCHED | list_problems(ResourceMissingError, StoreError),
)
async def get_summary(
    summary_id: SummaryId,
    desk: AtDesk,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Return the summary as it was served when it was made."""
    stored = await desk.workbench.store.find_summary(summary_id)
    if stored is None:
        raise _miss(summary_id)
    return answer_conditionally(stored, if_none_match)


@router.delete(
    "/{summary_id}",
    status_code=204,
    summary="Delete a summary",
    responses=list_problems(ForeignOriginError, ResourceMissingError, StoreError),
)
async def delete_summary(summary_id: SummaryId, desk: AtDesk) -> Response:
    """Delete the summary, and the article and items with it.

    The reading that was paid for stays: sending the article again makes no call.
    """
    if not await desk.workbench.store.delete_summary(summary_id):
        raise _miss(summary_id)
    return Response(status_code=204)


def _miss(summary_id: str) -> ResourceMissingError:
    return ResourceMissingError(f"there is no summary {show(summary_id)}")
