"""Batches over HTTP: sent, watched, collected, cancelled.

Owns the answers and the lines of results. Who does the jobs, and what an upload holds, stands
elsewhere.
"""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event

from schemas.batch import BatchReport
from schemas.problem import Problem
from service.batch.uploads import JSON_TYPE, UPLOAD_SUFFIXES, add_upload
from service.dependencies import AtDesk, Desk, PlainRoute, find_desk
from service.errors import (
    ForeignOriginError,
    MalformedRequestError,
    NoEndpointError,
    QueryError,
    RequestError,
    RequestTooLongError,
    ResourceMissingError,
    SourceError,
    StoreError,
    UnsupportedMediaTypeError,
    describe_problem,
)
from service.readers.missing import NO_ENDPOINT
from service.routes.answers import EVENT_TYPE
from service.routes.arrivals import receive_file
from service.routes.documentation import list_problems
from service.routes.progress import EVENT_HEADERS, KEEPALIVE_S, wants_events
from service.showing import show
from service.store import Store
from service.store.batches import NewBatch
from service.store.outcomes import Delivery

router = APIRouter(prefix="/v1/batches", tags=["batches"])
posting = APIRouter(prefix="/v1/batches", tags=["batches"], route_class=PlainRoute)

LINES_TYPE = "application/x-ndjson"
"""JSON lines, as answers call them."""
PAGE = 100
"""Results that are fetched at once while they are streamed."""
LOOK_S = 1.0
"""Seconds between two looks at a batch whose progress is told."""

BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON_TYPE: {
                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/ArticleLine"}}
            },
            **{
                name: {"schema": {"type": "string", "format": "binary"}}
                for name in UPLOAD_SUFFIXES
                if name != JSON_TYPE
            },
        },
    }
}
SENT: dict[int | str, dict[str, Any]] = {
    202: {
        "description": "It is kept and will be done, also if the service restarts.",
        "headers": {
            "Location": {"description": "Address of the batch.", "schema": {"type": "string"}}
        },
    }
}
WATCHED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "How far it is; with `Accept: text/event-stream`, told until it ends.",
        "content": {EVENT_TYPE: {"schema": {"type": "string"}}},
    }
}
COLLECTED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "One `BatchSummary` or `BatchProblem` a line.",
        "content": {LINES_TYPE: {"schema": {"type": "string"}}},
    }
}

BatchId = Annotated[str, Path(description="32 lower-case hexadecimal digits.")]


@posting.post(
    "",
    status_code=202,
    response_model=BatchReport,
    summary="Send many articles",
    openapi_extra=BODY,
    responses=SENT
    | list_problems(
        ForeignOriginError,
        MalformedRequestError,
        NoEndpointError,
        QueryError,
        RequestTooLongError,
        SourceError,
        StoreError,
        UnsupportedMediaTypeError,
    ),
)
async def post_batch(request: Request) -> Response:
    """Keep the articles that are sent, and have them summarized.

    A JSON list of articles, JSON lines with one each, or a ZIP of files. An article that cannot be
    read is a result with its problem, and stops no other.
    """
    desk = find_desk(request)
    if not desk.can_read:
        raise NoEndpointError(NO_ENDPOINT)
    batch_id = uuid.uuid4().hex
    with TemporaryDirectory(prefix="readout-") as folder:
        path = await receive_file(request, FilePath(folder), UPLOAD_SUFFIXES)
        await _keep(desk, batch_id, path)
    desk.attendant.look()
    report = await _report(desk, batch_id)
    return Response(
        report.model_dump_json(),
        status_code=202,
        headers={"location": f"/v1/batches/{batch_id}"},
        media_type=JSON_TYPE,
    )


async def _keep(desk: Desk, batch_id: str, path: FilePath) -> None:
    """Keep the jobs of the upload; nothing of it stays where it turns out not to be one."""
    queue = desk.workbench.store.queue
    handle = await queue.open_batch(batch_id, NewBatch("served", path.name))
    assert handle is not None, "nobody else knows its id"
    try:
        await add_upload(queue, handle, path, max_chars=desk.max_chars)
        await queue.seal(handle)
    except SourceError as error:
        await queue.drop(batch_id)
        raise RequestError(f"the upload cannot be read: {_hide(str(error), path)}") from error
    except BaseException:
        await queue.drop(batch_id)
        raise


