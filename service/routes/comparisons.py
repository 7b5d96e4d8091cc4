"""Comparisons over HTTP: summaries held against golden fixtures.

Owns the body's shape and the three forms of the answer. Nothing is stored.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError
from pydantic_core import from_json

from schemas.api import MAX_PAIRS, ComparisonPair, ComparisonRequest
from schemas.comparison import ComparisonReport
from service.dependencies import Desk, PlainRoute, find_desk
from service.errors import (
    ComparisonError,
    ForeignOriginError,
    MalformedRequestError,
    QueryError,
    RequestError,
    RequestTooLongError,
    ResourceMissingError,
    StoreError,
    UnsupportedMediaTypeError,
)
from service.field_faults import describe_faults
from service.routes.arrivals import JSON_TYPE, receive_object
from service.routes.documentation import list_problems
from service.showing import show

router = APIRouter(prefix="/v1/comparisons", tags=["comparisons"], route_class=PlainRoute)

MAX_BODY_BYTES = 32 * 1024 * 1024
"""Largest body: some 200 articles with fixture and summary."""
PAGE_TYPE = "text/html"
JUNIT_TYPE = "application/xml"

BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {JSON_TYPE: {"schema": {"$ref": "#/components/schemas/ComparisonRequest"}}},
    }
}
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The report; as JSON, or by `Accept` as a page or as JUnit XML.",
        "content": {
            PAGE_TYPE: {"schema": {"type": "string"}},
            JUNIT_TYPE: {"schema": {"type": "string"}},
        },
    }
}


@router.post(
    "",
    response_model=ComparisonReport,
    summary="Compare summaries with golden fixtures",
    openapi_extra=BODY,
    responses=ANSWERS
    | list_problems(
        ComparisonError,
        ForeignOriginError,
        MalformedRequestError,
        QueryError,
        RequestTooLongError,
        ResourceMissingError,
        StoreError,
        UnsupportedMediaTypeError,
    ),
)
async def post_comparison(request: Request) -> Response:
    """Return how summaries compare with golden fixtures, item by item and field by field.

    A summary is sent, or named by the id of a stored one; a pair with neither counts as zero.
    Whether a bar is met is in `shortfalls`; the status is 200 either way. With
    `Accept: text/html` the answer is a page to look at, with `application/xml` JUnit XML.
    """
    data = await receive_object(request, max_bytes=MAX_BODY_BYTES, wanted="pairs")
    wanted = _parse(data)
    summaries = await _find_summaries(wanted.pairs, find_desk(request))
    accepted = request.headers.get("accept", "").lower()
    return await asyncio.to_thread(_answer, wanted, summaries, accepted)


def _parse(data: Mapping[str, object]) -> ComparisonRequest:
    pairs = data.get("pairs")
    if isinstance(pairs, list) and len(pairs) > MAX_PAIRS:
        raise RequestTooLongError(limit=MAX_PAIRS, actual=len(pairs), unit="pairs")
    try:
        return ComparisonRequest.model_validate(data)
    except ValidationError as error:
        raise RequestError(describe_faults(error.errors(include_url=False))) from None


async def _find_summaries(
    pairs: Sequence[ComparisonPair], desk: Desk
) -> list[Mapping[str, object] | None]:
    return [await _find_summary(position, pair, desk) for position, pair in enumerate(pairs)]


async def _find_summary(
    position: int, pair: ComparisonPair, desk: Desk
) -> Mapping[str, object] | None:
    if pair.summary_id is None:
        return pair.summary
    if pair.summary is not None:
        raise RequestError(f"pairs[{position}]: give summary or summary_id, not both")
    stored = await desk.workbench.store.find_summary(pair.summary_id)
    if stored is None:
        raise ResourceMissingError(
            f"pairs[{position}].summary_id: there is no summary {show(pair.summary_id)}"
        )
    found: Mapping[str, object] = from_json(stored.body)
    return found


def _answer(
    wanted: ComparisonRequest, summaries: Sequence[Mapping[str, object] | None], accepted: str
) -> Response:
    """Compare and render; in a thread, since both take CPU."""
    # The golden models and the solver take time to import, and no other request needs them.
    from service.compare.bars import Bars, report_runs  # noqa: PLC0415  # see above
    from service.golden.baselines import parse_baseline  # noqa: PLC0415  # see above
    from service.golden.submissions import (  # noqa: PLC0415  # see above
        Submission,
        compare_submissions,
    )

    baseline = None if wanted.baseline is None else parse_baseline(wanted.baseline, "baseline")
    submitted = compare_submissions(
        [
            Submission(pair.fixture, summary)
            for pair, summary in zip(wanted.pairs, summaries, strict=True)
        ]
    )
    bars = Bars(
        min_f1=wanted.min_f1, min_leaf_f1=wanted.min_leaf_f1, max_critical=wanted.max_critical
    )
    report = report_runs([submitted.comparison], bars, baseline)
    return _render(report, submitted.texts, accepted)


def _render(report: ComparisonReport, texts: Mapping[str, str], accepted: str) -> Response:
    if PAGE_TYPE in accepted:
        from service.report.comparison_page import render_page  # noqa: PLC0415  # rarely asked for

        return Response(render_page(report, texts), media_type=PAGE_TYPE)
    if JUNIT_TYPE in accepted:
        from service.report.junit import render_junit  # noqa: PLC0415  # rarely asked for

        return Response(render_junit(report), media_type=JUNIT_TYPE)
    return Response(report.model_dump_json(), media_type=JSON_TYPE)