def _hide(sentence: str, path: FilePath) -> str:
    """Return ``sentence`` without the place of the upload, which is no business of the sender."""
    return sentence.replace(str(path), path.name)


@router.get(
    "/{batch_id}",
    response_model=BatchReport,
    summary="Watch a batch",
    responses=WATCHED | list_problems(ResourceMissingError, StoreError),
)
async def get_batch(
    batch_id: BatchId, desk: AtDesk, accept: Annotated[str, Header()] = ""
) -> Response:
    """Return how far the batch is: counts, tokens and money.

    With `Accept: text/event-stream` it is told whenever it changes: `progress`, then `done`.
    """
    report = await _report(desk, batch_id)
    if wants_events(accept):
        return EventSourceResponse(_tell(desk, report), headers=EVENT_HEADERS)
    return Response(report.model_dump_json(), media_type=JSON_TYPE)


@router.get(
    "/{batch_id}/results",
    summary="Collect the results of a batch",
    responses=COLLECTED | list_problems(ResourceMissingError, StoreError),
)
async def get_results(batch_id: BatchId, desk: AtDesk) -> Response:
    """Return what there is already, one result a line, in the order of the articles."""
    store = desk.workbench.store
    await _report(desk, batch_id)
    return StreamingResponse(_write_lines(store, batch_id), media_type=LINES_TYPE)


@router.delete(
    "/{batch_id}",
    response_model=BatchReport,
    summary="Cancel a batch",
    responses=list_problems(ForeignOriginError, ResourceMissingError, StoreError),
)
async def cancel_batch(batch_id: BatchId, desk: AtDesk) -> Response:
    """Cancel what has not begun; what is being read is finished, and results stay."""
    store = desk.workbench.store
    await _report(desk, batch_id)
    await store.queue.cancel(batch_id)
    report = await _report(desk, batch_id)
    return Response(report.model_dump_json(), media_type=JSON_TYPE)


async def _report(desk: Desk, batch_id: str) -> BatchReport:
    report = await desk.workbench.store.queue.report(batch_id)
    if report is None:
        raise ResourceMissingError(f"there is no batch {show(batch_id)}")
    return report.model_copy(update={"waits_for": desk.attendant.find_reason(batch_id)})


async def _tell(desk: Desk, report: BatchReport) -> AsyncIterator[bytes]:
    """Tell what changes until the batch ends, or the service does."""
    told: BatchReport | None = None
    quiet_s = 0.0
    while report.finished_at is None and not desk.attendant.is_closed:
        quiet_s += LOOK_S
        if report != told:
            told, quiet_s = report, 0.0
            yield _write_event("progress", report)
        elif quiet_s >= KEEPALIVE_S:
            quiet_s = 0.0
            yield KEEPALIVE_COMMENT
        await asyncio.sleep(LOOK_S)
        try:
            report = await _report(desk, report.id)
        except ResourceMissingError:
            return
    if report.finished_at is not None:
        yield _write_event("done", report)


def _write_event(name: str, report: BatchReport) -> bytes:
    return format_sse_event(event=name, data_str=report.model_dump_json())


async def _write_lines(store: Store, batch_id: str) -> AsyncIterator[bytes]:
    after = 0
    while found := await store.queue.find_settled(batch_id, after, PAGE):
        after = found[-1].seq
        for one in found:
            yield await _write_line(store, one)


async def _write_line(store: Store, delivery: Delivery) -> bytes:
    """Return a line; a summary stands in it as it is stored, to the byte."""
    name = json.dumps(delivery.name, ensure_ascii=False).encode()
    stored = None
    if delivery.summary_id is not None:
        stored = await store.find_summary(delivery.summary_id)
    if stored is not None:
        return b'{"name":%b,"summary":%b}\n' % (name, stored.body)
    problem = delivery.problem or _describe_missing()
    body = problem.model_dump_json(exclude_none=True).encode()
    return b'{"name":%b,"problem":%b}\n' % (name, body)


def _describe_missing() -> Problem:
    """Return why a result has no summary, though it was made."""
    sentence = "the summary was deleted since it was made; read the article again"
    return describe_problem(ResourceMissingError(sentence))
